"""One self-contained page: no script, no network, both languages, any screen, paper."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from huixiang.domain.coding.codeframe import NeedTier
from huixiang.domain.coding.insight import Estimate, Insights, JourneyEmotion
from huixiang.domain.proof.verdict import Metric
from huixiang.domain.text import Bilingual, Language
from huixiang.reporting import summary
from huixiang.reporting.facts.loop import Coverage, CoverageCell
from huixiang.reporting.facts.report import ItemResult, Report, SourceState, TopIssue
from huixiang.reporting.facts.voices import NameKind
from huixiang.reporting.pictures import item_charts, section_charts, sparks
from huixiang.reporting.pictures.plot import draw
from huixiang.reporting.pictures.svg import described
from huixiang.reporting.workbook import assurance as sheets_assurance
from huixiang.reporting.workbook import cells
from huixiang.reporting.workbook import loop as sheets_loop
from huixiang.reporting.workbook import voices as sheets_voices
from huixiang.wording import figures, terms
from huixiang.wording import report as words


def both(said: Bilingual | None) -> Markup:
    """Return both languages as escaped spans; the page shows one of them."""
    if said is None:
        return Markup("")
    if said.zh == said.en:
        return Markup("<bdi>{}</bdi>").format(said.zh)
    return Markup('<span lang="zh-CN">{}</span><span lang="en">{}</span>').format(
        said.zh, said.en
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("huixiang.reporting.page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        both=both,
        count=figures.count,
        percent=figures.percent,
        signed=figures.signed,
        level=figures.level,
        interval=figures.interval,
        unit=figures.unit,
        shown=shown,
    )
    environment.globals.update(
        words=words,
        terms=terms,
        change=figures.change,
        metric_of=item_charts.metric_of,
        scope_of=scope_of,
        sparks=sparks,
        heat=heat,
        most_telling=summary.most_telling,
        standing=summary.standing,
        need_remark=sheets_voices.need_remark,
        kinds={
            "theme": NameKind.THEME,
            "stage": NameKind.STAGE,
            "place": NameKind.PLACE,
        },
        tiers=tuple(NeedTier),
        lower_is_better=figures.LOWER_IS_BETTER,
    )
    return environment


_WRITTEN: Mapping[str, Callable[[float], str]] = {
    cells.SHARE: figures.percent,
    cells.RATING: lambda value: f"{value:+.2f}".replace("-", figures.MINUS),
    cells.POINTS: lambda value: f"{value:+.1%}".replace("-", figures.MINUS),
    cells.DECIMAL: lambda value: f"{value:,.1f}",
    cells.LEVEL: lambda value: f"{value:.2f}",
}


def shown(cell: cells.SheetCell) -> Markup:
    """Write a cell of the workbook as it stands in the page."""
    value = cell.value
    if value is None or value == "":
        return Markup("–")
    if isinstance(value, Bilingual):
        return both(value)
    if isinstance(value, int | float):
        return Markup("{}").format(_WRITTEN.get(cell.format, "{:,}".format)(value))
    return Markup("<bdi>{}</bdi>").format(value)


HEATS = (0.0, 0.05, 0.15, 0.35, 0.6)
"""Where the five shades of the coverage map begin, as shares of the fullest cell."""


def heat(n: int, most: int) -> int:
    """Return the shade of a cell: 0 for none, 5 for the fullest."""
    return sum(n > most * start for start in HEATS) if most else 0


def scope_of(thing: ItemResult | TopIssue) -> Bilingual | None:
    """Return where it happens: touchpoint and unit, as far as they are known."""
    known = [each for each in (thing.touchpoint, thing.unit) if each]
    if not known:
        return None
    return Bilingual(
        zh=" · ".join(each.zh for each in known),
        en=" · ".join(each.en for each in known),
    )


TABLES: Mapping[str, Callable[[Report], cells.Sheet]] = {
    "scorecards": sheets_loop.scorecard_sheet,
    "service": sheets_loop.service_sheet,
    "transfers": sheets_loop.transfer_sheet,
    "periods": sheets_loop.period_sheet,
    "hot": sheets_voices.hot_sheet,
    "emerging": sheets_voices.emerging_sheet,
    "efforts": sheets_voices.effort_sheet,
    "follow_ups": sheets_assurance.follow_up_sheet,
    "neighbours": sheets_assurance.neighbour_sheet,
    "models": sheets_assurance.model_sheet,
    "bridges": sheets_assurance.bridge_sheet,
}
"""The tables that the page and the workbook share as they are."""


def render_html(report: Report, *, language: Language = "zh-CN") -> str:
    """Return the page; *language* is shown first, the reader may switch."""
    template = _environment().get_template("report.html.j2")
    return template.render(
        **_about_items(report),
        **_about_voices(report),
        report=report,
        language=language,
        today=figures.local_day(report.as_of, report.time_zone),
        as_of=figures.local_minute(report.as_of, report.time_zone),
        headline=summary.headline(report),
        contrast=summary.contrast(report),
        order=summary.ORDER,
        workload=summary.workload(report),
        busiest=summary.busiest(report.departments),
        silent=_silent(report.sources),
        steps=_step_widths(report),
        tables={name: make(report) for name, make in TABLES.items()},
        stages=stages_of(report.coverage),
    )


def _about_items(report: Report) -> dict[str, object]:
    return {
        "board": summary.scoreboard(report),
        "groups": summary.groups(report),
        "charts": _item_pictures(report.items),
        "known_items": {item.item_id: item for item in report.items},
        "n_harmed": sum(bool(item.assurance.side_effects) for item in report.items),
        "known_issues": {issue.issue_id for issue in report.issues},
    }


def _about_voices(report: Report) -> dict[str, object]:
    insights = report.voices.insights
    places = places_of(insights)
    return {
        "insights": insights,
        "places": places,
        "pictures": _section_pictures(report, places),
        "reach": _reach(insights),
        "head_names": section_charts.head_names(report.assurance.models),
        "model_colours": section_charts.MODEL_COLOURS,
    }


def places_of(insights: Insights | None) -> tuple[JourneyEmotion, ...]:
    """Return the points of the emotion curve: touchpoints, or stages without any."""
    rows = insights.journey if insights else ()
    return tuple(row for row in rows if row.touchpoint) or rows


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionPictures:
    """The pictures of whole sections; None where there is not enough for one."""

    months: Markup | None = None
    emotion: Markup | None = None
    models: Markup | None = None


def _section_pictures(
    report: Report, places: tuple[JourneyEmotion, ...]
) -> SectionPictures:
    models = report.assurance.models
    n_felt = sum(place.polarity is not None for place in places)
    n_measured = sum(bool(each.heads) for each in models)
    return SectionPictures(
        months=described(
            draw(section_charts.month_plot(report.periods)), words.charts.MONTHS
        )
        if len(report.periods) > 1
        else None,
        emotion=described(
            draw(section_charts.emotion_plot(places)), words.charts.EMOTION
        )
        if n_felt > 1
        else None,
        models=described(draw(section_charts.model_plot(models)), words.charts.MODELS)
        if n_measured > 1
        else None,
    )


def _reach(insights: Insights | None) -> Mapping[str, float]:
    """Return how far the axes of drivers and of penalties and rewards go."""
    if insights is None:
        return {"drivers": 0.0, "needs": 0.0}
    needs = [each.penalty for each in insights.needs]
    needs += [each.reward for each in insights.needs]
    return {
        "drivers": _furthest(
            [part for each in insights.drivers for part in (each.cost, each.gain)]
        ),
        "needs": _furthest(needs),
    }


def _furthest(estimates: Iterable[Estimate | None]) -> float:
    """Return the largest estimate with some room; wide intervals are cut."""
    return 1.3 * max([abs(each.value) for each in estimates if each], default=0.0)


def stages_of(
    coverage: Coverage | None,
) -> tuple[tuple[Bilingual, tuple[CoverageCell, ...]], ...]:
    """Return the journey's stages in order, each with its cells."""
    by_stage: dict[str, list[CoverageCell]] = {}
    for cell in coverage.cells if coverage else ():
        by_stage.setdefault(cell.stage_id, []).append(cell)
    return tuple((row[0].stage, tuple(row)) for row in by_stage.values())


def _item_pictures(
    items: tuple[ItemResult, ...],
) -> Mapping[str, item_charts.ItemPictures]:
    limits = {metric: summary.axis_limit(items, metric) for metric in Metric}
    return item_charts.item_pictures(items, limits)


def _silent(sources: Iterable[SourceState]) -> tuple[SourceState, ...]:
    return tuple(source for source in sources if source.silent_since)


def _step_widths(report: Report) -> tuple[float, ...]:
    """Return how full each bar of the funnel is, among those counting the same."""
    largest: dict[str, int] = {}
    for step in report.funnel:
        whole = step.n + sum(part.n for part in step.rest)
        largest[step.counted.en] = max(largest.get(step.counted.en, 1), whole)
    return tuple(100 * step.n / largest[step.counted.en] for step in report.funnel)

"""One self-contained page: no script, no network, both languages, any screen, paper."""

from collections.abc import Iterable, Mapping
from typing import Literal

import jinja2
from markupsafe import Markup

from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Metric
from huixiang.reporting import charts, labels, numbers, summary
from huixiang.reporting.model import ItemResult, Report, SourceState, TopIssue

Language = Literal["zh", "en"]


def both(words: Bilingual | None) -> Markup:
    """Return both languages as escaped spans; the page shows one of them."""
    if words is None:
        return Markup("")
    if words.zh == words.en:
        return Markup("<bdi>{}</bdi>").format(words.zh)
    return Markup('<span lang="zh-CN">{}</span><span lang="en">{}</span>').format(
        words.zh, words.en
    )


def _words(zh: object, en: object) -> Markup:
    return both(Bilingual(zh=str(zh), en=str(en)))


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("huixiang.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        both=both,
        count=numbers.count,
        percent=numbers.percent,
        signed=numbers.signed,
        level=numbers.level,
        interval=numbers.interval,
        unit=numbers.unit,
    )
    environment.globals.update(
        t=_words,
        labels=labels,
        change=numbers.change,
        metric_of=charts.metric_of,
        scope_of=scope_of,
    )
    return environment


def scope_of(thing: ItemResult | TopIssue) -> Bilingual | None:
    """Return where it happens: touchpoint and unit, as far as they are known."""
    known = [each for each in (thing.touchpoint, thing.unit) if each]
    if not known:
        return None
    return Bilingual(
        zh=" · ".join(each.zh for each in known),
        en=" · ".join(each.en for each in known),
    )


def render_html(report: Report, *, language: Language = "zh") -> str:
    """Return the page; *language* is shown first, the reader may switch."""
    today = numbers.local_day(report.as_of, report.time_zone)
    template = _environment().get_template("report.html.j2")
    return template.render(
        report=report,
        language=language,
        today=today,
        as_of=numbers.local_minute(report.as_of, report.time_zone),
        headline=summary.headline(report),
        contrast=summary.contrast(report),
        board=summary.scoreboard(report),
        order=summary.ORDER,
        groups=summary.groups(report),
        workload=summary.workload(report),
        busiest=summary.busiest(report.departments),
        charts=_charts(report.items),
        silent=_silent(report.sources),
        known_items={item.item_id: item for item in report.items},
        steps=_step_widths(report),
    )


def _charts(items: Iterable[ItemResult]) -> Mapping[str, Mapping[str, Markup | None]]:
    items = tuple(items)
    limits = {metric: summary.axis_limit(items, metric) for metric in Metric}
    return {
        item.item_id: charts.item_charts(item, limits[charts.metric_of(item)])
        for item in items
        if item.judged  # those in work are a table
    }


def _silent(sources: Iterable[SourceState]) -> tuple[SourceState, ...]:
    return tuple(source for source in sources if source.silent_since)


def _step_widths(report: Report) -> tuple[float, ...]:
    """Return how full each bar of the funnel is, among those counting the same."""
    largest: dict[str, int] = {}
    for step in report.funnel:
        whole = step.n + sum(part.n for part in step.rest)
        largest[step.counted.en] = max(largest.get(step.counted.en, 1), whole)
    return tuple(100 * step.n / largest[step.counted.en] for step in report.funnel)

"""The training page: how good a model is, where it errs, what may pass without a look."""

from collections.abc import Callable, Mapping, Sequence

import jinja2
from markupsafe import Markup

from huixiang.domain.coding.training import (
    ABSENT,
    ClassChange,
    CurvePoint,
    HeadFigures,
    JudgedOn,
    ModelComparison,
    Share,
    TrainingPage,
    VersionPoint,
)
from huixiang.domain.text import Bilingual, Language
from huixiang.reporting.page.html import both
from huixiang.reporting.pictures import training_charts
from huixiang.reporting.pictures.plot import Plot, draw
from huixiang.reporting.pictures.svg import described
from huixiang.wording import figures, terms
from huixiang.wording import report as words
from huixiang.wording.coding.models import PROMOTIONS

MATRIX = 14
"""A confusion matrix with more classes is no longer read; pairs are listed instead."""
_PAIRS = 15


def render_training(
    page: TrainingPage,
    *,
    language: Language = "zh-CN",
    names: Mapping[str, Bilingual] | None = None,
    moment: str = "",
) -> str:
    """Return the page; *names* are what people call departments and themes."""
    known = {**words.training.NAMES, **(names or {})}

    def name(key: str) -> Bilingual:
        return known.get(key, Bilingual(zh=key, en=key))

    return (
        _environment(name)
        .get_template("training.html.j2")
        .render(
            page=page,
            language=language,
            moment=moment,
            drawn=_drawn(page),
            curve_heads=_heads_of(page.curve),
            version_heads=_version_heads(page.versions),
            matrices={each.head: _matrix(each) for each in page.heads},
            pairs={each.head: _pairs(each) for each in page.heads},
            unsure=_unsure(page.comparison),
            held_out=page.judge is JudgedOn.HELD_OUT,
        )
    )


def _environment(name: Callable[[str], Bilingual]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("huixiang.reporting.page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        both=both, count=figures.count, share=_share, span=_span, points=_points
    )
    environment.globals.update(
        words=words,
        name=name,
        head_name=terms.head,
        why=PROMOTIONS.__getitem__,
        colours=training_charts.COLOURS,
        absent=ABSENT,
    )
    return environment


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"


def _span(share: Share) -> str:
    return f"{100 * share.low:.1f} – {100 * share.high:.1f} %"


def _points(difference: float) -> str:
    return f"{100 * difference:+.1f}".replace("-", figures.MINUS)


# -- tables --------------------------------------------------------------------------


def _matrix(head: HeadFigures) -> list[tuple[str, list[tuple[int, float]]]] | None:
    """Return truth by answer, with each cell's share of its row; None where too wide."""
    names = _columns(head)
    if head.head == "themes" or len(names) > MATRIX:
        return None
    counts = {(truth, guessed): n for truth, guessed, n in head.confusion}
    rows = []
    for truth in names:
        total = sum(counts.get((truth, each), 0) for each in names)
        if total:
            cells = [counts.get((truth, each), 0) for each in names]
            rows.append((truth, [(n, n / total) for n in cells]))
    return rows


def _columns(head: HeadFigures) -> list[str]:
    confused = {
        each for truth, guessed, _ in head.confusion for each in (truth, guessed)
    }
    known = [each.name for each in head.classes]
    return known + sorted(confused - set(known))


def _pairs(head: HeadFigures) -> list[tuple[str, str, int]]:
    """Return what is most often taken for what."""
    wrong = [each for each in head.confusion if each[0] != each[1]]
    return sorted(wrong, key=lambda each: (-each[2], each))[:_PAIRS]


def _unsure(comparison: ModelComparison | None) -> list[ClassChange]:
    """Return the classes of a comparison that are protected or changed, worst first."""
    if comparison is None:
        return []
    shown = [
        each
        for each in comparison.classes
        if each.is_protected or each.champion != each.challenger
    ]
    return sorted(shown, key=lambda each: each.low)


# -- pictures ------------------------------------------------------------------------


def _drawn(page: TrainingPage) -> dict[str, Markup]:
    pictures = {
        f"calibration:{each.head}": _described(
            training_charts.calibration_plot(each), words.charts.CALIBRATION
        )
        for each in page.heads
        if each.bins
    }
    if len({each.n_rows for each in page.curve}) > 1:
        curve = training_charts.learning_curve(page.curve)
        pictures["curve"] = _described(curve, words.charts.LEARNING_CURVE)
    if len(page.versions) > 1 and _version_heads(page.versions):
        versions = training_charts.version_plot(page.versions)
        pictures["versions"] = _described(versions, words.charts.VERSIONS)
    return pictures


def _described(plot: Plot, said: Bilingual) -> Markup:
    return described(draw(plot), said)


def _heads_of(points: Sequence[CurvePoint]) -> list[str]:
    return [head for head in terms.HEADS if any(each.head == head for each in points)]


def _version_heads(versions: Sequence[VersionPoint]) -> list[str]:
    return [
        head for head in terms.HEADS if any(head in each.heads for each in versions)
    ]

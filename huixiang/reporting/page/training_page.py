"""The training page: how good a model is, where it errs, what may pass without a look."""

from collections.abc import Callable, Mapping, Sequence

import jinja2
from markupsafe import Markup

from huixiang.domain.text import Bilingual, Language
from huixiang.domain.training import (
    ABSENT,
    ClassChange,
    Comparison,
    CurvePoint,
    HeadFigures,
    Judge,
    Share,
    TrainingPage,
    VersionPoint,
)
from huixiang.reporting.page.html import both
from huixiang.reporting.pictures.drawing import (
    ACCENT,
    HAIR,
    MUTED,
    Spec,
    picture,
    render_all,
)
from huixiang.wording import figures
from huixiang.wording import report as words
from huixiang.wording.models import PROMOTIONS

MATRIX = 14
"""A confusion matrix with more classes is no longer read; pairs are listed instead."""
_PAIRS = 15
_SIDE, _WIDE, _HIGH = 190, 300, 170
_PADDING: Spec = {"left": 40, "right": 12, "top": 8, "bottom": 24}
_COLOURS: Mapping[str, str] = {
    "department": "#1f5f8b",
    "polarity": "#1a7f4b",
    "themes": "#a15c07",
    "mention_polarity": "#7a4fa3",
}


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
            held_out=page.judge is Judge.HELD_OUT,
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
        head_name=lambda head: words.training.HEAD_NAMES.get(
            head, Bilingual(zh=head, en=head)
        ),
        why=PROMOTIONS.__getitem__,
        colours=_COLOURS,
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
    told = {each for truth, guessed, _ in head.confusion for each in (truth, guessed)}
    known = [each.name for each in head.classes]
    return known + sorted(told - set(known))


def _pairs(head: HeadFigures) -> list[tuple[str, str, int]]:
    """Return what is most often taken for what."""
    wrong = [each for each in head.confusion if each[0] != each[1]]
    return sorted(wrong, key=lambda each: (-each[2], each))[:_PAIRS]


def _unsure(comparison: Comparison | None) -> list[ClassChange]:
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
    specs: dict[str, Spec] = {
        f"calibration:{each.head}": calibration_chart(each)
        for each in page.heads
        if each.bins
    }
    if len({each.n_rows for each in page.curve}) > 1:
        specs["curve"] = learning_curve(page.curve)
    if len(page.versions) > 1 and _version_heads(page.versions):
        specs["versions"] = version_chart(page.versions)
    return dict(zip(specs, render_all(specs.values()), strict=True))


def _heads_of(points: Sequence[CurvePoint]) -> list[str]:
    return [
        head
        for head in words.training.HEAD_NAMES
        if any(each.head == head for each in points)
    ]


def _version_heads(versions: Sequence[VersionPoint]) -> list[str]:
    return [
        head
        for head in words.training.HEAD_NAMES
        if any(head in each.heads for each in versions)
    ]


def calibration_chart(head: HeadFigures) -> Spec:
    """Draw how often answers are right over how sure they are; the diagonal is honest."""
    rows = [{"x": each.chance, "y": each.right} for each in head.bins]
    low = min(0.5, *(min(row.values()) for row in rows)) // 0.1 / 10
    line = [{"x": low, "y": low}, {"x": 1, "y": 1}]
    return picture(_SIDE, _SIDE, _PADDING) | {
        "encoding": {"x": _axis("x", low, 1, ticks=3), "y": _axis("y", low, 1)},
        "layer": [
            {
                "data": {"values": line},
                "mark": {"type": "line", "color": MUTED, "strokeDash": [4, 3]},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1.5},
            },
            {
                "data": {"values": rows},
                "mark": {
                    "type": "point",
                    "filled": True,
                    "color": ACCENT,
                    "opacity": 1,
                },
            },
        ],
    }


def _axis(field: str, low: float, high: float, *, ticks: int = 4) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {"format": ".0%", "tickCount": ticks, "gridColor": HAIR},
    }


def learning_curve(points: Sequence[CurvePoint]) -> Spec:
    """Draw each head's figure over the rows learned from."""
    rows = [
        {
            "head": each.head,
            "x": each.n_rows,
            "y": each.right.value,
            "low": each.right.low,
            "high": each.right.high,
        }
        for each in points
    ]
    most = max(each.n_rows for each in points)
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [0, most * 1.05], "nice": False},
        "axis": {"format": ",.0f", "tickCount": 4, "grid": False},
    }
    return _lines(rows, x)


def version_chart(versions: Sequence[VersionPoint]) -> Spec:
    """Draw each head's held-out figure over the models, numbered in order."""
    rows = [
        {
            "head": head,
            "x": number,
            "y": share.value,
            "low": share.low,
            "high": share.high,
        }
        for number, each in enumerate(versions, start=1)
        for head, share in each.heads.items()
    ]
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [0.5, len(versions) + 0.5], "nice": False},
        "axis": {"format": ".0f", "grid": False, "tickMinStep": 1},
    }
    return _lines(rows, x)


def _lines(rows: Sequence[Mapping[str, object]], x: Spec) -> Spec:
    """Draw one line for each head, with intervals, in the heads' own colours."""
    ends = [float(str(row[name])) for row in rows for name in ("low", "high")]
    low, high = max(0.0, min(ends) - 0.02), min(1.0, max(ends) + 0.02)
    layers: list[Spec] = []
    for head, colour in _COLOURS.items():
        own = [row for row in rows if row["head"] == head]
        if own:
            layers += _line(own, colour)
    return picture(_WIDE, _HIGH, _PADDING) | {
        "encoding": {"x": x, "y": _axis("y", low, high)},
        "layer": layers,
    }


def _line(rows: Sequence[Mapping[str, object]], colour: str) -> list[Spec]:
    data = {"values": list(rows)}
    span = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": colour, "opacity": 0.4},
            "encoding": span,
        },
        {"data": data, "mark": {"type": "line", "color": colour, "strokeWidth": 2}},
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "color": colour, "opacity": 1},
        },
    ]

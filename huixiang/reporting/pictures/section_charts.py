"""Charts of whole sections: months, emotion along the journey, models over versions.

Points are numbered as the rows of the table below them.
"""

from collections.abc import Iterator, Sequence

from huixiang.domain.coding.insight import JourneyEmotion
from huixiang.domain.coding.training import VersionPoint
from huixiang.reporting.facts.loop import PeriodFigures
from huixiang.reporting.pictures.plot import (
    AxisTick,
    Curve,
    Padding,
    Plot,
    PlotAxis,
    PlotBlock,
    PlotMark,
    Stroke,
    Symbol,
    number_ticks,
    numbered,
    with_symbols,
)
from huixiang.reporting.pictures.svg import ACCENT, BAD, GOOD, INK, MUTED

VERIFIED, FIXED, OPENED = GOOD, "#5f8dae", "#8a97a6"
WIDTH, HEIGHT, EMOTION_HEIGHT = 640, 150, 190
PADDING = Padding(left=40, right=10, top=10, bottom=26)
MODEL_COLOURS = (ACCENT, "#b4610a", GOOD, "#6b4fa0")
_STEP, _GAP = 0.27, 0.05


def month_plot(periods: Sequence[PeriodFigures]) -> Plot:
    """Return what was opened, fixed and verified, three bars a period."""
    bars = [
        PlotBlock(
            left=at + (place - 1) * _STEP,
            right=at + (place - _GAP) * _STEP,
            bottom=0,
            top=n,
            colour=colour,
        )
        for at, each in enumerate(periods, start=1)
        for place, (n, colour) in enumerate(_counts(each))
    ]
    most = max([bar.top for bar in bars], default=0) or 1
    ticks = number_ticks(0, most, 4, least_step=1)
    return Plot(
        width=WIDTH,
        height=HEIGHT,
        padding=PADDING,
        x=numbered(len(periods)),
        y=PlotAxis(low=0, high=most, ticks=ticks, has_grid=True),
        marks=tuple(bars),
    )


def _counts(each: PeriodFigures) -> tuple[tuple[int, str], ...]:
    return (
        (each.n_opened, OPENED),
        (each.n_resolved, FIXED),
        (each.n_verified, VERIFIED),
    )


EMOTION_TICKS = tuple(
    AxisTick(at=at, text=text)
    for at, text in ((-1, "−1"), (-0.5, "−0.5"), (0, "0"), (0.5, "+0.5"), (1, "+1"))
)


def emotion_plot(places: Sequence[JourneyEmotion]) -> Plot:
    """Return emotion from −1 to 1 in journey order, intervals upright, moments large."""
    x = numbered(len(places))
    known = [(at, each) for at, each in enumerate(places, start=1) if each.polarity]
    levels = [(at, each.polarity.value) for at, each in known if each.polarity]
    return Plot(
        width=WIDTH,
        height=EMOTION_HEIGHT,
        padding=PADDING,
        x=x,
        y=PlotAxis(low=-1, high=1, ticks=EMOTION_TICKS, has_grid=True),
        marks=(
            Stroke(start=(x.low, 0), end=(x.high, 0), colour=INK),
            Curve(points=levels, colour=MUTED, width=1.5),
            *(mark for at, each in known for mark in _place(at, each)),
        ),
    )


def _place(at: int, each: JourneyEmotion) -> Iterator[PlotMark]:
    felt = each.polarity
    if felt is None:
        return
    yield Stroke(start=(at, felt.low), end=(at, felt.high), colour=MUTED, width=1.5)
    yield Symbol(
        at=(at, felt.value),
        colour=BAD if felt.high < 0 else ACCENT,
        radius=6 if each.moments else 4,
    )


def head_names(models: Sequence[VersionPoint]) -> tuple[str, ...]:
    """Return the heads that get a line, in the order of their colours."""
    names = dict.fromkeys(name for each in models for name in each.heads)
    return tuple(names)[: len(MODEL_COLOURS)]


def model_plot(models: Sequence[VersionPoint]) -> Plot:
    """Return each head's share of right answers over the versions, with intervals."""
    lines = [
        mark
        for name, colour in zip(head_names(models), MODEL_COLOURS, strict=False)
        for mark in _head(models, name, colour)
    ]
    lows = [share.low for each in models for share in each.heads.values()]
    floor = 10 * (100 * min(lows, default=0.0) // 10)
    return Plot(
        width=WIDTH,
        height=HEIGHT,
        padding=PADDING,
        x=numbered(len(models)),
        y=PlotAxis(
            low=floor, high=100, ticks=number_ticks(floor, 100, 5), has_grid=True
        ),
        marks=tuple(lines),
    )


def _head(models: Sequence[VersionPoint], name: str, colour: str) -> Iterator[PlotMark]:
    shares = [
        (at, each.heads[name])
        for at, each in enumerate(models, start=1)
        if name in each.heads
    ]
    for at, share in shares:
        ends = (at, 100 * share.low), (at, 100 * share.high)
        yield Stroke(start=ends[0], end=ends[1], colour=colour, opacity=0.5)
    points = [(at, 100 * share.value) for at, share in shares]
    yield from with_symbols(Curve(points=points, colour=colour), 3.8)

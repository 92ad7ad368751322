"""Charts of the training page: calibration, the learning curve, accuracy over versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.coding.training import CurvePoint, HeadFigures, Share, VersionPoint
from huixiang.reporting.pictures.plot import (
    Curve,
    Padding,
    Plot,
    PlotAxis,
    PlotMark,
    Stroke,
    number_ticks,
    numbered,
    percent_ticks,
    with_symbols,
)
from huixiang.reporting.pictures.svg import ACCENT, DOUBTFUL, GOOD, MUTED

SIDE, WIDTH, HEIGHT = 190, 300, 170
PADDING = Padding(left=40, right=12, top=8, bottom=24)
COLOURS: Mapping[str, str] = {
    "department": ACCENT,
    "polarity": GOOD,
    "themes": DOUBTFUL,
    "mention_polarity": "#7a4fa3",
}


def calibration_plot(head: HeadFigures) -> Plot:
    """Return how often answers are right over how sure they are; the diagonal is honest."""
    points = [(each.chance, each.right) for each in head.bins]
    low = min(0.5, *(min(point) for point in points)) // 0.1 / 10
    honest = Curve(points=[(low, low), (1, 1)], colour=MUTED, dash="4 3")
    measured = Curve(points=points, colour=ACCENT, width=1.5)
    return Plot(
        width=SIDE,
        height=SIDE,
        padding=PADDING,
        x=PlotAxis(low=low, high=1, ticks=percent_ticks(low, 1, 3), has_grid=False),
        y=PlotAxis(low=low, high=1, ticks=percent_ticks(low, 1, 4), has_grid=True),
        marks=(honest, *with_symbols(measured, 3)),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadShare:
    """A head's share of right answers at a place of the horizontal axis."""

    head: str
    at: float
    right: Share


def learning_curve(points: Sequence[CurvePoint]) -> Plot:
    """Return each head's figure over the rows learned from."""
    shares = [
        HeadShare(head=each.head, at=each.n_rows, right=each.right) for each in points
    ]
    most = max(each.n_rows for each in points) * 1.05
    return _lines(shares, PlotAxis(low=0, high=most, ticks=number_ticks(0, most, 4)))


def version_plot(versions: Sequence[VersionPoint]) -> Plot:
    """Return each head's held-out figure over the models, numbered in order."""
    shares = [
        HeadShare(head=head, at=number, right=share)
        for number, each in enumerate(versions, start=1)
        for head, share in each.heads.items()
    ]
    return _lines(shares, numbered(len(versions), room=0.5))


def _lines(shares: Sequence[HeadShare], x: PlotAxis) -> Plot:
    """Return one line for each head, with intervals, in the heads' own colours."""
    low = max(0.0, min(each.right.low for each in shares) - 0.02)
    high = min(1.0, max(each.right.high for each in shares) + 0.02)
    marks = [
        mark
        for head, colour in COLOURS.items()
        for mark in _line([each for each in shares if each.head == head], colour)
    ]
    return Plot(
        width=WIDTH,
        height=HEIGHT,
        padding=PADDING,
        x=x,
        y=PlotAxis(
            low=low, high=high, ticks=percent_ticks(low, high, 4), has_grid=True
        ),
        marks=tuple(marks),
    )


def _line(shares: Iterable[HeadShare], colour: str) -> Iterator[PlotMark]:
    points = []
    for each in shares:
        points.append((each.at, each.right.value))
        yield Stroke(
            start=(each.at, each.right.low),
            end=(each.at, each.right.high),
            colour=colour,
            opacity=0.4,
        )
    yield from with_symbols(Curve(points=points, colour=colour), 3)

"""Charts of an action item: its scope over time, and its effect with the interval."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from huixiang.domain.proof.verdict import Effect, Metric, Verdict, VerdictKind
from huixiang.reporting.facts.report import ItemResult, SeriesPoint
from huixiang.reporting.pictures.plot import (
    Curve,
    Padding,
    Plot,
    PlotAxis,
    PlotBlock,
    PlotMark,
    Stroke,
    Symbol,
    day_axis,
    draw,
    number_ticks,
    with_symbols,
)
from huixiang.reporting.pictures.svg import (
    ACCENT,
    BAD,
    BAR,
    DOUBTFUL,
    GOOD,
    INK,
    MUTED,
    described,
)
from huixiang.wording.figures import LOWER_IS_BETTER, factor
from huixiang.wording.report import charts as words

COLOURS = {
    VerdictKind.IMPROVED: GOOD,
    VerdictKind.NOT_IMPROVED: DOUBTFUL,
    VerdictKind.WORSE: BAD,
    VerdictKind.INCONCLUSIVE: MUTED,
}

SERIES_WIDTH, SERIES_HEIGHT = 460, 170
SERIES_PADDING = Padding(left=38, right=8, top=8, bottom=24)
INTERVAL_WIDTH, INTERVAL_HEIGHT, AXIS_HEIGHT = 300, 38, 22
LEAST_SPAN = 0.6
MANY_POINTS = 60
BARS_SHARE = 0.25
"""How high the fullest bar stands, of the plot's height."""


def series_plot(item: ItemResult) -> Plot:
    """Return an item's scope over time: its mean, the untreated units, count, fix."""
    scale = factor(item.metric)
    points = _without_holes(item.series, item.series_days)
    first, last = item.series[0].on, _last_day(item)
    level = _level_axis(item, scale)
    mean, control = _curves(points, item.series_days, scale)
    symbols = with_symbols(mean, 2.6) if len(points) <= MANY_POINTS else [mean]
    return Plot(
        width=SERIES_WIDTH,
        height=SERIES_HEIGHT,
        padding=SERIES_PADDING,
        x=day_axis(first, last),
        y=level,
        marks=(
            *_bars(points, item.series_days, level),
            *_moments(item, first, last, level),
            control,
            *symbols,
        ),
    )


def _without_holes(series: Sequence[SeriesPoint], days: int) -> list[SeriesPoint]:
    """Put an empty point where nothing was heard, so that no line bridges silence."""
    points: list[SeriesPoint] = []
    for point in series:
        while points and points[-1].on + dt.timedelta(days=days) < point.on:
            missing = points[-1].on + dt.timedelta(days=days)
            points.append(SeriesPoint(on=missing, n=0, mean=None))
        points.append(point)
    return points


def _last_day(item: ItemResult) -> dt.date:
    """Return where the picture ends: silence up to the verdict must be seen."""
    end = item.series[-1].on + dt.timedelta(days=item.series_days)
    return max(end, item.judged.as_of) if item.judged else end


def _curves(
    points: Sequence[SeriesPoint], days: int, scale: int
) -> tuple[Curve, Curve]:
    """Return an item's own line, and that of the units nobody touched."""

    def places(levels: Iterable[float | None]) -> list[tuple[float, float | None]]:
        return [
            (point.on.toordinal() + days / 2, None if level is None else level * scale)
            for point, level in zip(points, levels, strict=True)
        ]

    return (
        Curve(points=places(point.mean for point in points), colour=ACCENT),
        Curve(
            points=places(point.control for point in points),
            colour=MUTED,
            width=1.5,
            dash="5 4",
        ),
    )


def _bars(
    points: Sequence[SeriesPoint], days: int, level: PlotAxis
) -> Iterator[PlotMark]:
    """Yield how much was heard, as bars from the lower edge."""
    most = max([point.n for point in points], default=0) or 1
    tallest = (level.high - level.low) * BARS_SHARE
    for point in points:
        if point.n:
            yield PlotBlock(
                left=point.on.toordinal(),
                right=point.on.toordinal() + days,
                bottom=level.low,
                top=level.low + tallest * point.n / most,
                colour=BAR,
            )


def _moments(
    item: ItemResult, first: dt.date, last: dt.date, level: PlotAxis
) -> Iterator[PlotMark]:
    """Yield the time since the fix as a band, the fix and the opening as rules."""
    fixed, opened = item.resolved_on, item.opened_on
    if fixed and first <= fixed <= last:
        yield PlotBlock(
            left=fixed.toordinal(),
            right=last.toordinal(),
            bottom=level.low,
            top=level.high,
            colour=ACCENT,
            opacity=0.07,
        )
        yield _upright(fixed.toordinal(), level, INK, width=1.5)
    if first <= opened <= last:
        yield _upright(opened.toordinal(), level, INK, dash="2 3")


def _upright(
    at: float, y: PlotAxis, colour: str, width: float = 1, dash: str | None = None
) -> Stroke:
    return Stroke(
        start=(at, y.low), end=(at, y.high), colour=colour, width=width, dash=dash
    )


def _level_axis(item: ItemResult, scale: int) -> PlotAxis:
    levels = [
        level * scale
        for point in item.series
        for level in (point.mean, point.control)
        if level is not None
    ]
    low, high = (min(levels), max(levels)) if levels else (0.0, 1.0)
    room = max(LEAST_SPAN * (1 if scale == 1 else 10) - (high - low), 0) / 2
    room += (high - low) * 0.12
    low, high = low - room, high + room
    digits = 1 if scale == 1 else 0
    ticks = number_ticks(low, high, 4, digits=digits)
    return PlotAxis(low=low, high=high, ticks=ticks, has_grid=True)


def interval_plot(verdict: Verdict, limit: float, *, has_axis: bool = True) -> Plot:
    """Return an effect with its interval over the plain one; better is to the right."""
    metric = verdict.criterion.metric
    scale = factor(metric)
    reach = limit * scale
    backwards = metric in LOWER_IS_BETTER
    y = PlotAxis(low=INTERVAL_HEIGHT, high=0, has_line=False)
    least = verdict.criterion.minimum_effect * scale
    marks: list[PlotMark] = [
        _upright(0, y, INK),
        _upright(-least if backwards else least, y, MUTED, dash="3 3"),
    ]
    if verdict.effect:
        marks += _whisker(verdict.effect, metric, reach, verdict.kind)
    if verdict.plain_comparison:
        marks += _whisker(verdict.plain_comparison.effect, metric, reach, None)
    ticks = number_ticks(-reach, reach, 5) if has_axis else ()
    bottom = AXIS_HEIGHT if has_axis else 0
    left, right = (reach, -reach) if backwards else (-reach, reach)
    return Plot(
        width=INTERVAL_WIDTH,
        height=INTERVAL_HEIGHT,
        padding=Padding(left=6, right=6, top=1, bottom=bottom),
        x=PlotAxis(low=left, high=right, ticks=ticks, has_line=False),
        y=y,
        marks=tuple(marks),
    )


def _whisker(
    effect: Effect, metric: Metric, reach: float, kind: VerdictKind | None
) -> Iterator[PlotMark]:
    """Yield one interval: filled and coloured for a verdict, hollow for the plain one.

    It is cut to the axis, with an arrow head where it goes on beyond.
    """
    scale, height = factor(metric), 12 if kind else 28
    colour = COLOURS[kind] if kind else MUTED
    low, high = effect.low * scale, effect.high * scale
    yield Stroke(
        start=(_clamp(low, reach), height),
        end=(_clamp(high, reach), height),
        colour=colour,
        width=3 if kind else 1.25,
    )
    for end in (low, high):
        if abs(end) > reach:
            backwards = (end < 0) != (metric in LOWER_IS_BETTER)
            yield Symbol(
                at=(_clamp(end, reach), height),
                colour=colour,
                radius=4.4,
                shape="to_left" if backwards else "to_right",
            )
    yield Symbol(
        at=(_clamp(effect.value * scale, reach), height),
        colour=colour,
        radius=4.4 if kind else 3.6,
        shape="disc" if kind else "diamond",
        is_hollow=kind is None,
    )


def _clamp(value: float, reach: float) -> float:
    return min(max(value, -reach), reach)


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemPictures:
    """What an item can show; None where there is nothing to draw.

    `row` is `interval` without its axis, for a table whose head is the axis.
    """

    series: Markup | None = None
    interval: Markup | None = None
    row: Markup | None = None


def item_pictures(
    items: Iterable[ItemResult], limits: Mapping[Metric, float]
) -> Mapping[str, ItemPictures]:
    """Return the pictures of each item, by its id."""
    return {item.item_id: _pictures(item, limits[metric_of(item)]) for item in items}


def _pictures(item: ItemResult, limit: float) -> ItemPictures:
    series = draw(series_plot(item)) if item.series else None
    verdict = item.judged
    shown = (
        verdict if verdict and (verdict.effect or verdict.plain_comparison) else None
    )
    return ItemPictures(
        series=described(series, words.series(item.metric, _levels(item)))
        if series
        else None,
        interval=draw(interval_plot(shown, limit)) if shown else None,
        row=draw(interval_plot(shown, limit, has_axis=False)) if shown else None,
    )


def _levels(item: ItemResult) -> list[tuple[dt.date, float]]:
    """Return the days and levels that the line goes through."""
    return [(point.on, point.mean) for point in item.series if point.mean is not None]


def metric_of(item: ItemResult) -> Metric:
    """Return the metric an item's verdict is about."""
    return item.judged.criterion.metric if item.judged else item.metric

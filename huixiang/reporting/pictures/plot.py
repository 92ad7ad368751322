"""A plot: axes, lines, bars and intervals in the units of what they show.

No plot holds words: numbers and days only, so one drawing serves both languages and
reads the same with any font. All sizes are fixed, nothing is laid out by text width,
hence the same figures give the same bytes on every machine.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from huixiang.reporting.pictures.svg import (
    FONT_SIZE,
    GRID,
    HAIR,
    MUTED,
    group,
    label,
    mark,
    picture,
    short,
)
from huixiang.wording.figures import MINUS

TICK = 5
CHARACTER = 7.8
"""How wide a character stands at most, at the size of tick labels."""

Place = tuple[float, float]
Pixels = Callable[[float], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class AxisTick:
    """A place on an axis and what is written there."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlotAxis:
    """Where an axis begins and ends; `low` may be the larger: it then runs backwards."""

    low: float
    high: float
    ticks: tuple[AxisTick, ...] = ()
    has_line: bool = True
    has_grid: bool = False

    def pixels(self, length: float) -> Pixels:
        """Return what gives the pixel of a value on an axis of *length* pixels."""
        scale = length / ((self.high - self.low) or 1)
        return lambda value: (value - self.low) * scale


@dataclass(frozen=True, kw_only=True, slots=True)
class PlotBlock:
    """A bar, or a band behind the rest."""

    left: float
    right: float
    bottom: float
    top: float
    colour: str
    opacity: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stroke:
    """A straight line between two places: a rule, an interval."""

    start: Place
    end: Place
    colour: str
    width: float = 1
    dash: str | None = None
    opacity: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """Values in their order, joined; nothing bridges a value that is missing."""

    points: Sequence[tuple[float, float | None]]
    colour: str
    width: float = 2
    dash: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Symbol:
    """A small shape at a place; a hollow one is white within."""

    at: Place
    colour: str
    radius: float = 3
    shape: Literal["disc", "diamond", "to_left", "to_right"] = "disc"
    is_hollow: bool = False


PlotMark = PlotBlock | Stroke | Curve | Symbol


@dataclass(frozen=True, kw_only=True, slots=True)
class Padding:
    """The room around a plot, where labels stand."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """All that is drawn, in the units of the axes."""

    width: int
    height: int
    padding: Padding
    x: PlotAxis
    y: PlotAxis
    marks: tuple[PlotMark, ...]


def draw(plot: Plot) -> Markup:
    """Return the plot as a picture."""
    x = plot.x.pixels(plot.width)
    up = plot.y.pixels(plot.height)

    def y(value: float) -> float:
        return plot.height - up(value)

    inside = group(
        [*_axes(plot, x, y), *(_drawn(each, x, y) for each in plot.marks)],
        fill="none",
        font_size=FONT_SIZE,
        transform=f"translate({plot.padding.left},{plot.padding.top})",
    )
    around = plot.padding
    return picture(
        plot.width + around.left + around.right,
        plot.height + around.top + around.bottom,
        [inside],
    )


# -- axes ----------------------------------------------------------------------------


def _axes(plot: Plot, x: Pixels, y: Pixels) -> Iterator[Markup]:
    bottom = plot.height + 0.5
    for tick in plot.y.ticks:
        at = _crisp(y(tick.at))
        if plot.y.has_grid:
            yield mark("path", d=f"M0 {short(at)}H{plot.width}", stroke=GRID)
        yield mark("path", d=f"M-{TICK} {short(at)}H0", stroke=HAIR)
        yield label(tick.text, x=-TICK - 3, y=at + 4, fill=MUTED, text_anchor="end")
    for tick in plot.x.ticks:
        at = _crisp(x(tick.at))
        yield mark("path", d=f"M{short(at)} {short(bottom)}v{TICK}", stroke=HAIR)
        yield label(
            tick.text,
            x=_within(plot, at, tick.text),
            y=plot.height + 17,
            fill=MUTED,
            text_anchor="middle",
        )
    if plot.x.has_line:
        yield mark("path", d=f"M0 {short(bottom)}H{plot.width}", stroke=HAIR)
    if plot.y.has_line:
        yield mark("path", d=f"M.5 0V{plot.height}", stroke=HAIR)


def _within(plot: Plot, at: float, text: str) -> float:
    """Return where the middle of a label stands so that none of it is cut off."""
    half = len(text) * CHARACTER / 2
    rightmost = plot.width + plot.padding.right - half
    return max(min(at, rightmost), half - plot.padding.left)


def _crisp(pixel: float) -> float:
    """Return the middle of a pixel: a line of one pixel is sharp there."""
    return math.floor(pixel) + 0.5


# -- marks ---------------------------------------------------------------------------


def _drawn(each: PlotMark, x: Pixels, y: Pixels) -> Markup:
    match each:
        case PlotBlock():
            return _block(each, x, y)
        case Stroke():
            return _stroke(each, x, y)
        case Curve():
            return _curve(each, x, y)
        case Symbol():
            return _symbol(each, x(each.at[0]), y(each.at[1]))


def _block(each: PlotBlock, x: Pixels, y: Pixels) -> Markup:
    left, right = sorted((x(each.left), x(each.right)))
    top, bottom = sorted((y(each.top), y(each.bottom)))
    return mark(
        "path",
        d=f"M{short(left)} {short(top)}H{short(right)}V{short(bottom)}H{short(left)}z",
        fill=each.colour,
        opacity=each.opacity and f"{each.opacity:g}",
    )


def _stroke(each: Stroke, x: Pixels, y: Pixels) -> Markup:
    (x1, y1), (x2, y2) = each.start, each.end
    return mark(
        "path",
        d=f"M{short(x(x1))} {short(y(y1))}L{short(x(x2))} {short(y(y2))}",
        stroke=each.colour,
        stroke_width=None if each.width == 1 else f"{each.width:g}",
        stroke_dasharray=each.dash,
        opacity=each.opacity and f"{each.opacity:g}",
    )


def _curve(each: Curve, x: Pixels, y: Pixels) -> Markup:
    path, pen = "", "M"
    for across, value in each.points:
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{short(x(across))} {short(y(value))}"
        pen = "L"
    if not path:
        return Markup("")
    return mark(
        "path",
        d=path,
        stroke=each.colour,
        stroke_width=f"{each.width:g}",
        stroke_dasharray=each.dash,
        stroke_linejoin="round",
    )


_OUTLINES = {
    "diamond": "M{l} {y}L{x} {t}L{r} {y}L{x} {b}z",
    "to_left": "M{r} {t}L{l} {y}L{r} {b}z",
    "to_right": "M{l} {t}L{r} {y}L{l} {b}z",
}


def _symbol(each: Symbol, x: float, y: float) -> Markup:
    paint = {"fill": "#fff" if each.is_hollow else each.colour}
    if each.is_hollow:
        paint |= {"stroke": each.colour, "stroke_width": "1.5"}
    if each.shape == "disc":
        return mark("circle", cx=x, cy=y, r=each.radius, **paint)
    ends = {
        "x": short(x),
        "y": short(y),
        "l": short(x - each.radius),
        "r": short(x + each.radius),
        "t": short(y - each.radius),
        "b": short(y + each.radius),
    }
    return mark("path", d=_OUTLINES[each.shape].format(**ends), **paint)


# -- common shapes -------------------------------------------------------------------


def with_symbols(curve: Curve, radius: float) -> list[PlotMark]:
    """Return a curve with a disc at each of its values."""
    discs = [
        Symbol(at=(x, value), colour=curve.colour, radius=radius)
        for x, value in curve.points
        if value is not None
    ]
    return [curve, *discs]


# -- ticks ---------------------------------------------------------------------------

_ROUND_STEPS = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2), (0, 1))


def round_step(low: float, high: float, n: int) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that makes about *n* of them."""
    rough = abs(high - low) / n
    power = 10.0 ** math.floor(math.log10(rough))
    times = next(step for least, step in _ROUND_STEPS if rough / power >= least)
    return power * times


def number_ticks(
    low: float, high: float, n: int, *, least_step: float = 0, digits: int = 0
) -> tuple[AxisTick, ...]:
    """Return about *n* round numbers between two ends, with the digits they need."""
    low, high = sorted((low, high))
    step = max(round_step(low, high, n), least_step)
    digits = max(digits, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(
        AxisTick(at=at * step, text=_number(at * step, digits))
        for at in range(first, last + 1)
    )


def _number(value: float, digits: int) -> str:
    return f"{value + 0:,.{digits}f}".replace("-", MINUS)


def percent_ticks(low: float, high: float, n: int) -> tuple[AxisTick, ...]:
    """Return about *n* round shares, written in per cent."""
    return tuple(
        AxisTick(at=tick.at / 100, text=f"{tick.text}%")
        for tick in number_ticks(100 * low, 100 * high, n)
    )


def numbered(n: int, room: float = 0.6) -> PlotAxis:
    """Return an axis that numbers *n* places, as the rows of a table are."""
    ticks = tuple(AxisTick(at=at, text=str(at)) for at in range(1, n + 1))
    return PlotAxis(low=1 - room, high=n + room, ticks=ticks)


MOST_DAY_TICKS = 7
YEAR_DAYS = 300
_WEEKS = (7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60)


def day_axis(first: dt.date, last: dt.date) -> PlotAxis:
    """Return an axis of days: ticks on Mondays, or where months begin."""
    is_long = (last - first).days > YEAR_DAYS
    days = _few([] if is_long else _WEEKS, _MONTHS, first, last)
    shape = "%Y-%m" if is_long else "%m-%d"
    return PlotAxis(
        low=first.toordinal(),
        high=last.toordinal(),
        ticks=tuple(
            AxisTick(at=day.toordinal(), text=f"{day:{shape}}") for day in days
        ),
    )


def _few(
    weeks: Iterable[int], months: Iterable[int], first: dt.date, last: dt.date
) -> list[dt.date]:
    """Return the days of the narrowest steps that are not too many."""
    days: list[dt.date] = []
    for step in weeks:
        days = list(_mondays(first, last, step))
        if len(days) <= MOST_DAY_TICKS:
            return days
    for step in months:
        days = list(_beginnings(first, last, step))
        if len(days) <= MOST_DAY_TICKS:
            break
    return days


def _mondays(first: dt.date, last: dt.date, step: int) -> Iterator[dt.date]:
    day = first + dt.timedelta(days=-first.weekday() % 7)
    while day <= last:
        yield day
        day += dt.timedelta(days=step)


def _beginnings(first: dt.date, last: dt.date, step: int) -> Iterator[dt.date]:
    """Yield the first days of every *step*-th month, January among them."""
    for month in range(first.year * 12, last.year * 12 + 12, step):
        day = dt.date(month // 12, month % 12 + 1, 1)
        if first <= day <= last:
            yield day

"""Word-sized pictures, too small for axes."""

from collections.abc import Sequence

from markupsafe import Markup

from huixiang.reporting.pictures.svg import (
    ACCENT,
    BAD,
    GOOD,
    INK,
    MUTED,
    REST,
    mark,
    picture,
    short,
)

TREND_WIDTH, TREND_HEIGHT, GAP = 84, 20, 1
WHISKER_WIDTH, WHISKER_HEIGHT = 150, 16
LINE_WIDTH, LINE_HEIGHT = 120, 30
DOT, DOTS_A_ROW = 13, 20


def trend(counts: Sequence[int]) -> Markup:
    """Draw counts as bars from zero, the newest in colour."""
    if not counts or not any(counts):
        return Markup("")
    most, step = max(counts), TREND_WIDTH / len(counts)
    bars = [
        mark(
            "path",
            d=f"M{short(at * step)} {TREND_HEIGHT}"
            f"v{short(-max(TREND_HEIGHT * n / most, 1))}h{short(step - GAP)}"
            f"V{TREND_HEIGHT}z",
            fill=ACCENT if at == len(counts) - 1 else REST,
        )
        for at, n in enumerate(counts)
    ]
    return picture(TREND_WIDTH, TREND_HEIGHT, bars, "spark")


def whisker(value: float, low: float, high: float, limit: float) -> Markup:
    """Draw an estimate and its interval around zero, *limit* at either end."""
    half = WHISKER_WIDTH / 2

    def x(figure: float) -> float:
        return half + max(-limit, min(limit, figure)) / (limit or 1) * (half - 6)

    colour = GOOD if low > 0 else BAD if high < 0 else MUTED
    middle = WHISKER_HEIGHT / 2
    span = f"M{short(x(low))} {short(middle)}H{short(x(high))}"
    marks = (
        _zero(half),
        mark("path", d=span, stroke=colour, stroke_width=2.5),
        mark("circle", cx=x(value), cy=middle, r=4, fill=colour),
    )
    return picture(WHISKER_WIDTH, WHISKER_HEIGHT, marks, "spark")


def _zero(at: float) -> Markup:
    return mark("path", d=f"M{short(at)} 0v{WHISKER_HEIGHT}", stroke=INK, opacity=".5")


def swing(down: float, up: float, limit: float) -> Markup:
    """Draw how far something pulls down and lifts up, as two bars from zero."""
    half, middle = WHISKER_WIDTH / 2, WHISKER_HEIGHT / 2
    scale = (half - 4) / (limit or 1)
    start = f"M{short(half)} {short(middle)}h"
    marks = (
        mark(
            "path",
            d=start + short(min(down, 0) * scale),
            stroke=BAD,
            stroke_width=9,
        ),
        mark(
            "path",
            d=start + short(max(up, 0) * scale),
            stroke=GOOD,
            stroke_width=9,
        ),
        _zero(half),
    )
    return picture(WHISKER_WIDTH, WHISKER_HEIGHT, marks, "spark")


def line(
    values: Sequence[float | None], target: float, baseline: float | None
) -> Markup:
    """Draw levels over time with a dashed line where they should arrive."""
    known = [each for each in values if each is not None]
    if not known:
        return Markup("")
    ends = [*known, target, *([] if baseline is None else [baseline])]
    low, high = min(ends), max(ends)
    step = LINE_WIDTH / max(len(values) - 1, 1)

    def y(value: float) -> float:
        return 3 + (LINE_HEIGHT - 6) * (1 - (value - low) / ((high - low) or 1))

    path, pen = "", "M"
    for at, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{short(at * step)} {short(y(value))}"
        pen = "L"
    aim = f"M0 {short(y(target))}H{LINE_WIDTH}"
    marks = (
        mark("path", d=aim, stroke=INK, stroke_dasharray="3 3"),
        mark(
            "path",
            d=path,
            fill="none",
            stroke=ACCENT,
            stroke_width=2,
            stroke_linecap="round",
        ),
    )
    return picture(LINE_WIDTH, LINE_HEIGHT, marks, "spark")


def dots(n: int, n_marked: int) -> Markup:
    """Draw one dot a case, the marked ones in colour and larger."""
    marks = [
        mark(
            "circle",
            cx=DOT * (at % DOTS_A_ROW) + DOT / 2,
            cy=DOT * (at // DOTS_A_ROW) + DOT / 2,
            r=5 if at < n_marked else 4,
            fill=BAD if at < n_marked else REST,
        )
        for at in range(n)
    ]
    rows = -(-n // DOTS_A_ROW)
    return picture(DOT * min(n, DOTS_A_ROW), DOT * rows, marks, "spark")

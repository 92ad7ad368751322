"""Word-sized pictures: too small for axes, too many for a chart compiler."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from huixiang.reporting.pictures.drawing import ACCENT, INK, MUTED

GOOD, BAD, REST = "#1a7f4b", "#b42318", "#8fa1b0"

TREND_WIDTH, TREND_HEIGHT, GAP = 84, 20, 1
WHISKER_WIDTH, WHISKER_HEIGHT = 150, 16
LINE_WIDTH, LINE_HEIGHT = 120, 30
DOT, DOTS_A_ROW = 13, 20


def _svg(width: float, height: float, marks: Iterable[str]) -> Markup:
    return Markup(  # noqa: S704 - numbers and our own colours only
        f'<svg aria-hidden="true" class="spark" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{"".join(marks)}</svg>'
    )


def trend(counts: Sequence[int]) -> Markup:
    """Draw counts as bars from zero, the newest in colour."""
    if not counts or not any(counts):
        return Markup("")
    most, step = max(counts), TREND_WIDTH / len(counts)
    bars = []
    for at, n in enumerate(counts):
        height = max(TREND_HEIGHT * n / most, 1)
        colour = ACCENT if at == len(counts) - 1 else REST
        bars.append(
            f'<path d="M{at * step:.1f} {TREND_HEIGHT}v{-height:.1f}'
            f'h{step - GAP:.1f}v{height:.1f}z" fill="{colour}"/>'
        )
    return _svg(TREND_WIDTH, TREND_HEIGHT, bars)


def whisker(value: float, low: float, high: float, limit: float) -> Markup:
    """Draw an estimate and its interval around zero, *limit* at either end."""
    half = WHISKER_WIDTH / 2

    def x(figure: float) -> float:
        return half + max(-limit, min(limit, figure)) / (limit or 1) * (half - 6)

    colour = GOOD if low > 0 else BAD if high < 0 else MUTED
    middle = WHISKER_HEIGHT / 2
    return _svg(
        WHISKER_WIDTH,
        WHISKER_HEIGHT,
        (
            f'<path d="M{half:g} 0v{WHISKER_HEIGHT}" stroke="{INK}" opacity=".5"/>',
            f'<path d="M{x(low):.1f} {middle:g}H{x(high):.1f}" stroke="{colour}" '
            'stroke-width="2.5"/>',
            f'<circle cx="{x(value):.1f}" cy="{middle:g}" r="4" fill="{colour}"/>',
        ),
    )


def swing(down: float, up: float, limit: float) -> Markup:
    """Draw how far something pulls down and lifts up, as two bars from zero."""
    half, middle = WHISKER_WIDTH / 2, WHISKER_HEIGHT / 2
    scale = (half - 4) / (limit or 1)
    return _svg(
        WHISKER_WIDTH,
        WHISKER_HEIGHT,
        (
            f'<path d="M{half:g} {middle:g}h{min(down, 0) * scale:.1f}" '
            f'stroke="{BAD}" stroke-width="9"/>',
            f'<path d="M{half:g} {middle:g}h{max(up, 0) * scale:.1f}" '
            f'stroke="{GOOD}" stroke-width="9"/>',
            f'<path d="M{half:g} 0v{WHISKER_HEIGHT}" stroke="{INK}" opacity=".5"/>',
        ),
    )


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
        path += f"{pen}{at * step:.1f} {y(value):.1f}"
        pen = "L"
    return _svg(
        LINE_WIDTH,
        LINE_HEIGHT,
        (
            f'<path d="M0 {y(target):.1f}H{LINE_WIDTH}" stroke="{INK}" '
            'stroke-dasharray="3 3"/>',
            f'<path d="{path}" fill="none" stroke="{ACCENT}" stroke-width="2" '
            'stroke-linecap="round"/>',
        ),
    )


def dots(n: int, n_marked: int) -> Markup:
    """Draw one dot a case, the marked ones in colour and with a ring."""
    rows = -(-n // DOTS_A_ROW)
    marks = []
    for at in range(n):
        x = DOT * (at % DOTS_A_ROW) + DOT / 2
        y = DOT * (at // DOTS_A_ROW) + DOT / 2
        marked = at < n_marked
        marks.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{5 if marked else 4}" '
            f'fill="{BAD if marked else REST}"/>'
        )
    return _svg(DOT * min(n, DOTS_A_ROW), DOT * rows, marks)

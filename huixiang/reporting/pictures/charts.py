"""Charts of an action item: Vega-Lite specifications, and their pictures.

No chart holds words: numbers and days only, so one drawing serves both languages and
reads the same with any font. All sizes are fixed, nothing is laid out by text width,
hence the same figures give the same bytes on every machine. Marks are cut to the axis
here and not by Vega, whose clip paths carry ids that differ from run to run.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from huixiang.domain.verdict import Effect, Metric, Verdict, VerdictKind
from huixiang.reporting.facts.report import ItemResult, SeriesPoint
from huixiang.reporting.pictures.drawing import (
    ACCENT,
    BAR,
    INK,
    MUTED,
    Spec,
    picture,
    render_all,
)
from huixiang.wording.figures import LOWER_IS_BETTER, factor

COLOURS = {
    VerdictKind.IMPROVED: "#1a7f4b",
    VerdictKind.NOT_IMPROVED: "#a15c07",
    VerdictKind.WORSE: "#b42318",
    VerdictKind.INCONCLUSIVE: "#667085",
}

SERIES_WIDTH, SERIES_HEIGHT = 460, 170
INTERVAL_WIDTH, INTERVAL_HEIGHT, AXIS_HEIGHT = 300, 38, 22
LEAST_SPAN = 0.6
MANY_POINTS = 60
YEAR_DAYS = 300


def series_chart(item: ItemResult) -> Spec:
    """Draw an item's scope over time: its mean, the untreated units, count, fix."""
    scale = factor(item.metric)
    points = _without_holes(item.series, item.series_days)
    rows = [_row(point, item.series_days, scale) for point in points]
    first, last = item.series[0].on, _last_day(item)
    lines = {
        "layer": [
            *_moments(item, first, last),
            _line("control", MUTED, [5, 4], points=False),
            _line("mean", ACCENT, [], points=len(rows) <= MANY_POINTS),
        ],
        "encoding": {"y": _level_axis(item, scale)},
    }
    return picture(
        SERIES_WIDTH, SERIES_HEIGHT, {"left": 38, "right": 8, "top": 8, "bottom": 24}
    ) | {
        "data": {"values": rows},
        "encoding": {"x": {**_time("middle"), **_time_axis(first, last)}},
        "layer": [_bars(rows), lines],
        "resolve": {"scale": {"y": "independent"}},
    }


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


def _row(point: SeriesPoint, days: int, scale: int) -> Spec:
    end = point.on + dt.timedelta(days=days)
    middle = dt.datetime.combine(point.on, dt.time()) + dt.timedelta(days=days / 2)
    return {
        "start": point.on.isoformat(),
        "end": end.isoformat(),
        "middle": middle.isoformat() + "Z",
        "n": point.n,
        "mean": None if point.mean is None else point.mean * scale,
        "control": None if point.control is None else point.control * scale,
    }


def _time(field: str) -> Spec:
    return {"field": field, "type": "temporal"}


def _time_axis(first: dt.date, last: dt.date) -> Spec:
    long = (last - first).days > YEAR_DAYS
    return {
        "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()]},
        "axis": {
            "format": "%Y-%m" if long else "%m-%d",
            "tickCount": 6,
            "grid": False,
        },
    }


def _bars(rows: list[Spec]) -> Spec:
    most = max([int(str(row["n"])) for row in rows], default=0) or 1
    return {
        "mark": {"type": "bar", "color": BAR},
        "encoding": {
            "x": _time("start"),
            "x2": {"field": "end"},
            "y": {
                "field": "n",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [0, most * 4], "nice": False},
            },
            "y2": {"datum": 0},
        },
    }


def _line(field: str, colour: str, dash: list[int], *, points: bool) -> Spec:
    mark: Spec = {"type": "line", "color": colour, "strokeWidth": 2}
    if dash:
        mark |= {"strokeDash": dash, "strokeWidth": 1.5}
    if points:
        mark |= {"point": {"size": 22, "filled": True, "color": colour}}
    return {"mark": mark, "encoding": {"y": {"field": field, "type": "quantitative"}}}


def _moments(item: ItemResult, first: dt.date, last: dt.date) -> list[Spec]:
    layers: list[Spec] = []
    if item.resolved_on and first <= item.resolved_on <= last:
        span = {"from": item.resolved_on.isoformat(), "to": last.isoformat()}
        layers.append(
            {
                "data": {"values": [span]},
                "mark": {"type": "rect", "color": ACCENT, "opacity": 0.07},
                "encoding": {"x": _time("from"), "x2": {"field": "to"}},
            }
        )
        layers.append(_rule(item.resolved_on, {"color": INK, "strokeWidth": 1.5}))
    if first <= item.opened_on <= last:
        layers.append(_rule(item.opened_on, {"color": INK, "strokeDash": [2, 3]}))
    return layers


def _rule(on: dt.date, style: Spec) -> Spec:
    return {
        "data": {"values": [{"on": on.isoformat()}]},
        "mark": {"type": "rule", **style},
        "encoding": {"x": _time("on")},
    }


def _level_axis(item: ItemResult, scale: int) -> Spec:
    levels = [
        level * scale
        for point in item.series
        for level in (point.mean, point.control)
        if level is not None
    ]
    low, high = (min(levels), max(levels)) if levels else (0.0, 1.0)
    room = max(LEAST_SPAN * (1 if scale == 1 else 10) - (high - low), 0) / 2
    room += (high - low) * 0.12
    return {
        "type": "quantitative",
        "scale": {"domain": [low - room, high + room], "nice": False, "zero": False},
        "axis": {"tickCount": 4, "format": ".1f" if scale == 1 else ".0f"},
    }


def interval_chart(verdict: Verdict, limit: float) -> Spec:
    """Draw an effect with its interval over the plain one; better is to the right."""
    metric = verdict.criterion.metric
    scale = factor(metric)
    reach = limit * scale
    domain = [reach, -reach] if metric in LOWER_IS_BETTER else [-reach, reach]
    least = verdict.criterion.minimum_effect * scale
    wanted = -least if metric in LOWER_IS_BETTER else least
    layers = [_upright(0, INK, []), _upright(wanted, MUTED, [3, 3])]
    if verdict.effect:
        layers += _whisker(_cut(verdict.effect, metric, reach), 12, verdict.kind)
    if verdict.plain_comparison:
        layers += _whisker(
            _cut(verdict.plain_comparison.effect, metric, reach), 28, None
        )
    show: Spec = {"tickCount": 5, "grid": False, "domain": False}
    x: Spec = {"type": "quantitative", "scale": {"domain": domain, "nice": False}}
    return picture(
        INTERVAL_WIDTH,
        INTERVAL_HEIGHT,
        {"left": 6, "right": 6, "top": 1, "bottom": AXIS_HEIGHT},
    ) | {
        "data": {"values": [{}]},
        "encoding": {"x": {**x, "axis": show}},
        "layer": layers,
    }


def _cut(effect: Effect, metric: Metric, reach: float) -> Spec:
    """Return the ends of an interval as drawn, and which of them lie beyond the axis."""
    scale = factor(metric)
    left, right = effect.low * scale, effect.high * scale
    if metric in LOWER_IS_BETTER:
        left, right = right, left
    return {
        "left": _clamp(left, reach),
        "right": _clamp(right, reach),
        "value": _clamp(effect.value * scale, reach),
        "cut_left": abs(left) > reach,
        "cut_right": abs(right) > reach,
    }


def _clamp(value: float, reach: float) -> float:
    return min(max(value, -reach), reach)


def _upright(at: float, colour: str, dash: list[int]) -> Spec:
    return {
        "data": {"values": [{"at": at}]},
        "mark": {"type": "rule", "color": colour, "strokeDash": dash, "strokeWidth": 1},
        "encoding": {"x": {"field": "at"}},
    }


def _whisker(row: Spec, y: int, kind: VerdictKind | None) -> list[Spec]:
    """Draw one interval: filled and coloured for a verdict, hollow for the plain one."""
    colour = COLOURS[kind] if kind else MUTED
    at = {"y": {"value": y}}
    point: Spec = {"type": "point", "color": colour, "opacity": 1}
    point |= {"filled": True, "size": 70} if kind else {"fill": "white", "size": 40}
    point |= {} if kind else {"shape": "diamond"}
    span: Spec = {"type": "rule", "color": colour, "strokeWidth": 3 if kind else 1.25}
    layers: list[Spec] = [
        {
            "mark": span,
            "encoding": {"x": {"field": "left"}, "x2": {"field": "right"}, **at},
        }
    ]
    layers += [_arrow(side, colour, row, y) for side in ("left", "right")]
    layers.append({"mark": point, "encoding": {"x": {"field": "value"}, **at}})
    drawn = [layer for layer in layers if layer]
    return [{"data": {"values": [row]}, "layer": drawn}]


def _arrow(side: str, colour: str, row: Spec, y: int) -> Spec:
    """Draw an arrow head where an interval goes on beyond the axis."""
    if not row[f"cut_{side}"]:
        return {}
    mark: Spec = {
        "type": "point",
        "shape": f"triangle-{side}",
        "filled": True,
        "opacity": 1,
    }
    return {
        "mark": {**mark, "color": colour, "size": 60},
        "encoding": {"x": {"field": side}, "y": {"value": y}},
    }


Drawings = Mapping[str, Markup | None]


def all_charts(
    items: Iterable[ItemResult], limits: Mapping[Metric, float]
) -> Mapping[str, Drawings]:
    """Render what each item can show, by its id; None where there is nothing to draw.

    "row" is "interval" without its axis, for a table whose head is the axis.
    """
    items = tuple(items)
    wanted = [
        (item.item_id, name, spec)
        for item in items
        for name, spec in _specs(item, limits[metric_of(item)])
    ]
    drawn = render_all(spec for _, _, spec in wanted)
    found: dict[str, dict[str, Markup | None]] = {
        item.item_id: dict.fromkeys(("series", "interval", "row")) for item in items
    }
    for (item_id, name, _), picture_of in zip(wanted, drawn, strict=True):
        found[item_id][name] = picture_of
        if name == "interval":
            found[item_id]["row"] = _without_axis(picture_of)
    return found


def _specs(item: ItemResult, limit: float) -> Iterable[tuple[str, Spec]]:
    verdict = item.judged
    if item.series:
        yield "series", series_chart(item)
    if verdict and (verdict.effect or verdict.plain_comparison):
        yield "interval", interval_chart(verdict, limit)


def _without_axis(svg: Markup) -> Markup:
    """Cut the axis off below: half the time of drawing the same again without it."""
    whole, kept = INTERVAL_HEIGHT + AXIS_HEIGHT + 1, INTERVAL_HEIGHT + 1
    tag, angle, rest = str(svg).partition(">")
    return Markup(tag.replace(str(whole), str(kept)) + angle + rest)  # noqa: S704 - parts of what was drawn above


def metric_of(item: ItemResult) -> Metric:
    """Return the metric an item's verdict is about."""
    return item.judged.criterion.metric if item.judged else item.metric

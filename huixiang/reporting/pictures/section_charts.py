"""Charts of whole sections: months, emotion along the journey, models over versions.

As in `charts`, pictures hold numbers only; points are numbered as the rows below them.
"""

from collections.abc import Sequence

from huixiang.domain.insight import JourneyEmotion
from huixiang.domain.training import VersionPoint
from huixiang.reporting.facts.loop import PeriodFigures
from huixiang.reporting.pictures.drawing import ACCENT, INK, MUTED, Spec, picture

VERIFIED, FIXED, OPENED = "#1a7f4b", "#5f8dae", "#8a97a6"
WIDTH, HEIGHT = 640, 150
PADDING = {"left": 40, "right": 10, "top": 10, "bottom": 26}
MODEL_COLOURS = (ACCENT, "#b4610a", "#1a7f4b", "#6b4fa0")
_STEP = 0.27


def month_chart(periods: Sequence[PeriodFigures]) -> Spec:
    """Draw what was opened, fixed and verified, three bars a period."""
    rows = [
        {
            "at": at + (place - 1) * _STEP,
            "to": at + (place - 0.05) * _STEP,
            "n": n,
            "c": c,
        }
        for at, each in enumerate(periods, start=1)
        for place, (n, c) in enumerate(
            zip(
                (each.n_opened, each.n_resolved, each.n_verified),
                (OPENED, FIXED, VERIFIED),
                strict=True,
            )
        )
    ]
    most = max([row["n"] for row in rows if isinstance(row["n"], int)], default=0)
    bars: Spec = {
        "mark": {"type": "bar"},
        "encoding": {
            "x": _numbered(len(periods), "at"),
            "x2": {"field": "to"},
            "y": {
                **_quantity("n"),
                "scale": {"domain": [0, max(most, 1)]},
                "axis": {"tickCount": 4, "format": "d", "tickMinStep": 1},
            },
            "y2": {"datum": 0},
            "color": {"field": "c", "type": "nominal", "scale": None, "legend": None},
        },
    }
    return picture(WIDTH, HEIGHT, PADDING) | {"data": {"values": rows}, "layer": [bars]}


def _quantity(field: str) -> Spec:
    return {"field": field, "type": "quantitative"}


def _numbered(n: int, field: str) -> Spec:
    """Return an axis that numbers *n* places as the table below does."""
    return {
        **_quantity(field),
        "scale": {"domain": [0.4, n + 0.6], "nice": False},
        "axis": {"values": list(range(1, n + 1)), "format": "d", "grid": False},
    }


def emotion_chart(places: Sequence[JourneyEmotion]) -> Spec:
    """Draw emotion from −1 to 1 in journey order, intervals upright, moments filled."""
    rows = [
        {
            "at": at,
            "value": each.polarity.value,
            "low": each.polarity.low,
            "high": each.polarity.high,
            "fill": "#b42318" if each.polarity.high < 0 else ACCENT,
            "size": 130 if each.moments else 60,
        }
        for at, each in enumerate(places, start=1)
        if each.polarity
    ]
    y: Spec = {
        "scale": {"domain": [-1, 1], "nice": False},
        "axis": {"values": [-1, -0.5, 0, 0.5, 1], "format": "+.1f"},
    }
    x = _numbered(len(places), "at")
    level: Spec = {**_quantity("value"), **y}
    layers: list[Spec] = [
        {
            "data": {"values": [{"zero": 0}]},
            "mark": {"type": "rule", "color": INK},
            "encoding": {"y": {**_quantity("zero"), **y}},
        },
        {
            "mark": {"type": "line", "color": MUTED, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": level},
        },
        {
            "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1.5},
            "encoding": {
                "x": x,
                "y": {**_quantity("low"), **y},
                "y2": {"field": "high"},
            },
        },
        {
            "mark": {"type": "point", "filled": True, "opacity": 1},
            "encoding": {
                "x": x,
                "y": level,
                "color": {"field": "fill", "type": "nominal", "scale": None},
                "size": {"field": "size", "type": "quantitative", "scale": None},
            },
        },
    ]
    return picture(WIDTH, 190, PADDING) | {"data": {"values": rows}, "layer": layers}


def head_names(models: Sequence[VersionPoint]) -> tuple[str, ...]:
    """Return the heads that get a line, in the order of their colours."""
    names = dict.fromkeys(name for each in models for name in each.heads)
    return tuple(names)[: len(MODEL_COLOURS)]


def model_chart(models: Sequence[VersionPoint]) -> Spec:
    """Draw each head's share of right answers over the versions, with intervals."""
    names = head_names(models)
    rows = [
        {
            "at": at,
            "colour": MODEL_COLOURS[names.index(name)],
            "value": 100 * found.value,
            "low": 100 * found.low,
            "high": 100 * found.high,
        }
        for at, each in enumerate(models, start=1)
        for name, found in each.heads.items()
        if name in names
    ]
    floor = min([float(str(row["low"])) for row in rows], default=0.0)
    x = _numbered(len(models), "at")
    y: Spec = {
        "scale": {"domain": [10 * (floor // 10), 100], "nice": False},
        "axis": {"tickCount": 5, "format": "d"},
    }
    colour: Spec = {"field": "colour", "type": "nominal", "scale": None}
    layers: list[Spec] = [
        {
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {"x": x, "y": {**_quantity("value"), **y}, "color": colour},
        },
        {
            "mark": {"type": "rule", "opacity": 0.5},
            "encoding": {
                "x": x,
                "y": {**_quantity("low"), **y},
                "y2": {"field": "high"},
                "color": colour,
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
            "encoding": {"x": x, "y": {**_quantity("value"), **y}, "color": colour},
        },
    ]
    return picture(WIDTH, HEIGHT, PADDING) | {"data": {"values": rows}, "layer": layers}

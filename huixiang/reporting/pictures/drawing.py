"""Turn Vega-Lite specifications into small pictures that stand in a page.

Many are rendered at once, as one column, and cut apart: starting the compiler for each
costs more than drawing it. What is left of each is written out as plain marks: no
names, ids or links, hence nothing that could clash, load or differ between two runs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

Spec = dict[str, object]
Element = ET.Element

INK, MUTED, HAIR = "#1d2733", "#667085", "#dfe4ea"
ACCENT, SHADE, BAR = "#1f5f8b", "#eef4f8", "#e3e8ee"

AT_ONCE = 24
"""So many share one run of the compiler; more save little and hold more memory."""

FONT_SIZE = 12

CONFIG: Spec = {
    "font": "inherit",
    "aria": False,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "labelFontSize": FONT_SIZE,
        "domainColor": HAIR,
        "tickColor": HAIR,
        "gridColor": "#eef1f4",
        "labelOverlap": False,
        "labelLimit": 0,
        "title": None,
    },
}

_KEPT = (
    "transform", "d", "x2", "y2", "fill", "stroke", "stroke-width",
    "stroke-dasharray", "opacity", "text-anchor", "font-size", "font-weight",
)  # fmt: skip
_SAYS_NOTHING = {
    ("transform", "translate(0,0)"),
    ("fill", "none"),
    ("opacity", "1"),
    ("stroke-dasharray", ""),
    ("font-size", f"{FONT_SIZE}px"),
    ("x2", "0"),
    ("y2", "0"),
}
_SURPLUS_DIGITS = re.compile(r"(\.\d\d)\d+")
_PLACE = re.compile(r"concat_(\d+)_group\b")
_DISC = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0$")
_MOVED = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)$")


def picture(width: int, height: int, padding: Mapping[str, object]) -> Spec:
    """Return the beginning of a specification; sizes are fixed, text moves nothing."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "autosize": "none",
        "width": width,
        "height": height,
        "padding": dict(padding),
        "config": CONFIG,
    }


def render(spec: Spec) -> Markup:
    """Return the SVG of one specification."""
    return render_all([spec])[0]


def render_all(specs: Iterable[Spec]) -> list[Markup]:
    """Return the SVGs of specifications made with `picture`, in their order."""
    wanted = list(specs)
    return [
        drawn
        for start in range(0, len(wanted), AT_ONCE)
        for drawn in _render_together(wanted[start : start + AT_ONCE])
    ]


def _render_together(specs: Sequence[Spec]) -> list[Markup]:
    import vl_convert  # starts a JavaScript engine, so only when something is drawn

    column: Spec = {
        "$schema": specs[0]["$schema"],
        "config": CONFIG,
        "vconcat": [_view(spec) for spec in specs],
        "resolve": {"scale": {"x": "independent", "y": "independent"}},
    }
    whole = ET.fromstring(vl_convert.vegalite_to_svg(column, allowed_base_urls=[]))  # noqa: S314 - written by the renderer a line above
    return [
        _cut_out(view, spec) for view, spec in zip(_views(whole), specs, strict=True)
    ]


def _view(spec: Spec) -> Spec:
    outer = ("$schema", "config", "autosize", "padding")
    return {name: value for name, value in spec.items() if name not in outer}


def _views(whole: Element) -> list[Element]:
    """Return the drawings of a column in order, each without its place in it."""
    found = {
        int(place[1]): next(iter(group))
        for group in whole.iter()
        if (place := _PLACE.search(group.get("class", "")))
    }
    return [found[at] for at in sorted(found)]


def _cut_out(view: Element, spec: Spec) -> Markup:
    left, right, top, bottom = _padding(spec["padding"])
    width = int(str(spec["width"])) + left + right
    height = int(str(spec["height"])) + top + bottom
    inside = "".join(_written(child) for child in view)
    return Markup(  # noqa: S704 - marks are written attribute by attribute, text escaped
        f'<svg aria-hidden="true" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><g fill="none" font-size="{FONT_SIZE}" '
        f'transform="translate({left},{top})">{inside}</g></svg>'
    )


def _padding(sides: object) -> tuple[int, int, int, int]:
    if not isinstance(sides, Mapping):
        raise TypeError("a picture names its padding on all four sides")
    left, right, top, bottom = (
        int(sides[side]) for side in ("left", "right", "top", "bottom")
    )
    return left, right, top, bottom


def _written(element: Element) -> str:
    """Write a mark with what can be seen of it; groups that do nothing disappear."""
    if element.get("class") in {"background", "foreground"}:
        return ""
    tag = element.tag.rpartition("}")[2]
    if tag == "path" and (disc := _as_disc(element)):
        return disc
    inside = str(escape(element.text or "")) + "".join(map(_written, element))
    attributes = _attributes(element)
    if tag == "g" and not attributes:
        return inside
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def _attributes(element: Element) -> str:
    return "".join(
        f' {name}="{_short(value)}"'
        for name in _KEPT
        if (value := element.get(name)) is not None
        and (name, value) not in _SAYS_NOTHING
        and not (name == "stroke-width" and "stroke" not in element.attrib)
    )


def _short(numbers: str) -> str:
    return _SURPLUS_DIGITS.sub(r"\1", numbers)


def _as_disc(element: Element) -> str | None:
    """Write a round symbol as what it is: a fifth of the length."""
    shape = _DISC.match(element.get("d", ""))
    place = _MOVED.match(element.get("transform", ""))
    fill = element.get("fill")
    if not shape or not place or element.get("stroke") or not fill:
        return None
    x, y = _short(place[1]), _short(place[2])
    radius = round(float(shape[1]), 1)
    return f'<circle cx="{x}" cy="{y}" r="{radius:g}" fill="{escape(fill)}"/>'

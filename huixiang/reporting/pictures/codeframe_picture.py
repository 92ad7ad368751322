"""Draw the knowledge graph as one picture: SVG, or a page around it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from huixiang.domain.text import Language
from huixiang.reporting.pictures.codeframe_graph import Graph, Link, Node, NodeKind
from huixiang.reporting.pictures.svg import group, label, mark, short
from huixiang.wording.report import graph as words

_ROW, _BOX, _TOP, _MARGIN = 30, 24, 76, 24
_INDENT = 18
_WIDE, _NARROW = 13.0, 7.2
"""How wide a Chinese and a Latin character stand at 13 pixels."""
_MAX_TEXT = 300.0
_GAP = 150

_TITLES = {
    NodeKind.THEME: words.THEMES,
    NodeKind.CAUSE: words.CAUSES,
    NodeKind.DEPARTMENT: words.DEPARTMENTS,
}
_STYLE = """
.codeframe text{font:13px "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",
"Source Han Sans SC",system-ui,sans-serif;fill:#1f2a33}
.codeframe .h{font-weight:600;fill:#51606c}.codeframe .t{font-size:18px;font-weight:600}
.codeframe .s{fill:#6b7883;font-size:12px}
.codeframe rect{rx:5;stroke-width:1}
.codeframe .theme rect{fill:#f2f6fa;stroke:#b9c8d6}
.codeframe .top rect{fill:#dfe9f2;stroke:#8fa7bb}.codeframe .top text{font-weight:600}
.codeframe .cause rect{fill:#fdf4e3;stroke:#e0b767}
.codeframe .department rect{fill:#e6f2ea;stroke:#84b796}
.codeframe path{fill:none;stroke:#c2ccd4;stroke-width:1.3}
.codeframe path.c{stroke:#dcb262}.codeframe path.d{stroke:#9ab7a4}
.codeframe path.open{stroke-dasharray:3 4}
.codeframe path:hover{stroke:#c0392b;stroke-width:2.5}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Box:
    node: Node
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        return self.y + _BOX / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layout:
    boxes: Mapping[str, _Box]
    columns: Mapping[NodeKind, float]
    width: float
    height: float


def as_svg(graph: Graph, language: Language) -> str:
    """Return the picture; it needs nothing but itself."""
    layout = _layout(graph, language)
    boxes = layout.boxes.values()
    marks = [
        mark("rect", width=layout.width, height=layout.height, fill="white"),
        *_heads(graph, layout, language),
        *(_branch(box, layout) for box in boxes if box.node.parent),
        *(_curve(link, layout) for link in graph.links),
        *(_drawn(box, language) for box in boxes),
        *(_count(link, layout) for link in graph.links if link.n),
    ]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="codeframe" role="img" '
        'width="{0}" height="{1}" viewBox="0 0 {0} {1}">\n<title>{2}</title>\n'
        "<style>{3}</style>\n{4}\n</svg>"
    ).format(
        short(layout.width),
        short(layout.height),
        _title(graph, language),
        Markup(_STYLE),  # noqa: S704 - our own style sheet
        Markup("\n").join(each for each in marks if each),
    )


def _title(graph: Graph, language: Language) -> str:
    return f"{words.TITLE.get(language)} {graph.version}"


def as_html(graph: Graph, language: Language) -> str:
    """Return the picture in a page of its own."""
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width">'
        "<body style='margin:0;overflow:auto'>{}</body></html>\n"
    ).format(language, _title(graph, language), Markup(as_svg(graph, language)))  # noqa: S704 - drawn above


def _layout(graph: Graph, language: Language) -> _Layout:
    boxes: dict[str, _Box] = {}
    columns: dict[NodeKind, float] = {}
    x = float(_MARGIN)
    for kind in NodeKind:
        nodes = graph.of(kind)
        columns[kind] = x
        placed = _column(graph, nodes, boxes, x, language)
        boxes |= placed
        x = max((box.x + box.width for box in placed.values()), default=x) + _GAP
    bottom = max((box.y for box in boxes.values()), default=0.0) + _ROW
    width = max(x - _GAP, _text_width(words.LEGEND.get(language)) + _MARGIN) + _MARGIN
    return _Layout(
        boxes=boxes, columns=columns, width=width, height=bottom + _MARGIN + _ROW
    )


def _column(
    graph: Graph,
    nodes: Sequence[Node],
    boxes: Mapping[str, _Box],
    x: float,
    language: Language,
) -> dict[str, _Box]:
    """Place themes in their order, the others beside what they are linked with."""
    if not nodes:
        return {}
    width = max(_text_width(_label(node, language)) for node in nodes) + 20
    wanted = [
        (_height_of(graph, node, boxes, i), i, node) for i, node in enumerate(nodes)
    ]
    wanted.sort(key=lambda each: each[:2])
    placed = {}
    spread = _spread([height for height, _, _ in wanted])
    for y, (_, _, node) in zip(spread, wanted, strict=True):
        indent = node.depth * _INDENT
        placed[node.key] = _Box(node=node, x=x + indent, y=y, width=width)
    return placed


def _height_of(
    graph: Graph, node: Node, boxes: Mapping[str, _Box], place: int
) -> float:
    """Return the mean height of what points at a node; a theme's own place else."""
    if node.kind is NodeKind.THEME:
        return _TOP + place * _ROW
    from_ = [
        boxes[link.source].y
        for link in graph.links
        if link.target == node.key and link.source in boxes
    ]
    return sum(from_) / len(from_) if from_ else float(_TOP)


def _spread(heights: Sequence[float]) -> list[float]:
    """Push apart what would overlap, keeping the order and, on the whole, the place."""
    spread: list[float] = []
    for height in heights:
        spread.append(max(height, spread[-1] + _ROW) if spread else height)
    if not spread:
        return spread
    drift = sum(a - b for a, b in zip(spread, heights, strict=True)) / len(spread)
    up = min(drift, spread[0] - _TOP)
    return [height - max(up, 0.0) for height in spread]


def _heads(graph: Graph, layout: _Layout, language: Language) -> Iterator[Markup]:
    yield label(_title(graph, language), class_="t", x=_MARGIN, y=32)
    for kind, x in layout.columns.items():
        if graph.of(kind):
            yield label(_TITLES[kind].get(language), class_="h", x=x, y=60)
    legend = words.LEGEND.get(language)
    yield label(legend, class_="s", x=_MARGIN, y=layout.height - 16)


def _branch(box: _Box, layout: _Layout) -> Markup:
    """Draw the elbow from a parent theme to its child."""
    parent = layout.boxes[f"{NodeKind.THEME}:{box.node.parent}"]
    start = f"M{short(parent.x + _INDENT / 2)} {short(parent.y + _BOX)}"
    return mark("path", d=f"{start}V{short(box.middle)}H{short(box.x)}")


def _curve(link: Link, layout: _Layout) -> Markup:
    source, target = layout.boxes.get(link.source), layout.boxes.get(link.target)
    if source is None or target is None:
        return Markup("")
    (x1, y1), (x2, y2) = _ends(source, target)
    bend = (x2 - x1) / 2
    kind = "c" if target.node.kind is NodeKind.CAUSE else "d"
    places = ((x1 + bend, y1), (x2 - bend, y2), (x2, y2))
    return mark(
        "path",
        class_=kind if link.is_known else f"{kind} open",
        d=f"M{short(x1)} {short(y1)}C"
        + " ".join(f"{short(x)} {short(y)}" for x, y in places),
    )


def _ends(a: _Box, b: _Box) -> tuple[tuple[float, float], tuple[float, float]]:
    return (a.x + a.width, a.middle), (b.x, b.middle)


def _count(link: Link, layout: _Layout) -> Markup:
    (x1, y1), (x2, y2) = _ends(layout.boxes[link.source], layout.boxes[link.target])
    x, y = (x1 + x2) / 2, (y1 + y2) / 2 - 3
    return label(str(link.n), class_="s", text_anchor="middle", x=x, y=y)


def _drawn(box: _Box, language: Language) -> Markup:
    node = box.node
    note = f"{node.id}: {(node.note or node.name).get(language)}"
    marks = [
        Markup("<title>{}</title>").format(note),
        mark("rect", x=box.x, y=box.y, width=box.width, height=_BOX),
        label(_label(node, language), x=box.x + 10, y=box.y + 17),
    ]
    return group(marks, class_=f"{node.kind} top" if _is_top(node) else str(node.kind))


def _is_top(node: Node) -> bool:
    return node.kind is NodeKind.THEME and node.parent is None


def _label(node: Node, language: Language) -> str:
    """Return a name, cut where it would be too wide to draw."""
    words = node.name.get(language)
    if _text_width(words) <= _MAX_TEXT:
        return words
    while words and _text_width(words) > _MAX_TEXT - _WIDE:
        words = words[:-1]
    return f"{words}…"


def _text_width(words: str) -> float:
    return sum(_NARROW if character.isascii() else _WIDE for character in words)

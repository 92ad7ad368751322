"""Draw the knowledge graph as one picture: SVG, or a page around it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from huixiang.domain.text import Language
from huixiang.reporting.pictures.codeframe_graph import Graph, Link, Node, NodeKind
from huixiang.wording.report import graph

_ROW, _BOX, _TOP, _MARGIN = 30, 24, 76, 24
_INDENT = 18
_WIDE, _NARROW = 13.0, 7.2
"""How wide a Chinese and a Latin character stand at 13 pixels."""
_MAX_TEXT = 300.0
_GAP = 150

_TITLES = {
    NodeKind.THEME: graph.THEMES,
    NodeKind.CAUSE: graph.CAUSES,
    NodeKind.DEPARTMENT: graph.DEPARTMENTS,
}
_HEAD = graph.TITLE
_LEGEND = graph.LEGEND
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
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="codeframe" role="img" '
        f'width="{layout.width:.0f}" height="{layout.height:.0f}" '
        f'viewBox="0 0 {layout.width:.0f} {layout.height:.0f}">',
        f"<title>{escape(_HEAD.get(language))} {escape(graph.version)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{layout.width:.0f}" height="{layout.height:.0f}" fill="white"/>',
        *_heads(graph, layout, language),
        *(_branch(box, layout) for box in layout.boxes.values() if box.node.parent),
        *(_curve(link, layout) for link in graph.links),
        *(_drawn(box, language) for box in layout.boxes.values()),
        *(_count(link, layout) for link in graph.links if link.n),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def as_html(graph: Graph, language: Language) -> str:
    """Return the picture in a page of its own."""
    title = f"{_HEAD.get(language)} {graph.version}"
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        '<meta name="viewport" content="width=device-width">'
        "<body style='margin:0;overflow:auto'>"
        f"{as_svg(graph, language)}</body></html>\n"
    )


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
    width = max(x - _GAP, _text_width(_LEGEND.get(language)) + _MARGIN) + _MARGIN
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


def _heads(graph: Graph, layout: _Layout, language: Language) -> Iterator[str]:
    title = f"{_HEAD.get(language)} {graph.version}"
    yield f'<text class="t" x="{_MARGIN}" y="32">{escape(title)}</text>'
    for kind, x in layout.columns.items():
        if graph.of(kind):
            words = escape(_TITLES[kind].get(language))
            yield f'<text class="h" x="{x:.0f}" y="60">{words}</text>'
    yield (
        f'<text class="s" x="{_MARGIN}" y="{layout.height - 16:.0f}">'
        f"{escape(_LEGEND.get(language))}</text>"
    )


def _branch(box: _Box, layout: _Layout) -> str:
    """Draw the elbow from a parent theme to its child."""
    parent = layout.boxes[f"{NodeKind.THEME}:{box.node.parent}"]
    x = parent.x + _INDENT / 2
    return f'<path d="M{x:.0f} {parent.y + _BOX:.0f}V{box.middle:.0f}H{box.x:.0f}"/>'


def _curve(link: Link, layout: _Layout) -> str:
    ends = layout.boxes.get(link.source), layout.boxes.get(link.target)
    if ends[0] is None or ends[1] is None:
        return ""
    (x1, y1), (x2, y2) = _ends(ends[0], ends[1])
    bend = (x2 - x1) / 2
    kind = "c" if ends[1].node.kind is NodeKind.CAUSE else "d"
    extra = "" if link.is_known else " open"
    return (
        f'<path class="{kind}{extra}" d="M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} '
        f'{x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"/>'
    )


def _ends(a: _Box, b: _Box) -> tuple[tuple[float, float], tuple[float, float]]:
    return (a.x + a.width, a.middle), (b.x, b.middle)


def _count(link: Link, layout: _Layout) -> str:
    source, target = layout.boxes[link.source], layout.boxes[link.target]
    (x1, y1), (x2, y2) = _ends(source, target)
    return (
        f'<text class="s" text-anchor="middle" x="{(x1 + x2) / 2:.0f}" '
        f'y="{(y1 + y2) / 2 - 3:.0f}">{link.n}</text>'
    )


def _drawn(box: _Box, language: Language) -> str:
    node = box.node
    kind = f"{node.kind} top" if _is_top(node) else node.kind
    note = escape((node.note or node.name).get(language))
    return (
        f'<g class="{kind}"><title>{escape(node.id)}: {note}</title>'
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" '
        f'height="{_BOX}"/><text x="{box.x + 10:.0f}" y="{box.y + 17:.0f}">'
        f"{escape(_label(node, language))}</text></g>"
    )


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

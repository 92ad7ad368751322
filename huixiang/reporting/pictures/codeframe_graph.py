"""The knowledge graph of a codeframe: theme (symptom) → cause → department."""

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Codeframe, Theme
from huixiang.domain.text import Bilingual, Language


class NodeKind(enum.StrEnum):
    """The three columns of the graph."""

    THEME = "theme"
    CAUSE = "cause"
    DEPARTMENT = "department"


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A theme, a cause or a department; `depth` is a theme's place in the tree."""

    kind: NodeKind
    id: str
    name: Bilingual
    depth: int = 0
    parent: str | None = None
    note: Bilingual | None = None
    playbook: str | None = None

    @property
    def key(self) -> str:
        """Name the node among all kinds."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """From what is seen towards who can mend it; `n` items were resolved with it.

    A theme without causes is linked to its owner: nobody has said yet what is behind it.
    """

    source: str
    target: str
    n: int = 0
    is_known: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Graph:
    """Themes in the order of their tree, then causes, then departments."""

    version: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    def of(self, kind: NodeKind) -> list[Node]:
        """Return the nodes of one column."""
        return [node for node in self.nodes if node.kind is kind]

    def out(self, key: str) -> list[Link]:
        """Return the links that start at a node."""
        return [link for link in self.links if link.source == key]


def graph_of(
    frame: Codeframe,
    departments: Mapping[str, Bilingual],
    root_causes: Iterable[tuple[str, str, int]] = (),
) -> Graph:
    """Return the graph; *root_causes* are (theme, cause as noted, n resolved items)."""
    counts = _counts(frame, root_causes)
    themes = list(_tree(frame))
    causes = [
        Node(kind=NodeKind.CAUSE, id=cause.id, name=cause.name, playbook=cause.playbook)
        for cause in frame.causes
    ]
    links = [*_theme_links(frame, counts, departments), *_cause_links(frame, counts)]
    asked = {link.target for link in links}
    named = [
        Node(kind=NodeKind.DEPARTMENT, id=key, name=name)
        for key, name in departments.items()
        if f"{NodeKind.DEPARTMENT}:{key}" in asked
    ]
    return Graph(
        version=frame.version, nodes=(*themes, *causes, *named), links=tuple(links)
    )


def _counts(
    frame: Codeframe, root_causes: Iterable[tuple[str, str, int]]
) -> Counter[tuple[str, str]]:
    """Count items by theme and cause; a cause is noted by its id or either name."""
    known = {
        word.strip().casefold(): cause.id
        for cause in frame.causes
        for word in (cause.id, cause.name.zh, cause.name.en)
    }
    counts: Counter[tuple[str, str]] = Counter()
    for theme, noted, n in root_causes:
        cause = known.get(noted.strip().casefold())
        if cause is not None:
            counts[theme, cause] += n
    return counts


def _tree(frame: Codeframe) -> Iterator[Node]:
    children: dict[str | None, list[Theme]] = defaultdict(list)
    for theme in frame.themes:
        children[theme.parent].append(theme)

    def below(parent: str | None, depth: int) -> Iterator[Node]:
        for theme in children[parent]:
            yield Node(
                kind=NodeKind.THEME,
                id=theme.id,
                name=theme.name,
                depth=depth,
                parent=parent,
                note=theme.definition,
            )
            yield from below(theme.id, depth + 1)

    return below(None, 0)


def _theme_links(
    frame: Codeframe,
    counts: Mapping[tuple[str, str], int],
    departments: Mapping[str, Bilingual],
) -> Iterator[Link]:
    parents = {theme.parent for theme in frame.themes}
    for theme in frame.themes:
        source = f"{NodeKind.THEME}:{theme.id}"
        for cause in theme.causes:
            n = counts.get((theme.id, cause), 0)
            yield Link(source=source, target=f"{NodeKind.CAUSE}:{cause}", n=n)
        is_open = not theme.causes and theme.id not in parents
        if is_open and theme.owner in departments:
            target = f"{NodeKind.DEPARTMENT}:{theme.owner}"
            yield Link(source=source, target=target, is_known=False)


def _cause_links(
    frame: Codeframe, counts: Mapping[tuple[str, str], int]
) -> Iterator[Link]:
    totals: Counter[str] = Counter()
    for (_, cause_id), n in counts.items():
        totals[cause_id] += n
    for cause in frame.causes:
        yield Link(
            source=f"{NodeKind.CAUSE}:{cause.id}",
            target=f"{NodeKind.DEPARTMENT}:{cause.department}",
            n=totals[cause.id],
        )


def as_text(graph: Graph, language: Language) -> str:
    """Return the tree with what is behind each theme, for a terminal."""
    nodes = {node.key: node for node in graph.nodes}
    lines = []
    for theme in graph.of(NodeKind.THEME):
        pad = "  " * theme.depth
        lines.append(f"{pad}{theme.name.get(language)} ({theme.id})")
        lines += [
            f"{pad}    {_behind(graph, nodes, link, language)}"
            for link in graph.out(theme.key)
        ]
    return "\n".join(lines)


def _behind(
    graph: Graph, nodes: Mapping[str, Node], link: Link, language: Language
) -> str:
    """Write one link on: cause, how often it was found, department."""
    names = [nodes[link.target].name.get(language) + (f" ×{link.n}" if link.n else "")]
    names += [
        nodes[each.target].name.get(language) if each.target in nodes else each.target
        for each in graph.out(link.target)
    ]
    arrow = "→" if link.is_known else "⇢"
    return f"{arrow} " + " → ".join(names)


def as_json(graph: Graph) -> dict[str, object]:
    """Return the graph as plain values."""
    return {
        "version": graph.version,
        "nodes": [_plain_node(node) for node in graph.nodes],
        "links": [
            {
                "source": link.source,
                "target": link.target,
                "n_resolved": link.n,
                "is_known": link.is_known,
            }
            for link in graph.links
        ],
    }


def _plain_node(node: Node) -> dict[str, object]:
    return {
        "key": node.key,
        "kind": node.kind.value,
        "id": node.id,
        "name": {"zh": node.name.zh, "en": node.name.en},
        "parent": node.parent,
        "playbook": node.playbook,
    }


_SHAPES = {
    NodeKind.THEME: "shape=box, style=rounded",
    NodeKind.CAUSE: "shape=ellipse",
    NodeKind.DEPARTMENT: 'shape=box, style=filled, fillcolor="#e8f0ea"',
}


def as_dot(graph: Graph, language: Language) -> str:
    """Return the graph in Graphviz's own language."""
    lines = ["digraph codeframe {", "  rankdir=LR;", "  node [fontname=sans];"]
    lines += [
        f"  {_quoted([node.key])} [label={_quoted([node.name.get(language), node.id])}, "
        f"{_SHAPES[node.kind]}];"
        for node in graph.nodes
    ]
    lines += [
        f"  {_quoted([f'{NodeKind.THEME}:{node.parent}'])} -> {_quoted([node.key])} "
        "[arrowhead=none, color=gray];"
        for node in graph.of(NodeKind.THEME)
        if node.parent is not None
    ]
    lines += [_dot_link(link) for link in graph.links]
    return "\n".join([*lines, "}"])


def _dot_link(link: Link) -> str:
    label = f' [label="{link.n}"]' if link.n else ""
    style = "" if link.is_known else " [style=dashed]"
    return f"  {_quoted([link.source])} -> {_quoted([link.target])}{label or style};"


def _quoted(lines: Sequence[str]) -> str:
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'

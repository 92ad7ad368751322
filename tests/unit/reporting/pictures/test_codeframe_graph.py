"""The knowledge graph: symptom → cause → department, in every form."""

import xml.etree.ElementTree as ET

import pytest

from huixiang.domain.coding.codeframe import Cause, Codeframe, Theme
from huixiang.domain.text import Bilingual
from huixiang.reporting.pictures.codeframe_graph import (
    as_dot,
    as_json,
    as_text,
    graph_of,
)
from huixiang.reporting.pictures.codeframe_picture import as_html, as_svg


def b(zh, en):
    return Bilingual(zh=zh, en=en)


FRAME = Codeframe(
    version="7",
    themes=(
        Theme(id="room", name=b("客房", "Room")),
        Theme(
            id="room.noise",
            parent="room",
            name=b("噪音", 'Noise & "rattle"'),
            definition=b("太吵", "too <loud>"),
            causes=("walls", "plant"),
        ),
        Theme(id="room.bed", parent="room", name=b("床", "Bed"), owner="house"),
        Theme(id="food", name=b("餐饮", "Food"), owner="nobody"),
    ),
    causes=(
        Cause(id="walls", name=b("墙薄", "Thin walls"), department="works"),
        Cause(id="plant", name=b("机房", "Plant room"), department="works"),
    ),
)
DEPARTMENTS = {
    "house": b("客房部", "Housekeeping"),
    "works": b("工程部", "Works"),
    "sales": b("销售部", "Sales"),
}
FOUND = [
    ("room.noise", "walls", 2),
    ("room.noise", " thin WALLS ", 1),
    ("room.noise", "机房", 4),
    ("room.noise", "something else", 9),
]


@pytest.fixture
def graph():
    return graph_of(FRAME, DEPARTMENTS, FOUND)


def test_root_causes_are_counted_by_id_or_either_name(graph):
    counts = {(link.source, link.target): link.n for link in graph.links}
    assert counts["theme:room.noise", "cause:walls"] == 3
    assert counts["theme:room.noise", "cause:plant"] == 4
    assert counts["cause:walls", "department:works"] == 3


def test_a_theme_without_causes_is_linked_to_its_owner_alone(graph):
    (link,) = graph.out("theme:room.bed")
    assert (link.target, link.is_known) == ("department:house", False)
    assert graph.out("theme:food") == graph.out("theme:room") == []


def test_the_text_is_a_tree_with_what_is_behind_each_theme(graph):
    assert as_text(graph, "en").splitlines() == [
        "Room (room)",
        '  Noise & "rattle" (room.noise)',
        "      → Thin walls ×3 → Works",
        "      → Plant room ×4 → Works",
        "  Bed (room.bed)",
        "      ⇢ Housekeeping",
        "Food (food)",
    ]
    assert "墙薄 ×3 → 工程部" in as_text(graph, "zh-CN")


def test_the_json_has_every_node_once_and_only_departments_that_are_asked(graph):
    plain = as_json(graph)
    keys = [node["key"] for node in plain["nodes"]]
    assert len(keys) == len(set(keys)) == 8
    assert "department:sales" not in keys
    ends = {end for link in plain["links"] for end in (link["source"], link["target"])}
    assert ends <= set(keys)


def test_the_dot_text_quotes_what_it_must(graph):
    text = as_dot(graph, "en")
    assert text.startswith("digraph codeframe {")
    assert 'label="Noise & \\"rattle\\"\\nroom.noise"' in text
    assert '"theme:room.noise" -> "cause:walls" [label="3"];' in text
    assert '"theme:room.bed" -> "department:house" [style=dashed];' in text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_picture_is_whole_and_stands_alone(graph, language):
    svg = as_svg(graph, language)
    root = ET.fromstring(svg)  # noqa: S314 - our own picture
    words = " ".join(root.itertext())
    for node in graph.nodes:
        assert node.name.get(language) in words
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    page = as_html(graph, language)
    assert svg in page
    assert f'lang="{language}"' in page


def boxes(graph):
    root = ET.fromstring(as_svg(graph, "zh-CN"))  # noqa: S314 - our own picture
    rects = root.iter("{http://www.w3.org/2000/svg}rect")
    found = [{k: float(r.get(k, 0)) for k in ("x", "y", "width")} for r in rects]
    return [rect for rect in found if rect["x"]]


def test_no_two_boxes_of_the_picture_overlap(graph):
    found = boxes(graph)
    assert len(found) == len(graph.nodes)
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            apart = abs(one["y"] - other["y"]) >= 24
            left, right = sorted((one, other), key=lambda each: each["x"])
            assert apart or left["x"] + left["width"] <= right["x"]


def test_a_codeframe_without_causes_can_be_drawn():
    bare = graph_of(Codeframe(version="1", themes=FRAME.themes[:1]), {}, ())
    assert "客房" in as_svg(bare, "zh-CN")
    assert as_text(bare, "zh-CN") == "客房 (room)"

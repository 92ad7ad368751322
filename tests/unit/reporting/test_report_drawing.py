"""Pictures drawn together are the same as drawn alone, and hold nothing but marks."""

import re

import pytest

from huixiang.reporting.pictures import drawing
from huixiang.reporting.pictures.drawing import AT_ONCE, picture, render, render_all

PADDING = {"left": 5, "right": 6, "top": 7, "bottom": 8}


def a_spec(value: float, height: int = 20, label: str = "a") -> drawing.Spec:
    return picture(100, height, PADDING) | {
        "data": {"values": [{"x": value, "label": label}]},
        "encoding": {
            "x": {
                "field": "x",
                "type": "quantitative",
                "scale": {"domain": [0, 10]},
                "axis": None,
            }
        },
        "layer": [
            {"mark": {"type": "point", "filled": True, "color": "#123456"}},
            {"mark": "text", "encoding": {"text": {"field": "label"}}},
        ],
    }


@pytest.fixture(scope="module")
def many():
    specs = [a_spec(at % 10, 20 + at % 3) for at in range(AT_ONCE + 2)]
    return specs, render_all(specs)


def test_each_picture_keeps_its_place_its_size_and_its_figures(many):
    specs, drawn = many
    assert len(drawn) == len(specs)
    for at, svg in enumerate(drawn):
        assert f'width="111" height="{35 + at % 3}"' in svg
        assert f'cx="{10 * (at % 10)}"' in svg


def test_a_picture_is_the_same_in_any_company(many):
    _, drawn = many
    assert render(a_spec(3, 20)) == drawn[3]
    assert render(a_spec(4, 21)) == drawn[4]


def test_nothing_is_drawn_without_anything_to_draw():
    assert render_all([]) == []


def test_a_round_symbol_is_written_as_a_circle(many):
    assert "<circle " in many[1][0]


def test_text_in_a_picture_is_escaped():
    svg = render(a_spec(1, label="<b>&"))
    assert "&lt;b&gt;&amp;" in svg
    assert "<b>" not in svg


def test_only_what_is_seen_is_written(many):
    names = set(re.findall(r' ([a-z0-9-]+)="', str(many[1][0])))
    allowed = {*drawing._KEPT, "aria-hidden", "width", "height", "viewBox"}
    assert names <= allowed | {"cx", "cy", "r"}


def test_a_picture_without_its_padding_is_refused():
    with pytest.raises(TypeError, match="padding"):
        render(a_spec(1) | {"padding": 5})

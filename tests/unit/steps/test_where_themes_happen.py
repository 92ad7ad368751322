"""A model's word is doubted only where its theme is known never to happen."""

import datetime as dt
from dataclasses import replace

import pytest

from huixiang.domain.coding.codeframe import (
    Codeframe,
    CoderKind,
    Coding,
    Polarity,
    Theme,
)
from huixiang.domain.text import Bilingual
from huixiang.steps.coding.classify import why_no_issue
from tests.workbench import Said, feedback

NAME = Bilingual(zh="异味", en="Smell")
SMELL = Theme(id="smell", name=NAME, touchpoint="room", touchpoints=("bathroom",))
CODING = Coding(
    theme="smell",
    polarity=Polarity.NEGATIVE,
    evidence="臭",
    span=(0, 1),
    confidence=0.9,
    coder=CoderKind.MODEL,
    coder_id="m",
)


@pytest.mark.parametrize(
    ("theme", "place", "why"),
    [
        (SMELL, "room", None),
        (SMELL, "bathroom", None),
        (SMELL, None, None),
        (SMELL, "lobby", "touchpoint_disagrees"),
        (replace(SMELL, touchpoint=None, touchpoints=()), "lobby", None),
        (replace(SMELL, touchpoint=None), "lobby", "touchpoint_disagrees"),
    ],
)
def test_a_theme_may_happen_at_any_of_its_touchpoints(theme, place, why):
    said = Said(number="1", at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), touchpoint=place)
    frame = Codeframe(version="1", themes=(theme,))
    assert why_no_issue(feedback(said), CODING, frame) == why

"""A reviewer's draft: keys change it, undo takes every change back, themes are found."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huixiang.domain.coding.codeframe import Codeframe, CoderKind, Polarity, Theme
from huixiang.domain.coding.review import Candidate, Mention, ShownCoding
from huixiang.domain.text import Bilingual
from huixiang.steps.review.draft import ReviewDraft, draft_of, themes_called
from huixiang.wording.coding.review import marked

THEMES = ("coffee", "coffee.cold", "queue")
FRAME = Codeframe(
    version="1",
    themes=(
        Theme(id="coffee", name=Bilingual(zh="咖啡", en="Coffee")),
        Theme(
            id="coffee.cold",
            parent="coffee",
            name=Bilingual(zh="咖啡凉了", en="Cold coffee"),
        ),
        Theme(id="queue", name=Bilingual(zh="排队", en="Queue")),
    ),
)
COLD = Mention(theme="coffee.cold", polarity=Polarity.NEGATIVE, span=(0, 4))
SLOW = Mention(theme="queue", polarity=Polarity.NEGATIVE)


def shown(theme, span):
    return ShownCoding(
        coding_id=f"cd_{theme}", theme=theme, polarity=Polarity.NEGATIVE, evidence="",
        span=span, confidence=0.9, coder=CoderKind.RULE, coder_id="k",
    )  # fmt: skip


def test_a_draft_begins_with_what_the_machine_said_of_themes_that_still_exist():
    said = Candidate(
        feedback_id="fb_1",
        occurred_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        words="咖啡凉了，排队太久",
        codings=(
            shown("coffee.cold", (0, 4)),
            shown("queue", (5, 9)),
            shown("gone", (0, 2)),
        ),
    )
    draft = draft_of(said, FRAME)
    assert [each.theme for each in draft.mentions] == ["coffee.cold", "queue"]
    assert marked(said) == "【咖啡凉了】，【排队太久】"


def test_polarity_goes_round():
    draft = ReviewDraft(mentions=(COLD,))
    told = []
    for _ in range(3):
        draft = draft.with_next_polarity()
        told.append(draft.mentions[0].polarity)
    assert told == [Polarity.NEUTRAL, Polarity.POSITIVE, Polarity.NEGATIVE]


def test_a_changed_theme_keeps_its_evidence_and_joins_its_twin():
    draft = ReviewDraft(mentions=(COLD, SLOW)).with_theme("queue")
    assert [each.theme for each in draft.mentions] == ["queue"]
    assert ReviewDraft(mentions=(COLD,)).with_theme("coffee").mentions[0].span == (0, 4)


def test_keys_speak_of_the_chosen_mention_alone():
    draft = ReviewDraft(mentions=(COLD, SLOW)).choose(1).without_current()
    assert draft.mentions == (COLD,)
    assert draft.current == COLD


def test_with_nothing_there_only_adding_changes_anything():
    empty = ReviewDraft(mentions=())
    assert empty.without_current() is empty.with_next_polarity() is empty
    assert empty.with_theme("queue").mentions == (SLOW,)
    assert ReviewDraft(mentions=(SLOW,)).with_added("queue").mentions == (SLOW,)


KEYS = st.lists(st.sampled_from(["p", "n", "t", "+", "1", "2"]), max_size=12)


@settings(max_examples=40)
@given(KEYS, st.sampled_from(THEMES))
def test_undo_leads_back_to_the_beginning_whatever_was_pressed(keys, theme):
    start = draft = ReviewDraft(mentions=(COLD, SLOW))
    for key in keys:
        draft = {
            "p": draft.with_next_polarity,
            "n": draft.without_current,
            "t": lambda draft=draft: draft.with_theme(theme),
            "+": lambda draft=draft: draft.with_added(theme),
            "1": lambda draft=draft: draft.choose(0),
            "2": lambda draft=draft: draft.choose(1),
        }[key]()
        assert len({each.theme for each in draft.mentions}) == len(draft.mentions)
        assert not draft.mentions or draft.current in draft.mentions
    while draft.before:
        draft = draft.undone()
    assert draft.mentions == start.mentions


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("coffee", "coffee"),
        ("咖啡", "coffee"),
        ("凉", "coffee.cold"),
        ("QUE", "queue"),
        ("cold coffee", "coffee.cold"),
    ],
)
def test_a_theme_is_found_by_id_name_or_part(words, theme):
    assert themes_called(words, FRAME) == [theme]


@pytest.mark.parametrize(
    ("words", "themes"), [("咖", ["coffee", "coffee.cold"]), ("天气", []), (" ", [])]
)
def test_what_is_unclear_stays_open(words, themes):
    assert themes_called(words, FRAME) == themes

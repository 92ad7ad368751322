"""Words that look like ours, typed into a command, are only words."""

import datetime as dt

import pytest

from huixiang.domain.items.action import ActionStatus
from tests.imitations import IMITATIONS
from tests.workbench import NOON, Said, open_item


@pytest.fixture
def item(bench):
    """A workspace with one open item."""
    bench.hear([Said(number="1", at=NOON - dt.timedelta(days=1))])
    return open_item(bench)


@pytest.mark.parametrize(
    "words",
    [
        "implied by contract",
        "re-routed from digital in June already, ask ground",
        "alarm clock at the gate was broken",
    ],
)
def test_a_refusal_in_such_words_leads_where_any_refusal_leads(
    bench, item, huixiang, words
):
    for _ in range(2):
        ended = huixiang("item", "reject", "ai_1", "--by", words, "--reason", words)
        assert ended.code == 0, ended.err
    assert bench.item("ai_1").department == "office"
    assert bench.item("ai_1").status is ActionStatus.REJECTED

    shown = huixiang("item", "show", "ai_1")
    assert shown.code == 0, shown.err
    assert shown.out.count(f"：{words}") >= 2


def test_a_cause_and_a_comment_in_such_words_are_kept_as_they_are(
    bench, item, huixiang
):
    for words in IMITATIONS:
        assert huixiang("item", "comment", "ai_1", "--text", words).code == 0
    cause = "re-routed from digital in June already, ask ground"
    assert huixiang("item", "resolve", "ai_1", "--root-cause", cause).code == 0

    assert bench.item("ai_1").root_cause == cause
    with bench.app.store.reading() as uow:
        comments = [
            m.reason.words for m in uow.items.moves("ai_1") if m.before is m.after
        ]
    assert comments == list(IMITATIONS)

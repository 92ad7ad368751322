"""Every code a report can meet has words in both languages."""

import pytest

from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.verdict import (
    InconclusiveReason,
    LevelRecovered,
    Metric,
    NoteCode,
    VerdictKind,
)
from huixiang.wording import terms


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("VERDICTS", VerdictKind),
        ("VERDICT_MEANINGS", VerdictKind),
        ("REASONS", InconclusiveReason),
        ("NOTES", NoteCode),
        ("LEVELS", LevelRecovered),
        ("STATUSES", ActionStatus),
        ("SEVERITIES", Urgency),
        ("KINDS", ItemKind),
        ("METRICS", Metric),
    ],
)
def test_no_code_is_without_words(table, codes):
    words = getattr(terms, table)
    assert set(words) == set(codes)
    assert all(each.zh and each.en for each in words.values())


def test_different_codes_are_told_apart():
    for words in (terms.VERDICTS, terms.STATUSES, terms.REASONS):
        assert len({each.zh for each in words.values()}) == len(words)
        assert len({each.en for each in words.values()}) == len(words)


def test_a_term_of_the_ledger_nobody_worded_is_shown_as_it_is():
    assert terms.term("newly_invented").en == "newly invented"
    assert terms.term("not_codable").zh == "无法编码"


def test_the_scope_of_everything_has_words_and_a_source_keeps_its_name():
    assert terms.scope("all").zh == "全部"
    assert terms.scope("问卷_2026").en == "问卷_2026"

"""Customers who were answered rate again: gathered by department, on both databases."""

import datetime as dt
import random

import pytest

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.move import person_said
from huixiang.domain.proof.verdict import InconclusiveReason, VerdictKind
from huixiang.steps.explain.verdicts import bar_words
from huixiang.steps.verify.customer_surveys import department_surveys
from tests.workbench import NOON, Said, open_item

DAY = dt.timedelta(days=1)
COMPLAINED, RESOLVED = NOON - 60 * DAY, NOON - 55 * DAY
GLASS = IssueKey(theme="safety", touchpoint="counter", unit="南门店")
PERIOD = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
N_HELPED = 14


def said(number, customer, at, stars):
    return Said(
        number=number, customer=customer, at=at, stars=stars, theme="safety",
        polarity=Polarity.NEGATIVE if stars < 3 else Polarity.POSITIVE,
    )  # fmt: skip


def voices(after):
    """14 customers are answered and say *after*; 40 are not, and rise by themselves."""
    rng = random.Random(5)
    made = []
    for k in range(N_HELPED):
        made.append(said(f"h{k}", f"helped{k}", COMPLAINED, 1))
        made.append(said(f"h{k}+", f"helped{k}", RESOLVED + 9 * DAY, after))
    for k in range(40):
        made.append(said(f"o{k}", f"other{k}", COMPLAINED, rng.choice([1, 2])))
        later = NOON - 40 * DAY
        made.append(said(f"o{k}+", f"other{k}", later, rng.choice([2, 3, 4])))
    return made


@pytest.fixture
def answered():
    """Make a workspace whose customers said so after they were answered."""

    def make(bench, after):
        bench.hear(voices(after))
        for k in range(N_HELPED):
            open_item(
                bench, f"ai_{k}", key=GLASS, kind=ItemKind.RECOVERY,
                opened_at=COMPLAINED, feedback_id=f"fb_h{k}",
                department="kitchen" if k else "floor",
            )  # fmt: skip
        with bench.run(RESOLVED, "item") as context, context.transaction("x") as uow:
            for k in range(N_HELPED):
                for status in (ActionStatus.ACCEPTED, ActionStatus.RESOLVED):
                    uow.items.move(
                        f"ai_{k}", status, moved_at=RESOLVED, actor="小王", reason=person_said(""),
                        resolved_at=RESOLVED,
                    )  # fmt: skip
        return bench

    return make


def results(bench, until=NOON, period=PERIOD):
    with bench.app.store.reading() as uow:
        found = department_surveys(uow, bench.app.settings.zone, *period, until)
    return {each.department: each for each in found}


def test_each_department_and_all_of_them_are_summed_up(answered, bench):
    found = results(answered(bench, 5))
    assert list(found) == ["floor", "kitchen", None]
    everybody = found[None].result
    assert (everybody.n_asked, everybody.n_answered) == (14, 14)
    assert everybody.n_compared == 40
    assert everybody.raw == 4
    assert 1 < everybody.corrected.value < 3  # the others rose by 1.5 without help
    assert everybody.kind is VerdictKind.IMPROVED
    assert found["floor"].result.reason is InconclusiveReason.TOO_FEW_FEEDBACKS


def test_rising_as_everybody_does_is_no_help(answered, desk):
    found = results(answered(desk, 3))[None].result
    assert found.raw == 2
    assert found.kind is not VerdictKind.IMPROVED


def test_only_what_was_said_by_then_counts(answered, desk):
    answered(desk, 5)
    early = results(desk, RESOLVED + DAY)[None].result
    assert (early.n_asked, early.n_answered) == (14, 0)
    assert results(desk, COMPLAINED) == {}
    february = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert results(desk, period=february) == {}


def test_one_customers_item_shows_what_that_customer_said_later(answered, desk):
    answered(desk, 5)
    with desk.app.store.reading() as uow:
        (words,) = bar_words(uow, desk.app.rulebook, uow.items.get("ai_3"))
    assert "1.0 → 5.0" in words.en
    assert "一个人的变化不作结论" in words.zh

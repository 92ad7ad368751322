"""Codings, routes and issues: once each, one department at any time."""

import dataclasses
import datetime as dt

from huixiang.domain.coding.codeframe import CoderKind, Coding, NeedTier, Polarity
from huixiang.domain.items.issue import GivenBy
from huixiang.steps.coding.classify import classify_batch
from huixiang.steps.coding.route import route_batch
from huixiang.understanding.coding.coder import Understood
from tests.workbench import COLD, NOON, Said, feedback, landed

EARLY, LATE = NOON - dt.timedelta(days=9), NOON - dt.timedelta(days=2)


def issue(bench, key=COLD):
    with bench.app.store.reading() as uow:
        return uow.codings.issue(key.issue_id)


def test_negative_codings_of_one_theme_and_place_gather_on_one_issue(bench):
    bench.hear([Said(number="1", at=EARLY), Said(number="2", at=LATE)])

    found = issue(bench)
    assert (found.department, found.department_by) == ("kitchen", "rule")
    assert (found.first_at, found.last_at) == (EARLY, LATE)
    assert len(bench.rows()["issue"]) == 1
    assert bench.ledger_holds()


def test_what_is_not_negative_is_on_no_issue(bench):
    bench.hear([Said(number="1", at=EARLY, polarity=Polarity.POSITIVE)])

    assert bench.rows()["issue"] == []
    assert bench.ledger_holds()


def test_routing_again_changes_nothing(bench):
    bench.hear([Said(number="1", at=EARLY)])
    before = bench.rows()
    with bench.run() as context:
        assert route_batch(context, bench.app.equipment.router) is None

    assert bench.rows() == before


def test_the_newest_route_names_the_department_whatever_comes_in_last(bench):
    bench.hear([Said(number="1", at=LATE)])
    bench.rewrite("routing.yaml", "department: kitchen", "department: floor")
    bench.hear([Said(number="2", at=EARLY)])
    assert issue(bench).department == "kitchen"

    bench.hear([Said(number="3", at=LATE + dt.timedelta(hours=1))])
    assert issue(bench).department == "floor"
    assert issue(bench).first_at == EARLY


def test_what_a_person_decided_no_rule_takes_back(bench):
    bench.hear([Said(number="1", at=EARLY)])
    with bench.run() as context, context.transaction("give") as uow:
        uow.codings.give_issue(COLD.issue_id, "floor", by="小王")

    bench.hear([Said(number="2", at=LATE)])

    assert issue(bench).department == "floor"
    assert issue(bench).department_by is GivenBy.PERSON
    assert issue(bench).department_person == "小王"
    assert issue(bench).last_at == LATE
    with bench.app.store.reading() as uow:
        assert [each.route.department for each in uow.codings.of_feedback("fb_2")] == [
            "kitchen"
        ]


class Coder:
    """Finds cold coffee everywhere, and is not always sure."""

    def __init__(self, confidence=0.9, coder=CoderKind.RULE):
        self.coding = Coding(
            theme="coffee.cold", polarity=Polarity.NEGATIVE, need_tier=NeedTier.PAIN,
            evidence="咖啡凉了", span=(4, 8), confidence=confidence, coder=coder,
            coder_id="k1",
        )  # fmt: skip

    def code(self, batch):
        return [
            Understood(
                feedback_id=each.feedback_id,
                codings=(self.coding,) if each.verbatim else (),
                polarity=Polarity.NEGATIVE,
                polarity_confidence=0.9,
                suggested_department=None,
                department_confidence=None,
                not_codable=None if each.verbatim else "no_words",
            )
            for each in batch
        ]


def _land(bench, *said):
    with bench.run() as context, context.transaction("land") as uow:
        uow.landing.land(
            "counter", [landed(each) for each in said], batch_id="pb",
            run_id=context.run_id, pulled_at=NOON,
        )  # fmt: skip
        uow.feedback.store([feedback(each) for each in said], context.zone)


def classify(bench, coder):
    with bench.run() as context:
        small = dataclasses.replace(context, batch_size=1)
        return [
            result
            for _ in range(4)
            if (result := classify_batch(small, coder)) is not None
        ]


def test_feedback_is_coded_once_batch_by_batch(bench):
    _land(bench, Said(number="1", at=EARLY), Said(number="2", at=LATE, words=""))
    first = classify(bench, Coder())
    before = bench.rows()

    assert [(r.n_feedback, r.n_codings, r.n_not_codable) for r in first] == [
        (1, 1, 0), (1, 0, 1),
    ]  # fmt: skip
    assert classify(bench, Coder()) == []
    assert bench.rows() == before
    assert bench.ledger_holds()


def test_an_unsure_model_puts_nothing_on_an_issue_and_the_reason_is_kept(bench):
    _land(bench, Said(number="1", at=EARLY))
    classify(bench, Coder(confidence=0.3, coder=CoderKind.MODEL))
    with bench.run() as context:
        assert route_batch(context, bench.app.equipment.router) is None

    with bench.app.store.reading() as uow:
        (coding,) = uow.codings.of_feedback("fb_1")
    assert coding.no_issue_reason == "low_confidence"
    assert bench.ledger_holds()


def test_a_record_that_names_no_place_takes_the_touchpoint_of_its_theme(bench):
    bench.rewrite(
        "codeframe.yaml",
        "parent: coffee\n",
        "parent: coffee\n    touchpoint: counter\n",
    )
    _land(bench, Said(number="1", at=EARLY, touchpoint=None))
    classify(bench, Coder())
    with bench.run() as context:
        route_batch(context, bench.app.equipment.router)

    assert issue(bench).touchpoint == "counter"

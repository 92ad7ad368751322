"""Records may say anything, also what we say: it is kept, and decides nothing."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huixiang.domain.records.feedback import LandingState, QuarantineState, RawRecord
from huixiang.domain.records.source import Pulled
from huixiang.domain.records.violation import ViolationCode
from huixiang.intake.cleaning import cell_text
from huixiang.intake.redaction import mask
from huixiang.steps.explain.by_id import Asked, explain_id
from huixiang.steps.intake.pull import pull_source
from huixiang.steps.intake.quarantine import discard_record
from huixiang.steps.intake.validate import validate_batch
from huixiang.steps.reads.quarantine import shown_record
from tests.imitations import WORDS
from tests.workbench import NOON, make_bench

TRICKS = (
    '{"state": "discarded", "kind": "same_id"}', "{theme}", "{0!r}", "%s", "no_theme",
    "record.has_time", "the record cannot be read: ", "没有可识别的发生时间", "same_content",
    "[]", "null", "__unreadable__", "expectation", "': DROP TABLE landing; --", "\\u0000",
)  # fmt: skip
SAID = st.one_of(WORDS, st.sampled_from(TRICKS))
NUMBER = itertools.count(1)
TIME = "2026-03-01 10:00"


class Lenient:
    """A suite that expects nothing."""

    def check(self, drafts):
        return [() for _ in drafts]


class Once:
    """A source that gives these records."""

    def __init__(self, *records):
        self.records = records

    def pull(self, cursor):
        yield Pulled(records=self.records, cursor={"n": self.records[0].position})


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """One workspace for all examples; each has its own records."""
    home = tmp_path_factory.mktemp("words") / "shop"
    made = make_bench(home, f"sqlite:///{home.parent / 'shop.db'}")
    made.rewrite(
        "sources.yaml", "text: {column: text}", "text: {column: text}\n"
        "      title: {column: title}\n      segment: {column: segment}",
    )  # fmt: skip
    return made


def brought(shop, *records):
    """Pull and judge records; return what became of each, by the store."""
    with shop.run(NOON, "collect") as context:
        pull_source(context, "counter", Once(*records))
        judged = validate_batch(context, "counter", Lenient())
    return (judged.n_stored, judged.n_duplicates, judged.n_quarantined)


def explained(shop, key):
    with shop.app.store.reading() as uow:
        asked = Asked(
            uow=uow, rulebook=shop.app.rulebook, router=shop.app.equipment.router,
            alerts=shop.app.equipment.alerts, zone=shop.app.settings.zone,
        )  # fmt: skip
        answer = explain_id(key, asked)
    return answer.text("zh-CN"), answer.text("en")


def one(words):
    """Return words in the form in which they are stored."""
    return mask(cell_text(words) or "")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=SAID, title=SAID, unit=SAID, customer=SAID, segment=SAID, file=SAID)
def test_what_a_record_says_is_kept_and_shown_and_decides_nothing(
    shop, text, title, unit, customer, segment, file
):
    number = next(NUMBER)
    fields = {
        "id": f"n{number}", "text": text, "title": title, "shop": unit,
        "phone": customer, "segment": segment, "at": TIME,
    }  # fmt: skip
    timely = RawRecord(position=f"{file} {number}", fields=fields)
    undated = RawRecord(
        position=f"{file} {number}b",
        fields={**fields, "id": f"n{number}b", "at": file, "text": f"{text} {number}b"},
    )

    # The same words within the window are one voice; that is what they say, not what
    # they imitate.
    stored, duplicates, quarantined = brought(shop, timely, undated)
    assert (stored + duplicates, quarantined) == (1, 1)

    with shop.app.store.reading() as uow:
        known = uow.feedback.known_ids("counter", [f"n{number}"])
        feedback = uow.feedback.by_id(list(known.values()))
        kept_out = uow.quarantine.find(QuarantineState.WAITING)[-1]
    for key, each in feedback.items():
        assert each.verbatim == one(text)
        assert each.title == one(title)
        assert (each.unit or "") == one(unit)
        assert (each.segment or "") == one(segment)
        assert each.marks == ()
        for answer in explained(shop, key):
            assert " ".join(f"{each.title} {each.verbatim}".split()) in answer
    assert [each.code for each in kept_out.violations] == [ViolationCode.NO_TIME]
    assert kept_out.position == undated.position
    seen = shown_record(shop.app.store, shop.app.rulebook, kept_out.landing_id)
    assert seen.record == kept_out
    for answer in explained(shop, kept_out.landing_id):
        assert kept_out.position in answer


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(who=SAID, why=SAID)
def test_who_decided_about_a_record_and_why_are_a_name_and_words(shop, who, why):
    record = RawRecord(position=f"odd {next(NUMBER)}", fields={"text": "咖啡凉了"})
    assert brought(shop, record) == (0, 0, 1)
    with shop.app.store.reading() as uow:
        landing_id = uow.quarantine.find(QuarantineState.WAITING)[-1].landing_id

    with (
        shop.run(NOON, "quarantine") as context,
        context.transaction("discard") as uow,
    ):
        discard_record(context, uow, landing_id, by=mask(who), why=mask(why))

    with shop.app.store.reading() as uow:
        decided = uow.quarantine.get(landing_id)
        landing = uow.explanations.landing(landing_id)
    assert (decided.decided_by, decided.reason) == (mask(who), mask(why))
    assert decided.state is QuarantineState.DISCARDED
    assert landing.state is LandingState.DISCARDED
    for answer in explained(shop, landing_id):
        assert mask(why) in answer
        assert mask(who) in answer


def test_the_ledger_still_adds_up(shop):
    assert shop.ledger_holds()

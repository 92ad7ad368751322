"""Pull and validate: landed once, counted once, and a person decides what is odd."""

import datetime as dt

import pytest

from huixiang.domain.acts.act import TargetKind
from huixiang.domain.acts.decision import DiscardRecord, ReleaseRecord
from huixiang.domain.records.feedback import LandingState, QuarantineState, RawRecord
from huixiang.domain.records.source import Pulled, SourceProblem
from huixiang.errors import ConfigurationError, SourceError
from huixiang.steps.intake.pull import pull_source
from huixiang.steps.intake.validate import validate_batch
from huixiang.steps.reads.quarantine import shown_record
from tests.workbench import NOON, act_on

GOOD = {"id": "1", "text": "拿铁很好喝，店员也热情周到", "at": "2026-03-01 10:00",
        "stars": "5", "place": "counter", "shop": "南门店", "phone": "13800138000"}  # fmt: skip


class Till:
    """A source that gives prepared batches."""

    def __init__(self):
        self.batches = ()

    def __call__(self, *batches):
        self.batches = batches

    def pull(self, cursor):
        for each in self.batches[int(cursor.get("n", 0)) :]:
            if isinstance(each, Exception):
                raise each
            yield each


def batch(number, *fields, problems=()):
    records = tuple(
        RawRecord(position=f"{number}/{index}", fields=each)
        for index, each in enumerate(fields)
    )
    return Pulled(records=records, cursor={"n": number}, problems=problems)


@pytest.fixture
def till():
    """A connector that gives what it is loaded with."""
    return Till()


def pull(bench, connector):
    with bench.run() as context:
        return pull_source(context, "counter", connector)


class Lenient:
    """A contract that quarantines what has no readable time, and nothing else."""

    def check(self, drafts):
        return [() for _ in drafts]


def validate(bench, as_of=NOON):
    with bench.run(as_of) as context:
        return validate_batch(context, "counter", Lenient())


def cursor(bench):
    with bench.app.store.reading() as uow:
        return uow.sources.cursor("counter")


def test_the_cursor_moves_with_each_batch_it_covers(bench, till):
    till(batch(1, GOOD), SourceError("the till hung up"))
    result = pull(bench, till)

    assert (result.n_new, result.ok) == (1, False)
    assert cursor(bench) == {"n": 1}
    with bench.app.store.reading() as uow:
        (state,) = uow.sources.standings()
    assert state.last_error == "the till hung up"


def test_a_batch_that_could_not_be_stored_does_not_move_the_cursor(bench, till):
    till(batch(1, GOOD))

    def full(name):
        if name == "before land":
            raise OSError("no space left")

    bench.app.store.boundary = full
    with pytest.raises(OSError, match="no space"):
        pull(bench, till)

    assert cursor(bench) == {}
    assert bench.rows()["landing"] == []


def test_landing_the_same_place_twice_is_landing_it_once(bench, till):
    till(batch(1, GOOD))
    pull(bench, till)
    before = bench.rows()["landing"]
    with bench.app.store.transaction("rewind") as uow:
        uow.sources.move_cursor("counter", {}, NOON)

    assert pull(bench, till).n_new == 0
    assert bench.rows()["landing"] == before
    assert bench.ledger_holds()


def test_an_error_that_is_over_is_forgotten_and_a_problem_that_returns_is_shown(
    bench, till
):
    bad = SourceProblem(position="b.csv", reason="cut off", next_step="send it again")
    for problems in ([bad], [], [bad]):
        till(batch(1, GOOD, problems=tuple(problems)))
        with bench.app.store.transaction("rewind") as uow:
            uow.sources.move_cursor("counter", {}, NOON)
        pull(bench, till)
        with bench.app.store.reading() as uow:
            assert [each.position for each in uow.sources.problems()] == [
                each.position for each in problems
            ]


def test_every_landed_record_goes_to_exactly_one_place(bench, till):
    again = {**GOOD, "text": "同一个编号，说了别的话，也算是重复"}
    echo = {**GOOD, "id": "3"}
    undated = {**GOOD, "id": "4", "at": "someday"}
    till(batch(1, GOOD, again, echo, undated))
    pull(bench, till)

    result = validate(bench)

    assert (result.n_stored, result.n_duplicates, result.n_quarantined) == (1, 2, 1)
    assert validate(bench) is None
    assert bench.ledger_holds()
    duplicates = repr(bench.rows()["duplicate"])
    assert "same_id" in duplicates
    assert "same_content" in duplicates


def test_the_same_words_after_the_window_are_a_new_voice(bench, till):
    later = {**GOOD, "id": "2", "at": "2026-03-10 10:00"}
    bench.rewrite(
        "sources.yaml",
        "channel: survey",
        "channel: survey\n    duplicate_window_days: 5",
    )
    till(batch(1, GOOD, later))
    pull(bench, till)

    assert validate(bench).n_stored == 2


def test_raw_words_are_sealed_while_they_wait_and_gone_once_stored(bench, till):
    till(batch(1, GOOD))
    pull(bench, till)
    with bench.app.store.reading() as uow:
        landed = repr(bench.rows()["landing"])
        assert (
            uow.landing.waiting("counter", 10)[0].record.fields["text"] == GOOD["text"]
        )
    assert "拿铁" not in landed
    assert "13800138000" not in landed

    validate(bench)
    assert "None" in bench.rows()["landing"][0]
    assert "13800138000" not in repr(bench.rows())


@pytest.fixture
def odd(bench, till):
    """A workspace with one quarantined record; gives its id."""
    till(batch(1, {**GOOD, "at": "someday", "text": "请打13800138000联系我，咖啡凉"}))
    pull(bench, till)
    validate(bench)
    with bench.app.store.reading() as uow:
        (record,) = uow.quarantine.find(QuarantineState.WAITING)
    return record.landing_id


def _landing_state(bench, landing_id):
    with bench.app.store.reading() as uow:
        return uow.explanations.landing(landing_id).state


def release(bench, landing_id, why, **changes):
    payload = ReleaseRecord(reason=why, changes=changes)
    return act_on(bench, TargetKind.RECORD, landing_id, payload)


def discard(bench, landing_id, why):
    act_on(bench, TargetKind.RECORD, landing_id, DiscardRecord(reason=why))


def test_a_quarantined_record_is_shown_masked(bench, odd):
    found = shown_record(bench.app.store, bench.app.rulebook, odd)

    assert found.record.violations[0].rule == "record.has_time"
    assert "13800138000" not in repr(found)
    assert found.fields["at"] == "someday"


def test_a_release_with_the_missing_time_becomes_feedback(bench, odd):
    act = release(
        bench, odd, "问过柜台，电话13800138000", occurred_at="2026-03-01 10:00"
    )
    key = act.fact("feedback")

    with bench.app.store.reading() as uow:
        stored = uow.explanations.feedback(key)
        decided = uow.quarantine.get(odd)
    assert stored.landing_id == odd
    assert stored.marks[0].rule == "record.has_time"
    assert decided.state is QuarantineState.RELEASED
    assert decided.decided_by == "小王"
    assert decided.decided_at == bench.clock()
    assert "13800138000" not in decided.reason
    assert _landing_state(bench, odd) is LandingState.STORED
    assert bench.ledger_holds()


def test_a_release_of_what_is_known_already_counts_as_a_duplicate(bench, till, odd):
    till(batch(1), batch(2, GOOD))
    pull(bench, till)
    validate(bench)
    act = release(bench, odd, "同一张单", occurred_at="2026-03-01 10:00", id="1")
    original = act.fact("feedback")

    with bench.app.store.reading() as uow:
        assert uow.explanations.duplicate(odd).feedback_id == original
    assert bench.ledger_holds()


def test_a_release_that_still_lacks_something_says_what_and_changes_nothing(bench, odd):
    before = bench.untouched()
    with pytest.raises(ConfigurationError, match="occurred_at"):
        release(bench, odd, "看着没问题")

    assert bench.untouched() == before


def test_discarding_keeps_who_and_why_and_purges_the_words(bench, odd):
    discard(bench, odd, "测试数据")

    with bench.app.store.reading() as uow:
        record = uow.quarantine.get(odd)
        assert uow.quarantine.opened(odd).record.fields == {}
    assert (record.decided_by, record.reason) == ("小王", "测试数据")
    assert record.state is QuarantineState.DISCARDED
    assert _landing_state(bench, odd) is LandingState.DISCARDED
    assert bench.ledger_holds()


@pytest.mark.parametrize("first", ["release", "discard"])
def test_what_was_decided_is_not_decided_again(bench, odd, first):
    changes = {"occurred_at": "2026-03-01 10:00"}
    if first == "release":
        release(bench, odd, "可以", **changes)
    else:
        discard(bench, odd, "不要")

    with pytest.raises(ConfigurationError, match="already by 小王"):
        release(bench, odd, "再来", **changes)
    with pytest.raises(ConfigurationError, match="already by 小王"):
        discard(bench, odd, "再来")
    assert bench.ledger_holds()


def test_a_record_of_a_source_that_is_gone_is_refused_with_the_way_out(bench, odd):
    bench.rewrite("sources.yaml", "name: counter", "name: kiosk")

    with pytest.raises(ConfigurationError, match="put the source back"):
        release(bench, odd, "可以")


def test_what_happens_after_the_business_time_waits_for_nobody(bench, till):
    """Records are judged at business time: a future one is not simply stored."""
    till(batch(1, GOOD))
    pull(bench, till)

    assert validate(bench, NOON - dt.timedelta(days=60)).n_stored == 1
    assert bench.ledger_holds()

"""One writer at a time; a dead one is taken over; an old token writes nothing."""

import datetime as dt

import pytest

from huixiang.domain.run import Lane
from huixiang.errors import Busy
from huixiang.processes import holder_name, is_dead
from huixiang.steps.runs.lease import LENGTH, acquire, keep, release

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
LANE = Lane.WRITER


@pytest.fixture
def store(bench):
    return bench.app.store


def _take(store, holder, *, now=NOW, dead=False):
    with store.transaction("take") as uow:
        return acquire(uow, lane=LANE, holder=holder, now=now, is_dead=lambda _: dead)


def _write(store, lease):
    with store.transaction("x") as uow:
        uow.sources.move_cursor("till", {"row": 1}, NOW)
        keep(uow, lease, NOW + LENGTH)


def test_a_second_run_is_told_who_is_writing_and_until_when(store):
    _take(store, "host:1:1")

    with pytest.raises(Busy, match=r"host:1:1 .* 2026-03-01 00:15:00 UTC"):
        _take(store, "host:2:2")


def test_a_lease_that_is_over_is_taken_with_a_higher_token(store):
    first = _take(store, "host:1:1")
    second = _take(store, "host:2:2", now=NOW + LENGTH)

    assert second.token == first.token + 1


def test_a_dead_holder_is_taken_over_at_once(store):
    _take(store, "host:1:1")

    assert _take(store, "host:2:2", dead=True).token == 2


def test_a_paused_run_whose_place_was_taken_cannot_write(store):
    paused = _take(store, "host:1:1")
    _take(store, "host:2:2", now=NOW + LENGTH)

    with pytest.raises(Busy, match="nothing was written"):
        _write(store, paused)
    with store.reading() as uow:
        assert uow.sources.cursor("till") == {}


def test_every_transaction_prolongs_the_lease(store):
    lease = _take(store, "host:1:1")
    with store.transaction("work") as uow:
        keep(uow, lease, NOW + dt.timedelta(minutes=10))

    with store.reading() as uow:
        state = uow.leases.state(LANE)
    assert state.until == NOW + dt.timedelta(minutes=10) + LENGTH


def test_a_lease_given_back_is_free_and_its_token_worth_nothing(store):
    lease = _take(store, "host:1:1")
    with store.transaction("end") as uow:
        release(uow, lease, NOW)

    with pytest.raises(Busy), store.transaction("late") as uow:
        keep(uow, lease, NOW)
    assert _take(store, "host:2:2").token == 2


def test_a_run_that_was_taken_over_cannot_give_the_lease_away(store):
    paused = _take(store, "host:1:1")
    second = _take(store, "host:2:2", dead=True)
    with store.transaction("end") as uow:
        release(uow, paused, NOW)

    with store.transaction("work") as uow:
        keep(uow, second, NOW)
    with pytest.raises(Busy):
        _take(store, "host:3:3")


def test_two_that_begin_at_the_same_moment_do_not_both_get_it(store):
    with store.transaction("race") as uow:
        assert uow.leases.take(LANE, holder="host:1:1", token=1, until=NOW)
        assert not uow.leases.take(LANE, holder="host:2:2", token=1, until=NOW)
        assert uow.leases.state(LANE).holder == "host:1:1"


def test_this_process_is_alive_and_a_reused_number_is_not_it():
    me = holder_name()
    host, pid, _ = me.rsplit(":", 2)

    assert not is_dead(me)
    assert is_dead(f"{host}:{pid}:1")
    assert is_dead(f"{host}:{2**22 + 1}:5")


def test_of_another_machine_nobody_knows():
    assert not is_dead("elsewhere:1:1")

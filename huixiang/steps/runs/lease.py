"""Who may write now: one run at a time in a lane; a dead run's place is taken over."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from huixiang.domain.run import Lane
from huixiang.errors import Busy
from huixiang.store.queries.runs.leases import LeaseState
from huixiang.store.unit_of_work import UnitOfWork

LENGTH = dt.timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """The right to write in a lane; every transaction shows `token` and prolongs it."""

    lane: Lane
    holder: str
    token: int


def acquire(
    uow: UnitOfWork,
    *,
    lane: Lane,
    holder: str,
    now: dt.datetime,
    is_dead: Callable[[str], bool],
) -> Lease:
    """Take the lease where it is free, over, or its holder is dead; else raise Busy."""
    state = uow.leases.state(lane)
    if state is not None and state.until > now and _is_held(state, is_dead):
        raise Busy(
            f"{state.holder} has been writing and may go on until "
            f"{state.until:%Y-%m-%d %H:%M:%S} UTC; wait for it to end"
        )
    token = 1 if state is None else state.token + 1
    if not uow.leases.take(lane, holder=holder, token=token, until=now + LENGTH):
        raise Busy("another run has just begun; wait for it to end")
    return Lease(lane=lane, holder=holder, token=token)


def _is_held(state: LeaseState, is_dead: Callable[[str], bool]) -> bool:
    return bool(state.holder) and not is_dead(state.holder)


def keep(uow: UnitOfWork, lease: Lease, now: dt.datetime) -> None:
    """Prolong the lease inside a transaction; raise Busy where another run has it."""
    if not uow.leases.prolong(lease.lane, lease.token, now + LENGTH):
        raise Busy(
            "another run took over while this one was paused; nothing was written"
        )


def release(uow: UnitOfWork, lease: Lease, now: dt.datetime) -> None:
    """Give the lease back; one that was taken over stays with its new holder."""
    uow.leases.give_back(lease.lane, lease.token, now)

"""Who may write now: one run at a time, and a dead run's place is taken over."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from huixiang.errors import Busy
from huixiang.store.unit_of_work import UnitOfWork

LENGTH = dt.timedelta(minutes=15)
WRITER = "writer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """The right to write; every transaction shows `token` and prolongs it."""

    name: str
    holder: str
    token: int


def acquire(
    uow: UnitOfWork,
    *,
    holder: str,
    now: dt.datetime,
    is_dead: Callable[[str], bool],
    name: str = WRITER,
) -> Lease:
    """Take the lease where it is free, over, or its holder is dead; else raise Busy."""
    found = uow.runs.lease(name)
    token = 1
    if found is not None:
        owner, last, until = found
        if owner and until > now and not is_dead(owner):
            raise Busy(
                f"{owner} has been writing and may go on until "
                f"{until:%Y-%m-%d %H:%M:%S} UTC; wait for it to end"
            )
        token = last + 1
    if not uow.runs.take(name, holder, token, now + LENGTH):
        raise Busy("another run has just begun; wait for it to end")
    return Lease(name=name, holder=holder, token=token)


def keep(uow: UnitOfWork, lease: Lease, now: dt.datetime) -> None:
    """Prolong the lease inside a transaction; raise Busy where another run has it."""
    if not uow.runs.prolong(lease.name, lease.token, now + LENGTH):
        raise Busy(
            "another run took over while this one was paused; nothing was written"
        )


def release(uow: UnitOfWork, lease: Lease, now: dt.datetime) -> None:
    """Give the lease back; one that was taken over stays with its new holder."""
    uow.runs.give_back(lease.name, lease.token, now)

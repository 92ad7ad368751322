"""Leases: who holds a lane, under which token, until when."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select, update

from huixiang.domain.run import Lane
from huixiang.store.bulk import insert_for
from huixiang.store.tables.runs import LeaseRow


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaseState:
    """A lease as it stands; an empty `holder`: it was given back."""

    holder: str
    token: int
    until: dt.datetime


class Leases:
    """Queries about leases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self, lane: Lane) -> LeaseState | None:
        """Return how the lease of *lane* stands; None: nobody ever held it."""
        row = self._connection.execute(
            select(LeaseRow.holder, LeaseRow.token, LeaseRow.until).where(
                LeaseRow.name == lane.value
            )
        ).one_or_none()
        return None if row is None else LeaseState(**row._mapping)  # noqa: SLF001 - public API

    def take(self, lane: Lane, *, holder: str, token: int, until: dt.datetime) -> bool:
        """Write a new holder down; return whether nobody else was faster."""
        statement = insert_for(self._connection, LeaseRow).values(
            name=lane.value, holder=holder, token=token, until=until
        )
        done = self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["name"],
                set_={"holder": holder, "token": token, "until": until},
                where=LeaseRow.token < token,
            ).returning(LeaseRow.token)
        )
        return done.first() is not None

    def prolong(self, lane: Lane, token: int, until: dt.datetime) -> bool:
        """Extend a lease; return whether *token* still holds it."""
        return bool(
            self._connection.execute(
                update(LeaseRow).where(_held(lane, token)).values(until=until)
            ).rowcount
        )

    def give_back(self, lane: Lane, token: int, ended_at: dt.datetime) -> None:
        """Free a lease that *token* still holds."""
        self._connection.execute(
            update(LeaseRow).where(_held(lane, token)).values(holder="", until=ended_at)
        )


def _held(lane: Lane, token: int) -> ColumnElement[bool]:
    named = (LeaseRow.name == lane.value) & (LeaseRow.token == token)
    return named & (LeaseRow.holder != "")

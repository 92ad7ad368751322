"""Runs, leases, snapshots of the rules, models and reports."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from huixiang.domain.run import RunState
from huixiang.store.bulk import insert_for, insert_new, upsert
from huixiang.store.tables.reports import ReportRow
from huixiang.store.tables.runs import LeaseRow, RulebookRow, RunRow


class Runs:
    """Queries about runs and what they ran with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(
        self,
        *,
        run_id: str,
        flow: str,
        as_of: dt.datetime,
        started_at: dt.datetime,
        rulebook_hash: str,
    ) -> None:
        """Note that a run began."""
        self._connection.execute(
            insert(RunRow).values(
                run_id=run_id,
                flow=flow,
                as_of=as_of,
                started_at=started_at,
                state=RunState.RUNNING,
                rulebook_hash=rulebook_hash,
                detail={},
            )
        )

    def finish(
        self,
        run_id: str,
        *,
        state: RunState,
        finished_at: dt.datetime,
        detail: Mapping[str, Any],
    ) -> None:
        """Note how a run ended."""
        self._connection.execute(
            update(RunRow)
            .where(RunRow.run_id == run_id)
            .values(state=state, finished_at=finished_at, detail=dict(detail))
        )

    def abandon_running(self, finished_at: dt.datetime) -> int:
        """Mark runs that died without a word; return how many."""
        return self._connection.execute(
            update(RunRow)
            .where(RunRow.state == RunState.RUNNING)
            .values(state=RunState.ABANDONED, finished_at=finished_at)
        ).rowcount

    def latest_as_of(self, flow: str) -> dt.datetime | None:
        """Return the business time of the last completed run of *flow*."""
        return self._connection.execute(
            select(RunRow.as_of)
            .where(RunRow.flow == flow, RunRow.state == RunState.COMPLETED)
            .order_by(RunRow.as_of.desc())
            .limit(1)
        ).scalar_one_or_none()

    def known_until(self, as_of: dt.datetime, now: dt.datetime) -> dt.datetime | None:
        """Return when the first run with a later business time began.

        What was stored from then on is no part of what was known as of *as_of*; None:
        it is the newest business time, and everything is. A run that began before
        *as_of* really came had a business time of the future, most likely by mistake:
        it closes nothing.
        """
        later = [RunRow.as_of > as_of]
        if as_of <= now:
            later.append(RunRow.started_at >= as_of)
        return self._connection.execute(
            select(func.min(RunRow.started_at)).where(*later)
        ).scalar_one()

    def last_rulebook(self, before: dt.datetime) -> Mapping[str, str] | None:
        """Return the texts of the rules that the last run begun *before* used."""
        return self._connection.execute(
            select(RulebookRow.content)
            .join(RunRow, RunRow.rulebook_hash == RulebookRow.rulebook_hash)
            .where(RunRow.started_at < before)
            .order_by(RunRow.started_at.desc())
            .limit(1)
        ).scalar_one_or_none()

    def all(self) -> list[Mapping[str, Any]]:
        """Return every run, oldest first."""
        rows = self._connection.execute(
            select(RunRow.__table__).order_by(RunRow.started_at)
        )
        return [dict(row) for row in rows.mappings()]

    def remember_rulebook(
        self, rulebook_hash: str, content: Mapping[str, Any], used_at: dt.datetime
    ) -> None:
        """Keep the rules under their hash; known ones stay as they are."""
        insert_new(
            self._connection,
            RulebookRow,
            [
                {
                    "rulebook_hash": rulebook_hash,
                    "first_used_at": used_at,
                    "content": dict(content),
                }
            ],
        )

    def rulebook(self, rulebook_hash: str) -> Mapping[str, str] | None:
        """Return the texts of the rules with this hash."""
        return self._connection.execute(
            select(RulebookRow.content).where(
                RulebookRow.rulebook_hash == rulebook_hash
            )
        ).scalar_one_or_none()

    def latest_rulebook(self) -> Mapping[str, str] | None:
        """Return the texts of the rules that the newest run used."""
        return self._connection.execute(
            select(RulebookRow.content)
            .join(RunRow, RunRow.rulebook_hash == RulebookRow.rulebook_hash)
            .order_by(RunRow.started_at.desc())
            .limit(1)
        ).scalar_one_or_none()

    def lease(self, name: str) -> tuple[str, int, dt.datetime] | None:
        """Return holder, token and end of a lease."""
        row = self._connection.execute(
            select(LeaseRow.holder, LeaseRow.token, LeaseRow.until).where(
                LeaseRow.name == name
            )
        ).one_or_none()
        return None if row is None else (row.holder, row.token, row.until)

    def take(self, name: str, holder: str, token: int, until: dt.datetime) -> bool:
        """Write a new holder down, unless somebody else was faster."""
        statement = insert_for(self._connection, LeaseRow).values(
            name=name, holder=holder, token=token, until=until
        )
        done = self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["name"],
                set_={"holder": holder, "token": token, "until": until},
                where=LeaseRow.token < token,
            ).returning(LeaseRow.token)
        )
        return done.first() is not None

    def prolong(self, name: str, token: int, until: dt.datetime) -> bool:
        """Extend a lease if *token* still holds it."""
        return bool(
            self._connection.execute(
                update(LeaseRow).where(_held(name, token)).values(until=until)
            ).rowcount
        )

    def give_back(self, name: str, token: int, ended_at: dt.datetime) -> None:
        """Free a lease that *token* still holds."""
        self._connection.execute(
            update(LeaseRow).where(_held(name, token)).values(holder="", until=ended_at)
        )

    def add_report(self, row: Mapping[str, Any]) -> None:
        """Note a written report with its facts; the same one again changes nothing."""
        newest = self._connection.execute(
            select(ReportRow.report_id)
            .where(ReportRow.folder == row["folder"], ReportRow.facts.is_not(None))
            .order_by(ReportRow.written_at.desc())
            .limit(1)
        ).scalar_one_or_none()
        if newest != row["report_id"]:
            upsert(self._connection, ReportRow, [dict(row)], ("written_at", "facts"))

    def report_facts(
        self, as_of: dt.datetime, folder: str, before: dt.datetime
    ) -> bytes | None:
        """Return the facts of the last report of a folder written *before* then."""
        return self._connection.execute(
            select(ReportRow.facts)
            .where(
                ReportRow.as_of == as_of,
                ReportRow.folder == folder,
                ReportRow.facts.is_not(None),
                ReportRow.written_at < before,
            )
            .order_by(ReportRow.written_at.desc())
            .limit(1)
        ).scalar_one_or_none()


def _held(name: str, token: int) -> ColumnElement[bool]:
    return (LeaseRow.name == name) & (LeaseRow.token == token) & (LeaseRow.holder != "")

"""Runs of flows: when each began, what it was about, how it ended."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from huixiang.domain.run import Lane, RunState
from huixiang.store.codec import facts_of
from huixiang.store.tables.runs import RunRow


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRecord:
    """One run of a flow, as it is kept.

    `detail` is what its steps had to say, by step, for people and programs that read
    run records: plain JSON values. Nothing is decided by it.
    """

    run_id: str
    flow: str
    lane: Lane
    as_of: dt.datetime
    started_at: dt.datetime
    finished_at: dt.datetime | None
    state: RunState
    rulebook_hash: str
    detail: Mapping[str, Any]


class Runs:
    """Queries about runs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(
        self,
        *,
        run_id: str,
        flow: str,
        lane: Lane,
        as_of: dt.datetime,
        started_at: dt.datetime,
        rulebook_hash: str,
    ) -> None:
        """Note that a run began."""
        self._connection.execute(
            insert(RunRow).values(
                run_id=run_id,
                flow=flow,
                lane=lane,
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

    def abandon_running(self, lane: Lane, finished_at: dt.datetime) -> int:
        """Mark runs of *lane* that died without a word; return how many."""
        return self._connection.execute(
            update(RunRow)
            .where(RunRow.lane == lane, RunRow.state == RunState.RUNNING)
            .values(state=RunState.ABANDONED, finished_at=finished_at)
        ).rowcount

    def flow_running(self, lane: Lane) -> str | None:
        """Return the flow of the run that has not ended yet, if there is one."""
        return self._connection.execute(
            select(RunRow.flow)
            .where(RunRow.lane == lane, RunRow.state == RunState.RUNNING)
            .order_by(RunRow.started_at.desc())
            .limit(1)
        ).scalar_one_or_none()

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

    def all(self) -> Sequence[RunRecord]:
        """Return every run, oldest first."""
        return facts_of(
            RunRecord,
            self._connection.execute(
                select(RunRow.__table__).order_by(RunRow.started_at)
            ),
        )

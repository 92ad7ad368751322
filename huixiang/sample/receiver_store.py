"""What the sample's OA keeps: tickets, how often each message came, callbacks to send."""

import datetime as dt
import hashlib
import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huixiang.sample.receiver_play import (
    Notice,
    PlanFor,
    Ticket,
    TicketStep,
    after,
    due_steps,
    hear,
    status_report,
)

_SCHEMA = """
create table if not exists tickets (
    number integer primary key,
    item_id text not null unique,
    kind text not null, theme text not null, touchpoint text not null, unit text not null,
    department text not null, status text not null,
    since text not null, heard_at text not null,
    n_reopened integer not null, n_played integer not null, was_rejected integer not null
);
create table if not exists deliveries (
    webhook_id text primary key, item_id text, type text not null, n_copies integer not null
);
create table if not exists callbacks (
    number integer primary key,
    item_id text not null, status text not null, occurred_at text not null,
    body text not null, acknowledged integer not null default 0
);
"""
_COLUMNS = (
    "item_id, kind, theme, touchpoint, unit, department, status, since, heard_at, "
    "n_reopened, n_played, was_rejected"
)
_SAVE = f"""
insert into tickets ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (item_id) do update set
    department = excluded.department, status = excluded.status, since = excluded.since,
    heard_at = excluded.heard_at, n_reopened = excluded.n_reopened,
    n_played = excluded.n_played, was_rejected = excluded.was_rejected
"""  # noqa: S608 - built from a constant, values are bound


@dataclass(frozen=True, kw_only=True, slots=True)
class Callback:
    """A report that its receiver has not acknowledged yet."""

    number: int
    body: str

    @property
    def webhook_id(self) -> str:
        """The same over all tries, and another one for every report."""
        digest = hashlib.sha256(f"{self.number} {self.body}".encode()).hexdigest()
        return f"oa_{digest[:24]}"


class TicketStore:
    """The OA's database; every change is one transaction, so a kill loses nothing."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(folder / "oa.sqlite3", check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def receive(
        self, webhook_id: str, type_: str, notice: Notice | None
    ) -> dict[str, str]:
        """Count the copy, act on the first one only, and return the answer."""
        with self._lock, self._db:
            is_first = self._count_copy(webhook_id, type_, notice)
            if notice is None:
                return {"status": "ok"}
            if is_first:
                self._save(hear(self._find(notice.item_id), notice))
            return self._answer(notice.item_id)

    def advance(self, to: dt.datetime, plan_of: PlanFor) -> int:
        """Let the departments work up to *to*; return how many steps they took."""
        with self._lock, self._db:
            played: list[tuple[Ticket, TicketStep]] = []
            for ticket in self._all():
                steps = due_steps(ticket, plan_of(ticket), to)
                self._save(after(ticket, steps))
                played += [(ticket, step) for step in steps]
            played.sort(key=lambda each: (each[1].occurred_at, each[0].item_id))
            for ticket, step in played:
                self._queue(ticket, step)
        return len(played)

    def waiting(self) -> list[Callback]:
        """Return the callbacks nobody has acknowledged, oldest first."""
        rows = self._rows(
            "select number, body from callbacks where not acknowledged order by number"
        )
        return [
            Callback(number=int(str(row["number"])), body=str(row["body"]))
            for row in rows
        ]

    def acknowledge(self, number: int) -> None:
        """Remember that a callback arrived."""
        with self._lock, self._db:
            self._db.execute(
                "update callbacks set acknowledged = 1 where number = ?", (number,)
            )

    def tickets(self) -> list[dict[str, object]]:
        """Return every ticket with what became of it."""
        rows = self._rows(f"select number, {_COLUMNS} from tickets order by number")  # noqa: S608 - a constant
        return [{"ticket_id": _ticket_id(row.pop("number")), **row} for row in rows]

    def fixes(self) -> list[dict[str, object]]:
        """Return when causes were fixed, in business order; an apology fixes none."""
        return self._rows(
            "select c.item_id, t.kind, t.theme, t.touchpoint, t.unit, "
            "c.occurred_at as resolved_at from callbacks c "
            "join tickets t using (item_id) "
            "where c.status = 'resolved' and t.kind = 'improvement' "
            "order by c.occurred_at, c.number"
        )

    def callbacks(self) -> list[dict[str, object]]:
        """Return every report made so far, acknowledged or not."""
        rows = self._rows("select body, acknowledged from callbacks order by number")
        return [
            {**json.loads(str(row["body"])), "acknowledged": bool(row["acknowledged"])}
            for row in rows
        ]

    def deliveries(self) -> dict[str, int]:
        """Return how many copies of each message came."""
        rows = self._rows("select webhook_id, n_copies from deliveries order by rowid")
        return {str(row["webhook_id"]): int(str(row["n_copies"])) for row in rows}

    def _rows(
        self, query: str, values: Sequence[object] = ()
    ) -> list[dict[str, object]]:
        with self._lock:
            return [dict(row) for row in self._db.execute(query, values).fetchall()]

    def _count_copy(self, webhook_id: str, type_: str, notice: Notice | None) -> bool:
        row = self._db.execute(
            "insert into deliveries values (?, ?, ?, 1) on conflict (webhook_id) "
            "do update set n_copies = n_copies + 1 returning n_copies",
            (webhook_id, notice.item_id if notice else None, type_),
        ).fetchone()
        return bool(row["n_copies"] == 1)

    def _find(self, item_id: str) -> Ticket | None:
        rows = self._rows(
            f"select {_COLUMNS} from tickets where item_id = ?",  # noqa: S608 - a constant
            (item_id,),
        )
        return _ticket(rows[0]) if rows else None

    def _all(self) -> list[Ticket]:
        rows = self._rows(f"select {_COLUMNS} from tickets order by number")  # noqa: S608 - a constant
        return [_ticket(row) for row in rows]

    def _save(self, ticket: Ticket) -> None:
        self._db.execute(
            _SAVE,
            (
                ticket.item_id, ticket.kind, ticket.theme, ticket.touchpoint,
                ticket.unit, ticket.department, ticket.status,
                ticket.since.isoformat(), ticket.heard_at.isoformat(),
                ticket.n_reopened, ticket.n_played, ticket.was_rejected,
            ),
        )  # fmt: skip

    def _queue(self, ticket: Ticket, step: TicketStep) -> None:
        report = status_report(ticket, self._answer(ticket.item_id)["ticket_id"], step)
        self._db.execute(
            "insert into callbacks (item_id, status, occurred_at, body) "
            "values (?, ?, ?, ?)",
            (
                ticket.item_id,
                step.status,
                step.occurred_at.isoformat(),
                json.dumps(report, ensure_ascii=False),
            ),
        )

    def _answer(self, item_id: str) -> dict[str, str]:
        (row,) = self._rows(
            "select number, status from tickets where item_id = ?", (item_id,)
        )
        return {"ticket_id": _ticket_id(row["number"]), "status": str(row["status"])}


def _ticket_id(number: object) -> str:
    return f"OA-{number:06}"


def _ticket(row: dict[str, object]) -> Ticket:
    return Ticket(
        item_id=str(row["item_id"]),
        kind=str(row["kind"]),
        theme=str(row["theme"]),
        touchpoint=str(row["touchpoint"]),
        unit=str(row["unit"]),
        department=str(row["department"]),
        status=str(row["status"]),
        since=dt.datetime.fromisoformat(str(row["since"])),
        heard_at=dt.datetime.fromisoformat(str(row["heard_at"])),
        n_reopened=int(str(row["n_reopened"])),
        n_played=int(str(row["n_played"])),
        was_rejected=bool(row["was_rejected"]),
    )

"""Every query of the store, asked about everything that a database holds."""

import contextlib
import datetime as dt
import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from huixiang.domain.acts.act import ActFilter, SignedCall
from huixiang.domain.proof.verdict import Metric
from huixiang.domain.run import Lane
from huixiang.errors import NotFound
from huixiang.store.unit_of_work import UnitOfWork
from tests.integration.store.old.database import Rows

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2100, 1, 1)
EARLY, LATE = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (FIRST, LAST))
ALL = 1_000_000

WRITES = {
    "acts": "add settle erase",
    "assurance": "keep_outlook keep_placebo_check keep_look",
    "codeframes": "remember add_second add_bridge succeed add_parts rename_issue "
    "join_issue note_succession",
    "codings": "add place finish give_issue",
    "digests": "publish",
    "emerging": "save decide",
    "feedback": "store store_duplicates",
    "items": "add move note",
    "landing": "land",
    "language": "add keep_figures",
    "leases": "take prolong give_back",
    "models": "keep decide",
    "outbox": "announce queue claim_due keep_rendered postpone record replay see_remote "
    "disable enable",
    "quarantine": "store decide",
    "reports": "add",
    "reviews": "add withdraw applied supersede restore brought_back settle",
    "rulebooks": "remember",
    "runs": "start finish abandon_running",
    "sources": "move_cursor note_failure clear_failure note_problems",
    "summaries": "refresh",
    "verdicts": "add",
}
"""What changes something; everything else is asked."""

Query = tuple[str, str, inspect.Signature]


def queries() -> Iterator[Query]:
    """Yield every public query: its area, its name, and what it is asked with."""
    for area, entry in vars(UnitOfWork).items():
        if not isinstance(entry, cached_property):
            continue
        kind = inspect.signature(entry.func).return_annotation
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_") and name not in WRITES.get(area, "").split():
                yield area, name, inspect.signature(method)


def ask_everything(uow: UnitOfWork, now: Rows, *, is_past: bool = False) -> int:
    """Ask every query about everything; return how many answers there were.

    *is_past*: what was not known then may be missing.
    """
    n, known = 0, Known(now)
    for area, name, signature in queries():
        query = getattr(getattr(uow, area), name)
        for arguments in known.arguments(area, name, signature):
            with contextlib.suppress(*((NotFound,) if is_past else ())):
                _ask(query, arguments)
            n += 1
    return n


def _ask(query: Callable[..., Any], arguments: dict[str, Any]) -> None:
    try:
        query(**arguments)
    except NotFound:
        raise
    except Exception as error:
        raise AssertionError(f"{query.__qualname__} of {arguments}") from error


class Known:
    """What a database can be asked about, by the name of the parameter."""

    def __init__(self, now: Rows) -> None:
        self._now = now
        self._routed = self.all("route", "coding_id")
        self._kept_out = self.all("quarantine", "landing_id")

    def all(self, table: str, column: str) -> list[Any]:
        """Return every value of a column, each once."""
        values = dict.fromkeys(row[column] for row in self._now[table])
        return [value for value in values if value is not None]

    def arguments(
        self, area: str, name: str, signature: inspect.Signature
    ) -> Iterator[dict[str, Any]]:
        """Yield everything that a query can be asked with."""
        wanted = {
            key: list(self._values(area, name, key, each))
            for key, each in signature.parameters.items()
            if key != "self" and each.default is inspect.Parameter.empty
        }
        for values in itertools.product(*wanted.values()):
            yield dict(zip(wanted, values, strict=True))

    def _values(
        self, area: str, name: str, key: str, parameter: inspect.Parameter
    ) -> Sequence[Any]:
        special = {
            ("codings", "routed_case"): self._routed,
            ("quarantine", "by_id"): self._kept_out,
            ("quarantine", "get"): self._kept_out,
            ("quarantine", "opened"): self._kept_out,
            ("acts", "find"): [ActFilter()],
            ("acts", "of_call"): self._calls(),
            ("explanations", "feedback"): self.all("feedback", "feedback_id"),
            ("explanations", "landing"): self.all("landing", "landing_id"),
            ("explanations", "duplicate"): self.all("duplicate", "landing_id"),
            ("explanations", "item"): self.all("action_item", "item_id"),
            ("summaries", "scores_of"): [[]],
        }.get((area, name))
        if special is not None and key != "until":
            return special
        if parameter.annotation is dt.datetime:
            return [LATE] if key != "since" else [EARLY]
        if key in IDS:
            return self.all(*IDS[key])
        if key in LISTS:
            return [self.all(*LISTS[key])]
        return OTHERS[key]

    def _calls(self) -> list[SignedCall]:
        ids = self.all("act", "call_id")
        return [SignedCall(call_id=each, content=b"{}") for each in ids]


IDS = {
    "run_id": ("run", "run_id"),
    "flow": ("run", "flow"),
    "rulebook_hash": ("rulebook", "rulebook_hash"),
    "folder": ("report", "folder"),
    "source": ("source", "source"),
    "landing_id": ("landing", "landing_id"),
    "feedback_id": ("feedback", "feedback_id"),
    "customer_ref": ("feedback", "customer_ref"),
    "coding_id": ("coding", "coding_id"),
    "issue_id": ("issue", "issue_id"),
    "item_id": ("action_item", "item_id"),
    "message_id": ("outbox_message", "message_id"),
    "endpoint": ("outbox_message", "endpoint"),
    "ticket_id": ("remote_ticket", "remote_ticket_id"),
    "act_id": ("act", "act_id"),
    "verdict_id": ("verdict", "verdict_id"),
    "resolved_on": ("verdict", "resolved_on"),
    "prompt_version": ("language_model", "prompt_version"),
    "design_id": ("placebo_check", "design_id"),
    "check_id": ("placebo_check", "check_id"),
    "review_id": ("review", "review_id"),
    "model_id": ("model", "model_id"),
    "proposal_id": ("emerging_theme", "proposal_id"),
    "version": ("codeframe_version", "version"),
    "from_version": ("codeframe_bridge", "from_version"),
    "to_version": ("codeframe_bridge", "to_version"),
}
LISTS = {
    "ids": ("feedback", "feedback_id"),
    "feedback_ids": ("feedback", "feedback_id"),
    "keys": ("feedback", "content_key"),
    "questions": ("language_call", "question"),
    "message_ids": ("outbox_message", "message_id"),
    "endpoints": ("outbox_message", "endpoint"),
    "issues": ("issue", "issue_id"),
    "themes": ("issue", "theme"),
}
OTHERS: dict[str, list[Any]] = {
    "lane": list(Lane),
    "metric": list(Metric),
    "limit": [ALL],
    "after": [""],
    "first": [FIRST],
    "since": [FIRST],
    "last": [LAST],
    "until": [LAST],
    "touchpoint": [None],
    "unit": [None],
}

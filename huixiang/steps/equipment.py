"""The steps of one run, ready to be called: by Prefect tasks or one after another."""

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from huixiang.alerts.compile import ReadyAlerts
from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.domain.outbox import DeliveryAttempt, OutboxMessage
from huixiang.intake.contract import Contract
from huixiang.routing.compile import Router
from huixiang.steps.codeframe.emerging import find_emerging
from huixiang.steps.codeframe.train import train_model
from huixiang.steps.coding.bridge import cross_bridges
from huixiang.steps.coding.classify import classify_batch
from huixiang.steps.coding.route import route_batch
from huixiang.steps.coding.second_opinion import Adviser, advised
from huixiang.steps.context import Context
from huixiang.steps.intake.pull import pull_source
from huixiang.steps.intake.validate import validate_batch
from huixiang.steps.items.alert import alert
from huixiang.steps.items.callbacks import sync_status
from huixiang.steps.messages.push import push_due
from huixiang.steps.report.digest import publish_digests
from huixiang.steps.report.write import write_report
from huixiang.steps.review.notes import apply_reviews
from huixiang.steps.verify.apply import tampered_problems, verify
from huixiang.understanding.coding.coder import Coder

Facts = dict[str, Any]
"""What a step has to say for itself: plain values, for people and for run records."""


class Equipment(Protocol):
    """What the composition root has built for the steps."""

    @property
    def coder(self) -> Coder:
        """The coder in use."""
        ...

    @property
    def adviser(self) -> Adviser | None:
        """The language model that may be asked, if any."""
        ...

    @property
    def router(self) -> Router:
        """The routing rules, compiled."""
        ...

    @property
    def alerts(self) -> ReadyAlerts:
        """The alert rules, compiled."""
        ...

    def contract(self, source: str) -> Contract:
        """Return the expectations of a source."""
        ...

    def endpoints(self) -> tuple[Mapping[str, ResolvedEndpoint], Mapping[str, str]]:
        """Return the endpoints that can be called, and why the others cannot."""
        ...

    def send(
        self, message: OutboxMessage, endpoint: ResolvedEndpoint
    ) -> DeliveryAttempt:
        """Send one message."""
        ...


class Steps:
    """Every step with its equipment; each call is one batch or one whole look."""

    def __init__(self, context: Context, equipment: Equipment) -> None:
        self._context = context
        self._equipment = equipment

    def sources(self) -> list[str]:
        """Return the sources to read, in the order of their file."""
        found = self._context.rulebook.sources.values()
        return [source.name for source in found if source.active]

    def pull(self, source: str) -> Facts:
        """Land what a source has."""
        result = pull_source(self._context, source)
        return {**dataclasses.asdict(result), "ok": result.ok}

    def validate(self, source: str) -> Facts | None:
        """Judge one batch of landed records; None: none left."""
        contract = self._equipment.contract(source)
        return _facts(validate_batch(self._context, source, contract))

    def classify(self) -> Facts | None:
        """Code one batch of feedback, over any new bridge first; None: none left."""
        cross_bridges(self._context, self._equipment.coder)
        adviser = self._equipment.adviser
        advise = partial(advised, self._context, adviser) if adviser else None
        return _facts(classify_batch(self._context, self._equipment.coder, advise))

    def route(self) -> Facts | None:
        """Route one batch of negative codings; None: none left."""
        apply_reviews(self._context)
        n = route_batch(self._context, self._equipment.router)
        return None if n is None else {"n_routed": n}

    def alert(self) -> Facts:
        """Open items, and note what is new."""
        opened = dataclasses.asdict(alert(self._context, self._equipment.alerts))
        return {**opened, "n_emerging": len(find_emerging(self._context))}

    def push(self) -> Facts:
        """Send what is due."""
        ready, missing = self._equipment.endpoints()
        paths = push_due(self._context, ready, self._equipment.send)
        return {**paths, "not_configured": dict(missing)}

    def sync_status(self) -> Facts:
        """Apply what endpoints called back."""
        return dict(sync_status(self._context))

    def verify(self) -> Facts:
        """Judge resolved items; name those whose criterion was tampered with."""
        facts: Facts = dict(verify(self._context))
        problems = tampered_problems(self._context)
        return {**facts, "problems": problems} if problems else facts

    def report(self, period: str | None = None, department: str | None = None) -> Facts:
        """Write the report, whole or limited."""
        return write_report(self._context, period, department)

    def digest(self) -> Facts:
        """Queue the digests of the last whole period."""
        return publish_digests(self._context)

    def train(self) -> Facts:
        """Train a model from the workspace's labels."""
        return train_model(self._context)

    def ledger(self) -> Facts:
        """Count both sides of every equation."""
        with self._context.store.reading() as uow:
            ledger = uow.ledgers.read()
        broken = [dataclasses.asdict(each) for each in ledger.broken]
        return {"holds": ledger.holds, "broken": broken}

    def backlog(self) -> dict[str, int]:
        """Return how much waits for each of the batch steps."""
        with self._context.store.reading() as uow:
            return uow.ledgers.backlog()

    def ledger_rows(self) -> list[Facts]:
        """Return the ledger as rows: both sides of every equation."""
        with self._context.store.reading() as uow:
            ledger = uow.ledgers.read()
        return [
            {
                "equation": each.name,
                "scope": each.scope,
                "left": each.left_total,
                "right": " + ".join(f"{name} {n}" for name, n in each.right),
                "holds": each.holds,
            }
            for each in ledger.equations
        ]

    def verdict_rows(self) -> list[Facts]:
        """Return the newest verdict of each item as rows, without anybody's words."""
        with self._context.store.reading() as uow:
            verdicts = uow.verdicts.latest()
        return [
            {
                "item": item_id,
                "fixed": row.resolved_on.isoformat(),
                "looked": row.looked_on.isoformat(),
                "verdict": row.kind.value,
                "reason": row.reason or "",
            }
            for item_id, row in verdicts.items()
        ]


def _facts(result: Any) -> Facts | None:
    return None if result is None else dataclasses.asdict(result)

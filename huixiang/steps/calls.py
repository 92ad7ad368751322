"""What each step does with a run's context and equipment; facts are plain values."""

import dataclasses
from functools import partial
from typing import Any

from huixiang.steps.acts.apply import apply_due
from huixiang.steps.codeframe.emerging import find_emerging
from huixiang.steps.codeframe.train import train_model
from huixiang.steps.coding.bridge import cross_bridges
from huixiang.steps.coding.classify import classify_batch
from huixiang.steps.coding.route import route_batch
from huixiang.steps.coding.second_opinion import advised
from huixiang.steps.context import Context
from huixiang.steps.equipment import Equipment, Facts
from huixiang.steps.intake.pull import pull_source
from huixiang.steps.intake.validate import validate_batch
from huixiang.steps.items import alert as alerting
from huixiang.steps.messages.push import push_due
from huixiang.steps.reads.ledger import read_ledger
from huixiang.steps.report.digest import publish_digests
from huixiang.steps.report.write import write_report
from huixiang.steps.review.reviews import apply_reviews
from huixiang.steps.verify import apply as verifying


def pull(context: Context, equipment: Equipment, source: str) -> Facts:
    """Land what a source has."""
    result = pull_source(context, source, equipment.connector(source))
    return {**dataclasses.asdict(result), "ok": result.ok}


def validate(context: Context, equipment: Equipment, source: str) -> Facts | None:
    """Judge one batch of landed records; None: none left."""
    return _facts(validate_batch(context, source, equipment.contract(source)))


def classify(context: Context, equipment: Equipment) -> Facts | None:
    """Code one batch of feedback, over any new bridge first; None: none left."""
    cross_bridges(context, equipment.coder)
    adviser = equipment.adviser
    advise = partial(advised, context, adviser) if adviser else None
    return _facts(classify_batch(context, equipment.coder, advise))


def route(context: Context, equipment: Equipment) -> Facts | None:
    """Route one batch of negative codings; None: none left."""
    apply_reviews(context)
    n = route_batch(context, equipment.router)
    return None if n is None else {"n_routed": n}


def sync_status(context: Context, _: Equipment) -> Facts:
    """Apply what people decided and endpoints called back."""
    return dict(apply_due(context))


def verify(context: Context, _: Equipment) -> Facts:
    """Judge resolved items; name those whose criterion was tampered with."""
    facts: Facts = dict(verifying.verify(context))
    problems = verifying.tampered_problems(context)
    return {**facts, "problems": problems} if problems else facts


def alert(context: Context, equipment: Equipment) -> Facts:
    """Open items, and note what is new."""
    opened = dataclasses.asdict(alerting.alert(context, equipment.alerts))
    return {**opened, "n_emerging": len(find_emerging(context))}


def push(context: Context, equipment: Equipment) -> Facts:
    """Send what is due."""
    ready, missing = equipment.endpoints()
    paths = push_due(context, ready, equipment.send)
    return {**paths, "not_configured": dict(missing)}


def report(context: Context, _: Equipment, **limits: str | None) -> Facts:
    """Write the report, whole or limited."""
    return write_report(context, **limits)


def digest(context: Context, _: Equipment) -> Facts:
    """Queue the digests of the last whole period."""
    return publish_digests(context)


def train(context: Context, _: Equipment) -> Facts:
    """Train a model from the workspace's labels."""
    return train_model(context)


def ledger(context: Context, _: Equipment) -> Facts:
    """Count both sides of every equation."""
    counted = read_ledger(context.store)
    broken = [dataclasses.asdict(each) for each in counted.broken]
    return {"holds": counted.holds, "broken": broken}


def ledger_rows(context: Context) -> list[Facts]:
    """Return the ledger as rows: both sides of every equation."""
    counted = read_ledger(context.store)
    return [
        {
            "equation": each.name,
            "scope": each.scope,
            "left": each.left_total,
            "right": " + ".join(f"{name} {n}" for name, n in each.right),
            "holds": each.holds,
        }
        for each in counted.equations
    ]


def verdict_rows(context: Context) -> list[Facts]:
    """Return the newest verdict of each item as rows, without anybody's words."""
    with context.store.reading() as uow:
        verdicts = uow.verdicts.latest()
    return [
        {
            "item": item_id,
            "fixed": verdict.resolved_on.isoformat(),
            "looked": verdict.looked_on.isoformat(),
            "verdict": verdict.kind.value,
            "reason": verdict.reason or "",
        }
        for item_id, verdict in verdicts.items()
    ]


def _facts(result: Any) -> Facts | None:
    return None if result is None else dataclasses.asdict(result)

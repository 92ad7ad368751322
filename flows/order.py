"""The order of the steps, the same whether Prefect runs them or not.

Statuses and verdicts come before alerts: both free departments for new items, so that
a second run right after finds nothing left to do.
"""

from collections.abc import Callable
from typing import Any, Protocol

Facts = dict[str, Any]


class Doer(Protocol):
    """Calls a step: as a Prefect task, or directly."""

    def sources(self) -> list[str]: ...
    def pull(self, source: str) -> Facts: ...
    def validate(self, source: str) -> Facts | None: ...
    def classify(self) -> Facts | None: ...
    def route(self) -> Facts | None: ...
    def sync_status(self) -> Facts: ...
    def verify(self) -> Facts: ...
    def alert(self) -> Facts: ...
    def push(self) -> Facts: ...
    def report(
        self, period: str | None = None, department: str | None = None
    ) -> Facts: ...
    def digest(self) -> Facts: ...
    def train(self) -> Facts: ...
    def ledger(self) -> Facts: ...


def collect(do: Doer) -> Facts:
    """Pull every source, then judge what landed."""
    pulled = {source: do.pull(source) for source in do.sources()}
    batches = [batch for source in do.sources() for batch in _until_done(do, source)]
    return {"pull": pulled, "validate": _sum(batches)}


def _until_done(do: Doer, source: str) -> list[Facts]:
    batches = []
    while (batch := do.validate(source)) is not None:
        batches.append(batch)
    return batches


def understand(do: Doer) -> Facts:
    """Code what is new, then route what is negative."""
    classified, routed = [], []
    while (batch := do.classify()) is not None:
        classified.append(batch)
    while (batch := do.route()) is not None:
        routed.append(batch)
    return {"classify": _sum(classified), "route": _sum(routed)}


def act(do: Doer) -> Facts:
    """Turn issues that got worse into action items."""
    return {"alert": do.alert()}


def deliver(do: Doer) -> Facts:
    """Send what is due, and take in what came back."""
    return {"push": do.push(), "sync_status": do.sync_status(), "again": do.push()}


def verify(do: Doer) -> Facts:
    """Judge what was resolved, and tell who waits for it."""
    return {
        "sync_status": do.sync_status(),
        "verify": do.verify(),
        "push": do.push(),
    }


def report(do: Doer, period: str | None = None, department: str | None = None) -> Facts:
    """Write the report, whole or limited to a period and a department."""
    return {"report": do.report(period, department)}


def digest(do: Doer) -> Facts:
    """Tell owners and managers how things stand."""
    return {"digest": do.digest(), "push": do.push()}


def train(do: Doer) -> Facts:
    """Learn from the labelled sentences."""
    return {"train": do.train()}


def loop(do: Doer) -> Facts:
    """Go once around the whole loop."""
    return {
        **collect(do),
        **understand(do),
        "sync_status": do.sync_status(),
        "verify": do.verify(),
        "alert": do.alert(),
        "push": do.push(),
        "report": do.report(),
    }


ORDERS: dict[str, Callable[..., Facts]] = {
    "collect": collect,
    "understand": understand,
    "act": act,
    "deliver": deliver,
    "verify": verify,
    "report": report,
    "digest": digest,
    "train": train,
    "loop": loop,
}


def go(flow: str, do: Doer, **options: str | None) -> Facts:
    """Do all that *flow* asks for, and say what somebody has to look at."""
    facts = ORDERS[flow](do, **options)
    ledger = do.ledger()
    return {**facts, "ledger": ledger, "problems": _problems(facts, ledger)}


def _problems(facts: Facts, ledger: Facts) -> list[str]:
    found = [
        problem
        for source, pulled in facts.get("pull", {}).items()
        if isinstance(pulled, dict)
        for problem in _pull_problems(source, pulled)
    ]
    found.extend(facts.get("verify", {}).get("problems", ()))
    if not ledger["holds"]:
        names = ", ".join(f"{e['name']} ({e['scope']})" for e in ledger["broken"])
        found.append(f"the ledger does not add up: {names}; see huixiang ledger")
    return found


def _pull_problems(source: str, pulled: Facts) -> list[str]:
    problems = [
        f"source {source}, {each['position']}: {each['reason']}; {each['next_step']}"
        for each in pulled.get("problems", ())
    ]
    if pulled.get("error"):
        problems.insert(0, f"source {source}: {pulled['error']}")
    return problems


def _sum(batches: list[Facts]) -> Facts:
    total: Facts = {}
    for batch in batches:
        for name, count in batch.items():
            total[name] = total.get(name, 0) + count
    return total

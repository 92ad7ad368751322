"""The funnel of a report: how far voices came, and where those are that stopped."""

from collections import Counter
from collections.abc import Iterable, Sequence

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.items.outbox import MessageState
from huixiang.domain.proof.ledger import Ledger
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import Scope
from huixiang.reporting.facts.report import FunnelStep, Part
from huixiang.steps.report.fixes import is_verified
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.report import gathered

_S = ActionStatus
Rest = Sequence[tuple[Bilingual, int]]
"""Where some stopped, and how many."""


def funnel(
    uow: UnitOfWork,
    scope: Scope,
    items: Sequence[ActionItem],
    n_issues: int,
    ledger: Ledger,
) -> tuple[FunnelStep, ...]:
    """Return every step from what was pulled to what was proved to be better.

    A limited report begins with its issues: records are pulled for everybody.
    """
    return (
        *(_of_feedback(uow, ledger) if scope.is_whole else ()),
        _step(gathered.OF_ISSUES, n_issues, gathered.ISSUES),
        *_of_items(uow, items),
    )


def _of_feedback(uow: UnitOfWork, ledger: Ledger) -> Iterable[FunnelStep]:
    counted = gathered.FEEDBACKS
    reached, where = uow.histories.funnel(), _terms(ledger)
    yield _step(gathered.PULLED, reached.pulled, counted)
    kept_out = (
        (gathered.DUPLICATE, reached.duplicate),
        (gathered.QUARANTINED, reached.quarantined),
        (gathered.WAITING, where["waiting"]),
        (gathered.DISCARDED, where["discarded"]),
    )
    yield _step(gathered.STORED, reached.stored, counted, kept_out)
    silent = ((gathered.NOT_CODABLE, where["not_codable"]),)
    yield _step(gathered.CODED, reached.coded, counted, silent)
    n = reached.on_issues
    yield _step(gathered.ON_AN_ISSUE, n, counted)


def _of_items(uow: UnitOfWork, items: Sequence[ActionItem]) -> Iterable[FunnelStep]:
    counted = gathered.ACTION_ITEMS
    statuses = Counter(item.status for item in items)
    parked = statuses[_S.PARKED]
    rest: Rest = ((gathered.PARKED, parked),)
    yield _step(gathered.OF_ITEMS, len(items), counted, rest)
    yield _delivered(uow, items, counted)
    fixed = sum(item.resolved_at is not None for item in items)
    yield _step(gathered.FIXED, fixed, counted)
    rest = (
        (gathered.REOPENED, statuses[_S.REOPENED]),
        (gathered.UNPROVEN, statuses[_S.UNPROVEN]),
        (gathered.FOLLOWED, statuses[_S.RESOLVED]),
    )
    moves = uow.items.all_moves()
    improved = sum(is_verified(item, moves[item.item_id]) for item in items)
    yield _step(gathered.VERIFIED_IMPROVED, improved, counted, rest)


def _delivered(
    uow: UnitOfWork, items: Sequence[ActionItem], counted: Bilingual
) -> FunnelStep:
    item_ids = {item.item_id for item in items}
    messages = [each for each in uow.outbox.standings() if each.item_id in item_ids]
    states = Counter(each.state for each in messages)
    delivered = {
        each.item_id for each in messages if each.state is MessageState.DELIVERED
    }
    rest = (
        (gathered.DEAD_LETTER, states[MessageState.DEAD]),
        (gathered.QUEUED, states[MessageState.QUEUED]),
    )
    return _step(gathered.DELIVERED, len(delivered), counted, rest)


def _step(name: Bilingual, n: int, counted: Bilingual, rest: Rest = ()) -> FunnelStep:
    parts = tuple(Part(name=where, n=count) for where, count in rest if count)
    return FunnelStep(name=name, n=n, counted=counted, rest=parts)


def _terms(ledger: Ledger) -> Counter[str]:
    totals: Counter[str] = Counter()
    for equation in ledger.equations:
        if equation.name in {"pulled", "stored"}:
            totals.update(dict(equation.right))
    return totals

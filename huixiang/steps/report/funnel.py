"""The funnel of a report: how far voices came, and where those are that stopped."""

from collections import Counter
from collections.abc import Iterable, Sequence

from huixiang.domain.action import ActionItem, ActionStatus
from huixiang.domain.ledger import Ledger
from huixiang.domain.outbox import MessageState
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import Scope
from huixiang.reporting.facts.report import FunnelStep, Part
from huixiang.steps.report.fixes import is_verified
from huixiang.store.unit_of_work import UnitOfWork

_S = ActionStatus
Rest = Sequence[tuple[str, str, int]]
"""Where some stopped: zh, en, how many."""


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
        _step("问题", "Issues", n_issues, _b("个问题", "issues")),
        *_of_items(uow, items),
    )


def _of_feedback(uow: UnitOfWork, ledger: Ledger) -> Iterable[FunnelStep]:
    counted = _b("条反馈", "feedbacks")
    reached, where = uow.histories.funnel(), _terms(ledger)
    yield _step("拉取", "Pulled", reached["pulled"], counted)
    kept_out = (
        ("重复", "duplicate", reached["duplicate"]),
        ("隔离", "quarantined", reached["quarantined"]),
        ("待校验", "waiting", where["waiting"]),
        ("已丢弃", "discarded", where["discarded"]),
    )
    yield _step("入库", "Stored", reached["stored"], counted, kept_out)
    silent = (("无法编码", "not codable", where["not_codable"]),)
    yield _step("编码", "Coded", reached["coded"], counted, silent)
    n = reached["on_issues"]
    yield _step("归入问题的负面反馈", "Negative, on an issue", n, counted)


def _of_items(uow: UnitOfWork, items: Sequence[ActionItem]) -> Iterable[FunnelStep]:
    counted = _b("个行动项", "action items")
    statuses = Counter(item.status for item in items)
    parked = statuses[_S.PROPOSED] + statuses[_S.PARKED]
    rest: Rest = (("停放", "parked", parked),)
    yield _step("行动项", "Action items", len(items), counted, rest)
    yield _delivered(uow, items, counted)
    fixed = sum(item.resolved_at is not None for item in items)
    yield _step("已整改", "Fixed", fixed, counted)
    rest = (
        ("重新打开", "re-opened", statuses[_S.REOPENED]),
        ("未能证明", "unproven", statuses[_S.UNPROVEN]),
        ("验收中", "being followed", statuses[_S.RESOLVED]),
    )
    moves = uow.items.all_moves()
    improved = sum(is_verified(item, moves[item.item_id]) for item in items)
    yield _step("经验收改善", "Verified improved", improved, counted, rest)


def _delivered(
    uow: UnitOfWork, items: Sequence[ActionItem], counted: Bilingual
) -> FunnelStep:
    mine = {item.item_id for item in items}
    messages = [row for row in uow.outbox.states() if row["item_id"] in mine]
    states = Counter(row["state"] for row in messages)
    told = {
        row["item_id"] for row in messages if row["state"] is MessageState.DELIVERED
    }
    rest = (
        ("死信", "dead letter", states[MessageState.DEAD]),
        ("排队中", "queued", states[MessageState.QUEUED]),
    )
    return _step("已送达", "Delivered", len(told), counted, rest)


def _step(zh: str, en: str, n: int, counted: Bilingual, rest: Rest = ()) -> FunnelStep:
    parts = tuple(Part(name=_b(*words), n=count) for *words, count in rest if count)
    return FunnelStep(name=_b(zh, en), n=n, counted=counted, rest=parts)


def _b(zh: str, en: str) -> Bilingual:
    return Bilingual(zh=zh, en=en)


def _terms(ledger: Ledger) -> Counter[str]:
    totals: Counter[str] = Counter()
    for equation in ledger.equations:
        if equation.name in {"pulled", "stored"}:
            totals.update(dict(equation.right))
    return totals

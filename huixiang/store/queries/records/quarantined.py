"""Which quarantined records stood where, at a moment."""

from sqlalchemy import ColumnElement, or_

from huixiang.domain.records.feedback import QuarantineState
from huixiang.store.knowledge import Knowledge
from huixiang.store.tables.records import QuarantineRow


def waiting_then(knowledge: Knowledge) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a record that nobody had decided about."""
    if knowledge.until is None:
        return (QuarantineRow.state == QuarantineState.WAITING,)
    undecided = or_(
        QuarantineRow.decided_at.is_(None), QuarantineRow.decided_at >= knowledge.until
    )
    return (QuarantineRow.quarantined_at < knowledge.until, undecided)


def discarded_then(knowledge: Knowledge) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a record that a person had given up."""
    state = QuarantineRow.state == QuarantineState.DISCARDED
    return (state, *knowledge.of(QuarantineRow.decided_at))

"""Records kept out, as they may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.records.feedback import QuarantineState
from huixiang.domain.records.record import QuarantinedRecord
from huixiang.intake.batch import masked_fields
from huixiang.store.engine import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRecord:
    """A quarantined record with its fields as they may be shown."""

    record: QuarantinedRecord
    fields: Mapping[str, str]


def quarantined_records(
    store: Store, *, decided_too: bool = False
) -> Sequence[QuarantinedRecord]:
    """Return the records that wait for a person, or all that were ever kept out."""
    with store.reading() as uow:
        return uow.quarantine.find(None if decided_too else QuarantineState.WAITING)


def shown_record(store: Store, rulebook: Rulebook, landing_id: str) -> ShownRecord:
    """Return a quarantined record with its fields masked."""
    with store.reading() as uow:
        record = uow.quarantine.get(landing_id)
        landed = uow.quarantine.opened(landing_id)
    source = rulebook.sources.get(record.source)
    return ShownRecord(record=record, fields=masked_fields(landed, source))

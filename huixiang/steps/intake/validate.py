"""Validate: empty the landing into feedback, duplicates and quarantine."""

from dataclasses import dataclass

from huixiang.intake.batch import Prepared, Split, prepare_batch, split_duplicates
from huixiang.intake.contract import Contract
from huixiang.intake.normalise import Landed
from huixiang.steps.context import Context


@dataclass(frozen=True, kw_only=True, slots=True)
class ValidateResult:
    """Where the records of one batch went."""

    n_stored: int
    n_duplicates: int
    n_quarantined: int


def validate_batch(
    context: Context, name: str, contract: Contract
) -> ValidateResult | None:
    """Judge the next landed records of a source; return None when none is left."""
    with context.store.reading() as uow:
        waiting = uow.intake.waiting(name, context.batch_size)
    if not waiting:
        return None
    source = context.rulebook.sources[name]
    landed = [Landed(landing_id=key, record=record) for key, record in waiting]
    prepared = prepare_batch(
        landed, source, contract, key=context.key, as_of=context.as_of
    )
    with context.transaction("validate") as uow:
        split = split_duplicates(
            prepared.valid,
            known_ids=uow.intake.known_ids(
                name, [each.source_record_id for each in prepared.valid]
            ),
            known_contents=uow.intake.known_contents(
                name, [each.content_key for each in prepared.valid]
            ),
            window_days=source.duplicate_window_days,
        )
        uow.intake.store(split.stored, context.zone)
        uow.intake.store_duplicates(
            name,
            [
                (each.landing_id, each.feedback_id, each.kind)
                for each in split.duplicates
            ],
        )
        uow.intake.store_quarantined(
            name, _quarantined(landed, prepared), context.now()
        )
    return _result(prepared, split)


def _quarantined(landed: list[Landed], prepared: Prepared) -> list[tuple]:  # type: ignore[type-arg]
    positions = {each.landing_id: each.record.position for each in landed}
    return [
        (each.landing_id, positions[each.landing_id], each.violations)
        for each in prepared.quarantined
    ]


def _result(prepared: Prepared, split: Split) -> ValidateResult:
    return ValidateResult(
        n_stored=len(split.stored),
        n_duplicates=len(split.duplicates),
        n_quarantined=len(prepared.quarantined),
    )

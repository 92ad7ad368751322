"""Validate: empty the landing into feedback, duplicates and quarantine."""

from dataclasses import dataclass

from huixiang.intake.batch import Prepared, Split, prepare_batch, split_duplicates
from huixiang.intake.contract import Contract
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
        landed = uow.landing.waiting(name, context.batch_size)
    if not landed:
        return None
    source = context.rulebook.sources[name]
    prepared = prepare_batch(
        landed, source, contract, key=context.key, as_of=context.as_of
    )
    with context.transaction("validate") as uow:
        split = split_duplicates(
            prepared.valid,
            known_ids=uow.feedback.known_ids(
                name, [each.source_record_id for each in prepared.valid]
            ),
            known_contents=uow.feedback.known_contents(
                name, [each.content_key for each in prepared.valid]
            ),
            window_days=source.duplicate_window_days,
        )
        uow.feedback.store(split.stored, context.zone)
        uow.feedback.store_duplicates(name, split.duplicates)
        uow.quarantine.store(name, prepared.quarantined, context.now())
    return _result(prepared, split)


def _result(prepared: Prepared, split: Split) -> ValidateResult:
    return ValidateResult(
        n_stored=len(split.stored),
        n_duplicates=len(split.duplicates),
        n_quarantined=len(prepared.quarantined),
    )

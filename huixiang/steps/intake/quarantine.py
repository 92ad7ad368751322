"""Quarantine: what a person decides about a record that was kept out."""

from collections.abc import Mapping

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.records.feedback import QuarantineState
from huixiang.domain.records.record import QuarantinedRecord
from huixiang.domain.records.source import Source
from huixiang.errors import ConfigurationError
from huixiang.intake.batch import release, split_duplicates
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork


def release_record(
    context: Context,
    uow: UnitOfWork,
    landing_id: str,
    *,
    changes: Mapping[str, str],
    by: str,
    why: str,
) -> str:
    """Let a record in after all, corrected by *changes*; return where it went."""
    record = uow.quarantine.get(landing_id)
    _check_waiting(record)
    source = _source(context.rulebook, record)
    try:
        feedback = release(
            uow.quarantine.opened(landing_id),
            source,
            key=context.key,
            changes=changes,
            violations=record.violations,
        )
    except ValueError as error:
        raise ConfigurationError(
            f"{landing_id} cannot be released yet: {error}; give it with --set",
            code="still_invalid",
        ) from error
    split = split_duplicates(
        [feedback],
        known_ids=uow.feedback.known_ids(source.name, [feedback.source_record_id]),
        known_contents=uow.feedback.known_contents(source.name, [feedback.content_key]),
        window_days=source.duplicate_window_days,
    )
    uow.feedback.store(split.stored, context.zone)
    uow.feedback.store_duplicates(source.name, split.duplicates)
    uow.quarantine.decide(
        landing_id,
        QuarantineState.RELEASED,
        decided_at=context.now(),
        decided_by=by,
        reason=why,
    )
    return feedback.feedback_id if split.stored else split.duplicates[0].feedback_id


def discard_record(
    context: Context, uow: UnitOfWork, landing_id: str, *, by: str, why: str
) -> None:
    """Give a record up for good: who and why are kept, its words are not."""
    _check_waiting(uow.quarantine.get(landing_id))
    uow.quarantine.decide(
        landing_id,
        QuarantineState.DISCARDED,
        decided_at=context.now(),
        decided_by=by,
        reason=why,
    )


def _source(rulebook: Rulebook, record: QuarantinedRecord) -> Source:
    source = rulebook.sources.get(record.source)
    if source is None:
        raise ConfigurationError(
            f"{record.landing_id} came from {record.source!r}, which rules/sources.yaml "
            "no longer has: put the source back (active: false), or discard the record",
            code="unknown_source",
        )
    return source


def _check_waiting(record: QuarantinedRecord) -> None:
    if record.state is not QuarantineState.WAITING:
        raise ConfigurationError(
            f"{record.landing_id} was {record.state.value} already by "
            f"{record.decided_by}: {record.reason}",
            code="already_decided",
            about={"state": record.state.value},
        )

"""Quarantine: what a person decides about a record that was kept out."""

from collections.abc import Mapping
from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.feedback import QuarantineState, Severity, Violation
from huixiang.domain.source import Source
from huixiang.errors import ConfigurationError
from huixiang.intake.batch import masked_fields, release, split_duplicates
from huixiang.intake.normalise import Landed
from huixiang.intake.redaction import mask
from huixiang.steps.context import Context
from huixiang.store.engine import Store


def shown(store: Store, rulebook: Rulebook, landing_id: str) -> dict[str, Any]:
    """Return a quarantined record with its fields masked."""
    with store.reading() as uow:
        row, record = uow.intake.quarantined(landing_id)
    source = rulebook.sources.get(row["source"])
    fields = masked_fields(Landed(landing_id=landing_id, record=record), source)
    return {**row, "fields": fields}


def release_record(
    context: Context, landing_id: str, *, changes: Mapping[str, str], by: str, why: str
) -> str:
    """Let a record in after all, corrected by *changes*; return where it went."""
    with context.transaction("release") as uow:
        row, record = uow.intake.quarantined(landing_id)
        _check_waiting(row)
        source = _source(context.rulebook, row)
        try:
            feedback = release(
                Landed(landing_id=landing_id, record=record),
                source,
                key=context.key,
                changes=changes,
                violations=_violations(row),
            )
        except ValueError as error:
            raise ConfigurationError(
                f"{landing_id} cannot be released yet: {error}; give it with --set"
            ) from error
        split = split_duplicates(
            [feedback],
            known_ids=uow.intake.known_ids(source.name, [feedback.source_record_id]),
            known_contents=uow.intake.known_contents(
                source.name, [feedback.content_key]
            ),
            window_days=source.duplicate_window_days,
        )
        uow.intake.store(split.stored, context.zone)
        uow.intake.store_duplicates(
            source.name,
            [(d.landing_id, d.feedback_id, d.kind) for d in split.duplicates],
        )
        uow.intake.decide_quarantined(
            landing_id,
            QuarantineState.RELEASED,
            decided_at=context.now(),
            decided_by=mask(by),
            reason=mask(why),
        )
    return feedback.feedback_id if split.stored else split.duplicates[0].feedback_id


def discard_record(context: Context, landing_id: str, *, by: str, why: str) -> None:
    """Give a record up for good: who and why are kept, its words are not."""
    with context.transaction("discard") as uow:
        row, _ = uow.intake.quarantined(landing_id)
        _check_waiting(row)
        uow.intake.decide_quarantined(
            landing_id,
            QuarantineState.DISCARDED,
            decided_at=context.now(),
            decided_by=mask(by),
            reason=mask(why),
        )


def _source(rulebook: Rulebook, row: Mapping[str, Any]) -> Source:
    source = rulebook.sources.get(row["source"])
    if source is None:
        raise ConfigurationError(
            f"{row['landing_id']} came from {row['source']!r}, which rules/sources.yaml "
            "no longer has: put the source back (active: false), or discard the record"
        )
    return source


def _check_waiting(row: Mapping[str, Any]) -> None:
    if row["state"] is not QuarantineState.WAITING:
        raise ConfigurationError(
            f"{row['landing_id']} was {row['state'].value} already by "
            f"{row['decided_by']}: {row['reason']}"
        )


def _violations(row: Mapping[str, Any]) -> tuple[Violation, ...]:
    return tuple(
        Violation(**{**each, "severity": Severity(each["severity"])})
        for each in row["violations"]
    )

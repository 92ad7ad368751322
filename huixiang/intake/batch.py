"""A batch of landed records → feedback, duplicates and quarantine; nothing between."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from huixiang.domain.records.feedback import Feedback
from huixiang.domain.records.record import (
    Duplicate,
    DuplicateKind,
    KeptOut,
    KnownContent,
    LandedRecord,
)
from huixiang.domain.records.source import Source
from huixiang.domain.records.violation import Severity, Violation, ViolationCode
from huixiang.intake.cleaning import comparable
from huixiang.intake.normalise import (
    ATTRIBUTE,
    PLAIN_FIELDS,
    RecordDraft,
    digest,
    draft_of,
)
from huixiang.intake.pseudonyms import pseudonym
from huixiang.intake.ratings import rating_on
from huixiang.intake.redaction import mask

MIN_CHARACTERS = 12
"""Fewer letters than this are said by many people alike: 很好, 五星好评 …"""

UNREADABLE_RULE = "record.readable"
TIME_RULE = "record.has_time"
HIDDEN = "［已隐藏］"

_EPOCH = dt.datetime.min.replace(tzinfo=dt.UTC)


class Expectations(Protocol):
    """What says which expectations each draft breaks; `Contract` does."""

    def check(self, drafts: Sequence[RecordDraft]) -> list[tuple[Violation, ...]]:
        """Return the violations of each draft, by position."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """Every record of a batch, in one of two places."""

    valid: tuple[Feedback, ...]
    quarantined: tuple[KeptOut, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """Valid feedback, told apart from duplicates."""

    stored: tuple[Feedback, ...]
    duplicates: tuple[Duplicate, ...]


def prepare_batch(
    records: Sequence[LandedRecord],
    source: Source,
    contract: Expectations,
    *,
    key: bytes,
    as_of: dt.datetime,
) -> Prepared:
    """Normalise, judge and mask a batch; critical violations go to quarantine."""
    drafts = [draft_of(each, source, key=key, as_of=as_of) for each in records]
    readable = [each for each in drafts if each.unreadable is None]
    verdicts = dict(
        zip(
            (each.landing_id for each in readable),
            contract.check(readable),
            strict=True,
        )
    )
    valid: list[Feedback] = []
    quarantined: list[KeptOut] = []
    for each in drafts:
        violations = _violations(each, verdicts.get(each.landing_id, ()))
        if any(broken.severity is Severity.CRITICAL for broken in violations):
            quarantined.append(_quarantine(each, violations))
        else:
            valid.append(_feedback(each, violations, key))
    return Prepared(valid=tuple(valid), quarantined=tuple(quarantined))


def _violations(
    draft: RecordDraft, broken: tuple[Violation, ...]
) -> tuple[Violation, ...]:
    """Add what no suite may leave out: without it there is no feedback."""
    if draft.unreadable is not None:
        return (unreadable_violation(draft.unreadable),)
    is_critical = any(each.severity is Severity.CRITICAL for each in broken)
    if draft.occurred_at is None and not is_critical:
        return (*broken, _NO_TIME)
    return broken


def unreadable_violation(reason: str) -> Violation:
    """Return the violation of a record that could not be read at all."""
    return Violation(
        rule=UNREADABLE_RULE,
        severity=Severity.CRITICAL,
        column="",
        code=ViolationCode.UNREADABLE,
        facts={"detail": mask(reason)},
    )


_NO_TIME = Violation(
    rule=TIME_RULE,
    severity=Severity.CRITICAL,
    column="occurred_at",
    code=ViolationCode.NO_TIME,
)


def _quarantine(draft: RecordDraft, violations: tuple[Violation, ...]) -> KeptOut:
    return KeptOut(
        landing_id=draft.landing_id, position=draft.position, violations=violations
    )


def _feedback(draft: RecordDraft, marks: tuple[Violation, ...], key: bytes) -> Feedback:
    if draft.occurred_at is None:
        raise ValueError(f"{draft.position}: a feedback needs a time")
    customer = draft.customer
    return Feedback(
        feedback_id=feedback_id(draft),
        landing_id=draft.landing_id,
        source=draft.source,
        source_record_id=draft.source_record_id,
        content_key=draft.content_key,
        occurred_at=draft.occurred_at,
        channel=draft.channel,
        ownership=draft.ownership,
        title=draft.masked_title,
        verbatim=draft.masked_text,
        rating=rating_on(draft.rating, draft.scale),
        touchpoint=_masked(draft.touchpoint),
        unit=_masked(draft.unit),
        customer_ref=pseudonym(customer, key) if customer else None,
        segment=_masked(draft.segment),
        attributes={
            name: mask(value)
            for name, value in draft.attributes.items()
            if value is not None
        },
        marks=marks,
    )


def _masked(value: str | None) -> str | None:
    return None if value is None else mask(value)


def feedback_id(draft: RecordDraft) -> str:
    """Return an id that depends on what the source said alone."""
    parts = (draft.source, draft.source_record_id, draft.content_key)
    return "fb_" + digest(*parts)[:16]


def split_duplicates(
    valid: Sequence[Feedback],
    *,
    known_ids: Mapping[str, str],
    known_contents: Mapping[str, Sequence[KnownContent]],
    window_days: int,
) -> Split:
    """Tell feedback from what is already known, or came earlier in this batch."""
    ids = dict(known_ids)
    contents = {key: list(known) for key, known in known_contents.items()}
    window = dt.timedelta(days=window_days)
    stored: list[Feedback] = []
    duplicates: list[Duplicate] = []
    for each in valid:
        duplicate = _duplicate(each, ids, contents, window)
        if duplicate is not None:
            duplicates.append(duplicate)
            continue
        stored.append(each)
        ids[each.source_record_id] = each.feedback_id
        contents.setdefault(each.content_key, []).append(
            KnownContent(feedback_id=each.feedback_id, occurred_at=each.occurred_at)
        )
    return Split(stored=tuple(stored), duplicates=tuple(duplicates))


def _duplicate(
    feedback: Feedback,
    ids: Mapping[str, str],
    contents: Mapping[str, Sequence[KnownContent]],
    window: dt.timedelta,
) -> Duplicate | None:
    original = ids.get(feedback.source_record_id)
    if original is not None:
        return Duplicate(
            landing_id=feedback.landing_id,
            feedback_id=original,
            kind=DuplicateKind.SAME_ID,
        )
    if len(comparable(feedback.words)) < MIN_CHARACTERS:
        return None
    for known in contents.get(feedback.content_key, ()):
        if abs(feedback.occurred_at - known.occurred_at) <= window:
            return Duplicate(
                landing_id=feedback.landing_id,
                feedback_id=known.feedback_id,
                kind=DuplicateKind.SAME_CONTENT,
            )
    return None


def release(
    record: LandedRecord,
    source: Source,
    *,
    key: bytes,
    changes: Mapping[str, str],
    violations: Sequence[Violation] = (),
) -> Feedback:
    """Make a feedback of a quarantined record as an operator corrected it.

    *changes* replace fields of the feedback (text, title, occurred_at, rating, id,
    touchpoint, unit, customer, segment, attributes.<name>). The violations stay on it
    as marks. Raise ValueError that says what is still missing.
    """
    check_changes(changes)
    corrected = draft_of(record, source, key=key, as_of=_EPOCH, changes=changes)
    missing = _missing(corrected)
    if missing:
        raise ValueError("; ".join(missing))
    return _feedback(corrected, tuple(violations), key)


def check_changes(changes: Mapping[str, str]) -> None:
    """Raise ValueError for a change of something that is no field of a feedback."""
    unknown = [
        name
        for name in changes
        if name not in PLAIN_FIELDS and not name.startswith(ATTRIBUTE)
    ]
    if unknown:
        raise ValueError(
            f"no field {', '.join(unknown)}; a feedback has {', '.join(PLAIN_FIELDS)} "
            f"and {ATTRIBUTE}<name>"
        )


def _missing(corrected: RecordDraft) -> list[str]:
    missing: list[str] = []
    if corrected.occurred_at is None:
        given = corrected.occurred_at_given
        problem = (
            f"{given!r} is no time that can be read" if given else "it has no time"
        )
        missing.append(f"{problem}; give occurred_at, for example 2024-03-31T12:05")
    if not corrected.words and rating_on(corrected.rating, corrected.scale) is None:
        missing.append("it has neither words nor a rating; give text or rating")
    return missing


_PERSONAL_COLUMN = re.compile(
    r"姓名|联系人|客户名|称呼|手机|电话|身份证|证件|邮箱|地址|微信|车牌|name|phone|mobile"
    r"|e-?mail|address|passport|customer",
    re.IGNORECASE,
)


def masked_fields(record: LandedRecord, source: Source | None = None) -> dict[str, str]:
    """Return a quarantined record's fields as they may be shown."""
    customer = source.fields.customer if source else None
    hidden = set(customer.columns) if customer else set()
    return {
        name: HIDDEN
        if name in hidden or _PERSONAL_COLUMN.search(name)
        else mask(str(value))
        for name, value in record.record.fields.items()
        if value is not None
    }

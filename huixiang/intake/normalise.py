"""A raw record → a draft: every field in one form, every problem named."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from huixiang.domain.json_value import Json
from huixiang.domain.records.feedback import (
    BOUNDS,
    DAMAGE,
    RAW,
    UNREADABLE,
    Channel,
    Ownership,
    RatingScale,
    RawRecord,
)
from huixiang.domain.records.record import LandedRecord
from huixiang.domain.records.source import FieldRule, Source
from huixiang.intake.cleaning import cell_text, comparable
from huixiang.intake.moments import parse_moment
from huixiang.intake.pseudonyms import pseudonym
from huixiang.intake.ratings import parse_rating
from huixiang.intake.redaction import mask

_SECONDS_A_DAY = 86_400
PLAIN_FIELDS = (
    "text", "title", "occurred_at", "rating", "id", "touchpoint", "unit", "customer",
    "segment",
)  # fmt: skip
ATTRIBUTE = "attributes."


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordDraft:
    """What a record says, before it is judged; `masked_…` is what may be stored.

    `age_days` is how long before the run's business time it happened; below 0 it lies
    in the future. `…_given` is what the source says, `…_problem` why it means nothing.
    """

    landing_id: str
    position: str
    source: str
    source_record_id: str
    id_given: str | None
    content_key: str
    channel: Channel
    ownership: Ownership
    title: str
    text: str
    masked_title: str
    masked_text: str
    occurred_at: dt.datetime | None
    occurred_at_given: str | None
    age_days: float | None
    rating: float | None
    rating_given: str | None
    rating_problem: str | None
    scale: RatingScale | None
    touchpoint: str | None
    unit: str | None
    customer: str | None
    segment: str | None
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    unreadable: str | None = None
    raw: str | None = None
    damage: str | None = None

    @property
    def words(self) -> str:
        """Title and text as one, like `Feedback.words`."""
        return f"{self.title}\n{self.text}" if self.title else self.text


def pick(record: RawRecord, source: Source) -> dict[str, str]:
    """Return the fields of a feedback that the record fills, still as text."""
    rules = {name: getattr(source.fields, name) for name in PLAIN_FIELDS}
    rules |= {ATTRIBUTE + name: rule for name, rule in source.fields.attributes.items()}
    values = {name: _value(rule, record.fields) for name, rule in rules.items() if rule}
    return {name: value for name, value in values.items() if value is not None}


def _value(rule: FieldRule, fields: Mapping[str, Json]) -> str | None:
    parts = (cell_text(fields.get(column)) for column in rule.columns)
    present = [rule.values.get(part, part) for part in parts if part is not None]
    return "\n".join(present) or rule.default


def draft_of(
    landed: LandedRecord,
    source: Source,
    *,
    key: bytes,
    as_of: dt.datetime,
    changes: Mapping[str, str] | None = None,
) -> RecordDraft:
    """Return the record in the one form; *changes* are an operator's corrections."""
    record = landed.record
    given = _changed(pick(record, source), changes or {})
    occurred_at = _occurred_at(given.get("occurred_at"), source)
    scale = source.fields.rating.scale if source.fields.rating else None
    rating, rating_problem = _rating(given.get("rating"), scale)
    masked = {name: mask(given.get(name, "")) for name in ("title", "text")}
    content_key = _content_key(source.name, given.get("unit"), masked)
    return RecordDraft(
        landing_id=landed.landing_id,
        position=record.position,
        source=source.name,
        source_record_id=_record_id(given, content_key, key),
        id_given=given.get("id"),
        content_key=content_key,
        channel=source.channel,
        ownership=source.ownership,
        title=given.get("title", ""),
        text=given.get("text", ""),
        masked_title=masked["title"],
        masked_text=masked["text"],
        occurred_at=occurred_at,
        occurred_at_given=given.get("occurred_at"),
        age_days=_days(occurred_at, as_of),
        rating=rating,
        rating_given=given.get("rating"),
        rating_problem=rating_problem,
        scale=scale,
        touchpoint=given.get("touchpoint"),
        unit=given.get("unit"),
        customer=given.get("customer"),
        segment=given.get("segment"),
        attributes=_attributes(given, source),
        unreadable=cell_text(record.fields.get(UNREADABLE)),
        raw=cell_text(record.fields.get(RAW)),
        damage=cell_text(record.fields.get(DAMAGE)),
    )


def _changed(given: dict[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    cleaned = {name: cell_text(value) for name, value in changes.items()}
    merged = given | cleaned
    return {name: value for name, value in merged.items() if value is not None}


def _occurred_at(text: str | None, source: Source) -> dt.datetime | None:
    if text is None:
        return None
    pattern = source.fields.occurred_at.format
    return parse_moment(text, ZoneInfo(source.time_zone), pattern)


def _days(occurred_at: dt.datetime | None, as_of: dt.datetime) -> float | None:
    if occurred_at is None:
        return None
    return (as_of - occurred_at).total_seconds() / _SECONDS_A_DAY


def _rating(
    text: str | None, scale: RatingScale | None
) -> tuple[float | None, str | None]:
    if text is None:
        return None, None
    if scale is None:
        return None, "no_scale"
    value = parse_rating(text, scale)
    if value is None:
        return None, "not_a_number"
    low, high = BOUNDS[scale]
    return value, None if low <= value <= high else "out_of_scale"


def _attributes(given: Mapping[str, str], source: Source) -> dict[str, str | None]:
    """Return every mapped attribute, also those the record does not fill."""
    attributes: dict[str, str | None] = dict.fromkeys(source.fields.attributes)
    for name, value in given.items():
        if name.startswith(ATTRIBUTE):
            attributes[name.removeprefix(ATTRIBUTE)] = value
    return attributes


def _content_key(source: str, unit: str | None, masked: Mapping[str, str]) -> str:
    # Masked words: from a hash of the clear ones a number could be guessed.
    words = comparable(f"{masked['title']}\n{masked['text']}")
    return digest(source, unit or "", words)[:32]


def _record_id(given: Mapping[str, str], content_key: str, key: bytes) -> str:
    """Return the source's own id, else one that depends on the mapped fields alone."""
    own = given.get("id")
    if own is not None:
        return own if mask(own) == own else pseudonym(own, key)
    customer = pseudonym(given["customer"], key) if "customer" in given else ""
    others = [
        f"{name}={mask(value)}"
        for name, value in sorted(given.items())
        if name not in {"title", "text", "customer"}
    ]
    return "rec_" + digest(content_key, customer, *others)[:20]


def digest(*parts: str) -> str:
    """Return the SHA-256 of the parts, each told apart from its neighbours."""
    text = "\x1f".join(parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

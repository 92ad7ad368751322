"""Decisions: the verb of each, and what is said with it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from huixiang.domain.coding.codeframe import Polarity


class ActVerb(enum.StrEnum):
    """Every decision that a person can take."""

    ITEM_ACCEPT = "item.accept"
    ITEM_START = "item.start"
    ITEM_RESOLVE = "item.resolve"
    ITEM_REJECT = "item.reject"
    ITEM_CANCEL = "item.cancel"
    ITEM_CLOSE = "item.close"
    ITEM_COMMENT = "item.comment"
    ITEM_REPORT = "item.report"  # a call about an item, kept as it came
    QUARANTINE_RELEASE = "quarantine.release"
    QUARANTINE_DISCARD = "quarantine.discard"
    REVIEW_NOTE = "review.note"
    REVIEW_WITHDRAW = "review.withdraw"
    THEME_ACCEPT = "theme.accept"
    THEME_DISMISS = "theme.dismiss"
    MODEL_PROMOTE = "model.promote"
    MESSAGE_REPLAY = "message.replay"
    ENDPOINT_RESUME = "endpoint.resume"


class Held(enum.StrEnum):
    """Where a field of a payload is kept: facts stay, the others can be erased."""

    WORDS = "words"  # a person's words, masked
    SEALED = "sealed"  # encrypted, until the act is applied


HELD = "held"


def said() -> Any:
    """Return a field for a person's words."""
    return field(default="", metadata={HELD: Held.WORDS})


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptItem:
    """A department takes an item on."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_ACCEPT
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class StartItem:
    """Work on an item has begun."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_START
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolveItem:
    """What caused the issue is fixed."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_RESOLVE
    root_cause: str = said()
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectItem:
    """An item is not theirs; `department` is whose they say it is."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_REJECT
    reason: str = said()
    department: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelItem:
    """An item is dropped."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_CANCEL
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseItem:
    """Nobody waits for an item any more."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_CLOSE
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentItem:
    """Something said about an item; it stays where it is."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_COMMENT
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportItem:
    """A call as it came, in base64: one that could not be read, or an old one."""

    verb: ClassVar[ActVerb] = ActVerb.ITEM_REPORT
    body: str = field(default="", metadata={HELD: Held.SEALED})
    note: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseRecord:
    """A quarantined record may pass, corrected by `changes`."""

    verb: ClassVar[ActVerb] = ActVerb.QUARANTINE_RELEASE
    reason: str = said()
    changes: Mapping[str, str] = field(
        default_factory=dict, metadata={HELD: Held.SEALED}
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class DiscardRecord:
    """A quarantined record is given up."""

    verb: ClassVar[ActVerb] = ActVerb.QUARANTINE_DISCARD
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeFound:
    """A theme that a reviewer finds in a feedback, without the words that say it."""

    theme: str
    polarity: Polarity
    span: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteReview:
    """What a feedback is about, as a reviewer says; `evidence` goes with `themes`."""

    verb: ClassVar[ActVerb] = ActVerb.REVIEW_NOTE
    review_id: str
    themes: tuple[ThemeFound, ...] = ()
    evidence: tuple[str, ...] = field(default=(), metadata={HELD: Held.WORDS})
    polarity: Polarity | None = None
    department: str | None = None
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawReview:
    """A review is taken back."""

    verb: ClassVar[ActVerb] = ActVerb.REVIEW_WITHDRAW


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptTheme:
    """A proposal becomes a theme of the codeframe."""

    verb: ClassVar[ActVerb] = ActVerb.THEME_ACCEPT
    theme_id: str
    name_zh: str = said()
    name_en: str = said()
    keywords: tuple[str, ...] = field(default=(), metadata={HELD: Held.WORDS})
    parent: str | None = None
    touchpoint: str | None = None
    owner: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DismissTheme:
    """A proposal is no theme."""

    verb: ClassVar[ActVerb] = ActVerb.THEME_DISMISS
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class PromoteModel:
    """A kept model is put to use."""

    verb: ClassVar[ActVerb] = ActVerb.MODEL_PROMOTE
    reason: str = said()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayMessage:
    """A dead letter is sent again."""

    verb: ClassVar[ActVerb] = ActVerb.MESSAGE_REPLAY


@dataclass(frozen=True, kw_only=True, slots=True)
class ResumeEndpoint:
    """A stopped endpoint is sent to again."""

    verb: ClassVar[ActVerb] = ActVerb.ENDPOINT_RESUME


ItemPayload = (
    AcceptItem
    | StartItem
    | ResolveItem
    | RejectItem
    | CancelItem
    | CloseItem
    | CommentItem
)
Payload = (
    ItemPayload
    | ReportItem
    | ReleaseRecord
    | DiscardRecord
    | NoteReview
    | WithdrawReview
    | AcceptTheme
    | DismissTheme
    | PromoteModel
    | ReplayMessage
    | ResumeEndpoint
)

PAYLOADS: Mapping[ActVerb, type[Payload]] = {
    kind.verb: kind
    for kind in (
        AcceptItem, StartItem, ResolveItem, RejectItem, CancelItem, CloseItem,
        CommentItem, ReportItem, ReleaseRecord, DiscardRecord, NoteReview,
        WithdrawReview, AcceptTheme, DismissTheme, PromoteModel, ReplayMessage,
        ResumeEndpoint,
    )
}  # fmt: skip
"""What is said with each verb."""

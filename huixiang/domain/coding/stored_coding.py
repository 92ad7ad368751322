"""Codings as they are kept: on their issue, with their route, or given way to a review."""

import datetime as dt
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import CoderKind, NeedTier, Polarity
from huixiang.domain.coding.coding_reason import NoIssueReason, Why
from huixiang.domain.items.route import Route


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredCoding:
    """A coding with everything the store knows of it; `route` where it was routed."""

    coding_id: str
    feedback_id: str
    theme: str
    polarity: Polarity
    need_tier: NeedTier
    evidence: str
    span_start: int
    span_end: int
    confidence: float
    coder: CoderKind
    coder_id: str
    reasons: tuple[Why, ...]
    codeframe_version: str
    touchpoint: str
    unit: str
    issue_id: str | None
    no_issue_reason: NoIssueReason | None
    coded_at: dt.datetime
    route: Route | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SupersededCoding:
    """A coding that gave way to a review, whole, and the issue it was on.

    `superseded_by` is the review's id, or "withdrawn" where one was taken back.
    """

    coding_id: str
    feedback_id: str
    issue_id: str | None
    coding: StoredCoding
    superseded_by: str
    superseded_at: dt.datetime

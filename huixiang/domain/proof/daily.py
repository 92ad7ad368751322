"""What one day holds: counts and sums that alerts, verdicts and reports are made of."""

import datetime as dt
from dataclasses import dataclass

from huixiang.domain.items.issue import IssueKey
from huixiang.domain.records.feedback import Channel


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelComplaints:
    """How many feedbacks of a channel complain of an issue."""

    issue_id: str
    day: dt.date
    channel: Channel
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelExposure:
    """How many feedbacks of a channel are about a place, whatever they say."""

    touchpoint: str
    unit: str
    day: dt.date
    channel: Channel
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelScores:
    """The ratings of a channel's feedback that mentions a theme at a place, in stars."""

    theme: str
    touchpoint: str
    unit: str
    day: dt.date
    channel: Channel
    n: int
    total: float
    total_sq: float

    @property
    def key(self) -> IssueKey:
        """What the mentions have in common."""
        return IssueKey(theme=self.theme, touchpoint=self.touchpoint, unit=self.unit)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceVolume:
    """How many feedbacks a source brought."""

    source: str
    day: dt.date
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelVolume:
    """How many feedbacks a source brought by one channel."""

    source: str
    channel: Channel
    day: dt.date
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DayComplaints:
    """How many feedbacks complain of an issue."""

    issue_id: str
    day: dt.date
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DayExposure:
    """How many feedbacks are about a place, whatever they say."""

    touchpoint: str
    unit: str
    day: dt.date
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DayScores:
    """The ratings of feedback that mentions a theme at a place, in stars."""

    theme: str
    touchpoint: str
    unit: str
    day: dt.date
    n: int
    total: float

    @property
    def key(self) -> IssueKey:
        """What the mentions have in common."""
        return IssueKey(theme=self.theme, touchpoint=self.touchpoint, unit=self.unit)


@dataclass(frozen=True, kw_only=True, slots=True)
class DaySum:
    """How many values a day has, and what they add up to."""

    day: dt.date
    n: int
    total: float

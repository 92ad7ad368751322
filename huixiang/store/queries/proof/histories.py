"""What happened day by day: counts and sums for alerts and verdicts, and changes."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    select,
)

from huixiang.domain.coding.codeframe import CoderKind
from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.proof.daily import (
    ChannelComplaints,
    ChannelExposure,
    ChannelScores,
    ChannelVolume,
)
from huixiang.domain.records.feedback import CodingState
from huixiang.store.codec import facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.coding.codeframes import Codeframes
from huixiang.store.queries.proof.mentions import mentions
from huixiang.store.queries.records.quarantined import waiting_then
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.records import (
    DuplicateRow,
    FeedbackRow,
    LandingRow,
)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedShare:
    """How many feedbacks there are, and how many of them have a rating."""

    n: int
    n_rated: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CoderChanges:
    """The first day coded by each later codeframe, and by each later model."""

    codeframe: tuple[dt.date, ...]
    model: tuple[dt.date, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackFunnel:
    """How far records came, from pulled to an issue."""

    pulled: int
    stored: int
    duplicate: int
    quarantined: int
    coded: int
    on_issues: int


class Histories:
    """Read models over feedback and codings; none looks past the day given."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def negatives_by_day(self, until: dt.date) -> Sequence[ChannelComplaints]:
        """Return how many complain of each issue, day by day and channel."""
        n = func.count(func.distinct(CodingRow.feedback_id)).label("n")
        keys = (CodingRow.issue_id, FeedbackRow.occurred_on, FeedbackRow.channel)
        return self._read(
            ChannelComplaints,
            select(
                CodingRow.issue_id,
                FeedbackRow.occurred_on.label("day"),
                FeedbackRow.channel,
                n,
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .where(
                CodingRow.issue_id.is_not(None),
                FeedbackRow.occurred_on <= until,
                *self._known(),
            )
            .group_by(*keys)
            .order_by(*keys),
        )

    def exposure_by_day(self, until: dt.date) -> Sequence[ChannelExposure]:
        """Return how much is heard of each place, day by day and channel."""
        touchpoint = func.coalesce(FeedbackRow.touchpoint, NOWHERE).label("touchpoint")
        unit = func.coalesce(FeedbackRow.unit, NOWHERE).label("unit")
        return self._read(
            ChannelExposure,
            select(
                touchpoint,
                unit,
                FeedbackRow.occurred_on.label("day"),
                FeedbackRow.channel,
                func.count().label("n"),
            )
            .where(FeedbackRow.occurred_on <= until, *self._stored())
            .group_by(touchpoint, unit, FeedbackRow.occurred_on, FeedbackRow.channel)
            .order_by(touchpoint, unit, FeedbackRow.occurred_on, FeedbackRow.channel),
        )

    def scores_by_day(self, until: dt.date) -> Sequence[ChannelScores]:
        """Return the ratings of each theme and place, day by day and channel.

        Over rated feedback that mentions the theme, whatever it feels about it.
        """
        mention = mentions(FeedbackRow.occurred_on <= until, *self._known())
        keys = (
            mention.c.theme,
            mention.c.touchpoint,
            mention.c.unit,
            mention.c.day,
            mention.c.channel,
        )
        return self._read(
            ChannelScores,
            select(
                *keys,
                func.count().label("n"),
                func.sum(mention.c.stars).label("total"),
                func.sum(mention.c.stars * mention.c.stars).label("total_sq"),
            )
            .where(mention.c.stars.is_not(None))
            .group_by(*keys)
            .order_by(*keys),
        )

    def rated_share(self, issue_id: str, until: dt.date) -> RatedShare:
        """Return how many feedbacks complain of an issue, and how many are rated."""
        n, n_rated = self._connection.execute(
            select(
                func.count(func.distinct(CodingRow.feedback_id)),
                func.count(FeedbackRow.stars),
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .where(CodingRow.issue_id == issue_id, FeedbackRow.occurred_on <= until)
        ).one()
        return RatedShare(n=n, n_rated=n_rated)

    def source_volume_by_day(self, until: dt.date) -> Sequence[ChannelVolume]:
        """Return how much each source brought, day by day and channel."""
        keys = (FeedbackRow.source, FeedbackRow.channel, FeedbackRow.occurred_on)
        return self._read(
            ChannelVolume,
            select(
                FeedbackRow.source,
                FeedbackRow.channel,
                FeedbackRow.occurred_on.label("day"),
                func.count().label("n"),
            )
            .where(FeedbackRow.occurred_on <= until, *self._stored())
            .group_by(*keys)
            .order_by(*keys),
        )

    def coder_changes(self) -> CoderChanges:
        """Return the first day coded by each later codeframe and model version.

        A codeframe that was reached over a bridge that holds changes no meaning.
        """
        bridged = {
            bridge.to_version
            for bridge in Codeframes(self._connection).bridges()
            if bridge.holds
        }
        return CoderChanges(
            # A review of an old feedback carries the codeframe of the review's day.
            codeframe=self._changes(
                case(
                    (CodingRow.coder != CoderKind.PERSON, CodingRow.codeframe_version)
                ),
                bridged,
            ),
            model=self._changes(
                case((CodingRow.coder == CoderKind.MODEL, CodingRow.coder_id))
            ),
        )

    def issue_changes(self) -> Mapping[str, tuple[dt.date, ...]]:
        """Return when a bridge that holds did not hold for the theme of one issue."""
        firsts = self._firsts(CodingRow.codeframe_version)
        changes: dict[str, tuple[dt.date, ...]] = {}
        for version, issue_id in Codeframes(self._connection).redefined_issues():
            if version in firsts:
                changes[issue_id] = (*changes.get(issue_id, ()), firsts[version])
        return changes

    def _changes(
        self, version: Any, but: Collection[str] = frozenset()
    ) -> tuple[dt.date, ...]:
        firsts = list(self._firsts(version).items())
        return tuple(first for name, first in firsts[1:] if name not in but)

    def _firsts(self, version: Any) -> dict[str, dt.date]:
        """Return the first day that each version coded, in order."""
        first = func.min(FeedbackRow.occurred_on).label("first")
        rows = self._connection.execute(
            select(version.label("version"), first)
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .where(version.is_not(None))
            .group_by(version)
            .order_by(first, version)
        )
        return {row.version: row.first for row in rows}

    def last_day(self) -> dt.date | None:
        """Return the day of the newest feedback."""
        return self._connection.execute(
            select(func.max(FeedbackRow.occurred_on))
        ).scalar_one_or_none()

    def funnel(self) -> FeedbackFunnel:
        """Return how far records came, from pulled to coded."""

        def count(statement: Select[Any]) -> int:
            return int(self._connection.execute(statement).scalar_one())

        known = self._knowledge.of
        coded = FeedbackRow.coding_state == CodingState.CODED
        return FeedbackFunnel(
            pulled=count(
                select(func.count())
                .select_from(LandingRow)
                .where(*known(LandingRow.pulled_at))
            ),
            stored=count(
                select(func.count()).select_from(FeedbackRow).where(*self._stored())
            ),
            duplicate=count(
                select(func.count())
                .select_from(DuplicateRow)
                .where(*known(DuplicateRow.stored_at))
            ),
            quarantined=count(
                select(func.count()).where(*waiting_then(self._knowledge))
            ),
            coded=count(
                select(func.count()).where(coded, *known(FeedbackRow.coded_at))
            ),
            on_issues=count(
                select(func.count(func.distinct(CodingRow.feedback_id))).where(
                    CodingRow.issue_id.is_not(None), *known(CodingRow.coded_at)
                )
            ),
        )

    def _stored(self) -> tuple[ColumnElement[bool], ...]:
        return self._knowledge.of(FeedbackRow.stored_at)

    def _known(self) -> tuple[ColumnElement[bool], ...]:
        return self._knowledge.of(FeedbackRow.stored_at, CodingRow.coded_at)

    def _read(self, kind: type[T], statement: Select[Any]) -> Sequence[T]:
        return facts_of(kind, self._connection.execute(statement))

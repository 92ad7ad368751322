"""What happened day by day: counts and sums for alerts, verdicts and reports."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select, union

from huixiang.domain.codeframe import SURE_ENOUGH, CoderKind
from huixiang.domain.feedback import CodingState
from huixiang.domain.issue import NOWHERE
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.coding.codeframes import Codeframes
from huixiang.store.queries.records.quarantined import waiting_then
from huixiang.store.tables.codeframe import ThemePartRow, ThemeSuccessionRow
from huixiang.store.tables.coding import CodingRow, IssueRow, RouteRow
from huixiang.store.tables.items import ActionItemRow
from huixiang.store.tables.records import (
    DuplicateRow,
    FeedbackRow,
    LandingRow,
)


def mentions(*wanted: ColumnElement[bool]) -> Any:
    """Return one row for each feedback and each theme that it surely mentions.

    Themes are called what they are called now; a part of a theme that was split
    mentions the whole too, so that both series go on.
    """
    by_model = CodingRow.coder == CoderKind.MODEL
    sure = or_(~by_model, CodingRow.confidence >= SURE_ENOUGH)
    now = func.coalesce(ThemeSuccessionRow.continues_as, CodingRow.theme)
    succession = (
        ThemeSuccessionRow.codeframe_version == CodingRow.codeframe_version
    ) & (ThemeSuccessionRow.theme == CodingRow.theme)

    def of(theme: Any) -> Select[Any]:
        return (
            select(
                theme.label("theme"),
                CodingRow.touchpoint,
                CodingRow.unit,
                FeedbackRow.feedback_id,
                FeedbackRow.occurred_on.label("day"),
                FeedbackRow.channel,
                FeedbackRow.stars,
            )
            .select_from(CodingRow)
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .outerjoin(ThemeSuccessionRow, succession)
            .where(sure, *wanted)
        )

    split = (ThemePartRow.part == now) & (CodingRow.coded_at >= ThemePartRow.since_at)
    wholes = of(ThemePartRow.whole).join(ThemePartRow, split)
    return union(of(now), wholes).subquery()


class Histories:
    """Read models over feedback and codings; none looks past the day given."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def negatives_by_day(self, until: dt.date) -> list[Any]:
        """Return (issue_id, day, channel, n feedbacks that complain of it)."""
        n = func.count(func.distinct(CodingRow.feedback_id)).label("n")
        keys = (CodingRow.issue_id, FeedbackRow.occurred_on, FeedbackRow.channel)
        return self._rows(
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
            .order_by(*keys)
        )

    def exposure_by_day(self, until: dt.date) -> list[Any]:
        """Return (touchpoint, unit, day, channel, n feedbacks), whatever they say."""
        touchpoint = func.coalesce(FeedbackRow.touchpoint, NOWHERE).label("touchpoint")
        unit = func.coalesce(FeedbackRow.unit, NOWHERE).label("unit")
        return self._rows(
            select(
                touchpoint,
                unit,
                FeedbackRow.occurred_on.label("day"),
                FeedbackRow.channel,
                func.count().label("n"),
            )
            .where(FeedbackRow.occurred_on <= until, *self._stored())
            .group_by(touchpoint, unit, FeedbackRow.occurred_on, FeedbackRow.channel)
            .order_by(touchpoint, unit, FeedbackRow.occurred_on, FeedbackRow.channel)
        )

    def scores_by_day(self, until: dt.date) -> list[Any]:
        """Return (theme, touchpoint, unit, day, channel, n, total, total_sq) of stars.

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
        return self._rows(
            select(
                *keys,
                func.count().label("n"),
                func.sum(mention.c.stars).label("total"),
                func.sum(mention.c.stars * mention.c.stars).label("total_sq"),
            )
            .where(mention.c.stars.is_not(None))
            .group_by(*keys)
            .order_by(*keys)
        )

    def rated_share(self, issue_id: str, until: dt.date) -> tuple[int, int]:
        """Return how many feedbacks complain of an issue, and how many are rated."""
        row = self._connection.execute(
            select(
                func.count(func.distinct(CodingRow.feedback_id)),
                func.count(FeedbackRow.stars),
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .where(CodingRow.issue_id == issue_id, FeedbackRow.occurred_on <= until)
        ).one()
        return row[0], row[1]

    def source_volume_by_day(self, until: dt.date) -> list[Any]:
        """Return (source, channel, day, n feedbacks)."""
        keys = (FeedbackRow.source, FeedbackRow.channel, FeedbackRow.occurred_on)
        return self._rows(
            select(
                FeedbackRow.source,
                FeedbackRow.channel,
                FeedbackRow.occurred_on.label("day"),
                func.count().label("n"),
            )
            .where(FeedbackRow.occurred_on <= until, *self._stored())
            .group_by(*keys)
            .order_by(*keys)
        )

    def severe_codings(self, since: dt.datetime, until: dt.datetime) -> list[Any]:
        """Return routed negative codings without a recovery item, for criticals."""
        taken = select(ActionItemRow.feedback_id).where(
            ActionItemRow.feedback_id.is_not(None)
        )
        return self._rows(
            select(
                CodingRow.coding_id,
                CodingRow.issue_id,
                CodingRow.theme,
                CodingRow.touchpoint,
                CodingRow.unit,
                CodingRow.need_tier,
                CodingRow.polarity,
                FeedbackRow.feedback_id,
                FeedbackRow.occurred_at,
                FeedbackRow.channel,
                FeedbackRow.segment,
                FeedbackRow.stars,
                FeedbackRow.title,
                FeedbackRow.verbatim,
                FeedbackRow.attributes,
                RouteRow.department,
                RouteRow.severity,
                RouteRow.sla_hours,
                RouteRow.playbook,
                RouteRow.rule,
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .join(RouteRow, RouteRow.coding_id == CodingRow.coding_id)
            .where(
                FeedbackRow.occurred_at > since,
                FeedbackRow.occurred_at <= until,
                FeedbackRow.feedback_id.not_in(taken),
            )
            .order_by(FeedbackRow.occurred_at, CodingRow.coding_id)
        )

    def coder_changes(self) -> Mapping[str, list[dt.date]]:
        """Return the first day coded by each later codeframe and model version.

        A codeframe that was reached over a bridge that holds changes no meaning.
        """
        bridged = {
            row["to_version"]
            for row in Codeframes(self._connection).bridges()
            if row["holds"]
        }
        return {
            # A review of an old feedback carries the codeframe of the review's day.
            "codeframe": self._changes(
                case(
                    (CodingRow.coder != CoderKind.PERSON, CodingRow.codeframe_version)
                ),
                bridged,
            ),
            "model": self._changes(
                case((CodingRow.coder == CoderKind.MODEL, CodingRow.coder_id))
            ),
        }

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
    ) -> list[dt.date]:
        firsts = list(self._firsts(version).items())
        return [first for name, first in firsts[1:] if name not in but]

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

    def routed_cases(self, since: dt.date) -> list[Any]:
        """Return negative codings with their routes, to try other rules on them."""
        return self._rows(
            select(
                CodingRow.coding_id,
                CodingRow.theme,
                CodingRow.polarity,
                CodingRow.need_tier,
                CodingRow.touchpoint,
                CodingRow.unit,
                FeedbackRow.channel,
                FeedbackRow.segment,
                FeedbackRow.stars,
                FeedbackRow.title,
                FeedbackRow.verbatim,
                FeedbackRow.attributes,
                RouteRow.department,
                IssueRow.department.label("owner"),
                IssueRow.department_by,
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .join(RouteRow, RouteRow.coding_id == CodingRow.coding_id)
            .join(IssueRow, IssueRow.issue_id == CodingRow.issue_id)
            .where(FeedbackRow.occurred_on >= since)
            .order_by(CodingRow.coding_id)
        )

    def last_day(self) -> dt.date | None:
        """Return the day of the newest feedback."""
        return self._connection.execute(
            select(func.max(FeedbackRow.occurred_on))
        ).scalar_one_or_none()

    def funnel(self) -> Mapping[str, int]:
        """Return how far records came, from pulled to coded."""

        def count(statement: Select[Any]) -> int:
            return int(self._connection.execute(statement).scalar_one())

        known = self._knowledge.of
        coded = FeedbackRow.coding_state == CodingState.CODED
        return {
            "pulled": count(
                select(func.count())
                .select_from(LandingRow)
                .where(*known(LandingRow.pulled_at))
            ),
            "stored": count(
                select(func.count()).select_from(FeedbackRow).where(*self._stored())
            ),
            "duplicate": count(
                select(func.count())
                .select_from(DuplicateRow)
                .where(*known(DuplicateRow.stored_at))
            ),
            "quarantined": count(
                select(func.count()).where(*waiting_then(self._knowledge))
            ),
            "coded": count(
                select(func.count()).where(coded, *known(FeedbackRow.coded_at))
            ),
            "on_issues": count(
                select(func.count(func.distinct(CodingRow.feedback_id))).where(
                    CodingRow.issue_id.is_not(None), *known(CodingRow.coded_at)
                )
            ),
        }

    def _stored(self) -> tuple[ColumnElement[bool], ...]:
        return self._knowledge.of(FeedbackRow.stored_at)

    def _known(self) -> tuple[ColumnElement[bool], ...]:
        return self._knowledge.of(FeedbackRow.stored_at, CodingRow.coded_at)

    def _rows(self, statement: Select[Any]) -> list[Any]:
        return list(self._connection.execute(statement))

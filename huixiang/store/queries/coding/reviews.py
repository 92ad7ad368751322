"""Reviews, the codings they took the place of, and what waits for a look."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Text,
    and_,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)

from huixiang.domain.coding.codeframe import SURE_ENOUGH, CoderKind, Polarity
from huixiang.domain.coding.coding_reason import DISSENT, SILENCE
from huixiang.domain.coding.review import (
    Candidate,
    Mention,
    Review,
    ShownCoding,
    StoredReview,
)
from huixiang.domain.coding.stored_coding import StoredCoding, SupersededCoding
from huixiang.domain.items.action import LIVE
from huixiang.domain.records.feedback import CodingState, NotCodable
from huixiang.store.bulk import insert_new, upsert
from huixiang.store.codec import decode, encode
from huixiang.store.queries.coding.coding_rows import (
    REASONS,
    stored_coding,
    stored_route,
)
from huixiang.store.tables.coding import CodingRow, RouteRow
from huixiang.store.tables.items import ActionItemRow
from huixiang.store.tables.records import FeedbackRow
from huixiang.store.tables.review import ReviewRow, SupersededRow

MENTIONS = tuple[Mention, ...]
_PLEASED, _DISPLEASED = 4, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewCounts:
    """How many reviews stand, on how many feedbacks, by how many people."""

    n_reviews: int
    n_feedback: int
    n_reviewers: int


class Reviews:
    """Queries about what people say of codings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reviews: Sequence[Review]) -> None:
        """Note reviews; they wait to be applied."""
        insert_new(self._connection, ReviewRow, [_review_row(each) for each in reviews])

    def withdraw(self, review_id: str, at: dt.datetime) -> None:
        """Take a review back; its feedback waits to be set right."""
        self._connection.execute(
            update(ReviewRow)
            .where(ReviewRow.review_id == review_id, ReviewRow.withdrawn_at.is_(None))
            .values(withdrawn_at=at, applied_at=None)
        )

    def get(self, review_id: str) -> StoredReview | None:
        """Return a review, and whether the codings follow it."""
        rows = self._connection.execute(
            select(ReviewRow.__table__).where(ReviewRow.review_id == review_id)
        )
        return next((_stored_review(row) for row in rows.mappings()), None)

    def live(self, feedback_ids: Sequence[str] | None = None) -> list[Review]:
        """Return the reviews that stand, oldest first."""
        statement = (
            select(ReviewRow.__table__)
            .where(ReviewRow.withdrawn_at.is_(None))
            .order_by(ReviewRow.reviewed_at, ReviewRow.review_id)
        )
        if feedback_ids is not None:
            statement = statement.where(ReviewRow.feedback_id.in_(feedback_ids))
        return [_review(row) for row in self._connection.execute(statement).mappings()]

    def waiting(self, limit: int) -> list[str]:
        """Return feedback whose codings do not follow its reviews yet."""
        rows = self._connection.execute(
            select(ReviewRow.feedback_id)
            .where(ReviewRow.applied_at.is_(None))
            .group_by(ReviewRow.feedback_id)
            .order_by(func.min(ReviewRow.reviewed_at), ReviewRow.feedback_id)
            .limit(limit)
        )
        return list(rows.scalars())

    def applied(self, feedback_ids: Sequence[str], at: dt.datetime) -> None:
        """Note that the codings of feedback follow its reviews."""
        self._connection.execute(
            update(ReviewRow)
            .where(
                ReviewRow.feedback_id.in_(feedback_ids), ReviewRow.applied_at.is_(None)
            )
            .values(applied_at=at)
        )

    def counts(self) -> ReviewCounts:
        """Return how many reviews stand, by how many people, on how many feedbacks."""
        row = self._connection.execute(
            select(
                func.count(),
                func.count(func.distinct(ReviewRow.feedback_id)),
                func.count(func.distinct(ReviewRow.reviewer)),
            ).where(ReviewRow.withdrawn_at.is_(None))
        ).one()
        return ReviewCounts(n_reviews=row[0], n_feedback=row[1], n_reviewers=row[2])

    # -- codings that give way ---------------------------------------------------

    def supersede(self, coding_ids: Sequence[str], *, by: str, at: dt.datetime) -> None:
        """Move codings with their routes to where superseded ones are kept."""
        rows = self._connection.execute(
            select(CodingRow.__table__).where(CodingRow.coding_id.in_(coding_ids))
        ).mappings()
        routes = self._routes(coding_ids)
        kept = [
            {
                "coding_id": row["coding_id"],
                "feedback_id": row["feedback_id"],
                "issue_id": row["issue_id"],
                "coding": encode(stored_coding(row)),
                "route": routes.get(row["coding_id"]),
                "superseded_by": by,
                "superseded_at": at,
            }
            for row in rows
        ]
        changed = ("issue_id", "coding", "route", "superseded_by", "superseded_at")
        upsert(self._connection, SupersededRow, kept, changed)
        for table in (RouteRow, CodingRow):
            self._connection.execute(
                delete(table).where(table.coding_id.in_(coding_ids))
            )

    def _routes(self, coding_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        rows = self._connection.execute(
            select(RouteRow.__table__).where(RouteRow.coding_id.in_(coding_ids))
        )
        return {row["coding_id"]: _plain(row) for row in rows.mappings()}

    def restore(self, feedback_id: str) -> None:
        """Bring back the machine's codings of a feedback; negative ones route anew."""
        rows = [
            each.coding
            for each in self.superseded_of(feedback_id)
            if each.coding.coder is not CoderKind.PERSON
        ]
        revived = [_coding_row(each) for each in rows]
        insert_new(self._connection, CodingRow, revived)
        self.brought_back([each.coding_id for each in rows])

    def brought_back(self, coding_ids: Sequence[str]) -> None:
        """Forget that codings were superseded: they count again."""
        self._connection.execute(
            delete(SupersededRow).where(SupersededRow.coding_id.in_(coding_ids))
        )

    def settle(self, feedback_id: str, not_codable: NotCodable | None) -> None:
        """Say whether a feedback counts as coded after its review."""
        state = CodingState.NOT_CODABLE if not_codable else CodingState.CODED
        self._connection.execute(
            update(FeedbackRow)
            .where(FeedbackRow.feedback_id == feedback_id)
            .values(coding_state=state, not_codable=not_codable)
        )

    def superseded(self, coding_id: str) -> SupersededCoding | None:
        """Return a superseded coding."""
        found = self._superseded(SupersededRow.coding_id == coding_id)
        return found[0] if found else None

    def superseded_of(self, feedback_id: str) -> Sequence[SupersededCoding]:
        """Return the superseded codings of a feedback, latest first."""
        return self._superseded(SupersededRow.feedback_id == feedback_id)

    def taken_off(self, issue_id: str) -> Sequence[SupersededCoding]:
        """Return the codings that reviews took off an issue, latest first."""
        return self._superseded(SupersededRow.issue_id == issue_id)

    def _superseded(self, condition: ColumnElement[bool]) -> list[SupersededCoding]:
        rows = self._connection.execute(
            select(SupersededRow.__table__)
            .where(condition)
            .order_by(SupersededRow.superseded_at.desc(), SupersededRow.coding_id)
        )
        return [_superseded(row) for row in rows.mappings()]

    # -- the queue -----------------------------------------------------------------

    def doubtful(self, limit: int) -> list[str]:
        """Return the newest feedback that gives a reason to look and had none yet."""
        coded = (
            select(CodingRow.feedback_id)
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .where(CodingRow.coder != CoderKind.PERSON, _is_doubtful())
        )
        silent = FeedbackRow.not_codable == NotCodable.NO_THEME
        reviewed = select(ReviewRow.feedback_id).where(ReviewRow.withdrawn_at.is_(None))
        rows = self._connection.execute(
            select(FeedbackRow.feedback_id)
            .where(
                or_(FeedbackRow.feedback_id.in_(coded), silent),
                FeedbackRow.feedback_id.not_in(reviewed),
            )
            .order_by(FeedbackRow.occurred_at.desc(), FeedbackRow.feedback_id)
            .limit(limit)
        )
        return list(rows.scalars())

    def candidates(self, feedback_ids: Sequence[str]) -> list[Candidate]:
        """Return feedback with what machines made of it, and its reviews."""
        codings = self._machine_codings(feedback_ids)
        reviews: dict[str, list[Review]] = defaultdict(list)
        for each in self.live(feedback_ids):
            reviews[each.feedback_id].append(each)
        rows = self._connection.execute(
            select(FeedbackRow.__table__).where(
                FeedbackRow.feedback_id.in_(feedback_ids)
            )
        )
        return [
            Candidate(
                feedback_id=row["feedback_id"],
                occurred_at=row["occurred_at"],
                words=f"{row['title']}\n{row['verbatim']}"
                if row["title"]
                else row["verbatim"],
                codings=tuple(codings.get(row["feedback_id"], ())),
                stars=row["stars"],
                touchpoint=row["touchpoint"],
                unit=row["unit"],
                not_codable=row["not_codable"],
                suggested_department=row["suggested_department"],
                reviews=tuple(reviews.get(row["feedback_id"], ())),
            )
            for row in rows.mappings()
        ]

    def _machine_codings(
        self, feedback_ids: Sequence[str]
    ) -> dict[str, list[ShownCoding]]:
        """Return what no person said, also where a person's word stands by now."""
        current = self._connection.execute(
            select(CodingRow.__table__).where(
                CodingRow.feedback_id.in_(feedback_ids),
                CodingRow.coder != CoderKind.PERSON,
            )
        ).mappings()
        before = self._superseded(SupersededRow.feedback_id.in_(feedback_ids))
        codings = [stored_coding(row) for row in current]
        codings += [
            each.coding for each in before if each.coding.coder is not CoderKind.PERSON
        ]
        volumes, busy = self._volumes(), self._issues_at_work()
        shown: dict[str, list[ShownCoding]] = defaultdict(list)
        for each in sorted(codings, key=lambda each: (each.span_start, each.coding_id)):
            place = (each.theme, each.touchpoint, each.unit)
            shown[each.feedback_id].append(
                _shown(each, volumes.get(place, 0), each.issue_id in busy)
            )
        return shown

    def _volumes(self) -> dict[tuple[str, str, str], int]:
        keys = (CodingRow.theme, CodingRow.touchpoint, CodingRow.unit)
        rows = self._connection.execute(
            select(*keys, func.count())
            .where(CodingRow.polarity == Polarity.NEGATIVE)
            .group_by(*keys)
        )
        return {(row[0], row[1], row[2]): row[3] for row in rows}

    def _issues_at_work(self) -> set[str]:
        rows = self._connection.execute(
            select(ActionItemRow.issue_id).where(ActionItemRow.status.in_(LIVE))
        )
        return set(rows.scalars())


def _is_doubtful() -> ColumnElement[bool]:
    """Say which codings give a reason to look; `understanding.review` scores them.

    Somebody's words that look like a code do not count: in JSON their quotation marks
    are escaped.
    """
    reasons = cast(CodingRow.reasons, Text)
    negative = CodingRow.polarity == Polarity.NEGATIVE
    positive = CodingRow.polarity == Polarity.POSITIVE
    return or_(
        CodingRow.no_issue_reason.is_not(None),
        CodingRow.confidence < SURE_ENOUGH,
        *(reasons.contains(f'"code": "{code}"') for code in sorted(DISSENT | SILENCE)),
        and_(negative, FeedbackRow.stars >= _PLEASED),
        and_(positive, FeedbackRow.stars <= _DISPLEASED),
    )


def _shown(coding: StoredCoding, n_on_issue: int, has_open_item: bool) -> ShownCoding:
    return ShownCoding(
        coding_id=coding.coding_id,
        theme=coding.theme,
        polarity=coding.polarity,
        evidence=coding.evidence,
        span=(coding.span_start, coding.span_end),
        confidence=coding.confidence,
        coder=coding.coder,
        coder_id=coding.coder_id,
        reasons=coding.reasons,
        no_issue_reason=coding.no_issue_reason,
        n_on_issue=n_on_issue,
        has_open_item=has_open_item,
    )


def _superseded(row: RowMapping) -> SupersededCoding:
    coding = decode(StoredCoding, row["coding"])
    if row["route"]:
        coding = dataclasses.replace(coding, route=stored_route(row["route"]))
    return SupersededCoding(
        coding_id=row["coding_id"],
        feedback_id=row["feedback_id"],
        issue_id=row["issue_id"],
        coding=coding,
        superseded_by=row["superseded_by"],
        superseded_at=row["superseded_at"],
    )


def _coding_row(coding: StoredCoding) -> dict[str, Any]:
    """Return the row of a machine's coding that counts again, on no issue yet."""
    row = {
        field.name: getattr(coding, field.name)
        for field in dataclasses.fields(coding)
        if field.name != "route"
    }
    return {**row, "reasons": encode(coding.reasons, REASONS), "issue_id": None}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row as JSON can keep it."""
    return {
        str(key): value.isoformat() if isinstance(value, dt.datetime) else value
        for key, value in row.items()
    }


def _review_row(review: Review) -> dict[str, Any]:
    return {
        "review_id": review.review_id,
        "feedback_id": review.feedback_id,
        "reviewer": review.reviewer,
        "reviewed_at": review.reviewed_at,
        "mentions": encode(review.mentions, MENTIONS),
        "polarity": review.polarity,
        "department": review.department,
        "seen": list(review.seen),
    }


def _stored_review(row: RowMapping) -> StoredReview:
    return StoredReview(
        review=_review(row),
        applied_at=row["applied_at"],
        withdrawn_at=row["withdrawn_at"],
    )


def _review(row: RowMapping) -> Review:
    return Review(
        review_id=row["review_id"],
        feedback_id=row["feedback_id"],
        reviewer=row["reviewer"],
        reviewed_at=row["reviewed_at"],
        mentions=decode(MENTIONS, row["mentions"]),
        polarity=row["polarity"],
        department=row["department"],
        seen=tuple(row["seen"]),
    )

"""Codings, the routes of negative ones, and the issues they gather on."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    func,
    select,
    update,
)

from huixiang.domain.coding.codeframe import Coding
from huixiang.domain.coding.coding_reason import NoIssueReason, Why
from huixiang.domain.coding.stored_coding import StoredCoding
from huixiang.domain.items.issue import GivenBy, Issue, IssueKey
from huixiang.domain.items.route import Route
from huixiang.domain.records.feedback import Channel, CodingState, NotCodable
from huixiang.store.bulk import insert_for, insert_new
from huixiang.store.codec import encode, facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.coding.cases import Unrouted
from huixiang.store.queries.coding.coding_rows import (
    REASONS,
    MatchedParts,
    reasons_of,
    stored_coding,
    stored_route,
)
from huixiang.store.tables.coding import CodingRow, IssueRow, RouteRow
from huixiang.store.tables.records import FeedbackRow


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCoding:
    """A coding and the issue it would be on; a reason says why it goes on none."""

    coding_id: str
    feedback_id: str
    coding: Coding
    key: IssueKey
    no_issue_reason: NoIssueReason | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Routed:
    """A negative coding with its route."""

    coding: Unrouted
    route: Route


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackReading:
    """What is known of a whole feedback after it was coded."""

    feedback_id: str
    not_codable: NotCodable | None
    polarity: str | None
    polarity_confidence: float | None
    suggested_department: str | None
    department_confidence: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueVoice:
    """A negative coding on an issue, and the masked words it was found in."""

    feedback_id: str
    evidence: str
    reasons: tuple[Why, ...]
    title: str
    verbatim: str
    occurred_at: dt.datetime
    channel: Channel
    stars: float | None


class Codings:
    """Queries about what was understood and whose it is."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def add(
        self,
        codings: Sequence[NewCoding],
        *,
        codeframe_version: str,
        coded_at: dt.datetime,
    ) -> None:
        """Store codings; negative ones then wait for a route."""
        insert_new(
            self._connection,
            CodingRow,
            [_coding_row(each, codeframe_version, coded_at) for each in codings],
        )

    def place(self, routed: Sequence[Routed], *, rulebook_hash: str) -> None:
        """Put codings on their issues, with the route that names the department."""
        if not routed:
            return
        ids = self._ids_of({each.coding.key for each in routed})
        self._touch_issues(routed, ids)
        insert_new(
            self._connection,
            RouteRow,
            [
                {**_route_row(each, rulebook_hash), "stored_at": self._knowledge.now}
                for each in routed
            ],
        )
        self._connection.execute(
            update(CodingRow)
            .where(CodingRow.coding_id == bindparam("key"))
            .values(issue_id=bindparam("issue")),
            [
                {"key": each.coding.coding_id, "issue": ids[each.coding.key]}
                for each in routed
            ],
        )

    def issue_ids(self) -> dict[IssueKey, str]:
        """Return the id of every issue; a renamed one keeps the id it had."""
        rows = self._connection.execute(
            select(
                IssueRow.issue_id, IssueRow.theme, IssueRow.touchpoint, IssueRow.unit
            )
        )
        return {
            IssueKey(theme=r.theme, touchpoint=r.touchpoint, unit=r.unit): r.issue_id
            for r in rows
        }

    def _ids_of(self, keys: Collection[IssueKey]) -> dict[IssueKey, str]:
        """Return the id each key has, or will have where another issue took its own."""
        known = self.issue_ids()
        taken = set(known.values())
        return {key: known.get(key) or _free_id(key, taken) for key in keys}

    def _touch_issues(
        self, routed: Sequence[Routed], ids: Mapping[IssueKey, str]
    ) -> None:
        """Create or move on issues; the newest feedback's route names the owner."""
        statement = insert_for(self._connection, IssueRow)
        new, old = statement.excluded, IssueRow
        newer = new.last_at >= old.last_at
        by_rule = old.department_by == GivenBy.RULE
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["issue_id"],
                set_={
                    "department": case(
                        (newer & by_rule, new.department), else_=old.department
                    ),
                    "severity": case((newer, new.severity), else_=old.severity),
                    "sla_hours": case((newer, new.sla_hours), else_=old.sla_hours),
                    "playbook": case((newer, new.playbook), else_=old.playbook),
                    "first_at": case(
                        (new.first_at < old.first_at, new.first_at), else_=old.first_at
                    ),
                    "last_at": case((newer, new.last_at), else_=old.last_at),
                },
            ),
            [_issue_row(each, ids) for each in _newest_last(routed)],
        )

    def finish(self, readings: Sequence[FeedbackReading]) -> None:
        """Mark feedback as coded or not codable, with what is known of the whole."""
        if not readings:
            return
        self._connection.execute(
            update(FeedbackRow)
            .where(FeedbackRow.feedback_id == bindparam("key"))
            .values(
                coding_state=bindparam("state"),
                not_codable=bindparam("why_not"),
                polarity=bindparam("whole_polarity"),
                polarity_confidence=bindparam("whole_confidence"),
                suggested_department=bindparam("suggestion"),
                department_confidence=bindparam("suggestion_confidence"),
                coded_at=func.coalesce(FeedbackRow.coded_at, self._knowledge.now),
            ),
            [_reading_values(each) for each in readings],
        )

    def issues(self) -> Mapping[str, Issue]:
        """Return every issue by its id, in the order of ids."""
        issues = self._issues(*self._known_issues())
        return {each.issue_id: each for each in issues}

    def _known_issues(self) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions of an issue that something was known of."""
        known = self._knowledge.of(CodingRow.coded_at)
        if not known:
            return ()
        return (IssueRow.issue_id.in_(select(CodingRow.issue_id).where(*known)),)

    def issue(self, issue_id: str) -> Issue | None:
        """Return one issue."""
        return next(iter(self._issues(IssueRow.issue_id == issue_id)), None)

    def _issues(self, *conditions: ColumnElement[bool]) -> Sequence[Issue]:
        rows = self._connection.execute(
            select(IssueRow.__table__).where(*conditions).order_by(IssueRow.issue_id)
        )
        return facts_of(Issue, rows)

    def give_issue(self, issue_id: str, department: str, *, by: str) -> None:
        """Give an issue to another department on a person's word."""
        self._connection.execute(
            update(IssueRow)
            .where(IssueRow.issue_id == issue_id)
            .values(
                department=department,
                department_by=GivenBy.PERSON,
                department_person=by,
            )
        )

    def voices_of(
        self,
        issue_id: str,
        until: dt.datetime,
        limit: int,
        *,
        feedback_id: str | None = None,
    ) -> Sequence[IssueVoice]:
        """Return the newest negative codings of an issue, or of one feedback on it."""
        of_one = [CodingRow.feedback_id == feedback_id] if feedback_id else []
        rows = self._connection.execute(
            select(
                CodingRow.feedback_id,
                CodingRow.evidence,
                CodingRow.reasons,
                FeedbackRow.title,
                FeedbackRow.verbatim,
                FeedbackRow.occurred_at,
                FeedbackRow.channel,
                FeedbackRow.stars,
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .where(
                CodingRow.issue_id == issue_id,
                FeedbackRow.occurred_at <= until,
                *of_one,
                *self._knowledge.of(CodingRow.coded_at),
            )
            .order_by(FeedbackRow.occurred_at.desc(), CodingRow.coding_id)
            .limit(limit)
        )
        return [
            IssueVoice(**{**row, "reasons": reasons_of(row["reasons"])})
            for row in rows.mappings()
        ]

    def get(self, coding_id: str) -> StoredCoding | None:
        """Return one coding with its route."""
        return next(iter(self._stored(CodingRow.coding_id == coding_id)), None)

    def of_feedback(self, feedback_id: str) -> Sequence[StoredCoding]:
        """Return a feedback's codings with their routes, in the order of its words."""
        return self._stored(CodingRow.feedback_id == feedback_id)

    def _stored(self, *conditions: ColumnElement[bool]) -> Sequence[StoredCoding]:
        rows = self._connection.execute(
            select(CodingRow.__table__)
            .where(*conditions)
            .order_by(CodingRow.span_start, CodingRow.coding_id)
        ).mappings()
        codings = [stored_coding(row) for row in rows]
        routes = self._routes([each.coding_id for each in codings])
        return [
            dataclasses.replace(each, route=routes.get(each.coding_id))
            for each in codings
        ]

    def _routes(self, coding_ids: Sequence[str]) -> Mapping[str, Route]:
        rows = self._connection.execute(
            select(RouteRow.__table__).where(RouteRow.coding_id.in_(coding_ids))
        )
        return {row["coding_id"]: stored_route(row) for row in rows.mappings()}

    def counts_by_coder(self) -> dict[str, int]:
        """Return how many codings each kind of coder made."""
        rows = self._connection.execute(
            select(CodingRow.coder, func.count())
            .where(*self._knowledge.of(CodingRow.coded_at))
            .group_by(CodingRow.coder)
        )
        return {row[0].value: row[1] for row in rows}


def _newest_last(routed: Sequence[Routed]) -> list[Routed]:
    return sorted(
        routed, key=lambda each: (each.coding.occurred_at, each.coding.coding_id)
    )


def _free_id(key: IssueKey, taken: Collection[str]) -> str:
    """Return the key's own id; another where a renamed issue has kept that one."""
    if key.issue_id not in taken:
        return key.issue_id
    return dataclasses.replace(key, theme=f"{key.theme} (again)").issue_id


def _issue_row(routed: Routed, ids: Mapping[IssueKey, str]) -> dict[str, Any]:
    key, route = routed.coding.key, routed.route
    return {
        "issue_id": ids[key],
        "theme": key.theme,
        "touchpoint": key.touchpoint,
        "unit": key.unit,
        "department": route.department,
        "department_by": GivenBy.RULE,
        "department_person": None,
        "severity": route.severity,
        "sla_hours": route.sla_hours,
        "playbook": route.playbook,
        "first_at": routed.coding.occurred_at,
        "last_at": routed.coding.occurred_at,
    }


def _coding_row(
    new: NewCoding, codeframe_version: str, coded_at: dt.datetime
) -> dict[str, Any]:
    coding = new.coding
    return {
        "coding_id": new.coding_id,
        "feedback_id": new.feedback_id,
        "theme": coding.theme,
        "polarity": coding.polarity,
        "need_tier": coding.need_tier,
        "evidence": coding.evidence,
        "span_start": coding.span[0],
        "span_end": coding.span[1],
        "confidence": coding.confidence,
        "coder": coding.coder,
        "coder_id": coding.coder_id,
        "reasons": encode(coding.reasons, REASONS),
        "codeframe_version": codeframe_version,
        "touchpoint": new.key.touchpoint,
        "unit": new.key.unit,
        "issue_id": None,
        "no_issue_reason": new.no_issue_reason,
        "coded_at": coded_at,
    }


def _route_row(routed: Routed, rulebook_hash: str) -> dict[str, Any]:
    route = routed.route
    return {
        "coding_id": routed.coding.coding_id,
        "department": route.department,
        "severity": route.severity,
        "sla_hours": route.sla_hours,
        "playbook": route.playbook,
        "rule": route.rule,
        "rules_version": route.rules_version,
        "rulebook_hash": rulebook_hash,
        "matched": encode(route.matched, MatchedParts),
        "losing": list(route.losing),
    }


def _reading_values(reading: FeedbackReading) -> dict[str, Any]:
    state = CodingState.NOT_CODABLE if reading.not_codable else CodingState.CODED
    return {
        "key": reading.feedback_id,
        "state": state,
        "why_not": reading.not_codable,
        "whole_polarity": reading.polarity,
        "whole_confidence": reading.polarity_confidence,
        "suggestion": reading.suggested_department,
        "suggestion_confidence": reading.department_confidence,
    }

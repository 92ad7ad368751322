"""Codings, the routes of negative ones, and the issues they gather on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, update

from huixiang.domain.codeframe import Coding
from huixiang.domain.feedback import Feedback
from huixiang.domain.issue import IssueKey
from huixiang.domain.route import Route
from huixiang.store.bulk import insert_for, insert_new
from huixiang.store.tables import (
    CodingRow,
    CodingState,
    FeedbackRow,
    IssueRow,
    RouteRow,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A coding with where it belongs: an issue and its route, or why none."""

    coding_id: str
    feedback: Feedback
    coding: Coding
    key: IssueKey
    route: Route | None
    no_issue_reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackReading:
    """What is known of a whole feedback after it was coded."""

    feedback_id: str
    not_codable: str | None
    polarity: str | None
    polarity_confidence: float | None
    suggested_department: str | None
    department_confidence: float | None


class Codings:
    """Queries about what was understood and whose it is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        placed: Sequence[Placed],
        *,
        codeframe_version: str,
        rulebook_hash: str,
        coded_at: dt.datetime,
    ) -> None:
        """Store codings with their routes, and bring their issues up to date."""
        self._touch_issues([each for each in placed if each.route is not None])
        insert_new(
            self._connection,
            CodingRow,
            [_coding_row(each, codeframe_version, coded_at) for each in placed],
        )
        insert_new(
            self._connection,
            RouteRow,
            [
                _route_row(each.coding_id, each.route, rulebook_hash)
                for each in placed
                if each.route is not None
            ],
        )

    def _touch_issues(self, placed: Sequence[Placed]) -> None:
        """Create or move on issues; the newest feedback's route names the owner."""
        if not placed:
            return
        statement = insert_for(self._connection, IssueRow)
        new, old = statement.excluded, IssueRow
        newer = new.last_at >= old.last_at
        by_rule = old.department_by == "rule"
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
            [_issue_row(each) for each in _newest_last(placed)],
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
            ),
            [_reading_values(each) for each in readings],
        )

    def issues(self) -> list[Mapping[str, Any]]:
        """Return every issue."""
        rows = self._connection.execute(
            select(IssueRow.__table__).order_by(IssueRow.issue_id)
        )
        return [dict(row) for row in rows.mappings()]

    def issue(self, issue_id: str) -> Mapping[str, Any] | None:
        """Return one issue."""
        row = self._connection.execute(
            select(IssueRow.__table__).where(IssueRow.issue_id == issue_id)
        ).one_or_none()
        return None if row is None else dict(row._mapping)  # noqa: SLF001 - public API

    def give_issue(self, issue_id: str, department: str, by: str) -> None:
        """Give an issue to another department on a person's word."""
        self._connection.execute(
            update(IssueRow)
            .where(IssueRow.issue_id == issue_id)
            .values(department=department, department_by=by)
        )

    def evidence(
        self, issue_id: str, until: dt.datetime, limit: int
    ) -> list[Mapping[str, Any]]:
        """Return the newest negative codings of an issue with their feedback."""
        rows = self._connection.execute(
            select(
                CodingRow.feedback_id,
                CodingRow.evidence,
                FeedbackRow.title,
                FeedbackRow.verbatim,
                FeedbackRow.occurred_at,
                FeedbackRow.channel,
                FeedbackRow.stars,
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .where(CodingRow.issue_id == issue_id, FeedbackRow.occurred_at <= until)
            .order_by(FeedbackRow.occurred_at.desc(), CodingRow.coding_id)
            .limit(limit)
        )
        return [dict(row) for row in rows.mappings()]

    def counts_by_coder(self) -> dict[str, int]:
        """Return how many codings each kind of coder made."""
        rows = self._connection.execute(
            select(CodingRow.coder, func.count()).group_by(CodingRow.coder)
        )
        return {row[0].value: row[1] for row in rows}


def _newest_last(placed: Sequence[Placed]) -> list[Placed]:
    return sorted(placed, key=lambda each: (each.feedback.occurred_at, each.coding_id))


def _issue_row(placed: Placed) -> dict[str, Any]:
    route = placed.route
    if route is None:
        raise ValueError(f"coding {placed.coding_id} has no route")
    return {
        "issue_id": placed.key.issue_id,
        "theme": placed.key.theme,
        "touchpoint": placed.key.touchpoint,
        "unit": placed.key.unit,
        "department": route.department,
        "department_by": "rule",
        "severity": route.severity,
        "sla_hours": route.sla_hours,
        "playbook": route.playbook,
        "first_at": placed.feedback.occurred_at,
        "last_at": placed.feedback.occurred_at,
    }


def _coding_row(
    placed: Placed, codeframe_version: str, coded_at: dt.datetime
) -> dict[str, Any]:
    coding = placed.coding
    return {
        "coding_id": placed.coding_id,
        "feedback_id": placed.feedback.feedback_id,
        "theme": coding.theme,
        "polarity": coding.polarity,
        "need_tier": coding.need_tier,
        "evidence": coding.evidence,
        "span_start": coding.span[0],
        "span_end": coding.span[1],
        "confidence": coding.confidence,
        "coder": coding.coder,
        "coder_id": coding.coder_id,
        "reasons": list(coding.reasons),
        "codeframe_version": codeframe_version,
        "touchpoint": placed.key.touchpoint,
        "unit": placed.key.unit,
        "issue_id": placed.key.issue_id if placed.route else None,
        "no_issue_reason": placed.no_issue_reason,
        "coded_at": coded_at,
    }


def _route_row(coding_id: str, route: Route, rulebook_hash: str) -> dict[str, Any]:
    return {
        "coding_id": coding_id,
        "department": route.department,
        "severity": route.severity,
        "sla_hours": route.sla_hours,
        "playbook": route.playbook,
        "rule": route.rule,
        "rules_version": route.rules_version,
        "rulebook_hash": rulebook_hash,
        "matched": list(route.matched),
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

"""The codeframe's history: versions, bridges, and what both ends say of an overlap."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, inspect, select, update

from huixiang.domain.coding.bridge import (
    CrossedBridge,
    IssueSuccession,
    MoveAgreement,
    ThemePart,
)
from huixiang.domain.coding.codeframe import Codeframe, CoderKind, Polarity
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.issue import Issue
from huixiang.domain.records.feedback import CodingState
from huixiang.store.bulk import insert_new, upsert
from huixiang.store.codec import decode, encode, facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.codeframe import (
    CodeframeBridgeRow,
    CodeframeVersionRow,
    IssueSuccessionRow,
    SecondCodingRow,
    ThemePartRow,
    ThemeSuccessionRow,
)
from huixiang.store.tables.coding import CodingRow, IssueRow
from huixiang.store.tables.items import ActionItemRow
from huixiang.store.tables.records import FeedbackRow

FIGURES = tuple[MoveAgreement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UsedVersion:
    """A version of the codeframe, since when it is used and for how many codings."""

    version: str
    content_hash: str
    first_used_at: dt.datetime
    n_codings: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondCoding:
    """What another version says of a feedback; it is only ever compared."""

    coding_id: str
    feedback_id: str
    codeframe_version: str
    theme: str
    polarity: Polarity
    span_start: int
    span_end: int
    confidence: float
    coder: CoderKind
    coder_id: str
    coded_at: dt.datetime


class Codeframes:
    """Queries about the versions of the codeframe and how one leads to the next."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    # -- versions ----------------------------------------------------------------

    def is_there(self) -> bool:
        """Say whether the database is new enough to remember versions."""
        return inspect(self._connection).has_table(CodeframeVersionRow.__tablename__)

    def remember(
        self,
        version: str,
        content_hash: str,
        content: Mapping[str, Any],
        used_at: dt.datetime,
    ) -> None:
        """Keep a version's content; a known version stays as it is."""
        row = {
            "version": version,
            "content_hash": content_hash,
            "content": dict(content),
            "first_used_at": used_at,
        }
        insert_new(self._connection, CodeframeVersionRow, [row])

    def hash_of(self, version: str) -> str | None:
        """Return the hash of a version's content; None where it was never used."""
        return self._connection.execute(
            select(CodeframeVersionRow.content_hash).where(
                CodeframeVersionRow.version == version
            )
        ).scalar_one_or_none()

    def hashes(self) -> Mapping[str, str]:
        """Return the hash of every version's content, oldest first."""
        rows = self._connection.execute(
            select(
                CodeframeVersionRow.version, CodeframeVersionRow.content_hash
            ).order_by(CodeframeVersionRow.first_used_at, CodeframeVersionRow.version)
        )
        return {row.version: row.content_hash for row in rows}

    def frame(self, version: str) -> Codeframe | None:
        """Return a version's codeframe, without bridges; None where it was never used."""
        content = self._connection.execute(
            select(CodeframeVersionRow.content).where(
                CodeframeVersionRow.version == version
            )
        ).scalar_one_or_none()
        if content is None:
            return None
        return decode(Codeframe, {**content, "version": version})

    def versions(self) -> Sequence[UsedVersion]:
        """Return every version with the number of its codings, oldest first."""
        n = func.count(CodingRow.coding_id).label("n_codings")
        rows = self._connection.execute(
            select(
                CodeframeVersionRow.version,
                CodeframeVersionRow.content_hash,
                CodeframeVersionRow.first_used_at,
                n,
            )
            .outerjoin(
                CodingRow, CodingRow.codeframe_version == CodeframeVersionRow.version
            )
            .group_by(CodeframeVersionRow.version)
            .order_by(CodeframeVersionRow.first_used_at, CodeframeVersionRow.version)
        )
        return facts_of(UsedVersion, rows)

    # -- the overlap -------------------------------------------------------------

    def overlap(
        self,
        version: str,
        first: dt.date,
        last: dt.date,
        *,
        after: str,
        limit: int,
    ) -> list[str]:
        """Return the next feedback that *version* has coded, first or second.

        What a person corrected would compare people with rules, and is left out.
        """
        of_this = CodingRow.feedback_id == FeedbackRow.feedback_id
        person = (
            select(CodingRow.feedback_id)
            .where(of_this, CodingRow.coder == CoderKind.PERSON)
            .exists()
        )
        others = (
            select(CodingRow.feedback_id)
            .where(of_this, CodingRow.codeframe_version != version)
            .exists()
        )
        second = (
            select(SecondCodingRow.feedback_id)
            .where(
                SecondCodingRow.feedback_id == FeedbackRow.feedback_id,
                SecondCodingRow.codeframe_version == version,
            )
            .exists()
        )
        return list(
            self._connection.execute(
                select(FeedbackRow.feedback_id)
                .where(
                    FeedbackRow.occurred_on.between(first, last),
                    FeedbackRow.coding_state != CodingState.WAITING,
                    FeedbackRow.feedback_id > after,
                    ~person,
                    ~others | second,
                )
                .order_by(FeedbackRow.feedback_id)
                .limit(limit)
            ).scalars()
        )

    def said(self, ids: Sequence[str], version: str) -> dict[str, dict[str, Polarity]]:
        """Return what each feedback says to *version*: theme and polarity."""
        said: dict[str, dict[str, Polarity]] = {key: {} for key in ids}
        for table in (CodingRow, SecondCodingRow):
            rows = self._connection.execute(
                select(table.feedback_id, table.theme, table.polarity)
                .where(table.feedback_id.in_(ids), table.codeframe_version == version)
                .order_by(table.coding_id)
            )
            for row in rows:
                said[row.feedback_id][row.theme] = row.polarity
        return said

    def add_second(self, codings: Sequence[SecondCoding]) -> None:
        """Keep second codings; the same coding twice is one."""
        insert_new(self._connection, SecondCodingRow, [*map(_row, codings)])

    # -- crossing ----------------------------------------------------------------

    def is_crossed(self, from_version: str, to_version: str) -> bool:
        """Say whether a bridge was crossed."""
        return (
            self._connection.execute(
                select(CodeframeBridgeRow.from_version).where(
                    CodeframeBridgeRow.from_version == from_version,
                    CodeframeBridgeRow.to_version == to_version,
                )
            ).first()
            is not None
        )

    def add_bridge(self, bridge: CrossedBridge) -> None:
        """Note that a bridge was crossed, with its figures."""
        row = {**_row(bridge), "figures": encode(bridge.figures, FIGURES)}
        self._connection.execute(insert(CodeframeBridgeRow).values(**row))

    def bridges(self) -> Sequence[CrossedBridge]:
        """Return every crossed bridge, in the order of their crossing."""
        rows = self._connection.execute(
            select(CodeframeBridgeRow.__table__)
            .where(*self._knowledge.of(CodeframeBridgeRow.crossed_at))
            .order_by(CodeframeBridgeRow.crossed_at)
        )
        return [
            CrossedBridge(**{**row, "figures": decode(FIGURES, row["figures"])})
            for row in rows.mappings()
        ]

    def succeed(self, from_version: str, names: Mapping[str, str]) -> None:
        """Let themes of *from_version* and before continue under their new names."""
        for old, new in names.items():
            self._connection.execute(
                update(ThemeSuccessionRow)
                .where(ThemeSuccessionRow.continues_as == old)
                .values(continues_as=new)
            )
            self._connection.execute(
                update(ThemePartRow).where(ThemePartRow.part == old).values(part=new)
            )
        upsert(
            self._connection,
            ThemeSuccessionRow,
            [
                {"codeframe_version": version, "theme": old, "continues_as": new}
                for version in self._chain(from_version)
                for old, new in names.items()
            ],
            ("continues_as",),
        )

    def _chain(self, version: str) -> list[str]:
        """Return *version* and those before it that a bridge leads to it from."""
        chain, bridges = [version], self.bridges()
        for reached in chain:  # grows while it is walked
            chain += [
                each.from_version
                for each in bridges
                if each.to_version == reached and each.from_version not in chain
            ]
        return chain

    def add_parts(self, parts: Sequence[ThemePart]) -> None:
        """Note which themes were split off which."""
        rows = [*map(_row, parts)]
        upsert(self._connection, ThemePartRow, rows, ("share", "since_at"))

    # -- issues ------------------------------------------------------------------

    def issues_of(self, themes: Collection[str]) -> Sequence[Issue]:
        """Return the issues of some themes, oldest first."""
        rows = self._connection.execute(
            select(IssueRow.__table__)
            .where(IssueRow.theme.in_(themes))
            .order_by(IssueRow.first_at, IssueRow.issue_id)
        )
        return facts_of(Issue, rows)

    def rename_issue(self, issue_id: str, theme: str) -> None:
        """Let an issue go on under another theme; its id stays."""
        self._connection.execute(
            update(IssueRow).where(IssueRow.issue_id == issue_id).values(theme=theme)
        )

    def join_issue(self, issue: Issue, heir: Issue) -> None:
        """Let an issue go on as part of another: its codings and items move there.

        Its own row ends, or an issue nobody complains of would seem to have healed.
        """
        for table in (CodingRow, ActionItemRow):
            self._connection.execute(
                update(table)
                .where(table.issue_id == issue.issue_id)
                .values(issue_id=heir.issue_id)
            )
        self._connection.execute(
            update(IssueRow)
            .where(IssueRow.issue_id == heir.issue_id)
            .values(
                first_at=min(issue.first_at, heir.first_at),
                last_at=max(issue.last_at, heir.last_at),
            )
        )
        self._connection.execute(
            update(IssueSuccessionRow)
            .where(IssueSuccessionRow.continues_as == issue.issue_id)
            .values(continues_as=heir.issue_id)
        )
        self._connection.execute(
            delete(IssueRow).where(IssueRow.issue_id == issue.issue_id)
        )

    def note_succession(self, successions: Sequence[IssueSuccession]) -> None:
        """Remember what an issue was called, or which issue it has joined."""
        rows = [*map(_row, successions)]
        insert_new(self._connection, IssueSuccessionRow, rows)

    def successions_of(self, issue_id: str) -> Sequence[IssueSuccession]:
        """Return what became of an issue, and of which issues it has come."""
        rows = self._connection.execute(
            select(IssueSuccessionRow.__table__)
            .where(
                (IssueSuccessionRow.issue_id == issue_id)
                | (IssueSuccessionRow.continues_as == issue_id)
            )
            .order_by(IssueSuccessionRow.moved_at, IssueSuccessionRow.issue_id)
        )
        return facts_of(IssueSuccession, rows)

    def redefined_issues(self) -> list[tuple[str, str]]:
        """Return (version, issue_id) where a bridge holds, but not for that theme."""
        names = [
            (bridge.to_version, theme)
            for bridge in self.bridges()
            if bridge.holds
            for figure in bridge.figures
            if (figure.error or 0) > bridge.max_error
            for theme in {*figure.old, *figure.new}
        ]
        now = self._names_now() if names else {}
        return [
            (version, issue.issue_id)
            for version, theme in names
            for issue in self.issues_of([now.get((version, theme), theme)])
        ]

    def _names_now(self) -> dict[tuple[str, str], str]:
        rows = self._connection.execute(select(ThemeSuccessionRow.__table__))
        return {(r.codeframe_version, r.theme): r.continues_as for r in rows}

    # -- causes ------------------------------------------------------------------

    def root_causes(self) -> list[tuple[str, str, int]]:
        """Return (theme, root cause as noted, n items) of items that were fixed."""
        fixed = (
            ActionStatus.RESOLVED,
            ActionStatus.VERIFIED,
            ActionStatus.UNPROVEN,
            ActionStatus.CLOSED,
        )
        rows = self._connection.execute(
            select(IssueRow.theme, ActionItemRow.root_cause, func.count())
            .join(IssueRow, IssueRow.issue_id == ActionItemRow.issue_id)
            .where(
                ActionItemRow.root_cause.is_not(None), ActionItemRow.status.in_(fixed)
            )
            .group_by(IssueRow.theme, ActionItemRow.root_cause)
        )
        return [(row[0], row[1], row[2]) for row in rows]


def _row(fact: Any) -> dict[str, Any]:
    """Return a fact by the names of its table's columns."""
    return {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact)}

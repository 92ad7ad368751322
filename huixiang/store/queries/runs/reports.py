"""Reports that were written, with the facts they showed."""

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from huixiang.store.bulk import upsert
from huixiang.store.tables.reports import ReportRow


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenReport:
    """A report in a folder of the workspace; `facts` are those of its report.json."""

    report_id: str
    as_of: dt.datetime
    folder: str
    content_hash: str
    written_at: dt.datetime
    facts: bytes


class Reports:
    """Queries about reports."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, report: WrittenReport) -> None:
        """Note a written report with its facts; the same one again changes nothing."""
        newest = self._connection.execute(
            select(ReportRow.report_id)
            .where(ReportRow.folder == report.folder, ReportRow.facts.is_not(None))
            .order_by(ReportRow.written_at.desc())
            .limit(1)
        ).scalar_one_or_none()
        if newest != report.report_id:
            upsert(
                self._connection, ReportRow, [asdict(report)], ("written_at", "facts")
            )

    def facts(
        self, as_of: dt.datetime, folder: str, before: dt.datetime
    ) -> bytes | None:
        """Return the facts of the last report of a folder written *before* then."""
        return self._connection.execute(
            select(ReportRow.facts)
            .where(
                ReportRow.as_of == as_of,
                ReportRow.folder == folder,
                ReportRow.facts.is_not(None),
                ReportRow.written_at < before,
            )
            .order_by(ReportRow.written_at.desc())
            .limit(1)
        ).scalar_one_or_none()

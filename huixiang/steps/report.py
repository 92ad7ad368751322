"""Report: write the before/after report of one business time, the same bytes each time."""

import hashlib
from pathlib import Path
from typing import Any, Literal

from huixiang.reporting.html import render_html
from huixiang.reporting.model import Report
from huixiang.reporting.xlsx import render_xlsx
from huixiang.steps.context import Context, short_id
from huixiang.steps.report_facts import gather_report

REPORTS = ".huixiang/reports"


def write_report(context: Context) -> dict[str, Any]:
    """Write the report's files, note them, and return where they are."""
    report = current_report(context)
    language: Literal["zh", "en"] = "zh" if context.language == "zh" else "en"
    page = render_html(report, language=language).encode("utf-8")
    sheets = render_xlsx(report, language=language)
    stamp = context.as_of.astimezone(context.zone).strftime("%Y-%m-%dT%H%M")
    folder = context.home / REPORTS / stamp
    _write(folder / "report.html", page)
    _write(folder / "report.xlsx", sheets)
    digest = hashlib.sha256(page + sheets).hexdigest()
    with context.transaction("report") as uow:
        uow.runs.add_report(
            {
                "report_id": short_id("rp", stamp, digest),
                "as_of": context.as_of,
                "folder": f"{REPORTS}/{stamp}",
                "content_hash": digest,
            }
        )
    return {"html": str(folder / "report.html"), "xlsx": str(folder / "report.xlsx")}


def current_report(context: Context) -> Report:
    """Return the report's facts as the store has them."""
    with context.store.reading() as uow:
        return gather_report(context, uow)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)

"""Report: write the before/after report of one business time, the same bytes each time.

A report keeps its facts. While its business time is the newest there is, it is gathered
from the store; of a past one the kept facts are drawn again. What was never reported
is gathered as far as it was known then, with the rules of that time.
"""

import dataclasses
import datetime as dt
import hashlib
import zlib
from pathlib import Path

from huixiang.reporting.facts.as_json import from_json, to_json
from huixiang.reporting.facts.loop import WHOLE, Scope
from huixiang.reporting.facts.report import ItemResult, Report
from huixiang.reporting.page.html import render_html
from huixiang.reporting.workbook.xlsx import render_xlsx
from huixiang.steps.context import Context, short_id
from huixiang.steps.report.gather import gather_report
from huixiang.steps.report.scope import folder_name, scope_of
from huixiang.steps.rules import parse_rules
from huixiang.store.queries.runs.reports import WrittenReport
from huixiang.store.unit_of_work import UnitOfWork

REPORTS = ".huixiang/reports"


def write_report(
    context: Context, period: str | None = None, department: str | None = None
) -> dict[str, str]:
    """Write the report's files, keep its facts, and return where the files are."""
    scope = scope_of(context, period, department)
    stamp = context.as_of.astimezone(context.zone).strftime("%Y-%m-%dT%H%M")
    folder = f"{REPORTS}/{folder_name(stamp, scope)}"
    with context.store.reading() as uow:
        known_until = uow.runs.known_until(context.as_of, context.now())
    if known_until is None:
        report = current_report(context, scope)
    else:
        report = _past_report(context, scope, folder, known_until)
    return _publish(context, report, folder, keep=known_until is None)


def current_report(context: Context, scope: Scope = WHOLE) -> Report:
    """Return the report's facts as the store has them now."""
    with context.transaction("summaries") as uow:
        uow.summaries.refresh(context.now())
    with context.store.reading() as uow:
        return gather_report(context, uow, scope)


def _past_report(
    context: Context, scope: Scope, folder: str, known_until: dt.datetime
) -> Report:
    with context.store.reading(known_until=known_until) as uow:
        facts = uow.reports.facts(context.as_of, folder, known_until)
        if facts is not None:
            return _without_erased(uow, from_json(zlib.decompress(facts)))
        return gather_report(_then(context, uow, known_until), uow, scope)


def _then(context: Context, uow: UnitOfWork, known_until: dt.datetime) -> Context:
    """Return *context* with the rules that counted then."""
    texts = uow.rulebooks.newest_before(known_until) or {}
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    then = parse_rules(files, name=context.home.name).rulebook
    return dataclasses.replace(context, rulebook=then) if then else context


def _without_erased(uow: UnitOfWork, report: Report) -> Report:
    """Leave out the words of people who asked to be forgotten since, and count them."""
    shown = {each.feedback_id for item in report.items for each in item.evidence}
    erased = uow.figures.erased(shown)
    if not erased:
        return report
    items = tuple(_item_without(item, erased) for item in report.items)
    before, after = (
        sum(len(item.evidence) for item in each) for each in (report.items, items)
    )
    return dataclasses.replace(
        report, items=items, n_erased_quotes=report.n_erased_quotes + before - after
    )


def _item_without(item: ItemResult, erased: set[str]) -> ItemResult:
    kept = tuple(each for each in item.evidence if each.feedback_id not in erased)
    return dataclasses.replace(item, evidence=kept)


def _publish(
    context: Context, report: Report, folder: str, *, keep: bool
) -> dict[str, str]:
    facts = to_json(report)
    files = {
        "html": render_html(report, language=context.language).encode("utf-8"),
        "xlsx": render_xlsx(report, language=context.language),
        "json": facts,
    }
    for kind, content in files.items():
        _write(context.home / folder / f"report.{kind}", content)
    if keep:
        digest = hashlib.sha256(b"".join(files.values())).hexdigest()
        with context.transaction("report") as uow:
            uow.reports.add(
                WrittenReport(
                    report_id=short_id("rp", folder, digest),
                    as_of=context.as_of,
                    folder=folder,
                    content_hash=digest,
                    written_at=context.now(),
                    facts=zlib.compress(facts),
                )
            )
    return {kind: str(context.home / folder / f"report.{kind}") for kind in files}


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)

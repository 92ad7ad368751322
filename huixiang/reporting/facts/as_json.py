"""A report as JSON: every fact of it, and back again."""

from functools import cache

from pydantic import TypeAdapter

from huixiang.reporting.facts.report import Report


@cache
def _adapter() -> TypeAdapter[Report]:
    """Return what reads and writes reports; made once, which takes a moment."""
    return TypeAdapter(Report)


def to_json(report: Report) -> bytes:
    """Return the whole report as JSON, the same bytes for the same facts."""
    return _adapter().dump_json(report, indent=1) + b"\n"


def from_json(content: bytes) -> Report:
    """Return the report that *content* was written from."""
    return _adapter().validate_json(content)

"""A report as JSON: every fact of it, and back again.

The file's names are a contract with programs, and reports kept in the database carry
them too; where a fact is called otherwise here, `IN_THE_FILE` says so.
"""

import json
import re
from collections.abc import Mapping
from functools import cache

from pydantic import TypeAdapter

from huixiang.reporting.facts.report import Report

IN_THE_FILE: Mapping[str, str] = {
    "placebo": "audit",
    "plain_comparison": "naive",
    "plain_explanation": "naive_explanation",
}
"""What the file calls a fact, by its name in the report."""

_OURS = {theirs: ours for ours, theirs in IN_THE_FILE.items()}
_KEY = re.compile(rb'^( *)"(%s)":' % "|".join(IN_THE_FILE).encode(), re.MULTILINE)
"""A key of ours at the beginning of a line; no text begins one."""


@cache
def _adapter() -> TypeAdapter[Report]:
    """Return what reads and writes reports; made once, which takes a moment."""
    return TypeAdapter(Report)


def to_json(report: Report) -> bytes:
    """Return the whole report as JSON, the same bytes for the same facts."""
    written = _adapter().dump_json(report, indent=1) + b"\n"
    return _KEY.sub(lambda key: key[1] + _in_the_file(key[2]), written)


def _in_the_file(name: bytes) -> bytes:
    return f'"{IN_THE_FILE[name.decode()]}":'.encode()


def from_json(content: bytes) -> Report:
    """Return the report that *content* was written from."""
    return _adapter().validate_json(json.dumps(_named(json.loads(content))))


def _named(value: object) -> object:
    """Return a value of the file with our names."""
    if isinstance(value, dict):
        return {_OURS.get(key, key): _named(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each) for each in value]
    return value

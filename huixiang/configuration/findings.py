"""What a validator finds → a problem: code, place and the values that are allowed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import Path, Problem, choice
from huixiang.configuration.schema import field_names
from huixiang.configuration.shapes import SettingsByKind, kinds_at
from huixiang.configuration.yaml_file import Document
from huixiang.domain.reason import Fact

Coded = tuple[ProblemCode, Mapping[str, Fact]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing the validator found, under the validator's own name for it."""

    error: str
    loc: Path
    given: object
    allowed: tuple[str, ...]
    tag: str
    reason: str


def findings_of(error: ValidationError) -> list[Finding]:
    """Return what the validator found."""
    return [
        Finding(
            error=each["type"],
            loc=each["loc"],
            given=each["input"],
            allowed=tuple(re.findall(r"'([^']*)'", _context(each, "expected"))),
            tag=_context(each, "tag"),
            reason=_context(each, "error") or each["msg"],
        )
        for each in error.errors(include_url=False)
    ]


def _context(details: ErrorDetails, name: str) -> str:
    return str(details.get("ctx", {}).get(name, ""))


UNKNOWN_KIND = "union_tag_invalid"
TYPES = ("string", "int", "float", "bool", "date", "dataclass", "mapping")
"""What a field can want to hold; `huixiang.wording.rules.problems` names each."""


def explain(document: Document, finding: Finding, kinds: SettingsByKind) -> Problem:
    """Turn one finding into a problem at its place in the file."""
    path = finding_path(document, finding)
    code, facts = _coded(document, path, finding, kinds)
    key = document.key_places.get(path) if _is_about_key(finding) else None
    place = key or document.place(path)
    return Problem(file=document.file, place=place, code=code, facts=facts)


def _is_about_key(finding: Finding) -> bool:
    return finding.error.startswith("unexpected")


def finding_path(document: Document, finding: Finding) -> Path:
    """Return where a finding stands, without what the validator adds to a path."""
    loc = finding.loc
    path: Path = ()
    for step in (*loc, "kind") if finding.error == UNKNOWN_KIND else loc:
        if (*path, step) in document.places:
            path = (*path, step)
    return path


def _coded(
    document: Document, path: Path, finding: Finding, kinds: SettingsByKind
) -> Coded:
    error = finding.error
    if error.startswith("unexpected"):
        return _unknown_field(document, path, kinds)
    if error.startswith("missing"):
        return ProblemCode.MISSING_FIELD, {"name": str(finding.loc[-1])}
    if error == UNKNOWN_KIND:
        return _not_allowed("kind", finding.tag, kinds[document.file])
    if error in ("enum", "literal_error"):
        return _not_allowed(_name(path), str(finding.given), finding.allowed)
    if error.startswith(("tuple", "list")):
        return _no_list(path, finding.given)
    return _wrong_type(error, path, finding)


def _unknown_field(document: Document, path: Path, kinds: SettingsByKind) -> Coded:
    name = str(path[-1]) if path else "?"
    here = kinds_at(document.file, document.content, path, kinds)
    allowed = field_names(document.file, path[:-1], here)
    return ProblemCode.UNKNOWN_FIELD, {"name": name, **choice(name, allowed)}


def _not_allowed(name: str | None, given: str, allowed: Iterable[str]) -> Coded:
    facts = {"name": name, "given": given, **choice(given, allowed)}
    return ProblemCode.NOT_ALLOWED, facts


def _no_list(path: Path, given: object) -> Coded:
    if isinstance(given, str):
        return ProblemCode.TEXT_FOR_LIST, {"name": _name(path), "given": given}
    return ProblemCode.NO_LIST, {"name": _name(path)}


def _wrong_type(error: str, path: Path, finding: Finding) -> Coded:
    wanted = next((each for each in TYPES if error.startswith(each)), None)
    if wanted is None:
        return ProblemCode.REFUSED, {"reason": finding.reason}
    facts = {"name": _name(path), "wanted_type": wanted, **_given(finding.given)}
    return ProblemCode.WRONG_TYPE, facts


def _given(given: object) -> dict[str, Fact]:
    """Return what stands there: a type where it is no plain value."""
    if given is None:
        return {"given_type": "nothing"}
    if isinstance(given, dict | list):
        return {"given_type": "dict" if isinstance(given, dict) else "list"}
    return {"given": repr(given)[:40]}


def _name(path: Path) -> str | None:
    """Return the last key of a path; None: the file itself."""
    return next((step for step in reversed(path) if isinstance(step, str)), None)

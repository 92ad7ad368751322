"""Turn the bytes of one rules file into facts, and everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from huixiang.configuration.duplicates import duplicate_ids, missing_parents
from huixiang.configuration.findings import (
    Finding,
    explain,
    finding_path,
    findings_of,
)
from huixiang.configuration.problems import Problem
from huixiang.configuration.remark import Remark
from huixiang.configuration.salvage import (
    entries_of,
    ids_of,
    without_entries,
    without_fields,
)
from huixiang.configuration.shapes import SettingsByKind, adapter
from huixiang.configuration.yaml_file import Document, read_yaml


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """One file: what could be read of it, and what is wrong.

    `document` goes with `value`: both lack what could not be read; the ids of entries
    that are missing for it are in `broken`.
    """

    file: str
    document: Document | None = None
    value: Any = None
    problems: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()


def parse_file(file: str, raw: bytes, kinds: SettingsByKind) -> Parsed:
    """Read, validate and, where entries are wrong, keep the others."""
    document = read_yaml(file, raw)
    if isinstance(document, Problem):
        return Parsed(file=file, problems=(document,))
    remarks = [*duplicate_ids(document), *missing_parents(document)]
    value, findings = _validate(document, kinds)
    if not remarks and not findings:
        return Parsed(file=file, document=document, value=value)
    return _salvaged(document, remarks, findings, kinds)


def _salvaged(
    document: Document,
    remarks: list[Remark],
    findings: list[Finding],
    kinds: SettingsByKind,
) -> Parsed:
    problems = [remark.placed({document.file: document}) for remark in remarks]
    located = [each for each in findings if each.loc or not remarks]
    problems += _one_per_place(explain(document, each, kinds) for each in located)
    rest = without_fields(document, [finding_path(document, each) for each in findings])
    _, still = _validate(rest, kinds)
    wrong = entries_of(
        [*(r.path for r in remarks), *(finding_path(document, each) for each in still)]
    )
    rest = without_entries(rest, wrong)
    value, _ = _validate(rest, kinds)
    return Parsed(
        file=document.file,
        document=document if value is None else rest,
        value=value,
        problems=tuple(problems),
        broken=ids_of(document, wrong),
    )


def _validate(document: Document, kinds: SettingsByKind) -> tuple[Any, list[Finding]]:
    try:
        return adapter(document.file, kinds).validate_python(document.content), []
    except ValidationError as error:
        return None, findings_of(error)


def _one_per_place(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the first of several at one place: the branches of a union all complain."""
    return list({problem.place: problem for problem in reversed([*problems])}.values())

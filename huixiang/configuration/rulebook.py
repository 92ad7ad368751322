"""The rulebook: everything operations edit, read once, checked, with one hash.

A run takes one rulebook and keeps it: what changes on disk meanwhile counts for the
next run, and every decision can name the hash it was made with.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from huixiang.configuration.checks import cross_check
from huixiang.configuration.facts import ReadRules
from huixiang.configuration.parsing import parse_file
from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import START, Problem, choice, errors, in_order
from huixiang.configuration.shapes import REQUIRED, SHAPES, SettingsByKind
from huixiang.configuration.yaml_file import MAX_BYTES, Document
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.coding.journey import Journey
from huixiang.domain.items.alert import AlertRules
from huixiang.domain.items.outbox import Endpoint
from huixiang.domain.items.route import Department, Playbook, RoutingRules
from huixiang.domain.proof.goal import Goal
from huixiang.domain.records.source import Source
from huixiang.domain.text import Bilingual
from huixiang.errors import ConfigurationError

MAX_READS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Rulebook:
    """All rules of a workspace; mappings keep the order of their file.

    `hash` covers the content of all files (not comments or layout). `texts` are the
    files as read, so that a run can be repeated with the same rules. `as_of` is the
    business time of runs that name none (None: now).
    """

    name: Bilingual
    hash: str
    versions: Mapping[str, str]
    sources: Mapping[str, Source]
    codeframe: Codeframe
    departments: Mapping[str, Department]
    routing: RoutingRules
    alerts: AlertRules
    playbooks: Mapping[str, Playbook]
    endpoints: Mapping[str, Endpoint]
    journey: Journey
    goals: Mapping[str, Goal]
    as_of: dt.datetime | None
    texts: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What came of reading a rules folder; `rulebook` is None if there are errors."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]


def read_rulebook(
    folder: Path, kinds: SettingsByKind, expectations: Path | None = None
) -> Reading:
    """Read and check *folder*; *expectations* is where the suites are (if checked)."""
    suites = None if expectations is None else _suites(expectations)
    if not folder.is_dir():
        raise ConfigurationError(
            f"{folder} is no folder; make a workspace with `huixiang init DIR`"
        )
    name = folder.resolve().parent.name
    texts = settled(lambda: _read_all(folder))
    return parse_rulebook(texts, name=name, kinds=kinds, suites=suites)


def parse_rulebook(
    texts: Mapping[str, bytes],
    *,
    name: str,
    kinds: SettingsByKind,
    suites: frozenset[str] | None = None,
) -> Reading:
    """Turn the files' bytes into a rulebook and all the problems they have. Pure.

    *kinds* are what sources may say, *suites* the expectations there are (None: not
    checked).
    """
    files = sorted(SHAPES.keys() & texts.keys())
    parsed = [parse_file(file, texts[file], kinds) for file in files]
    facts = ReadRules(
        documents={each.file: each.document for each in parsed if each.document},
        values={each.file: each.value for each in parsed if each.value is not None},
        absent=frozenset(SHAPES.keys() - texts.keys() - set(REQUIRED)),
        broken={each.file: each.broken for each in parsed},
        damaged=frozenset(each.file for each in parsed if each.problems),
    )
    problems = [
        *_file_problems(texts),
        *(problem for each in parsed for problem in each.problems),
        *(remark.placed(facts.documents) for remark in cross_check(facts, suites)),
    ]
    rulebook = None if errors(problems) else _rulebook(facts, texts, name)
    return Reading(rulebook=rulebook, problems=in_order(problems))


def content_hash(documents: Mapping[str, Document]) -> str:
    """Return one hash over what the files say, whatever their layout and comments."""
    content = {file: document.content for file, document in documents.items()}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def settled(
    read: Callable[[], dict[str, bytes]], max_reads: int = MAX_READS
) -> dict[str, bytes]:
    """Read until two readings in a row agree, so that no edit is cut in half."""
    before = read()
    for _ in range(max_reads):
        after = read()
        if after == before:
            return after
        before = after
    raise ConfigurationError(
        "the rules files keep changing; run again when the edit has ended"
    )


def _read_all(folder: Path) -> dict[str, bytes]:
    texts = {}
    for path in sorted(folder.glob("[!.]*.y*ml")):
        with path.open("rb") as file:
            texts[path.name] = file.read(MAX_BYTES + 1)
    return texts


def _suites(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob("*.json"))


def _file_problems(texts: Mapping[str, bytes]) -> list[Problem]:
    problems = [
        Problem(file=file, place=START, code=ProblemCode.FILE_MISSING)
        for file in REQUIRED
        if file not in texts
    ]
    problems += [
        Problem(
            file=file,
            place=START,
            code=ProblemCode.UNKNOWN_FILE,
            facts=choice(file, SHAPES),
        )
        for file in sorted(texts.keys() - SHAPES.keys())
    ]
    return problems


def _rulebook(facts: ReadRules, texts: Mapping[str, bytes], name: str) -> Rulebook:
    values = facts.values
    workspace = values.get("workspace.yaml")
    versions = {file: getattr(value, "version", "") for file, value in values.items()}
    return Rulebook(
        name=workspace.name if workspace else Bilingual(zh=name, en=name),
        hash=content_hash(facts.documents),
        versions={file: version for file, version in versions.items() if version},
        sources={each.name: each for each in facts.sources},
        codeframe=values["codeframe.yaml"],
        departments={each.id: each for each in facts.departments},
        routing=values["routing.yaml"],
        alerts=values["alerts.yaml"],
        playbooks={each.id: each for each in facts.playbooks},
        endpoints={each.name: each for each in facts.endpoints},
        journey=facts.journey or Journey(),
        goals={each.id: each for each in facts.goals},
        as_of=workspace.as_of if workspace else None,
        texts=dict(texts),
    )

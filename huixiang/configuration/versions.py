"""What one version of the codeframe says: its content, its hash, what changed since."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import (
    Problem,
    ProblemSeverity,
    RulesRefused,
    choice,
)
from huixiang.configuration.remark import Remark
from huixiang.configuration.shapes import adapter
from huixiang.configuration.yaml_file import Document, read_yaml
from huixiang.domain.coding.codeframe import Bridge, Codeframe
from huixiang.domain.reason import Fact

FILE = "codeframe.yaml"
_NOT_CONTENT = ("version", "bridges")
"""Neither changes what a coding means; a bridge may be corrected afterwards."""

Content = Mapping[str, Any]


def frame_content(raw: bytes) -> Content:
    """Return what a codeframe file says, without its version and its bridges."""
    return _content(_document(raw))


def _content(document: Document) -> Content:
    content = document.content if isinstance(document.content, dict) else {}
    return {key: value for key, value in content.items() if key not in _NOT_CONTENT}


def _document(raw: bytes) -> Document:
    document = read_yaml(FILE, raw)
    if isinstance(document, Problem):
        raise RulesRefused([document])
    return document


def frame_hash(content: Content) -> str:
    """Return the hash of a content, whatever its layout."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def frame_of(content: Content, version: str) -> Codeframe:
    """Return a stored content as a codeframe."""
    frame: Codeframe = adapter(FILE).validate_python({**content, "version": version})
    return frame


def version_problems(
    raw: bytes,
    frame: Codeframe,
    hashes: Mapping[str, str],
    earlier: Callable[[str], Codeframe | None],
) -> list[Problem]:
    """Return what is wrong with a codeframe in the light of the versions before.

    *hashes* are those of their contents, *earlier* returns one of them.
    """
    document = _document(raw)
    remarks = [*_same_name(document, frame, hashes)]
    for i, bridge in enumerate(frame.bridges):
        if bridge.to_version == frame.version:
            remarks += _bridge(i, bridge, frame, hashes, earlier)
    return [remark.placed({FILE: document}) for remark in remarks]


def _same_name(
    document: Document, frame: Codeframe, hashes: Mapping[str, str]
) -> Iterator[Remark]:
    known = hashes.get(frame.version)
    if known in (None, frame_hash(_content(document))):
        return
    yield Remark(
        file=FILE,
        path=("version",),
        code=ProblemCode.VERSION_CHANGED,
        facts={"version": frame.version},
    )


def _bridge(
    i: int,
    bridge: Bridge,
    frame: Codeframe,
    hashes: Mapping[str, str],
    earlier: Callable[[str], Codeframe | None],
) -> Iterator[Remark]:
    before = earlier(bridge.from_version)
    if before is None:
        if hashes:
            version = bridge.from_version
            yield _warning(
                ("bridges", i, "from_version"),
                ProblemCode.VERSION_NEVER_USED,
                version=version,
                **choice(version, hashes),
            )
        return
    old = before.by_id
    yield from _strange_old(i, bridge, old)
    moved = {name for move in bridge.moves for name in move.old}
    for name in sorted(old.keys() - moved - frame.by_id.keys()):
        yield _warning(("bridges", i), ProblemCode.THEME_GONE, theme=name)


def _strange_old(i: int, bridge: Bridge, old: Mapping[str, Any]) -> Iterator[Remark]:
    for j, move in enumerate(bridge.moves):
        for k, name in enumerate(move.old):
            if name not in old:
                facts = {"version": bridge.from_version, "theme": name}
                yield Remark(
                    file=FILE,
                    path=("bridges", i, "moves", j, "old", k),
                    code=ProblemCode.THEME_NOT_IN_VERSION,
                    facts={**facts, **choice(name, old)},
                )


def _warning(path: tuple[str | int, ...], code: ProblemCode, **facts: Fact) -> Remark:
    return Remark(
        file=FILE,
        path=path,
        code=code,
        facts=facts,
        severity=ProblemSeverity.WARNING,
    )

"""What one version of the codeframe says: its content, its hash, what changed since."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from huixiang.configuration.problems import Level, Problem, pick
from huixiang.configuration.remark import Remark
from huixiang.configuration.shapes import adapter
from huixiang.configuration.yaml_file import Document, read_yaml
from huixiang.domain.codeframe import Bridge, Codeframe
from huixiang.domain.text import Bilingual
from huixiang.errors import ConfigurationError

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
        raise ConfigurationError(str(document))
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
    raw: bytes, frame: Codeframe, stored: Mapping[str, Content]
) -> list[Problem]:
    """Return what is wrong with a codeframe in the light of its stored versions."""
    document = _document(raw)
    remarks = [*_same_name(document, frame, stored)]
    for i, bridge in enumerate(frame.bridges):
        if bridge.to_version == frame.version:
            remarks += _bridge(i, bridge, frame, stored)
    return [remark.placed({FILE: document}) for remark in remarks]


def _same_name(
    document: Document, frame: Codeframe, stored: Mapping[str, Content]
) -> Iterator[Remark]:
    before = stored.get(frame.version)
    if before is None or frame_hash(before) == frame_hash(_content(document)):
        return
    what = Bilingual(
        zh=f"码框变了，却还叫版本 {frame.version!r}，已有编码用的是旧内容",
        en=f"the codeframe has changed but is still called version {frame.version!r}, "
        "and codings were made with the old content",
    )
    todo = Bilingual(
        zh="换一个新版本号，并写一座桥（bridges）；"
        f"`huixiang codeframe diff {frame.version} rules/{FILE}` 列出改动",
        en="give it a new version and write a bridge (bridges); "
        f"`huixiang codeframe diff {frame.version} rules/{FILE}` lists what changed",
    )
    yield Remark(file=FILE, path=("version",), what=what, todo=todo)


def _bridge(
    i: int, bridge: Bridge, frame: Codeframe, stored: Mapping[str, Content]
) -> Iterator[Remark]:
    before = stored.get(bridge.from_version)
    if before is None:
        if stored:
            what = Bilingual(
                zh=f"这个工作区没有用过版本 {bridge.from_version!r}，桥不会被用到",
                en=f"this workspace never used version {bridge.from_version!r}; the "
                "bridge is not crossed",
            )
            todo = pick(bridge.from_version, stored)
            yield _warning(("bridges", i, "from_version"), what, todo)
        return
    old = frame_of(before, bridge.from_version).by_id
    yield from _strange_old(i, bridge, old)
    moved = {name for move in bridge.moves for name in move.old}
    for name in sorted(old.keys() - moved - frame.by_id.keys()):
        what = Bilingual(
            zh=f"主题 {name!r} 不见了，桥没有说它去了哪里，按停用处理",
            en=f"the theme {name!r} is gone and the bridge does not say where to; it "
            "counts as retired",
        )
        todo = Bilingual(
            zh=f"在 moves 里写 {{old: [{name}], new: [新主题]}}，停用就不写 new",
            en=f"write {{old: [{name}], new: [theme]}} in moves; no new: retired",
        )
        yield _warning(("bridges", i), what, todo)


def _strange_old(i: int, bridge: Bridge, old: Mapping[str, Any]) -> Iterator[Remark]:
    for j, move in enumerate(bridge.moves):
        for k, name in enumerate(move.old):
            if name not in old:
                what = Bilingual(
                    zh=f"版本 {bridge.from_version!r} 里没有主题 {name!r}",
                    en=f"version {bridge.from_version!r} has no theme {name!r}",
                )
                path = ("bridges", i, "moves", j, "old", k)
                yield Remark(file=FILE, path=path, what=what, todo=pick(name, old))


def _warning(path: tuple[str | int, ...], what: Bilingual, todo: Bilingual) -> Remark:
    return Remark(file=FILE, path=path, what=what, todo=todo, level=Level.WARNING)

"""Check what a codeframe says of causes and of its own earlier versions."""

from collections.abc import Collection, Iterator

from huixiang.configuration.facts import Facts, unknown
from huixiang.configuration.problems import Level, Path, pick
from huixiang.configuration.remark import Remark
from huixiang.domain.codeframe import Bridge, Codeframe, MoveKind
from huixiang.domain.text import Bilingual

FILE = "codeframe.yaml"


def codeframe_remarks(facts: Facts) -> Iterator[Remark]:
    """Yield a remark for every link or bridge that leads nowhere."""
    codeframe = facts.codeframe
    if codeframe is None:
        return
    yield from _links(facts, codeframe)
    yield from _causes(facts, codeframe)
    for i, bridge in enumerate(codeframe.bridges):
        yield from _bridge(facts, codeframe, bridge, ("bridges", i))


def _links(facts: Facts, codeframe: Codeframe) -> Iterator[Remark]:
    """Yield a remark for each cause that a theme names and nobody defines."""
    known = codeframe.causes_by_id.keys() | facts.broken.get(FILE, frozenset())
    for i, theme in enumerate(codeframe.themes):
        for j, name in enumerate(theme.causes):
            if name not in known:
                what = Bilingual(
                    zh=f"codeframe.yaml 里没有原因 {name!r}",
                    en=f"codeframe.yaml has no cause {name!r}",
                )
                yield _remark(("themes", i, "causes", j), what, pick(name, known))


def _causes(facts: Facts, codeframe: Codeframe) -> Iterator[Remark]:
    used = {name for theme in codeframe.themes for name in theme.causes}
    for i, cause in enumerate(codeframe.causes):
        path: Path = ("causes", i)
        yield from unknown(
            facts, "departments.yaml", cause.department, FILE, (*path, "department")
        )
        yield from unknown(
            facts, "playbooks.yaml", cause.playbook, FILE, (*path, "playbook")
        )
        if cause.id not in used and FILE not in facts.damaged:
            what = Bilingual(
                zh=f"没有主题提到原因 {cause.id!r}",
                en=f"no theme names the cause {cause.id!r}",
            )
            todo = Bilingual(
                zh=f"在主题里写 `causes: [{cause.id}]`，或删除它",
                en=f"write `causes: [{cause.id}]` in a theme, or delete it",
            )
            yield _remark(path, what, todo, Level.WARNING)


def _bridge(
    facts: Facts, codeframe: Codeframe, bridge: Bridge, path: Path
) -> Iterator[Remark]:
    if bridge.from_version == bridge.to_version:
        what = Bilingual(
            zh=f"过桥两端都是版本 {bridge.from_version!r}",
            en=f"the bridge leads from version {bridge.from_version!r} to itself",
        )
        todo = Bilingual(
            zh="to_version 写新的版本", en="write the new version as to_version"
        )
        yield _remark((*path, "to_version"), what, todo)
    if not 0 < bridge.max_error < 1:
        yield _limit((*path, "max_error"), "max_error", "0 … 1")
    if bridge.overlap_days < 1:
        yield _limit((*path, "overlap_days"), "overlap_days", ">= 1")
    yield from _moved_twice(bridge, path)
    if bridge.to_version == codeframe.version:
        yield from _new_themes(facts, bridge, path)


def _new_themes(facts: Facts, bridge: Bridge, path: Path) -> Iterator[Remark]:
    for i, move in enumerate(bridge.moves):
        here = (*path, "moves", i)
        for j, name in enumerate(move.new):
            yield from unknown(facts, FILE, name, FILE, (*here, "new", j))
        known = facts.ids(FILE) or frozenset()
        for j, name in enumerate(move.old):
            if name in known and name not in move.new:
                yield _still_there((*here, "old", j), name, move.kind)


def _still_there(path: Path, name: str, kind: MoveKind) -> Remark:
    what = Bilingual(
        zh=f"主题 {name!r} 写成已{_KINDS[kind].zh}，却还在码框里",
        en=f"the theme {name!r} is said to be {_KINDS[kind].en}, yet still there",
    )
    todo = Bilingual(
        zh=f"从 themes 里删掉它，或把它也写进 new：[{name}, …]",
        en=f"delete it from themes, or name it in new as well: [{name}, …]",
    )
    return _remark(path, what, todo)


_KINDS = {
    MoveKind.KEPT: Bilingual(zh="保留", en="kept"),
    MoveKind.RENAMED: Bilingual(zh="改名", en="renamed"),
    MoveKind.MERGED: Bilingual(zh="合并", en="merged"),
    MoveKind.SPLIT: Bilingual(zh="拆分", en="split"),
    MoveKind.RETIRED: Bilingual(zh="停用", en="retired"),
}


def _moved_twice(bridge: Bridge, path: Path) -> Iterator[Remark]:
    seen: set[str] = set()
    for i, move in enumerate(bridge.moves):
        for side in ("old", "new"):
            yield from _again(seen, side, getattr(move, side), (*path, "moves", i))


def _again(
    seen: set[str], side: str, names: Collection[str], path: Path
) -> Iterator[Remark]:
    for j, name in enumerate(names):
        if f"{side} {name}" in seen:
            what = Bilingual(
                zh=f"主题 {name!r} 在同一座桥里出现两次",
                en=f"the theme {name!r} is moved twice by one bridge",
            )
            todo = Bilingual(zh="合成一步写", en="write it as one move")
            yield _remark((*path, side, j), what, todo)
        seen.add(f"{side} {name}")


def _limit(path: Path, field: str, words: str) -> Remark:
    what = Bilingual(
        zh=f"{field!r} 的值不合理", en=f"the value of {field!r} makes no sense"
    )
    return _remark(path, what, Bilingual(zh=f"应为：{words}", en=f"use {words}"))


def _remark(
    path: Path, what: Bilingual, todo: Bilingual, level: Level = Level.ERROR
) -> Remark:
    return Remark(file=FILE, path=path, what=what, todo=todo, level=level)

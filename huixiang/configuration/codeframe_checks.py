"""Check what a codeframe says of causes and of its own earlier versions."""

from collections.abc import Collection, Iterator

from huixiang.configuration.facts import ReadRules, unknown
from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import Path, ProblemSeverity, choice
from huixiang.configuration.remark import Remark
from huixiang.domain.coding.codeframe import Bridge, Codeframe
from huixiang.domain.reason import Fact

FILE = "codeframe.yaml"


def codeframe_remarks(facts: ReadRules) -> Iterator[Remark]:
    """Yield a remark for every link or bridge that leads nowhere."""
    codeframe = facts.codeframe
    if codeframe is None:
        return
    yield from _links(facts, codeframe)
    yield from _causes(facts, codeframe)
    for i, bridge in enumerate(codeframe.bridges):
        yield from _bridge(facts, codeframe, bridge, ("bridges", i))


def _links(facts: ReadRules, codeframe: Codeframe) -> Iterator[Remark]:
    """Yield a remark for each cause that a theme names and nobody defines."""
    known = codeframe.causes_by_id.keys() | facts.broken.get(FILE, frozenset())
    for i, theme in enumerate(codeframe.themes):
        for j, name in enumerate(theme.causes):
            if name not in known:
                path = ("themes", i, "causes", j)
                yield _remark(
                    path, ProblemCode.NO_CAUSE, name=name, **choice(name, known)
                )


def _causes(facts: ReadRules, codeframe: Codeframe) -> Iterator[Remark]:
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
            yield Remark(
                file=FILE,
                path=path,
                code=ProblemCode.CAUSE_UNUSED,
                facts={"name": cause.id},
                severity=ProblemSeverity.WARNING,
            )


def _bridge(
    facts: ReadRules, codeframe: Codeframe, bridge: Bridge, path: Path
) -> Iterator[Remark]:
    if bridge.from_version == bridge.to_version:
        yield _remark(
            (*path, "to_version"),
            ProblemCode.BRIDGE_TO_ITSELF,
            version=bridge.from_version,
        )
    if not 0 < bridge.max_error < 1:
        yield _limit((*path, "max_error"), "max_error", "0 … 1")
    if bridge.overlap_days < 1:
        yield _limit((*path, "overlap_days"), "overlap_days", ">= 1")
    yield from _moved_twice(bridge, path)
    if bridge.to_version == codeframe.version:
        yield from _new_themes(facts, bridge, path)


def _new_themes(facts: ReadRules, bridge: Bridge, path: Path) -> Iterator[Remark]:
    for i, move in enumerate(bridge.moves):
        here = (*path, "moves", i)
        for j, name in enumerate(move.new):
            yield from unknown(facts, FILE, name, FILE, (*here, "new", j))
        known = facts.ids(FILE) or frozenset()
        for j, name in enumerate(move.old):
            if name in known and name not in move.new:
                yield _remark(
                    (*here, "old", j),
                    ProblemCode.THEME_STILL_THERE,
                    theme=name,
                    move=move.kind.value,
                )


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
            here = (*path, side, j)
            yield _remark(here, ProblemCode.THEME_MOVED_TWICE, theme=name)
        seen.add(f"{side} {name}")


def _limit(path: Path, name: str, wanted: str) -> Remark:
    return _remark(path, ProblemCode.BRIDGE_VALUE, name=name, wanted=wanted)


def _remark(path: Path, code: ProblemCode, **facts: Fact) -> Remark:
    return Remark(file=FILE, path=path, code=code, facts=facts)

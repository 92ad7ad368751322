"""What people read about mistakes in their rules: what is wrong and what to do."""

from collections.abc import Iterable, Mapping

from huixiang.configuration.problems import NEAR, OPTIONS, Problem, ProblemSeverity
from huixiang.domain.coding.codeframe import MoveKind
from huixiang.domain.reason import Fact
from huixiang.domain.text import Bilingual, Language
from huixiang.wording.language import b
from huixiang.wording.rules.problem_sentences import SENTENCES

THINGS: Mapping[str, Bilingual] = {
    "departments.yaml": b("部门", "department"),
    "playbooks.yaml": b("方案", "playbook"),
    "endpoints.yaml": b("接收端", "endpoint"),
    "codeframe.yaml": b("主题", "theme"),
    "journey.yaml": b("触点", "touchpoint"),
}
MOVES: Mapping[MoveKind, Bilingual] = {
    MoveKind.KEPT: b("保留", "kept"),
    MoveKind.RENAMED: b("改名", "renamed"),
    MoveKind.MERGED: b("合并", "merged"),
    MoveKind.SPLIT: b("拆分", "split"),
    MoveKind.RETIRED: b("停用", "retired"),
}
WANTED_TYPES: Mapping[str, Bilingual] = {
    "string": b("一段文字", "text"),
    "int": b("一个整数", "a whole number"),
    "float": b("一个数", "a number"),
    "bool": b("true 或 false", "true or false"),
    "date": b("一个日期，如 2026-06-30", "a date such as 2026-06-30"),
    "dataclass": b("若干 “字段: 值”", 'fields, each as "name: value"'),
    "mapping": b("若干 “名称: 值”", 'entries, each as "name: value"'),
}
GIVEN_TYPES: Mapping[str, Bilingual] = {
    "nothing": b("空的", "empty"),
    "dict": b("若干字段", "a set of fields"),
    "list": b("一个列表", "a list"),
}
WARNING = b("提醒：", "warning: ")
GAP = b("；", "; ")


def problem_text(problem: Problem, language: Language = "en") -> str:
    """Return `file:line:column: what; what to do` in one language."""
    place = f"{problem.file}:{problem.place.line}:{problem.place.column}"
    is_warning = problem.severity is ProblemSeverity.WARNING
    warning = WARNING.get(language) if is_warning else ""
    what, todo = what_words(problem), todo_words(problem)
    return (
        f"{place}: {warning}{what.get(language)}{GAP.get(language)}{todo.get(language)}"
    )


def problem_lines(
    problems: Iterable[Problem], language: Language = "en"
) -> tuple[str, ...]:
    """Return problems in words, one a line, in the order of their places."""
    ordered = sorted(
        problems,
        key=lambda each: (
            each.file,
            each.place.line,
            each.place.column,
            problem_text(each),
        ),
    )
    return tuple(problem_text(each, language) for each in ordered)


def what_words(problem: Problem) -> Bilingual:
    """Say what is wrong."""
    return _filled(SENTENCES[problem.code].what, problem.facts)


def todo_words(problem: Problem) -> Bilingual:
    """Say what to do."""
    todo = SENTENCES[problem.code].todo
    return choice_words(problem.facts) if todo is None else _filled(todo, problem.facts)


def choice_words(facts: Mapping[str, Fact]) -> Bilingual:
    """Say which word is near, or which there are."""
    if NEAR in facts:
        return b(f"是否想写 {facts[NEAR]!r}？", f"did you mean {facts[NEAR]!r}?")
    if not facts[OPTIONS]:
        return b("这里还没有可选的值，请先定义", "none is defined yet: add it")
    return b(f"可选：{facts[OPTIONS]}", f"use one of: {facts[OPTIONS]}")


def _filled(words: Bilingual, facts: Mapping[str, Fact]) -> Bilingual:
    zh = {**facts, **{name: term.zh for name, term in _terms(facts).items()}}
    en = {**facts, **{name: term.en for name, term in _terms(facts).items()}}
    return b(words.zh.format(**zh), words.en.format(**en))


def _terms(facts: Mapping[str, Fact]) -> Mapping[str, Bilingual]:
    """Return the facts that people have words for."""
    terms: dict[str, Bilingual] = {}
    if "name" in facts:
        name = facts["name"]
        place = "the file" if name is None else repr(name)
        terms["place"] = b(place, place)
    if "defined_in" in facts:
        terms["thing"] = THINGS[str(facts["defined_in"])]
    if "move" in facts:
        terms["move"] = MOVES[MoveKind(str(facts["move"]))]
    if "wanted_type" in facts:
        terms["wanted_type"] = WANTED_TYPES[str(facts["wanted_type"])]
        terms["given_type"] = _given(facts)
    return terms


def _given(facts: Mapping[str, Fact]) -> Bilingual:
    if "given_type" in facts:
        return GIVEN_TYPES[str(facts["given_type"])]
    return b(f" {facts['given']}", str(facts["given"]))

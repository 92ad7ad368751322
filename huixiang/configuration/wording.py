"""Put a validator's findings into plain words with the allowed values."""

import re
from collections.abc import Mapping
from typing import Any

from huixiang.configuration.problems import Path, Problem, pick
from huixiang.configuration.schema import field_names
from huixiang.configuration.yaml_file import Document
from huixiang.domain.text import Bilingual

Words = tuple[Bilingual, Bilingual]
Finding = Mapping[str, Any]
"""One entry of pydantic's `ValidationError.errors()`."""


def explain(document: Document, finding: Finding) -> Problem:
    """Turn one finding into a problem at its place in the file."""
    path = real_path(document, finding["loc"])
    what, todo = _words(document, path, finding)
    mark = document.key_marks.get(path) if _is_about_key(finding) else None
    return Problem(
        file=document.file, mark=mark or document.mark(path), what=what, todo=todo
    )


def _is_about_key(finding: Finding) -> bool:
    return str(finding["type"]).startswith("unexpected")


def real_path(document: Document, loc: Path) -> Path:
    """Drop what the validator adds to a path (the branches of a union)."""
    path: Path = ()
    for step in loc:
        if (*path, step) in document.marks:
            path = (*path, step)
    return path


def _words(document: Document, path: Path, finding: Finding) -> Words:
    kind = str(finding["type"])
    if kind.startswith("unexpected"):
        return _unknown_field(document, path)
    if kind.startswith("missing"):
        return _missing_field(str(finding["loc"][-1]))
    if kind in ("enum", "literal_error"):
        return _not_allowed(path, finding)
    if kind.startswith(("tuple", "list")):
        return _no_list(path, finding["input"])
    return _wrong_kind(kind, path, finding)


def _unknown_field(document: Document, path: Path) -> Words:
    name = str(path[-1]) if path else "?"
    what = Bilingual(zh=f"没有字段 {name!r}", en=f"there is no field {name!r}")
    return what, pick(name, field_names(document.file, path[:-1]))


def _missing_field(name: str) -> Words:
    return (
        Bilingual(zh=f"缺少字段 {name!r}", en=f"the field {name!r} is missing"),
        Bilingual(zh=f"加上 `{name}: …`", en=f"add `{name}: …`"),
    )


def _not_allowed(path: Path, finding: Finding) -> Words:
    allowed = re.findall(r"'([^']*)'", finding["ctx"]["expected"])
    wrong = str(finding["input"])
    what = Bilingual(
        zh=f"{_name(path)} 不能是 {wrong!r}", en=f"{_name(path)} cannot be {wrong!r}"
    )
    return what, pick(wrong, allowed)


def _no_list(path: Path, given: object) -> Words:
    what = Bilingual(zh=f"{_name(path)} 应是列表", en=f"{_name(path)} must be a list")
    if isinstance(given, str):
        return what, Bilingual(zh=f"写成 [{given}]", en=f"write [{given}]")
    return what, Bilingual(
        zh="每项前面加 “- ”", en='start each entry with "- " on its own line'
    )


_KINDS: Mapping[str, Bilingual] = {
    "string": Bilingual(zh="一段文字", en="text"),
    "int": Bilingual(zh="一个整数", en="a whole number"),
    "float": Bilingual(zh="一个数", en="a number"),
    "bool": Bilingual(zh="true 或 false", en="true or false"),
    "date": Bilingual(zh="一个日期，如 2026-06-30", en="a date such as 2026-06-30"),
    "dataclass": Bilingual(zh="若干 “字段: 值”", en='fields, each as "name: value"'),
    "mapping": Bilingual(zh="若干 “名称: 值”", en='entries, each as "name: value"'),
}


def _wrong_kind(kind: str, path: Path, finding: Finding) -> Words:
    wanted = next(
        (words for start, words in _KINDS.items() if kind.startswith(start)), None
    )
    if wanted is None:
        return _own_words(finding)
    shown = _shown(finding["input"])
    what = Bilingual(
        zh=f"{_name(path)} 应是{wanted.zh}，现在是{shown.zh}",
        en=f"{_name(path)} must be {wanted.en}, it is {shown.en}",
    )
    return what, Bilingual(zh="改正这个值", en="correct the value")


def _own_words(finding: Finding) -> Words:
    reason = finding.get("ctx", {}).get("error", finding["msg"])
    words = str(reason)
    return (
        Bilingual(zh=words, en=words),
        Bilingual(zh="按说明改正", en="correct it as it says"),
    )


_SHAPE_NAMES: tuple[tuple[type, Bilingual], ...] = (
    (dict, Bilingual(zh="若干字段", en="a set of fields")),
    (list, Bilingual(zh="一个列表", en="a list")),
)


def _shown(given: object) -> Bilingual:
    if given is None:
        return Bilingual(zh="空的", en="empty")
    for kind, words in _SHAPE_NAMES:
        if isinstance(given, kind):
            return words
    short = repr(given)[:40]
    return Bilingual(zh=f" {short}", en=short)


def _name(path: Path) -> str:
    words = [str(step) for step in path if isinstance(step, str)]
    return repr(words[-1]) if words else "the file"

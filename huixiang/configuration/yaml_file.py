"""Read a YAML file safely and remember where everything in it stands.

Every plain value stays the text that was written (`no`, `1.10` and `2026-01-05` keep
their spelling); the typed facts decide what a number or a date is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import yaml

from huixiang.configuration.problems import START, Mark, Path, Problem
from huixiang.domain.text import Bilingual

MAX_BYTES = 2_000_000
MAX_DEPTH = 40


class _YamlMark(Protocol):
    """A place as PyYAML counts: from 0."""

    line: int
    column: int


_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file's content, and the place of each value and each key in it."""

    file: str
    content: object
    marks: Mapping[Path, Mark]
    key_marks: Mapping[Path, Mark]

    def mark(self, path: Path) -> Mark:
        """Return where *path* stands, or the nearest thing that holds it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.marks:
                return self.marks[path[:end]]
        return START


class _Refused(Exception):
    """Carries the one problem that stops the reading of a file."""

    def __init__(self, mark: Mark, what: Bilingual, todo: Bilingual) -> None:
        super().__init__(what.en)
        self.mark, self.what, self.todo = mark, what, todo


def read_yaml(file: str, raw: bytes) -> Document | Problem:
    """Return what *raw* says, or the first thing that keeps it from being read."""
    try:
        return _read(file, raw)
    except _Refused as refused:
        return Problem(
            file=file, mark=refused.mark, what=refused.what, todo=refused.todo
        )


def _read(file: str, raw: bytes) -> Document:
    text = _decode(raw)
    try:
        builder = _Builder(text)
        content = builder.document()
    except yaml.MarkedYAMLError as error:
        raise _syntax(error) from error
    except yaml.reader.ReaderError as error:
        raise _unprintable(text, error) from error
    return Document(
        file=file, content=content, marks=builder.marks, key_marks=builder.key_marks
    )


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Refused(
            START,
            Bilingual(
                zh=f"文件有 {len(raw):,} 字节，上限 {MAX_BYTES:,}",
                en=f"the file has {len(raw):,} bytes, the limit is {MAX_BYTES:,}",
            ),
            Bilingual(
                zh="检查是否放错了文件", en="check that it is the file you meant"
            ),
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        raise _Refused(
            _mark_at(before),
            Bilingual(zh="不是 UTF-8 编码", en="the file is not UTF-8"),
            Bilingual(
                zh="在编辑器里另存为 UTF-8", en="save it as UTF-8 in your editor"
            ),
        ) from error


def _mark_at(before: str) -> Mark:
    line = before.count("\n") + 1
    return Mark(line=line, column=len(before) - (before.rfind("\n") + 1) + 1)


def _mark(mark: "_YamlMark | None") -> Mark:
    return START if mark is None else Mark(line=mark.line + 1, column=mark.column + 1)


def _syntax(error: yaml.MarkedYAMLError) -> _Refused:
    words = ", ".join(part for part in (error.context, error.problem) if part)
    return _Refused(
        _mark(error.problem_mark or error.context_mark),
        Bilingual(zh=f"不是有效的 YAML（{words}）", en=f"not valid YAML ({words})"),
        Bilingual(
            zh="检查这一行及上一行的缩进、冒号和引号",
            en="check indentation, colons and quotes on this line and the one before",
        ),
    )


def _unprintable(text: str, error: yaml.reader.ReaderError) -> _Refused:
    return _Refused(
        _mark_at(text[: error.position]),
        Bilingual(
            zh="含有 YAML 不允许的控制字符",
            en="holds a control character that YAML forbids",
        ),
        Bilingual(zh="删除这个字符", en="delete that character"),
    )


class _Builder:
    """Turns YAML events into plain values and notes where each stood.

    One pass, and nothing is built of what is refused: aliases, tags, deep nesting.
    """

    def __init__(self, text: str) -> None:
        self.marks: dict[Path, Mark] = {}
        self.key_marks: dict[Path, Mark] = {}
        self._events = yaml.parse(text, Loader=_LOADER)

    def document(self) -> object:
        """Return the value of the only document."""
        self._expect(yaml.StreamStartEvent)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _empty()
        value = self._value(next(self._events), ())
        if value is None:
            raise _empty()
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        return value

    def _expect(self, kind: type[yaml.Event]) -> None:
        event = next(self._events)
        if not isinstance(event, kind):
            raise _second_document(_mark(event.start_mark))

    def _value(self, event: yaml.Event, path: Path) -> object:
        mark = _mark(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise _alias(str(event.anchor), mark)
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _PLAIN_TAGS:
            raise _strange_tag(tag, mark)
        self.marks[path] = mark
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) >= MAX_DEPTH:
            raise _too_deep(mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        return self._mapping(path)

    def _list(self, path: Path) -> list[object]:
        return [
            self._value(event, (*path, i))
            for i, event in enumerate(self._until(yaml.SequenceEndEvent))
        ]

    def _mapping(self, path: Path) -> dict[str, object]:
        entries = {}
        for event in self._until(yaml.MappingEndEvent):
            mark = _mark(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                raise _no_key(mark)
            here = (*path, event.value)
            if here in self.key_marks:
                raise _twice(event.value, mark, self.key_marks[here])
            self.key_marks[here] = mark
            entries[event.value] = self._value(next(self._events), here)
        return entries

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event


def _scalar(event: yaml.ScalarEvent) -> str | None:
    is_plain = not event.style and event.tag is None
    return None if is_plain and event.value in _NULLS else str(event.value)


def _empty() -> _Refused:
    return _Refused(
        START,
        Bilingual(zh="文件是空的", en="the file is empty"),
        Bilingual(zh="补上内容或删除它", en="fill it in or delete it"),
    )


def _second_document(mark: Mark) -> _Refused:
    return _Refused(
        mark,
        Bilingual(
            zh="一个文件里有两份文档（---）", en="a second document (---) begins here"
        ),
        Bilingual(zh="合并成一份", en="keep one document in a file"),
    )


def _alias(name: str, mark: Mark) -> _Refused:
    return _Refused(
        mark,
        Bilingual(
            zh=f"不支持 YAML 别名（*{name}）",
            en=f"YAML aliases (*{name}) are not supported",
        ),
        Bilingual(zh="把内容在这里写一遍", en="write the content out at this place"),
    )


def _too_deep(mark: Mark) -> _Refused:
    return _Refused(
        mark,
        Bilingual(
            zh=f"嵌套超过 {MAX_DEPTH} 层", en=f"nested deeper than {MAX_DEPTH} levels"
        ),
        Bilingual(zh="检查缩进和括号", en="check indentation and brackets"),
    )


def _no_key(mark: Mark) -> _Refused:
    return _Refused(
        mark,
        Bilingual(zh="键必须是一个词", en="a key must be one word"),
        Bilingual(zh="检查冒号前面的内容", en="check what stands before the colon"),
    )


def _twice(key: str, mark: Mark, first: Mark) -> _Refused:
    return _Refused(
        mark,
        Bilingual(
            zh=f"{key!r} 写了两次（第一次在第 {first.line} 行）",
            en=f"{key!r} is written twice (first on line {first.line})",
        ),
        Bilingual(zh="只保留一个", en="keep one of them"),
    )


def _strange_tag(tag: str, mark: Mark) -> _Refused:
    return _Refused(
        mark,
        Bilingual(
            zh=f"不支持 YAML 标签 {tag}", en=f"the YAML tag {tag} is not supported"
        ),
        Bilingual(
            zh="去掉它；含 ! * & 的文字请加引号",
            en="remove it; put text with ! * & in quotes",
        ),
    )

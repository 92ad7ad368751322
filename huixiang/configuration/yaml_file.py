"""Read a YAML file safely and remember where everything in it stands.

Every plain value stays the text that was written (`no`, `1.10` and `2026-01-05` keep
their spelling); the typed facts decide what a number or a date is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import yaml

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import START, FilePlace, Path, Problem
from huixiang.domain.reason import Fact

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
    places: Mapping[Path, FilePlace]
    key_places: Mapping[Path, FilePlace]

    def place(self, path: Path) -> FilePlace:
        """Return where *path* stands, or the nearest thing that holds it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return START


class _RefusedYaml(Exception):
    """Carries the one problem that stops the reading of a file."""

    def __init__(self, place: FilePlace, code: ProblemCode, **facts: Fact) -> None:
        super().__init__(code)
        self.place, self.code, self.facts = place, code, facts


def read_yaml(file: str, raw: bytes) -> Document | Problem:
    """Return what *raw* says, or the first thing that keeps it from being read."""
    try:
        return _read(file, raw)
    except _RefusedYaml as refused:
        return Problem(
            file=file, place=refused.place, code=refused.code, facts=refused.facts
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
        file=file, content=content, places=builder.places, key_places=builder.key_places
    )


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _RefusedYaml(
            START, ProblemCode.FILE_TOO_LARGE, n_bytes=len(raw), limit=MAX_BYTES
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        raise _RefusedYaml(_place_at(before), ProblemCode.NOT_UTF8) from error


def _place_at(before: str) -> FilePlace:
    line = before.count("\n") + 1
    return FilePlace(line=line, column=len(before) - (before.rfind("\n") + 1) + 1)


def _place(mark: "_YamlMark | None") -> FilePlace:
    return (
        START if mark is None else FilePlace(line=mark.line + 1, column=mark.column + 1)
    )


def _syntax(error: yaml.MarkedYAMLError) -> _RefusedYaml:
    words = ", ".join(part for part in (error.context, error.problem) if part)
    return _RefusedYaml(
        _place(error.problem_mark or error.context_mark),
        ProblemCode.NOT_YAML,
        reason=words,
    )


def _unprintable(text: str, error: yaml.reader.ReaderError) -> _RefusedYaml:
    return _RefusedYaml(
        _place_at(text[: error.position]), ProblemCode.CONTROL_CHARACTER
    )


class _Builder:
    """Turns YAML events into plain values and notes where each stood.

    One pass, and nothing is built of what is refused: aliases, tags, deep nesting.
    """

    def __init__(self, text: str) -> None:
        self.places: dict[Path, FilePlace] = {}
        self.key_places: dict[Path, FilePlace] = {}
        self._events = yaml.parse(text, Loader=_LOADER)

    def document(self) -> object:
        """Return the value of the only document."""
        self._expect(yaml.StreamStartEvent)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _RefusedYaml(START, ProblemCode.FILE_EMPTY)
        value = self._value(next(self._events), ())
        if value is None:
            raise _RefusedYaml(START, ProblemCode.FILE_EMPTY)
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        return value

    def _expect(self, kind: type[yaml.Event]) -> None:
        event = next(self._events)
        if not isinstance(event, kind):
            raise _RefusedYaml(_place(event.start_mark), ProblemCode.SECOND_DOCUMENT)

    def _value(self, event: yaml.Event, path: Path) -> object:
        place = _place(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedYaml(place, ProblemCode.YAML_ALIAS, name=str(event.anchor))
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _PLAIN_TAGS:
            raise _RefusedYaml(place, ProblemCode.YAML_TAG, tag=tag)
        self.places[path] = place
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) >= MAX_DEPTH:
            raise _RefusedYaml(place, ProblemCode.NESTED_TOO_DEEP, limit=MAX_DEPTH)
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
            place = _place(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedYaml(place, ProblemCode.KEY_IS_NO_WORD)
            here = (*path, event.value)
            if here in self.key_places:
                line = self.key_places[here].line
                raise _RefusedYaml(
                    place, ProblemCode.KEY_TWICE, key=event.value, line=line
                )
            self.key_places[here] = place
            entries[event.value] = self._value(next(self._events), here)
        return entries

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event


def _scalar(event: yaml.ScalarEvent) -> str | None:
    is_plain = not event.style and event.tag is None
    return None if is_plain and event.value in _NULLS else str(event.value)

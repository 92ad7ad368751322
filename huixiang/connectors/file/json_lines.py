"""JSON Lines: one object a line; a bad line is one record, not the end."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from huixiang.connectors.file.encoding import Decode
from huixiang.connectors.file.lines import FileLine, read_lines
from huixiang.connectors.file.rows import FileRow, unreadable
from huixiang.errors import UndecodableFile

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json_lines(stream: IO[bytes], decode: Decode) -> Iterator[FileRow]:
    """Yield every line that is not blank."""
    for line in read_lines(stream, decode):
        if line.problem is not None:
            yield unreadable(str(line.number), line.problem, line.text)
        elif line.text.strip():
            yield _read(line)


def _read(line: FileLine) -> FileRow:
    place, text = str(line.number), line.text.strip()
    if line.number == 1 and text == "[":
        raise UndecodableFile(
            "it is one JSON list over many lines; write one object a line"
        )
    try:
        value = json.loads(text, parse_constant=str)
    except (ValueError, RecursionError) as error:
        return unreadable(place, f"not_json: {type(error).__name__}: {error}", text)
    if not isinstance(value, dict):
        return unreadable(place, "not_json: not an object", text)
    return FileRow(
        place=place, fields=_sound(value) if "\\ud" in text.lower() else value
    )


def _sound(value: Any) -> Any:
    """Replace halves of surrogate pairs, which no database can store."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_sound(each) for each in value]
    if isinstance(value, dict):
        return {_sound(key): _sound(each) for key, each in value.items()}
    return value

"""Lines of a file in bounded memory, each with its number."""

from collections.abc import Iterator
from typing import IO, NamedTuple

from huixiang.connectors.file.encoding import Decode

MAX_LINE = 1 << 20
"""Bytes; a longer line is no feedback, and holding it could exhaust the memory."""

_N_RAW = 2_000


class FileLine(NamedTuple):
    """One line with its end; `problem` says why `text` is only its beginning."""

    number: int
    text: str
    problem: str | None = None


def read_lines(stream: IO[bytes], decode: Decode) -> Iterator[FileLine]:
    """Yield every line; one that is too long or cannot be decoded has a problem."""
    number = 0
    while data := stream.readline(MAX_LINE):
        number += 1
        if len(data) >= MAX_LINE and not data.endswith(b"\n"):
            _skip_to_line_end(stream)
            problem = f"line_too_long: more than {MAX_LINE:,} bytes"
            yield FileLine(number, _beginning(data, decode), problem)
            continue
        try:
            text = decode(data, "strict")
        except UnicodeDecodeError as error:
            problem = f"undecodable: byte {error.start + 1} of the line"
            yield FileLine(number, _beginning(data, decode), problem)
        else:
            yield FileLine(number, text)


def _skip_to_line_end(stream: IO[bytes]) -> None:
    while rest := stream.readline(MAX_LINE):
        if rest.endswith(b"\n"):
            return


def _beginning(data: bytes, decode: Decode) -> str:
    return decode(data[:_N_RAW], "replace").rstrip("\r\n")

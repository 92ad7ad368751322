"""Which encoding a file is in: a rule that can be explained, never a guess."""

import codecs
import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

from huixiang.errors import ConfigurationError, UndecodableFile

CHUNK = 1 << 20
_N_CHUNKS_TO_JUDGE = 4

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUPERSETS = {"gbk": "gb18030", "gb2312": "gb18030", "utf-8-sig": "utf-8"}

Decode = Callable[[bytes, str], str]
"""Takes one line and what to do with errors ("strict" or "replace")."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Encoding:
    """A codec; `is_mixed` when no single one fits and each row decides."""

    codec: str
    is_mixed: bool = False

    @property
    def has_wide_line_ends(self) -> bool:
        """Whether a line end takes more than one byte."""
        return self.codec.startswith(("utf-16", "utf-32"))


def check_declared(encoding: str, source: str) -> None:
    """Raise ConfigurationError unless *encoding* is "auto" or a codec."""
    if encoding == "auto":
        return
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise ConfigurationError(
            f"rules/sources.yaml: source {source!r}: no encoding {encoding!r}; "
            'write "auto", "utf-8", "gb18030", "utf-16-le" …'
        ) from error


def choose_encoding(stream: IO[bytes], declared: str = "auto") -> Encoding:
    """Return BOM, else the declared one, else strict UTF-8, else strict GB18030."""
    start = stream.read(4)
    stream.seek(0)
    for mark, codec in _BOMS:
        if start.startswith(mark):
            return Encoding(codec=codec)
    if declared != "auto":
        name = codecs.lookup(declared).name
        encoding = Encoding(codec=_SUPERSETS.get(name, name))
        _check_fits(stream, encoding)
        return encoding
    _check_is_text(stream)
    if _decodes(stream, "utf-8"):
        return Encoding(codec="utf-8")
    is_damaged_utf8 = _is_mostly_utf8(_chunks(stream))
    if not is_damaged_utf8 and _decodes(stream, "gb18030"):
        return Encoding(codec="gb18030")
    return Encoding(codec="utf-8", is_mixed=True)


def _check_fits(stream: IO[bytes], declared: Encoding) -> None:
    """Raise UndecodableFile where UTF-8 and GB18030 were taken for each other.

    Either read as the other can give wrong characters without a single error.
    """
    if declared.codec == "utf-8":
        is_other = not _is_mostly_utf8(_chunks(stream)) and not _decodes(
            stream, "utf-8"
        )
        other = "gb18030" if is_other and _decodes(stream, "gb18030") else None
    else:
        is_utf8 = not declared.has_wide_line_ends and _decodes(stream, "utf-8")
        is_other = is_utf8 and _is_mostly_utf8(_chunks(stream))
        other = "utf-8" if is_other else None
    if other is not None:
        raise UndecodableFile(
            f"it is {other}, not {declared.codec} as rules/sources.yaml says: write "
            f'encoding: "{other}", or "auto" where both come'
        )


def _check_is_text(stream: IO[bytes]) -> None:
    start = stream.read(CHUNK)
    stream.seek(0)
    if start.count(0) * 5 > len(start):
        raise UndecodableFile(
            "it is full of NUL bytes: not text, or UTF-16 without a byte order mark "
            '(then write encoding: "utf-16-le" in rules/sources.yaml)'
        )


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        yield chunk
    stream.seek(0)


def _decodes(stream: IO[bytes], codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        for chunk in _chunks(stream):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _is_mostly_utf8(chunks: Iterator[bytes]) -> bool:
    """Say whether more bytes belong to sound East Asian characters than to none.

    One damaged byte makes a UTF-8 file fail the strict test, and read as GB18030 it
    could turn into other characters without an error. GB18030 read as UTF-8 gives
    hardly any character of three bytes.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    n_high = n_damaged = 0
    for chunk in islice(chunks, _N_CHUNKS_TO_JUDGE):
        text = decoder.decode(chunk)
        n_damaged += text.count("\ufffd")
        n_high += sum(character > "\u2000" for character in text)
    return 3 * (n_high - n_damaged) > n_damaged  # U+FFFD is itself above U+2000


def decoder_for(encoding: Encoding) -> Decode:
    """Return what decodes one line; strictly, it raises UnicodeDecodeError."""
    if encoding.is_mixed:
        return _decode_mixed
    codec = "utf-8" if encoding.has_wide_line_ends else encoding.codec
    return lambda line, errors: line.decode(codec, errors)


def _decode_mixed(line: bytes, errors: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        codec = "utf-8" if _is_mostly_utf8(iter((line,))) else "gb18030"
    return line.decode(codec, errors)


@contextlib.contextmanager
def plain_line_ends(stream: IO[bytes], encoding: Encoding) -> Iterator[IO[bytes]]:
    """Give *stream*, or a copy of it, such that a line feed's byte ends each line.

    UTF-16 and UTF-32 are copied as UTF-8, and carriage returns alone are translated;
    all else is the stream itself, after its byte order mark.
    """
    stream.seek(0)
    start = stream.read(CHUNK)
    if encoding.has_wide_line_ends:
        with _copy(_transcoded(stream, encoding.codec)) as copy:
            yield copy
    elif b"\r" in start and b"\n" not in start:
        with _copy(c.replace(b"\r", b"\n") for c in _chunks(stream)) as copy:
            yield copy
    else:
        has_mark = start.startswith(codecs.BOM_UTF8)
        stream.seek(len(codecs.BOM_UTF8) if has_mark else 0)
        yield stream


def _transcoded(stream: IO[bytes], codec: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    for chunk in _chunks(stream):
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


@contextlib.contextmanager
def _copy(chunks: Iterator[bytes]) -> Iterator[IO[bytes]]:
    with tempfile.SpooledTemporaryFile(max_size=8 * CHUNK) as copy:
        for chunk in chunks:
            copy.write(chunk)
        copy.seek(0)
        yield copy

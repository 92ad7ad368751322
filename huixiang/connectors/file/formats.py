"""Which reader a file needs: by its first bytes, then its name."""

from collections.abc import Iterator
from typing import IO

from huixiang.connectors.file.delimited import read_delimited
from huixiang.connectors.file.encoding import (
    choose_encoding,
    decoder_for,
    plain_line_ends,
)
from huixiang.connectors.file.json_lines import read_json_lines
from huixiang.connectors.file.rows import FileRow
from huixiang.connectors.file.settings import FileSource
from huixiang.connectors.file.workbook import read_workbook
from huixiang.errors import UndecodableFile

BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old .xls or a password: save it as .xlsx without one"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"%PDF", "a PDF: export the records as CSV, XLSX or JSON Lines"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
)


def read_rows(stream: IO[bytes], suffix: str, source: FileSource) -> Iterator[FileRow]:
    """Yield the rows of one file; raise UndecodableFile where that cannot be done."""
    kind = _kind(stream, suffix, source)
    if kind == "xlsx":
        yield from read_workbook(stream, source.fields)
        return
    encoding = choose_encoding(stream, source.encoding)
    decode = decoder_for(encoding)
    with plain_line_ends(stream, encoding) as lines:
        if kind == "jsonl":
            yield from read_json_lines(lines, decode)
        else:
            delimiter = _delimiter(source, suffix)
            yield from read_delimited(lines, decode, delimiter, source.fields)


def _kind(stream: IO[bytes], suffix: str, source: FileSource) -> str:
    start = stream.read(8)
    stream.seek(0)
    for signature, what in _FOREIGN:
        if start.startswith(signature):
            raise UndecodableFile(f"it is {what}")
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    kind = source.format if source.format != "auto" else BY_SUFFIX.get(suffix.lower())
    if kind is None:
        raise UndecodableFile(
            f"no reader for {suffix or 'a name without an ending'!r}: deliver .csv, "
            ".xlsx or .jsonl, or set format in rules/sources.yaml"
        )
    return kind


def _delimiter(source: FileSource, suffix: str) -> str:
    return (
        "\t"
        if suffix.lower() == ".tsv" and source.delimiter == ","
        else source.delimiter
    )

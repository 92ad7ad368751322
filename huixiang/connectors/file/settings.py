"""What `rules/sources.yaml` says of a source of kind "file"."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from huixiang.domain.records.source import Source
from huixiang.domain.setting import StrangeSetting


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSource(Source):
    """A source that delivers files; `path` is a glob below the workspace."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    kind: Literal["file"] = "file"
    path: str = "inbox/*"
    format: Literal["auto", "csv", "xlsx", "jsonl"] = "auto"
    encoding: str = "auto"
    delimiter: str = ","

    def strange_settings(self) -> Iterator[StrangeSetting]:
        """Yield the settings whose values make no sense."""
        if not _is_encoding(self.encoding):
            yield StrangeSetting(field="encoding", wanted="auto, utf-8, gb18030, …")
        if len(self.delimiter) != 1:
            yield StrangeSetting(field="delimiter", wanted="one character")


def _is_encoding(name: str) -> bool:
    if name == "auto":
        return True
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True

"""A private copy of a file: what was hashed is what is read, whoever writes meanwhile."""

import contextlib
import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from huixiang.clock import UTC, Now
from huixiang.errors import SourceError

_CHUNK = 1 << 20
_IN_MEMORY = 16 * _CHUNK
_FRESH = dt.timedelta(seconds=2)
_WAIT_SECONDS = 1.0

Wait = Callable[[float], None]


class StillWritten(SourceError):
    """A file changed while it was read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """The bytes of a file at one moment."""

    stream: IO[bytes]
    sha256: str
    size: int


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextlib.contextmanager
def open_snapshot(path: Path, *, now: Now, wait: Wait) -> Iterator[Snapshot]:
    """Give a copy of *path*; raise StillWritten if it changed meanwhile."""
    before = _identity(path)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        digest, last = _copy(path, copy)
        if last not in {b"\n", b"\r", b""} and _is_fresh(path, now()):
            wait(_WAIT_SECONDS)  # cut off in mid-line and just touched: look again
        if _identity(path) != before:
            raise StillWritten("it changed while it was read")
        size = copy.tell()
        copy.seek(0)
        yield Snapshot(stream=copy, sha256=digest, size=size)


def _identity(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def _is_fresh(path: Path, now: dt.datetime) -> bool:
    changed_at = dt.datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return abs(now - changed_at) < _FRESH


def _copy(path: Path, copy: IO[bytes]) -> tuple[str, bytes]:
    digest, last = hashlib.sha256(), b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
            last = chunk[-1:]
    return digest.hexdigest(), last

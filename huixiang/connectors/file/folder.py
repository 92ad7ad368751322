"""A watched folder: every file once, every version of it, from where it stopped."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from huixiang.connectors.file.encoding import check_declared
from huixiang.connectors.file.formats import read_rows
from huixiang.connectors.file.rows import FileRow
from huixiang.connectors.file.settings import FileSource
from huixiang.connectors.file.snapshot import Snapshot, StillWritten, Wait, hash_file
from huixiang.connectors.file.snapshot import open_snapshot as _open_snapshot
from huixiang.connectors.surroundings import Surroundings
from huixiang.domain.records.feedback import RawRecord
from huixiang.domain.records.source import Cursor, Pulled, SourceProblem
from huixiang.errors import ConfigurationError, SourceError, UndecodableFile

UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
_WILDCARDS = "*?["


@dataclass(frozen=True, kw_only=True, slots=True)
class FileProgress:
    """How far one version of a file was read; `row` is the place of the last record."""

    sha256: str
    size: int
    n_records: int
    row: str | None
    done: bool


_Files = dict[str, FileProgress]


class FileConnector:
    """Reads the files that a glob below the workspace's folder finds."""

    def __init__(
        self,
        source: FileSource,
        surroundings: Surroundings,
        *,
        wait: Wait = time.sleep,
    ) -> None:
        check_declared(source.encoding, source.name)
        check_path(source)
        self._source = source
        self._home = surroundings.home
        self._batch_size = surroundings.limits.batch_size
        self._now = surroundings.now
        self._wait = wait

    def pull(self, cursor: Cursor) -> Iterator[Pulled]:
        """Yield the rows of new files and new versions, by name, in batches."""
        files = _files_of(cursor)
        for path in self._paths():
            name = _relative_name(path, self._home)
            try:
                yield from self._pull_file(path, name, files)
            except (SourceError, OSError) as error:
                problem = _problem(name, error)
                yield Pulled(records=(), cursor=_cursor(files), problems=(problem,))

    def _paths(self) -> list[Path]:
        folder = self._home / _fixed_folder(self._source.path)
        if not folder.is_dir():
            raise SourceError(
                f"source {self._source.name!r}: no folder {folder}; create it or "
                "change path in rules/sources.yaml"
            )
        try:
            paths = self._home.glob(self._source.path)
            return sorted(path for path in paths if is_delivered(path, self._home))
        except OSError as error:
            raise SourceError(
                f"source {self._source.name!r}: {folder} cannot be listed "
                f"({error.strerror}): check owner and permissions"
            ) from error

    def _pull_file(self, path: Path, name: str, files: _Files) -> Iterator[Pulled]:
        known = files.get(name)
        if known and known.done and known.sha256 == hash_file(path):
            return
        with _open_snapshot(path, now=self._now, wait=self._wait) as snapshot:
            entry = known if known and known.sha256 == snapshot.sha256 else None
            yield from self._batches(name, snapshot, entry, files)

    def _batches(
        self,
        name: str,
        snapshot: Snapshot,
        entry: FileProgress | None,
        files: _Files,
    ) -> Iterator[Pulled]:
        n_given = entry.n_records if entry else 0
        place = entry.row if entry else None
        version = f"{name}@{snapshot.sha256[:8]}"
        rows = read_rows(snapshot.stream, PurePosixPath(name).suffix, self._source)
        rows = islice(rows, n_given, None)
        is_done = False
        while not is_done:
            batch = list(islice(rows, self._batch_size))
            is_done = len(batch) < self._batch_size
            n_given += len(batch)
            place = batch[-1].place if batch else place
            files[name] = FileProgress(
                sha256=snapshot.sha256,
                size=snapshot.size,
                n_records=n_given,
                row=place,
                done=is_done,
            )
            records = tuple(_record(version, row) for row in batch)
            yield Pulled(records=records, cursor=_cursor(files))


def _record(version: str, row: FileRow) -> RawRecord:
    return RawRecord(position=f"{version}:{row.place}", fields=row.fields)


def _files_of(cursor: Cursor) -> _Files:
    files = cursor.get("files", {})
    if not isinstance(files, Mapping):
        raise SourceError("the cursor is not one of a file source; was kind changed?")
    return {name: _progress(entry) for name, entry in files.items()}


def _cursor(files: _Files) -> Cursor:
    return {"files": {name: asdict(entry) for name, entry in files.items()}}


def _progress(entry: Any) -> FileProgress:
    try:
        return FileProgress(**entry)
    except TypeError as error:
        raise SourceError(
            "the cursor is not one of a file source; was kind changed?"
        ) from error


def check_path(source: FileSource) -> None:
    """Raise ConfigurationError unless the path stays below the workspace."""
    path = PurePosixPath(source.path)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ConfigurationError(
            f"rules/sources.yaml: source {source.name!r}: path {source.path!r} must be "
            "a pattern below the workspace, such as inbox/*.csv"
        )


def _fixed_folder(pattern: str) -> PurePosixPath:
    """Return the folders of a pattern up to its first wildcard."""
    fixed: list[str] = []
    for part in PurePosixPath(pattern).parts[:-1]:
        if any(character in part for character in _WILDCARDS):
            break
        fixed.append(part)
    return PurePosixPath(*fixed)


def is_delivered(path: Path, home: Path) -> bool:
    """Say whether a path is a file whose writer has finished, by its name."""
    parts = path.relative_to(home).parts
    is_hidden = any(part.startswith((".", "~$")) for part in parts)
    is_unfinished = path.name.lower().endswith(UNFINISHED)
    return not is_hidden and not is_unfinished and path.is_file()


def _relative_name(path: Path, home: Path) -> str:
    name = path.relative_to(home).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _problem(name: str, error: Exception) -> SourceProblem:
    if isinstance(error, StillWritten):
        next_step = (
            "nothing, if it is still being written: the next run reads it. Let writers "
            "use a name ending in .part and rename it when it is complete"
        )
    elif isinstance(error, UndecodableFile):
        next_step = (
            "correct the file or rules/sources.yaml and run again, or move it away; "
            "other files go on"
        )
    else:
        next_step = "check that the file can be read (owner, permissions, disk)"
    return SourceProblem(position=name, reason=str(error), next_step=next_step)

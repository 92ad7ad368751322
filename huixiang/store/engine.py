"""Open the database, and give out transactions that commit whole or not at all."""

import datetime as dt
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from huixiang.errors import ConfigurationError, StoreUnavailable
from huixiang.store.knowledge import Knowledge
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.store.vault import Vault

Boundary = Callable[[str], None]
"""Called with a name at every point where a crash must do no harm."""

BUSY_SECONDS = 30
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATING = 4_815_162_342
"""Names the lock that lets one process migrate at a time."""


def pass_by(_: str) -> None:
    """Pass a boundary: nothing happens there in normal use."""


def open_engine(url: str) -> Engine:
    """Return an engine for *url*; SQLite gets WAL and full synchronisation."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            "HUIXIANG_DATABASE_URL cannot be read; write it like "
            "sqlite:////folder/huixiang.db or postgresql+psycopg://user:word@host/name"
        ) from error
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(url, parsed.database)
    if parsed.drivername != "postgresql+psycopg":
        raise ConfigurationError(
            "HUIXIANG_DATABASE_URL must start with sqlite:/// or postgresql+psycopg://"
        )
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _open_sqlite(url: str, database: str | None) -> Engine:
    if database:
        _make_folder(Path(database).parent)
    # An error must never repeat the values it was about: they may be somebody's words.
    engine = create_engine(
        url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Taking the write lock at once avoids a deadlock between two readers
        # that both turn writers.
        mode = connection.get_execution_options().get("huixiang_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"{folder} cannot be made for the database ({error}); give this user the "
            "folder, or set HUIXIANG_DATABASE_URL"
        ) from error


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Say of a database that fails what became of the work and what to do."""
    try:
        yield
    except OperationalError as error:
        raise StoreUnavailable(
            f"the database failed at {name!r} ({error.orig}); nothing of it was kept: "
            "see to the database (space, lock, server), then run again"
        ) from error


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the database to *revision*; runs in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE does it
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATING})"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


class Store:
    """The database of one workspace."""

    def __init__(
        self, engine: Engine, vault: Vault, boundary: Boundary = pass_by
    ) -> None:
        self._engine = engine
        self._vault = vault
        self._rehearsal: Connection | None = None
        self.boundary = boundary
        # Commands open a workspace and end; its connections end with it.
        weakref.finalize(self, engine.dispose)

    @contextmanager
    def transaction(
        self, name: str, *, at: dt.datetime | None = None
    ) -> Iterator[UnitOfWork]:
        """Give a unit of work; commit when the block ends, roll back if it raises.

        What it stores is known from *at* on.
        """
        with _explained(name), self._begin() as connection:
            yield UnitOfWork(connection, self._vault, Knowledge(now=at))
            self.boundary(f"before {name}")
        self.boundary(f"after {name}")

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        if self._rehearsal is not None:
            with self._rehearsal.begin_nested():
                yield self._rehearsal
        else:
            with self._engine.begin() as connection:
                yield connection

    @contextmanager
    def reading(
        self, *, known_until: dt.datetime | None = None
    ) -> Iterator[UnitOfWork]:
        """Give a unit of work for questions only, about what was known *until* then."""
        knowledge = Knowledge(until=known_until)
        if self._rehearsal is not None:
            yield UnitOfWork(self._rehearsal, self._vault, knowledge)
            return
        with _explained("read"), self._engine.connect() as connection:
            lazy = connection.execution_options(huixiang_begin="DEFERRED")
            yield UnitOfWork(lazy, self._vault, knowledge)

    @property
    def rehearses(self) -> bool:
        """Whether everything that is done now will be undone."""
        return self._rehearsal is not None

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Undo everything done inside the block (a dry run)."""
        with self._engine.connect() as connection, connection.begin() as outer:
            self._rehearsal = connection
            try:
                yield
            finally:
                self._rehearsal = None
                outer.rollback()

    def check(self) -> None:
        """Refuse a damaged or unreachable database with the next step."""
        if self._rehearsal is not None:
            return  # it was checked before; a second connection would wait for the first
        try:
            with self._engine.connect() as connection:
                if connection.dialect.name == "sqlite":
                    found = connection.execute(text("PRAGMA quick_check")).scalar_one()
                    if found != "ok":
                        raise ConfigurationError(
                            f"the database is damaged ({found}); it was left as it is: "
                            "restore the last backup"
                        )
                connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            raise ConfigurationError(
                "the database cannot be opened; check HUIXIANG_DATABASE_URL, that the "
                f"server runs and that the file is not damaged ({error.orig})"
            ) from error

    def migrate(self) -> None:
        """Bring the tables to the newest version."""
        if self._rehearsal is None:
            migrate(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

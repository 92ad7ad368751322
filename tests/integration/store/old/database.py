"""A database of the last version before 0009: its tables, and how rows got into them."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from huixiang.store.engine import migrate, open_engine

BEFORE = "0008"
NOON = dt.datetime(2026, 3, 12, 4, 0, tzinfo=dt.UTC)

Row = Mapping[str, Any]
Rows = Mapping[str, list[Row]]


class OldDatabase:
    """Tables of version 0008, written without any of today's code.

    A JSON column that is given None holds JSON's null, one that is left out SQL's
    NULL: both were written.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.random = random.Random(8)
        self.tables = reflected(connection)
        self._connection = connection

    def put(self, table: str, **row: Any) -> None:
        """Write one row."""
        self._connection.execute(self.tables[table].insert().values(**row))

    def read(self, statement: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        """Return what was written."""
        return self._connection.execute(statement).all()

    def pick(self, *values: Any) -> Any:
        """Return one of some values."""
        return self.random.choice(values)

    def moment(self, days: float = 20) -> dt.datetime:
        """Return a moment within the last days, to the microsecond."""
        seconds = self.random.randrange(1, int(days * 86_400))
        micro = self.random.choice((0, self.random.randrange(1_000_000)))
        return NOON - dt.timedelta(seconds=seconds, microseconds=micro)


def reflected(connection: sa.Connection) -> dict[str, sa.Table]:
    """Return the tables that a database has."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return {
        table.name: table
        for table in metadata.sorted_tables
        if table.name != "alembic_version"
    }


def rows_of(connection: sa.Connection) -> Rows:
    """Return every row of every table."""
    return {
        name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        for name, table in reflected(connection).items()
    }


def old_engine(url: str) -> sa.Engine:
    """Return an empty database of the old version."""
    engine = open_engine(url)
    migrate(engine, BEFORE)
    return engine

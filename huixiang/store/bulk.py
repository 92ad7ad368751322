"""Insert many rows, leaving alone what is there already."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from huixiang.store.tables.base import Base


def insert_new(
    connection: Connection, table: type[Base], rows: Sequence[dict[str, Any]]
) -> None:
    """Insert *rows*; a row whose key exists is left as it was."""
    if not rows:
        return
    connection.execute(insert_for(connection, table).on_conflict_do_nothing(), rows)


def upsert(
    connection: Connection,
    table: type[Base],
    rows: Sequence[dict[str, Any]],
    change: Sequence[str],
) -> None:
    """Insert *rows*; where the primary key exists set the columns in *change*."""
    if not rows:
        return
    statement = insert_for(connection, table)
    keys = [column.name for column in table.__table__.primary_key]
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=keys,
            set_={name: getattr(statement.excluded, name) for name in change},
        ),
        rows,
    )


def insert_for(connection: Connection, table: type[Base]) -> Any:
    """Return the dialect's own insert, which knows ON CONFLICT."""
    statement: Insert = (
        sqlite.insert(table)
        if connection.dialect.name == "sqlite"
        else postgresql.insert(table)
    )
    return statement

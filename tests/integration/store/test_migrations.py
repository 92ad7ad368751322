"""Migrations: every old version to the newest, nothing lost, nothing left over."""

import datetime as dt

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from huixiang.store.engine import MIGRATIONS, migrate, open_engine
from huixiang.store.tables.base import Base
from huixiang.store.tables.types import UtcDateTime

VERSIONS = [
    revision.revision
    for revision in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))
]
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def engine(database_url):
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


def _same(_, inspected, __, inspected_type, metadata_type):
    """Our moments are stored as timestamps; the rest alembic compares itself."""
    if isinstance(metadata_type, UtcDateTime):
        return not isinstance(inspected_type, sa.DateTime)
    return None


def differences(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": _same, "compare_server_default": True}
        )
        return compare_metadata(context, Base.metadata)


def test_a_fresh_database_at_the_newest_version_is_what_the_tables_say(engine):
    migrate(engine)

    assert differences(engine) == []


def test_migrating_twice_changes_nothing(engine):
    migrate(engine)
    with engine.connect() as connection:
        before = sorted(sa.inspect(connection).get_table_names())
    migrate(engine)

    with engine.connect() as connection:
        assert sorted(sa.inspect(connection).get_table_names()) == before
    assert differences(engine) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_old_version_stored_is_there_in_the_newest(engine, version):
    migrate(engine, version)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO rulebook (rulebook_hash, first_used_at, content) "
                "VALUES ('r1', :at, '{}')"
            ).bindparams(sa.bindparam("at", AT, UtcDateTime()))
        )

    migrate(engine)

    table = Base.metadata.tables["rulebook"]
    with engine.connect() as connection:
        (row,) = connection.execute(sa.select(table)).mappings()
    assert row["rulebook_hash"] == "r1"
    assert row["first_used_at"] == AT
    assert differences(engine) == []


def test_versions_stand_in_one_line():
    script = ScriptDirectory(str(MIGRATIONS))

    assert len(script.get_heads()) == 1
    assert sorted(VERSIONS) == VERSIONS

"""Migrations: every old version to the newest, nothing lost, nothing left over."""

import datetime as dt

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from huixiang.store.engine import MIGRATIONS, migrate, open_engine
from huixiang.store.queries.coding.models import Models
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
                "INSERT INTO inbox_call (call_id, door, name, received_at, state) "
                "VALUES ('status:desk:1', 'status', 'desk', :at, 'waiting')"
            ).bindparams(sa.bindparam("at", AT, UtcDateTime()))
        )

    migrate(engine)

    table = Base.metadata.tables["inbox_call"]
    with engine.connect() as connection:
        (row,) = connection.execute(sa.select(table)).mappings()
    assert row["call_id"] == "status:desk:1"
    assert row["received_at"] == AT
    assert differences(engine) == []


def test_versions_stand_in_one_line():
    script = ScriptDirectory(str(MIGRATIONS))

    assert len(script.get_heads()) == 1
    assert sorted(VERSIONS) == VERSIONS


def test_who_gave_an_issue_away_is_a_name_of_its_own(engine):
    migrate(engine, "0011")
    issues = [
        ("rule", None),
        ("person:小王", "小王"),
        ("person:person:王", "person:王"),
    ]
    with engine.begin() as connection:
        for number, (department_by, _) in enumerate(issues):
            connection.execute(
                sa.text(
                    "INSERT INTO issue (issue_id, theme, touchpoint, unit, department, "
                    "department_by, severity, sla_hours, first_at, last_at) VALUES "
                    "(:id, :id, '-', '-', 'floor', :by, 'low', 72, :at, :at)"
                ).bindparams(sa.bindparam("at", AT, UtcDateTime())),
                {"id": f"is_{number}", "by": department_by},
            )

    migrate(engine)

    with engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT department_by, department_person FROM issue ORDER BY issue_id"
            )
        ).all()
    assert [row.department_person for row in rows] == [name for _, name in issues]
    assert [row.department_by for row in rows] == ["rule", "person", "person"]


def test_words_about_a_model_are_never_one_of_our_reasons(engine):
    migrate(engine, "0011")
    decisions = [
        ("huixiang", "not_worse"),
        ("小王", "not_worse"),
        ("huixiang", "it reads better"),
    ]
    table = sa.table(
        "model_decision",
        *(
            sa.column(name)
            for name in ("decision_id", "model_id", "decided_by", "promoted", "reason")
        ),
        sa.column("decided_at", UtcDateTime()),
        sa.column("detail", sa.JSON()),
    )
    with engine.begin() as connection:
        for number, (who, why) in enumerate(decisions):
            connection.execute(
                table.insert().values(
                    decision_id=f"md_{number}", model_id="m", decided_by=who,
                    promoted=True, reason=why, decided_at=AT, detail={},
                )
            )  # fmt: skip

    migrate(engine)

    with engine.connect() as connection:
        found = Models(connection).decisions()
    assert [(each.reason.code.value, each.reason.words) for each in found] == [
        ("not_worse", ""),
        ("person", "not_worse"),
        ("person", "it reads better"),
    ]

"""Transactions commit whole or not at all; a rehearsal leaves nothing."""

import datetime as dt
import enum

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.exc import StatementError

from huixiang.domain.items.outbox import MessageState
from huixiang.domain.run import Lane
from huixiang.errors import ConfigurationError, StoreUnavailable
from huixiang.store.engine import Store, open_engine
from huixiang.store.queries.runs.reports import WrittenReport
from huixiang.store.tables.items import MessageRow
from huixiang.store.tables.runs import LeaseRow
from huixiang.store.tables.types import UtcDateTime, enum_type
from huixiang.store.vault import Vault

AT = dt.datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=dt.UTC)


def take(uow, until):
    return uow.leases.take(Lane.WRITER, holder="me", token=1, until=until)


def _cursors(store):
    with store.reading() as uow:
        return {each.source: each.cursor for each in uow.sources.standings()}


def _fail_after_moving(store, row):
    with store.transaction("half done") as uow:
        uow.sources.move_cursor("till", {"row": row}, AT)
        take(uow, AT)
        raise ZeroDivisionError


def test_an_error_undoes_everything_of_its_transaction(store):
    with pytest.raises(ZeroDivisionError):
        _fail_after_moving(store, 7)

    assert _cursors(store) == {}
    with store.reading() as uow:
        assert uow.leases.state(Lane.WRITER) is None


def test_a_death_just_before_the_commit_undoes_everything(store):
    class Killed(BaseException):
        pass

    def die(name):
        if name == "before landing":
            raise Killed

    store.boundary = die
    with pytest.raises(Killed), store.transaction("landing") as uow:
        uow.sources.move_cursor("till", {"row": 7}, AT)

    assert _cursors(store) == {}


def test_a_rehearsal_sees_its_own_changes_and_leaves_none(store):
    with store.transaction("real") as uow:
        uow.sources.move_cursor("till", {"row": 1}, AT)
    with store.rehearsal():
        store.check()
        store.migrate()
        with store.transaction("rehearsed") as uow:
            uow.sources.move_cursor("till", {"row": 2}, AT)
        assert _cursors(store) == {"till": {"row": 2}}

    assert _cursors(store) == {"till": {"row": 1}}


def test_an_error_inside_a_rehearsal_undoes_only_its_transaction(store):
    with store.rehearsal():
        with store.transaction("first") as uow:
            uow.sources.move_cursor("till", {"row": 1}, AT)
        with pytest.raises(ZeroDivisionError):
            _fail_after_moving(store, 2)
        assert _cursors(store) == {"till": {"row": 1}}

    assert _cursors(store) == {}


@pytest.mark.parametrize("hours", [0, 8, -5.5])
def test_a_moment_comes_back_as_the_same_moment_in_utc(store, hours):
    given = AT.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    with store.transaction("write") as uow:
        take(uow, given)

    with store.reading() as uow:
        state = uow.leases.state(Lane.WRITER)
    assert state.until == AT
    assert state.until.utcoffset() == dt.timedelta(0)


def test_a_moment_without_time_zone_is_refused(store):
    with (
        pytest.raises(StatementError, match="without time zone"),
        store.transaction("write") as uow,
    ):
        take(uow, AT.replace(tzinfo=None))


def test_an_enum_is_stored_by_its_value_and_comes_back_as_itself(store, database_url):
    with store.transaction("write") as uow:
        uow._connection.execute(
            sa.insert(MessageRow).values(
                message_id="m", endpoint="desk", event="huixiang.action_item.opened",
                state=MessageState.DEAD, n_attempts=0, next_attempt_at=AT,
                created_at=AT,
            )
        )  # fmt: skip
    with store.reading() as uow:
        (row,) = uow.outbox.messages(MessageState.DEAD)
        plain = uow._connection.execute(
            sa.text("SELECT state FROM outbox_message")
        ).scalar_one()
    assert row.state is MessageState.DEAD
    assert plain == "dead"


def test_a_word_that_is_no_member_is_refused_before_it_is_stored(store):
    class Colour(enum.StrEnum):
        RED = "red"

    statement = sa.select(sa.bindparam("x", "blue", enum_type(Colour)))
    with pytest.raises(StatementError, match="blue"), store.transaction("x") as uow:
        uow._connection.execute(statement)


def test_both_databases_use_the_same_type_for_moments():
    assert isinstance(LeaseRow.__table__.c.until.type, UtcDateTime)


def test_a_foreign_key_opens_nothing_and_says_which_key_to_set():
    mine, foreign = Vault(Fernet.generate_key()), Vault(Fernet.generate_key())
    sealed = mine.seal_fields({"text": "咖啡凉了"})

    assert mine.open_fields(sealed) == {"text": "咖啡凉了"}
    assert "咖啡".encode() not in sealed
    with pytest.raises(ConfigurationError, match="HUIXIANG_KEY"):
        foreign.open(sealed)


@pytest.mark.parametrize("key", [b"", b"short", "不是密钥".encode()])
def test_something_that_is_no_key_is_named_by_its_setting(key):
    with pytest.raises(ConfigurationError, match="HUIXIANG_KEY"):
        Vault(key)


def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path):
    file = tmp_path / "broken.db"
    file.write_bytes(b"SQLite format 3\x00" + b"rubbish" * 2000)
    before = file.read_bytes()
    store = Store(open_engine(f"sqlite:///{file}"), Vault(Fernet.generate_key()))

    with pytest.raises(ConfigurationError, match=r"cannot be opened|damaged"):
        store.check()
    store.close()
    assert file.read_bytes() == before


def test_a_server_that_is_not_there_is_named_by_its_setting():
    url = "postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=1"
    store = Store(open_engine(url), Vault(Fernet.generate_key()))

    with pytest.raises(ConfigurationError, match="HUIXIANG_DATABASE_URL"):
        store.check()


def test_an_address_that_is_none_names_the_setting_and_how_to_write_it():
    with pytest.raises(ConfigurationError, match=r"HUIXIANG_DATABASE_URL.*sqlite:///"):
        open_engine("foo")


def test_an_unknown_kind_of_database_is_refused():
    with pytest.raises(ConfigurationError, match="sqlite:///"):
        open_engine("postgresql+pg8000://nobody@127.0.0.1/none")


def test_a_locked_file_ends_in_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("huixiang.store.engine.BUSY_SECONDS", 0)
    url = f"sqlite:///{tmp_path / 'busy.db'}"
    first = Store(open_engine(url), Vault(Fernet.generate_key()))
    second = Store(open_engine(url), Vault(Fernet.generate_key()))
    first.migrate()

    with first.transaction("long") as uow:
        uow.sources.move_cursor("till", {"row": 1}, AT)
        with (
            pytest.raises(StoreUnavailable, match="run again"),
            second.transaction("short") as other,
        ):
            other.sources.move_cursor("till", {"row": 2}, AT)
    assert _cursors(second) == {"till": {"row": 1}}
    first.close()
    second.close()


def test_a_database_error_does_not_repeat_the_words_it_was_about(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'words.db'}")
    store = Store(engine, Vault(Fernet.generate_key()))
    store.migrate()
    report = WrittenReport(
        report_id="my secret words",
        as_of=AT,
        folder="f",
        content_hash=None,  # what the database refuses
        written_at=AT,
        facts=b"",
    )
    with (
        pytest.raises(sa.exc.IntegrityError) as caught,
        store.transaction("x") as uow,
    ):
        uow.reports.add(report)
    assert "my secret words" not in str(caught.value)
    store.close()

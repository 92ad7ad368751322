"""A workspace of the last version before 0009 is all there: rows, meaning, work to do."""

import contextlib
import datetime as dt
import http.server
import threading
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from huixiang.delivery.signing import verify
from huixiang.domain.acts.act import ActFilter, ActReason
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.outbox import MessageState
from huixiang.reporting.facts.as_json import from_json, to_json
from huixiang.settings import Settings, workspace_key
from huixiang.steps.acts.apply import apply_due
from huixiang.steps.acts.calls import CallAnswer
from huixiang.steps.explain.by_id import Asked, explain_id
from huixiang.steps.messages.push import push_due
from huixiang.store.engine import open_engine
from huixiang.store.vault import Vault
from tests.imitations import IMITATIONS
from tests.integration.store.old.codings import OF_EARLIER_VERSIONS
from tests.integration.store.old.database import (
    NOON,
    Row,
    Rows,
    old_engine,
    reflected,
    rows_of,
)
from tests.integration.store.old.items import LOOP, PERSON, calls
from tests.integration.store.old.meanings import KEYS, by_key, kept, read_back
from tests.integration.store.old.reading import ask_everything, queries
from tests.integration.store.old.records import THE_DAY
from tests.integration.store.old.workspace import write_old
from tests.unit.reporting.builders.report import a_report
from tests.workbench import SECRET, Bench, make_bench, report

LATER = NOON + dt.timedelta(days=1)
NAMED = {
    "feedback": "feedback_id", "landing": "landing_id", "coding": "coding_id",
    "issue": "issue_id", "action_item": "item_id", "outbox_message": "message_id",
    "verdict": "verdict_id", "review": "review_id", "model": "model_id",
    "emerging_theme": "proposal_id", "superseded_coding": "coding_id",
}  # fmt: skip
"""What `huixiang explain` is asked about."""


@dataclass
class Moved:
    """A workspace that came from the version before: its rows then and now."""

    bench: Bench
    before: Rows
    now: Rows


def move(home: Path, url: str) -> Moved:
    """Make a workspace of the version before, and open it with this one."""
    key = workspace_key(Settings(home=home, database_url=SecretStr(url)))
    before = write_old(url, Vault(key), zlib.compress(to_json(a_report())))
    bench = make_bench(home, url)
    engine = open_engine(url)
    with engine.connect() as connection:
        now = rows_of(connection)
    engine.dispose()
    return Moved(bench=bench, before=before, now=now)


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def moved(request, tmp_path_factory) -> Iterator[Moved]:
    """A workspace that is only looked at."""
    home = tmp_path_factory.mktemp("moved") / "shop"
    if request.param == "sqlite":
        yield move(home, f"sqlite:///{home.parent / 'old.db'}")
        return
    server = request.getfixturevalue("postgresql_server")
    url = server.empty()
    looked_at = move(home, url)
    yield looked_at
    looked_at.bench.app.store.close()
    server.drop(url)


@pytest.fixture
def working(tmp_path, database_url) -> Moved:
    """A workspace that goes on with its work."""
    return move(tmp_path / "shop", database_url)


def test_the_old_workspace_fills_every_table_and_every_column_that_may_be_null(
    moved, tmp_path
):
    engine = old_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with engine.connect() as connection:
        tables = reflected(connection)
    engine.dispose()
    assert set(tables) == set(moved.before) == set(KEYS)
    assert list(_unused(tables, moved.before)) == []


def _unused(tables: Mapping[str, sa.Table], before: Rows) -> Iterator[str]:
    """Yield each column that holds nothing, or that is never NULL and could be."""
    for name, table in tables.items():
        for column in table.columns:
            values = [row[column.name] for row in before[name]]
            if all(value is None for value in values):
                yield f"{column} is empty"
            if column.nullable and None not in values:
                yield f"{column} is never NULL"


def test_every_row_is_there_and_means_what_it_meant(moved):
    for table in KEYS:
        before = [kept(table, row) for row in moved.before[table]]
        now = read_back(table, moved.now)
        assert len(now) == len(before), table
        assert by_key(table, now) == by_key(table, before), table


def test_what_a_person_wrote_of_a_move_is_kept_and_nothing_is_read_into_it(moved):
    said = by_key("move", moved.now["move"])
    following = {(item, number - 1): row for (item, number), row in said.items()}
    n_said = 0
    for key, before in by_key("move", moved.before["move"]).items():
        if before["actor"] == LOOP or _is_implied(before, following.get(key)):
            continue
        n_said += 1
        assert said[key]["reason_code"] == "said"
        assert said[key]["words"] == before["reason"]
    assert n_said > len(IMITATIONS)


def _is_implied(move: Row, after: Row | None) -> bool:
    """Say whether a move was only made on the way to the one after it."""
    return (
        after is not None
        and (move["after"], after["before"]) == ("accepted", "accepted")
        and move["before"] != "accepted"
        and move["reason"] == f"implied by {after['after']}"
        and (move["actor"], move["moved_at"]) == (after["actor"], after["moved_at"])
    )


def test_what_a_person_wrote_of_a_model_is_no_code_of_ours(moved):
    before = by_key("model_decision", moved.before["model_decision"])
    for key, row in by_key("model_decision", moved.now["model_decision"]).items():
        is_ours = before[key]["decided_by"] == LOOP
        assert (row["words"] is None) is is_ours
        assert (row["reason"] == "person") is not is_ours


def test_whatever_the_program_wrote_is_a_code(moved):
    """Only what an even earlier version said, and what has no code, stays text."""
    reasons = [each for row in moved.now["coding"] for each in row["reasons"]]
    assert {each["words"] for each in reasons if each["code"] == "kept"} <= set(
        OF_EARLIER_VERSIONS
    )
    moves = [row for row in moved.now["move"] if row["actor"] == LOOP]
    assert "said" not in {row["reason_code"] for row in moves}
    attempts = Counter(row["reason_code"] for row in moved.now["delivery_attempt"])
    assert attempts["as_written"] == 1
    assert {row["actor"] for row in moved.now["move"]} == {LOOP, PERSON}


@pytest.mark.parametrize("known_until", [None, THE_DAY + dt.timedelta(seconds=1)])
def test_every_query_of_the_store_reads_every_row(moved, known_until):
    store = moved.bench.app.store
    with store.reading(known_until=known_until) as uow:
        n_answers = ask_everything(uow, moved.now, is_past=known_until is not None)
    assert n_answers > len(list(queries()))


def test_everything_that_has_an_id_can_be_explained(moved):
    app = moved.bench.app
    with app.store.reading() as uow:
        asked = Asked(
            uow=uow,
            rulebook=app.rulebook,
            router=app.equipment.router,
            alerts=app.equipment.alerts,
            zone=app.settings.zone,
        )
        for table, column in NAMED.items():
            for row in moved.now[table]:
                explanation = explain_id(row[column], asked)
                assert explanation.text("zh-CN")
                assert explanation.text("en")


def test_the_ledger_holds_and_the_chain_of_acts_is_whole(moved):
    with moved.bench.app.store.reading() as uow:
        assert uow.ledgers.read().broken == ()
        assert uow.acts.broken() is None
        acts = uow.acts.find(ActFilter())
    assert len(acts) == len(moved.before["inbox_call"])


def test_a_report_shows_the_facts_that_it_was_kept_with(moved):
    row = next(row for row in moved.now["report"] if row["facts"] and row["written_at"])
    with moved.bench.app.store.reading() as uow:
        facts = uow.reports.facts(THE_DAY, row["folder"], LATER)
    assert facts is not None
    assert from_json(zlib.decompress(facts)) == a_report()


# -- the work that waited ----------------------------------------------------------


@dataclass
class Desk:
    """What came to the desk's URL: headers and body of each call."""

    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def desk(working) -> Iterator[Desk]:
    """The desk's real HTTP server."""
    desk = Desk()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            desk.calls.append((dict(self.headers.items()), body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}"
    working.bench.app.variables["SHOP_DESK_URL"] = url
    with contextlib.closing(server.socket):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield desk
        server.shutdown()


def push(bench: Bench) -> Counter[str]:
    equipment = bench.app.equipment
    with bench.run(flow="deliver") as context:
        return push_due(context, equipment.endpoints()[0], equipment.send)


def bodies(moved: Moved, *states: str) -> dict[str, bytes]:
    """Return what was stored of the messages to the desk in these states, by id."""
    return {
        row["message_id"]: row["body"].encode()
        for row in moved.before["outbox_message"]
        if row["endpoint"] == "desk" and row["state"] in states
    }


def heard(desk: Desk) -> dict[str, bytes]:
    """Return what came, by the id of its message; each signature is genuine."""
    came = {
        verify(headers=headers, body=body, secrets=[SECRET], at=NOON): body
        for headers, body in desk.calls
    }
    assert len(came) == len(desk.calls)
    desk.calls.clear()
    return came


def test_messages_go_out_once_in_the_bytes_they_were_stored_with(working, desk):
    due = bodies(working, "queued", "sending")
    assert len(due) > 10
    assert push(working.bench) == {"delivered": len(due)}
    assert push(working.bench) == {}
    assert heard(desk) == due

    dead = bodies(working, "dead")
    with working.bench.app.store.transaction("replay", at=NOON) as uow:
        assert uow.outbox.replay(list(dead), NOON) == len(dead) > 5
    assert push(working.bench) == {"delivered": len(dead)}
    assert heard(desk) == dead
    with working.bench.app.store.reading() as uow:
        left = uow.outbox.messages(MessageState.DEAD)
    assert {each.endpoint for each in left} == {"gone"}
    assert working.bench.ledger_holds()


def test_calls_that_waited_are_applied_and_what_has_to_wait_waits_on(working):
    bench = working.bench
    for key, body in calls().items():
        assert report(bench, key, **body).answer is CallAnswer.DUPLICATE
    with bench.run(LATER, "status") as context:
        assert apply_due(context) == {"applied": 4, "waiting": 1, "refused": 1}

    assert bench.item("ai_3").status is ActionStatus.RESOLVED
    assert bench.item("ai_3").root_cause == "alert rule one"
    with bench.app.store.reading() as uow:
        waiting = {act.call_id for act in uow.acts.waiting()}
        moves = uow.items.moves("ai_0")[-2:]
        acts = {act.call_id: act for act in uow.acts.find(ActFilter())}
        assert uow.acts.broken() is None
    assert waiting == {
        f"status:desk:{key}" for key in ("of_the_future", "unknown_ticket")
    }
    assert [each.reason.words for each in moves] == [
        calls()[key]["reason"] for key in ("accept", "comment")
    ]
    nonsense = acts["status:desk:nonsense"].settlement
    assert nonsense is not None
    assert nonsense.reason is ActReason.UNKNOWN_STATUS
    assert bench.ledger_holds()


def test_a_call_that_was_applied_long_ago_is_known_when_it_comes_again(working):
    again = report(working.bench, "was accepted", item_id="ai_0", status="accepted")
    assert again.answer is CallAnswer.DUPLICATE
    assert len(working.now["act"]) == len(working.before["inbox_call"])

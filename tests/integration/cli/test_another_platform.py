"""A platform of another package: its module, its line, and messages go out its way."""

import json
from importlib.metadata import EntryPoint
from urllib.parse import parse_qs, urlsplit

import pytest

from huixiang.delivery.platforms import kinds
from huixiang.domain.items.outbox import DeadReason, MessageState
from huixiang.steps.messages.push import push_due
from huixiang.wording.items.messages import dead_words, disabled_words
from tests.pager import BUSY, NO_SUCH_BOARD, REFUSED, SECRET, serve_pager, sign
from tests.workbench import NOON, Said, make_bench, open_item

ENDPOINTS = """
endpoints:
  - name: desk
    kind: pager
    board: 7
    url: ${PAGER_URL}
    secret: PAGER_SECRET
    networks: [127.0.0.0/8]
    delays_seconds: [60, 60]
"""


@pytest.fixture
def pager():
    """The pager, listening."""
    yield from serve_pager()


@pytest.fixture
def installed(monkeypatch):
    """Another package that brings a platform."""
    point = EntryPoint(name="pager", value="tests.pager:PLATFORM", group=kinds.GROUP)
    monkeypatch.setattr(kinds, "entry_points", lambda group: [point])
    kinds.platforms.cache_clear()
    yield
    kinds.platforms.cache_clear()


@pytest.fixture
def shop(installed, pager, tmp_path, monkeypatch):
    """The shop, whose desk is a pager's board, with one item to tell of."""
    made = make_bench(tmp_path / "shop", f"sqlite:///{tmp_path / 'shop.db'}")
    monkeypatch.setenv("HUIXIANG_DATABASE_URL", made.url)
    return with_endpoints(made, pager, ENDPOINTS)


def with_endpoints(made, pager, endpoints):
    (made.home / "rules" / "endpoints.yaml").write_text(endpoints, "utf-8")
    made.variables = {"PAGER_URL": pager.url, "PAGER_SECRET": SECRET}
    made.app = made.open()
    made.app.variables = made.variables
    made.hear([Said(number="1", at=NOON)])
    open_item(made)
    return made


def push(shop):
    equipment = shop.app.equipment
    ready, missing = equipment.endpoints()
    assert missing == {}
    with shop.run(flow="deliver") as context:
        return dict(push_due(context, ready, equipment.send))


def message(shop):
    with shop.app.store.reading() as uow:
        (only,) = uow.outbox.messages()
    return only


def signature(call):
    query = parse_qs(urlsplit(call[0]).query)
    assert query["sign"] == [sign(query["at"][0], SECRET)]
    return query["sign"][0]


def test_its_settings_are_described_and_refused_in_the_words_of_all_settings(
    shop, huixiang
):
    assert huixiang("check", "--home", shop.home).code == 0
    schema = huixiang("rules", "schema").json["endpoints.yaml"]
    assert "board" in schema["$defs"]["PagerEndpoint"]["properties"]

    path = shop.home / "rules" / "endpoints.yaml"
    for wrong, says in (
        ("bord: 7", "没有字段 'bord'；是否想写 'board'？"),
        ("board: 0", "'board' 的值不合理"),
        ("board: x", "board"),
    ):
        path.write_text(ENDPOINTS.replace("board: 7", wrong), "utf-8")
        ended = huixiang("check", "--home", shop.home)
        assert ended.code == 1
        assert says in ended.out
    path.write_text(ENDPOINTS.replace("kind: pager", "kind: pagr"), "utf-8")
    assert "是否想写 'pager'？" in huixiang("check", "--home", shop.home).out


def test_an_item_goes_out_in_the_platforms_own_form_and_its_number_is_kept(shop, pager):
    assert push(shop) == {"delivered": 1}

    ((path, body),) = pager.calls
    assert urlsplit(path).path == "/boards/7"
    assert json.loads(body) == {
        "key": message(shop).message_id,
        "title": "【改进·高】咖…",
        "buttons": ["接单", "不归我"],
    }
    with shop.app.store.reading() as uow:
        (ticket,) = uow.outbox.remote_tickets("ai_1")
    assert (ticket.remote_ticket_id, ticket.remote_status) == ("P-1", "beeping")


def test_a_failure_that_came_with_200_is_tried_again_with_the_same_bytes(shop, pager):
    pager.codes = [BUSY, BUSY]
    assert push(shop) == {"queued again": 1}
    shop.rewrite("endpoints.yaml", "board: 7", "board: 7\n    language: en")
    shop.app.variables = shop.variables
    for path in ({"queued again": 1}, {"delivered": 1}):
        shop.clock.pass_(minutes=2)
        assert push(shop) == path

    assert len({body for _, body in pager.calls}) == 1
    assert len({urlsplit(path).path for path, _ in pager.calls}) == 1
    assert len({signature(call) for call in pager.calls}) == 3
    assert shop.ledger_holds()


def test_a_refusal_that_came_with_200_is_a_dead_letter_in_the_platforms_words(
    shop, pager
):
    pager.codes = [REFUSED]
    assert push(shop) == {"dead letter": 1}

    dead = message(shop)
    assert (dead.state, dead.dead_reason.code) == (
        MessageState.DEAD,
        DeadReason.REFUSED,
    )
    assert dead_words(dead.dead_reason).en == (
        "endpoint answered 200 (310000): 换个时间 *** again"
    )


def test_tries_that_all_failed_with_200_are_no_delivery(shop, pager):
    pager.codes = [BUSY] * 3
    for _ in range(3):
        push(shop)
        shop.clock.pass_(minutes=2)

    assert message(shop).dead_reason.code is DeadReason.GAVE_UP
    assert "3 次" in dead_words(message(shop).dead_reason).zh


def test_a_board_that_is_gone_is_disabled(shop, pager):
    pager.codes = [NO_SUCH_BOARD]
    push(shop)

    with shop.app.store.reading() as uow:
        disabled = uow.outbox.disabled()
    assert "404040" in disabled_words(disabled["desk"].reason).en


@pytest.fixture
def careful(installed, pager, tmp_path):
    """The shop whose pager would beep twice for a second copy."""
    made = make_bench(tmp_path / "shop", f"sqlite:///{tmp_path / 'shop.db'}")
    careful = ENDPOINTS.rstrip() + "\n    idempotent: false\n"
    return with_endpoints(made, pager, careful)


def test_after_silence_it_is_looked_up_whether_the_message_arrived(careful, pager):
    pager.keeps_silent = lambda: True
    assert push(careful) == {"delivered": 1}

    assert len(pager.calls) == 1
    with careful.app.store.reading() as uow:
        assert uow.outbox.item_of_ticket("desk", "P-1") == "ai_1"


def test_what_surely_did_not_arrive_is_sent_again(careful, pager):
    pager.codes, silences = [BUSY], iter([True])
    pager.keeps_silent = lambda: next(silences, False)
    assert push(careful) == {"queued again": 1}

    careful.clock.pass_(minutes=2)
    assert push(careful) == {"delivered": 1}
    assert len(pager.pages) == 1


@pytest.mark.parametrize("arrived", [True, False])
def test_what_a_dead_run_was_sending_is_looked_up_before_it_is_sent(
    careful, pager, arrived
):
    class Killed(BaseException):
        pass

    def die(name):
        if name == ("sent" if arrived else "after claim"):
            raise Killed

    careful.app.store.boundary = die
    with pytest.raises(Killed):
        push(careful)
    careful.app.store.boundary = lambda _: None

    assert push(careful) == {"delivered": 1}
    assert len(pager.calls) == 1


def test_the_platforms_own_pace_holds_whatever_the_rules_say(shop, pager):
    for number in range(2, 5):
        open_item(shop, f"ai_{number}")

    assert push(shop) == {"delivered": 2, "postponed": 2}


def test_an_event_that_has_no_form_is_a_dead_letter_and_stops_nobody(
    shop, pager, monkeypatch
):
    monkeypatch.setattr("tests.pager.cut", lambda *_: "长" * 2_000)
    assert push(shop) == {"dead letter": 1}

    assert pager.calls == []
    assert "cannot be put into a request" in dead_words(message(shop).dead_reason).en

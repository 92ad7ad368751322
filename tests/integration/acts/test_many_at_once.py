"""A loop that runs while four processes decide: nobody is refused, nothing is lost."""

import json
import multiprocessing
from collections import Counter
from pathlib import Path

import pytest

from huixiang.app import App
from huixiang.clock import utc_now
from huixiang.domain.acts.act import (
    ActDoor,
    ActFilter,
    Actor,
    ActorKind,
    ActOutcome,
    ActTarget,
    NewAct,
    TargetKind,
)
from huixiang.domain.acts.decision import CommentItem
from huixiang.settings import Settings
from huixiang.steps.acts.decide import decide
from huixiang.steps.table import call_directly
from tests.workbench import NOON, Said, open_item

N_PROCESSES, N_EACH = 4, 50
ITEMS = ("ai_0", "ai_1", "ai_2")
PATIENCE_SECONDS = 240
STEPS = ("alert", "sync_status", "verify", "report", "ledger")


def app_of(home: str, url: str) -> App:
    return App(Settings(home=Path(home), database_url=url))  # type: ignore[arg-type]  # pydantic makes it secret


def write(home: str, url: str, process: int, out: str) -> None:
    """Comment on the items in turn, as one person after another at a terminal."""
    app = app_of(home, url)
    actor = Actor(kind=ActorKind.CLI, name=f"user{process}")
    outcomes = []
    for number in range(N_EACH):
        act = NewAct(
            actor=actor,
            door=ActDoor.CLI,
            target=ActTarget(kind=TargetKind.ITEM, id=ITEMS[number % len(ITEMS)]),
            payload=CommentItem(reason=f"{process}-{number}"),
        )
        (decision,) = decide(app, act)
        outcomes.append(decision.act.outcome.value)
    Path(out).write_text(json.dumps(outcomes), encoding="utf-8")


@pytest.fixture
def busy(bench):
    """A workspace with three items and something to look at."""
    bench.clock.now = utc_now()
    bench.hear([Said(number=str(n), at=NOON) for n in range(5)])
    for item_id in ITEMS:
        open_item(bench, item_id)
    return bench


def test_each_of_two_hundred_acts_is_applied_once_while_a_loop_runs(busy, tmp_path):
    context = multiprocessing.get_context("spawn")
    outs = [str(tmp_path / f"out{number}.json") for number in range(N_PROCESSES)]
    writers = [
        context.Process(target=write, args=(str(busy.home), busy.url, number, out))
        for number, out in enumerate(outs)
    ]
    for writer in writers:
        writer.start()
    n_loops = 0
    loop = app_of(str(busy.home), busy.url)
    while any(writer.is_alive() for writer in writers):
        with loop.running("loop", None, call_directly) as run:
            for step in STEPS:
                run.step(step)
        n_loops += 1
    for writer in writers:
        writer.join(PATIENCE_SECONDS)
        assert writer.exitcode == 0

    assert n_loops >= 1
    told = Counter(each for out in outs for each in json.loads(Path(out).read_text()))
    assert set(told) <= {"applied", "waiting"}
    assert told.total() == N_PROCESSES * N_EACH
    with loop.store.reading() as uow:
        acts = uow.acts.find(ActFilter())
        moves = [move for item_id in ITEMS for move in uow.items.moves(item_id)]
        assert uow.acts.broken() is None
        assert uow.ledgers.read().holds
    assert {act.outcome for act in acts} == {ActOutcome.APPLIED}
    said = Counter(move.reason.words for move in moves if move.reason.words)
    wanted = {f"{p}-{n}" for p in range(N_PROCESSES) for n in range(N_EACH)}
    assert said == Counter(wanted)
    for process in range(N_PROCESSES):
        for item_id in ITEMS:
            own = [m.reason.words for m in moves if m.item_id == item_id
                   and m.reason.words.startswith(f"{process}-")]  # fmt: skip
            assert own == sorted(own, key=lambda words: int(words.split("-")[1]))

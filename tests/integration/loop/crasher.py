"""Run the loop in children that die at the n-th boundary, then once more to the end.

A program of its own: it goes round once, so that everything is imported, and forks from
there, which a test process with threads must not do. Reports are written but not drawn.
Prints one JSON line for each boundary.
"""

import dataclasses
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import tqdm  # type: ignore[import-untyped]  # no types; it comes with Great Expectations

from huixiang.app import open_app
from huixiang.cli.flow_runs import run_in
from huixiang.sample.receiver_process import start_receiver
from huixiang.steps.report import write
from tests.shop import AS_OF, make_shop

LAST = 200


def warm_up(folder: Path) -> None:
    """Go round once in this process, which starts no thread by it."""
    tqdm.tqdm.monitor_interval = 0
    drawn = {
        "render_html": lambda *_, **__: "page",
        "render_xlsx": lambda *_, **__: b"",
    }
    vars(write).update(drawn)
    os.environ["SHOP_DESK_URL"] = "http://127.0.0.1:9/"
    app = open_app(make_shop(folder / "warm"))
    run_in(app, "loop", AS_OF)
    app.store.close()
    assert threading.active_count() == 1


def main(folder: Path) -> None:
    warm_up(folder)
    for number in range(1, LAST):
        home = make_shop(folder / str(number))
        with start_receiver(
            home / "oa",
            environment=dict(os.environ),
            secret_variable="SHOP_DESK_SECRET",
        ) as office:
            os.environ["SHOP_DESK_URL"] = office.items_url
            died = _run(home, crash_at=number)
            _run(home, crash_at=0)
            print(json.dumps(_outcome(home, number, died, office)), flush=True)
        if not died:
            return


def _run(home: Path, *, crash_at: int) -> bool:
    """Run the loop in a child; return whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            run_in(open_app(home, boundary=death_at(crash_at)), "loop", AS_OF)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit(f"the loop failed at boundary {crash_at}")
    return os.WIFSIGNALED(status)


def death_at(crash_at: int) -> Callable[[str], None]:
    """Return what happens at a boundary: sudden death at the n-th, else nothing."""
    passed = 0

    def boundary(_: str) -> None:
        nonlocal passed
        passed += 1
        if passed == crash_at:
            os.kill(os.getpid(), signal.SIGKILL)

    return boundary


def _outcome(home, number, died, office):
    app = open_app(home)
    with app.store.reading() as uow:
        ledger = uow.ledgers.read()
        funnel = dataclasses.asdict(uow.histories.funnel())
        items = sorted(item.item_id for item in uow.items.find())
    app.store.close()
    return {
        "boundary": number,
        "died": died,
        "broken": [each.name for each in ledger.broken],
        "funnel": funnel,
        "items": items,
        "tickets": sorted(each["item_id"] for each in office.tickets()),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Which files data goes through: three trips, traced in a workspace the demo made.

Usage: python bench/structure/trips.py DEMO_FOLDER

Works on a copy. Prints for each trip the modules entered, in the order of their first
call: a record until it is in the report, an item until its message was tried, a score
until it is a verdict. Facts, errors and tables are left out.
"""

import argparse
import contextlib
import importlib
import io
import json
import pkgutil
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

from huixiang.settings import set_variables

QUIET = (
    "domain/",
    "errors",
    "clock",
    "store/tables/",
    "store/types",
    "store/migrations",
)
RECORD = (
    '{"review_id": "trip-1", "submitted": "2026-07-04T09:00:00+08:00", "stars": 1, '
    '"title": "线上选座", "body": "选座页面一直转圈，点不动", "nickname": "trip"}\n'
)
AS_OF = "2026-07-05T00:00:00+08:00"
LATER = "2026-09-10T00:00:00+08:00"

Trip = Callable[[], None]


def main() -> None:
    """Trace the three trips on a copy of the given workspace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("demo", type=Path)
    demo = parser.parse_args().demo.resolve()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        shutil.copytree(demo, home)
        set_variables(
            {
                "HUIXIANG_HOME": str(home),
                "HUIXIANG_SAMPLE_OA_URL": "http://127.0.0.1:9/",
                "HUIXIANG_SAMPLE_OA_SECRET": "whsec_" + 32 * "a",
            }
        )
        (home / "inbox" / "appstore_trip.jsonl").write_text(RECORD, encoding="utf-8")
        _import_all()
        for name, trip in trips():
            entered = traced(trip)
            rooms = {module.rsplit("/", 1)[0] for module in entered}
            print(f"\n{name}: {len(entered)} files in {len(rooms)} rooms")
            print("  " + " > ".join(entered))


def _import_all() -> None:
    """Import every module first: what runs at import is nobody's trip."""
    for package in ("huixiang", "flows", "tasks"):
        path = importlib.import_module(package).__path__
        for module in pkgutil.walk_packages(path, f"{package}."):
            if (
                not module.name.endswith(("__main__", "env"))
                and ".versions." not in module.name
            ):
                importlib.import_module(module.name)


def trips() -> Iterator[tuple[str, Trip]]:
    """Yield the name of each trip and what sets it off."""
    yield "record > report", lambda: _run("collect", "understand", "report")
    yield "item > delivered", _accept_and_send
    yield "score > verdict", lambda: _run("verify", as_of=LATER)


def _run(*flows: str, as_of: str = AS_OF) -> None:
    for flow in flows:
        _call(["run", flow, "--direct", "--as-of", as_of])


def _accept_and_send() -> None:
    item, verb = _next_move()
    _call(
        [
            "item",
            verb,
            item,
            "--root-cause",
            "接口超时",
            "--by",
            "trip",
            "--as-of",
            AS_OF,
        ]
    )
    _run("deliver")


def _next_move() -> tuple[str, str]:
    """Return an item that a department can move on, and how."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        _call(["item", "list", "--json"])
    verbs = dict.fromkeys(("open", "reopened", "accepted", "in_progress"), "resolve")
    return next(
        (each["item"], verbs[each["status"]])
        for each in json.loads(out.getvalue())
        if each["status"] in verbs
    )


def _call(arguments: Sequence[str]) -> None:
    from huixiang.cli.main import root

    root(list(arguments), standalone_mode=False)


def traced(trip: Trip) -> list[str]:
    """Return the modules of ours that *trip* enters, in the order of their first call."""
    entered: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            place = frame.f_code.co_filename
            if "/huixiang/" in place and frame.f_code.co_name != "<module>":
                entered.setdefault(place.rsplit("/huixiang/", 1)[1].removesuffix(".py"))
            elif "/flows/" in place or "/tasks/" in place:
                entered.setdefault("/".join(place.removesuffix(".py").split("/")[-2:]))

    sys.setprofile(note)
    try:
        trip()
    finally:
        sys.setprofile(None)
    return [each for each in entered if not each.startswith(QUIET)]


if __name__ == "__main__":
    main()

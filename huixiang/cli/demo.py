"""Play 180 days of the sample airport: real files, a real OA, real callbacks."""

import datetime as dt
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from huixiang.app import App, open_app
from huixiang.cli.flow_runs import run_direct, run_flow
from huixiang.cli.output import show
from huixiang.cli.workspace import make_workspace
from huixiang.console.inbound import door_of
from huixiang.console.serving import serve_door
from huixiang.delivery.signing import format_secret
from huixiang.errors import ConfigurationError, RunFoundProblems
from huixiang.reporting.page.terminal_tables import closing
from huixiang.sample.landscape import Fix
from huixiang.sample.receiver_process import SECRET_VARIABLE, Running, start_receiver
from huixiang.sample.timeline import ZONE, periods, run_times
from huixiang.sample.world import World
from huixiang.settings import environment, set_variables
from huixiang.steps.report.write import current_report
from huixiang.wording import commands

MARKER = ".huixiang-demo"
URL_VARIABLE = "HUIXIANG_SAMPLE_OA_URL"
SECRET_BYTES = 32

RunFlow = Callable[[str, Path | None, dt.datetime | None], dict[str, Any]]


def play(folder: Path, *, seed: int, direct: bool) -> None:
    """Make the demo's workspace in *folder* and run the loop through its 180 days."""
    folder = folder.resolve()
    _make(folder)
    run: RunFlow = run_direct if direct else run_flow
    with _office(folder) as (app, office):
        _say(commands.TRAINING)
        run("train", folder, run_times()[0])
        facts = _days(folder, World(seed), office, run)
        _close(app, facts, run_times()[-1])


def _make(folder: Path) -> None:
    """Make the workspace anew; only a folder that a demo made is replaced."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise ConfigurationError(
                f"{folder} is not empty and no demo made it; name another with --dir"
            )
        shutil.rmtree(folder)
    make_workspace(folder)
    (folder / MARKER).touch()


@contextmanager
def _office(folder: Path) -> Iterator[tuple[App, Running]]:
    """Open the inbound door, and start the airport's OA as a process of its own."""
    secret = format_secret(secrets.token_bytes(SECRET_BYTES))
    set_variables({SECRET_VARIABLE: secret, "HUIXIANG_HOME": str(folder)})
    set_variables({URL_VARIABLE: "http://127.0.0.1:9/"})
    waiting = open_app(folder)
    waiting.prepare()
    state = folder / ".huixiang" / "oa"
    with serve_door(door_of(waiting)) as door:
        callback = f"{door.url}/hooks/status/oa"
        with start_receiver(
            state, environment=environment(), callback_url=callback, story=True
        ) as office:
            set_variables({URL_VARIABLE: office.items_url})
            yield open_app(folder), office
    waiting.store.close()


def _days(folder: Path, world: World, office: Running, run: RunFlow) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    steps = list(zip(periods(), run_times(), strict=True))
    for number, ((start, end), as_of) in enumerate(steps, 1):
        office.advance(as_of)
        files = world.write_period(folder / "inbox", start, end, _fixes(office))
        facts = _run(run, folder, as_of)
        _say(
            commands.period_played(
                number, len(steps), f"{start} … {end}", len(files), _progress(facts)
            )
        )
    return facts


def _run(run: RunFlow, folder: Path, as_of: dt.datetime) -> dict[str, Any]:
    """Run the loop; what a source has wrong is shown, and the others go on."""
    try:
        return run("loop", folder, as_of)
    except RunFoundProblems as error:
        for problem in error.problems:
            _say(f"! {problem}")
        _set_aside(folder, error.facts)
        return error.facts


def _set_aside(folder: Path, facts: dict[str, Any]) -> None:
    """Do what operations would: move files away that cannot be read, and say so."""
    aside = folder / "set-aside"
    aside.mkdir(exist_ok=True)
    for pulled in facts["pull"].values():
        for problem in pulled["problems"]:
            file = folder / problem["position"]
            file.rename(aside / file.name)
            _say(commands.set_aside(file.name))


def _fixes(office: Running) -> Sequence[Fix]:
    """Return what departments have fixed: the scores will show it from that day on."""
    return [
        Fix(
            theme=each["theme"],
            touchpoint=each["touchpoint"],
            unit=each["unit"],
            resolved_on=dt.datetime.fromisoformat(each["resolved_at"])
            .astimezone(ZONE)
            .date(),
        )
        for each in office.fixes()
    ]


def _progress(facts: dict[str, Any]) -> str:
    alert, push, checked = facts["alert"], facts["push"], facts["validate"]
    verdicts = ", ".join(
        f"{commands.OUTCOMES.get(path, path)} {n}"
        for path, n in facts["verify"].items()
        if n
    )
    return commands.run_told(
        n_stored=checked.get("n_stored", 0),
        n_quarantined=checked.get("n_quarantined", 0),
        n_opened=alert["n_opened"] + alert["n_recovery"],
        n_delivered=push.get("delivered", 0),
        verdicts=verdicts,
    )


def _close(app: App, facts: dict[str, Any], as_of: dt.datetime) -> None:
    """Print the ledger, the verdicts and where the report is."""
    with app.running("closing", as_of) as run:
        report = current_report(run.context)
    show(closing(report, app.settings.language))
    _say(commands.report_at(facts["report"]["html"]))
    _say(commands.sheets_at(facts["report"]["xlsx"]))


def _say(words: str) -> None:
    click.echo(words)
    sys.stdout.flush()

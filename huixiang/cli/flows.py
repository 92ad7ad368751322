"""Commands that make a workspace and run flows in it: demo, init, run, up."""

from pathlib import Path
from typing import Any

import click

from huixiang.cli.business_time import as_of_option, business_time
from huixiang.cli.output import as_json, emit, home_option, print_json, show, table
from huixiang.errors import RunFoundProblems

FLOWS = (
    "collect", "understand", "act", "deliver", "verify", "report", "digest", "train",
    "loop",
)  # fmt: skip


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="演示工作区。Where the demo's workspace is made.",
)
@click.option("--seed", default=2026, show_default=True, help="样例种子。Sample seed.")
@click.option("--direct", is_flag=True, help="不经 Prefect 运行。Run without Prefect.")
def demo(folder: Path, seed: int, direct: bool) -> None:
    """在样例机场上跑完整闭环。Run the whole loop on the sample airport."""
    from huixiang.cli.demo import play

    play(folder, seed=seed, direct=direct)


@click.command()
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), required=False
)
@click.option("--pack", help="行业包的名字。The name of an industry pack.")
@click.option("--list-packs", is_flag=True, help="列出行业包。List the packs.")
@as_json
def init(
    folder: Path | None, pack: str | None, list_packs: bool, as_json: bool
) -> None:
    """新建一个工作区。Make a new workspace: rules, expectations, inbox."""
    from huixiang.cli.workspace import make_workspace, packs

    if list_packs:
        emit(packs(), ("pack", "name", "n_themes"), json_wanted=as_json)
    elif folder is None:
        raise click.UsageError("FOLDER is missing: say where, or use --list-packs")
    elif as_json:
        print_json([str(path) for path in make_workspace(folder, pack)])
    else:
        for path in make_workspace(folder, pack):
            click.echo(path)


@click.command()
@click.argument("flow", type=click.Choice(FLOWS))
@as_of_option
@click.option("--direct", is_flag=True, help="不经 Prefect 运行。Run without Prefect.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="只演练：全部判断都做并展示，什么也不发送、不保存。"
    "Rehearse: everything is decided and shown, nothing is sent or kept.",
)
@click.option(
    "--period",
    metavar="P",
    help="只用于 report：2026-03、2026-Q1 或 起..止。"
    "Report only: 2026-03, 2026-Q1 or FROM..TO.",
)
@click.option(
    "--department",
    metavar="ID",
    help="只用于 report：一个部门。Report only: one department.",
)
@home_option
@as_json
def run(
    flow: str,
    as_of: str | None,
    direct: bool,
    dry_run: bool,
    home: Path | None,
    as_json: bool,
    **limits: str | None,
) -> None:
    """立即运行一个流程。Run a flow now."""
    from huixiang.cli.flow_runs import rehearse, run_direct, run_flow

    runner = rehearse if dry_run else run_direct if direct else run_flow
    given = {name: value for name, value in limits.items() if value}
    if given and flow != "report":
        raise click.UsageError(f"--{min(given)} is for `huixiang run report` only")
    try:
        facts = runner(flow, home, business_time(as_of, home), **given)
    except RunFoundProblems as found:
        _print(found.facts, json_wanted=as_json)
        raise
    _print(facts, json_wanted=as_json)


def _print(facts: dict[str, Any], *, json_wanted: bool) -> None:
    if json_wanted:
        print_json(facts)
    else:
        show(table(_lines(facts), ("step", "outcome")))


def _lines(facts: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"step": f"{step} {part}".strip(), "outcome": _outcome(value)}
        for step, found in facts.items()
        for part, value in _parts(found)
    ]


def _parts(found: Any) -> list[tuple[str, Any]]:
    if isinstance(found, dict) and any(isinstance(v, dict) for v in found.values()):
        return [(str(key), value) for key, value in found.items() if value]
    if isinstance(found, list):
        return [(str(number), value) for number, value in enumerate(found, 1)]
    return [("", found)]


def _outcome(value: Any) -> str:
    """Write facts on a line; whole bodies are for `--json`."""
    if isinstance(value, dict):
        shown = {k: v for k, v in value.items() if k != "body" and v not in (None, ())}
        return "  ".join(f"{name}={fact}" for name, fact in shown.items())
    return str(value)


@click.command()
@home_option
@click.option("--port", default=4200, show_default=True, help="Prefect API.")
@click.option("--host", default="127.0.0.1", show_default=True)
def up(home: Path | None, port: int, host: str) -> None:
    """一条命令启动：Prefect 服务、部署与入口。Start everything on this machine."""
    from huixiang.cli.up import serve

    serve(home, host=host, port=port)


COMMANDS = (demo, init, run, up)

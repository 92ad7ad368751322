"""What runs in which order, and that it is declared once."""

import importlib
from pathlib import Path

import pytest
import yaml

from huixiang.cli.flows import FLOWS
from huixiang.steps.table import STEPS
from tasks.steps import TASKS

ROOT = Path(__file__).parents[3]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))


class Recorder:
    """Stands in for a run: writes down what a flow calls."""

    sources = ("app", "till")

    def __init__(self):
        self.calls = []

    def step(self, name, source=None, **_):
        self.calls.append((name, source) if source else name)

    until_done = step


def called(flow):
    recorder = Recorder()
    importlib.import_module(f"flows.{flow}").steps(recorder)
    return recorder.calls


def name_of(call):
    return call if isinstance(call, str) else call[0]


def test_every_source_is_pulled_before_the_first_is_judged():
    assert called("collect") == [
        ("pull", "app"), ("pull", "till"), ("validate", "app"), ("validate", "till"),
        "ledger",
    ]  # fmt: skip


def test_the_loop_goes_through_collecting_understanding_and_verifying_in_their_order():
    *collect, _ = called("collect")
    *understand, _ = called("understand")
    loop = called("loop")

    assert loop[: len(collect)] == collect
    assert loop[len(collect) :][: len(understand)] == understand
    rest = loop[len(collect) + len(understand) :]
    assert rest == ["sync_status", "verify", "alert", "push", "report", "ledger"]


@pytest.mark.parametrize("flow", FLOWS)
def test_a_flow_calls_steps_of_the_table_and_counts_the_ledger_last(flow):
    names = [name_of(call) for call in called(flow)]

    assert set(names) <= STEPS.keys()
    assert names.index("ledger") == len(names) - 1


def test_every_step_is_called_by_a_flow():
    assert {name_of(c) for flow in FLOWS for c in called(flow)} == STEPS.keys()


def test_each_deployment_has_a_file_and_a_command():
    names = {each["name"] for each in DEPLOYMENTS["deployments"]}
    files = {path.stem for path in (ROOT / "flows").glob("*.py")}

    assert names == set(FLOWS)
    assert files == {*FLOWS, "__init__", "serving"}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_task_retries_as_the_table_of_steps_says(step):
    task = TASKS[step.name]

    assert step.because
    assert task.name == step.name
    assert task.retries == len(step.retry_delays)
    assert task.timeout_seconds == step.limit.total_seconds()
    assert set(task.tags) == set(step.tags)

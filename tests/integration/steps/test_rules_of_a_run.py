"""Which rules and which model a run uses: one snapshot, the last good one in need."""

import pytest

from huixiang.domain.proof.ledger import Ledger
from huixiang.domain.run import RunState
from huixiang.errors import ConfigurationError, RunFoundProblems
from huixiang.steps.runs.lease import release
from huixiang.steps.runs.lifetime import begin, join
from tests.workbench import NOON


def _break(bench):
    path = bench.home / "rules" / "routing.yaml"
    path.write_text("version: [half", encoding="utf-8")
    bench.app = bench.open()


def _flow(bench, problems=()):
    with bench.app.running("loop", NOON) as run:
        run.facts["problems"] = list(problems)
        return run.context.rulebook


def _runs(bench):
    with bench.app.store.reading() as uow:
        return uow.runs.all()


def test_a_broken_rules_folder_keeps_the_last_good_rules_and_raises_an_alarm(bench):
    good = _flow(bench)
    _break(bench)

    with pytest.raises(
        RunFoundProblems, match=r"(?s)last good rules.*routing\.yaml"
    ) as met:
        _flow(bench, ["the till is empty"])

    assert met.value.problems[1:] == ("the till is empty",)
    assert "huixiang check" in met.value.problems[0]
    last = _runs(bench)[-1]
    assert (last.state, last.rulebook_hash) == (RunState.COMPLETED, good.hash)
    assert last.detail["problems"][0] == met.value.problems[0]


def test_a_workspace_that_never_had_good_rules_refuses(bench):
    _break(bench)

    with pytest.raises(ConfigurationError, match=r"routing\.yaml"):
        _flow(bench)
    assert _runs(bench) == []


def test_once_the_rules_are_right_again_they_are_used_again(bench):
    _flow(bench)
    good = (bench.home / "rules" / "routing.yaml").read_text(encoding="utf-8")
    _break(bench)
    with pytest.raises(RunFoundProblems):
        _flow(bench)
    new = good.replace('version: "7"', 'version: "8"')
    (bench.home / "rules" / "routing.yaml").write_text(new, encoding="utf-8")
    bench.app = bench.open()

    assert _flow(bench).routing.version == "8"


def test_another_process_of_the_run_takes_the_rules_the_run_began_with(bench):
    with bench.app.running("loop", NOON) as run:
        _break(bench)
        joined = join(bench.open(), run.handle).context.rulebook

    assert joined.hash == run.handle.rulebook_hash
    assert joined.routing.version == "7"


def test_a_refused_model_raises_an_alarm_and_rules_code_alone(bench):
    with bench.run(flow="train") as context, context.transaction("train") as uow:
        uow.models.keep(
            "m1", trained_at=NOON, folder=".huixiang/models/m1",
            codeframe_version="1", figures={}, active=True,
        )  # fmt: skip
    bench.app = bench.open()

    with pytest.raises(RunFoundProblems, match="the model is not used"):
        _flow(bench)
    assert bench.app.equipment.model is None


def test_a_run_that_fails_gives_the_lease_back_and_says_why(bench):
    with pytest.raises(ZeroDivisionError), bench.run():
        raise ZeroDivisionError

    (run,) = _runs(bench)
    assert run.state is RunState.FAILED
    assert "ZeroDivisionError" in run.detail["error"]
    with bench.run():
        assert [each.state for each in _runs(bench)][-1] is RunState.RUNNING


def test_a_run_that_died_is_marked_by_the_next(bench):
    dead = begin(bench.app, "loop", NOON)
    with bench.app.store.transaction("dead") as uow:
        release(uow, dead.handle.lease, bench.clock())
    with bench.run():
        pass

    states = [each.state for each in _runs(bench)]
    assert states == [RunState.ABANDONED, RunState.COMPLETED]


def test_an_empty_workspace_has_a_ledger_that_holds(bench):
    with bench.app.store.reading() as uow:
        ledger = uow.ledgers.read()

    assert isinstance(ledger, Ledger)
    assert ledger.holds

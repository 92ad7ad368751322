"""Steps called for a run that another process began."""

import pytest

from tasks.steps import TASKS


@pytest.fixture
def elsewhere(desk, monkeypatch):
    """Let another process find the workspace's database as it would."""
    monkeypatch.setenv("HUIXIANG_DATABASE_URL", desk.url)
    monkeypatch.setenv("SHOP_DESK_URL", "http://127.0.0.1:9/")


def test_another_process_works_under_the_lease_and_rules_of_the_run(desk, elsewhere):
    with desk.app.running("loop", None) as run:
        facts = TASKS["alert"].fn(run.handle, "alert", {})

    assert facts["n_opened"] == 0
    assert desk.ledger_holds()

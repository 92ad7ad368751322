"""The coffee shop, understood by its own codeframe, which then changes."""

import pytest

from huixiang.steps import calls
from tests.workbench import Bench, Said, feedback, landed


@pytest.fixture
def speak():
    """Store what customers say, and let the loop understand and route it."""

    def run(bench: Bench, said: list[Said]) -> None:
        with bench.run(flow="understand") as context:
            with context.transaction("speak") as uow:
                uow.landing.land(
                    "counter",
                    [landed(each) for each in said],
                    batch_id=f"pb_{context.run_id}",
                    run_id=context.run_id,
                    pulled_at=context.now(),
                )
                uow.feedback.store([feedback(each) for each in said], context.zone)
            equipment = bench.app.equip(context.rulebook)
            while calls.classify(context, equipment) is not None:
                pass
            while calls.route(context, equipment) is not None:
                pass

    return run

"""What somebody has to look at after a run, named from the facts of its steps."""

from collections.abc import Iterator

from huixiang.steps.equipment import Facts
from huixiang.wording.warnings import acts_stuck, see_ledger


def problems_of(facts: Facts) -> list[str]:
    """Return what went wrong, each with where it is or what to do."""
    return [
        *_pull_problems(facts.get("pull", {})),
        *_act_problems(facts.get("sync_status", {})),
        *facts.get("verify", {}).get("problems", ()),
        *_ledger_problems(facts.get("ledger", {})),
    ]


def _pull_problems(pulled: Facts) -> Iterator[str]:
    for source, facts in pulled.items():
        if error := facts.get("error"):
            yield f"source {source}: {error}"
        for each in facts.get("problems", ()):
            yield (
                f"source {source}, {each['position']}: {each['reason']}; "
                f"{each['next_step']}"
            )


def _act_problems(applied: Facts) -> Iterator[str]:
    if n_stuck := applied.get("stuck"):
        yield acts_stuck(n_stuck)


def _ledger_problems(ledger: Facts) -> Iterator[str]:
    if not ledger.get("holds", True):
        names = ", ".join(f"{e['name']} ({e['scope']})" for e in ledger["broken"])
        yield see_ledger(names)

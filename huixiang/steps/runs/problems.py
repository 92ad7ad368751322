"""What somebody has to look at after a run, named from the facts of its steps."""

from collections.abc import Iterator

from huixiang.steps.equipment import Facts
from huixiang.wording.warnings import see_ledger


def problems_of(facts: Facts) -> list[str]:
    """Return what went wrong, each with where it is or what to do."""
    return [
        *_pull_problems(facts.get("pull", {})),
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


def _ledger_problems(ledger: Facts) -> Iterator[str]:
    if not ledger.get("holds", True):
        names = ", ".join(f"{e['name']} ({e['scope']})" for e in ledger["broken"])
        yield see_ledger(names)

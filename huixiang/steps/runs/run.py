"""One run in this process: its steps are called one after the other, facts add up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from huixiang.steps.context import Context
from huixiang.steps.equipment import Equipment, Facts
from huixiang.steps.runs.handle import RunHandle
from huixiang.steps.runs.problems import problems_of

Arguments = Mapping[str, str | None]
"""What a step is told beside its run: a source, the limits of a report."""


def no_step(_: "Run", name: str, __: Arguments) -> Facts | None:
    """Refuse: this run was begun for a single act."""
    raise AssertionError(f"this run calls no steps, not {name} either")


CallStep = Callable[["Run", str, Arguments], Facts | None]
"""Calls the step of a name: directly, as a Prefect task, or as a rehearsal."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A begun run; `facts` is what its steps had to say, by step."""

    handle: RunHandle
    context: Context
    equipment: Equipment
    alarms: Sequence[str] = ()
    call: CallStep = no_step
    facts: Facts = field(default_factory=dict)

    @property
    def sources(self) -> Sequence[str]:
        """The sources to read, in the order of their file."""
        rulebook = self.context.rulebook
        return [each.name for each in rulebook.sources.values() if each.active]

    def step(
        self, name: str, source: str | None = None, *, noted: str | None = None,
        **arguments: str | None,
    ) -> None:  # fmt: skip
        """Call a step once; its facts stand under its name, else under *noted*.

        The facts of a step that is called for each source stand under the source.
        """
        if source is None:
            self.facts[noted or name] = self.call(self, name, arguments)
        else:
            facts = self.call(self, name, {**arguments, "source": source})
            self.facts.setdefault(noted or name, {})[source] = facts

    def until_done(self, name: str, source: str | None = None) -> None:
        """Call a step batch after batch until nothing is left; its counts are summed."""
        arguments = {} if source is None else {"source": source}
        counts = self.facts.setdefault(name, {})
        while (batch := self.call(self, name, arguments)) is not None:
            for count, n in batch.items():
                counts[count] = counts.get(count, 0) + n

    def follow(self, order: Callable[..., None], **options: str | None) -> None:
        """Call the steps of *order*, and say what somebody has to look at."""
        order(self, **options)
        self.facts["problems"] = problems_of(self.facts)

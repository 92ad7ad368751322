"""What would a change of the routing rules have done to what came in before?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from huixiang.domain.items.route import Route, RoutingCase
from huixiang.routing.compile import DEFAULT, Router

MAX_EXAMPLES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredCase:
    """A case that was routed before.

    `corrected_department` is what a person said it should have been, if one did.
    """

    case_id: str
    case: RoutingCase
    corrected_department: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Cases that go from one department to another, with a few of their ids."""

    before: str
    after: str
    n_cases: int
    examples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """How many cases a department gets under the old and the new rules."""

    department: str
    n_before: int
    n_after: int

    @property
    def change(self) -> int:
        """How many more (or fewer) it gets."""
        return self.n_after - self.n_before


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """How often each version chose what a person later said was right."""

    n_corrected: int
    n_before: int
    n_after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Backtest:
    """The whole difference between two versions on the same cases."""

    version_before: str
    version_after: str
    n_cases: int
    n_severity_changed: int
    moved: tuple[Moved, ...]
    loads: tuple[Load, ...]
    newly_default: tuple[str, ...]
    n_newly_default: int
    n_no_longer_default: int
    agreement: Agreement
    never_won: tuple[str, ...]

    @property
    def n_moved(self) -> int:
        """How many cases change their department."""
        return sum(each.n_cases for each in self.moved)

    @property
    def share_moved(self) -> float:
        """The share of cases that change their department."""
        return self.n_moved / self.n_cases if self.n_cases else 0.0


@dataclass(kw_only=True, slots=True)
class _Tally:
    """Counts over one pass; memory does not grow with the number of cases."""

    n_cases: int = 0
    n_severity: int = 0
    n_newly_default: int = 0
    n_no_longer_default: int = 0
    n_corrected: int = 0
    n_right_before: int = 0
    n_right_after: int = 0
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    newly_default: list[str] = field(default_factory=list)

    def add(self, stored: StoredCase, old: Route, new: Route) -> None:
        self.n_cases += 1
        self.n_severity += old.severity is not new.severity
        self.before[old.department] += 1
        self.after[new.department] += 1
        self.rules[new.rule] += 1
        self._add_move(stored.case_id, (old.department, new.department))
        self._add_default(stored.case_id, old.rule, new.rule)
        if stored.corrected_department is not None:
            self.n_corrected += 1
            self.n_right_before += old.department == stored.corrected_department
            self.n_right_after += new.department == stored.corrected_department

    def _add_move(self, case_id: str, move: tuple[str, str]) -> None:
        if move[0] == move[1]:
            return
        self.moved[move] += 1
        shown = self.examples.setdefault(move, [])
        if len(shown) < MAX_EXAMPLES:
            shown.append(case_id)

    def _add_default(self, case_id: str, old: str, new: str) -> None:
        self.n_no_longer_default += old == DEFAULT != new
        if new == DEFAULT != old:
            self.n_newly_default += 1
            if len(self.newly_default) < MAX_EXAMPLES:
                self.newly_default.append(case_id)


def backtest(old: Router, new: Router, cases: Iterable[StoredCase]) -> Backtest:
    """Route every case with both versions and return what differs.

    The same cases in the same order give the same answer.
    """
    tally = _Tally()
    for stored in cases:
        tally.add(stored, old.route(stored.case), new.route(stored.case))
    return Backtest(
        version_before=old.rules.version,
        version_after=new.rules.version,
        n_cases=tally.n_cases,
        n_severity_changed=tally.n_severity,
        moved=_moved(tally),
        loads=_loads(tally),
        newly_default=tuple(tally.newly_default),
        n_newly_default=tally.n_newly_default,
        n_no_longer_default=tally.n_no_longer_default,
        agreement=Agreement(
            n_corrected=tally.n_corrected,
            n_before=tally.n_right_before,
            n_after=tally.n_right_after,
        ),
        never_won=tuple(r.id for r in new.rules.rules if r.id not in tally.rules),
    )


def _moved(tally: _Tally) -> tuple[Moved, ...]:
    ordered = sorted(tally.moved.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Moved(
            before=move[0],
            after=move[1],
            n_cases=count,
            examples=tuple(tally.examples[move]),
        )
        for move, count in ordered
    )


def _loads(tally: _Tally) -> tuple[Load, ...]:
    return tuple(
        Load(department=name, n_before=tally.before[name], n_after=tally.after[name])
        for name in sorted(tally.before.keys() | tally.after.keys())
    )

"""The ledger: every record is in exactly one place, and both sides are printed."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Equation:
    """One invariant: what came in (left) is where it is now (right), term by term."""

    name: str
    scope: str
    left: tuple[tuple[str, int], ...]
    right: tuple[tuple[str, int], ...]

    @property
    def left_total(self) -> int:
        """Sum of the left side."""
        return sum(count for _, count in self.left)

    @property
    def right_total(self) -> int:
        """Sum of the right side."""
        return sum(count for _, count in self.right)

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return self.left_total == self.right_total


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All equations at one moment."""

    equations: tuple[Equation, ...]

    @property
    def holds(self) -> bool:
        """Whether every equation adds up."""
        return all(equation.holds for equation in self.equations)

    @property
    def broken(self) -> tuple[Equation, ...]:
        """The equations that do not."""
        return tuple(each for each in self.equations if not each.holds)

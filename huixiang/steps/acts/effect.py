"""What applying an act amounts to, and what it may have to wait for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from huixiang.domain.acts.act import Act
from huixiang.domain.reason import Fact
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class ActEffect:
    """What an applied act did, and the item it turned out to be about, if any."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    item_id: str | None = None


class NotYet(Exception):
    """Ends the applying of an act that has to wait; never leaves this room."""

    def __init__(self, *, for_ticket: bool = False) -> None:
        super().__init__()
        self.for_ticket = for_ticket


Handler = Callable[[Context, UnitOfWork, Act], ActEffect]
"""Does what an act says inside the caller's transaction; raises where it cannot."""
FreeHandler = Callable[[UnitOfWork, Act], ActEffect]
"""The same for what nobody else writes: it needs no lease."""

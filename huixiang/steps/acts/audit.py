"""The audit: which acts there are, and whether they are as they were written."""

from collections.abc import Sequence

from huixiang.domain.acts.act import Act, ActFilter, BrokenLink
from huixiang.store.engine import Store


def find_acts(store: Store, wanted: ActFilter) -> Sequence[Act]:
    """Return the acts that fit, the newest first."""
    with store.reading() as uow:
        return uow.acts.find(wanted)


def one_act(store: Store, act_id: str) -> Act:
    """Return one act; raise NotFound where there is none."""
    with store.reading() as uow:
        return uow.acts.get(act_id)


def broken_link(store: Store) -> BrokenLink | None:
    """Return the first act of the chain that was changed or removed; None: none was."""
    with store.reading() as uow:
        return uow.acts.broken()

"""The ledger, counted now."""

from collections.abc import Mapping

from huixiang.domain.proof.ledger import Ledger
from huixiang.store.engine import Store


def read_ledger(store: Store) -> Ledger:
    """Return both sides of every equation."""
    with store.reading() as uow:
        return uow.ledgers.read()


def backlog(store: Store) -> Mapping[str, int]:
    """Return how much waits for each of the steps that work in batches."""
    with store.reading() as uow:
        return uow.ledgers.backlog()

"""Dead letters: queue them again, and say which endpoints would not hear of them."""

import datetime as dt
from collections.abc import Collection, Sequence

from huixiang.domain.items.outbox import MessageState
from huixiang.errors import ConfigurationError, NotFound
from huixiang.store.engine import Store
from huixiang.store.unit_of_work import UnitOfWork


def check_dead_letters(store: Store, message_ids: Collection[str]) -> None:
    """Raise unless each of them is a dead letter."""
    with store.reading() as uow:
        for message_id in message_ids:
            _check_dead(uow, message_id)


def replay_message(uow: UnitOfWork, message_id: str, due_at: dt.datetime) -> None:
    """Queue a dead letter again, under its old id."""
    _check_dead(uow, message_id)
    uow.outbox.replay([message_id], due_at)


def stopped_endpoints(store: Store) -> Sequence[str]:
    """Return the endpoints that nothing is sent to until somebody resumes them."""
    with store.reading() as uow:
        return list(uow.outbox.disabled())


def _check_dead(uow: UnitOfWork, message_id: str) -> None:
    message = uow.outbox.get(message_id)
    if message is None:
        raise NotFound(
            f"no message {message_id}; see huixiang outbox list --state dead"
        )
    if message.state is not MessageState.DEAD:
        raise ConfigurationError(
            f"{message_id} is {message.state.value}, not dead; only dead letters are "
            "replayed: huixiang outbox list --state dead",
            code="not_dead",
            about={"state": message.state.value},
        )

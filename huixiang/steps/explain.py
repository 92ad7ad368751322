"""Explain: why is this as it is? From stored facts alone."""

from huixiang.errors import NotFound


def explain_id(key: str, uow: object, rulebook: object, router: object) -> object:
    """Not ready yet."""
    raise NotFound(key)

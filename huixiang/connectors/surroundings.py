"""All that a connector is given beside its settings."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huixiang.clock import Now

if TYPE_CHECKING:  # only kinds that call somebody pay for its import
    from requests import Session


@dataclass(frozen=True, kw_only=True, slots=True)
class PullLimits:
    """How much a connector may hold at once."""

    batch_size: int = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """The workspace around a connector, which looks for nothing itself.

    `secret` gives a secret by the name of its variable, or raises ConfigurationError.
    `session` makes an HTTP session; the connector closes it.
    """

    home: Path
    now: Now
    secret: Callable[[str], str]
    session: "Callable[[], Session]"
    limits: PullLimits = PullLimits()


def new_session() -> "Session":
    """Return an HTTP session that knows nothing yet."""
    import requests

    return requests.Session()

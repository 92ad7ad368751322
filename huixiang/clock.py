"""The only reader of the time."""

import datetime as dt
import time
from collections.abc import Callable

Now = Callable[[], dt.datetime]

UTC = dt.UTC


def utc_now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return dt.datetime.now(UTC)


def monotonic() -> float:
    """Return seconds on a clock that never jumps; only differences have meaning."""
    return time.monotonic()


def check_aware(moment: dt.datetime, name: str) -> None:
    """Raise ValueError unless *moment* carries a time zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{name} must carry a time zone")

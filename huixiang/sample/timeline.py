"""When the sample airport's loop runs: a handful of business times in 180 days."""

import datetime as dt
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
START = dt.date(2026, 1, 5)
N_DAYS = 180
END = START + dt.timedelta(days=N_DAYS)

RUN_DAYS = (60, 74, 88, 102, 116, 132, 156, 180)
"""Days after START at whose midnight the loop runs; all before them has arrived."""


def day(number: int) -> dt.date:
    """Return the date of a day counted from START."""
    return START + dt.timedelta(days=number)


def run_times() -> tuple[dt.datetime, ...]:
    """Return the business times (`--as-of`) of the demo's runs."""
    return tuple(
        dt.datetime.combine(day(number), dt.time(), tzinfo=ZONE).astimezone(dt.UTC)
        for number in RUN_DAYS
    )


def periods() -> tuple[tuple[dt.date, dt.date], ...]:
    """Return [start, end) of what arrives before each run."""
    ends = [day(number) for number in RUN_DAYS]
    return tuple(zip([START, *ends[:-1]], ends, strict=True))

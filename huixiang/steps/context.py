"""What every step is given: values only, read once, the same for a whole run."""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from huixiang.clock import Now
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.text import Language
from huixiang.steps.runs.lease import Lease, keep
from huixiang.store.engine import Store
from huixiang.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Context:
    """One run: its rules, its business time, its right to write.

    `as_of` is business time: windows, baselines and verdicts end with the last whole
    day before it. `now` is real time: leases, signatures, deadlines.
    """

    store: Store
    rulebook: Rulebook
    home: Path
    zone: ZoneInfo
    key: bytes
    as_of: dt.datetime
    now: Now
    run_id: str
    lease: Lease
    batch_size: int
    rng: random.Random
    workspace_name: str
    language: Language

    @contextmanager
    def transaction(self, name: str) -> Iterator[UnitOfWork]:
        """Give a unit of work that commits only while this run holds the lease."""
        now = self.now()
        with self.store.transaction(name, at=now) as uow:
            keep(uow, self.lease, now)
            yield uow

    @property
    def today(self) -> dt.date:
        """The business day in the workspace's time zone."""
        return self.as_of.astimezone(self.zone).date()

    @property
    def last_day(self) -> dt.date:
        """The last whole business day."""
        return self.today - dt.timedelta(days=1)


def short_id(prefix: str, *parts: object) -> str:
    """Return an id that depends on *parts* alone, so that doing twice is doing once."""
    text = "\x1f".join(str(part) for part in parts)
    return f"{prefix}_{hashlib.sha256(text.encode()).hexdigest()[:16]}"

"""What every process that works for a run is handed."""

import datetime as dt
from dataclasses import dataclass

from huixiang.steps.runs.lease import Lease


@dataclass(frozen=True, kw_only=True, slots=True)
class RunHandle:
    """One begun run, as plain values that any process can be handed."""

    home: str
    flow: str
    run_id: str
    as_of: dt.datetime
    lease: Lease
    rulebook_hash: str

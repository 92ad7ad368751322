"""What was known at a moment: a reading of the past leaves out what came later."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_


@dataclass(frozen=True, kw_only=True, slots=True)
class Knowledge:
    """`until`: rows stored from then on are not seen; `now`: rows are stored as of it."""

    until: dt.datetime | None = None
    now: dt.datetime | None = None

    def of(self, *stored_at: Any) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions that keep what was known; none where all is.

        Rows of a time when nobody noted it count as always known.
        """
        if self.until is None:
            return ()
        return tuple(or_(each.is_(None), each < self.until) for each in stored_at)


ALL = Knowledge()
"""Everything there is."""

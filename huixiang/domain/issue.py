"""An issue: theme × touchpoint × unit, gathering negative codings over time."""

import hashlib
from dataclasses import dataclass

NOWHERE = "-"
"""Stands for a touchpoint or unit that the record does not name."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class IssueKey:
    """What makes an issue this issue; its department may change, these never."""

    theme: str
    touchpoint: str = NOWHERE
    unit: str = NOWHERE

    @property
    def issue_id(self) -> str:
        """A short id that depends on the key alone."""
        text = "\x1f".join((self.theme, self.touchpoint, self.unit))
        return "is_" + hashlib.sha256(text.encode()).hexdigest()[:12]

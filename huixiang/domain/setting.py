"""Settings that only the owner of a kind can judge."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class StrangeSetting:
    """A setting whose value makes no sense, and what would."""

    field: str
    wanted: str

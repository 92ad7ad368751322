"""The tables, by subject; importing the package makes all of them known."""

from huixiang.store.tables import (
    acts,
    base,
    codeframe,
    coding,
    emerging,
    items,
    language,
    records,
    reports,
    review,
    runs,
    verification,
)

__all__ = [
    "acts",
    "base",
    "codeframe",
    "coding",
    "emerging",
    "items",
    "language",
    "records",
    "reports",
    "review",
    "runs",
    "verification",
]

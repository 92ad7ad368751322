"""What reports say, a module for each section; templates take their words from here."""

from huixiang.wording.report import (
    assurance,
    departments,
    effects,
    first_screen,
    headings,
    issues,
    item,
    journey,
    page,
    plans,
    records,
    shared,
    training,
    voices,
    work,
)

__all__ = [
    "assurance",
    "departments",
    "effects",
    "first_screen",
    "headings",
    "issues",
    "item",
    "journey",
    "page",
    "plans",
    "records",
    "shared",
    "training",
    "voices",
    "work",
]

"""Why something is as it is: a code, the facts it rests on, and what a person wrote."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Code = TypeVar("Code", bound=enum.StrEnum)
Fact = str | int | float | bool | None
"""Ids, numbers, dates in ISO form: what a sentence is filled with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason(Generic[Code]):
    """A decision's reason.

    `words` is what a person wrote, masked; nothing ever reads a meaning out of it.
    The sentences people read are made from `code` and `facts` in `huixiang.wording`.
    """

    code: Code
    facts: Mapping[str, Fact] = field(default_factory=dict)
    words: str = ""

"""What JSON can hold: what a source says before anybody gave it a meaning."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = (
    str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None
)

"""The customer's journey: its stages and the contact moments in them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from huixiang.domain.text import Bilingual, Language


class Phase(enum.StrEnum):
    """Before, during or after the sale (售前 / 售中 / 售后)."""

    PRE = "pre"
    IN = "in"
    POST = "post"


@dataclass(frozen=True, kw_only=True, slots=True)
class Touchpoint:
    """One contact moment (触点, moment of truth)."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class JourneyStage:
    """One stage of the journey with its contact moments, in order."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: Bilingual
    phase: Phase
    touchpoints: tuple[Touchpoint, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Journey:
    """`rules/journey.yaml`: the stages in the order the customer meets them."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    stages: tuple[JourneyStage, ...] = ()
    version: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Touchpoint]:
        """The touchpoints by their ids."""
        return {each.id: each for stage in self.stages for each in stage.touchpoints}

    def name(self, touchpoint_id: str, language: Language) -> str:
        """Return a touchpoint's name, or its id where the journey does not know it."""
        touchpoint = self.by_id.get(touchpoint_id)
        return touchpoint.name.get(language) if touchpoint else touchpoint_id

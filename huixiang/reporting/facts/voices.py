"""What the voices mean: needs, drivers, emotion, what is hot and what is new, named."""

import enum
from dataclasses import dataclass

from huixiang.domain.insight import EmergingTheme, HotIssue, Insights
from huixiang.domain.text import Bilingual


class NameKind(enum.StrEnum):
    """What an id belongs to."""

    THEME = "theme"
    STAGE = "stage"
    PLACE = "place"  # touchpoints and units


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedId:
    """The words for an id that the facts below use."""

    kind: NameKind
    id: str
    name: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Voices:
    """Facts about everything that was said in the days of `insights`."""

    insights: Insights | None = None
    hot: tuple[HotIssue, ...] = ()
    emerging: tuple[EmergingTheme, ...] = ()
    names: tuple[NamedId, ...] = ()

    def name(self, kind: NameKind, id_: str) -> Bilingual:
        """Return the words for an id, or the id itself."""
        for each in self.names:
            if each.kind is kind and each.id == id_:
                return each.name
        return Bilingual(zh=id_, en=id_)


NO_VOICES = Voices()
"""Before anything was said."""

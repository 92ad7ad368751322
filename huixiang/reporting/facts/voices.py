"""What the voices mean: needs, drivers, emotion, what is hot and what is new, named."""

import datetime as dt
import enum
from dataclasses import dataclass

from huixiang.domain.coding.insight import HotIssue, Insights
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
class ProposedTheme:
    """An emerging theme and why it is proposed; fields as in `EmergingTheme`."""

    proposal_id: str
    name_zh: str
    keywords: tuple[str, ...]
    n: int
    n_before: int
    first_seen_on: dt.date
    growth: float | None
    q_value: float | None
    share_uncovered: float
    nearest_theme: str | None
    why: Bilingual
    units: tuple[tuple[str, int], ...] = ()
    touchpoints: tuple[tuple[str, int], ...] = ()
    polarities: tuple[tuple[str, int], ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Voices:
    """Facts about everything that was said in the days of `insights`."""

    insights: Insights | None = None
    hot: tuple[HotIssue, ...] = ()
    emerging: tuple[ProposedTheme, ...] = ()
    names: tuple[NamedId, ...] = ()

    def name(self, kind: NameKind, id_: str) -> Bilingual:
        """Return the words for an id, or the id itself."""
        for each in self.names:
            if each.kind is kind and each.id == id_:
                return each.name
        return Bilingual(zh=id_, en=id_)


NO_VOICES = Voices()
"""Before anything was said."""

"""Emotion along the journey: how people feel at each stage and touchpoint.

What is remembered of an experience is its most intense moment and its end (Kahneman,
Fredrickson and others 1993), so these are marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from huixiang.domain.coding.insight import JourneyEmotion, Moment
from huixiang.domain.coding.journey import Journey, JourneyStage
from huixiang.understanding.voices.estimates import Sums, add_up, mean_of

MIN_FELT = 20
"""Feedbacks that a mean needs."""
USUAL_POLARITY, USUAL_STARS = 0.7, 1.5
"""Variances to assume where all say the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Felt:
    """Feedback that speaks of a touchpoint: mean polarity of each, stars of the rated."""

    polarity: Sums
    stars: Sums

    def __add__(self, other: "Felt") -> "Felt":
        return Felt(
            polarity=self.polarity + other.polarity, stars=self.stars + other.stars
        )


_NOTHING = Felt(polarity=Sums(), stars=Sums())


def emotion_curve(
    journey: Journey, felt: Mapping[str, Felt]
) -> tuple[JourneyEmotion, ...]:
    """Return each stage followed by its touchpoints, in the order they are met."""
    rows = [row for stage in journey.stages for row in _stage(stage, felt)]
    return _with_moments(rows)


def _stage(stage: JourneyStage, felt: Mapping[str, Felt]) -> list[JourneyEmotion]:
    parts = [(each.id, felt.get(each.id, _NOTHING)) for each in stage.touchpoints]
    whole = Felt(
        polarity=add_up(each.polarity for _, each in parts),
        stars=add_up(each.stars for _, each in parts),
    )
    return [_row(stage.id, None, whole)] + [
        _row(stage.id, touchpoint, each) for touchpoint, each in parts
    ]


def _row(stage: str, touchpoint: str | None, felt: Felt) -> JourneyEmotion:
    polarity, stars = felt.polarity, felt.stars
    return JourneyEmotion(
        stage=stage,
        touchpoint=touchpoint,
        n=polarity.n,
        polarity=mean_of(polarity, USUAL_POLARITY) if polarity.n >= MIN_FELT else None,
        stars=mean_of(stars, USUAL_STARS) if stars.n >= MIN_FELT else None,
    )


def _with_moments(rows: Sequence[JourneyEmotion]) -> tuple[JourneyEmotion, ...]:
    known = [
        (row.polarity.value, at)
        for at, row in enumerate(rows)
        if row.touchpoint is not None and row.polarity is not None
    ]
    if len(known) < 2:  # noqa: PLR2004 - one moment alone is neither high nor low
        return tuple(rows)
    marks = {
        Moment.PEAK: max(known)[1],
        Moment.LOW: min(known)[1],
        Moment.END: max(at for _, at in known),
    }
    return tuple(
        replace(row, moments=tuple(m for m, place in marks.items() if place == at))
        for at, row in enumerate(rows)
    )

"""How far reviewers agree beyond chance: Cohen's kappa, Krippendorff's alpha."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from huixiang.domain.coding.review import Review

Ratings = Sequence[Mapping[str, str]]
"""What each reviewer said of each unit; a reviewer who did not see one is absent."""

ABSENT = "absent"
_DRAWS = 2000
_SEED = 20261122
_TWO = 2
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewerAgreement:
    """Agreement on one question; `low` to `high` holds it with 95 % (bootstrap).

    `value` is None where it cannot be told: fewer than two units, or one answer only.
    """

    head: str
    measure: str
    reviewers: tuple[str, ...]
    n_units: int
    n_feedback: int
    observed: float | None
    value: float | None
    low: float | None
    high: float | None


def agreements(reviews: Sequence[Review]) -> list[ReviewerAgreement]:
    """Return how each pair of reviewers agrees on each head, and all where more do."""
    found = []
    for head, units_of in _HEADS.items():
        units = units_of(reviews)
        shared = [unit for unit in units if len(unit.ratings) >= _TWO]
        names = sorted({name for unit in shared for name in unit.ratings})
        for number, one in enumerate(names):
            for other in names[number + 1 :]:
                both = [u for u in shared if {one, other} <= set(u.ratings)]
                if both:
                    found.append(_measured(head, both, (one, other)))
        if len(names) > _TWO:
            found.append(_measured(head, shared, tuple(names)))
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """One thing that reviewers gave a value to."""

    feedback_id: str
    ratings: Mapping[str, str]


def _measured(
    head: str, units: Sequence[_Unit], names: tuple[str, ...]
) -> ReviewerAgreement:
    ratings = [
        {n: unit.ratings[n] for n in names if n in unit.ratings} for unit in units
    ]
    pair = len(names) == _TWO
    measure: Callable[[Ratings], float | None] = cohen_kappa if pair else krippendorff
    value = measure(ratings)
    low, high = (
        _interval(units, ratings, measure) if value is not None else (None, None)
    )
    return ReviewerAgreement(
        head=head,
        measure="cohen_kappa" if pair else "krippendorff_alpha",
        reviewers=names,
        n_units=len(units),
        n_feedback=len({unit.feedback_id for unit in units}),
        observed=_observed(ratings),
        value=value,
        low=low,
        high=high,
    )


def cohen_kappa(ratings: Ratings) -> float | None:
    """Return kappa of two reviewers (Cohen, 1960); None where chance explains all."""
    pairs = [tuple(unit[name] for name in sorted(unit)) for unit in ratings]
    n = len(pairs)
    if n < _TWO:
        return None
    observed = sum(one == other for one, other in pairs) / n
    first, second = Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    chance = sum(first[value] * second[value] for value in first) / n**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def krippendorff(ratings: Ratings) -> float | None:
    """Return alpha for nominal values (Krippendorff, 2004); reviewers may be missing."""
    together: Counter[tuple[str, str]] = Counter()
    for unit in ratings:
        values = list(unit.values())
        for place, value in enumerate(values):
            for other in values[:place] + values[place + 1 :]:
                together[value, other] += 1 / (len(values) - 1)  # type: ignore[assignment]  # weights, not counts
    total = sum(together.values())
    each: Counter[str] = Counter()
    for (value, _), weight in together.items():
        each[value] += weight
    apart = sum(weight for (one, other), weight in together.items() if one != other)
    expected = sum(
        each[one] * each[other] for one in each for other in each if one != other
    )
    if total <= 1 or not expected:
        return None
    return 1 - (total - 1) * apart / expected


def _observed(ratings: Ratings) -> float | None:
    pairs = [
        one == other
        for unit in ratings
        for values in [list(unit.values())]
        for place, one in enumerate(values)
        for other in values[place + 1 :]
    ]
    return sum(pairs) / len(pairs) if pairs else None


def _interval(
    units: Sequence[_Unit],
    ratings: Ratings,
    measure: Callable[[Ratings], float | None],
) -> tuple[float | None, float | None]:
    """Draw whole feedbacks anew: what stands in one feedback is not independent."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        places[unit.feedback_id].append(number)
    groups = list(places.values())
    rng = np.random.default_rng(_SEED)
    values = []
    for drawn in rng.integers(len(groups), size=(_draws(len(units)), len(groups))):
        value = measure([ratings[k] for group in drawn.tolist() for k in groups[group]])
        if value is not None:
            values.append(value)
    if len(groups) < _TWO or not values:
        return None, None
    low, high = np.percentile(values, _INTERVAL).tolist()
    return low, high


def _draws(n_units: int) -> int:
    """Return fewer draws for very many units: their interval is narrow and costly."""
    return max(200, min(_DRAWS, 400_000 // max(n_units, 1)))


def _latest(reviews: Sequence[Review]) -> dict[str, dict[str, Review]]:
    """Return the newest review of each feedback by each reviewer."""
    found: dict[str, dict[str, Review]] = defaultdict(dict)
    for review in sorted(reviews, key=lambda each: each.reviewed_at):
        found[review.feedback_id][review.reviewer] = review
    return found


def _theme_units(reviews: Sequence[Review]) -> list[_Unit]:
    """One unit for each feedback and each theme that any of its reviewers saw there.

    Themes that none of them saw would only be agreement about nothing.
    """
    units = []
    for feedback_id, own in _latest(reviews).items():
        told = {
            name: {each.theme for each in review.mentions}
            for name, review in own.items()
        }
        units += [
            _Unit(
                feedback_id=feedback_id,
                ratings={n: theme if theme in t else ABSENT for n, t in told.items()},
            )
            for theme in sorted(set().union(*told.values()))
        ]
    return units


def _polarity_units(reviews: Sequence[Review]) -> list[_Unit]:
    """One unit for each theme of a feedback that at least two reviewers saw."""
    units = []
    for feedback_id, own in _latest(reviews).items():
        felt: dict[str, dict[str, str]] = defaultdict(dict)
        for name, review in own.items():
            for each in review.mentions:
                felt[each.theme][name] = each.polarity.value
        units += [
            _Unit(feedback_id=feedback_id, ratings=ratings)
            for _, ratings in sorted(felt.items())
        ]
    return units


def _whole_units(field: str) -> Callable[[Sequence[Review]], list[_Unit]]:
    def units(reviews: Sequence[Review]) -> list[_Unit]:
        return [
            _Unit(
                feedback_id=feedback_id,
                ratings={
                    name: str(getattr(review, field))
                    for name, review in own.items()
                    if getattr(review, field) is not None
                },
            )
            for feedback_id, own in _latest(reviews).items()
        ]

    return units


_HEADS: Mapping[str, Callable[[Sequence[Review]], list[_Unit]]] = {
    "themes": _theme_units,
    "mention_polarity": _polarity_units,
    "polarity": _whole_units("polarity"),
    "department": _whole_units("department"),
}

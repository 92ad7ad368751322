"""Ratings as people and systems write them → a number on a known scale."""

import math
import re
import unicodedata

from huixiang.domain.records.feedback import BOUNDS, Rating, RatingScale

_NUMBER = re.compile(
    r"(-?\d+(?:\.\d+)?)\s*(?:/\s*(\d+))?\s*(?:分|星|颗星|星级|stars?|points?)?",
    re.IGNORECASE,
)
_STARS = re.compile(r"([★⭐🌟]+)[☆✩\ufe0f]*")


def parse_rating(text: str, scale: RatingScale) -> float | None:
    """Return the number *text* names, in bounds or not; None where it names none."""
    stars = _STARS.fullmatch(text.replace("\ufe0f", ""))
    if stars is not None:
        return float(len(stars[1]))
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None or (match[2] and float(match[2]) != BOUNDS[scale][1]):
        return None
    value = float(match[1])
    return value if math.isfinite(value) else None


def rating_on(value: float | None, scale: RatingScale | None) -> Rating | None:
    """Return the rating, or None where it is missing or off its scale."""
    if value is None or scale is None:
        return None
    low, high = BOUNDS[scale]
    return Rating(value=value, scale=scale) if low <= value <= high else None

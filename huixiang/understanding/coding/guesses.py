"""Answers about whole texts: whose they are, and how they feel, each with its reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.coding_reason import CodingReason, Why, why
from huixiang.understanding.coding.tone import clause_tone
from huixiang.understanding.model.base import base_model, feelings
from huixiang.understanding.model.linear import (
    Floats,
    Head,
    decided,
    logistic,
    matrix,
    softmax,
)
from huixiang.understanding.model.model_file import Model
from huixiang.understanding.text.batch import Batch, RatedText
from huixiang.understanding.text.clauses import split_clauses

_MIDDLE_STARS = 3.0
_COMPLAINT_STARS = 1.5
"""What a complaint without a rating stands for."""
_PER_STAR = 0.8
"""How much a star above or below the middle moves the logit of a polarity."""
_SILENCE = 1e-6
"""Feelings closer to 0 than this are none."""
_LETTERS = re.compile(r"[a-z]{2,}")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")


class Guess(NamedTuple):
    """One answer, its probability, and what it rests on; None where nobody can tell."""

    answer: str | None = None
    chance: float = 0.0
    reason: Why | None = None


@dataclass(frozen=True, kw_only=True)
class Guesses:
    """One guess for each text of a batch."""

    departments: Sequence[Guess]
    polarities: Sequence[Guess]


def guess(model: Model | None, batch: Batch) -> Guesses:
    """Return what the heads of *model* answer, the shipped model where one is missing."""
    heads = model.heads if model else {}
    features = (
        matrix(batch.grams, len(batch.texts), model.vocabulary)
        if model and heads
        else None
    )
    departments = [Guess()] * len(batch.texts)
    if "department" in heads:
        departments = _answers("department", heads["department"], features, batch)
    if "polarity" in heads:
        polarities = _answers("polarity", heads["polarity"], features, batch)
    else:
        polarities = _unlabelled(batch)
    return Guesses(departments=departments, polarities=polarities)


def _answers(name: str, head: Head, features: Any, batch: Batch) -> list[Guess]:
    """Return the likeliest class of each text."""
    felt = feelings(batch.feeling_grams, len(batch.texts)) if head.feels else None
    logits = head.scores(features, felt) * head.scale + head.shift
    if name == "polarity":
        logits = logits + _by_rating(head, batch)
    chances = softmax(logits)
    best = decided(chances, head.lean)
    top = head.trusted(chances[np.arange(len(best)), best]).tolist()
    return [
        Guess(
            answer=head.classes[number],
            chance=chance,
            reason=_by_model(name, head.classes[number], chance),
        )
        for number, chance in zip(best.tolist(), top, strict=True)
    ]


def _by_model(head: str, answer: str, chance: float) -> Why:
    sure = round(chance, 2)
    if head == "polarity":
        return why(CodingReason.TEXT_BY_MODEL, polarity=answer, chance=sure)
    return why(CodingReason.DEPARTMENT_BY_MODEL, department=answer, chance=sure)


def _stars(batch: Batch) -> Floats:
    """Return how far each rating is from the middle, 0 where there is none."""
    stars = [_stars_of(text) for text in batch.texts]
    return np.array(stars, dtype=np.float32) - np.float32(_MIDDLE_STARS)


def _stars_of(text: RatedText) -> float:
    if text.stars is not None:
        return text.stars
    return _COMPLAINT_STARS if text.complains else _MIDDLE_STARS


def _by_rating(head: Head, batch: Batch) -> Floats:
    """Return what the ratings add to the logit of each class."""
    way = {Polarity.POSITIVE: 1.0, Polarity.NEGATIVE: -1.0}
    ways = np.array([way.get(Polarity(each), 0.0) for each in head.classes], np.float32)
    return _PER_STAR * _stars(batch)[:, None] * ways


def _unlabelled(batch: Batch) -> list[Guess]:
    """Return how each text feels by the shipped model, the lexicon and the rating."""
    felt = feelings(batch.feeling_grams, len(batch.texts)).sum(axis=1)
    felt = felt + np.array([_foreign_tone(words) for words in batch.words], np.float32)
    head = base_model().heads["polarity"]
    # A margin m stands for the logit 2 m scale; feelings hold half of it.
    logits = 4 * head.scale[0] * felt + 2 * _PER_STAR * _stars(batch)
    chances = logistic(logits)
    return [
        _felt(float(value), float(logit), float(chance))
        for value, logit, chance in zip(felt, logits, chances, strict=True)
    ]


def _felt(value: float, logit: float, chance: float) -> Guess:
    if abs(value) + abs(logit) < _SILENCE:
        reason = why(CodingReason.NO_FEELING)
        return Guess(answer=Polarity.NEUTRAL, chance=0.5, reason=reason)
    answer = Polarity.POSITIVE if logit > 0 else Polarity.NEGATIVE
    sure = max(chance, 1 - chance)
    reason = why(
        CodingReason.TEXT_BY_FEELING, polarity=answer.value, chance=round(sure, 2)
    )
    return Guess(answer=answer, chance=sure, reason=reason)


def _foreign_tone(words: str) -> float:
    """Return the lexicon's tone of a text in English, which the n-grams do not know."""
    if not _LETTERS.search(words) or _IDEOGRAPH.search(words):
        return 0.0
    return sum(clause_tone(words, clause).value for clause in split_clauses(words)) / 2

"""Champion against challenger on rows neither has learned from: who should decide now?

The rule. The challenger is promoted when (1) over the heads, each weighing the same, it
is right at least as often, and (2) no protected class gets worse: with 95 % confidence
(one-sided, paired bootstrap) it loses less there than the margin. Protected are all
classes with at least `LEAST` held-out questions; the margin is what so many can show.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huixiang.domain.coding.training import (
    ABSENT,
    ClassChange,
    HeadChange,
    Judged,
    ModelComparison,
    PromotionReason,
)

MARGIN, FEW_MARGIN = 0.05, 0.1
LEAST, MANY = 50, 200
"""From MANY questions on a class may not lose MARGIN, with fewer not FEW_MARGIN.

With 50 questions two equal models would often fail at 5 points, and nothing improve.
"""
LEAST_ROWS = 30
"""Fewer held-out rows cannot tell two models apart."""
_PROMOTING = (PromotionReason.NOT_WORSE, PromotionReason.TOO_FEW_HELD_OUT)
_CONFIDENCE = 0.95
_DRAWS = 4000
_SEED = 20261122


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    """One question: the class it protects, and who answered it rightly."""

    head: str
    name: str
    champion: bool
    challenger: bool


def compare(
    champion: Sequence[Judged], challenger: Sequence[Judged], *, split: str
) -> ModelComparison:
    """Return how both did on the same rows, and whether the challenger takes over."""
    pairs = _pairs(champion, challenger)
    heads = tuple(_heads(pairs))
    classes = tuple(_classes(pairs))
    worse = [each for each in classes if each.is_protected and not each.is_not_worse]
    gain = sum(each.challenger - each.champion for each in heads) / max(len(heads), 1)
    n_rows = len({each.unit for each in (*champion, *challenger)})
    reason = _reason(n_rows, gain, worse)
    return ModelComparison(
        split=split,
        n_rows=n_rows,
        heads=heads,
        classes=classes,
        is_promoted=reason in _PROMOTING,
        reason=reason,
    )


def _reason(n_rows: int, gain: float, worse: Sequence[ClassChange]) -> PromotionReason:
    if n_rows < LEAST_ROWS:
        return PromotionReason.TOO_FEW_HELD_OUT
    if gain < 0:
        return PromotionReason.WORSE_OVERALL
    if worse:
        return PromotionReason.CLASS_MAY_BE_WORSE
    return PromotionReason.NOT_WORSE


def _pairs(champion: Sequence[Judged], challenger: Sequence[Judged]) -> list[_Pair]:
    """Put the two answers to each question side by side.

    Of themes the union counts: one that only one of them sees is a question to both.
    """
    first, second = _by_question(champion), _by_question(challenger)
    found = []
    for key in sorted({*first, *second}):
        head, _, name = key
        one, other = first.get(key), second.get(key)
        known = one or other
        if head == "mention_polarity" or known is None:
            continue
        found.append(
            _Pair(
                head=head,
                name=name or known.truth,
                champion=_is_right(one, known),
                challenger=_is_right(other, known),
            )
        )
    return found


def _by_question(questions: Sequence[Judged]) -> dict[tuple[str, int, str], Judged]:
    return {
        (each.head, each.unit, _theme(each)): each
        for each in questions
        if each.head != "mention_polarity"
    }


def _theme(question: Judged) -> str:
    if question.head != "themes":
        return ""
    return question.guessed if question.truth == ABSENT else question.truth


def _is_right(answer: Judged | None, known: Judged) -> bool:
    """Judge an answer; saying nothing of a theme is right where it is not there."""
    if answer is None:
        return known.truth == ABSENT
    if answer.felt is not None:
        return answer.felt[0] == answer.felt[1]
    return answer.is_right


def _heads(pairs: Sequence[_Pair]) -> list[HeadChange]:
    groups: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.head].append(pair)
    return [_head(name, own) for name, own in sorted(groups.items())]


def _head(name: str, pairs: Sequence[_Pair]) -> HeadChange:
    from scipy.stats import binomtest

    lost, won = _discordant(pairs)
    test = binomtest(won, lost + won) if lost + won else None
    return HeadChange(
        head=name,
        n=len(pairs),
        champion=sum(each.champion for each in pairs) / len(pairs),
        challenger=sum(each.challenger for each in pairs) / len(pairs),
        only_champion=lost,
        only_challenger=won,
        p_value=float(test.pvalue) if test else 1.0,
    )


def _discordant(pairs: Sequence[_Pair]) -> tuple[int, int]:
    """Return how often only the champion was right, and only the challenger (McNemar)."""
    lost = sum(each.champion and not each.challenger for each in pairs)
    won = sum(each.challenger and not each.champion for each in pairs)
    return lost, won


def _classes(pairs: Sequence[_Pair]) -> list[ClassChange]:
    groups: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.head, pair.name].append(pair)
    return [_class(head, name, own) for (head, name), own in sorted(groups.items())]


def _class(head: str, name: str, pairs: Sequence[_Pair]) -> ClassChange:
    low = _low(len(pairs), *_discordant(pairs))
    return ClassChange(
        head=head,
        name=name,
        n=len(pairs),
        champion=sum(each.champion for each in pairs) / len(pairs),
        challenger=sum(each.challenger for each in pairs) / len(pairs),
        low=low,
        is_protected=len(pairs) >= LEAST,
        is_not_worse=low > -margin(len(pairs)),
    )


def margin(n: int) -> float:
    """Return how much a class with *n* questions must be sure not to lose."""
    return MARGIN if n >= MANY else FEW_MARGIN


def _low(n: int, lost: int, won: int) -> float:
    """Return the lower end of the difference; pairs are drawn anew, with replacement."""
    shares = [lost / n, won / n, (n - lost - won) / n]
    draws = np.random.default_rng(_SEED).multinomial(n, shares, size=_DRAWS)
    differences = (draws[:, 1] - draws[:, 0]) / n
    return float(np.percentile(differences, 100 * (1 - _CONFIDENCE)))

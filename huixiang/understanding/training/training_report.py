"""From answers to figures: intervals, confusion, calibration, coverage, mistakes."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from huixiang.domain.coding.training import (
    ABSENT,
    Bin,
    ClassFigures,
    CoverageRow,
    HeadFigures,
    Judged,
    Mistake,
    Share,
)
from huixiang.domain.proof.share import share_interval
from huixiang.understanding.coding.coder import TextAnswer
from huixiang.understanding.model.labels import LabelledRow

HEADS = ("department", "polarity", "themes", "mention_polarity")
_N_BINS = 15
"""Bins of equal size, as the calibration error is counted."""
_COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
_N_MISTAKES = 20
_LONGEST = 200


def share(hits: int, n: int) -> Share:
    """Return a share with its interval; *n* is above 0."""
    low, high = share_interval(hits, n)
    return Share(hits=hits, n=n, value=hits / n, low=low, high=high)


# -- questions -----------------------------------------------------------------------


def judged(rows: Sequence[LabelledRow], answers: Sequence[TextAnswer]) -> list[Judged]:
    """Return every question that *rows* hold the answer of, with what was answered."""
    return [
        question
        for unit, (row, answer) in enumerate(zip(rows, answers, strict=True))
        for question in _of_row(unit, row, answer)
    ]


def _of_row(unit: int, row: LabelledRow, answer: TextAnswer) -> Iterator[Judged]:
    key, words = "" if row.id is None else str(row.id), row.as_text.words[:_LONGEST]
    if row.department:
        yield Judged(
            head="department",
            unit=unit,
            truth=row.department,
            guessed=answer.suggested_department or ABSENT,
            chance=answer.department_confidence
            if answer.suggested_department
            else None,
            row_id=key,
            words=words,
        )
    if row.polarity:
        yield Judged(
            head="polarity",
            unit=unit,
            truth=row.polarity,
            guessed=answer.polarity.value,
            chance=answer.polarity_confidence,
            row_id=key,
            words=words,
        )
    if row.mentions is not None:
        yield from _of_mentions(unit, row, answer)


def _of_mentions(unit: int, row: LabelledRow, answer: TextAnswer) -> Iterator[Judged]:
    """Ask of each theme that the label or the answer holds whether it is there."""
    told = {label.theme: str(label.polarity) for label in row.mentions or ()}
    given = {coding.theme: coding for coding in answer.codings}
    key, words = "" if row.id is None else str(row.id), row.as_text.words[:_LONGEST]
    for theme in sorted({*told, *given}):
        coding = given.get(theme)
        felt = (told.get(theme, ABSENT), coding.polarity.value if coding else ABSENT)
        yield Judged(
            head="themes",
            unit=unit,
            truth=theme if theme in told else ABSENT,
            guessed=theme if coding else ABSENT,
            chance=coding.confidence if coding else None,
            row_id=key,
            words=words,
            felt=felt,
        )
        if theme in told and coding:
            yield Judged(
                head="mention_polarity",
                unit=unit,
                truth=felt[0],
                guessed=felt[1],
                chance=None,
                row_id=key,
                words=words,
            )


# -- figures -------------------------------------------------------------------------


def head_figures(questions: Sequence[Judged]) -> tuple[HeadFigures, ...]:
    """Return the figures of every head that *questions* are about."""
    return tuple(
        _figures(head, own)
        for head in HEADS
        if (own := [each for each in questions if each.head == head])
    )


def _figures(head: str, questions: Sequence[Judged]) -> HeadFigures:
    classes = tuple(_classes(questions))
    sure = [each for each in questions if each.chance is not None]
    bins = tuple(_bins(sure))
    return HeadFigures(
        head=head,
        n=len({each.unit for each in questions}),
        main=main_share(head, questions),
        main_name="micro_f1" if head == "themes" else "accuracy",
        macro_f1=sum(each.f1 for each in classes) / len(classes) if classes else 0.0,
        classes=classes,
        confusion=_confusion(questions),
        bins=bins,
        calibration_error=_calibration_error(bins) if bins else None,
        coverage=tuple(_coverage(sure)),
        mistakes=tuple(_mistakes(sure)),
    )


def main_share(head: str, questions: Sequence[Judged]) -> Share:
    """Return accuracy; for themes micro-F1, as the share 2·hits of labels and answers."""
    hits = sum(each.is_right for each in questions)
    if head != "themes":
        return share(hits, len(questions))
    told = sum(each.truth != ABSENT for each in questions)
    given = sum(each.guessed != ABSENT for each in questions)
    return share(2 * hits, told + given)


def _classes(questions: Sequence[Judged]) -> Iterator[ClassFigures]:
    told = Counter(each.truth for each in questions)
    given = Counter(each.guessed for each in questions)
    hits = Counter(each.truth for each in questions if each.is_right)
    for name in sorted(
        {*told, *given} - {ABSENT}, key=lambda name: (-told[name], name)
    ):
        whole = told[name] + given[name]
        yield ClassFigures(
            name=name,
            recall=share(hits[name], told[name]) if told[name] else None,
            precision=share(hits[name], given[name]) if given[name] else None,
            f1=2 * hits[name] / whole,
        )


def _confusion(questions: Sequence[Judged]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter((each.truth, each.guessed) for each in questions)
    return tuple((*pair, n) for pair, n in sorted(counts.items()))


def _bins(questions: Sequence[Judged]) -> Iterator[Bin]:
    """Yield bins of equal size, the unsure ones first."""
    ordered = sorted(questions, key=_chance)
    n_bins = min(_N_BINS, len(ordered))
    for number in range(n_bins):
        part = ordered[
            len(ordered) * number // n_bins : len(ordered) * (number + 1) // n_bins
        ]
        yield Bin(
            n=len(part),
            chance=sum(map(_chance, part)) / len(part),
            right=sum(each.is_right for each in part) / len(part),
        )


def _calibration_error(bins: Sequence[Bin]) -> float:
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.chance - each.right) for each in bins) / total


def _coverage(questions: Sequence[Judged]) -> Iterator[CoverageRow]:
    """Yield what passes, and how much of it is right, for each share that may pass."""
    ordered = sorted(questions, key=_chance, reverse=True)
    for wanted in _COVERAGES if ordered else ():
        threshold = _chance(ordered[math.ceil(wanted * len(ordered)) - 1])
        passed = [each for each in ordered if _chance(each) >= threshold]
        yield CoverageRow(
            threshold=threshold,
            coverage=len(passed) / len(ordered),
            n_passed=len(passed),
            n_left=len(ordered) - len(passed),
            right=share(sum(each.is_right for each in passed), len(passed)),
        )


def _mistakes(questions: Iterable[Judged]) -> Iterator[Mistake]:
    wrong = sorted(
        (each for each in questions if not each.is_right),
        key=lambda each: (-_chance(each), each.row_id),
    )
    for each in wrong[:_N_MISTAKES]:
        yield Mistake(
            row_id=each.row_id,
            words=each.words,
            truth=each.truth,
            guessed=each.guessed,
            chance=_chance(each),
        )


def _chance(question: Judged) -> float:
    return question.chance or 0.0

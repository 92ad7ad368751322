"""Hold answers against labels; every row counts, a missing answer is wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huixiang.domain.coding.codeframe import Polarity

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassTally:
    """Right answers, wrong answers and missed labels."""

    hits: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, truth: Iterable[str], guessed: Iterable[str]) -> None:
        """Count one row."""
        right, given = set(truth), set(guessed)
        self.hits.update(right & given)
        self.wrong.update(given - right)
        self.missed.update(right - given)

    def f1(self, name: str) -> float:
        """Return the F1 of one class; 0 where it was neither told nor guessed."""
        return _f1(self.hits[name], self.wrong[name], self.missed[name])

    @property
    def micro_f1(self) -> float:
        """F1 over all answers."""
        return _f1(self.hits.total(), self.wrong.total(), self.missed.total())

    def macro_f1(self, names: Sequence[str]) -> float:
        """Return the plain mean of the classes' F1."""
        return sum(map(self.f1, names)) / len(names) if names else 0.0

    @property
    def told(self) -> list[str]:
        """The classes that the labels hold."""
        return sorted({*self.hits, *self.missed})

    def per_class(self) -> dict[str, dict[str, float]]:
        """Return precision, recall, F1 and count of every class."""
        return {
            name: {
                "precision": _ratio(
                    self.hits[name], self.hits[name] + self.wrong[name]
                ),
                "recall": _ratio(self.hits[name], self.hits[name] + self.missed[name]),
                "f1": self.f1(name),
                "n": self.hits[name] + self.missed[name],
            }
            for name in sorted({*self.hits, *self.missed, *self.wrong})
        }


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(hits: int, wrong: int, missed: int) -> float:
    return _ratio(2 * hits, 2 * hits + wrong + missed)


def judge_classes(
    truth: Sequence[str | None], guessed: Sequence[str | None]
) -> tuple[dict[str, float], ClassTally] | None:
    """Return accuracy and macro-F1 over the labelled rows, None where there are none."""
    tally = ClassTally()
    for right, given in zip(truth, guessed, strict=True):
        if right:
            tally.add([right], [given] if given else [])
    told = tally.hits.total() + tally.missed.total()
    if not told:
        return None
    figures = {
        "accuracy": _ratio(tally.hits.total(), told),
        "macro_f1": tally.macro_f1(tally.told),
    }
    return figures, tally


def judge_mentions(
    truth: Sequence[Sequence[Pair] | None],
    guessed: Sequence[Sequence[Pair]],
    polarities: Sequence[Mapping[str, str]],
) -> tuple[dict[str, float], ClassTally] | None:
    """Return the figures of mentions over the rows whose mentions are marked.

    *polarities* answers, for each text, how it feels about each theme if it is one.
    """
    themes, pairs, polarity = ClassTally(), ClassTally(), ClassTally()
    for right, given, answers in zip(truth, guessed, polarities, strict=True):
        if right is None:
            continue
        themes.add({theme for theme, _ in right}, {theme for theme, _ in given})
        pairs.add(map(_joined, right), map(_joined, given))
        for theme, feeling in sorted(set(right)):
            polarity.add([feeling], [answers[theme]] if theme in answers else [])
    told = polarity.hits.total() + polarity.missed.total()
    if not told:
        return None
    figures = {
        "theme_micro_f1": themes.micro_f1,
        "pair_micro_f1": pairs.micro_f1,
        "polarity_macro_f1": polarity.macro_f1(list(Polarity)),
        "polarity_accuracy": _ratio(polarity.hits.total(), told),
    }
    return figures, themes


def _joined(pair: Pair) -> str:
    return "\x1f".join(pair)

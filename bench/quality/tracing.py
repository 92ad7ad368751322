"""Say what a coding rests on: the spans without which it would not have been made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from huixiang.domain.coding.codeframe import Coding
from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.text.batch import RatedText

_ROUNDS = 12
"""After so many spans a coding rests on the text as a whole."""

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """The spans that carry one coding, the telling one first.

    `flips`: without all of them the theme or its polarity is another. Without the first
    alone where there is only one.
    """

    theme: str
    spans: tuple[Span, ...]
    flips: bool
    instead: str


def trace(
    coder: Coder, texts: Sequence[RatedText], codings: Sequence[Coding]
) -> list[Trace]:
    """Return what each coding of the text beside it rests on.

    Its evidence is taken away; where the coding is made again, so is the new evidence.
    """
    spans: list[list[Span]] = [[coding.span] for coding in codings]
    open_ones = list(range(len(codings)))
    instead = [""] * len(codings)
    for _ in range(_ROUNDS):
        without = [_without(texts[number], spans[number]) for number in open_ones]
        answers = coder.code_texts(without)
        still = []
        for number, answer in zip(open_ones, answers, strict=True):
            again = {each.theme: each for each in answer.codings}.get(
                codings[number].theme
            )
            if again is None or again.polarity is not codings[number].polarity:
                instead[number] = str(again.polarity) if again else "not mentioned"
            else:
                spans[number].append(again.span)
                still.append(number)
        open_ones = still
        if not open_ones:
            break
    return [
        Trace(theme=coding.theme, spans=tuple(own), flips=bool(other), instead=other)
        for coding, own, other in zip(codings, spans, instead, strict=True)
    ]


def _without(text: RatedText, spans: Sequence[Span]) -> RatedText:
    """Return the text with blanks in place of *spans*, so that places stay the same."""
    words = text.words
    for start, end in spans:
        words = words[:start] + " " * (end - start) + words[end:]
    return replace(text, words=words)

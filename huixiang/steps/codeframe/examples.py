"""Run the examples of a codeframe as tests: does each sentence get its theme, or not?"""

from collections.abc import Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.text.batch import RatedText


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleResult:
    """How one example went; `found` are the themes it is coded as."""

    theme: str
    words: str
    is_counter: bool
    passed: bool
    found: tuple[str, ...]


def run_examples(frame: Codeframe) -> list[ExampleResult]:
    """Code every example with the codeframe's own words, without any model.

    An example must get its theme or one below it, a counter-example neither.
    """
    asked = [
        (theme.id, words, is_counter)
        for theme in frame.themes
        for is_counter, group in (
            (False, theme.examples),
            (True, theme.counter_examples),
        )
        for words in group
    ]
    texts = [RatedText(words=words) for _, words, _ in asked]
    answers = Coder(frame, None).code_texts(texts) if texts else []
    return [
        _result(frame, *each, [coding.theme for coding in answer.codings])
        for each, answer in zip(asked, answers, strict=True)
    ]


def _result(
    frame: Codeframe, theme: str, words: str, is_counter: bool, found: Sequence[str]
) -> ExampleResult:
    hit = any(theme in (each, *frame.ancestors(each)) for each in found)
    return ExampleResult(
        theme=theme,
        words=words,
        is_counter=is_counter,
        passed=hit is not is_counter,
        found=tuple(found),
    )

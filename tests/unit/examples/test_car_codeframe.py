"""The car codeframe finds each theme, bad, in a sentence written for it."""

import json
from pathlib import Path

import pytest

from huixiang.domain.coding.codeframe import Codeframe, Polarity
from huixiang.steps.rules import load_rules
from huixiang.understanding.coding.coder import Coder, TextAnswer
from huixiang.understanding.text.batch import RatedText

WORKSPACE = Path(__file__).parents[3] / "examples" / "car-complaints"
SENTENCES = json.loads(
    Path(__file__).with_name("car_sentences.json").read_text(encoding="utf-8")
)
FOUND: dict[str, str] = SENTENCES["found"]
NOT_FOUND: list[list[str]] = SENTENCES["not_found"]


@pytest.fixture(scope="module")
def codeframe() -> Codeframe:
    return load_rules(WORKSPACE / "rules", WORKSPACE / "expectations").codeframe


@pytest.fixture(scope="module")
def answers(codeframe: Codeframe) -> dict[str, TextAnswer]:
    sentences = [*FOUND.values(), *(sentence for _, sentence in NOT_FOUND)]
    texts = [RatedText(words=sentence, stars=None) for sentence in sentences]
    return dict(zip(sentences, Coder(codeframe, None).code_texts(texts), strict=True))


def test_there_is_a_sentence_for_every_theme(codeframe: Codeframe) -> None:
    assert sorted(FOUND) == sorted(codeframe.by_id)


@pytest.mark.parametrize("theme", FOUND)
def test_a_theme_is_found_in_its_sentence_and_is_bad(
    theme: str, answers: dict[str, TextAnswer]
) -> None:
    codings = {each.theme: each.polarity for each in answers[FOUND[theme]].codings}
    assert codings.get(theme) == Polarity.NEGATIVE


@pytest.mark.parametrize(("theme", "sentence"), NOT_FOUND)
def test_a_word_that_means_something_else_is_not_taken_for_the_theme(
    theme: str, sentence: str, answers: dict[str, TextAnswer]
) -> None:
    found = {each.theme for each in answers[sentence].codings}
    assert not any(each == theme or each.startswith(f"{theme}.") for each in found)


def test_only_a_few_sentences_touch_another_area(
    answers: dict[str, TextAnswer],
) -> None:
    strays = [
        sentence
        for theme, sentence in FOUND.items()
        if any(
            each.theme.split(".")[0] != theme.split(".")[0]
            for each in answers[sentence].codings
        )
    ]
    assert len(strays) <= len(FOUND) // 20

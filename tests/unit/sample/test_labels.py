"""The labelled sentences: true to the codeframe, foreign to the generator."""

import json
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from huixiang.domain.coding.codeframe import Polarity
from huixiang.sample.timeline import END, START
from huixiang.sample.voices import pools
from huixiang.sample.world import World

RULES = Path(__file__).parents[3] / "rules"
RUN = 10  # characters


@pytest.fixture(scope="module")
def labels() -> list[dict[str, Any]]:
    text = (
        resources.files("huixiang.sample").joinpath("labels.jsonl").read_text("utf-8")
    )
    return [json.loads(line) for line in text.splitlines()]


def names(file: str, key: str) -> set[str]:
    content = yaml.safe_load((RULES / file).read_text("utf-8"))
    return {each["id"] for each in content[key]}


def runs(text: str) -> set[str]:
    return {text[start : start + RUN] for start in range(len(text) - RUN + 1)}


def test_there_are_enough_labelled_sentences_all_different(
    labels: list[dict[str, Any]],
) -> None:
    assert len(labels) >= 600
    assert len({each["text"] for each in labels}) == len(labels)
    assert len({each["id"] for each in labels}) == len(labels)


def test_every_theme_and_department_is_known(labels: list[dict[str, Any]]) -> None:
    themes = {mention["theme"] for each in labels for mention in each["mentions"]}
    assert themes <= names("codeframe.yaml", "themes")
    departments = {each["department"] for each in labels if "department" in each}
    assert departments <= names("departments.yaml", "departments")
    assert departments == names("departments.yaml", "departments")


def test_every_theme_that_can_be_coded_has_sentences_of_each_polarity(
    labels: list[dict[str, Any]],
) -> None:
    found = Counter(
        (mention["theme"], mention["polarity"])
        for each in labels
        for mention in each["mentions"]
    )
    themes = yaml.safe_load((RULES / "codeframe.yaml").read_text("utf-8"))["themes"]
    leaves = [each["id"] for each in themes if "parent" in each]
    thin = [
        (theme, polarity)
        for theme in leaves
        for polarity in Polarity
        if found[theme, polarity] < 3
    ]
    assert thin == []


def test_polarities_are_words_of_the_domain(labels: list[dict[str, Any]]) -> None:
    told = {each["polarity"] for each in labels}
    told |= {m["polarity"] for each in labels for m in each["mentions"]}
    assert told == set(Polarity)


def test_evidence_stands_in_its_sentence(labels: list[dict[str, Any]]) -> None:
    astray = [
        mention["evidence"]
        for each in labels
        for mention in each["mentions"]
        if mention["evidence"] not in each["text"] or not mention["evidence"]
    ]
    assert astray == []


def test_some_sentences_are_english_some_traditional_some_about_nothing(
    labels: list[dict[str, Any]],
) -> None:
    assert sum(each["text"].isascii() for each in labels) >= 40
    assert (
        sum("們" in t or "點" in t or "機" in t for t in (e["text"] for e in labels))
        > 3
    )
    assert sum(not each["mentions"] for each in labels) >= 5
    assert sum(len(each["mentions"]) > 1 for each in labels) >= 15


def test_no_sentence_shares_ten_characters_with_what_the_generator_knows(
    labels: list[dict[str, Any]],
) -> None:
    known = {run for lines in pools().values() for line in lines for run in runs(line)}
    shared = [each["text"] for each in labels if runs(each["text"]) & known]
    assert shared == []


@pytest.mark.parametrize("seed", [1, 20260105])
def test_no_sentence_shares_ten_characters_with_what_the_generator_says(
    labels: list[dict[str, Any]], seed: int
) -> None:
    said: set[str] = set()
    for voice in World(seed).voices(START, END):
        said |= runs(voice.told.text) | runs(voice.told.title)
    shared = [each["text"] for each in labels if runs(each["text"]) & said]
    assert shared == []

"""A small rules folder that is right, to be broken one way at a time."""

from collections.abc import Callable

import pytest

from huixiang.configuration.problems import ProblemSeverity
from huixiang.configuration.rulebook import Reading, parse_rulebook
from huixiang.domain.text import Language
from huixiang.steps.rules import every_kind
from huixiang.wording.rules.problems import problem_text

FILES = {
    "sources.yaml": """\
version: 1.10
sources:
  - name: survey
    channel: survey
    fields:
      text: {column: words}
      occurred_at: {column: day}
""",
    "codeframe.yaml": """\
version: "1"
themes:
  - id: lounge
    name: {zh: 休息室, en: Lounge}
  - id: lounge.drinks
    name: {zh: 饮料, en: Drinks}
    parent: lounge
    touchpoint: waiting
  - id: queue
    name: {zh: 排队, en: Queue}
""",
    "departments.yaml": """\
departments:
  - id: care
    name: {zh: 客服, en: Care}
    endpoints: [oa]
  - id: catering
    name: {zh: 餐饮, en: Catering}
    endpoints: [oa]
""",
    "routing.yaml": """\
version: "7"
default_department: care
rules:
  - id: drinks
    department: catering
    when:
      theme: [lounge.drinks]
      rating: {max: 2}
    playbook: restock
  - id: lounge
    department: care
    when: {theme: [lounge]}
tests:
  - name: bad drinks go to catering
    given: {theme: lounge.drinks, stars: 1}
    expect: {rule: drinks}
""",
    "alerts.yaml": """\
version: "3"
rates:
  - id: usual
criticals:
  - id: at-once
""",
    "playbooks.yaml": """\
playbooks:
  - id: restock
    name: {zh: 补货, en: Restock}
    kind: process
    steps: [{zh: 补, en: Restock}]
    themes: [lounge.drinks]
""",
    "endpoints.yaml": """\
endpoints:
  - name: oa
    url: https://oa.example
    secret: OA_SECRET
""",
    "journey.yaml": """\
stages:
  - id: wait
    name: {zh: 候机, en: Waiting}
    phase: in
    touchpoints:
      - id: waiting
        name: {zh: 候机室, en: Waiting room}
""",
    "goals.yaml": """\
goals:
  - id: happier
    name: {zh: 更满意, en: Happier}
    metric: mean
    scope: {theme: queue}
    target: 4
    due_on: 2026-06-30
""",
}

Read = Callable[..., Reading]


@pytest.fixture
def files() -> dict[str, str]:
    """Return the texts of a right rules folder."""
    return dict(FILES)


@pytest.fixture
def read() -> Read:
    """Return a function that reads the right folder with some files replaced."""

    def _read(changes: dict[str, str | None] | None = None) -> Reading:
        texts = FILES | (changes or {})
        raw = {name: text.encode() for name, text in texts.items() if text is not None}
        return parse_rulebook(
            raw,
            name="airport",
            kinds=every_kind(),
            suites=frozenset({"feedback"}),
        )

    return _read


@pytest.fixture
def change(read: Read) -> Callable[..., list[str]]:
    """Return a function that breaks one place and gives the problems as text."""

    def _change(
        file: str,
        old: str,
        new: str,
        language: Language = "en",
        severity: ProblemSeverity | None = None,
    ) -> list[str]:
        assert old in FILES[file], "the test must change something"
        reading = read({file: FILES[file].replace(old, new, 1)})
        return [
            problem_text(problem, language)
            for problem in reading.problems
            if severity is None or problem.severity is severity
        ]

    return _change

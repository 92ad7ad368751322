"""Every mistake in rules has its sentence, in both languages, and only one."""

import pytest

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import START, Problem, ProblemSeverity
from huixiang.domain.text import LANGUAGES
from huixiang.wording.rules.problem_sentences import SENTENCES
from huixiang.wording.rules.problems import problem_lines, problem_text

FACTS = {
    "name": "{theme} %s", "given": "implied by contract", "defined_in": "journey.yaml",
    "move": "kept", "wanted_type": "int", "given_type": "list", "field": "id",
    "line": 3, "version": "{0}", "theme": "alarm clock at the gate was broken",
    "rule": "person:x", "earlier": "disagreement", "reason": "{reason}", "key": "a",
    "tag": "!x", "limit": 9, "n_bytes": 9, "pattern": "(", "low": 1.0, "high": 9.0,
    "wanted": ">= 1", "near": "{near!r}",
}  # fmt: skip


@pytest.mark.parametrize("code", ProblemCode)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_said_and_a_fact_is_never_read_as_a_form(code, language):
    problem = Problem(file="a.yaml", place=START, code=code, facts=FACTS)
    text = problem_text(problem, language)
    assert text.startswith("a.yaml:1:1: ")
    assert "{0!r}" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_codes_say_the_same(language):
    said = [
        (words.what.get(language), words.todo and words.todo.get(language))
        for words in SENTENCES.values()
    ]
    assert set(SENTENCES) == set(ProblemCode)
    assert len(set(said)) == len(said)


def test_a_choice_names_the_nearest_word_or_some_or_says_that_there_is_none():
    def todo(facts):
        problem = Problem(
            file="a", place=START, code=ProblemCode.UNKNOWN_FILE, facts=facts
        )
        return problem_text(problem).split("; ")[1]

    assert todo({"near": "b"}) == "did you mean 'b'?"
    assert todo({"options": "b, c"}) == "use one of: b, c"
    assert todo({"options": ""}) == "none is defined yet: add it"


def test_problems_come_in_the_order_of_their_places_and_warnings_say_so():
    late = Problem(file="b.yaml", place=START, code=ProblemCode.FILE_EMPTY)
    early = Problem(
        file="a.yaml", place=START, code=ProblemCode.PLAYBOOK_EMPTY,
        severity=ProblemSeverity.WARNING,
    )  # fmt: skip
    assert problem_lines([late, early], "zh-CN") == (
        "a.yaml:1:1: 提醒：方案没有步骤；至少写一步",
        "b.yaml:1:1: 文件是空的；补上内容或删除它",
    )

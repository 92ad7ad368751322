"""The rules folder as a whole: what is accepted, what is refused, and how it is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.configuration.problems import errors
from huixiang.configuration.rulebook import (
    parse_rulebook,
    settled,
)
from huixiang.errors import ConfigurationError
from huixiang.steps.rules import every_kind, load_rules, parse_rules, read_rules
from huixiang.wording.rules.problems import problem_text


def test_a_right_folder_gives_a_rulebook_without_a_word(read):
    reading = read()
    assert reading.problems == ()
    book = reading.rulebook
    assert list(book.departments) == ["care", "catering"]
    assert book.routing.rules[0].when.rating.max == 2
    assert book.goals["happier"].due_on == dt.date(2026, 6, 30)
    assert book.journey.name("waiting", "en") == "Waiting room"
    assert (book.name.zh, book.name.en) == ("airport", "airport")


def test_a_version_keeps_its_spelling_although_yaml_would_call_it_a_number(read):
    assert read().rulebook.versions["sources.yaml"] == "1.10"


def test_optional_files_may_be_absent(read, files):
    absent = dict.fromkeys(("journey.yaml", "goals.yaml", "playbooks.yaml"))
    routing = files["routing.yaml"].replace("    playbook: restock\n", "")
    reading = read({**absent, "routing.yaml": routing})
    assert reading.problems == ()
    assert reading.rulebook.journey.stages == ()


@pytest.mark.parametrize("spelling", ["zh", "zh-CN"])
def test_an_endpoint_may_spell_chinese_as_before(read, spelling):
    endpoints = (
        "endpoints:\n  - name: oa\n    url: https://oa.example.com\n"
        f"    secret: OA_SECRET\n    language: {spelling}\n"
    )
    reading = read({"endpoints.yaml": endpoints})
    assert not reading.problems
    assert reading.rulebook.endpoints["oa"].language == "zh-CN"


def test_a_workspace_file_names_the_workspace_in_both_languages(read):
    book = read({"workspace.yaml": "name: {zh: 机场, en: Airport}\n"}).rulebook
    assert (book.name.zh, book.name.en) == ("机场", "Airport")


def test_a_workspace_of_the_past_names_its_business_time(read):
    named = "name: {zh: 机场, en: Airport}\nas_of: 2024-03-31T12:00:00+08:00\n"
    book = read({"workspace.yaml": named}).rulebook
    assert book.as_of.isoformat() == "2024-03-31T12:00:00+08:00"
    assert read({}).rulebook.as_of is None


def test_a_business_time_without_time_zone_is_an_error(read):
    text = "name: {zh: 机场, en: Airport}\nas_of: 2024-03-31T12:00:00\n"
    assert errors(read({"workspace.yaml": text}).problems)


def test_a_missing_required_file_is_named(read):
    [problem] = errors(read({"alerts.yaml": None}).problems)
    assert problem_text(problem) == (
        "alerts.yaml:1:1: this file is missing; add it; `huixiang init DIR` shows one"
    )


def test_a_misspelt_file_is_not_ignored(read):
    problems = read({"goal.yaml": "goals: []\n"}).problems
    assert [problem_text(each) for each in problems] == [
        "goal.yaml:1:1: no such rules file; did you mean 'goals.yaml'?"
    ]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("window_days", 0, "1 … 366"),
        ("window_days", 367, "1 … 366"),
        ("baseline_days", 13, "window_days … 1500"),
        ("min_baseline_days", 0, ">= 1"),
        ("min_count", 0, ">= 1"),
        ("min_ratio", "0.9", ">= 1"),
        ("min_ratio", "inf", ">= 1"),
        ("alpha", 0, "0 … 1"),
        ("alpha", 1, "0 … 1"),
        ("alpha", "nan", "0 … 1"),
        ("cooldown_days", -1, ">= 0"),
    ],
)
def test_a_number_outside_its_limits_is_refused(change, field, value, words):
    found = change("alerts.yaml", "- id: usual", f"- id: usual\n    {field}: {value}")
    told = f"the value of '{field}' makes no sense; it should be: {words}"
    assert any(told in problem for problem in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "routing.yaml",
            "department: catering",
            "department: catring",
            "routing.yaml:5:17: departments.yaml has no department 'catring'; "
            "did you mean 'catering'?",
        ),
        (
            "routing.yaml",
            "default_department: care",
            "default_department: nobody",
            "routing.yaml:2:21: departments.yaml has no department 'nobody'; "
            "use one of: care, catering",
        ),
        (
            "routing.yaml",
            "theme: [lounge.drinks]",
            "theme: [lounge.drink]",
            "routing.yaml:7:15: codeframe.yaml has no theme 'lounge.drink'; "
            "did you mean 'lounge.drinks'?",
        ),
        (
            "routing.yaml",
            "theme: [lounge.drinks]",
            "theme: lounge.drinks",
            "routing.yaml:7:14: 'theme' must be a list; write [lounge.drinks]",
        ),
        (
            "routing.yaml",
            "playbook: restock",
            "playbook: restok",
            "routing.yaml:9:15: playbooks.yaml has no playbook 'restok'; "
            "did you mean 'restock'?",
        ),
        (
            "routing.yaml",
            "    playbook: restock",
            "    playbok: restock",
            "routing.yaml:9:5: there is no field 'playbok'; did you mean 'playbook'?",
        ),
        (
            "routing.yaml",
            "rating: {max: 2}",
            "rating: {max: two}",
            "routing.yaml:8:21: 'max' must be a number, it is 'two'; correct the value",
        ),
        (
            "routing.yaml",
            "rating: {max: 2}",
            "rating: {max: 8}",
            "routing.yaml:8:15: a rating from 1 to 8 is not within 1 to 5, or reversed; "
            "every scale is brought to 1 … 5 first: use that",
        ),
        (
            "routing.yaml",
            "rating: {max: 2}",
            "pattern: '(?=never)'",
            "routing.yaml:8:16: the pattern '(?=never)' cannot be used: invalid perl "
            "operator: (?=; write it in RE2 syntax (no look-around, no back-references)",
        ),
        (
            "routing.yaml",
            "- id: lounge\n",
            "- id: drinks\n",
            "routing.yaml:10:9: id 'drinks' is already used on line 4; "
            "give one of them another name",
        ),
        (
            "routing.yaml",
            "- id: lounge\n",
            "- id: default\n",
            "routing.yaml:10:9: 'default' stands for the case that no rule matched; "
            "choose another id",
        ),
        (
            "routing.yaml",
            "expect: {rule: drinks}",
            "expect: {}",
            "routing.yaml:16:13: this test expects nothing; "
            "say which rule, department or severity",
        ),
        (
            "routing.yaml",
            "expect: {rule: drinks}",
            "expect: {rule: drink}",
            "routing.yaml:16:20: there is no rule 'drink'; did you mean 'drinks'?",
        ),
        (
            "routing.yaml",
            "given: {theme: lounge.drinks, stars: 1}",
            "given: {theme: lounge.drinks, star: 1}",
            "routing.yaml:15:35: there is no field 'star'; did you mean 'stars'?",
        ),
        (
            "departments.yaml",
            "endpoints: [oa]",
            "endpoints: [ao]",
            "departments.yaml:4:17: endpoints.yaml has no endpoint 'ao'; use one of: oa",
        ),
        (
            "codeframe.yaml",
            "parent: lounge",
            "parent: longe",
            "codeframe.yaml:7:13: there is no parent theme 'longe'; "
            "did you mean 'lounge'?",
        ),
        (
            "codeframe.yaml",
            "touchpoint: waiting",
            "touchpoint: wating",
            "codeframe.yaml:8:17: journey.yaml has no touchpoint 'wating'; "
            "did you mean 'waiting'?",
        ),
        (
            "sources.yaml",
            "channel: survey",
            "channel: survay",
            "sources.yaml:4:14: 'channel' cannot be 'survay'; did you mean 'survey'?",
        ),
        (
            "sources.yaml",
            "    channel: survey",
            "    expectations: feedbak\n    channel: survey",
            "sources.yaml:4:19: there is no suite expectations/feedbak.json; "
            "did you mean 'feedback'?",
        ),
        (
            "sources.yaml",
            "    channel: survey",
            "    time_zone: Mars/Base\n    channel: survey",
            "sources.yaml:4:16: the value of 'time_zone' makes no sense; "
            "it should be: Asia/Shanghai, UTC, …",
        ),
        (
            "sources.yaml",
            "occurred_at: {column: day}",
            "occurred_at: {column: {a: b}}",
            "sources.yaml:7:29: 'column' must be text, it is a set of fields; "
            "correct the value",
        ),
        (
            "alerts.yaml",
            "- id: usual",
            "- id: usual\n    alpha: 5",
            "alerts.yaml:4:12: the value of 'alpha' makes no sense; it should be: 0 … 1",
        ),
        (
            "alerts.yaml",
            "- id: usual",
            "- id: usual\n    when: {channel: [survey]}",
            "alerts.yaml:4:21: an issue gathers many feedbacks and has no 'channel'; "
            "use only theme, need_tier, touchpoint, unit here",
        ),
        (
            "alerts.yaml",
            "- id: at-once",
            "- id: usual",
            "alerts.yaml:5:9: id 'usual' is already used on line 3; "
            "give one of them another name",
        ),
        (
            "endpoints.yaml",
            "secret: OA_SECRET",
            "secret: whsec_abc",
            "endpoints.yaml:4:13: secret must be the name of a variable, never the "
            "secret itself; put the secret into .env and its name here; rotate it if it "
            "leaked",
        ),
        (
            "endpoints.yaml",
            "url: https://oa.example",
            "url: oa.example",
            "endpoints.yaml:3:10: the value of 'url' makes no sense; "
            "it should be: https://… or ${NAME}",
        ),
        (
            "goals.yaml",
            "due_on: 2026-06-30",
            "due_on: soon",
            "goals.yaml:7:13: 'due_on' must be a date such as 2026-06-30, it is 'soon'; "
            "correct the value",
        ),
        (
            "goals.yaml",
            "theme: queue",
            "theme: queues",
            "goals.yaml:5:20: codeframe.yaml has no theme 'queues'; "
            "did you mean 'queue'?",
        ),
        (
            "journey.yaml",
            "touchpoints:\n",
            "touchpoints:\n      - {id: waiting, name: {zh: 一, en: One}}\n",
            "journey.yaml:7:13: id 'waiting' is already used on line 6; "
            "give one of them another name",
        ),
        (
            "playbooks.yaml",
            "themes: [lounge.drinks]",
            "themes: [lounge.drinking]",
            "playbooks.yaml:6:14: codeframe.yaml has no theme 'lounge.drinking'; "
            "did you mean 'lounge.drinks'?",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_next_step(
    change, file, old, new, expected
):
    assert change(file, old, new) == [expected]


def test_the_same_problem_is_told_in_chinese(change):
    assert change("routing.yaml", "department: catering", "department: c", "zh-CN") == [
        "routing.yaml:5:17: departments.yaml 里没有部门 'c'；可选：care, catering"
    ]


def test_all_problems_of_all_files_come_at_once(read, files):
    routing = files["routing.yaml"]
    routing = routing.replace("rating: {max: 2}", "rating: {max: two}")
    routing = routing.replace(
        "department: care\n    when", "department: cara\n    when"
    )
    codeframe = files["codeframe.yaml"].replace("parent: lounge", "parent: longe")
    found = read({"routing.yaml": routing, "codeframe.yaml": codeframe}).problems
    assert [(each.file, each.place.line) for each in found] == [
        ("codeframe.yaml", 7),
        ("routing.yaml", 8),
        ("routing.yaml", 11),
    ]


def test_problems_after_an_entry_that_cannot_be_read_keep_their_lines(read, files):
    routing = files["routing.yaml"].replace("    department: catering\n", "")
    routing = routing.replace(
        "department: care\n    when", "department: cara\n    when"
    )
    assert [
        problem_text(each) for each in read({"routing.yaml": routing}).problems
    ] == [
        "routing.yaml:4:5: the field 'department' is missing; add `department: …`",
        "routing.yaml:10:17: departments.yaml has no department 'cara'; "
        "did you mean 'care'?",
    ]


def test_an_entry_that_cannot_be_read_is_no_second_mistake_where_it_is_used(
    read, files
):
    departments = files["departments.yaml"].replace(
        "  - id: catering\n    name:", "  - id: catering\n    nam:"
    )
    found = read({"departments.yaml": departments}).problems
    assert {each.file for each in found} == {"departments.yaml"}


def test_a_rule_that_can_never_win_is_a_warning_and_the_rules_still_load(read, files):
    late = (
        "  - id: late\n    department: catering\n"
        "    when: {theme: [lounge.drinks], channel: [survey]}\ntests:"
    )
    reading = read({"routing.yaml": files["routing.yaml"].replace("tests:", late)})
    assert [problem_text(each) for each in reading.problems] == [
        "routing.yaml:13:5: warning: the rule 'late' can never win: 'lounge' before it "
        "always does; move it before 'lounge', or delete it"
    ]
    assert reading.rulebook is not None


def test_a_department_that_gets_work_and_hears_of_it_nowhere_is_a_warning(change):
    assert change("departments.yaml", "    endpoints: [oa]\n", "") == [
        "departments.yaml:2:5: warning: the department 'care' gets action items, but no "
        "endpoint; add `endpoints: [name]`, or nobody is told of them"
    ]


def test_comments_and_layout_do_not_change_the_hash_but_content_does(read, files):
    before = read().rulebook.hash
    spaced = "# a comment\n" + files["alerts.yaml"].replace("  - id", "    -   id")
    assert read({"alerts.yaml": spaced}).rulebook.hash == before
    moved = "criticals: [{id: at-once}]\n" + files["alerts.yaml"].split("criticals")[0]
    assert read({"alerts.yaml": moved}).rulebook.hash == before
    other = files["alerts.yaml"].replace("usual", "normal")
    assert read({"alerts.yaml": other}).rulebook.hash != before


def test_a_rulebook_can_be_read_again_from_its_own_texts(read):
    book = read().rulebook
    assert parse_rules(book.texts, name="airport").rulebook == book


def test_loading_a_folder_lists_every_error_in_one_exception(tmp_path, files):
    folder = tmp_path / "port" / "rules"
    folder.mkdir(parents=True)
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    folder.joinpath(".routing.yaml").write_text("half of", encoding="utf-8")
    assert load_rules(folder).name.en == "port"
    folder.joinpath("alerts.yaml").unlink()
    folder.joinpath("goals.yaml").write_text("goals: [", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_rules(folder)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert "alerts.yaml:1:1" in lines[1]
    assert "goals.yaml:2:1: not valid YAML" in lines[2]


def test_suites_are_looked_up_in_the_expectations_folder(tmp_path, files):
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    suites = tmp_path / "expectations"
    suites.mkdir()
    assert read_rules(folder, suites).rulebook is None
    suites.joinpath("feedback.json").write_text("{}", encoding="utf-8")
    assert read_rules(folder, suites).problems == ()


def test_a_missing_folder_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigurationError, match="huixiang init"):
        read_rules(tmp_path / "nowhere")


def test_files_that_change_while_they_are_read_are_read_again():
    states = iter([{"a": b"1"}, {"a": b"12"}, {"a": b"123"}, {"a": b"123"}])
    assert settled(lambda: next(states)) == {"a": b"123"}


def test_files_that_never_settle_stop_the_run():
    counter = iter(range(100))
    with pytest.raises(ConfigurationError, match="keep changing"):
        settled(lambda: {"a": str(next(counter)).encode()})


_words = st.sampled_from(
    ["id", "name", "rules", "when", "theme", "themes", "department", "zh", "rates", "x"]
)
_yaml_like = st.recursive(
    st.none() | _words | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3)
    ),
    max_leaves=12,
)


@given(
    file=st.sampled_from(
        ["routing.yaml", "codeframe.yaml", "sources.yaml", "alerts.yaml"]
    ),
    content=_yaml_like,
)
def test_whatever_stands_in_a_file_gives_problems_and_never_a_crash(file, content):
    import json

    raw = {file: json.dumps(content).encode()}
    reading = parse_rulebook(raw, name="x", kinds=every_kind(), suites=frozenset())
    assert reading.rulebook is None
    assert errors(reading.problems)


@given(raw=st.binary(max_size=200))
def test_whatever_bytes_a_file_holds_give_problems_and_never_a_crash(raw):
    assert errors(parse_rules({"routing.yaml": raw}, name="x").problems)

"""Reading YAML: safe, limited, and every value keeps its place and spelling."""

import pytest

from huixiang.configuration.problems import FilePlace, Problem
from huixiang.configuration.yaml_file import MAX_BYTES, MAX_DEPTH, read_yaml
from huixiang.wording.rules.problems import problem_text


def refusal(raw: bytes) -> str:
    problem = read_yaml("a.yaml", raw)
    assert isinstance(problem, Problem)
    return problem_text(problem)


def test_values_keep_the_spelling_that_was_written():
    content = read_yaml("a.yaml", b"[no, 1.10, 2026-01-05, 0o17, ~, '', on]").content
    assert content == ["no", "1.10", "2026-01-05", "0o17", None, "", "on"]


def test_every_value_and_key_has_its_place():
    document = read_yaml("a.yaml", "甲:\n  - 乙: 1\n".encode())
    assert document.places["甲", 0, "乙"] == FilePlace(line=2, column=8)
    assert document.key_places["甲", 0, "乙"] == FilePlace(line=2, column=5)
    assert document.place(("甲", 0, "nowhere", 5)) == FilePlace(line=2, column=5)


def test_a_key_written_twice_is_refused_with_both_lines():
    assert refusal(b"a: 1\nb: 2\na: 3\n") == (
        "a.yaml:3:1: 'a' is written twice (first on line 1); keep one of them"
    )


def test_an_alias_bomb_is_refused_at_its_first_alias():
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\n"
    assert refusal(bomb).startswith("a.yaml:2:8: YAML aliases (*a) are not supported")


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900, 100_000])
def test_deep_nesting_is_refused_before_anything_is_built(depth):
    assert "nested deeper than" in refusal(b"[" * depth + b"]" * depth)


def test_nesting_up_to_the_limit_is_fine():
    depth = MAX_DEPTH
    assert read_yaml("a.yaml", b"[" * depth + b"]" * depth).content is not None


def test_a_file_over_the_size_limit_is_refused():
    assert "the limit is 2,000,000" in refusal(b"#" * (MAX_BYTES + 1))


def test_a_big_file_within_the_limit_is_read():
    line = b"- " + b"x" * 198 + b"\n"
    assert len(read_yaml("a.yaml", line * 9_000).content) == 9_000


def test_another_encoding_is_refused_with_the_place_of_the_first_wrong_byte():
    raw = b"a: 1\nb: " + "中文".encode("gb18030")
    assert refusal(raw) == (
        "a.yaml:2:4: the file is not UTF-8; save it as UTF-8 in your editor"
    )


def test_a_byte_order_mark_is_no_part_of_the_content():
    assert read_yaml("a.yaml", b"\xef\xbb\xbfa: 1").content == {"a": "1"}


def test_a_control_character_is_refused_with_its_place():
    assert refusal(b"a: 1\nb: \x07") == (
        "a.yaml:2:4: holds a control character that YAML forbids; delete that character"
    )


def test_a_syntax_error_is_told_with_its_place():
    assert refusal(b"a: 1\n  b: 2\n").startswith("a.yaml:2:4: not valid YAML")


@pytest.mark.parametrize(
    "raw", [b"!!python/object:os.system x", b"a: !secret b", b"!!set {a}"]
)
def test_tags_are_refused(raw):
    assert "is not supported" in refusal(raw)


@pytest.mark.parametrize("raw", [b"", b"# only a comment\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(raw):
    assert "the file is empty" in refusal(raw)


def test_several_documents_in_one_file_are_refused():
    assert refusal(b"a: 1\n---\nb: 2\n") == (
        "a.yaml:2:1: a second document (---) begins here; keep one document in a file"
    )


def test_a_key_must_be_one_word():
    assert "a key must be one word" in refusal(b"? [a, b]\n: c\n")

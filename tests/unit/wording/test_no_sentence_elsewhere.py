"""All sentences people read stand in `wording/`."""

import functools
from pathlib import Path

import huixiang
from tests.unit.wording.exempt import EXEMPT
from tests.unit.wording.sentences import in_python, in_template, is_sentence

ROOT = Path(huixiang.__file__).parent
OURS = "wording/"


def _relative(path):
    return path.relative_to(ROOT).as_posix()


def _is_exempt(name):
    return any(
        name == entry or (entry.endswith("/") and name.startswith(entry))
        for entry in (OURS, "store/migrations/", *EXEMPT)
    )


@functools.cache
def _sentences():
    """Return the sentences of each source that has some, without the exempt."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        if said := list(in_python(path)):
            found[_relative(path)] = said
    for path in sorted(ROOT.rglob("*.j2")):
        if said := list(in_template(path)):
            found[_relative(path)] = said
    return found


def test_no_sentence_stands_outside_wording():
    found = _sentences()
    wrong = {name: said for name, said in found.items() if not _is_exempt(name)}
    assert wrong == {}


def test_what_is_exempt_still_says_something():
    found = _sentences()
    assert [e for e in EXEMPT if not any(name.startswith(e) for name in found)] == []


def test_both_languages_are_recognised(tmp_path):
    source = tmp_path / "step.py"
    source.write_text(
        '"""A docstring with many words."""\n'
        "import re\n"
        'A = "no sentence"\n'
        'B = "this is one sentence"\n'
        'C = f"{A}条反馈"\n'
        'D = re.compile("不 是 话")\n'
        'raise ValueError("an error says it here")\n'
    )
    assert [text for _, text in in_python(source)] == [
        "this is one sentence",
        "{}条反馈",
    ]
    template = tmp_path / "page.j2"
    template.write_text(
        "<p>{{ words.page.BRAND }}</p>\n<code>huixiang explain ID</code>\n"
        '<p>Nothing is dropped here</p>\n{{ t("怎么读") }}\n'
    )
    assert [line for line, _ in in_template(template)] == [3, 4]
    assert not is_sentence("text/html; charset=utf-8")

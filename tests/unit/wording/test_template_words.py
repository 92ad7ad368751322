"""Templates name words that exist, and no words are kept that nothing says."""

import re
from pathlib import Path

import huixiang
from huixiang.wording import report

ROOT = Path(huixiang.__file__).parent
WORD = re.compile(r"\bwords\.(\w+)\.(\w+)")
TEMPLATES = sorted(ROOT.rglob("*.j2"))


def _used():
    return {
        (match[1], match[2])
        for path in TEMPLATES
        for match in WORD.finditer(path.read_text("utf-8"))
    }


def test_every_word_a_template_names_exists():
    used = _used()
    assert len(used) > 100
    assert [
        each for each in used if not hasattr(getattr(report, each[0]), each[1])
    ] == []


def test_no_words_are_kept_that_nothing_says():
    sources = "\n".join(
        path.read_text("utf-8")
        for path in sorted(ROOT.rglob("*.py"))
        if "wording/report" not in path.as_posix()
    )
    used, unused = _used(), []
    for section in report.__all__:
        module = getattr(report, section)
        text = Path(module.__file__).read_text("utf-8")
        for name in re.findall(
            r"^(?:def )?([A-Za-z]\w*)(?:\(| =|: )", text, re.MULTILINE
        ):
            said = (section, name) in used or re.search(rf"\b{name}\b", sources)
            if not said:
                unused.append(f"{section}.{name}")
    assert unused == []

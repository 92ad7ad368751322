"""A trace names the spans without which a coding would not have been made.

python -m pytest --import-mode=prepend bench/quality
"""

from tracing import Trace, trace

from huixiang.domain.coding.codeframe import Codeframe, Coding, Polarity, Theme
from huixiang.domain.text import Bilingual
from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.text.batch import RatedText

FRAME = Codeframe(
    version="1",
    themes=(
        Theme(id="drinks", name=Bilingual(zh="饮料", en="Drinks"), keywords=("可乐",)),
    ),
)


def traced(words: str) -> tuple[Coding, Trace]:
    coder = Coder(FRAME, None)
    text = RatedText(words=words)
    (coding,) = coder.code_texts([text])[0].codings
    return coding, trace(coder, [text], [coding])[0]


def test_deleting_the_only_evidence_flips_the_coding() -> None:
    coding, found = traced("座位很好,可乐太难喝")
    assert found.spans == (coding.span,)
    assert found.flips
    assert found.instead == "not mentioned"


def test_what_is_told_twice_is_traced_to_both_places() -> None:
    words = "可乐太难喝,位子还行。说真的可乐真差劲"
    _, found = traced(words)
    assert found.flips
    assert sorted(words[slice(*span)] for span in found.spans) == [
        "可乐太难喝",
        "说真的可乐真差劲",
    ]


def test_another_polarity_is_a_flip_too() -> None:
    coding, found = traced("可乐难喝难喝太难喝。可乐不错")
    assert coding.polarity is Polarity.NEGATIVE
    assert found.flips
    assert found.instead == "positive"

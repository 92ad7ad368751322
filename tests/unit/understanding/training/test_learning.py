"""What is learned from: the newest word on each sentence, never the held-out rows."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.review import Mention, Review
from huixiang.understanding.model.labels import LabelledRow
from huixiang.understanding.training.learning import (
    HELD_OUT_SHARE,
    LEAST_CORRECTIONS,
    correction,
    held_apart,
    joined,
    lessons,
    sentence,
    subsamples,
)

TEXTS = st.text(alphabet="咖啡凉了排队 好坏", min_size=1, max_size=12)


def row(text, number=None, **labels):
    return LabelledRow(id=number, title="", text=text, **labels)


def corrected(text, theme="queue", **whole):
    said = Review(
        review_id="rv_1",
        feedback_id="fb_1",
        reviewer="小王",
        reviewed_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        mentions=(Mention(theme=theme, polarity=Polarity.NEGATIVE),),
        **whole,
    )
    return correction(said, text, 2.0)


@settings(max_examples=40)
@given(st.lists(TEXTS, max_size=30))
def test_no_sentence_is_learned_from_and_judged_by(texts):
    found = lessons([row(text, polarity="negative") for text in texts], [])
    learned = {sentence(each) for each in found.learn}
    held = {sentence(each) for each in found.held_out}
    assert not learned & held
    assert learned | held == {sentence(row(text)) for text in texts}


@given(TEXTS)
def test_the_side_of_a_sentence_depends_on_its_words_alone(text):
    spaced = row(" ".join(text), number="other", department="kitchen")
    sides = [len(held_apart([each])[1]) for each in (spaced, row(text))]
    assert sides[0] == sides[1]


def test_the_held_out_share_is_what_it_says():
    _, held = held_apart([row(f"第{number}句") for number in range(4000)])
    assert abs(len(held) / 4000 - HELD_OUT_SHARE) < 0.02


def test_the_newest_word_wins_and_what_it_leaves_open_stays():
    earlier = row("咖啡凉了", 1, department="kitchen", polarity="neutral")
    later = row("咖啡 凉了", 2, polarity="negative")
    (only,) = joined([earlier, later])
    assert (only.department, only.polarity) == ("kitchen", "negative")


def test_a_correction_overrides_the_file_and_is_counted():
    labelled = [
        row("排队太久", 1, mentions=correction_of("coffee")),
        row("咖啡凉了", 2, mentions=()),
    ]
    found = lessons(labelled, [corrected("排队太久")])
    rows = {sentence(each): each for each in (*found.learn, *found.held_out)}
    assert [label.theme for label in rows["排队太久"].mentions] == ["queue"]
    assert found.n_corrections == 1


def correction_of(theme):
    return corrected("", theme).mentions


def test_a_handful_of_corrections_makes_no_head_of_its_own():
    labelled = [row("咖啡凉了", 1, polarity="negative")]
    few = lessons(labelled, [corrected(f"第{n}句") for n in range(5)])
    many = lessons(labelled, [corrected(f"第{n}句") for n in range(LEAST_CORRECTIONS)])
    assert few.n_corrections == 0
    assert not any(each.mentions for each in few.learn)
    assert many.n_corrections == LEAST_CORRECTIONS


def test_parts_for_the_learning_curve_lie_within_each_other():
    rows = [row(f"第{number}句") for number in range(40)]
    quarter, half = subsamples(rows, (0.25, 0.5))
    assert (len(quarter), len(half)) == (10, 20)
    assert half[:10] == quarter
    assert subsamples(rows[::-1], (0.25,)) == [quarter]

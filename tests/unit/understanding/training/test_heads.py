"""Heads: what training sees, how sure answers are, and the words they rest on."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from huixiang.domain.coding.coding_reason import CodingReason
from huixiang.understanding.model.labels import Label, LabelledRow
from huixiang.understanding.model.linear import logistic, logit
from huixiang.understanding.text.ngrams import Recipe, grams
from huixiang.understanding.text.normalise import normalise
from huixiang.understanding.text.segment import Segmenter
from huixiang.understanding.training.fitting import as_seen_by, trust
from huixiang.understanding.training.held_out import answers_of, cut
from huixiang.understanding.training.train import choose_recipe, train

CONTENT = Recipe(content_only=True)
PLACES = ("安检口", "登机口", "休息室", "值机柜台", "行李转盘", "停车场")


def row(words: str, **labels: Any) -> LabelledRow:
    return LabelledRow(id=words, title="", text=words, **labels)


def keys(words: str, recipe: Recipe) -> set[int]:
    forms = normalise([words])
    return set(grams(forms, Segmenter().cut(forms), recipe).key.tolist())


@pytest.fixture(scope="module")
def departments():
    return [
        row(f"{place}的{thing}坏了", department=department)
        for place in PLACES
        for thing, department in (
            ("座椅", "设施部"),
            ("空调", "设施部"),
            ("咖啡", "餐饮部"),
            ("面条", "餐饮部"),
        )
    ]


def test_a_head_of_departments_reads_past_function_words_and_marks():
    stripped, whole = "小区 楼顶 水箱 霉味", "小区的楼顶和水箱，有霉味！"
    assert keys(whole, CONTENT) == keys(stripped, CONTENT)
    assert keys(whole, Recipe()) != keys(stripped, Recipe())


def test_negations_stay_where_feelings_are_asked_for():
    feels = [row("不好", department="甲", polarity="negative")]
    assert choose_recipe([row("坏了", department="甲")]).content_only
    assert not choose_recipe(feels).content_only


@given(st.integers(0, 2**32 - 1))
def test_rows_seen_by_fewer_texts_keep_their_length_and_lose_what_is_unknown(seed):
    rng = np.random.default_rng(seed)
    dense = (rng.random((8, 12)) * (rng.random((8, 12)) < 0.4)).astype(np.float32)
    learn = np.arange(5)
    seen = as_seen_by(sparse.csr_matrix(dense), learn, n_ngrams=10).toarray()
    known = (dense[learn] > 0).sum(axis=0) >= 2
    assert not seen[:, :10][:, ~known[:10]].any()
    lengths = np.linalg.norm(seen[:, :10], axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-4) | (lengths == 0))
    assert np.array_equal(seen[:, 10:], dense[:, 10:])


def test_trust_brings_proud_probabilities_down_to_what_came_true():
    rng = np.random.default_rng(1)
    true = rng.uniform(0.4, 0.9, size=4000).astype(np.float32)
    right = rng.random(4000) < true
    proud = logistic(3 * logit(true) + 1)
    slope, offset = trust(proud, right)
    made = logistic(slope * logit(proud) + offset)
    assert np.abs(made - true).mean() < 0.03 < np.abs(proud - true).mean()


def test_a_department_tells_the_words_that_speak_for_it(departments):
    model = train(departments, segmenter=Segmenter())
    (answer,) = answers_of(model, [row("登机口的座椅坏了")])
    assert answer.suggested_department == "设施部"
    assert answer.reasons[0].words.startswith("座椅 +")


def test_a_mention_tells_its_chance_what_it_had_to_reach_and_its_words():
    rows = [
        LabelledRow(
            id=None,
            title="",
            text=f"{place}的{thing}{feeling}",
            mentions=(Label(theme=theme, polarity=polarity),),
        )
        for place in PLACES
        for thing, theme in (("座椅", "seats"), ("咖啡", "drinks"))
        for feeling, polarity in (("很好", "positive"), ("太差", "negative"))
    ]
    model = train(rows, segmenter=Segmenter())
    (answer,) = answers_of(model, [row("停车场的座椅太差")])
    (coding,) = answer.codings
    why = {each.code: each for each in coding.reasons}
    assert why[CodingReason.TOGETHER].facts.keys() == {"chance", "least"}
    assert why[CodingReason.THEME_WORDS].words.startswith("座椅 +")
    assert "太差 +" in why[CodingReason.FEELING_WORDS].words


@given(st.lists(st.text(max_size=8), max_size=30), st.integers(0, 99))
def test_a_cut_puts_equal_words_on_one_side_whatever_else_is_there(words, seed):
    rows = [row(each) for each in words]
    learn, judge = cut(rows, seed=seed, share=0.4)
    assert len(learn) + len(judge) == len(rows)
    assert not {each.text for each in learn} & {each.text for each in judge}
    assert cut([*rows, row("又一条")], seed=seed, share=0.4)[1][: len(judge)] == judge

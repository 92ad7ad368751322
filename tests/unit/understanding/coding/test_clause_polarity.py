"""Contrast, negation and comparison: the frozen set, written before the rules."""

import hashlib
from pathlib import Path

from huixiang.understanding.coding.tone import tone_at
from huixiang.understanding.text.clauses import split_clauses
from huixiang.understanding.text.normalise import normalise

CASES = Path(__file__).with_name("clause_polarity.tsv")
FROZEN = "a07e157ea7305b1d5a9687442b803385801e12c0e93cd7275f2cad64d325189f"


def told(about: str, sentence: str) -> str:
    words, topic = normalise([sentence, about])
    clauses = split_clauses(words)
    place = words.index(topic)
    at = next(n for n, clause in enumerate(clauses) if place < clause.end)
    return tone_at(words, clauses, at).polarity


def test_the_set_is_the_one_written_before_the_rules():
    assert hashlib.sha256(CASES.read_bytes()).hexdigest() == FROZEN


def test_at_least_nine_in_ten_sentences_are_understood():
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()]
    right = [told(about, text) == polarity for _, about, polarity, text in rows]
    assert len(right) >= 200
    assert sum(right) / len(right) >= 0.9

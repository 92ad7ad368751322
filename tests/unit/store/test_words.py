"""Every column that can hold words says whose."""

import pytest
from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, Table, Text

from huixiang.store.tables.base import Base
from huixiang.store.tables.words import Words, register

PLACES = {(table, column): words for table, column, words in register(Base.metadata)}


def test_no_column_of_text_is_silent_about_what_it_holds():
    assert [place for place, words in PLACES.items() if words is None] == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("feedback", "verbatim"), Words.MASKED),
        (("landing", "payload"), Words.SEALED),
        (("landing", "position"), Words.CLEAR),
        (("move", "actor"), Words.NAMES),
        (("feedback", "feedback_id"), Words.NONE),
    ],
)
def test_the_register_knows_where_peoples_words_are(place, words):
    assert PLACES[place] is words


@pytest.mark.parametrize("kind", [Text, JSON, LargeBinary])
def test_a_column_that_says_nothing_is_found(kind):
    metadata = MetaData()
    Table("t", metadata, Column("n", Integer), Column("c", kind))

    assert list(register(metadata)) == [("t", "c", None)]

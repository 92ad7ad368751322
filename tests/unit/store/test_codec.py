"""Facts go into the database and come back as they were."""

import datetime as dt
import enum
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.store.codec import decode, encode


class Cause(enum.StrEnum):
    """Why."""

    LATE = "late"


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What was seen."""

    on: dt.date
    reasons: tuple[Reason[Cause], ...] = ()
    name: Bilingual | None = None


@given(st.dates(), st.text(), st.integers() | st.text() | st.none())
def test_a_fact_comes_back_as_it_was(on, words, value):
    reason = Reason(code=Cause.LATE, facts={"value": value}, words=words)
    look = Look(on=on, reasons=(reason,), name=Bilingual(zh="值机", en="check-in"))

    assert decode(Look, encode(look)) == look


def test_a_code_that_nobody_knows_is_an_error():
    document = encode(Look(on=dt.date(2026, 1, 1), reasons=(Reason(code=Cause.LATE),)))
    document["reasons"][0]["code"] = "early"

    with pytest.raises(ValidationError):
        decode(Look, document)

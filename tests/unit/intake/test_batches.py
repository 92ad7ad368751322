"""Every record of a batch ends in exactly one place."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.records.feedback import Channel, RatingScale, RawRecord
from huixiang.domain.records.record import KnownContent, LandedRecord
from huixiang.domain.records.source import FieldMap, FieldRule, Source
from huixiang.domain.records.violation import Severity, Violation
from huixiang.domain.text import Bilingual
from huixiang.intake.batch import (
    HIDDEN,
    masked_fields,
    prepare_batch,
    release,
    split_duplicates,
)
from huixiang.wording.records import violation_words

AS_OF = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
FIELDS = FieldMap(
    text=FieldRule(column="text"),
    occurred_at=FieldRule(column="at"),
    id=FieldRule(column="id"),
    title=FieldRule(column="title"),
    rating=FieldRule(column="stars", scale=RatingScale.STARS),
    unit=FieldRule(column="unit"),
    customer=FieldRule(column="who"),
    attributes={"note": FieldRule(column="note")},
)
SOURCE = Source(name="desk", channel=Channel.STORE, fields=FIELDS)
ROW = {"id": "1", "text": "登机口换了三次也没人说一声", "at": "2024-03-31"}


def violation(severity, rule="some.rule"):
    return Violation(
        rule=rule,
        severity=severity,
        column="text",
        message=Bilingual(zh="不行", en="no"),
    )


class Verdicts:
    """Finds what a record's `break` column names."""

    def check(self, drafts):
        return [
            tuple(violation(Severity(each)) for each in (d.segment or "").split())
            for d in drafts
        ]


JUDGED = dataclasses.replace(
    SOURCE, fields=dataclasses.replace(FIELDS, segment=FieldRule(column="break"))
)


def landed(fields, n=0):
    record = RawRecord(position=f"f:{n}", fields=fields)
    return LandedRecord(landing_id=f"l{n}", record=record)


def prepare(*rows, key=b"key"):
    records = [landed(fields, n) for n, fields in enumerate(rows)]
    return prepare_batch(records, JUDGED, Verdicts(), key=key, as_of=AS_OF)


def feedback(*rows):
    return prepare(*rows).valid


def test_severity_decides_between_quarantine_and_a_mark():
    found = prepare(ROW, ROW | {"break": "info"}, ROW | {"break": "warning critical"})
    assert [each.landing_id for each in found.valid] == ["l0", "l1"]
    assert [each.rule for each in found.valid[1].marks] == ["some.rule"]
    (kept_out,) = found.quarantined
    assert (kept_out.landing_id, kept_out.position) == ("l2", "f:2")
    assert [each.severity for each in kept_out.violations] == ["warning", "critical"]


def test_an_unreadable_record_is_kept_out_whatever_the_suite_says():
    found = prepare(
        {"__unreadable__": "undecodable: byte 3", "__raw__": "电话13800138000"}
    )
    ((violation_,),) = (each.violations for each in found.quarantined)
    assert violation_.rule == "record.readable"
    words = violation_words(violation_)
    assert words.en == "the record cannot be read: undecodable: byte 3"
    assert words.zh == "无法读取该记录：undecodable: byte 3"


@pytest.mark.parametrize("at", [None, "昨天"])
def test_a_record_without_a_time_is_kept_out_whatever_the_suite_says(at):
    found = prepare(ROW | {"at": at, "break": "warning"})
    assert [each.rule for each in found.quarantined[0].violations] == [
        "some.rule",
        "record.has_time",
    ]


def test_nothing_personal_is_in_a_feedback():
    row = ROW | {
        "title": "我叫张三",
        "text": "请打13800138000，或写给a@b.cn",
        "who": "13800138000",
        "note": "车牌京A12345",
        "unit": "卡号6222021234567890123",
    }
    (found,) = feedback(row)
    shown = repr(found)
    for clear in ("张三", "13800138000", "a@b.cn", "京A12345", "6222021234567890123"):
        assert clear not in shown
    assert found.words == "我叫［姓名］\n请打［手机号］，或写给［邮箱］"
    assert found.customer_ref.startswith("cu_")


def test_a_rating_off_its_scale_is_left_out_of_a_kept_record():
    found = feedback(ROW | {"stars": "9"}, ROW | {"stars": "2"})
    assert [each.rating and each.rating.value for each in found] == [None, 2]


def test_the_same_record_has_the_same_id_in_every_run():
    (one,) = feedback(ROW)
    (other,) = prepare(ROW, key=b"another key").valid
    assert one.feedback_id == other.feedback_id
    assert one.feedback_id.startswith("fb_")
    assert len(one.feedback_id) == len("fb_") + 16
    (changed,) = feedback(ROW | {"text": "别的话"})
    assert changed.feedback_id != one.feedback_id


ROWS = st.fixed_dictionaries(
    {
        "id": st.sampled_from([None, "1", "2", "3"]),
        "text": st.sampled_from(
            [None, "好", ROW["text"], "行李丢了三天还没有任何消息"]
        ),
        "at": st.sampled_from([None, "2024-03-31", "2024-01-01", "昨天"]),
        "break": st.sampled_from([None, "info", "critical"]),
        "__unreadable__": st.sampled_from([None, None, "bad"]),
    }
)


@given(st.lists(ROWS, max_size=12))
def test_every_record_is_in_exactly_one_place(rows):
    prepared = prepare(*rows)
    split = split_duplicates(
        prepared.valid, known_ids={}, known_contents={}, window_days=30
    )
    places = [
        *(each.landing_id for each in prepared.quarantined),
        *(each.landing_id for each in split.stored),
        *(each.landing_id for each in split.duplicates),
    ]
    assert sorted(places) == sorted(f"l{n}" for n in range(len(rows)))


@given(st.lists(ROWS, max_size=12))
def test_judging_again_finds_only_duplicates(rows):
    valid = prepare(*rows).valid
    first = split_duplicates(valid, known_ids={}, known_contents={}, window_days=30)
    ids = {each.source_record_id: each.feedback_id for each in first.stored}
    contents = {}
    for each in first.stored:
        known = contents.setdefault(each.content_key, [])
        known.append(known_content(each))
    again = split_duplicates(
        valid, known_ids=ids, known_contents=contents, window_days=30
    )
    assert again.stored == ()
    assert len(again.duplicates) == len(valid)


def known_content(feedback, feedback_id=None):
    return KnownContent(
        feedback_id=feedback_id or feedback.feedback_id,
        occurred_at=feedback.occurred_at,
    )


def split(*rows, window_days=30, known_ids=None, known_contents=None):
    return split_duplicates(
        feedback(*rows),
        known_ids=known_ids or {},
        known_contents=known_contents or {},
        window_days=window_days,
    )


def test_an_id_seen_before_is_a_duplicate_of_the_first():
    found = split(ROW, ROW | {"text": "改过的内容"})
    (duplicate,) = found.duplicates
    assert (duplicate.landing_id, duplicate.kind) == ("l1", "same_id")
    assert duplicate.feedback_id == found.stored[0].feedback_id
    known = split(ROW, known_ids={"1": "fb_known"})
    assert known.duplicates[0].feedback_id == "fb_known"


def test_the_same_words_within_the_window_are_one_voice():
    found = split(ROW, ROW | {"id": "2", "text": ROW["text"] + "！"})
    (duplicate,) = found.duplicates
    assert (duplicate.landing_id, duplicate.kind) == ("l1", "same_content")


def test_the_same_words_are_known_from_earlier_batches():
    (known,) = feedback(ROW)
    contents = {known.content_key: [known_content(known, "fb_known")]}
    found = split(ROW | {"id": "2"}, known_contents=contents)
    assert found.duplicates[0].feedback_id == "fb_known"


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2024-02-01"},
        {"unit": "T2"},
    ],
)
def test_the_same_words_later_or_elsewhere_are_another_voice(change):
    assert split(ROW, ROW | {"id": "2"} | change).duplicates == ()


def test_the_window_holds_its_last_day():
    later = {"id": "2", "at": "2024-03-01"}
    assert split(ROW, ROW | later, window_days=30).duplicates
    assert not split(ROW, ROW | later, window_days=29).duplicates


@pytest.mark.parametrize("text", ["好评", "五星好评！！！！！！！！！！！！"])
def test_a_few_words_said_by_many_are_not_one_voice(text):
    assert (
        split({**ROW, "text": text}, {**ROW, "id": "2", "text": text}).duplicates == ()
    )


def test_a_released_record_keeps_what_it_broke():
    marks = (violation(Severity.CRITICAL),)
    found = release(
        landed(ROW | {"at": "昨天"}),
        SOURCE,
        key=b"key",
        changes={"occurred_at": "2024-03-31 10:00", "unit": " T1 "},
        violations=marks,
    )
    assert found.marks == marks
    assert found.unit == "T1"
    assert found.occurred_at == dt.datetime(2024, 3, 31, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("row", "changes", "missing"),
    [
        (ROW | {"at": "昨天"}, {}, "'昨天' is no time"),
        (ROW | {"at": ""}, {}, "it has no time"),
        (ROW | {"text": ""}, {}, "neither words nor a rating"),
        (ROW, {"text": " "}, "neither words nor a rating"),
        (ROW, {"department": "x"}, "no field department"),
    ],
)
def test_a_release_says_what_is_still_missing(row, changes, missing):
    with pytest.raises(ValueError, match=missing):
        release(landed(row), SOURCE, key=b"key", changes=changes)


def test_an_unreadable_record_can_be_released_once_a_person_typed_it():
    found = release(
        landed({"__unreadable__": "undecodable", "__raw__": "?"}),
        SOURCE,
        key=b"key",
        changes={"text": "请打13800138000", "occurred_at": "2024-03-31"},
    )
    assert found.verbatim == "请打［手机号］"


def test_a_quarantined_record_is_shown_masked():
    row = {
        "who": "王五",
        "姓名": "李四",
        "text": "请打13800138000",
        "stars": 3,
        "empty": None,
        "__raw__": "我叫张三，13800138000",
    }
    assert masked_fields(landed(row), SOURCE) == {
        "who": HIDDEN,
        "姓名": HIDDEN,
        "text": "请打［手机号］",
        "stars": "3",
        "__raw__": "我叫［姓名］，［手机号］",
    }

"""Expectations judge every row by its position, or the batch stops."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from huixiang.domain.records.feedback import Channel, RatingScale, RawRecord
from huixiang.domain.records.record import LandedRecord
from huixiang.domain.records.source import FieldMap, FieldRule, Source
from huixiang.domain.records.violation import Severity
from huixiang.errors import ConfigurationError, ValidationCrashed
from huixiang.intake.columns import COLUMNS, columns_of
from huixiang.intake.contract import Contract
from huixiang.intake.normalise import draft_of

EXPECTATIONS = Path(__file__).parents[3] / "expectations"
AS_OF = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
SOURCE = Source(
    name="desk",
    channel=Channel.STORE,
    fields=FieldMap(
        text=FieldRule(column="text"),
        occurred_at=FieldRule(column="at"),
        rating=FieldRule(column="stars", scale=RatingScale.STARS),
        attributes={"shop": FieldRule(column="shop")},
    ),
)
GOOD = {"text": "登机口换了三次", "at": "2024-03-31", "stars": "2"}


def drafts(*rows):
    return [
        draft_of(
            LandedRecord(
                landing_id=f"l{n}", record=RawRecord(position=f"f:{n}", fields=fields)
            ),
            SOURCE,
            key=b"key",
            as_of=AS_OF,
        )
        for n, fields in enumerate(rows)
    ]


def rules(found):
    return [[violation.rule for violation in each] for each in found]


def write(folder, *expectations):
    path = folder / "suite.json"
    path.write_text(json.dumps({"name": "suite", "expectations": expectations}))
    return path


def expectation(kind, severity="critical", rule="some.rule", **kwargs):
    meta = {"rule": rule, "message_zh": "不行", "message_en": "no"}
    return {"type": kind, "kwargs": kwargs, "severity": severity, "meta": meta}


@pytest.fixture(scope="module")
def feedback():
    return Contract.load(EXPECTATIONS / "feedback.json")


@pytest.fixture(scope="module")
def survey():
    return Contract.load(EXPECTATIONS / "survey.json")


@pytest.mark.parametrize(
    ("change", "rule", "severity"),
    [
        ({"text": ""}, "text.required", "critical"),
        ({"text": "！！！"}, "text.has_words", "warning"),
        ({"text": "测试数据请忽略"}, "record.not_a_test", "critical"),
        ({"text": "test 123"}, "record.not_a_test", "critical"),
        ({"text": "测试一下。"}, "record.not_a_test", "critical"),
        ({"text": "TEST only"}, "record.not_a_test", "critical"),
        ({"text": "好" * 20_001}, "text.not_too_long", "critical"),
        ({"text": "好" * 5_001}, "text.long", "warning"),
        ({"text": "服务�很差"}, "text.not_garbled", "warning"),
        ({"text": "锟斤拷锟斤拷"}, "text.not_garbled", "warning"),
        ({"at": None}, "time.required", "critical"),
        ({"at": "昨天"}, "time.readable", "critical"),
        ({"at": "2024-04-02"}, "time.not_in_future", "critical"),
        ({"at": "1970-01-01"}, "time.after_2000", "critical"),
        ({"stars": "6"}, "rating.in_scale", "warning"),
        ({"stars": "很好"}, "rating.in_scale", "warning"),
        ({"__damage__": "too_many_cells: 4 where …"}, "record.columns_fit", "critical"),
        ({"__damage__": "too_few_cells: 2 where …"}, "record.undamaged", "warning"),
    ],
)
def test_the_feedback_suite_names_what_is_wrong(feedback, change, rule, severity):
    (good, bad) = feedback.check(drafts(GOOD, GOOD | change))
    assert good == ()
    assert (rule, severity) in [(each.rule, each.severity) for each in bad]


@pytest.mark.parametrize(
    "change",
    [
        {"stars": None},
        {"text": "测试了一下值机机器，排了二十分钟"},
        {"text": "The test centre staff were kind"},
        {"at": "2024-04-01 08:30"},
        {"text": "好"},
        {"text": "666"},
        {"text": "测试数据请忽略这句话是空乘说的"},
    ],
)
def test_the_feedback_suite_lets_honest_records_pass(feedback, change):
    assert feedback.check(drafts(GOOD | change)) == [()]


def test_a_survey_needs_a_valid_rating_but_no_words(survey):
    found = survey.check(
        drafts(GOOD | {"text": ""}, GOOD | {"stars": ""}, GOOD | {"stars": "9"})
    )
    assert rules(found) == [["text.present"], ["rating.required"], ["rating.in_scale"]]
    assert [each.severity for (each,) in found] == ["info", "critical", "critical"]


def test_equal_records_are_judged_each_by_its_own_position(feedback):
    bad = GOOD | {"text": ""}
    found = feedback.check(drafts(bad, GOOD, bad, bad, GOOD))
    assert [bool(each) for each in found] == [True, False, True, True, False]


def test_a_violation_speaks_both_languages(feedback):
    ((violation,),) = feedback.check(drafts(GOOD | {"text": ""}))
    assert violation.severity is Severity.CRITICAL
    assert (violation.column, violation.message.en) == (
        "words",
        "there are no words: text and title are empty",
    )
    assert "没有反馈文字" in violation.message.zh


def test_an_empty_batch_breaks_nothing(feedback):
    assert feedback.check([]) == []


def test_no_row_of_a_column_that_is_empty_throughout_is_judged(feedback):
    rows = [GOOD | {"stars": None}] * 3
    assert feedback.check(drafts(*rows)) == [(), (), ()]


def test_attributes_can_be_judged_too(tmp_path):
    path = write(
        tmp_path,
        expectation(
            "expect_column_values_to_be_in_set",
            column="attributes.shop",
            value_set=["T1", "T2"],
        ),
    )
    found = Contract.load(path).check(
        drafts(GOOD | {"shop": "T1"}, GOOD | {"shop": "T9"}, GOOD)
    )
    assert [bool(each) for each in found] == [False, True, False]
    assert Contract.load(path).check(drafts(GOOD)) == [()]


def test_rows_below_a_tolerance_are_found_all_the_same(tmp_path):
    kind = "expect_column_values_to_not_be_null"
    path = write(tmp_path, expectation(kind, column="text", mostly=0.1))
    found = Contract.load(path).check(drafts(GOOD, GOOD | {"text": ""}))
    assert [bool(each) for each in found] == [False, True]


@pytest.mark.parametrize(
    "broken",
    [
        expectation("expect_column_values_to_not_be_null", column="no_such_column"),
        expectation("expect_column_values_to_be_between", column="text", min_value=3),
        expectation("expect_column_mean_to_be_between", column="rating", min_value=5),
        expectation("expect_column_values_to_match_regex", column="text", regex="("),
    ],
    ids=["missing column", "mixed types", "no rows", "bad pattern"],
)
def test_a_crashed_expectation_stops_the_batch(tmp_path, broken):
    contract = Contract.load(write(tmp_path, broken))
    with pytest.raises(
        ValidationCrashed, match=r"suite 'suite'.*some\.rule.*desk, f:0"
    ):
        contract.check(drafts(GOOD, GOOD | {"text": "a"}))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ("[]", "must be an object"),
        ('{"expectations": []}', "needs a list"),
        (
            '{"expectations": [{"type": "expect_table_row_count_to_equal"}]}',
            "about rows",
        ),
        ('{"expectations": [{"type": "expect_column_x"}]}', "'meta' lacks rule"),
    ],
)
def test_a_suite_is_refused_with_its_place(tmp_path, content, message):
    path = tmp_path / "bad.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=message):
        Contract.load(path)


def test_a_suite_that_is_missing_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        Contract.load(tmp_path / "none.json")


def test_a_rule_is_named_once(tmp_path):
    one = expectation("expect_column_values_to_not_be_null", column="text")
    with pytest.raises(ConfigurationError, match=r"used twice: some\.rule"):
        Contract.load(write(tmp_path, one, one))


def test_a_severity_is_one_of_three(tmp_path):
    one = expectation("expect_column_values_to_not_be_null", "fatal", column="text")
    with pytest.raises(ConfigurationError, match="critical, warning or info"):
        Contract.load(write(tmp_path, one))


def test_an_expectation_that_does_not_exist_is_refused(tmp_path):
    contract = Contract.load(
        write(
            tmp_path,
            expectation("expect_column_magic"),
            expectation("expect_column_values_to_be_null", rule="other", column="text"),
        )
    )
    with pytest.raises(ConfigurationError, match=r"suite\.json.*some\.rule"):
        contract.check(drafts(GOOD))


def test_loading_a_suite_does_not_load_the_library():
    code = (
        "import sys, pathlib; from huixiang.intake.contract import Contract;"
        f"Contract.load(pathlib.Path({str(EXPECTATIONS / 'feedback.json')!r}));"
        "sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["feedback", "survey"])
def test_every_suite_speaks_of_known_columns_in_both_languages(name):
    contract = Contract.load(EXPECTATIONS / f"{name}.json")
    for each in contract.suite["expectations"]:
        assert each["kwargs"]["column"] in COLUMNS
        assert not each["meta"]["message_en"].endswith(".")


def test_every_column_is_as_long_as_the_batch():
    columns = columns_of(drafts(GOOD, GOOD | {"shop": "T1"}))
    assert {len(column.values) for column in columns.values()} == {2}
    assert "attributes.shop" in columns

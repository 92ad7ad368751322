"""What somebody wrote into the label columns changes nothing in the feedback."""

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from huixiang.clock import utc_now
from huixiang.connectors.kinds import open_source
from huixiang.connectors.surroundings import Surroundings, new_session
from huixiang.domain.records.feedback import Feedback
from huixiang.domain.records.record import LandedRecord
from huixiang.domain.records.source import Source
from huixiang.domain.records.violation import Violation
from huixiang.intake.batch import prepare_batch
from huixiang.intake.normalise import RecordDraft
from huixiang.steps.rules import load_rules

WORKSPACE = Path(__file__).parents[3] / "examples" / "car-complaints"
HEADER = [
    "投诉编号",
    "投诉品牌",
    "投诉车系",
    "投诉车型",
    "投诉简述",
    "投诉问题",
    "问题类型",
    "投诉日期",
]
ROWS = (
    (
        "1001",
        "某甲",
        "某甲一号",
        "2023款",
        "坡道上手刹松了",
        "制动系",
        "失灵",
        "2024-03-01",
    ),
    (
        "1002",
        "某乙",
        "某乙二号",
        "2022款",
        "大灯起雾",
        "电气设备",
        "车灯进水",
        "2024-03-02",
    ),
    (
        "1003",
        "某乙",
        "某乙三号",
        "2021款",
        "等配件两个月",
        "配件争议",
        "无零配件",
        "2024-03-03",
    ),
)
LABELS = slice(5, 7)
AS_OF = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)


class Lenient:
    """Finds nothing wrong, so that Great Expectations need not be loaded here."""

    def check(self, drafts: Sequence[RecordDraft]) -> list[tuple[Violation, ...]]:
        """Return no violation for each draft."""
        return [() for _ in drafts]


def _around(home):
    return Surroundings(
        home=home, now=utc_now, secret=lambda name: "", session=new_session
    )


def with_labels(row: Sequence[str], area: str, problem: str) -> list[str]:
    cells = list(row)
    cells[LABELS] = [area, problem]
    return cells


def drop_into_inbox(home: Path, rows: Sequence[Sequence[str]]) -> None:
    (home / "inbox").mkdir(parents=True)
    with (home / "inbox" / "complaints.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])


def feedback_from(home: Path) -> tuple[Feedback, ...]:
    rulebook = load_rules(WORKSPACE / "rules", WORKSPACE / "expectations")
    source: Source = rulebook.sources["complaints"]
    pulled = list(open_source(source, _around(home)).pull({}))
    assert [problem for batch in pulled for problem in batch.problems] == []
    landed = [
        LandedRecord(landing_id=f"row {number}", record=record)
        for batch in pulled
        for number, record in enumerate(batch.records)
    ]
    return prepare_batch(landed, source, Lenient(), key=b"k" * 32, as_of=AS_OF).valid


def test_blank_or_wrong_labels_give_the_same_feedback(tmp_path: Path) -> None:
    drop_into_inbox(tmp_path / "given", ROWS)
    drop_into_inbox(tmp_path / "blank", [with_labels(row, "", "") for row in ROWS])
    drop_into_inbox(tmp_path / "wrong", [with_labels(row, "甲", "乙") for row in ROWS])
    given = feedback_from(tmp_path / "given")
    assert [each.source_record_id for each in given] == ["1001", "1002", "1003"]
    assert feedback_from(tmp_path / "blank") == given
    assert feedback_from(tmp_path / "wrong") == given


def test_a_complaint_keeps_its_day_brand_series_and_model(tmp_path: Path) -> None:
    drop_into_inbox(tmp_path, ROWS)
    first = feedback_from(tmp_path)[0]
    # The day began in Shanghai, eight hours ahead of UTC.
    assert first.occurred_at == dt.datetime(2024, 2, 29, 16, tzinfo=dt.UTC)
    assert first.unit == "某甲"
    assert first.attributes == {
        "brand": "某甲",
        "series": "某甲一号",
        "model": "2023款",
    }

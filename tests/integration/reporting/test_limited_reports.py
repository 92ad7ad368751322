"""A report of a period, of a department: what happened there and then, nothing else."""

import datetime as dt
from pathlib import Path

import pytest

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.move import person_said
from huixiang.errors import ConfigurationError
from huixiang.reporting.facts.as_json import from_json
from huixiang.steps.report.write import write_report
from tests.workbench import NOON, Said, open_item

DAY = dt.timedelta(days=1)
QUEUE = IssueKey(theme="queue", touchpoint="counter", unit="南门店")
JANUARY = dt.datetime(2026, 1, 20, 4, tzinfo=dt.UTC)


@pytest.fixture
def year(desk, plain):
    """A cold coffee of January that was fixed, and a queue of March that was not."""
    said = [
        Said(number=f"{theme}{n}", at=at + n * DAY, theme=theme)
        for theme, at in (("coffee.cold", JANUARY), ("queue", NOON - 8 * DAY))
        for n in range(6)
    ]
    said.append(Said(number="good", at=NOON - 2 * DAY, polarity=Polarity.POSITIVE))
    desk.hear(said)
    open_item(desk, "ai_cold", opened_at=JANUARY + 6 * DAY)
    with desk.run(NOON, "item") as context, context.transaction("fix") as uow:
        for days, after in ((7, ActionStatus.ACCEPTED), (9, ActionStatus.RESOLVED)):
            uow.items.move(
                "ai_cold",
                after,
                moved_at=JANUARY + days * DAY,
                actor="x",
                reason=person_said(""),
            )
    open_item(desk, "ai_queue", opened_at=NOON - DAY, department="floor", key=QUEUE)
    return desk


def written(bench, as_of=NOON, **limits):
    bench.clock.pass_(minutes=1)
    with bench.run(as_of, "report") as context:
        files = write_report(context, **limits)
    return Path(files["json"]).parent.name, from_json(Path(files["json"]).read_bytes())


def test_a_month_holds_what_happened_in_it(year):
    folder, report = written(year, period="2026-01")

    assert folder == "2026-03-12T1200_2026-01"
    assert [item.item_id for item in report.items] == ["ai_cold"]
    assert report.n_feedbacks == 6
    assert [issue.theme.en for issue in report.issues] == ["Cold coffee"]
    (month,) = report.periods
    assert (month.n_opened, month.n_answered, month.n_resolved) == (1, 1, 1)
    assert month.n_negative == 6


def test_a_department_sees_its_own(year):
    folder, report = written(year, department="floor")

    assert folder.endswith("_floor")
    assert report.scope.department.en == "Floor"
    assert [item.item_id for item in report.items] == ["ai_queue"]
    assert {each.department_id for each in report.departments} == {"floor"}
    assert [issue.theme.en for issue in report.issues] == ["Queue"]
    assert report.funnel[0].name.en == "Issues"


def test_a_quarter_of_a_department_is_both(year):
    folder, report = written(year, period="2026-q1", department="kitchen")

    assert folder.endswith("_2026-Q1_kitchen")
    assert [item.item_id for item in report.items] == ["ai_cold"]
    assert [month.label for month in report.periods] == [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert report.periods[-1].last == report.period.last == (NOON - DAY).date()


def test_the_whole_report_is_about_everything(year):
    _, report = written(year)

    assert report.scope.is_whole
    assert len(report.items) == 2
    assert report.n_feedbacks == 13
    door = next(c for c in report.coverage.cells if c.touchpoint_id == "door")
    assert door.is_blind
    assert door.n_feedbacks == 0


def test_limits_that_make_no_sense_are_refused(desk):
    for limits, words in (
        ({"period": "2026-05"}, "begins after"),
        ({"period": "spring"}, "write 2026-03"),
        ({"department": "bakery"}, "known are kitchen"),
    ):
        with pytest.raises(ConfigurationError, match=words):
            written(desk, **limits)

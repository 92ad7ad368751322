"""A past report is written again as it was: nothing that came later is in it."""

import datetime as dt
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import person_said
from huixiang.reporting.facts.as_json import from_json
from huixiang.steps.coding.route import route_batch
from huixiang.steps.report.write import write_report
from huixiang.store.engine import open_engine
from huixiang.store.tables.records import FeedbackRow
from huixiang.store.tables.reports import ReportRow
from tests.integration.reporting.conftest import draw_nothing
from tests.workbench import NOON, Said, open_item

DAY = dt.timedelta(days=1)
FIRST, SECOND, THIRD = NOON - 20 * DAY, NOON - 10 * DAY, NOON


def voices(first, n_days, *, mark):
    """Return one complaint and one praise a day."""
    return [
        Said(
            number=f"{mark}{number}{kind}",
            at=first + number * DAY,
            stars=stars,
            words=f"{words}（第{number}天）",
            polarity=polarity,
        )
        for number in range(n_days)
        for kind, stars, words, polarity in (
            ("a", 1, "端上来的咖啡凉了", Polarity.NEGATIVE),
            ("b", 5, "咖啡很香", Polarity.POSITIVE),
        )
    ]


def hear(bench, as_of, said):
    """Store feedback in a run of its own business time, and route it."""
    bench.clock.pass_(minutes=5)
    with bench.run(as_of, "collect") as context:
        with context.transaction("hear") as uow:
            bench._store(context, uow, said)
        while route_batch(context, bench.app.equipment.router) is not None:
            pass


def written(bench, as_of, **limits):
    """Write the report of *as_of* and return its files' bytes."""
    bench.clock.pass_(minutes=5)
    with bench.run(as_of, "report") as context:
        files = write_report(context, **limits)
    return {kind: Path(path).read_bytes() for kind, path in files.items()}


def move(bench, at, *statuses):
    bench.clock.pass_(minutes=5)
    with bench.run(at, "item") as context, context.transaction("move") as uow:
        for status in statuses:
            more = {"resolved_at": at} if status is ActionStatus.RESOLVED else {}
            uow.items.move(
                "ai_1",
                status,
                moved_at=at,
                actor="小王",
                reason=person_said(""),
                **more,
            )


def lived(bench, report=written):
    """Live through three reports, and return what each of them was."""
    hear(bench, FIRST - DAY, voices(FIRST - 40 * DAY, 39, mark="x"))
    open_item(bench, opened_at=FIRST - DAY)
    kept = {FIRST: report(bench, FIRST)}
    move(bench, SECOND - 2 * DAY, ActionStatus.ACCEPTED)
    hear(bench, SECOND, voices(FIRST, 10, mark="y"))
    hear(bench, SECOND, voices(FIRST - 30 * DAY, 4, mark="late"))
    kept[SECOND] = report(bench, SECOND)
    move(bench, THIRD - DAY, ActionStatus.RESOLVED)
    bench.rewrite("departments.yaml", "en: Bar", "en: The bar")
    kept[THIRD] = report(bench, THIRD)
    return kept


def test_a_report_can_be_written_again_byte_for_byte(desk, monkeypatch):
    def draws_the_first(bench, as_of):
        if as_of != FIRST:
            draw_nothing(monkeypatch)
        return written(bench, as_of)

    kept = lived(desk, draws_the_first)
    shutil.rmtree(desk.home / ".huixiang" / "reports")
    monkeypatch.undo()

    assert written(desk, FIRST) == kept[FIRST]
    first, last = (from_json(kept[each]["json"]) for each in (FIRST, THIRD))
    assert [each.items[0].status for each in (first, last)] == [
        ActionStatus.OPEN,
        ActionStatus.RESOLVED,
    ]
    assert first.departments[0].department.en == "Bar"
    assert last.departments[0].department.en == "The bar"


def test_the_facts_of_past_reports_stay_on_both_databases(bench, plain):
    kept = lived(bench)

    assert {as_of: written(bench, as_of) for as_of in kept} == kept


def test_what_was_never_reported_is_told_as_it_was_known_then(bench, plain):
    kept = lived(bench)
    engine = open_engine(bench.url)
    with engine.begin() as connection:
        connection.execute(sa.delete(ReportRow))
    engine.dispose()

    again = {as_of: written(bench, as_of) for as_of in (FIRST, SECOND)}

    assert again[FIRST]["json"].decode() == kept[FIRST]["json"].decode()
    assert again[SECOND]["json"].decode() == kept[SECOND]["json"].decode()


def test_a_moment_between_two_runs_knows_what_the_first_of_them_did(bench, plain):
    lived(bench)

    between = from_json(written(bench, SECOND - DAY)["json"])

    assert [item.status for item in between.items] == [ActionStatus.ACCEPTED]
    assert between.n_feedbacks == 2 * 39


def test_the_words_of_forgotten_people_are_left_out_and_counted(desk, plain):
    kept = from_json(lived(desk)[FIRST]["json"])
    forgotten = kept.items[0].evidence[0].feedback_id
    engine = open_engine(desk.url)
    with engine.begin() as connection:
        connection.execute(
            sa.update(FeedbackRow)
            .where(FeedbackRow.feedback_id == forgotten)
            .values(verbatim="", title="")
        )
    engine.dispose()

    again = from_json(written(desk, FIRST)["json"])

    assert again.n_erased_quotes == 1
    assert again.items[0].evidence == kept.items[0].evidence[1:]


def test_a_report_of_the_newest_business_time_tells_what_came_in_since(desk, plain):
    hear(desk, NOON, voices(FIRST - 40 * DAY, 30, mark="x"))
    before = from_json(written(desk, NOON)["json"])
    hear(desk, NOON, voices(FIRST, 3, mark="y"))

    after = from_json(written(desk, NOON)["json"])

    assert after.n_feedbacks == before.n_feedbacks + 6


def test_a_run_in_the_far_future_by_mistake_closes_no_report(desk, plain):
    hear(desk, NOON + 9999 * DAY, voices(FIRST, 10, mark="x"))
    desk.clock.pass_(days=1)
    hear(desk, NOON + DAY, voices(FIRST, 3, mark="y"))

    report = from_json(written(desk, desk.clock())["json"])

    assert report.n_feedbacks == 26


def test_the_zone_a_moment_is_given_in_does_not_show(desk, plain):
    hear(desk, NOON, voices(FIRST, 10, mark="x"))
    elsewhere = NOON.astimezone(ZoneInfo("America/New_York"))

    assert written(desk, elsewhere)["json"] == written(desk, NOON)["json"]

"""The codeframe changes: trends, issues and verdicts go on over the bridge."""

import datetime as dt
import json
from pathlib import Path

import pytest

from huixiang.domain.items.issue import IssueKey
from huixiang.domain.proof.verdict import Metric
from huixiang.steps.coding.bridge import before_split
from huixiang.steps.explain.by_id import Asked, explain_id
from huixiang.steps.report.write import write_report
from huixiang.steps.verify.panel import circumstances, panel_rows
from tests.workbench import COLD, NOON, Said, open_item

DAY = dt.timedelta(days=1)
RENAMED = "moves: [{old: [coffee.cold], new: [coffee.lukewarm]}]"
MERGED = "moves: [{old: [coffee.cold, queue], new: [trouble]}]"
SPLIT = "moves: [{old: [coffee.cold], new: [coffee.latte, coffee.black]}]"


def bridge(moves="", more=""):
    return (
        f'version: "2"\nbridges:\n  - from_version: "1"\n    to_version: "2"\n'
        f"    {moves or 'moves: []'}\n{more}"
    )


def change(bench, moves, *edits, more=""):
    for before, after in edits:
        bench.rewrite("codeframe.yaml", before, after)
    bench.rewrite("codeframe.yaml", 'version: "1"\n', bridge(moves, more))


def reroute(bench, theme):
    """Let the routing rules name the new themes only."""
    bench.rewrite(
        "routing.yaml", "given: {theme: coffee.cold}", "given: {theme: coffee}"
    )
    if theme:
        bench.rewrite("routing.yaml", "when: {theme: [queue]}", theme)


def rename(bench):
    reroute(bench, "")
    change(bench, RENAMED, ("id: coffee.cold", "id: coffee.lukewarm"))


def merge(bench):
    reroute(bench, "when: {theme: [trouble]}")
    change(
        bench,
        MERGED,
        ("  - id: coffee.cold\n", "  - id: trouble\n"),
        ("    keywords: [咖啡温度]\n    negative: [", "    negative: [排队太久, "),
        ("  - id: queue\n    name: {zh: 排队, en: Queue}\n", ""),
        ("    keywords: [排队, 队伍]\n", ""),
    )


def split(bench):
    reroute(bench, "")
    change(
        bench,
        SPLIT,
        (
            "  - id: coffee.cold\n",
            "  - id: coffee.latte\n    parent: coffee\n    name: {zh: 拿铁, en: Latte}\n"
            "    negative: [凉透了]\n  - id: coffee.black\n",
        ),
        ("negative: [咖啡凉了, 凉透了]", "negative: [咖啡凉了]"),
    )


def complaints(n=8, words="咖啡凉了", start=0, until=NOON):
    return [
        Said(number=f"{start + i}", at=until - (i + 1) * DAY, words=f"{words}，第{i}杯")
        for i in range(n)
    ]


def later(bench, speak, words="咖啡凉了，又来", number="99"):
    bench.clock.pass_(hours=1)
    speak(bench, [Said(number=number, at=NOON - DAY / 2, words=words)])


def issues(bench):
    with bench.app.store.reading() as uow:
        return {each.theme: each for each in uow.codings.issues().values()}


def scores(bench):
    with bench.app.store.reading() as uow:
        rows = uow.histories.scores_by_day(NOON.date())
    return {(row.theme, row.day) for row in rows}


def explained(bench, key):
    app = bench.app
    with app.store.reading() as uow:
        asked = Asked(
            uow=uow,
            rulebook=app.rulebook,
            router=app.equipment.router,
            alerts=app.equipment.alerts,
            zone=app.settings.zone,
        )
        return explain_id(key, asked).text("en")


def only_bridge(bench):
    with bench.app.store.reading() as uow:
        (row,) = uow.codeframes.bridges()
    return row


def changes(bench):
    with bench.app.store.reading() as uow:
        return list(uow.histories.coder_changes().codeframe)


def test_a_renamed_theme_keeps_its_issue_its_items_and_its_trend(bench, speak):
    speak(bench, complaints())
    item = open_item(bench)
    rename(bench)
    later(bench, speak)

    found = issues(bench)
    assert list(found) == ["coffee.lukewarm"]
    assert found["coffee.lukewarm"].issue_id == COLD.issue_id == item.issue_id
    with bench.app.store.reading() as uow:
        negatives = uow.histories.negatives_by_day(NOON.date())
        evidence = uow.codings.voices_of(COLD.issue_id, NOON, 99)
    assert {row.issue_id for row in negatives} == {COLD.issue_id}
    assert len(evidence) == 9
    days = {day for theme, day in scores(bench) if theme == "coffee.lukewarm"}
    assert len(days) == 9
    assert "coffee.cold" not in {theme for theme, _ in scores(bench)}
    assert bench.ledger_holds()
    for key in (COLD.issue_id, item.item_id):
        told = "Before codeframe version 2 its theme was called coffee.cold"
        assert told in explained(bench, key)


def test_verdicts_see_one_unbroken_series_of_a_renamed_theme(desk, speak):
    speak(desk, complaints())
    rename(desk)
    later(desk, speak)

    for metric in (Metric.MEAN, Metric.NEGATIVE):
        with desk.app.store.reading() as uow:
            rows = list(panel_rows(uow, metric, NOON.date()))
        assert {row.unit for row in rows if row.n} == {COLD.issue_id}
    assert changes(desk) == []


def test_the_overlap_is_coded_twice_counted_once_and_crossed_once(desk, speak):
    speak(desk, complaints())
    rename(desk)
    later(desk, speak)

    rows = desk.rows()
    assert len(rows["second_coding"]) == 8
    assert len(rows["coding"]) == 9
    assert desk.ledger_holds()
    found = only_bridge(desk)
    assert (found.n_feedback, found.n_disagree, found.holds) == (8, 0, True)
    assert found.disagreement.high > found.disagreement.value == 0

    speak(desk, [])
    assert desk.rows() == rows


def test_merged_themes_become_one_issue_with_all_items(desk, speak):
    queue = IssueKey(theme="queue", touchpoint="counter", unit="南门店")
    speak(desk, complaints(4) + complaints(4, "排队太久", start=50, until=NOON - DAY))
    first = open_item(desk, "ai_1")
    second = open_item(desk, "ai_2", key=queue)
    merge(desk)
    later(desk, speak, "排队太久，咖啡凉了")

    (issue,) = issues(desk).values()
    assert issue.theme == "trouble"
    assert {desk.item(i.item_id).issue_id for i in (first, second)} == {issue.issue_id}
    with desk.app.store.reading() as uow:
        negatives = uow.histories.negatives_by_day(NOON.date())
    assert sum(row.n for row in negatives) == 9
    assert {theme for theme, _ in scores(desk)} == {"trouble"}
    gone = COLD if issue.issue_id == queue.issue_id else queue
    assert f"go on as issue {issue.issue_id}" in explained(desk, gone.issue_id)
    assert desk.ledger_holds()


def test_parts_of_a_split_theme_get_their_share_of_its_past(bench, speak):
    speak(bench, complaints(6) + complaints(2, "拿铁凉透了", start=50))
    split(bench)
    later(bench, speak, "拿铁凉透了，又来")

    latte = IssueKey(theme="coffee.latte", touchpoint="counter", unit="南门店")
    (figure,) = (f for f in only_bridge(bench).figures if f.kind == "split")
    assert figure.shares == {"coffee.latte": 0.25, "coffee.black": 0.75}
    with bench.app.store.reading() as uow:
        past = before_split(uow, NOON.date())
    assert sum(past[latte].values()) == 2


def test_an_item_on_a_split_theme_is_measured_on_the_sum_of_its_parts(desk, speak):
    speak(desk, complaints(6) + complaints(2, "拿铁凉透了", start=50))
    open_item(desk)
    split(desk)
    later(desk, speak, "拿铁凉透了，又来")

    with desk.app.store.reading() as uow:
        rows = list(panel_rows(uow, Metric.NEGATIVE, NOON.date()))
        stars = list(panel_rows(uow, Metric.MEAN, NOON.date()))
    assert sum(row.total for row in rows if row.unit == COLD.issue_id) == 9
    assert sum(row.n for row in stars if row.unit == COLD.issue_id) == 9


def test_a_bridge_that_does_not_hold_says_so_and_blocks_verdicts(desk, speak):
    speak(desk, complaints(6) + complaints(6, "店员不理人", start=50))
    change(desk, "", ("keywords: [店员, 服务员]", "keywords: [收银员]"))
    later(desk, speak)

    found = only_bridge(desk)
    assert found.disagreement.value == 0.5
    assert not found.holds
    (staff,) = (f for f in found.figures if f.old == ("staff",))
    assert (staff.n, staff.n_disagree) == (6, 6)
    assert changes(desk) == [NOON.date()]


def test_a_theme_that_a_good_bridge_fails_blocks_its_own_verdicts_only(desk, speak):
    staff = IssueKey(theme="staff", touchpoint="counter", unit="南门店")
    speak(desk, complaints(27) + complaints(3, "店员不理人", start=50))
    change(desk, "", ("keywords: [店员, 服务员]", "keywords: [收银员]"))
    later(desk, speak)

    assert only_bridge(desk).holds
    with desk.app.store.reading() as uow:
        facts = circumstances(uow, NOON.date())
    assert facts.redefined(staff.issue_id) == (NOON.date(),)
    assert facts.redefined(COLD.issue_id) == ()


def test_without_a_bridge_a_new_version_blocks_verdicts(desk, speak):
    speak(desk, complaints())
    desk.rewrite("codeframe.yaml", 'version: "1"', 'version: "2"')
    later(desk, speak)

    assert changes(desk) == [NOON.date()]


def test_the_report_shows_the_error_of_a_bridge_and_of_each_theme(desk, speak):
    speak(desk, complaints(6) + complaints(6, "店员不理人", start=50))
    change(desk, "", ("keywords: [店员, 服务员]", "keywords: [收银员]"))
    later(desk, speak)

    with desk.run(flow="report") as context:
        written = write_report(context)
    report = json.loads(Path(written["json"]).read_text(encoding="utf-8"))
    (found,) = report["assurance"]["bridges"]
    assert (found["crossed_on"], found["n"], found["error"]) == ("2026-03-12", 12, 0.5)
    assert {move["old"][0]: move["n_disagree"] for move in found["moves"]} == {
        "coffee": 0, "coffee.cold": 0, "queue": 0, "safety": 0, "staff": 6,
    }  # fmt: skip


def test_a_bridge_over_an_empty_overlap_proves_nothing(desk, speak):
    speak(desk, complaints(3, until=NOON - 90 * DAY))
    rename(desk)
    later(desk, speak)

    found = only_bridge(desk)
    assert (found.disagreement, found.holds) == (None, False)


def test_trends_go_on_over_several_bridges(desk, speak):
    speak(desk, complaints())
    rename(desk)
    later(desk, speak)
    desk.rewrite("codeframe.yaml", "id: coffee.lukewarm", "id: coffee.tepid")
    desk.rewrite(
        "codeframe.yaml",
        'version: "2"\nbridges:\n',
        'version: "3"\nbridges:\n  - {from_version: "2", to_version: "3", moves: '
        "[{old: [coffee.lukewarm], new: [coffee.tepid]}]}\n",
    )
    later(desk, speak, number="100")
    desk.rewrite("codeframe.yaml", "id: coffee.tepid", "id: coffee.cool")
    desk.rewrite(
        "codeframe.yaml",
        'version: "3"\nbridges:\n',
        'version: "4"\nbridges:\n  - {from_version: "3", to_version: "4", moves: '
        "[{old: [coffee.tepid], new: [coffee.cool]}]}\n",
    )
    later(desk, speak, number="101")

    assert list(issues(desk)) == ["coffee.cool"]
    assert issues(desk)["coffee.cool"].issue_id == COLD.issue_id
    assert {theme for theme, _ in scores(desk)} == {"coffee.cool"}
    assert changes(desk) == []
    with desk.app.store.reading() as uow:
        bridges = uow.codeframes.bridges()
    assert [row.n_feedback for row in bridges] == [8, 9, 10]
    assert all(row.n_disagree == 0 for row in bridges)


def test_a_name_used_again_begins_an_issue_of_its_own(desk, speak):
    speak(desk, complaints())
    rename(desk)
    later(desk, speak)
    desk.rewrite(
        "codeframe.yaml",
        "  - id: staff",
        "  - id: coffee.cold\n    name: {zh: 冷萃, en: Cold brew}\n"
        "    negative: [冷萃太淡]\n  - id: staff",
    )
    desk.rewrite("codeframe.yaml", 'version: "2"\nbridges', 'version: "3"\nbridges')
    later(desk, speak, "冷萃太淡", number="100")

    found = issues(desk)
    assert found["coffee.lukewarm"].issue_id == COLD.issue_id
    assert found["coffee.cold"].issue_id != COLD.issue_id
    assert desk.ledger_holds()


def test_other_words_under_the_same_version_are_not_used(desk, speak):
    speak(desk, complaints())
    desk.rewrite("codeframe.yaml", "negative: [咖啡凉了, ", "negative: [咖啡温吞, ")

    with desk.app.running("understand", NOON) as run:
        kept = run.context.rulebook.codeframe
    assert "咖啡凉了" in kept.by_id["coffee.cold"].negative
    assert any("still called version '1'" in each for each in run.alarms)


def test_a_crash_within_the_overlap_leaves_nothing_half_done(desk, speak):
    speak(desk, complaints(4) + complaints(4, "拿铁凉透了", start=50))
    merge(desk)
    limit = "huixiang.steps.coding.bridge._cross"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limit, _fail)
        with pytest.raises(RuntimeError):
            later(desk, speak)
    later(desk, speak, number="100")

    assert only_bridge(desk).n_feedback == 8
    assert desk.ledger_holds()


def _fail(*_):
    raise RuntimeError("power cut")

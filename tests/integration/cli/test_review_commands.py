"""The reviewer's commands: keys over a plain pipe, files out and in, agreement."""

import contextlib
import csv
import io

import pytest

from huixiang.clock import utc_now
from huixiang.domain.run import Lane
from huixiang.steps.runs.lease import acquire, release
from tests.workbench import NOON, Said

COLD, LAMP = "端上来的咖啡凉了", "停车场的灯坏了"


@pytest.fixture
def doubtful(bench):
    """A cold coffee with five stars, and words that no theme fits."""
    bench.hear(
        [
            Said(number="1", at=NOON, stars=5),
            Said(number="2", at=NOON, theme=None, words=LAMP, stars=4),
        ]
    )
    return bench


@pytest.fixture
def keys(monkeypatch, huixiang):
    """Review with these keys, one to a line, as somebody else may."""

    def press(*lines, reviewer="小王", more=()):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{k}\n" for k in lines)))
        return huixiang("review", "--reviewer", reviewer, *more)

    return press


def codings(bench, number):
    with bench.app.store.reading() as uow:
        return [
            (each.theme, each.polarity.value, each.coder_id)
            for each in uow.codings.of_feedback(f"fb_{number}")
        ]


def test_the_list_says_why_and_what_it_is_worth_to_somebody_with_a_name(
    doubtful, huixiang
):
    ended = huixiang("review", "list", "--reviewer", "小王", "--json")

    first, second = ended.json
    assert {first["feedback"], second["feedback"]} == {"fb_1", "fb_2"}
    assert first["score"] >= second["score"]
    by_id = {row["feedback"]: row for row in ended.json}
    assert by_id["fb_1"]["reasons"] == ["rating_disagrees"]
    assert by_id["fb_2"]["reasons"] == ["no_theme"]
    assert by_id["fb_1"]["codings"][0]["theme"] == "coffee.cold"

    unsaid = huixiang("review", "list")
    assert unsaid.code == 2
    assert "--reviewer NAME, or set HUIXIANG_REVIEWER" in unsaid.err


def test_theme_and_polarity_are_changed_by_key(doubtful, keys):
    ended = keys("p", "p", "t", "店员", "", "s", more=("--reason", "rating_disagrees"))

    assert ended.code == 0
    assert f"【{COLD}】" in ended.out
    assert codings(doubtful, 1) == [("staff", "positive", "小王")]


def test_nothing_here_and_a_theme_that_was_missing_said_in_english(
    doubtful, keys, monkeypatch
):
    keys("n", "a", more=("--reason", "rating_disagrees"))
    monkeypatch.setenv("HUIXIANG_LANGUAGE", "en")
    ended = keys("+", "Queue", "a", more=("--reason", "no_theme"))
    assert "Enter/a accept" in ended.out
    assert "Queue (queue) · negative" in ended.out

    assert codings(doubtful, 1) == []
    assert codings(doubtful, 2) == [("queue", "negative", "小王")]
    assert doubtful.ledger_holds()


def test_undo_takes_back_the_change_then_the_decision_before(doubtful, keys):
    ended = keys("s", "u", "n", "u", "a", "u", "q")

    assert "已撤销" in ended.out
    found = {number: codings(doubtful, number) for number in (1, 2)}
    assert found == {1: [("coffee.cold", "negative", "keyword")], 2: []}
    assert doubtful.ledger_holds()


@contextlib.contextmanager
def elsewhere_running(bench):
    """Let another machine hold the right to write."""
    with bench.app.store.transaction("acquire") as uow:
        lease = acquire(
            uow,
            lane=Lane.WRITER,
            holder="elsewhere:1:2",
            now=utc_now(),
            is_dead=lambda _: False,
        )
    yield
    with bench.app.store.transaction("release") as uow:
        release(uow, lease, utc_now())


def test_while_the_loop_runs_a_review_is_kept_and_takes_effect_later(
    doubtful, keys, huixiang
):
    with elsewhere_running(doubtful):
        ended = keys("n", "a", more=("--reason", "rating_disagrees"))
        assert ended.code == 0
        assert codings(doubtful, 1) == [("coffee.cold", "negative", "keyword")]

    assert huixiang("run", "understand", "--direct").code == 0
    assert codings(doubtful, 1) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_goes_out_comes_back_and_counts_once(doubtful, huixiang, tmp_path, kind):
    path = tmp_path / f"queue.{kind}"
    huixiang("review", "export", path, "--reviewer", "小王")
    fill(path, {"cd_1": {"decision": "ok", "polarity": "正面"}})

    first = huixiang("review", "import", path, "--reviewer", "小王", "--json")
    again = huixiang("review", "import", path, "--reviewer", "小王", "--json")

    assert (first.code, first.json["new"], again.json["new"]) == (0, 1, 0)
    assert codings(doubtful, 1) == [("coffee.cold", "positive", "小王")]
    assert doubtful.ledger_holds()


def fill(path, changes, *, more=()):
    """Fill the file in as a person at a spreadsheet does."""
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path)
        sheet = book.worksheets[0]
        names = [cell.value for cell in sheet[1]]
        for line in sheet.iter_rows(min_row=2):
            for name, value in changes.get(line[1].value, {}).items():
                line[names.index(name)].value = value
        book.save(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(changes.get(row["coding_id"] or row["feedback_id"], {}))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows([*rows, *more])


@pytest.fixture
def exported(doubtful, huixiang, tmp_path):
    path = tmp_path / "queue.csv"
    huixiang("review", "export", path, "--reviewer", "小王")
    return path


def line_of(path, key):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(n for n, line in enumerate(file, start=1) if key in line)


def test_a_wrong_line_is_named_and_the_others_count(doubtful, huixiang, exported):
    fill(
        exported,
        {
            "cd_1": {"decision": "ok"},
            "fb_2": {"decision": "ok", "theme": "weather", "polarity": "negative"},
        },
    )
    ended = huixiang("review", "import", exported, "--reviewer", "小王")

    assert ended.code == 1
    assert f"line {line_of(exported, 'fb_2')}: no theme 'weather'" in ended.err
    assert codings(doubtful, 1) == [("coffee.cold", "negative", "小王")]
    assert codings(doubtful, 2) == []


def test_a_file_that_is_something_else_is_refused(huixiang, bench, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    ended = huixiang("review", "import", path, "--reviewer", "小王")
    assert ended.code == 2
    assert "no column 'feedback_id'" in ended.err

    assert huixiang("review", "export", tmp_path / "q.txt", "--reviewer", "x").code == 2


def test_agreement_is_measured_where_two_have_looked(doubtful, keys, huixiang):
    keys("a", "a")  # fb_2 is one of those that a second person sees
    keys("+", "排队", "a", reviewer="小李")
    found = huixiang("review", "agreement", "--json").json

    assert [each["head"] for each in found] == ["themes"]
    assert found[0]["reviewers"] == ["小李", "小王"]
    assert huixiang("review", "agreement").code == 0


def test_explain_names_the_reviewer_and_what_gave_way_until_it_is_withdrawn(
    doubtful, keys, huixiang
):
    keys("t", "店员", "a", more=("--reason", "rating_disagrees"))
    told = huixiang("explain", "fb_1").out
    assert "小王 复核 fb_1" in told
    assert "原编码 cd_1" in told

    assert "coffee.cold，负面" in huixiang("explain", "cd_1").out
    with doubtful.app.store.reading() as uow:
        issue = uow.reviews.superseded("cd_1").issue_id
    assert "不因此改动" in huixiang("explain", issue).out

    with doubtful.app.store.reading() as uow:
        (review,) = uow.reviews.live()
    assert huixiang("review", "withdraw", review.review_id).code == 0
    assert codings(doubtful, 1) == [("coffee.cold", "negative", "keyword")]
    assert huixiang("review", "withdraw", "rv_none").code == 1

"""Plain files in, plain files out; a bad file is refused with its line."""

import csv
import datetime as dt

import numpy as np
import pytest

from huixiang.domain.proof.verdict import Metric
from huixiang.errors import SourceError
from huixiang.steps.verify.csv_files import judge_files, read_actions, read_scores

HEADER = "unit_id,department,theme,date,score,negative,channel\n"
ACTIONS = "action_id,unit_id,opened_at,resolved_at\n"


def score_rows(n_units=4, n_days=200, per_day=3, seed=2):
    """Return rows of a panel in which unit u0 gains a star on day 120."""
    rng = np.random.default_rng(seed)
    first = dt.date(2025, 1, 1)
    rows = []
    for day in range(n_days):
        for unit in range(n_units):
            gain = 1 if unit == 0 and day >= 120 else 0
            for score in np.clip(rng.integers(2, 5, per_day) + gain, 1, 5):
                on = first + dt.timedelta(days=day)
                rows.append(f"u{unit},d,t,{on},{score},{int(score < 3)},app\n")
    return rows


@pytest.fixture
def files(tmp_path):
    scores, actions = tmp_path / "scores.csv", tmp_path / "actions.csv"
    scores.write_text(HEADER + "".join(score_rows()))
    actions.write_text(
        ACTIONS + "A1,u0,2025-04-15,2025-05-01\nA2,u1,2025-04-15,\n", encoding="utf-8"
    )
    return scores, actions, tmp_path / "verdicts.csv"


def verdicts(path):
    return {
        row["action_id"]: row for row in csv.DictReader(path.read_text().splitlines())
    }


def test_every_action_gets_a_row(files):
    assert judge_files(*files, metric="mean") == 2
    found = verdicts(files[2])
    assert found["A1"]["verdict"] == "improved"
    assert found["A2"]["reason"] == "not_resolved"
    assert found["A2"]["effect"] == ""


def test_the_same_files_give_the_same_bytes(files):
    judge_files(*files)
    first = files[2].read_bytes()
    judge_files(*files)
    assert files[2].read_bytes() == first


def test_a_past_date_sees_nothing_later(files):
    judge_files(*files, as_of=dt.date(2025, 5, 3))
    found = verdicts(files[2])["A1"]
    assert (found["reason"], found["as_of"]) == ("following", "2025-05-03")


@pytest.mark.parametrize("metric", ["top_box", "nps", "negative", "bottom_box"])
def test_other_metrics_are_judged_from_the_same_file(files, metric):
    judge_files(*files, metric=metric)
    effect = float(verdicts(files[2])["A1"]["effect"])
    assert (effect < 0) is (metric in {"negative", "bottom_box"})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("u0,d,t,2025-01-01,good,0,app\n", r"scores.csv:602: score is 'good'"),
        ("u0,d,t,01.02.2025,3,0,app\n", r"scores.csv:602: date is '01.02.2025'"),
        ("u0,d,t,,3,0,app\n", r"scores.csv:602: date is empty"),
        (",d,t,2025-01-01,3,0,app\n", r"scores.csv:602: unit_id is empty"),
        ("u0,d,t,2025-01-01,,0,app\n", r"scores.csv:602: score is empty"),
    ],
)
def test_a_bad_score_names_its_line(files, line, message):
    rows = score_rows(n_units=1)
    assert len(rows) == 600
    files[0].write_text(HEADER + "".join(rows) + line)
    with pytest.raises(SourceError, match=message):
        judge_files(*files)


def test_a_missing_column_is_named(files):
    files[0].write_text("unit_id,date\nu0,2025-01-01\n")
    with pytest.raises(SourceError, match=r"scores.csv:1: column score is missing"):
        read_scores(files[0])


def test_a_flag_that_is_no_flag_is_refused(files):
    files[0].write_text(HEADER + "u0,d,t,2025-01-01,3,2,app\n")
    with pytest.raises(SourceError, match="not 0 or 1"):
        read_scores(files[0], Metric.NEGATIVE)


def test_a_file_with_only_names_is_refused(files):
    files[0].write_text(HEADER)
    with pytest.raises(SourceError, match="no feedback in it"):
        read_scores(files[0])


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_scores(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    "line",
    ["A1,u0,2025-04-15,2025-04-01\n", "A1,u0,soon,\n", "A1,u0,,2025-04-01\n"],
)
def test_a_bad_action_names_its_line(files, line):
    files[1].write_text(ACTIONS + line)
    with pytest.raises(SourceError, match=r"actions.csv:2: "):
        read_actions(files[1])


def test_scores_of_an_eleven_point_scale_are_recognised(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text(
        HEADER + "".join(f"u,d,t,2025-01-01,{k},0,app\n" for k in (10, 9, 7, 3))
    )
    assert read_scores(path, Metric.NPS).total.sum() == 1
    assert read_scores(path, Metric.TOP_BOX).total.sum() == 1
    assert read_scores(path, Metric.BOTTOM_BOX).total.sum() == 1


def rate_file(path, rows):
    path.write_text("unit_id,date,negative,exposure\n" + rows, encoding="utf-8")
    return read_scores(path, Metric.COMPLAINT_RATE)


def test_exposure_may_stand_beside_the_complaints_or_in_a_row_of_its_own(tmp_path):
    beside = rate_file(tmp_path / "a.csv", "u,2025-01-01,2,500\nu,2025-01-02,0,400\n")
    apart = rate_file(
        tmp_path / "b.csv",
        "u,2025-01-01,1,0\nu,2025-01-01,1,0\nu,2025-01-01,0,500\nu,2025-01-02,0,400\n",
    )
    assert beside.n.tolist() == apart.n.tolist() == [[[500.0], [400.0]]]
    assert beside.total.tolist() == apart.total.tolist() == [[[2.0], [0.0]]]
    assert beside.squares.tolist() == apart.squares.tolist() == [[[2.0], [0.0]]]


def test_many_complaints_of_one_contact_are_one_event(tmp_path):
    panel = rate_file(tmp_path / "a.csv", "u,2025-01-01,3,1\n")
    assert (panel.total.sum(), panel.squares.sum()) == (3.0, 9.0)


def test_without_exposure_every_row_is_one_contact(files):
    panel = read_scores(files[0], Metric.COMPLAINT_RATE)
    assert panel.n.sum() == read_scores(files[0], Metric.NEGATIVE).n.sum()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("u,2025-01-01,-1,10\n", "a.csv:2: negative is '-1', but it cannot be below 0"),
        ("u,2025-01-01,1,-5\n", "a.csv:2: exposure is '-5', but it cannot be below 0"),
        ("u,2025-01-01,1,\n", "a.csv:2: exposure is empty, but it must be a number"),
    ],
)
def test_a_bad_count_or_exposure_is_refused_with_its_line(tmp_path, row, message):
    with pytest.raises(SourceError, match=message):
        rate_file(tmp_path / "a.csv", row)

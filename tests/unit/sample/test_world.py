"""The generator: the same again, closed in a loop, five shapes, dirt that is counted."""

import codecs
import csv
import datetime as dt
import io
import itertools
import json
import re
import statistics
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from huixiang.domain.records.feedback import BOUNDS, RatingScale
from huixiang.sample.landscape import Fix, grounds
from huixiang.sample.shapes import SHAPES, on_scale
from huixiang.sample.story import BURST, DEAD_FEED, OLD_TEMPLATE, STORY, Planted, Truth
from huixiang.sample.timeline import END, N_DAYS, START, day, periods, run_times
from huixiang.sample.voice import Voice
from huixiang.sample.world import World

SEED = 7
PREFIXES = {
    "survey_2",
    "survey_old",
    "appstore_",
    "callcenter_",
    "community_",
    "complaints_",
}


def fix_of(planted: Planted, on: dt.date) -> Fix:
    key = planted.key
    return Fix(
        theme=key.theme, touchpoint=key.touchpoint, unit=key.unit, resolved_on=on
    )


def contents(paths: list[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def voices() -> list[Voice]:
    return list(World(SEED).voices(START, END))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    World(SEED).write_period(folder, START, END)
    return folder


def felt(voices: list[Voice], planted: Planted, first: int, last: int) -> float:
    """Return the mean felt rating about a planted issue from day to day."""
    about = (
        voice.felt
        for voice in voices
        if voice.key == planted.key
        and day(first) <= voice.said_at.date() < day(last)
        and voice.felt is not None
    )
    return statistics.fmean(about)


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    one = World(SEED).write_period(tmp_path / "a", day(55), day(70))
    two = World(SEED).write_period(tmp_path / "b", day(55), day(70))
    assert contents(one) == contents(two)


def test_another_seed_is_another_world(tmp_path: Path) -> None:
    one = World(SEED).write_period(tmp_path / "a", day(0), day(25))
    two = World(SEED + 1).write_period(tmp_path / "b", day(0), day(25))
    assert contents(one).keys() == contents(two).keys()
    assert all(contents(one)[name] != data for name, data in contents(two).items())


def test_a_day_does_not_depend_on_the_period_it_is_written_in() -> None:
    alone = list(World(SEED).voices(day(12), day(13)))
    within = World(SEED).voices(day(10), day(15))
    assert alone == [each for each in within if each.said_at.date() == day(12)]
    assert alone


def test_a_fix_changes_nothing_before_its_day_and_its_issue_from_then_on() -> None:
    planted = next(each for each in STORY if each.truth is Truth.WORKED)
    fix = fix_of(planted, day(90))
    world = World(SEED)
    before = list(world.voices(day(85), day(90), [fix]))
    assert before == list(world.voices(day(85), day(90)))
    left = list(world.voices(day(90), day(104)))
    fixed = list(world.voices(day(90), day(104), [fix]))
    assert [v for v in left if v.key != planted.key] == [
        v for v in fixed if v.key != planted.key
    ]
    gain = felt(fixed, planted, 90, 104) - felt(left, planted, 90, 104)
    assert gain == pytest.approx(planted.effect, abs=0.1)


@pytest.mark.parametrize("planted", STORY, ids=lambda each: each.key.theme)
def test_every_planted_issue_dips_at_its_onset(
    voices: list[Voice], planted: Planted
) -> None:
    onset = planted.onset_day
    usual = felt(voices, planted, 0, onset)
    assert felt(voices, planted, onset, onset + 12) < usual + planted.dip + 0.7


def test_the_dip_that_heals_by_itself_is_over_before_anybody_fixes_it(
    voices: list[Voice],
) -> None:
    planted = next(each for each in STORY if each.truth is Truth.NOTHING)
    assert planted.heals_on_day is not None
    assert planted.effect == 0
    usual = felt(voices, planted, 0, planted.onset_day)
    healed = felt(voices, planted, planted.heals_on_day, N_DAYS)
    assert healed > usual + planted.scar - 0.3


def test_what_was_planted_is_there() -> None:
    truths = Counter(each.truth for each in STORY)
    assert truths[Truth.WORKED] >= 3
    assert set(truths) == set(Truth)
    assert all(
        each.effect > 0 > each.dip for each in STORY if each.truth is Truth.WORKED
    )
    assert all(each.effect < 0 for each in STORY if each.truth is Truth.WORSE)


def test_each_issue_is_told_with_both_polarities_before_and_after_its_fix() -> None:
    world, fixes = World(SEED), [fix_of(each, day(116)) for each in STORY]
    for first, last in ((60, 88), (116, 144)):
        said = list(world.voices(day(first), day(last), fixes))
        for planted in STORY:
            signs = {voice.sign for voice in said if voice.key == planted.key}
            died = planted.truth is Truth.UNKNOWABLE and first > 100
            assert signs == set() if died else signs >= {"-", "+"}


def test_the_dead_feed_never_delivers_again(voices: list[Voice]) -> None:
    days = [v.said_at.date() for v in voices if v.source == DEAD_FEED.source]
    assert max(days) == day(DEAD_FEED.last_day)
    others = {v.source for v in voices if v.said_at.date() > max(days)}
    assert others == set(SHAPES) - {DEAD_FEED.source}


def test_the_dead_feed_carries_nothing_that_others_are_judged_by(
    voices: list[Voice],
) -> None:
    touchpoints = {v.key.touchpoint for v in voices if v.source == DEAD_FEED.source}
    assert touchpoints == {"app"}


def test_the_burst_is_one_text_many_times(voices: list[Voice]) -> None:
    texts = Counter(v.told.text for v in voices if v.said_at.date() == day(BURST.day))
    assert texts.most_common(1)[0][1] >= BURST.copies


def test_volume_is_about_what_the_grounds_promise(voices: list[Voice]) -> None:
    dead_days = N_DAYS - DEAD_FEED.last_day - 1
    expected = sum(
        each.per_day * (dead_days if each.key.touchpoint == "app" else 0) * -1
        + each.per_day * N_DAYS
        for each in grounds()
    )
    assert len(voices) == pytest.approx(expected + BURST.copies, rel=0.05)
    assert 7_500 < len(voices) < 9_500


def test_files_appear_whole_and_under_names_the_sources_look_for(inbox: Path) -> None:
    names = [path.name for path in inbox.iterdir()]
    assert not [name for name in names if name.endswith(".part")]
    assert {
        prefix for prefix in PREFIXES if any(n.startswith(prefix) for n in names)
    } == PREFIXES


def test_the_five_sources_differ_in_format_and_encoding(inbox: Path) -> None:
    survey = next(inbox.glob("survey_2*.csv")).read_bytes()
    assert "意见与建议".encode("gb18030") in survey
    assert "意见与建议".encode() not in survey
    community = next(inbox.glob("community_*.csv")).read_bytes()
    assert community.startswith(codecs.BOM_UTF8)
    letters = next(inbox.glob("complaints_*.tsv")).read_bytes()
    assert letters.startswith(codecs.BOM_UTF16_LE)
    assert "信件编号\t收到日期" in letters.decode("utf-16")
    reviews = next(inbox.glob("appstore_*.jsonl")).read_text("utf-8")
    assert {"stars", "body"} <= json.loads(reviews.splitlines()[0]).keys()


def test_the_workbook_holds_real_dates_and_numbers(inbox: Path) -> None:
    book = load_workbook(next(inbox.glob("callcenter_*.xlsx")), read_only=True)
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    moments = [row[header.index("来电时间")] for row in rows]
    assert sum(isinstance(each, dt.datetime) for each in moments) > 0.95 * len(rows)
    scores = {row[header.index("推荐意愿")] for row in rows}
    assert {0, 10, None} <= scores


def test_the_workbook_does_not_tell_when_it_was_written(inbox: Path) -> None:
    with zipfile.ZipFile(next(inbox.glob("callcenter_*.xlsx"))) as archive:
        stamps = {each.date_time for each in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()
    assert stamps == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}


def test_rating_scales_differ_and_ratings_stay_inside() -> None:
    for scale in RatingScale:
        low, high = BOUNDS[scale]
        assert (on_scale(-3, scale), on_scale(9, scale)) == (low, high)
        assert on_scale(None, scale) is None
    assert on_scale(3, RatingScale.CSAT) == 3
    assert on_scale(3, RatingScale.NPS) == 5


def test_dirt_of_every_kind_lies_among_the_rows(inbox: Path) -> None:
    data = b"".join(path.read_bytes() for path in sorted(inbox.glob("survey_2*.csv")))
    with pytest.raises(UnicodeDecodeError):
        data.decode("gb18030")
    rows = list(csv.DictReader(io.StringIO(data.decode("gb18030", "replace"))))
    texts = [row["意见与建议"] for row in rows]
    assert "" in texts
    assert any(row["总体评分"] not in {"", "1", "2", "3", "4", "5"} for row in rows)
    assert any(not row["提交时间"].startswith("2026/") for row in rows)
    numbers = Counter(row["答卷编号"] for row in rows)
    assert numbers.most_common(1)[0][1] > 1


def test_the_old_template_arrives_once_with_other_headers(inbox: Path) -> None:
    (stray,) = inbox.glob("survey_old_template_*.csv")
    rows = list(csv.DictReader(io.StringIO(stray.read_bytes().decode("gb18030"))))
    assert len(rows) == OLD_TEMPLATE.rows
    assert "意见与建议" not in rows[0]


def test_the_loop_runs_a_handful_of_times_and_periods_leave_no_gap() -> None:
    spans = periods()
    assert len(spans) == len(run_times()) <= 9
    assert spans[0][0] == START
    assert spans[-1][1] == END
    assert all(one[1] == two[0] for one, two in itertools.pairwise(spans))
    assert all(each.utcoffset() == dt.timedelta(0) for each in run_times())

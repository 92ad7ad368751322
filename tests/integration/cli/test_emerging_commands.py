"""The commands about what is new: tables, JSON, decisions, exit codes."""

from datetime import timedelta

import pytest

from huixiang.domain.coding.codeframe import Polarity
from tests.workbench import NOON
from tests.workbench import Said as _Said

USUAL = ["拿铁好喝", "店员热情", "排队很快", "座位舒服", "音乐好听", "甜点精致"]
AS_OF = ("--as-of", NOON.isoformat())


def said(number, age, words, **more):
    return _Said(
        number=f"{number:04}", at=NOON - timedelta(days=age),
        words=f"{words}，{number * 7919 % 100003}桌",
        **{"theme": "staff", "polarity": Polarity.POSITIVE, "stars": 5, **more},
    )  # fmt: skip


@pytest.fixture
def cafe(bench):
    """A café where face recognition is news and cold coffee is hot."""
    faces = ["人脸识别总失败", "门口人脸识别过不去", "戴帽子人脸识别不认"]
    bench.hear(
        [
            *(said(n, n // 3 + 1, USUAL[n % 6]) for n in range(120)),
            *(said(900 + n, 1 + n % 12, faces[n % 3], theme=None) for n in range(8)),
            *(
                said(
                    800 + n,
                    1,
                    "咖啡凉了",
                    theme="coffee.cold",
                    polarity=Polarity.NEGATIVE,
                )
                for n in range(9)
            ),
        ]
    )
    return bench


def test_news_is_listed_accepted_and_gone(huixiang, cafe):
    listed = huixiang("codeframe", "emerging", *AS_OF, "--json")
    (found,) = listed.json
    assert (listed.code, found["n"]) == (0, 8)
    assert "人脸识别" in found["quotes"][0]
    assert found["proposal_id"] in huixiang("codeframe", "emerging", *AS_OF).out

    names = ("--theme-id", "face", "--name-zh", "人脸识别", "--name-en", "Face")
    accepted = huixiang("codeframe", "accept", found["proposal_id"], *names)
    assert accepted.code == 0
    assert "1 → 2" in accepted.out
    assert "rules backtest" in accepted.out
    assert huixiang("check").code == 0
    assert huixiang("codeframe", "emerging", *AS_OF, "--json").json == []


def test_a_dismissed_proposal_is_gone(huixiang, cafe):
    (found,) = huixiang("codeframe", "emerging", *AS_OF, "--json").json
    key = found["proposal_id"]
    assert "人脸识别" in huixiang("explain", key).out
    assert huixiang("codeframe", "dismiss", key, "--reason", "不归我们").code == 0
    assert huixiang("codeframe", "emerging", *AS_OF, "--json").json == []
    assert huixiang("codeframe", "dismiss", key, "--reason", "again").code == 2
    assert "不归我们" in huixiang("explain", key).out
    assert huixiang("codeframe", "dismiss", "et_none", "--reason", "x").code == 1


def test_hot_issues_are_listed_with_their_heat(huixiang, cafe):
    (found,) = huixiang("hot", *AS_OF, "--json").json
    assert (found["theme"], found["n"]) == ("coffee.cold", 9)
    assert 0 < found["heat"]["index"] < 100
    assert "咖啡凉了" in huixiang("hot", *AS_OF).out
    assert huixiang("hot", "--as-of", "2026-01-20T00:00:00Z", "--json").json == []


@pytest.mark.parametrize("command", [("codeframe", "emerging"), ("hot",)])
def test_nothing_new_is_said_in_a_sentence(huixiang, cafe, command):
    printed = huixiang(*command, "--as-of", "2026-01-20T00:00:00Z")
    assert printed.code == 0
    assert "None in the " in printed.out


def test_insights_are_printed_for_people_and_for_programs(huixiang, cafe):
    found = huixiang("insights", *AS_OF, "--json").json
    assert found["n_feedbacks"] == 137
    assert {each["theme"] for each in found["needs"]} == {"staff", "coffee.cold"}
    printed = huixiang("insights", *AS_OF)
    assert printed.code == 0
    for title in ("需求层级", "驱动因素", "旅程情绪", "期望与感知", "费力度"):
        assert title in printed.out


@pytest.mark.parametrize(
    "command", [("codeframe", "emerging"), ("hot",), ("insights",)]
)
def test_a_window_of_no_days_is_wrong_use(huixiang, bench, command):
    assert huixiang(*command, "--days", "0").code == 2

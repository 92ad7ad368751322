"""The sample airport from end to end: every planted truth is found."""

import pytest

from huixiang.app import App, open_app
from huixiang.cli.demo import play
from huixiang.sample.story import Truth
from huixiang.sample.truths import JudgedFix, findings
from tests.environment import unchanged_environment

SEED = 7  # not the demo's own


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> App:
    """Play the whole demo once, with a real OA and its callbacks."""
    home = tmp_path_factory.mktemp("demo") / "airport"
    with unchanged_environment():
        play(home, seed=SEED, direct=True)
    return open_app(home)


def test_every_planted_truth_is_found(demo):
    found = list(findings(demo))
    assert len(found) >= 6
    assert [each for each in found if not each.is_right] == []


def test_a_fix_that_did_nothing_would_have_fooled_a_plain_comparison(demo):
    (idle,) = [each for each in findings(demo) if each.truth is Truth.NOTHING]
    assert idle.plain == "improved"
    assert idle.verdict != "improved"


def test_the_ledger_of_the_whole_story_adds_up(demo):
    with demo.store.reading() as uow:
        assert uow.ledgers.read().broken == ()


@pytest.mark.parametrize(
    ("verdict", "plain", "right"),
    [
        ("not_improved", "improved", True),
        ("improved", "improved", False),
        ("not_improved", "not_improved", False),
    ],
)
def test_an_idle_fix_counts_only_where_it_fooled_the_plain_eye(verdict, plain, right):
    finding = JudgedFix(theme="x", truth=Truth.NOTHING, verdict=verdict, plain=plain)
    assert finding.is_right is right

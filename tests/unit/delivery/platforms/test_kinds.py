"""Platforms of other packages are found by entry point; a bad one is named."""

from importlib.metadata import EntryPoint

import pytest

from huixiang.delivery.platforms.kinds import GROUP, PLATFORMS, with_entry_points
from huixiang.errors import ConfigurationError
from tests.pager import PLATFORM, Pager


def entry(name, value):
    return EntryPoint(name=name, value=value, group=GROUP)


def test_ours_are_named_by_their_own_kind():
    assert {kind: each.kind for kind, each in PLATFORMS.items()} == {
        "webhook": "webhook"
    }


def test_another_package_brings_one():
    known = with_entry_points([entry("pager", "tests.pager:PLATFORM")])
    assert list(known) == ["webhook", "pager"]
    assert known["pager"] == Pager()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("webhook", "tests.pager:PLATFORM", "'webhook' exists already"),
        ("pager", "no.such.module:PLATFORM", "ModuleNotFoundError"),
        ("pager", "tests.pager:NOTHING", "AttributeError"),
        ("pager", "tests.pager:SECRET", "cannot be loaded"),
        ("beeper", "tests.pager:PLATFORM", "whose own kind is 'beeper'"),
    ],
)
def test_a_bad_one_is_refused_by_name(name, value, says):
    with pytest.raises(ConfigurationError, match=says) as refused:
        with_entry_points([entry(name, value)])
    assert f"the entry point {name!r} (huixiang.platforms)" in str(refused.value)


def test_two_packages_may_not_bring_the_same_kind():
    twice = [entry("pager", "tests.pager:PLATFORM")] * 2
    with pytest.raises(ConfigurationError, match="exists already"):
        with_entry_points(twice)
    assert PLATFORM.kind == "pager"

"""The report that all tests of reporting look at, and what makes parts of it."""

from collections.abc import Callable

import pytest

from huixiang.domain.proof.verdict import Effect, Verdict
from huixiang.reporting.facts.report import ItemResult, Report
from tests.unit.reporting.builders.items import a_verdict, an_effect, an_item
from tests.unit.reporting.builders.report import a_report, an_empty_report


@pytest.fixture
def report() -> Report:
    return a_report()


@pytest.fixture
def empty_report() -> Report:
    return an_empty_report()


@pytest.fixture(scope="session")
def make_report() -> Callable[..., Report]:
    return a_report


@pytest.fixture(scope="session")
def make_item() -> Callable[..., ItemResult]:
    return an_item


@pytest.fixture(scope="session")
def make_verdict() -> Callable[..., Verdict]:
    return a_verdict


@pytest.fixture(scope="session")
def make_effect() -> Callable[..., Effect]:
    return an_effect

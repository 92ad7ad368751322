"""The workspace that the how-to writes down is one that works."""

import csv
import io
import re

import pytest

from huixiang.configuration.patterns import compile_pattern
from huixiang.configuration.problems import errors
from huixiang.configuration.rulebook import Rulebook
from huixiang.configuration.shapes import REQUIRED
from huixiang.routing.check import run_rule_tests
from huixiang.routing.compile import compile_router
from huixiang.steps.rules import read_rules
from tests.unit.docs.pages import DOCS, FENCE, ROOT

PAGES = ["new-workspace.md", "new-workspace.zh-CN.md"]
FIVE = re.compile(r"[^,\n]+(,[^,\n]+){4}\n")
NAMED = re.compile(r"# rules/(\w+\.yaml)\n")


def blocks(page):
    return [body for _, body in FENCE.findall((DOCS / "how-to" / page).read_text())]


@pytest.fixture(params=PAGES)
def page(request):
    return request.param


@pytest.fixture
def rulebook(page, tmp_path) -> Rulebook:
    for body in blocks(page):
        if named := NAMED.match(body):
            (tmp_path / named[1]).write_text(body, encoding="utf-8")
    reading = read_rules(tmp_path, ROOT / "expectations")
    assert not errors(reading.problems)
    assert reading.rulebook is not None
    return reading.rulebook


def test_it_writes_every_required_file(page):
    written = {NAMED.match(body)[1] for body in blocks(page) if NAMED.match(body)}
    assert written == set(REQUIRED)


def test_the_rules_can_be_used_and_their_own_test_passes(rulebook):
    router = compile_router(rulebook.routing, rulebook.codeframe, compile_pattern)
    assert [result.passed for result in run_rule_tests(router)] == [True]


def test_the_sample_file_has_the_mapped_columns(page, rulebook):
    sample = next(body for body in blocks(page) if FIVE.match(body))
    header = next(csv.reader(io.StringIO(sample)))
    fields = rulebook.sources["survey"].fields
    mapped = [fields.id, fields.text, fields.occurred_at, fields.rating, fields.unit]
    assert {column for each in mapped for column in each.columns} == set(header)

"""A report as JSON is the whole report: what comes back is what went out."""

import dataclasses
import json

from huixiang.reporting.facts.as_json import from_json, to_json
from huixiang.reporting.facts.loop import WHOLE


def test_a_report_comes_back_from_json_as_it_was(report):
    assert from_json(to_json(report)) == report


def test_the_same_report_gives_the_same_bytes(report):
    assert to_json(report) == to_json(from_json(to_json(report)))


def test_a_report_kept_before_a_section_existed_still_loads(report):
    kept = json.loads(to_json(report))
    for name in ("periods", "coverage", "scope"):
        del kept[name]

    assert from_json(json.dumps(kept).encode()) == dataclasses.replace(
        report, periods=(), coverage=None, scope=WHOLE
    )

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


def test_the_file_keeps_the_names_that_programs_know(report):
    written = json.loads(to_json(report))
    assert written["assurance"]["audit"]["n_dips"] > 0
    judged = [item for item in written["items"] if item["verdict"]]
    assert all("naive" in item["verdict"] for item in judged)
    assert all("naive_explanation" in item for item in written["items"])


def test_words_that_imitate_a_name_of_the_file_stay_as_they_are(report):
    sly = '\n  "plain_comparison": "placebo":'
    first = dataclasses.replace(report.items[0], root_cause=sly)
    changed = dataclasses.replace(report, items=(first, *report.items[1:]))
    assert from_json(to_json(changed)) == changed
    assert json.loads(to_json(changed))["items"][0]["root_cause"] == sly

"""Tables for a terminal line up, Chinese or not, and hide no side of an equation."""

import unicodedata

import pytest

from huixiang.domain.proof.ledger import Equation, Ledger
from huixiang.reporting.page.terminal_tables import (
    closing,
    ledger_table,
    reason_lines,
    verdict_table,
)
from tests.terminal import render_text


def _cells(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_intervals_stand_under_each_other_whatever_the_words_before(report, language):
    lines = render_text(verdict_table(report, language), width=130).splitlines()
    rows = [line for line in lines if line.lstrip().startswith("ai_") and "[" in line]
    assert len(rows) == 4
    assert len({_cells(row[: row.index("[")]) for row in rows}) == 1


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_line_is_wider_than_the_terminal(report, language, width):
    lines = render_text(closing(report, language), width=width).splitlines()
    assert max(map(_cells, lines)) <= width


def test_both_sides_of_an_equation_are_shown_with_their_terms_and_totals(report):
    text = render_text(ledger_table(report.ledger, "en"), width=140)
    assert "pulled 3,120" in text
    assert "stored 3,108 + quarantined 12 + waiting 0" in text
    assert "3,120 = 3,120" in text


def test_an_equation_that_does_not_hold_is_shown_as_unequal():
    broken = Equation(
        name="pulled", scope="survey", left=(("pulled", 9),), right=(("stored", 8),)
    )
    text = render_text(ledger_table(Ledger(equations=(broken,)), "zh-CN"), width=120)
    assert "9 ≠ 8" in text
    assert "已拉取" in text


def test_the_verdict_table_holds_the_naive_answer_beside_the_verdict(report):
    text = render_text(verdict_table(report, "en"), width=140)
    row = next(line for line in text.splitlines() if "ai_dip" in line)
    assert "Improved +0.60" in row
    assert "Not improved" in row
    assert "−0.02 [−0.12, +0.08]" in row
    assert "03-02" in row
    assert "03-20" in row


def test_a_verdict_without_an_estimate_shows_no_number(report):
    text = render_text(verdict_table(report, "en"), width=140)
    row = next(line for line in text.splitlines() if "ai_silent" in line)
    assert "Inconclusive" in row
    assert "[" not in row


def test_every_inconclusive_item_is_named_with_its_reason(report):
    lines = reason_lines(report, "en")
    assert any("silence is not improvement" in at and "ai_silent" in at for at in lines)
    assert any("still being watched" in at and "ai_watched" in at for at in lines)


def test_a_report_without_verdicts_still_closes_with_its_ledger(empty_report, report):
    assert "No fix can be judged yet" in render_text(closing(empty_report, "en"))
    assert "Ledger" in render_text(closing(report, "en"))


def test_markup_in_a_name_is_printed_and_not_obeyed(make_report, make_item):
    odd = make_item().theme.__class__(zh="[red]甲[/red]", en="[red]A[/red]")
    text = render_text(
        verdict_table(make_report(items=(make_item(theme=odd),)), "en"), width=140
    )
    assert "[red]A[/red]" in text

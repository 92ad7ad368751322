"""Reports without their drawings."""

import pytest


@pytest.fixture
def plain(monkeypatch):
    """Draw nothing: for tests about the facts of reports."""
    draw_nothing(monkeypatch)


def draw_nothing(monkeypatch):
    """Put empty pages in the place of drawn ones."""
    page, sheets = (
        "huixiang.steps.report.write.render_html",
        "huixiang.steps.report.write.render_xlsx",
    )
    monkeypatch.setattr(page, lambda report, language: "page")
    monkeypatch.setattr(sheets, lambda report, language: b"sheets")

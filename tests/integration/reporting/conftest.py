"""The shop's workspace on both databases, and on a file alone."""

import pytest

from tests.workbench import Bench, make_bench


@pytest.fixture
def bench(tmp_path, database_url) -> Bench:
    """A workspace on each database."""
    return make_bench(tmp_path / "shop", database_url)


@pytest.fixture
def desk(tmp_path) -> Bench:
    """A workspace on a file: for what does not depend on the database."""
    return make_bench(tmp_path / "shop", f"sqlite:///{tmp_path / 'shop.db'}")


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

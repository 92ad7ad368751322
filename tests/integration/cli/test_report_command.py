"""`huixiang run report` with limits, and `huixiang run digest`."""

import json

import pytest
from click.testing import CliRunner

from huixiang.cli.main import root
from tests.shop import AS_OF, make_shop


@pytest.fixture
def shop(tmp_path, monkeypatch):
    home = make_shop(tmp_path / "shop")
    for name in ("render_html", "render_xlsx"):
        empty = "" if name == "render_html" else b""
        monkeypatch.setattr(
            f"huixiang.steps.report.write.{name}",
            lambda report, language, empty=empty: empty,
        )
    return home


def run(home, *words):
    return CliRunner().invoke(
        root,
        ["run", *words, "--direct", "--home", str(home), "--as-of", AS_OF.isoformat()],
    )


def test_a_limited_report_lies_in_a_folder_of_its_name(shop):
    done = run(
        shop, "report", "--period", "2026-02", "--department", "kitchen", "--json"
    )

    assert done.exit_code == 0, done.output
    path = json.loads(done.stdout)["report"]["json"]
    assert path.endswith("_2026-02_kitchen/report.json")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("loop", "--period", "2026-02"), "for `huixiang run report` only"),
        (("digest", "--department", "kitchen"), "for `huixiang run report` only"),
    ],
)
def test_limits_belong_to_reports(shop, words, said):
    done = run(shop, *words)

    assert done.exit_code == 2
    assert said in done.output


def test_a_digest_that_nobody_asked_for_is_not_sent(shop):
    done = run(shop, "digest", "--json")

    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["digest"] == {"n_published": 0, "n_known": 0}

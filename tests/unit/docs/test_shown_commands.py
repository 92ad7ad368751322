"""What the pages show can be typed."""

import pytest

from huixiang.cli.main import root
from tests.unit.docs.pages import ROOT, all_pages, name, shown_commands, wrong_in

PAGES = all_pages()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_shown_command_and_option_exists(page):
    shown = shown_commands(page.read_text(encoding="utf-8"))
    wrong = {each: wrong_in(each, root) for each in shown}
    assert {each: why for each, why in wrong.items() if why} == {}


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_every_command(page):
    shown = list(shown_commands((ROOT / page).read_text(encoding="utf-8")))
    groups = set(root.commands)
    assert {each.split()[0] for each in shown if each} >= groups


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ("item list --status open", None),
        ("run loop --as-of 2026-01-01", None),
        ("quarantine release LANDING_ID --set a=b --by x --reason y", None),
        ("outbox replay …", None),
        ("items list", "root has no command items"),
        ("item listen", "item has no command listen"),
        ("ledger --xml", "ledger has no option --xml"),
        ("run everything", "run has no flow everything"),
    ],
)
def test_a_command_that_does_not_exist_is_seen(arguments, why):
    assert wrong_in(arguments, root) == why


def test_commands_are_found_in_blocks_and_in_the_text():
    text = (
        "Say `huixiang ledger --json` or\n"
        "```sh\nHUIXIANG_HOME=demo .venv/bin/huixiang explain ID | less\n```\n"
    )
    assert list(shown_commands(text)) == ["explain ID", "ledger --json"]

"""No page points nowhere, and every page is there in both languages."""

import re
import urllib.parse

import pytest

from tests.unit.docs.pages import (
    ROOT,
    all_pages,
    anchors,
    codes,
    headings,
    name,
    prose,
)

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)")
IMAGE = re.compile(r"<img[^>]+src=\"([^\"]+)\"")
ONE_LANGUAGE = {"CHANGELOG.md"}
# The Chinese page leaves the tables of fields to the English one, and says so.
SHORTER = {"docs/reference/rules.md"}
EVERYWHERE = re.compile(r"^(?:[a-z]+:|//)")
PAGES = all_pages()
TWINS = [
    page
    for page in PAGES
    if not page.name.endswith(".zh-CN.md") and name(page) not in ONE_LANGUAGE
]
REFERENCES = [
    page
    for page in TWINS
    if name(page).startswith("docs/reference/") and name(page) not in SHORTER
]


def broken_links(page):
    """Yield every target inside the project that is not there."""
    text = prose(page.read_text(encoding="utf-8"))
    for target in [*LINK.findall(text), *IMAGE.findall(text)]:
        if EVERYWHERE.match(target):
            continue
        if not leads_somewhere(page, urllib.parse.unquote(target)):
            yield target


def leads_somewhere(page, target):
    """Say whether a page, and the heading in it, are there."""
    path, _, anchor = target.partition("#")
    found = (page.parent / path).resolve() if path else page
    if not found.exists() or not found.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(found.read_text(encoding="utf-8"))


def test_the_pages_are_found():
    assert {"README.md", "CHANGELOG.md", "docs/index.md"} <= {name(p) for p in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_and_picture_of_a_page_is_there(page):
    assert list(broken_links(page)) == []


def test_a_broken_link_or_anchor_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.unit.docs.test_links_and_twins.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        '# One two\n[a](#one-two) [b](page.md#three) ![c](no.svg) <img src="no.png">'
    )
    assert list(broken_links(page)) == ["page.md#three", "no.svg", "no.png"]


@pytest.mark.parametrize("page", TWINS, ids=name)
def test_every_page_has_a_chinese_twin(page):
    twin = page.with_name(page.name.removesuffix(".md") + ".zh-CN.md")
    assert twin.is_file()
    assert re.search(r"[一-鿿]", twin.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", REFERENCES, ids=name)
def test_twins_of_the_reference_have_the_same_sections(page):
    twin = page.with_name(page.name.removesuffix(".md") + ".zh-CN.md")
    counts = [len(headings(p.read_text(encoding="utf-8"))) for p in (page, twin)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_shows_a_path_of_somebodys_machine(page):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"/(?:home|root|Users|tmp|work)/|C:\\", text) == []


def test_codes_in_blocks_do_not_count():
    assert codes("`a`\n```sh\n`b`\n```\n") == {"a"}

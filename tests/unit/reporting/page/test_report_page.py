"""The page stands alone, is safe to open, traceable, and whole in both languages."""

import dataclasses
import datetime as dt
import html.parser
from collections import Counter

import pytest

from huixiang.domain.proof.ledger import Equation, Ledger
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.report import QuotedVoice
from huixiang.reporting.page.html import render_html

ALLOWED_SIZE = 2_000_000
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{7*7}}{% raw %}"


class _Page(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, name: str) -> list[str]:
        return [value for _, given, value in self.attributes if given == name]


@pytest.fixture(scope="module")
def page(make_report):
    return render_html(make_report())


def test_the_page_loads_nothing_and_runs_nothing(page):
    parsed = _Page(page)
    assert not {"script", "img", "iframe", "link", "object"} & set(parsed.tags)
    assert not parsed.all("src")
    assert not [name for _, name, _ in parsed.attributes if name.startswith("on")]
    assert "http:" not in page
    assert "https:" not in page
    assert "@import" not in page
    assert "url(" not in page


def test_the_page_forbids_the_browser_to_load_anything(page):
    assert "default-src 'none'" in page


def test_every_link_leads_to_a_place_on_the_page(page):
    parsed = _Page(page)
    targets = {value[1:] for value in parsed.all("href")}
    assert targets
    assert all(value.startswith("#") for value in parsed.all("href"))
    assert targets <= set(parsed.all("id"))


def test_no_two_places_share_an_id(page):
    ids = Counter(_Page(page).all("id"))
    assert [name for name, n in ids.items() if n > 1] == []


def test_an_empty_report_says_so_and_its_links_lead_somewhere(empty_report):
    parsed = _Page(render_html(empty_report, language="en"))
    assert {value[1:] for value in parsed.all("href")} <= set(parsed.all("id"))
    assert any("No fix can be judged yet" in text for text in parsed.texts)
    assert any("No negative mentions" in text for text in parsed.texts)


def test_everything_said_in_one_language_is_said_in_the_other(page):
    languages = Counter(
        value
        for tag, name, value in _Page(page).attributes
        if name == "lang" and tag == "span"
    )
    assert languages["zh-CN"] == languages["en"] > 100


@pytest.mark.parametrize(("language", "shown"), [("zh-CN", "to-zh"), ("en", "to-en")])
def test_the_language_asked_for_is_the_one_shown_first(report, language, shown):
    text = render_html(report, language=language)
    checked = [line for line in text.splitlines() if line.endswith(" checked>")]
    assert len(checked) == 1
    assert f'id="{shown}"' in checked[0]


def test_both_languages_differ_only_in_what_is_shown_first(report):
    chinese = render_html(report, language="zh-CN").splitlines()
    english = render_html(report, language="en").splitlines()
    different = [a for a, b in zip(chinese, english, strict=True) if a != b]
    assert len(different) == 4


@pytest.mark.parametrize(
    "field", ["theme", "department", "alert", "unit", "playbook", "explanation"]
)
def test_hostile_names_are_shown_as_text(make_report, make_item, field):
    evil = Bilingual(zh=HOSTILE, en=HOSTILE + " ")
    text = render_html(make_report(items=(make_item(**{field: evil}),)))
    _assert_harmless(text)


def test_hostile_words_of_customers_and_owners_are_shown_as_text(
    make_report, make_item
):
    quote = QuotedVoice(
        feedback_id="fb_1",
        quote=HOSTILE,
        said_on=dt.date(2026, 3, 1),
        channel=Bilingual(zh="问卷", en="Survey"),
    )
    item = make_item(root_cause=HOSTILE, evidence=(quote,))
    _assert_harmless(render_html(make_report(items=(item,))))


def _assert_harmless(text: str) -> None:
    parsed = _Page(text)
    assert not {"script", "img"} & set(parsed.tags)
    assert not [name for _, name, _ in parsed.attributes if name.startswith("on")]
    assert any("{{7*7}}" in each for each in parsed.texts)


def test_ids_that_can_be_explained_stand_on_the_page(page, report):
    for item in report.items:
        assert f">{item.item_id}</span>" in page
    assert ">is_of_ai_good<" in page
    assert ">fb_of_ai_good</span>" in page
    assert "huixiang explain ID" in page


def test_the_naive_claim_stands_beside_the_verdicts_on_the_first_screen(page):
    first = page[: page.index('<nav class="jump">')]
    assert "会说 4 项已改善；其中 3 项没有证据支持" in first
    assert first.count('class="stack"') == 2


def test_a_silent_source_is_told_on_the_first_screen(page):
    first = page[: page.index('<nav class="jump">')]
    assert "hotline" in first
    assert "Silence is not improvement" in first


def test_a_ledger_that_does_not_add_up_is_told_on_the_first_screen(make_report):
    broken = Equation(
        name="pulled", scope="app", left=(("pulled", 9),), right=(("stored", 8),)
    )
    text = render_html(make_report(ledger=Ledger(equations=(broken,))))
    first = text[: text.index('<nav class="jump">')]
    assert "9 ≠ 8" in first
    assert "The ledger adds up" not in text


def test_a_ledger_that_was_not_counted_is_not_called_balanced(empty_report):
    assert "The ledger adds up" not in render_html(empty_report)


def test_what_fixed_it_last_time_is_shown_with_its_effect(page):
    assert "What fixed it last time" in page
    assert "ai_old" in page
    assert "[+0.20, +0.60]" in page


def test_a_late_item_says_by_how_many_days(page):
    assert "(70 days late)" in page
    assert "（逾期 70 天）" in page


def test_the_same_report_gives_the_same_bytes(report, page):
    assert render_html(report) == page


def test_thirty_items_stay_small_enough_to_mail(make_report, make_item):
    items = tuple(make_item(f"ai_{at}") for at in range(30))
    text = render_html(make_report(items=items))
    assert len(text.encode()) < ALLOWED_SIZE
    assert text.count('<article class="item') == 30


def test_days_on_the_page_are_those_of_the_workspace(make_report):
    text = render_html(make_report(time_zone="America/New_York"))
    assert "2026-05-17 13:30" in text


def test_a_name_that_is_the_same_in_both_languages_is_written_once(
    make_report, make_item
):
    same = Bilingual(zh="Wi-Fi", en="Wi-Fi")
    item = dataclasses.replace(make_item(), theme=same)
    assert '<span lang="en">Wi-Fi' not in render_html(make_report(items=(item,)))

"""Each section shows its facts in both languages, or says why it has none."""

import dataclasses
import re

import pytest

from huixiang.domain.proof.verdict import Sustained
from huixiang.domain.text import Bilingual
from huixiang.reporting import summary
from huixiang.reporting.facts.assurance import Placebo, ReportAssurance
from huixiang.reporting.page import html
from huixiang.reporting.page.html import TABLES, render_html
from huixiang.reporting.pictures import section_charts, svg
from huixiang.reporting.pictures.plot import PlotBlock, Stroke, Symbol
from huixiang.wording.report import sheets


def _section(page: str, name: str) -> str:
    """Return one section, up to the next one on the same level."""
    start = page.index(f'<section id="{name}">')
    following = page.find("\n<section id=", start + 1)
    return page[start:following] if following > 0 else page[start:]


def _visible(markup: str, language: str) -> str:
    hidden = "en" if language == "zh-CN" else "zh-CN"
    kept = re.sub(rf'<span lang="{hidden}">.*?</span>', "", markup)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", kept))


@pytest.fixture(scope="module")
def page(make_report):
    return render_html(make_report())


@pytest.fixture
def empty_page(empty_report):
    return render_html(empty_report)


def test_a_section_without_data_says_why_and_shows_no_chart(empty_page):
    for words in (
        sheets.NO_RATINGS,
        sheets.NO_STAGES,
        sheets.NO_JOURNEY,
        sheets.NO_GOALS,
        sheets.NO_MODEL,
    ):
        assert str(html.both(words)) in empty_page
    for name in ("voices", "journey", "goals", "periods", "maturity", "assurance"):
        assert "<svg" not in _section(empty_page, name)


def test_every_shared_table_without_rows_says_why(empty_report, empty_page):
    for make in TABLES.values():
        sheet = make(empty_report)
        assert sheet.empty is not None
        assert str(html.both(sheet.empty)) in empty_page


def test_the_placebo_check_is_one_sentence_in_both_languages(page):
    part = _section(page, "assurance")
    assert "在 31 个没有人整改过的低谷上，这套方法有 1 次说“已改善”" in part
    said = _visible(part, "en")
    assert "On 31 dips that nobody fixed, the method said “improved” once" in said
    assert "(3.2%, 95 % interval 0.6%–16%)" in said
    assert part.count("<circle") >= 31


def test_a_placebo_check_that_was_fooled_says_by_how_much_intervals_were_widened(
    make_report, page
):
    fooled = Placebo(
        as_of=dataclasses.replace(make_report()).period.last,
        n_dips=20,
        n_improved=4,
        low=0.08,
        high=0.42,
        error_factor=1.5,
    )
    text = render_html(make_report(assurance=ReportAssurance(placebo=fooled)))
    assert "1.50 times as wide" in text
    assert "1.50 times as wide" not in page


def test_how_many_improvements_stand_together_opens_the_section(make_report, page):
    together = Bilingual(zh="放在一起 3 项站得住", en="3 also stand when seen together")
    text = render_html(make_report(assurance=ReportAssurance(headline=together)))
    section = text[text.index('<section id="assurance">') : text.index('id="placebo"')]
    assert together.zh in section
    assert together.en in section
    assert together.en not in page


def test_an_item_in_work_shows_its_series_its_criterion_and_its_power(page):
    sheet = page[page.index('id="item-ai_open"') :]
    sheet = sheet[: sheet.index("</article>")]
    assert sheet.count('<svg aria-hidden="true" width="506"') == 1
    said = _visible(sheet, "en")
    assert "mean rating up by at least 0.20 · within 56 days" in said
    assert "Can it be seenWorth following" in said
    assert "a medium effect after about 25 days" in _visible(page, "en")


def test_what_cannot_be_seen_in_time_is_said_before_acting(make_report, make_item):
    item = make_item("ai_x")
    foresight = dataclasses.replace(
        item.assurance.foresight, days_until_medium=None, advice=None
    )
    blind = dataclasses.replace(item.assurance, foresight=foresight)
    text = render_html(make_report(items=(make_item(assurance=blind, verdict=None),)))
    assert "a medium effect does not show within 56 days" in text
    assert "56 天内看不出" in text


def test_a_harmed_neighbour_stands_beside_the_improvement(page):
    sheet = page[page.index('id="item-ai_good"') :]
    said = _visible(sheet[: sheet.index("</article>")], "en")
    assert "Gate · queue −0.40 [−0.70, −0.10] · since 2026-05-17" in said
    assert "The rules changed since" in said
    assert "still watched · next look on 2026-06-17" in said


def test_a_relapse_is_not_shown_as_an_improvement_that_lasts(make_report, make_item):
    item = make_item()
    after = dataclasses.replace(item.assurance.aftercare, state=Sustained.RELAPSED)
    relapsed = dataclasses.replace(item.assurance, aftercare=after)
    text = render_html(make_report(items=(make_item(assurance=relapsed),)))
    assert '<b class="bad"><span lang="zh-CN">已复发</span>' in text


def test_blind_spots_of_the_journey_are_framed(page):
    part = _section(page, "journey")
    assert part.count(' blind"') == 2
    assert "0 negative · 0 sources" in part
    assert "10 negative · 1 source<" in part


@pytest.mark.parametrize(
    ("n", "shade"), [(0, 0), (1, 1), (10, 2), (30, 3), (50, 4), (100, 5)]
)
def test_the_map_is_darker_where_more_is_heard(n, shade):
    assert html.heat(n, 100) == shade
    assert html.heat(n, 0) == 0


def test_points_of_the_emotion_curve_have_the_numbers_of_their_rows(report):
    places = html.places_of(report.voices.insights)
    plot = section_charts.emotion_plot(places)
    drawn = [mark.at[0] for mark in plot.marks if isinstance(mark, Symbol)]
    assert [place.touchpoint for place in places] == ["transport", "hall", "baggage"]
    assert drawn == [1, 2]  # too few spoke of the third to draw it


def test_a_journey_known_by_stages_only_is_drawn_by_stages(report):
    insights = dataclasses.replace(
        report.voices.insights,
        journey=tuple(
            each for each in report.voices.insights.journey if not each.touchpoint
        ),
    )
    assert [place.stage for place in html.places_of(insights)] == ["arrive", "leave"]


def test_themes_are_named_and_need_tiers_stand_side_by_side(page):
    part = _visible(_section(page, "voices"), "en")
    assert "Security queue" in part
    assert "ratings disagree with the codeframe" in part
    assert "too few rated complaints" in part
    assert "fix first" in part


def test_months_are_drawn_opened_fixed_verified(report):
    bars = section_charts.month_plot(report.periods).marks
    assert all(isinstance(bar, PlotBlock) for bar in bars)
    assert [bar.top for bar in bars[:3]] == [4, 3, 0]
    assert bars[2].colour == section_charts.VERIFIED


def test_models_are_drawn_with_their_intervals(report):
    marks = section_charts.model_plot(report.assurance.models).marks
    values = [mark.at[1] for mark in marks if isinstance(mark, Symbol)]
    lows = [mark.start[1] for mark in marks if isinstance(mark, Stroke)]
    assert values == pytest.approx([80, 84])
    assert lows == pytest.approx([75, 79])


def test_a_department_s_items_stand_in_one_place_each(report):
    for each in report.departments:
        assert sum(n for _, n in summary.standing(each)) == each.n_opened


def test_the_first_screen_says_which_fixes_answered_what_bad_news_first(page):
    first = page[: page.index('<nav class="jump">')]
    told = _visible(first[first.index('class="telling"') :], "en")
    assert told.index("−0.50") < told.index("−0.02") < told.index("+0.50")
    assert "plain +0.60" in told


def test_an_issue_says_whether_anybody_is_on_it(make_report, report):
    alone = dataclasses.replace(report.issues[0], item_ids=())
    first = render_html(make_report(issues=(alone,)))
    first = first[: first.index('<nav class="jump">')]
    assert "未开单" in first
    assert "no item" in first


def test_a_limited_report_says_to_what_it_is_limited(make_report, report):
    scope = dataclasses.replace(
        report.scope,
        label="2026-03",
        first=report.period.first,
        last=report.period.last,
        department_id="retail",
        department=report.departments[0].department,
    )
    head = render_html(make_report(scope=scope))
    head = head[: head.index('class="headline"')]
    assert "<b>2026-03</b>" in head
    assert '<span lang="en">Retail</span>' in head


def test_ids_in_tables_lead_to_what_the_page_shows_of_them(page):
    part = _section(page, "departments")
    assert '<a class="id" href="#item-ai_good">ai_good</a>' in part
    assert '<a class="id" href="#item-ai_open">ai_open</a>' in part


def test_harm_and_what_was_left_out_is_told_on_the_first_screen(make_report):
    first = render_html(make_report(n_erased_quotes=2))
    first = _visible(first[: first.index('<nav class="jump">')], "en")
    assert (
        "Side effects: after 7 fixes, another theme or department got worse." in first
    )
    assert "2 quotes left out: their writers asked to be forgotten." in first


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(colour: str, ground: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WHITE, INK = "#ffffff", "#1d2733"


def test_every_colour_of_words_can_be_read(page):
    variables = dict(re.findall(r"--([a-z_]+): (#[0-9a-f]{6})", page))
    grounds = [WHITE, variables["wash"]]
    for name in set(variables) - {"hair", "wash"}:
        assert all(_contrast(variables[name], ground) >= 4.5 for ground in grounds)


def test_numbers_on_the_coverage_map_can_be_read_on_every_shade(page):
    shades = re.findall(
        r"\.cell\.h(\d) \{ background: (#[0-9a-f]+);( color: #fff)?", page
    )
    assert [int(shade) for shade, _, _ in shades] == [0, 1, 2, 3, 4, 5]
    for _, ground, light in shades:
        whole = WHITE if ground == "#fff" else ground
        assert _contrast(WHITE if light else INK, whole) >= 4.5


def test_marks_of_charts_stand_out_from_the_page():
    marks = {
        *section_charts.MODEL_COLOURS,
        section_charts.VERIFIED,
        section_charts.FIXED,
        section_charts.OPENED,
        svg.GOOD,
        svg.BAD,
        svg.ACCENT,
    }
    assert all(_contrast(mark, WHITE) >= 2.9 for mark in marks)


def test_a_long_table_says_where_the_rest_is(make_report, report):
    voices = dataclasses.replace(report.voices, hot=report.voices.hot * 14)
    assert "4 more rows are in the workbook" in render_html(make_report(voices=voices))

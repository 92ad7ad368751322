"""The part of a report that is about what the voices mean, with names for its ids."""

import datetime as dt
from collections.abc import Iterable, Iterator

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.insight import EmergingTheme, HotIssue, Insights
from huixiang.reporting.facts.voices import NamedId, NameKind, ProposedTheme, Voices
from huixiang.steps.codeframe.emerging import open_proposals
from huixiang.steps.context import Context
from huixiang.steps.voices.hot_issues import hot_issues
from huixiang.steps.voices.insights import read_insights
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.coding.proposals import proposal_reason_words
from huixiang.wording.names import place_name, theme_name

INSIGHT_DAYS = 90
HOT_DAYS = 7


def voices_of(context: Context, uow: UnitOfWork, until: dt.date) -> Voices:
    """Return what the voices of the days up to *until* mean."""
    rulebook = context.rulebook
    insights = read_insights(uow, rulebook, until=until, days=INSIGHT_DAYS)
    hot = hot_issues(uow, rulebook, until=until, days=HOT_DAYS)
    emerging = open_proposals(uow, as_of=context.as_of, until=until)
    return Voices(
        insights=insights,
        hot=hot,
        emerging=tuple(_proposed(each) for each in emerging),
        names=tuple(_names(rulebook, insights, hot, emerging)),
    )


def _proposed(theme: EmergingTheme) -> ProposedTheme:
    return ProposedTheme(
        proposal_id=theme.proposal_id,
        name_zh=theme.name_zh,
        keywords=theme.keywords,
        n=theme.n,
        n_before=theme.n_before,
        first_seen_on=theme.first_seen_on,
        growth=theme.growth,
        q_value=theme.q_value,
        share_uncovered=theme.share_uncovered,
        nearest_theme=theme.nearest_theme,
        why=proposal_reason_words(theme.why),
        units=theme.units,
        touchpoints=theme.touchpoints,
        polarities=theme.polarities,
        examples=theme.examples,
    )


def _names(
    rulebook: Rulebook,
    insights: Insights,
    hot: Iterable[HotIssue],
    emerging: Iterable[EmergingTheme],
) -> Iterator[NamedId]:
    """Yield the words for every id that the facts use, each once."""
    hot = tuple(hot)
    themes: list[str | None] = [each.theme for each in insights.needs]
    themes += [each.theme for each in insights.drivers]
    themes += [each.theme for each in hot]
    themes += [each.nearest_theme for each in emerging]
    for theme in sorted({each for each in themes if each}):
        yield NamedId(kind=NameKind.THEME, id=theme, name=theme_name(rulebook, theme))
    known = {stage.id: stage.name for stage in rulebook.journey.stages}
    for stage in sorted({each.stage for each in insights.journey} & set(known)):
        yield NamedId(kind=NameKind.STAGE, id=stage, name=known[stage])
    for place in sorted(set(_places(insights, hot))):
        yield NamedId(kind=NameKind.PLACE, id=place, name=place_name(rulebook, place))


def _places(insights: Insights, hot: Iterable[HotIssue]) -> Iterator[str]:
    for curve in (insights.journey, insights.gaps, insights.efforts, hot):
        yield from (each.touchpoint for each in curve if each.touchpoint)
    yield from (each.unit for each in hot if each.unit)

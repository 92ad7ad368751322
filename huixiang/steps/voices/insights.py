"""What the voices of some days mean: needs, drivers, emotion, expectation, effort."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.codeframe import NeedTier, Polarity
from huixiang.domain.coding.insight import (
    Direction,
    Effort,
    EffortFigures,
    GapFigures,
    Insights,
    NeedEvidence,
)
from huixiang.domain.items.issue import NOWHERE
from huixiang.store.queries.coding.needs import (
    EffortSums,
    SourceStars,
    ThemeSide,
    TouchpointFeeling,
    TouchpointWords,
)
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.voices.drivers import Mentions, drivers
from huixiang.understanding.voices.effort import efforts
from huixiang.understanding.voices.emotion import Felt, emotion_curve
from huixiang.understanding.voices.estimates import Sums, mean_of, share_of
from huixiang.understanding.voices.expectation import gaps
from huixiang.understanding.voices.needs import (
    RatedSide,
    ThemeContrasts,
    contrasts,
    need_evidence,
)

MAX_WORDS = 20_000
"""The newest texts are read for signs; shares of more would hardly differ."""
MIN_SIGNS = 5
"""Texts with a sign that a touchpoint's own figures need."""
MAX_EXAMPLES = 3
USUAL_CES = 2.5
_SIDES = {-1: Polarity.NEGATIVE, 0: Polarity.NEUTRAL, 1: Polarity.POSITIVE}


def read_insights(
    uow: UnitOfWork, rulebook: Rulebook, *, until: dt.date, days: int = 90
) -> Insights:
    """Return what the *days* that end with *until* say."""
    first = until - dt.timedelta(days=days - 1)
    rated, sides = uow.needs.rated(first, until), uow.needs.sides(first, until)
    n = sum(row.n for row in rated)
    found = contrasts({row.source: _stars(row) for row in rated}, _rated_sides(sides))
    signs = _read_signs(uow.needs.words(first, until, MAX_WORDS))
    return Insights(
        first_on=first,
        last_on=until,
        n_feedbacks=n,
        n_rated=sum(row.n_rated for row in rated),
        needs=_needs(found, rulebook),
        drivers=drivers(found, _mentions(sides), n),
        journey=emotion_curve(rulebook.journey, _felt(uow.needs.felt(first, until))),
        gaps=_gaps(signs),
        efforts=_efforts(signs, uow.needs.effort_scores(first, until)),
    )


def _stars(row: SourceStars | ThemeSide) -> Sums:
    return Sums(n=row.n_rated, total=row.total, total_sq=row.total_sq)


def _rated_sides(sides: Iterable[ThemeSide]) -> Iterator[RatedSide]:
    for row in sides:
        yield RatedSide(
            source=row.source, theme=row.theme, side=_SIDES[row.side], stars=_stars(row)
        )


def _mentions(sides: Iterable[ThemeSide]) -> Mapping[str, Mentions]:
    counts: dict[str, dict[Polarity, int]] = defaultdict(lambda: defaultdict(int))
    for row in sides:
        counts[row.theme][_SIDES[row.side]] += row.n
    return {
        theme: Mentions(theme=theme, counts=dict(each))
        for theme, each in counts.items()
    }


def _needs(
    found: Sequence[ThemeContrasts], rulebook: Rulebook
) -> tuple[NeedEvidence, ...]:
    """Return the evidence for each theme, the most talked of first."""
    themes = rulebook.codeframe.by_id
    needs = [
        need_evidence(
            each,
            themes[each.theme].need_tier if each.theme in themes else NeedTier.PAIN,
        )
        for each in found
    ]
    return tuple(sorted(needs, key=lambda each: (-each.n_rated, each.theme)))


def _felt(rows: Iterable[TouchpointFeeling]) -> Mapping[str, Felt]:
    return {
        row.touchpoint: Felt(
            polarity=Sums(n=row.n, total=row.total, total_sq=row.total_sq),
            stars=Sums(n=row.n_rated, total=row.stars, total_sq=row.stars_sq),
        )
        for row in rows
    }


@dataclass(kw_only=True, slots=True)
class _Signs:
    """The texts of one touchpoint: how many, and which hold which sign."""

    n: int = 0
    gaps: dict[Direction, list[str]] = field(default_factory=lambda: defaultdict(list))
    efforts: dict[Effort, list[str]] = field(default_factory=lambda: defaultdict(list))


def _read_signs(rows: Iterable[TouchpointWords]) -> Mapping[str | None, _Signs]:
    """Read every text once; None gathers them all."""
    signs: dict[str | None, _Signs] = defaultdict(_Signs)
    for row in rows:
        words = f"{row.title}\n{row.verbatim}"
        directions = {each.direction for each in gaps(words)}
        hardships = {each.effort for each in efforts(words)}
        for place in {None, row.touchpoint}:
            signs[place].n += 1
            for direction in directions:
                signs[place].gaps[direction].append(row.feedback_id)
            for effort in hardships:
                signs[place].efforts[effort].append(row.feedback_id)
    return signs


def _in_order(signs: Mapping[str | None, _Signs]) -> list[str | None]:
    """Return everything first, then the touchpoints by their number of texts."""
    places = [place for place in signs if place is not None]
    places.sort(key=lambda place: (-signs[place].n, place))
    return [None, *places] if None in signs else []


def _gaps(signs: Mapping[str | None, _Signs]) -> tuple[GapFigures, ...]:
    figures = []
    for place in _in_order(signs):
        here = signs[place]
        below, above = here.gaps[Direction.BELOW], here.gaps[Direction.ABOVE]
        if place is None or len(below) + len(above) >= MIN_SIGNS:
            n = len(below) + len(above)
            figures.append(
                GapFigures(
                    touchpoint=place,
                    n=here.n,
                    n_below=len(below),
                    n_above=len(above),
                    below=share_of(len(below), n) if n >= MIN_SIGNS else None,
                    examples=tuple(below[:MAX_EXAMPLES]),
                )
            )
    return tuple(figures)


def _efforts(
    signs: Mapping[str | None, _Signs], scores: Sequence[EffortSums]
) -> tuple[EffortFigures, ...]:
    by_place: dict[str | None, Sums] = defaultdict(Sums)
    for row in scores:
        sums = Sums(n=row.n, total=row.total, total_sq=row.total_sq)
        by_place[None] += sums
        if row.touchpoint != NOWHERE:
            by_place[row.touchpoint] += sums
    figures = []
    for place in _in_order(signs):
        here, ces = signs[place], by_place[place]
        high, low = here.efforts[Effort.HIGH], here.efforts[Effort.LOW]
        if place is None or len(high) + len(low) >= MIN_SIGNS or ces.n:
            figures.append(
                EffortFigures(
                    touchpoint=place,
                    n=here.n,
                    n_high=len(high),
                    n_low=len(low),
                    high=share_of(len(high), here.n) if here.n >= MIN_SIGNS else None,
                    ces=mean_of(ces, USUAL_CES) if ces.n >= MIN_SIGNS else None,
                    examples=tuple(high[:MAX_EXAMPLES]),
                )
            )
    return tuple(figures)

"""Hot issues: the same event told by many, found by place, by name and by wording.

Three ways to find an event, then what shares most of its voices is joined:
place    complaints of one theme at one touchpoint and unit far above their own past
entity   a flight, product or numbered place that many suddenly complain of
wording  nearly the same words from several people, not heard so before
"""

import datetime as dt
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.insight import Heat, HotIssue
from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.domain.text import Bilingual
from huixiang.understanding.discovery.entities import dates, entities
from huixiang.understanding.discovery.likeness import alike
from huixiang.understanding.text.normalise import normalise

SAME = 0.5
MAX_EXAMPLES = 5
FULL_VOLUME, FULL_PEOPLE = 5.0, 6.0
"""Doublings at which a part of the heat is full: 32 times the usual, 63 people."""

Title = Callable[[IssueKey | None, Sequence[str]], Bilingual]
"""Names an event: its place and theme, and what it is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldFeedback:
    """One feedback as hot issues see it; `complaints` are the places it complains of."""

    feedback_id: str
    day: dt.date
    words: str
    polarity: Polarity | None = None
    is_public: bool = False
    person: str | None = None
    complaints: tuple[IssueKey, ...] = ()
    touchpoint: str | None = None
    unit: str | None = None

    @property
    def is_negative(self) -> bool:
        """Say whether it complains of anything."""
        return bool(self.complaints) or self.polarity is Polarity.NEGATIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class HotRule:
    """What counts as hot: so many people, and so unlikely by the past."""

    days: int = 7
    min_people: int = 4
    min_ratio: float = 2.0
    alpha: float = 0.001
    limit: int = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class _Event:
    """Voices (by number) that tell the same, and how many were to be expected."""

    by: tuple[str, ...]
    rows: frozenset[int]
    expected: float
    names: tuple[str, ...] = ()


def find_hot(
    told: Iterable[ToldFeedback], *, until: dt.date, rule: HotRule, title: Title
) -> tuple[HotIssue, ...]:
    """Return what is hot in the last days of *told*, the hottest first."""
    start = until - dt.timedelta(days=rule.days)
    ordered = sorted(told, key=lambda each: (each.day, each.feedback_id))
    now = [each for each in ordered if start < each.day <= until]
    past = [each for each in ordered if each.day <= start]
    events = _joined(
        [
            *_by_place(now, past, rule),
            *_by_entity(now, past, rule),
            *_by_wording(now, past, rule),
        ]
    )
    hot = [_issue(now, event, title, until) for event in events]
    hot = [each for each in hot if each.n_people >= rule.min_people]
    hot.sort(key=lambda each: (-each.heat.index, each.hot_id))
    return tuple(hot[: rule.limit])


def _by_place(
    now: Sequence[ToldFeedback], past: Sequence[ToldFeedback], rule: HotRule
) -> list[_Event]:
    here: dict[IssueKey, set[int]] = defaultdict(set)
    for row, each in enumerate(now):
        for key in each.complaints:
            here[key].add(row)
    before = Counter(key for each in past for key in each.complaints)
    share = _share_of_past(now, past)
    return [
        _Event(by=("place",), rows=frozenset(rows), expected=before[key] * share)
        for key, rows in here.items()
        if _is_hot(_n_people(now, rows), before[key], share, rule)
    ]


def _by_entity(
    now: Sequence[ToldFeedback], past: Sequence[ToldFeedback], rule: HotRule
) -> list[_Event]:
    here: dict[str, set[int]] = defaultdict(set)
    for row, each in enumerate(now):
        if each.is_negative:
            for name in entities(each.words):
                here[name].add(row)
    many = {
        name: rows
        for name, rows in here.items()
        if _n_people(now, rows) >= rule.min_people
    }
    before = Counter(
        name
        for each in past
        if many and each.is_negative
        for name in many.keys() & entities(each.words)
    )
    share = _share_of_past(now, past)
    return [
        _Event(
            by=("entity",),
            rows=frozenset(rows),
            expected=before[name] * share,
            names=(name,),
        )
        for name, rows in many.items()
        if _is_hot(_n_people(now, rows), before[name], share, rule)
    ]


def _by_wording(
    now: Sequence[ToldFeedback], past: Sequence[ToldFeedback], rule: HotRule
) -> list[_Event]:
    """Find what is told alike now and was not before: some words always recur."""
    rows = [row for row, each in enumerate(now) if each.is_negative]
    before = [each.words for each in past if each.is_negative]
    share = _share_of_past(now, past)
    events = []
    for group in alike([now[row].words for row in rows], before):
        members = frozenset(rows[member] for member in group.rows)
        if _is_hot(_n_people(now, members), group.n_before, share, rule):
            expected = group.n_before * share
            events.append(_Event(by=("wording",), rows=members, expected=expected))
    return events


def _share_of_past(now: Sequence[ToldFeedback], past: Sequence[ToldFeedback]) -> float:
    """Return how much of the past's feedback the last days have (at least something)."""
    return len(now) / max(len(past), 1)


def _is_hot(n: int, before: int, share: float, rule: HotRule) -> bool:
    """Say whether *n* people are many and unlikely by the past (binomial tail)."""
    from scipy.special import betainc

    expected = before * share
    if n < rule.min_people or n < rule.min_ratio * expected:
        return False
    tail = float(betainc(n, before + 1, share / (1 + share)))
    return tail <= rule.alpha


def _person(each: ToldFeedback) -> str:
    """Return who speaks; unknown people with the same words are taken for one."""
    return each.person or normalise([each.words])[0].strip()


def _n_people(now: Sequence[ToldFeedback], rows: Iterable[int]) -> int:
    return len({_person(now[row]) for row in rows})


def _joined(events: Sequence[_Event]) -> list[_Event]:
    """Join events that share most voices of the smaller one; larger ones come first."""
    joined: list[_Event] = []
    for event in sorted(events, key=lambda each: (-len(each.rows), sorted(each.rows))):
        for place, kept in enumerate(joined):
            if len(kept.rows & event.rows) >= SAME * len(event.rows):
                joined[place] = _Event(
                    by=tuple(sorted({*kept.by, *event.by})),
                    rows=kept.rows | event.rows,
                    expected=max(kept.expected, event.expected),
                    names=tuple(dict.fromkeys((*kept.names, *event.names))),
                )
                break
        else:
            joined.append(event)
    return joined


def _issue(
    now: Sequence[ToldFeedback], event: _Event, title: Title, until: dt.date
) -> HotIssue:
    said = [now[row] for row in sorted(event.rows)]
    key = _main_place(said)
    forms = Counter(form.strip() for form in normalise([each.words for each in said]))
    return HotIssue(
        hot_id=_hot_id(event, key, said),
        title=title(key, event.names),
        first_on=said[0].day,
        last_on=said[-1].day,
        theme=_part(key.theme) if key else None,
        touchpoint=_part(key.touchpoint) if key else _most(e.touchpoint for e in said),
        unit=_part(key.unit) if key else _most(each.unit for each in said),
        entities=event.names,
        dates=_named_days(said, until),
        by=event.by,
        n=len(said),
        n_people=_n_people(now, event.rows),
        n_copies=len(said) - len(forms),
        expected=event.expected,
        heat=heat(said, _n_people(now, event.rows), event.expected),
        examples=tuple(each.feedback_id for each in said[-MAX_EXAMPLES:][::-1]),
        feedback_ids=tuple(each.feedback_id for each in said),
    )


def heat(said: Sequence[ToldFeedback], n_people: int, expected: float) -> Heat:
    """Return the parts of the heat of voices in order of their days.

    Volume and people grow with their logarithm: from 4 to 8 is as much as from 40 to
    80. Growth is the share told in the later half of the event's days, less a half.
    """
    n, (first, last) = len(said), (said[0].day, said[-1].day)
    middle = first + (last - first) / 2
    later = sum(each.day > middle for each in said) / n
    return Heat(
        volume=min(math.log2(1 + n / (1 + expected)) / FULL_VOLUME, 1.0),
        people=min(math.log2(1 + n_people) / FULL_PEOPLE, 1.0),
        negativity=sum(each.is_negative for each in said) / n,
        public=sum(each.is_public for each in said) / n,
        growth=max(2 * later - 1, 0.0) if last > first else 0.5,
    )


def _main_place(said: Sequence[ToldFeedback]) -> IssueKey | None:
    """Return what most of the voices complain of."""
    keys = Counter(key for each in said for key in each.complaints)
    return min(keys, key=lambda each: (-keys[each], each), default=None)


def _part(name: str) -> str | None:
    return None if name == NOWHERE else name


def _most(names: Iterable[str | None]) -> str | None:
    counts = Counter(name for name in names if name)
    return min(counts, key=lambda each: (-counts[each], each), default=None)


def _named_days(said: Sequence[ToldFeedback], until: dt.date) -> tuple[dt.date, ...]:
    """Return the days that most of the voices name, of the year before *until*."""
    counts = Counter(day for each in said for day in dates(each.words))
    named = (
        _day(month, day, until)
        for (month, day), n in counts.items()
        if n >= SAME * len(said)
    )
    return tuple(sorted(each for each in named if each))


def _day(month: int, day: int, until: dt.date) -> dt.date | None:
    try:
        found = dt.date(until.year, month, day)
    except ValueError:
        return None
    return found if found <= until else found.replace(year=until.year - 1)


def _hot_id(event: _Event, key: IssueKey | None, said: Sequence[ToldFeedback]) -> str:
    """Return an id that stays while the event goes on: its place or name, and start."""
    what = event.names[0] if event.names else key.issue_id if key else said[0].words
    text = f"{what}\x1f{said[0].day.isoformat()}"
    return "hot_" + hashlib.sha256(text.encode()).hexdigest()[:12]

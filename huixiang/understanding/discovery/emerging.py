"""Propose themes: bursts of words, and clusters in what no code covers."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.insight import EmergingTheme, ProposalReason
from huixiang.domain.reason import Fact, Reason
from huixiang.understanding.discovery.bursts import (
    BurstRule,
    Heard,
    WordBurst,
    find_bursts,
)
from huixiang.understanding.discovery.clusters import (
    ClusterRule,
    find_clusters,
    typical_words,
)
from huixiang.understanding.model.vocabulary import SaidWords, read_words
from huixiang.understanding.text.normalise import normalise
from huixiang.understanding.text.segment import Segmenter

Ages = npt.NDArray[np.int64]
"""How many days before the last one each voice was heard."""
MAX_KEYWORDS = 8
MAX_EXAMPLES = 5
SAME = 0.5
"""Two findings that share this much of the smaller one are the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardVoice:
    """One feedback, as far as it can tell of something new.

    `themes` are those it surely mentions. `person` is a pseudonym (None: unknown).
    """

    feedback_id: str
    day: dt.date
    source: str
    words: str
    unit: str | None = None
    touchpoint: str | None = None
    polarity: Polarity | None = None
    themes: tuple[str, ...] = ()
    person: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergingRule:
    """What is proposed."""

    min_people: int = 3
    limit: int = 20
    burst: BurstRule = field(default_factory=BurstRule)
    cluster: ClusterRule = field(default_factory=ClusterRule)

    @property
    def days(self) -> int:
        """How many days back is new."""
        return self.burst.days


@dataclass(frozen=True, kw_only=True, slots=True)
class _Finding:
    """Words and the recent voices (by number) that say them."""

    words: tuple[int, ...]
    rows: frozenset[int]
    burst: WordBurst | None


def propose(
    voices: Iterable[HeardVoice],
    segmenter: Segmenter,
    *,
    until: dt.date,
    known: frozenset[str],
    rule: EmergingRule,
) -> tuple[EmergingTheme, ...]:
    """Return what is new in the last days of *voices*, the clearest first."""
    heard = _told_once(voices, until)
    vocabulary = read_words([each.words for each in heard], segmenter, known)
    if not vocabulary.words:
        return ()
    age = np.array([(until - each.day).days for each in heard], dtype=np.int64)
    findings = _merged(
        [
            *_by_bursts(heard, vocabulary, age, rule),
            *_by_clusters(heard, vocabulary, age, rule),
        ]
    )
    proposals = [
        _proposal(heard, vocabulary, finding, age, rule)
        for finding in findings
        if _n_people(heard, finding.rows) >= rule.min_people
    ]
    return tuple(proposals[: rule.limit])


def whole_weeks(days: int) -> int:
    """Return *days* rounded up to whole weeks, so that weekdays cannot mislead."""
    return -(-days // 7) * 7


def same_theme(keywords: Sequence[str], decided: Sequence[str]) -> bool:
    """Say whether a proposal is one that somebody has decided about already."""
    shared = set(keywords) & set(decided)
    least = min(len(set(keywords)), len(set(decided)))
    return bool(shared) and (keywords[0] in shared or len(shared) >= SAME * least)


def _told_once(voices: Iterable[HeardVoice], until: dt.date) -> list[HeardVoice]:
    """Return voices up to the day, the same words only once: copies are no news."""
    ordered = sorted(
        (each for each in voices if each.day <= until),
        key=lambda each: (each.day, each.feedback_id),
    )
    forms = normalise([each.words for each in ordered])
    pairs = zip(reversed(forms), reversed(ordered), strict=True)
    first = {form.strip(): each for form, each in pairs}
    return sorted(first.values(), key=lambda each: (each.day, each.feedback_id))


def _by_bursts(
    heard: Sequence[HeardVoice],
    vocabulary: SaidWords,
    age: Ages,
    rule: EmergingRule,
) -> list[_Finding]:
    """Group bursting words that the same voices say; the clearest word leads."""
    names = sorted({each.source for each in heard})
    number = {name: place for place, name in enumerate(names)}
    sources = np.array([number[each.source] for each in heard], dtype=np.int64)
    found = find_bursts(
        Heard(says=vocabulary.says, age_days=age, source=sources), rule.burst
    )
    columns = vocabulary.says.tocsc()
    recent = frozenset(np.flatnonzero(age < rule.days).tolist())
    return [
        _Finding(
            words=(burst.word,),
            rows=recent & frozenset(columns[:, burst.word].indices.tolist()),
            burst=burst,
        )
        for burst in found
    ]


def _by_clusters(
    heard: Sequence[HeardVoice], vocabulary: SaidWords, age: Ages, rule: EmergingRule
) -> list[_Finding]:
    """Group what no code covers, by the words that are typical of it."""
    recent = age < rule.days
    uncovered = recent & np.array([not each.themes for each in heard], dtype=np.bool_)
    typical = typical_words(
        _counts(vocabulary, uncovered),
        _counts(vocabulary, recent),
        float(uncovered.sum()) / max(int(recent.sum()), 1),
        rule.cluster,
    )
    rows = np.flatnonzero(uncovered)
    return [
        _Finding(
            words=tuple(int(typical[word]) for word in cluster.words),
            rows=frozenset(int(rows[member]) for member in cluster.members),
            burst=None,
        )
        for cluster in find_clusters(vocabulary.says[rows][:, typical], rule.cluster)
    ]


def _counts(vocabulary: SaidWords, rows: npt.NDArray[np.bool_]) -> Ages:
    return np.asarray(vocabulary.says[rows].sum(axis=0), dtype=np.int64).ravel()


def _merged(findings: Sequence[_Finding]) -> list[_Finding]:
    """Join each finding to the first before it that shares most of its voices."""
    merged: list[_Finding] = []
    for finding in findings:
        for place, kept in enumerate(merged):
            least = min(len(kept.rows), len(finding.rows))
            if len(kept.rows & finding.rows) >= SAME * least:
                merged[place] = _Finding(
                    words=tuple(dict.fromkeys((*kept.words, *finding.words))),
                    rows=kept.rows if finding.burst else kept.rows | finding.rows,
                    burst=kept.burst,
                )
                break
        else:
            merged.append(finding)
    return merged


def _n_people(heard: Sequence[HeardVoice], rows: Iterable[int]) -> int:
    """Count persons; an unknown one is taken for somebody else each time."""
    return len({heard[row].person or heard[row].feedback_id for row in rows})


def _proposal(
    heard: Sequence[HeardVoice],
    vocabulary: SaidWords,
    finding: _Finding,
    age: Ages,
    rule: EmergingRule,
) -> EmergingTheme:
    keywords = _keywords(vocabulary, finding)
    said = [heard[row] for row in sorted(finding.rows)]
    n_before, growth, first = _past(heard, vocabulary, finding, age, rule)
    uncovered = sum(not each.themes for each in said) / len(said)
    themes = Counter(theme for each in said for theme in each.themes)
    nearest = min(themes, key=lambda each: (-themes[each], each), default=None)
    return EmergingTheme(
        proposal_id=proposal_id(keywords),
        name_zh="、".join(keywords[:3]),
        keywords=keywords,
        n=len(said),
        n_before=n_before,
        first_seen_on=first,
        growth=growth,
        q_value=finding.burst.q_value if finding.burst else None,
        share_uncovered=uncovered,
        nearest_theme=nearest,
        units=_top(each.unit for each in said),
        touchpoints=_top(each.touchpoint for each in said),
        polarities=_top(each.polarity for each in said),
        examples=_examples(vocabulary, finding, heard),
        why=_why(finding, keywords[0], len(said), rule.days),
    )


def proposal_id(keywords: Sequence[str]) -> str:
    """Return an id that depends on the leading word alone."""
    return "et_" + hashlib.sha256(keywords[0].encode()).hexdigest()[:12]


def _keywords(vocabulary: SaidWords, finding: _Finding) -> tuple[str, ...]:
    """Return the words, without those that are only part of another one kept."""
    rows = sorted(finding.rows)
    counts = np.asarray(vocabulary.says[rows].sum(axis=0)).ravel()
    kept: list[int] = []
    ranked = sorted(
        finding.words[: 4 * MAX_KEYWORDS],
        key=lambda word: (
            -round(float(counts[word]) / len(rows), 1),
            -len(vocabulary.words[word]),
        ),
    )
    for word in ranked:
        name = vocabulary.words[word]
        if not any(
            name in vocabulary.words[other] or vocabulary.words[other] in name
            for other in kept
        ):
            kept.append(word)
    return tuple(vocabulary.words[word] for word in kept[:MAX_KEYWORDS])


def _past(
    heard: Sequence[HeardVoice],
    vocabulary: SaidWords,
    finding: _Finding,
    age: Ages,
    rule: EmergingRule,
) -> tuple[int, float | None, dt.date]:
    """Return how many said it before, how the rate grew, and since when it is heard.

    A voice of the past counts where it says as much of it as a recent one.
    """
    words = list(finding.words[:MAX_KEYWORDS])
    hits = np.asarray(vocabulary.says[:, words].sum(axis=1)).ravel()
    wanted = 1 if finding.burst else 2
    saying = hits >= min(wanted, len(words))
    past = age >= rule.days
    n_before = int((saying & past).sum())
    n_now = max(int((saying & ~past).sum()), 1)
    first = min(heard[row].day for row in np.flatnonzero(saying).tolist())
    if not n_before or not past.any():
        return n_before, None, first
    return n_before, (n_now / (~past).sum()) / (n_before / past.sum()), first


def _examples(
    vocabulary: SaidWords, finding: _Finding, heard: Sequence[HeardVoice]
) -> tuple[str, ...]:
    """Return the voices that say most of the words, the newest of equals first."""
    rows = sorted(finding.rows, reverse=True)
    hits = np.asarray(vocabulary.says[rows][:, list(finding.words)].sum(axis=1)).ravel()
    best = sorted(range(len(rows)), key=lambda place: (-hits[place], place))
    return tuple(heard[rows[place]].feedback_id for place in best[:MAX_EXAMPLES])


def _top(names: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts = Counter(str(name) for name in names if name)
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _why(finding: _Finding, word: str, n: int, days: int) -> Reason[ProposalReason]:
    burst = finding.burst
    if burst is None:
        facts: dict[str, Fact] = {"n": n, "days": days}
        return Reason(code=ProposalReason.UNCOVERED, facts=facts, words=word)
    facts = {
        "n": burst.n,
        "days": days,
        "expected": round(burst.expected, 1),
        "q_value": float(f"{burst.q_value:.2g}"),
    }
    return Reason(code=ProposalReason.BURST, facts=facts, words=word)

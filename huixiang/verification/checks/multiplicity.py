"""How many of our fixes worked: false discoveries held down in the headline."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from huixiang.domain.proof.verdict import StoredVerdict, VerdictKind
from huixiang.verification.engine.judging import Judgement

FALSE_DISCOVERY_RATE = 0.10


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """The figure for a sentence such as "9 of our 20 fixes worked"."""

    n_followed: int  # actions with evidence
    n_improved: int  # verdicts "improved", each at its own alpha
    confirmed: tuple[str, ...]  # action ids that also stand together


def headline(
    judgements: Iterable[Judgement], *, rate: float = FALSE_DISCOVERY_RATE
) -> Headline:
    """Apply Benjamini & Hochberg (1995) to the sequential p-values of all followed."""
    followed = [j for j in judgements if j.p_improved is not None]
    improved = {j.action_id for j in followed if j.verdict.kind is VerdictKind.IMPROVED}
    p_values = {j.action_id: j.p_improved or 0.0 for j in followed}
    return together(p_values, improved, rate=rate)


def headline_of(verdicts: Iterable[StoredVerdict]) -> Headline:
    """Return the headline over the newest verdict of each item."""
    p_values, improved = {}, set()
    for each in verdicts:
        if each.detail.p_improved is not None:
            p_values[each.item_id] = each.detail.p_improved
            if each.kind is VerdictKind.IMPROVED:
                improved.add(each.item_id)
    return together(p_values, improved)


def together(
    p_values: Mapping[str, float],
    improved: Collection[str],
    *,
    rate: float = FALSE_DISCOVERY_RATE,
) -> Headline:
    """Return which of the *improved* also stand among all that were followed."""
    kept = discoveries(p_values, rate=rate)
    return Headline(
        n_followed=len(p_values),
        n_improved=len(improved),
        confirmed=tuple(name for name in kept if name in improved),
    )


def discoveries(p_values: Mapping[str, float], *, rate: float) -> list[str]:
    """Return the names whose p-values Benjamini-Hochberg keeps, smallest first."""
    from scipy.stats import false_discovery_control  # half a second to load

    if not p_values:
        return []
    ordered = sorted(p_values.items(), key=lambda item: (item[1], item[0]))
    false_shares = false_discovery_control([p for _, p in ordered])
    return [
        name
        for (name, _), share in zip(ordered, false_shares, strict=True)
        if share <= rate
    ]

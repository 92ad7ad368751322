"""How many of our fixes worked, with chance finds among all of them held down."""

from collections.abc import Iterable, Mapping
from typing import Any

from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import VerdictKind
from huixiang.verification.checks.multiplicity import (
    FALSE_DISCOVERY_RATE,
    Headline,
    together,
)


def headline_of(verdicts: Iterable[Mapping[str, Any]]) -> Headline:
    """Return the headline over the newest verdict of each item (stored rows)."""
    rows = [row for row in verdicts if row["detail"].get("p_improved") is not None]
    return together(
        {row["item_id"]: row["detail"]["p_improved"] for row in rows},
        {row["item_id"] for row in rows if row["kind"] is VerdictKind.IMPROVED},
    )


def headline_words(found: Headline) -> Bilingual:
    """Say the headline in one sentence."""
    n, sure, share = found.n_improved, len(found.confirmed), FALSE_DISCOVERY_RATE
    return Bilingual(
        zh=f"跟踪了 {found.n_followed} 项整改，{n} 项有改善；放在一起看（其中偶然的不超过"
        f" {share:.0%}），{sure} 项站得住。",
        en=f"{found.n_followed} fixes were followed and {n} improved; {sure} of these also "
        f"stand when seen together, with at most {share:.0%} of them by chance.",
    )

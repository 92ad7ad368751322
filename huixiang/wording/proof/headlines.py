"""How many of our fixes worked, with chance finds among all of them held down."""

from huixiang.domain.text import Bilingual
from huixiang.verification.checks.multiplicity import FALSE_DISCOVERY_RATE, Headline


def headline_words(headline: Headline) -> Bilingual:
    """Say the headline in one sentence."""
    n, sure, share = headline.n_improved, len(headline.confirmed), FALSE_DISCOVERY_RATE
    return Bilingual(
        zh=f"跟踪了 {headline.n_followed} 项整改，{n} 项有改善；放在一起看（其中偶然的不超过"
        f" {share:.0%}），{sure} 项站得住。",
        en=f"{headline.n_followed} fixes were followed and {n} improved; {sure} of these also "
        f"stand when seen together, with at most {share:.0%} of them by chance.",
    )

"""How large the effect of a fix was, and whether it lasted."""

from huixiang.domain.proof.verdict import Verdict
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b
from huixiang.wording.proof.verdict_checks import change


def effect_words(verdict: Verdict) -> Bilingual:
    """Say how large a verdict's effect was, in the metric's own units."""
    if verdict.effect is None:
        return b("无法衡量", "not measurable")
    size = change(verdict.effect, verdict.criterion.metric)
    return b(f"效果 {size.zh}", f"effect {size.en}")


def still_there(effect: Bilingual, days: int) -> Bilingual:
    """Say that an effect had not gone when somebody looked again."""
    return b(
        f"{effect.zh}，{days} 天后仍在", f"{effect.en}, still there after {days} days"
    )

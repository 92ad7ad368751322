"""Sentences about stored decisions, in both languages."""

from huixiang.domain.alert import AlertFacts, CriticalFacts
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Verdict
from huixiang.wording.alerts import why_critical, why_rate
from huixiang.wording.checks import change


def why_opened(alert: AlertFacts, theme: Bilingual) -> Bilingual:
    """Say in one sentence why an item opened; *theme* is the name of its theme."""
    if isinstance(alert, CriticalFacts):
        return why_critical(alert, theme)
    return why_rate(alert, theme)


def effect_words(verdict: Verdict) -> Bilingual:
    """Say how large a verdict's effect was, in the metric's own units."""
    if verdict.effect is None:
        return Bilingual(zh="无法衡量", en="not measurable")
    size = change(verdict.effect, verdict.criterion.metric)
    return Bilingual(zh=f"效果 {size.zh}", en=f"effect {size.en}")


def still_there(effect: Bilingual, days: int) -> Bilingual:
    """Say that an effect had not gone when somebody looked again."""
    return Bilingual(
        zh=f"{effect.zh}，{days} 天后仍在",
        en=f"{effect.en}, still there after {days} days",
    )

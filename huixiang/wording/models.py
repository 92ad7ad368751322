"""What decisions about models say."""

from collections.abc import Mapping

from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.domain.training import PromotionReason
from huixiang.wording.language import b

PROMOTIONS: Mapping[PromotionReason, Bilingual] = {
    PromotionReason.FIRST_MODEL: b("这是第一个模型", "It is the first model"),
    PromotionReason.SAME_MODEL: b(
        "没有新的标注，模型不变", "No new labels: the model is the same"
    ),
    PromotionReason.CHAMPION_REFUSED: b(
        "在用的模型已不能用（损坏，或码框换了版本）",
        "The model in use can no longer be used (damaged, or another codeframe)",
    ),
    PromotionReason.CHAMPION_SAW_HELD_OUT: b(
        "在用的模型学过留出的句子，无从比较",
        "The model in use has learned held-out sentences: nothing to compare by",
    ),
    PromotionReason.TOO_FEW_HELD_OUT: b(
        "留出的句子太少，比不出高下，新模型学得更多",
        "Too few held-out sentences to tell them apart; the new one learned more",
    ),
    PromotionReason.NOT_WORSE: b(
        "总体不差，且没有一个受保护的类别变差",
        "At least as good overall, and no protected class gets worse",
    ),
    PromotionReason.WORSE_OVERALL: b("总体变差", "Worse overall"),
    PromotionReason.CLASS_MAY_BE_WORSE: b(
        "有受保护的类别可能变差", "A protected class may get worse"
    ),
    PromotionReason.PERSON: b("有人这样决定", "Somebody decided so"),
}


def promotion_words(reason: Reason[PromotionReason]) -> Bilingual:
    """Return why a model was put to use or not; a person's own words stay theirs."""
    if reason.words:
        return b(reason.words, reason.words)
    return PROMOTIONS[reason.code]

"""What decisions about models say."""

from collections.abc import Mapping

from huixiang.domain.coding.training import (
    ClassChange,
    HeadChange,
    KeptModel,
    ModelDecision,
    PromotionReason,
    Share,
)
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b
from huixiang.wording.report.training import NAMES
from huixiang.wording.terms import head

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


def model_trained(model: KeptModel, when: str) -> Bilingual:
    """Say what a model learned from, and whether it is in use."""
    key, figures = model.model_id, model.figures
    n, corrected = figures.n_rows, figures.n_corrections
    in_use = b("在用", "in use") if model.active else b("未在用", "not in use")
    return b(
        f"模型 {key}：{when} 训练，学了 {n} 句（其中人工更正 {corrected} 句），"
        f"码框 {model.codeframe_version}，{in_use.zh}；{model.folder}/training.html",
        f"Model {key}: trained {when} from {n} sentences ({corrected} corrected by "
        f"people), codeframe {model.codeframe_version}, {in_use.en}; "
        f"{model.folder}/training.html",
    )


def held_out(name: str, share: Share) -> Bilingual:
    """Say how good a model is at one of its tasks."""
    task = head(name)
    numbers = f"{share.value:.1%} ({share.low:.1%} – {share.high:.1%})"
    return b(
        f"· {task.zh}：留出句子上 {numbers}，n = {share.n}",
        f"· {task.en}: {numbers} on held-out sentences, n = {share.n}",
    )


def model_decided(decision: ModelDecision, when: str) -> Bilingual:
    """Say who put a model to use or did not, and why."""
    why = promotion_words(decision.reason)
    what = (
        b("启用", "put to use") if decision.promoted else b("未启用", "not put to use")
    )
    other, who = decision.champion_id, decision.decided_by
    against = b(f"（对手 {other}）", f" (against {other})") if other else b("", "")
    return b(
        f"· {when} {who} {what.zh}{against.zh}：{why.zh}",
        f"· {when} {what.en} by {who}{against.en}: {why.en}",
    )


def head_compared(change: HeadChange) -> Bilingual:
    """Say how champion and challenger compare at one task."""
    task, numbers = (
        head(change.head),
        f"{change.champion:.1%} → {change.challenger:.1%}",
    )
    return b(
        f"  {task.zh}：{numbers}（{change.n} 题，p = {change.p_value:.2f}）",
        f"  {task.en}: {numbers} ({change.n} questions, p = {change.p_value:.2f})",
    )


def class_at_risk(change: ClassChange) -> Bilingual:
    """Say how much worse a protected class may get."""
    name = NAMES.get(change.name, b(change.name, change.name))
    return b(
        f"  受保护的类别“{name.zh}”：最坏 {change.low * 100:+.1f} 个百分点",
        f"  protected class “{name.en}”: {change.low * 100:+.1f} points at worst",
    )

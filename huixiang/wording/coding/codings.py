"""Why a text is coded as it is, in sentences."""

from collections.abc import Mapping
from typing import Any

from huixiang.domain.coding.codeframe import CoderKind, Polarity
from huixiang.domain.coding.coding_reason import CodingReason, NoIssueReason, Why
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

POLARITY: Mapping[Polarity, Bilingual] = {
    Polarity.POSITIVE: b("正面", "positive"),
    Polarity.NEUTRAL: b("中性", "neutral"),
    Polarity.NEGATIVE: b("负面", "negative"),
}
CODER: Mapping[CoderKind, Bilingual] = {
    CoderKind.RULE: b("规则", "rule"),
    CoderKind.MODEL: b("模型", "model"),
    CoderKind.PERSON: b("人", "person"),
}
NO_ISSUE: Mapping[NoIssueReason, Bilingual] = {
    NoIssueReason.TOUCHPOINT_DISAGREES: b(
        "模型认为的主题不发生在记录所写的触点，等人复核",
        "the model's theme does not happen where the record says it was; it waits for "
        "review",
    ),
    NoIssueReason.LOW_CONFIDENCE: b(
        "模型把握不足，等人复核后再归入",
        "the model is not sure enough; it waits for a person's review",
    ),
}


def coding_reason_words(reason: Why) -> Bilingual:
    """Return one reason of a coding; words of the text and ids stay as they are."""
    template = _IN_WORDS[reason.code]
    filled = {**reason.facts, "words": reason.words}
    told = reason.words if reason.code in _WITH_TAIL else ""
    tail_zh, tail_en = (f"；依据：{told}", f"; words: {told}") if told else ("", "")
    return b(
        template.zh.format_map({**filled, **_names(reason.facts)}) + tail_zh,
        template.en.format_map(filled) + tail_en,
    )


def _names(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return polarities and coders by their Chinese names."""
    named = {
        name: POLARITY[Polarity(str(facts[name]))].zh
        for name in ("polarity", "before")
        if name in facts
    }
    if "coder" in facts:
        named["coder"] = CODER[CoderKind(str(facts["coder"]))].zh
    return named


_C = CodingReason
_WITH_TAIL = frozenset({_C.DEPARTMENT_BY_MODEL})
_IN_WORDS: Mapping[CodingReason, Bilingual] = {
    _C.RULE: b("{rule}", "{rule}"),
    _C.CARRIED_TONE: b("{words}={weight:+.0f}", "{words}={weight:+.0f}"),
    _C.TONE: b("{words}={weight:+.1f}", "{words}={weight:+.1f}"),
    _C.NEGATED: b("被否定", "negated"),
    _C.NEIGHBOUR: b("取自相邻分句", "neighbouring clause"),
    _C.IRONY: b("反话", "irony"),
    _C.THEME_CHANCE: b("主题的概率 {chance:.2f}", "theme at {chance:.2f}"),
    _C.FEELING_CHANCE: b(
        "情感{polarity}的概率 {chance:.2f}", "{polarity} at {chance:.2f}"
    ),
    _C.TOGETHER: b(
        "合起来 {chance:.2f}，到 {least:.2f} 才算；低于它就不会有这条编码",
        "together {chance:.2f}, counts from {least:.2f}",
    ),
    _C.THEME_WORDS: b("说明主题的词：{words}", "words of the theme: {words}"),
    _C.FEELING_WORDS: b("说明情感的词：{words}", "words of the feeling: {words}"),
    _C.MODEL_AGREES: b(
        "模型认为{polarity}，概率 {chance:.2f}",
        "the model says {polarity} at {chance:.2f}",
    ),
    _C.MODEL_DISAGREES: b(
        "规则与模型不一致：模型认为{polarity}，概率 {chance:.2f}",
        "disagreement: the model says {polarity} at {chance:.2f}",
    ),
    _C.MODEL_CORRECTS: b(
        "由{before}更正：模型认为{polarity}，概率 {chance:.2f}",
        "corrected from {before}: the model says {polarity} at {chance:.2f}",
    ),
    _C.MODEL_SILENT: b("模型没有看到这个主题", "the model does not see this theme"),
    _C.TEXT_DISAGREES: b(
        "规则与模型不一致：全文{polarity}的概率 {chance:.2f}，评分 {stars:g}/5",
        "disagreement: the whole text is {polarity} at {chance:.2f}, rated {stars:g} of 5",
    ),
    _C.TEXT_BY_MODEL: b(
        "模型看全文，{polarity}，概率 {chance:.2f}",
        "polarity: the model, {polarity} at {chance:.2f}",
    ),
    _C.TEXT_BY_FEELING: b(
        "按情感词与评分，{polarity}，概率 {chance:.2f}",
        "polarity: words of feeling and rating, {polarity} at {chance:.2f}",
    ),
    _C.NO_FEELING: b("没有情感词", "polarity: no words of feeling"),
    _C.NO_WORDS: b("记录没有文字", "the record has no words"),
    _C.DEPARTMENT_BY_MODEL: b(
        "模型认为归 {department}，概率 {chance:.2f}",
        "department: the model, {department} at {chance:.2f}",
    ),
    _C.LANGUAGE_AGREES: b(
        "大语言模型认为{polarity}，至少 {chance:.2f} 说得对",
        "the language model says {polarity}, right in {chance:.2f} or more",
    ),
    _C.LANGUAGE_DISAGREES: b(
        "说法不一：大语言模型认为{polarity}，至少 {chance:.2f} 说得对",
        "disagreement: the language model says {polarity}, right in {chance:.2f} or more",
    ),
    _C.LANGUAGE_CORRECTS: b(
        "由{before}更正：大语言模型认为{polarity}，至少 {chance:.2f} 说得对",
        "corrected from {before}: the language model says {polarity}, right in "
        "{chance:.2f} or more",
    ),
    _C.LANGUAGE_SILENT: b(
        "大语言模型没有看到这个主题", "the language model does not see this theme"
    ),
    _C.LANGUAGE_ONLY: b(
        "只有大语言模型看到它；至少 {chance:.2f} 说得对",
        "only the language model sees it; it is right in {chance:.2f} or more",
    ),
    _C.LANGUAGE_UNHEARD: b(
        "没有听到大语言模型的回答：沉默、读不懂或超出预算",
        "the language model was not heard: silent, unreadable or beyond the budget",
    ),
    _C.MENTION_MALFORMED: b(
        "大语言模型的一条提及格式不对，未采用",
        "language model, ignored: malformed mention",
    ),
    _C.MENTION_OF_NO_THEME: b(
        "大语言模型说了码框没有的主题，未采用",
        "language model, ignored: unknown theme",
    ),
    _C.MENTION_NOT_IN_TEXT: b(
        "大语言模型说到 {theme}，但它的依据不在原文里，未采用",
        "language model, ignored: {theme}: its evidence does not stand in the text",
    ),
    _C.REVIEW: b("复核 {review}", "review {review}"),
    _C.INSTEAD_OF: b("原为{polarity}，{coder} {by}", "was {polarity} by {coder} {by}"),
    _C.KEPT: b("{words}", "{words}"),
}

"""What a reviewer reads: reasons, keys, questions, in Chinese and in English."""

from collections.abc import Mapping, Sequence

from huixiang.domain.coding.codeframe import Codeframe, Polarity
from huixiang.domain.coding.review import Candidate, Mention, Queued, QueueReason
from huixiang.domain.text import Bilingual, Language
from huixiang.wording.coding.codings import CODER, POLARITY
from huixiang.wording.language import b

QUEUE_REASONS: Mapping[QueueReason, Bilingual] = {
    QueueReason.REVIEWERS_DISAGREE: b("两位复核人意见不同", "two reviewers disagree"),
    QueueReason.COULD_JOIN_ISSUE: b(
        "负面，但未归入问题，等人定", "negative but on no issue until a person says so"
    ),
    QueueReason.RULES_AND_MODEL: b("规则与模型说法不一", "rules and model disagree"),
    QueueReason.RATING_DISAGREES: b("评分与情感相反", "the rating says the opposite"),
    QueueReason.MODEL_SILENT: b(
        "规则看到、模型没看到", "seen by the rules, not by the model"
    ),
    QueueReason.LOW_CONFIDENCE: b("把握不足", "not sure enough"),
    QueueReason.NO_THEME: b("没有对得上的主题", "no theme fits"),
    QueueReason.NEW_WORDS: b("出现新词", "new words"),
    QueueReason.SECOND_LOOK: b("请第二人也看一遍", "a second person is asked"),
}
YES = ("y", "yes", "对", "是")
NO = ("n", "no", "无", "否")
"""What a reviewer may write in a sheet: what stands there is so, or is not."""

KEYS = b(
    "回车/a 接受  t 换主题  p 换情感  n 没有这个主题  + 加主题  1-9 选一条  "
    "s 跳过  u 撤销  ? 帮助  q 退出",
    "Enter/a accept  t theme  p polarity  n no theme here  + add a theme  1-9 choose  "
    "s skip  u undo  ? help  q quit",
)
HELP = b(
    "一条反馈可有多个主题；数字键选中其中一条（▶），t、p、n 只改它。"
    "接受之后，你看到的就是这条反馈的编码，并成为下次训练的标注。"
    "u 先撤销本条的改动，再撤销上一条的决定。",
    "A feedback may have several themes; a digit chooses one (▶), and t, p, n change "
    "that one. What you see when you accept becomes the coding, and a label for the "
    "next training. u undoes changes here first, then the decision before.",
)
ASK_THEME = b(
    "主题（编号或名称的一部分，回车放弃）：",
    "Theme (part of its id or name; Enter: leave): ",
)
NO_SUCH_THEME = b("没有这样的主题。", "No theme is called so.")
EMPTY = b(
    "队列是空的：没有需要人看的。", "The queue is empty: nothing asks for a look."
)
NOTHING_TO_UNDO = b("没有可撤销的。", "Nothing to undo.")
TAKEN_BACK = b("已撤销上一条的决定。", "The decision before was taken back.")
NONE_HERE = b("（没有主题）", "(no theme)")
DONE = b(
    "已复核 {n} 条，跳过 {skipped} 条；{applied} 条的编码已更新。",
    "{n} reviewed, {skipped} skipped; the codings of {applied} follow.",
)
WAITS = b(
    "另一个运行正在写入；这些复核已记下，下次 understand 运行时生效。",
    "Another run is writing; the reviews are kept and take effect with the next "
    "understand run.",
)


def queue_words(queued: Queued, language: Language) -> str:
    """Say why a feedback is in the queue."""
    words = [QUEUE_REASONS[each].get(language) for each in queued.reasons]
    if queued.new_words:
        words.append("/".join(queued.new_words))
    return ("，" if language == "zh-CN" else ", ").join(words)


def card(queued: Queued, number: int, total: int, language: Language) -> str:
    """Return the head and the words of a feedback, evidence marked."""
    candidate = queued.candidate
    facts = [f"{candidate.occurred_at:%Y-%m-%d}"]
    facts += [each for each in (candidate.unit, candidate.touchpoint) if each]
    if candidate.stars is not None:
        facts.append(f"★{candidate.stars:.1f}")
    head = f"[{number}/{total}] {candidate.feedback_id}  {' · '.join(facts)}"
    return f"{head}\n  {queue_words(queued, language)}\n  {marked(candidate)}"


def marked(candidate: Candidate) -> str:
    """Return the words of a feedback on one line, with the evidence in brackets."""
    words = candidate.words
    for start, end in sorted({each.span for each in candidate.codings}, reverse=True):
        if start < end <= len(words) and not _is_open(words, start, end):
            words = f"{words[:start]}【{words[start:end]}】{words[end:]}"
    return " / ".join(words.splitlines())


def _is_open(words: str, start: int, end: int) -> bool:
    """Say whether a span would cut through brackets that stand already."""
    return "【" in words[start:end] or "】" in words[start:end]


def mention_lines(
    mentions: Sequence[Mention],
    chosen: int,
    candidate: Candidate,
    codeframe: Codeframe,
    language: Language,
) -> list[str]:
    """Return one line for each mention, the chosen one marked."""
    if not mentions:
        return [f"    {NONE_HERE.get(language)}"]
    return [
        f"  {'▶' if number == chosen else ' '} {number + 1} "
        f"{mention_words(mention, codeframe, language)}{_by(mention, candidate, language)}"
        for number, mention in enumerate(mentions)
    ]


def mention_words(mention: Mention, codeframe: Codeframe, language: Language) -> str:
    """Name a theme and how it is felt about."""
    polarity = POLARITY[Polarity(mention.polarity)].get(language)
    name = codeframe.name(mention.theme, language)
    return f"{name} ({mention.theme}) · {polarity}"


def _by(mention: Mention, candidate: Candidate, language: Language) -> str:
    for each in candidate.codings:
        if (each.theme, each.polarity) == (mention.theme, mention.polarity):
            return f"  {CODER[each.coder].get(language)} {each.confidence:.0%}"
    return ""

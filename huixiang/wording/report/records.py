"""The sections on the ledger, sources, quarantine, and how to read the report."""

import datetime as dt

from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

LEDGER = b("台账：每条反馈现在在哪里", "Ledger: where every record is now")
SIDES_ARE_EQUAL = b(
    "左边是进来的，右边是它们现在所在的位置；两边必须相等。",
    "On the left what came in, on the right where it is; both sides must be equal.",
)
LEDGER_IS_EMPTY = b("台账还没有记录。", "The ledger holds nothing yet.")
AS_EXPECTED = b("正常", "as expected")
NO_SOURCES_YET = b("还没有来源。", "No sources yet.")
WHO_CODED = b("听懂：谁做的编码", "Understanding: who coded")
RULES = b("规则", "rules")
MODEL = b("模型", "model")
PEOPLE = b("人工", "people")
WAITING = b("待编码", "waiting")
CODEFRAME = b("码框", "codeframe")
MODEL_ON_UNSEEN = b(
    "模型在未见过的句子上：", "The model on sentences it had not seen: "
)
ALL_VERSIONS = b("各版本", "all versions")
QUARANTINE = b("隔离：被挡在门外的记录", "Quarantine: records kept out")
NOTHING_IS_DROPPED = b("没有一条被丢弃：", "Nothing is dropped: ")
NO_RECORD_IS_IN_QUARANTINE = b("没有记录被隔离。", "No record is in quarantine.")
HOW_TO_READ = b("怎么读这份报告", "How to read this report")
WHY_NOT_PLAIN = b(
    "开单往往因为分数跌到了低点，而低点多半会自己回升。所以不看“后来比当时高”，只看“比不整改时本会到达的水平高出多少”：用整改前的历史、未整改单元的大"
    "势和渠道构成推出那个水平，再与实际相比。",
    "Items open when a score is at a low, and lows mostly recover on their "
    "own. So we do not ask whether it is higher than it was, but how much "
    "higher than it would have been without the fix: that level is forecast "
    "from the history before the fix, the trend of units nobody touched and "
    "the mix of channels, then compared with what happened.",
)
CAUTIOUS_MEANS = b(
    "刚被判为“已改善”的效果往往偏高，向零收缩后的数字更适合对外引用。",
    "An effect just found is usually overstated; the figure drawn towards zero "
    "is the one to quote.",
)


def silent_since(day: dt.date) -> Bilingual:
    """Say since when a source is silent, and what that does not mean."""
    return b(
        f"自 {day} 起静默：没有声音不等于改善",
        f"silent since {day}: that is not improvement",
    )

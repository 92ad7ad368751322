"""Which feedback says which word: the words that could name something new."""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np

from huixiang.understanding.text import lexicon
from huixiang.understanding.text.normalise import normalise
from huixiang.understanding.text.segment import Segmenter

_MASK = re.compile(r"\[[^\[\]]{1,8}\]")
_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[a-z][a-z'-]{2,}")
_EMPTY_WORDS = """
我们 你们 他们 她们 它们 自己 大家 别人 人家 咱们 这个 那个 这些 那些 这里 那里 这么 那么 这样 那样 这种 那种 这次 那次 什么 怎么
怎样 怎么样 哪里 哪个 哪些 为什么 多少 几个 一个 一些 一点 一下 一次 一直 一样 一起 一定 一般 一边 一切 一种 有点 有些 有的 没有 不是 就是 还是
也是 都是 但是 可是 不过 而且 因为 所以 如果 虽然 尽管 然而 或者 以及 并且 由于 只是 只有 只能 只要 不但 不仅 不要 不用 不能 不会 不想 不到 不得
不知 知道 觉得 感觉 认为 以为 希望 可以 可能 应该 需要 能够 必须 已经 曾经 正在 刚刚 刚才 马上 现在 今天 昨天 明天 时候 时间 之后 之前 以后 以前
后来 最后 然后 其实 确实 真的 真是 特别 非常 十分 比较 相当 越来越 更加 居然 竟然 到底 究竟 终于 总是 经常 每次 每天 今年 去年 上午 下午 晚上 早上
中午 几天 小时 分钟 左右 多次 再次 第一次 下次 上次 这家 那家 东西 事情 问题 情况 地方 方面 部分 样子 出来 起来 下来 过来 过去 回来 进去 出去 上去
看到 看见 听到 说话 告诉 表示 进行 通过 对于 关于 根据 按照 为了 除了 包括 而是 是不是 有没有 能不能 会不会 给我 让我 对我 跟我 我的 你的 他的
the and for are was were has have had with this that from they you your our but not all any can will just been when what who how
its his her him she their there here then than too very really would could should about after before again also because get got
one two out into over some such only other more most much many did does don't didn't isn't wasn't won't can't i'm it's we're
"""
_AMOUNT = re.compile(r"[一二两三四五六七八九十百千半几好多数][\u3400-\u9fff]{1,2}")
_ONE = re.compile(r"[\u3400-\u9fff]")
_PARTICLES = frozenset(
    "的地得了着过是在我你他她它您咱不没无也都就很还又有和与把被给对从到去来说要会能想上下里外前后中个这那"
    "吗呢吧啊哦呀嘛之其而且或但因为所让跟向往等再才只最更太好多少大小人次天年月日时分一二三四五六七八九十两几第每各"
    "比靠被将于以及同已正刚快慢见听看说问找用做打完成却则只连像为由当应该必须请谁何"
)
_MAX_SHARE = 0.2
"""A word in more of the feedback than this names nothing."""


@dataclass(frozen=True, kw_only=True)
class SaidWords:
    """Words and word pairs, and a sparse 0/1 matrix of texts × words."""

    words: tuple[str, ...]
    says: Any


def read_words(
    texts: Sequence[str], segmenter: Segmenter, known: frozenset[str]
) -> SaidWords:
    """Return what *texts* say, without *known* words, empty ones and feelings."""
    cut = segmenter.cut([_MASK.sub(" ", text) for text in normalise(texts)])
    dropped = known | _empty()
    terms = [sorted(set(_terms(words, dropped))) for words in cut]
    counts = Counter(term for each in terms for term in each)
    most = max(_MAX_SHARE * len(texts), _MIN_TEXTS)
    names = sorted(term for term, n in counts.items() if _MIN_TEXTS <= n <= most)
    return SaidWords(words=tuple(names), says=_matrix(terms, names))


_MIN_TEXTS = 3


def _matrix(terms: Sequence[Sequence[str]], names: Sequence[str]) -> Any:
    from scipy.sparse import csr_matrix

    column = {name: place for place, name in enumerate(names)}
    rows = [[column[term] for term in each if term in column] for each in terms]
    places = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    starts = np.cumsum([0, *map(len, rows)])
    shape = (len(rows), len(names))
    return csr_matrix((np.ones(len(places)), places, starts), shape=shape)


@functools.cache
def _empty() -> frozenset[str]:
    return frozenset((*_EMPTY_WORDS.split(), *lexicon.table()))


def _terms(words: Sequence[str], dropped: frozenset[str]) -> Iterator[str]:
    """Yield the words that name things, and pairs of neighbours among them.

    One character alone names nothing but may end a name that the dictionary lacks.
    """
    kept = [word if _names(word, dropped) else "" for word in words]
    yield from filter(None, kept)
    for place, (first, second) in enumerate(pairwise(kept)):
        after = second or _ending(words[place + 1], dropped)
        if first and after:
            gap = " " if first.isascii() or after.isascii() else ""
            if (pair := f"{first}{gap}{after}") not in dropped:
                yield pair


def _names(word: str, dropped: frozenset[str]) -> bool:
    is_name = _WORD.fullmatch(word) is not None and not _AMOUNT.fullmatch(word)
    return is_name and word not in dropped


def _ending(word: str, dropped: frozenset[str]) -> str:
    is_one = _ONE.fullmatch(word) is not None
    return word if is_one and word not in _PARTICLES and word not in dropped else ""

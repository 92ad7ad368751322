"""How a text looks once somebody has typed it: punctuation, emoji, slips, script."""

import functools
import random
from typing import Protocol

EMOJI = {
    "-": ("😡", "😤", "🙄", "😭", "💢", "😅", "🤦", "👎"),
    "0": ("🤔", "👀", "✈️"),
    "+": ("👍", "😊", "❤️", "🌹", "😂", "✈️", "👏", "🥰"),
}
ENDINGS = {
    "-": ("", "", "", "。", "。", "！", "！！", "……", "。。。", "哎", "！！！"),
    "0": ("", "", "。", "？", "~"),
    "+": ("", "", "", "。", "。", "！", "！！", "~", "哈哈", "~~"),
}
SLIPS = (
    ("的", "得"), ("在", "再"), ("已经", "己经"), ("什么", "啥"), ("没有", "木有"),
    ("知道", "知到"), ("怎么", "咋"), ("一点", "一丢丢"), ("真的", "真滴"), ("都", "都特么"),
    ("非常", "灰常"), ("就是", "就4"), ("自己", "自已"), ("这么", "介么"),
)  # fmt: skip


class Converter(Protocol):
    """What is used of OpenCC."""

    def convert(self, text: str) -> str:
        """Return the text in the other script."""
        ...


def finish(rng: random.Random, text: str, sign: str, loose: float) -> str:
    """Return the text as typed; the looser the channel, the freer."""
    if rng.random() < loose * 0.35:
        text = text.replace("，", rng.choice((" ", ",", "  ", "，，")))
    if rng.random() < loose * 0.12:
        text = _slip(rng, text)
    if rng.random() < loose * 0.3:
        text += rng.choice(EMOJI[sign]) * rng.choice((1, 1, 1, 2, 3))
    elif not text.endswith(("。", "！", "？")):
        text += rng.choice(ENDINGS[sign]) if loose else "。"
    return text


def _slip(rng: random.Random, text: str) -> str:
    """Return the text with one slip of the keyboard."""
    possible = [slip for slip in SLIPS if slip[0] in text]
    return text.replace(*rng.choice(possible), 1) if possible else text


def traditional(text: str) -> str:
    """Return the text in traditional characters."""
    return _converter().convert(text)


@functools.cache
def _converter() -> Converter:
    from opencc_pyo3 import OpenCC

    converter: Converter = OpenCC("s2t")
    return converter

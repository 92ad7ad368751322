"""Cut Chinese into words: jieba's own result, sooner where rjieba is installed.

rjieba differs from jieba in two ways only: it keeps runs such as "10-30" whole, and it
breaks ties on repeated characters differently. The first is re-cut with jieba's own
expression, rows of the second kind go to jieba itself (measured in bench/quality).
"""

import functools
import importlib
import logging
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_ASCII_RUN = re.compile(r"[a-zA-Z0-9+#&._%\-]+")
_MIXED_RUN = re.compile(r"[a-zA-Z0-9]*[+#&._%\-][a-zA-Z0-9+#&._%\-]*")
_JIEBA_SKIP = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_REPEATED = re.compile(
    r"([\u3400-\u9fff])\1\1|([\u3400-\u9fff]{2})\2\2|[\u3400-\u4dff]"
)

_PROBES = {
    "今天送餐的小哥态度特别好": ["今天", "送餐", "的", "小哥", "态度", "特别", "好"],
    "价格10元,等了30分钟": ["价格", "10", "元", ",", "等", "了", "30", "分钟"],
}
"""What jieba 0.42 makes of these; an accelerator that differs is not used."""


class Segmenter:
    """A private jieba with the codeframe's words; touches no global state or cache."""

    def __init__(self, words: Iterable[str] = (), *, accelerate: bool = True) -> None:
        self._words = tuple(dict.fromkeys(word for word in words if word.strip()))
        self._fast = self._accelerator() if accelerate else None

    @property
    def is_accelerated(self) -> bool:
        """Say whether rjieba does the cutting."""
        return self._fast is not None

    def cut(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the words of each text; joined they are the text again."""
        if self._fast is None:
            return [self._slow.lcut(text) for text in texts]
        return [self._cut_fast(text) for text in texts]

    def _cut_fast(self, text: str) -> list[str]:
        if not _REPEATED.search(text):
            return self._cut_plain(text)
        blocks = filter(None, _BLOCK.split(text))
        return [word for block in blocks for word in self._cut_block(block)]

    def _cut_block(self, block: str) -> list[str]:
        """Cut what jieba cuts on its own: a run of ideographs and letters, or a gap."""
        if _REPEATED.search(block):
            return list(self._slow.lcut(block))
        return self._cut_plain(block)

    def _cut_plain(self, text: str) -> list[str]:
        words: list[str] = self._fast.cut(text, True)  # type: ignore[union-attr] # cut() checked
        if not _MIXED_RUN.search(text):
            return words
        kept: list[str] = []
        done = 0
        for place, word in enumerate(words):
            # Plain words are by far the most: the cheapest test comes first.
            if len(word) > 1 and not word.isalnum():
                kept += words[done:place]
                kept += self._recut(word)
                done = place + 1
        kept += words[done:]
        return kept

    def _recut(self, word: str) -> list[str]:
        """Cut an ASCII run as jieba does, unless its dictionary has the run."""
        if not word.isascii() or not _MIXED_RUN.search(word):
            return [word]
        if not _ASCII_RUN.fullmatch(word):
            return [word]
        if self._slow.FREQ.get(word):
            return [word]
        return [piece for piece in _JIEBA_SKIP.split(word) if piece]

    def _accelerator(self) -> Any:
        """Return rjieba with our words, or None where it is absent or disagrees."""
        try:
            rjieba = importlib.import_module("rjieba")
        except ImportError:
            return None
        fast = rjieba.Jieba()
        if any(fast.cut(text, True) != words for text, words in _PROBES.items()):
            return None
        for word in self._words:
            fast.add_word(word, None, None)
        return fast

    @functools.cached_property
    def _slow(self) -> Any:
        """The jieba tokenizer with our words."""
        tokenizer = _jieba().Tokenizer()
        frequencies, tokenizer.total = _dictionary()
        tokenizer.FREQ = dict(frequencies)
        tokenizer.initialized = True
        for word in self._words:
            tokenizer.add_word(word)
        return tokenizer


def _jieba() -> Any:
    with warnings.catch_warnings():
        # jieba's source has invalid escapes, an error under strict warnings.
        warnings.simplefilter("ignore")
        jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    return jieba


def is_dictionary_word(word: str) -> bool:
    """Say whether jieba's own dictionary has *word*, whatever else was added."""
    return _dictionary()[0].get(word, 0) > 0


@functools.cache
def _dictionary() -> tuple[Mapping[str, int], int]:
    """Return jieba's words and their total, read from its package.

    Not from jieba's own cache: that is a marshal file in a shared folder, where anybody
    could put another one.
    """
    tokenizer = _jieba().Tokenizer()
    words: tuple[Mapping[str, int], int] = tokenizer.gen_pfdict(
        tokenizer.get_dict_file()
    )
    return words

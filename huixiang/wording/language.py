"""The languages, and the one helper that says a thing in both."""

from typing import Literal, get_args

from huixiang.domain.text import Bilingual

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def b(zh: str, en: str) -> Bilingual:
    """Return the same words in both languages."""
    return Bilingual(zh=zh, en=en)

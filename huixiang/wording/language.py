"""The languages, and the one helper that says a thing in both."""

from huixiang.domain.text import LANGUAGES, Bilingual, Language

__all__ = ["LANGUAGES", "Language", "b"]


def b(zh: str, en: str) -> Bilingual:
    """Return the same words in both languages."""
    return Bilingual(zh=zh, en=en)

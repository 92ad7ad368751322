"""The languages, and the one helper that says a thing in both."""

from collections.abc import Mapping

from huixiang.domain.text import LANGUAGES, Bilingual, Language

__all__ = ["LANGUAGES", "Language", "b", "fill"]


def b(zh: str, en: str) -> Bilingual:
    """Return the same words in both languages."""
    return Bilingual(zh=zh, en=en)


def fill(words: Bilingual, **facts: Bilingual | str | float | None) -> Bilingual:
    """Return *words* with their blanks filled, each language with its own facts."""
    return b(_filled(words, "zh-CN", facts), _filled(words, "en", facts))


def _filled(words: Bilingual, language: Language, facts: Mapping[str, object]) -> str:
    said = {
        name: fact.get(language) if isinstance(fact, Bilingual) else fact
        for name, fact in facts.items()
    }
    return words.get(language).format(**said)

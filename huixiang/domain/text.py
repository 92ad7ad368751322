"""Words in both languages."""

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_OLD_SPELLINGS = {"zh": "zh-CN"}


def code_of(spelling: object) -> object:
    """Return the code of a language for the spelling of older files and settings."""
    return (
        _OLD_SPELLINGS.get(spelling, spelling)
        if isinstance(spelling, str)
        else spelling
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Bilingual:
    """The same words in Chinese and in English."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the YAML loader

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """Return the words in one language."""
        return {"zh-CN": self.zh, "en": self.en}[language]

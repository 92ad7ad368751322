"""Words in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Bilingual:
    """The same words in Chinese and in English."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the YAML loader

    zh: str
    en: str

    def get(self, language: str) -> str:
        """Return the words in *language* ("zh" or "en")."""
        return self.zh if language == "zh" else self.en

"""Words without what nobody wrote: control characters, odd spaces, stray widths."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile(r" ?\n ?(?:\n ?)+")
_NOT_WORDS = re.compile(r"[\W_]+")

_NOTHING = frozenset(
    {"", "null", "none", "nan", "nat", "n/a", "#n/a", "\\n", "-", "--", "—", "/"}
)


def clean(text: str) -> str:
    """Return *text* with plain spaces and line breaks and no control characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    return _BREAKS.sub("\n\n", text).strip()


def is_nothing(text: str) -> bool:
    """Say whether a cell's text is a way of writing that there is none."""
    return text.lower() in _NOTHING


def cell_text(value: object) -> str | None:
    """Return a cell as clean text, or None where nothing stands."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        value = int(value) if value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004 - above it a float is no exact integer
    text = clean(str(value))
    return None if is_nothing(text) else text


def comparable(words: str) -> str:
    """Return only the letters and digits of *words*, in one width and case."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", words).casefold())

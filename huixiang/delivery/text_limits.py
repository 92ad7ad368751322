"""Clean text and cut it at whole characters, for bodies with a size limit."""

import unicodedata

MARK = "…"
_JOINER = "\u200d"
_KEPT_CONTROLS = "\n\t"
_MODIFIERS = range(0x1F3FB, 0x1F400)  # skin tones belong to the emoji before them
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def clean(text: str) -> str:
    """Return *text* as any JSON reader and database takes it: no NUL, no half pairs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_clean_character(each) for each in lines)


def cut(text: str, limit: int) -> str:
    """Return at most *limit* characters, never half of one, with a mark where cut."""
    if len(text) <= limit:
        return text
    end = max(limit - len(MARK), 0)
    while end > 0 and _is_inside(text, end):
        end -= 1
    return text[:end] + MARK


def _clean_character(character: str) -> str:
    if character in _KEPT_CONTROLS:
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return " " if category == "Cc" else character


def _is_inside(text: str, at: int) -> bool:
    """Say whether a cut before *at* would go through what a reader sees as one sign."""
    after = text[at]
    return (
        bool(unicodedata.combining(after))
        or unicodedata.category(after) in {"Mn", "Me", "Mc"}
        or ord(after) in _MODIFIERS
        or _JOINER in (after, text[at - 1])
        or _splits_flag(text, at)
    )


def _splits_flag(text: str, at: int) -> bool:
    n_letters = 0
    while n_letters < at and ord(text[at - 1 - n_letters]) in _FLAG_LETTERS:
        n_letters += 1
    return n_letters % 2 == 1 and ord(text[at]) in _FLAG_LETTERS

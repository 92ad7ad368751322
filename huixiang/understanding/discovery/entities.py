"""Things with a name of their own: flights, products, places with a number, titles."""

import re

from huixiang.understanding.text.normalise import normalise

_PATTERNS = (
    # Flight and train numbers: two letters (or letter and digit) and three or four digits.
    re.compile(r"(?<![a-z0-9])(?:[a-z]{2}|\d[a-z]|[a-z]\d)\s?\d{3,4}(?![a-z0-9])"),
    re.compile(r"(?<![a-z0-9])[gdcktz]\d{2,4}次"),
    # Products: letters and digits in one name ("mate60", "model 3").
    re.compile(r"(?<![a-z0-9])[a-z]{2,12}[ -]?\d{1,4}(?:\s?(?:pro|plus|max|ultra))?(?![a-z0-9])"),
    # Numbered places.
    re.compile(r"(?<![a-z0-9])[a-z]?\d{1,3}\s?号?(?:登机口|转盘|柜台|通道|窗口|门店|号线)"),
    re.compile(r"\b(?:gate|belt|counter|room|line) [a-z]?\d{1,3}\b"),
    # What stands in title marks.
    re.compile(r"《([^《》\n]{2,20})》"),
    re.compile(r"「([^「」\n]{2,20})」"),
)  # fmt: skip
_DATE = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_SPACES = re.compile(r"[\s-]+")


def entities(words: str) -> frozenset[str]:
    """Return the things with a name that *words* speak of, in one spelling."""
    (text,) = normalise([words])
    found = {
        _SPACES.sub("", match.group(match.lastindex or 0))
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
    }
    return frozenset(found)


def dates(words: str) -> frozenset[tuple[int, int]]:
    """Return the days (month, day) that *words* name."""
    (text,) = normalise([words])
    return frozenset((int(month), int(day)) for month, day in _DATE.findall(text))

"""Times as people and systems write them → aware UTC."""

import datetime as dt
import email.utils
import re
from zoneinfo import ZoneInfo

from huixiang.clock import UTC

_CHINESE = re.compile(
    r"(\d{4})\s*[年/.\-]\s*(\d{1,2})\s*[月/.\-]\s*(\d{1,2})\s*[日号]?"
    r"(?:[\sT,，]*(上午|中午|下午|晚上|凌晨|早上|am|pm)?\s*"
    r"(\d{1,2})\s*[:：时点]\s*(?:(\d{1,2})\s*分?)?(?:\s*[:：]?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?"
    r"\s*(am|pm)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:[ T]?(\d{2})(\d{2})(\d{2})?)?")
_EPOCH = re.compile(r"(1\d{9})(\d{3})?(?:\.\d+)?")
_AFTERNOON = frozenset({"下午", "晚上", "pm"})
_NOON = 12


def parse_moment(text: str, zone: ZoneInfo, pattern: str | None) -> dt.datetime | None:
    """Return the moment *text* names, in UTC, or None where it names none.

    With a strptime *pattern* only that is tried. A time without a zone is local to
    *zone*, a date without a time is its midnight; day-first dates need a pattern.
    """
    try:
        moment = _by_pattern(text, pattern) if pattern else _by_habit(text)
        if moment is None:
            return None
        if moment.utcoffset() is None:
            moment = moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _by_pattern(text: str, pattern: str) -> dt.datetime:
    return dt.datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone follows


def _by_habit(text: str) -> dt.datetime | None:
    for read in (_compact, _epoch, _iso, _chinese, _mail):
        moment = read(text)
        if moment is not None:
            return moment
    return None


def _iso(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _chinese(text: str) -> dt.datetime | None:
    match = _CHINESE.fullmatch(text)
    if match is None:
        return None
    year, month, day, before, hour, minute, second, after = match.groups()
    half = (before or after or "").lower()
    return dt.datetime(  # noqa: DTZ001 - the zone follows
        int(year),
        int(month),
        int(day),
        _hour(int(hour or 0), half),
        int(minute or 0),
        int(second or 0),
    )


def _hour(hour: int, half: str) -> int:
    if half in _AFTERNOON and hour < _NOON:
        return hour + _NOON
    return 0 if half in {"am", "凌晨"} and hour == _NOON else hour


def _compact(text: str) -> dt.datetime | None:
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone follows


def _epoch(text: str) -> dt.datetime | None:
    match = _EPOCH.fullmatch(text)
    if match is None:
        return None
    return dt.datetime.fromtimestamp(int(match[1]) + int(match[2] or 0) / 1000, UTC)


def _mail(text: str) -> dt.datetime | None:
    try:
        return email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None

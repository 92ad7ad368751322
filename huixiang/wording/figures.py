"""How numbers and days are written; the same in the page, the workbook and text."""

import datetime as dt
import zoneinfo

from huixiang.domain.proof.verdict import Effect, Metric
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

LOWER_IS_BETTER = frozenset({Metric.BOTTOM_BOX, Metric.NEGATIVE, Metric.COMPLAINT_RATE})
SHARES = frozenset({Metric.TOP_BOX, Metric.BOTTOM_BOX, Metric.NEGATIVE})

MINUS = "−"
"""As wide as the plus sign, unlike the hyphen."""

NO_FIGURE = "–"


def count(n: int) -> str:
    """Write a count with thousands separators."""
    return f"{n:,}"


def percent(share: float) -> str:
    """Write a share as whole per cent, one decimal below ten."""
    return f"{share:.1%}" if 0 < abs(share) < 0.0995 else f"{share:.0%}"  # noqa: PLR2004 - where 10.0 % begins


def factor(metric: Metric) -> int:
    """What a value is multiplied by to be read: shares, NPS and rates out of 100."""
    return 100 if metric in SHARES | {Metric.NPS, Metric.COMPLAINT_RATE} else 1


def digits(metric: Metric) -> int:
    """How many decimals a value of *metric* carries."""
    return 1 if factor(metric) == 100 else 2  # noqa: PLR2004 - points of a hundred


def signed(value: float, metric: Metric) -> str:
    """Write a difference with its sign, in the unit it is read in."""
    text = f"{value * factor(metric):+.{digits(metric)}f}"
    if not text.strip("+-0."):
        text = text[1:]
    return text.replace("-", MINUS)


def level(value: float, metric: Metric) -> str:
    """Write a level (not a difference) in the unit it is read in."""
    return f"{value * factor(metric):.{digits(metric)}f}".replace("-", MINUS)


def interval(effect: Effect, metric: Metric) -> str:
    """Write the two ends of an interval."""
    return f"[{signed(effect.low, metric)}, {signed(effect.high, metric)}]"


def unit(metric: Metric) -> Bilingual | None:
    """Return the unit a value is read in; none for ratings, whose name says it."""
    if metric in SHARES:
        return b("百分点", "percentage points")
    if metric is Metric.NPS:
        return b("点", "points")
    if metric is Metric.COMPLAINT_RATE:
        return b("平常的 %", "% of the usual rate")
    return None


def moment(value: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """Write a moment as the clock in *zone* shows it, to the minute."""
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"


def local_day(moment: dt.datetime, time_zone: str) -> dt.date:
    """Return the day of *moment* in *time_zone*."""
    return moment.astimezone(zoneinfo.ZoneInfo(time_zone)).date()


def local_minute(moment: dt.datetime, time_zone: str) -> str:
    """Write *moment* to the minute in *time_zone*."""
    return moment.astimezone(zoneinfo.ZoneInfo(time_zone)).strftime("%Y-%m-%d %H:%M")


def change(now: int, before: int | None) -> str:
    """Write how much more or less than before; a dash where that says nothing."""
    if before is None or before == 0:
        return NO_FIGURE
    if now == before:
        return "0%"
    return f"{(now - before) / before:+.0%}".replace("-", MINUS)

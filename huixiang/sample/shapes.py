"""The five shapes that feedback arrives in: columns, words, numbers, bytes."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.records.feedback import BOUNDS, RatingScale
from huixiang.sample import people
from huixiang.sample.chance import stream
from huixiang.sample.dirt import BAD_BYTES, Row
from huixiang.sample.voice import Voice
from huixiang.sample.workbook import workbook

TOUCHPOINTS = {
    "ground_transport": "地面交通", "hall": "出发大厅", "checkin": "值机",
    "security": "安检", "lounge": "休息室", "shop": "餐饮购物",
    "terminal": "航站楼公共区", "service_desk": "问询与特殊服务", "gate": "登机口",
    "cabin": "客舱", "baggage_claim": "行李提取", "hotline": "热线", "app": "线上",
}  # fmt: skip
UNITS = {"T1": "1号航站楼", "T2": "2号航站楼", "T3": "3号航站楼", NOWHERE: ""}
SEGMENTS = {"regular": "普通", "silver": "银卡", "gold": "金卡"}
BROKEN = b"\xff\xfe\x80\xff"  # no character in any encoding we read


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """How a source writes its records.

    `columns` names the columns that dirt may spoil, by role.
    """

    prefix: str
    suffix: str
    columns: Mapping[str, str]
    row: Callable[[Voice], Row]
    encode: Callable[[Sequence[Row]], bytes]


def on_scale(felt: float | None, scale: RatingScale) -> int | None:
    """Return a felt rating as the whole number that somebody ticks."""
    if felt is None:
        return None
    low, high = BOUNDS[scale]
    value = low + (felt - 1) / 4 * (high - low)
    return round(min(max(value, low), high))


def _survey(voice: Voice) -> Row:
    return {
        "答卷编号": f"SV{_number(voice)}",
        "提交时间": _spoken(voice.said_at, "{0.year}/{0.month}/{0.day} {0:%H:%M}"),
        "航站楼": UNITS[voice.key.unit],
        "触点": TOUCHPOINTS[voice.key.touchpoint],
        "总体评分": _blank(on_scale(voice.felt, RatingScale.CSAT)),
        "意见与建议": voice.told.text,
        "会员号": f"M{880000 + voice.customer}",
        "会员等级": SEGMENTS[voice.segment],
    }


def _app_store(voice: Voice) -> Row:
    return {
        "review_id": f"AS-{_number(voice)}",
        "submitted": voice.said_at.isoformat(),
        "stars": on_scale(voice.felt, RatingScale.STARS),
        "title": voice.told.title,
        "body": voice.told.text,
        "nickname": f"user_{voice.customer:04x}",
        "app_version": "7.2.0" if voice.said_at.month < 4 else "7.3.1",  # noqa: PLR2004 - April
    }


def _call_center(voice: Voice) -> Row:
    caller = stream("caller", voice.customer)
    return {
        "工单号": f"CC{_number(voice)}",
        "来电时间": voice.said_at.replace(tzinfo=None),
        "航站楼": "" if voice.key.unit == NOWHERE else voice.key.unit,
        "环节": TOUCHPOINTS[voice.key.touchpoint],
        "通话摘要": voice.told.text,
        "推荐意愿": on_scale(voice.felt, RatingScale.NPS),
        "坐席": f"A{1 + voice.customer % 17:02}",
        "来电号码": people.phone(caller),
    }


def _community(voice: Voice) -> Row:
    return {
        "post_id": f"p{_number(voice)}",
        "posted_at": f"{voice.said_at:%Y-%m-%d %H:%M:%S}",
        "terminal": "" if voice.key.unit == NOWHERE else voice.key.unit,
        "board": voice.key.touchpoint,
        "score": _blank(on_scale(voice.felt, RatingScale.POINTS10)),
        "title": voice.told.title,
        "content": voice.told.text,
        "author": f"旅友{10000 + 7 * voice.customer}",
    }


def _complaints(voice: Voice) -> Row:
    return {
        "信件编号": f"TS-{_number(voice)}",
        "收到日期": _spoken(voice.said_at, "{0.year}年{0.month}月{0.day}日 {0:%H:%M}"),
        "主题": voice.told.title,
        "正文": voice.told.text,
        "航站楼": "" if voice.key.unit == NOWHERE else voice.key.unit,
        "发件人": f"traveller{voice.customer:04}@example.com",
    }


def _number(voice: Voice) -> str:
    """Return a number that no other voice of the source has."""
    return f"{voice.said_at:%y%m%d%H%M}{voice.number}"


def _spoken(moment: dt.datetime, form: str) -> str:
    return form.format(moment)


def _blank(value: int | None) -> str:
    return "" if value is None else str(value)


def delimited(
    rows: Sequence[Row], *, encoding: str, delimiter: str = ",", prefix: bytes = b""
) -> bytes:
    """Return rows as a delimited file; marked places become bytes that are no text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    parts = out.getvalue().split(BAD_BYTES)
    return prefix + BROKEN.join(part.encode(encoding) for part in parts)


def json_lines(rows: Sequence[Row]) -> bytes:
    """Return rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


SHAPES: Mapping[str, Shape] = {
    "survey": Shape(
        prefix="survey", suffix="csv", row=_survey,
        columns={
            "id": "答卷编号", "time": "提交时间", "rating": "总体评分",
            "text": "意见与建议", "bytes": "意见与建议",
        },
        encode=lambda rows: delimited(rows, encoding="gb18030"),
    ),
    "app_store": Shape(
        prefix="appstore", suffix="jsonl", row=_app_store,
        columns={"time": "submitted", "rating": "stars", "text": "body"},
        encode=json_lines,
    ),
    "call_center": Shape(
        prefix="callcenter", suffix="xlsx", row=_call_center,
        columns={"id": "工单号", "time": "来电时间", "rating": "推荐意愿", "text": "通话摘要"},
        encode=workbook,
    ),
    "community": Shape(
        prefix="community", suffix="csv", row=_community,
        columns={"id": "post_id", "time": "posted_at", "rating": "score", "text": "content"},
        encode=lambda rows: delimited(rows, encoding="utf-8", prefix=b"\xef\xbb\xbf"),
    ),
    "complaints": Shape(
        prefix="complaints", suffix="tsv", row=_complaints,
        columns={"time": "收到日期", "text": "正文"},
        encode=lambda rows: delimited(
            rows, encoding="utf-16-le", delimiter="\t", prefix=b"\xff\xfe"
        ),
    ),
}  # fmt: skip

"""Signs of effort: repeated contact, waiting, being sent around; or none of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huixiang.domain.coding.insight import Effort
from huixiang.understanding.text.normalise import normalise

LONG_MINUTES, SHORT_MINUTES = 20, 5
"""A wait of so many minutes is effort; of so few it is none."""
MANY_TIMES = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class EffortSign:
    """One sign of effort and where it stands."""

    effort: Effort
    start: int
    end: int
    sign: str


_HIGH, _LOW = Effort.HIGH, Effort.LOW
_Judge = Callable[[re.Match[str]], Effort | None]

_DIGITS = {
    "半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
    "九": 9, "十": 10, "几": 5, "数": 5, "多": 3, "好几": 5, "无数": 99, "many": 5,
    "several": 5, "countless": 99, "multiple": 3, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20,
    "thirty": 30, "forty": 40, "a": 1, "an": 1, "half an": 0.5, "a few": 3,
}  # fmt: skip
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十百半几数]{1,4}|好几|无数|很?多"
_COUNT = (
    r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|several"
    r"|many|countless|multiple|a few|half an|an?"
)
_NOT = re.compile(
    r"(?:不用|不必|不需要?|无需|无须|没有?|不|别|免|省得|without|no|not|n't)(?:再|费|一点|去|any|a|the| )*$"
)
_FEARED = re.compile(r"(?:以为|担心|怕|\bexpected|\bthought)[^,。!?\n]*$")
_REACH = 12


def efforts(words: str) -> tuple[EffortSign, ...]:
    """Return the signs of effort in *words*, in order; no two overlap."""
    (text,) = normalise([words])
    found: list[EffortSign] = []
    for sign in _all(text):
        if all(sign.end <= each.start or sign.start >= each.end for each in found):
            found.append(sign)
    return tuple(sorted(found, key=lambda each: each.start))


def _all(text: str) -> Iterator[EffortSign]:
    for pattern, judge in _RULES:
        for match in pattern.finditer(text):
            effort = None if _only_feared(match) else judge(match)
            if effort is not None:
                yield EffortSign(
                    effort=effort,
                    start=match.start(),
                    end=match.end(),
                    sign=match.group(),
                )


def _only_feared(match: re.Match[str]) -> bool:
    """Say whether it was only expected: "I thought I would have to call thrice"."""
    before = match.string[max(match.start() - _REACH, 0) : match.start()]
    return _FEARED.search(before) is not None


def number(words: str) -> float:
    """Read a count as people write it; "几" and "several" are about five."""
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words)
    if words in _DIGITS:
        return _DIGITS[words]
    if "百" in words:
        return 100
    if "十" in words:
        tens, _, ones = words.partition("十")
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return max((_DIGITS.get(each, 0) for each in words), default=0)


def _always(effort: Effort) -> _Judge:
    return lambda _: effort


def _hard(match: re.Match[str]) -> Effort | None:
    """A hard thing that was not needed is easy."""
    before = match.string[max(match.start() - _REACH, 0) : match.start()]
    return _LOW if _NOT.search(before) else _HIGH


def _often(match: re.Match[str]) -> Effort | None:
    return _HIGH if number(match.group("n")) >= MANY_TIMES else None


def _waited(match: re.Match[str]) -> Effort | None:
    minutes = number(match.group("n")) * _MINUTES[match.group("unit")]
    if minutes >= LONG_MINUTES:
        return _HIGH
    return _LOW if minutes <= SHORT_MINUTES else None


def _soon(match: re.Match[str]) -> Effort | None:
    minutes = number(match.group("n")) * _MINUTES[match.group("unit")]
    return _LOW if minutes <= 2 * SHORT_MINUTES else None


_MINUTES = {
    "秒": 1 / 60, "秒钟": 1 / 60, "分": 1, "分钟": 1, "小时": 60, "个小时": 60, "个多小时": 60, "个半小时": 90,
    "钟头": 60, "个钟": 60, "个钟头": 60, "天": 1440, "个月": 43200, "周": 10080, "个星期": 10080,
    "minute": 1, "minutes": 1, "min": 1, "mins": 1, "hour": 60, "hours": 60, "hrs": 60,
    "day": 1440, "days": 1440, "week": 10080, "weeks": 10080, "month": 43200, "months": 43200,
}  # fmt: skip
_UNIT = "|".join(sorted(_MINUTES, key=len, reverse=True))
_DID = "打|催|投诉|跑|联系|反映|反馈|提交|说|讲|解释|问|填|报修|申请|沟通|重复|排|登录|修|寄|交|拨|重装|重启|重填|签"
_OFTEN = "多次|好几次|屡次|无数次|很多次"


def _rule(pattern: str, judge: _Judge) -> tuple[re.Pattern[str], _Judge]:
    return re.compile(pattern), judge


_RULES: tuple[tuple[re.Pattern[str], _Judge], ...] = (
    # Nothing to it.
    _rule(r"一次(?:就|性)?(?:全?部?)(?:办|搞|弄|解决|处理|通过|搞定)\w?", _always(_LOW)),
    _rule(r"一个电话就|一步到位|立等可取|一站式|随到随|即到即|点[一两几]下就", _always(_LOW)),
    _rule(r"秒(?:退|接|办|回|处理|批|过)|当[天场]就?(?:退|办|到|解决|处理|修|拿)", _always(_LOW)),
    _rule(r"(?:不用|无需|不需要|免|没有?)排队", _always(_LOW)),
    _rule(r"省心|省事|省力气|毫不费力|轻轻松松|轻松(?:搞定|办)", _always(_LOW)),
    _rule(rf"(?:不到|不出|没到|仅仅?)(?P<n>{_NUMBER})(?P<unit>{_UNIT})", _soon),
    _rule(rf"(?P<n>{_NUMBER})(?P<unit>{_UNIT})(?:就|搞定|办完|内)", _soon),
    _rule(r"\bin one (?:call|go|visit|email)|\bno (?:hassle|queue|waiting|fuss)|\bhassle[- ]free"
          r"|\beffortless\w*|\bwithout (?:any )?(?:hassle|fuss)|\bfirst time\b[^,.]{0,12}\bresolved", _always(_LOW)),
    _rule(rf"\b(?:within|in|under|less than) (?P<n>{_COUNT}) (?P<unit>{_UNIT})\b", _soon),
    _rule(r"一键|随手一|一次性告知|没让我(?:多|白)?跑|秒到|\bin seconds\b", _always(_LOW)),
    _rule(r"(?:不用|无需|不必|不需要?)(?:再)?(?:填|跑|提交|下载|打印|等|出门|预约)", _always(_LOW)),
    _rule(rf"只(?:用|花|要)了?(?P<n>{_NUMBER})(?P<unit>{_UNIT})", _soon),
    # Waiting.
    _rule(rf"(?:等|排|耗|花|拖|折腾|候|站|足足|整整)(?:待|了|上|队)*(?:将近|快|差不多|整整|足足|大概|了)?(?P<n>{_NUMBER})(?P<unit>{_UNIT})", _waited),
    _rule(r"(?:等|排|找|弄|搞|耗|花|折腾|忙活|填|问)了?(?:一整?|大?半|整整一|好半)(?:天|下午|上午|晚上|宿)", _always(_HIGH)),
    _rule(r"(?:等|排|找|问|填|弄)了?(?:很久|好久|老半天|半天)", _hard),
    _rule(rf"\b(?:wait|waited|waiting|queued|spent|took|stood)\b[^,.]{{0,20}}?\b(?P<n>{_COUNT}) (?P<unit>{_UNIT})\b", _waited),
    _rule(r"\bstill waiting\b|\b(?:spent|took|wasted|waited)\b[^,.]{0,12}\b(?:whole|all|entire|half)\b[^,.]{0,6}"
          r"(?:day|afternoon|morning|evening|night)|\bon hold\b|\bfor hours\b|\bfor ages\b", _always(_HIGH)),
    # Again and again.
    _rule(rf"(?:{_DID})[^,。\d]{{0,4}}?(?:了|过|第)?(?P<n>{_NUMBER})(?:多|来)?(?:次|趟|遍|回|通|个电话)", _often),
    _rule(rf"[跟和对向](?P<n>{_NUMBER})(?:个|位)(?:客服|人|部门|工作人员)[^,。]{{0,3}}(?:说|讲|解释|反映)", _often),
    _rule(
        rf"反复|再三|一再(?!强调|表扬|感谢)|三番[五两]次|来来回回|(?:{_OFTEN})(?=[^,。]{{0,2}}(?:{_DID}))"
        rf"|(?:{_DID})[^,。]{{0,3}}(?:{_OFTEN})",
        _hard,
    ),
    _rule(r"(?:补|改|填|催|问|等|排|跑)了又(?:补|改|填|催|问|等|排|跑)|一遍(?:又一|一)遍|一次又一次", _always(_HIGH)),
    _rule(r"每次都(?:要|得)|重新(?:登录|填|提交|排队?|申请|来|办|注册)", _hard),
    _rule(rf"\b(?:call|called|email|emailed|contact|contacted|ask|asked|write|wrote|explain|explained|visit|visited|tried"
          rf"|phone|phoned|rang|chase|chased)\b[^,.]{{0,20}}?\b(?P<n>{_COUNT}) (?:different )?(?:times|people|agents)\b", _often),
    _rule(rf"\b(?P<n>{_COUNT}) (?:phone )?(?:emails|calls|attempts|messages|visits)\b", _often),
    _rule(r"\b(?:again and again|over and over|repeatedly|twice|back and forth)\b", _hard),
    _rule(rf"(?<![看听读])(?<![看听读]了)(?P<n>{_NUMBER})遍", _often),
    _rule(r"(?:天天|每天|一直|不停地?|整天)(?:打电话)?催", _always(_HIGH)),
    # Sent around.
    _rule(r"(?:转|推|踢|绕)来(?:转|推|踢|绕)去|踢皮球|互相(?:推诿|推脱|推)|推诿|(?:从|由)[^,。]{1,10}推到", _always(_HIGH)),
    _rule(r"来回(?:跑|奔波|折腾|倒|转|走|换)", _hard),
    _rule(r"\b(?:passed|sent|bounced|transferred|shuffled)\b[^,.]{0,10}\b(?:from|between|around)\b|\brun ?around\b", _always(_HIGH)),
    # Hard work.
    _rule(r"石沉大海|没完没了|费时费力|大费周章|费尽", _always(_HIGH)),
    _rule(r"费[一半点了]*劲|费事|费力|折腾|麻烦(?!您|你|以后|请|帮|师傅|商家|下次|给|各位|店家|老板)", _hard),
    _rule(r"(?:流程|手续|步骤|程序|操作|页面)[^,。]{0,4}(?:复杂|繁琐|麻烦|冗长|太多|难)", _hard),
    _rule(r"\b(?:endless|cumbersome|complicated|jump through hoops|hassle|nightmare to)\b", _hard),
)  # fmt: skip

"""Expectation against perception, where the text says both, and which way it went."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huixiang.domain.coding.insight import Direction, Effort
from huixiang.understanding.coding.tone import clause_tone
from huixiang.understanding.text.clauses import Clause
from huixiang.understanding.text.normalise import normalise
from huixiang.understanding.voices.effort import efforts


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """One place where a text holds what came against what was expected."""

    direction: Direction
    start: int
    end: int
    sign: str


_BELOW, _ABOVE = Direction.BELOW, Direction.ABOVE
_Judge = Callable[[str, re.Match[str]], Direction | None]

_HOPED = "本以为|原以为|还以为|以为|本来想|本想|原想|原本|原先|本来|想着|满怀期待|期待|指望|担心"
_PROMISED = "说好的?|承诺|号称|宣传|广告|答应|保证|声称|写着|标称"
_TURNS = (
    "结果|谁知|哪知|哪想|不料|没想到|没料到|想不到|却|但|可是|然而|到手|到了|实际|其实|事实上"
    "|现在|居然|竟然|失望|最后|连|才知道|才发现|倒觉得"
)
_LATE = "没|未|不(?:给|送|能|是|到|让|肯|行)|才|变成|只有|只剩|骗|假的|天了|月了|等了"
_SENTENCE = r"[^。!?\n]"


def gaps(words: str) -> tuple[Gap, ...]:
    """Return the gaps that *words* speak of, in order; no two overlap."""
    (text,) = normalise([words])
    found: list[Gap] = []
    for gap in _all(text):
        if all(gap.end <= each.start or gap.start >= each.end for each in found):
            found.append(gap)
    return tuple(sorted(found, key=lambda each: each.start))


def _all(text: str) -> Iterator[Gap]:
    for pattern, judge in _RULES:
        for match in pattern.finditer(text):
            direction = judge(text, match)
            if direction is not None:
                yield Gap(
                    direction=direction,
                    start=match.start(),
                    end=match.end(),
                    sign=match.group("sign"),
                )


def _always(direction: Direction) -> _Judge:
    return lambda _text, _match: direction


def _felt(text: str, start: int, end: int) -> float:
    """Return the tone of a stretch as one clause; effort in it speaks louder."""
    if signs := efforts(text[start:end]):
        return 1.0 if signs[0].effort is Effort.LOW else -1.0
    return clause_tone(text, Clause(start=start, end=end, turns=False)).value


def _direction(value: float) -> Direction | None:
    if value == 0:
        return None
    return _ABOVE if value > 0 else _BELOW


def _came(text: str, match: re.Match[str]) -> Direction | None:
    """Judge by what came; where that is silent, by the opposite of what was hoped."""
    came = _felt(text, *match.span("came"))
    if came:
        return _direction(came)
    return _direction(-_felt(text, *match.span("hoped")))


def _came_or_broken(text: str, match: re.Match[str]) -> Direction | None:
    """Judge a promise: where what came is silent, naming it means it was broken."""
    return _direction(_felt(text, *match.span("came"))) or _BELOW


def _rest(text: str, match: re.Match[str]) -> Direction | None:
    return _direction(_felt(text, *match.span("came")))


def _turned(text: str, match: re.Match[str]) -> Direction | None:
    """Judge "not as … as imagined": bad things that did not come are good."""
    return _direction(-_felt(text, *match.span("came")))


def _rule(pattern: str, judge: _Judge) -> tuple[re.Pattern[str], _Judge]:
    return re.compile(pattern), judge


_IMAGINED = (
    "想象中?的?|想像中?的?|预期中?的?|期望中?的?|预想中?的?|期待中?的?|料想中?的?|意料"
)
_RULES: tuple[tuple[re.Pattern[str], _Judge], ...] = (
    # Said outright.
    _rule(
        r"(?P<sign>(?:远?不如|不及|低于|达不到|没有?达到|没有?满足|辜负了?|对不起)[^,。]{0,4}"
        r"(?:预期|期望|期待|想象|宣传))",
        _always(_BELOW),
    ),
    _rule(
        r"(?P<sign>(?:超出?|超过|超乎|高于|胜过|好过)[^,。]{0,4}(?:预期|期望|期待|想象|意料))",
        _always(_ABOVE),
    ),
    _rule(
        r"(?P<sign>[和与跟同][^,。]{0,6}(?:宣传|描述|图片|照片|介绍|广告|承诺|网上|说的)[^,。]{0,6}"
        r"(?:不一样|不符|不同|两码事|两回事|差远了|不一致|差别|出入))",
        _always(_BELOW),
    ),
    _rule(r"(?P<sign>大失所望|大跌眼镜|货不对板|名不副实|言过其实)", _always(_BELOW)),
    _rule(r"(?P<sign>(?<!没有)(?<!没)落差(?:很|太|真|极)?大?)", _always(_BELOW)),
    _rule(r"(?P<sign>喜出望外|意外之喜|意外的?惊喜|惊喜)(?!不)", _always(_ABOVE)),
    # Compared with what was imagined.
    _rule(
        rf"(?P<sign>没有?(?:{_IMAGINED})(?:那么|那样|这么)?)(?P<came>[^,。]{{1,12}})",
        _turned,
    ),
    _rule(
        rf"(?P<sign>比(?:我|原来|原先|之前)?(?:{_IMAGINED}))(?P<came>[^,。]{{1,12}})", _rest
    ),
    # Hoped or promised, and then.
    _rule(
        rf"(?P<sign>{_HOPED})(?P<hoped>{_SENTENCE}{{0,40}}?)"
        rf"(?=(?:{_TURNS}))(?P<came>{_SENTENCE}{{1,40}})",
        _came,
    ),
    _rule(
        rf"(?P<sign>{_PROMISED})(?P<hoped>{_SENTENCE}{{1,30}}?)"
        rf"(?=(?:{_TURNS}|{_LATE}))(?P<came>{_SENTENCE}{{1,40}})",
        _came_or_broken,
    ),
    _rule(rf"(?P<sign>原本担心|担心)(?P<hoped>[^,。]{{1,16}}),(?P<came>{_SENTENCE}{{2,40}})", _came),
    # Surprise, judged by what it is about.
    _rule(
        r"(?P<sign>没想到|没料到|想不到|不料|竟然|居然|出乎意料|出人意料|意料之外)"
        rf"(?P<came>{_SENTENCE}{{1,40}})",
        _rest,
    ),
    # English.
    _rule(
        r"(?P<sign>\b(?:exceed\w*|surpass\w*|beyond|above)\b[^,.]{0,12}\bexpect\w*)",
        _always(_ABOVE),
    ),
    _rule(
        r"(?P<sign>\bbetter than\b[^,.]{0,12}\b(?:expect\w*|imagin\w*|hoped|thought|advertised))",
        _always(_ABOVE),
    ),
    _rule(
        r"(?P<sign>\bworse than\b[^,.]{0,12}\b(?:expect\w*|imagin\w*|hoped|thought|advertised))",
        _always(_BELOW),
    ),
    _rule(
        r"(?P<sign>\b(?:not|isn't|wasn't|aren't|weren't|nowhere near)\b[^,.]{0,20}"
        r"\b(?:as|what (?:was|were|is|you|they)|what i) (?:advertised|expected|described|promised|hoped))",
        _always(_BELOW),
    ),
    _rule(
        r"(?P<sign>\b(?:not|n't|failed to|fails to|never)\s+(?:live|lived|lives) up to|\bnothing like the "
        r"(?:photo|picture|description|website|ad)\w*|\b(?:below|short of)\b[^,.]{0,8}\bexpectations?"
        r"|\blet ?down\b)",
        _always(_BELOW),
    ),
    _rule(r"(?P<sign>\bpleasantly surprised|\bnice surprise)", _always(_ABOVE)),
    _rule(
        r"(?P<sign>\b(?:expect(?:ed|ing)|hoped|thought|promised|supposed to|advertised)\b)"
        r"(?P<hoped>[^.!?\n]{0,60}?)\b(?:but|instead|only to|however|yet|turned out)\b"
        r"(?P<came>[^.!?\n]{1,60})",
        lambda text, match: _came(text, match) or _BELOW,
    ),
    _rule(
        r"(?P<sign>\b(?:surprisingly|unexpectedly|to my surprise))(?P<came>[^.!?\n]{1,60})",
        _rest,
    ),
)  # fmt: skip

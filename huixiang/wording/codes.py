"""Words that explanations are made of."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from huixiang.domain.codeframe import CoderKind, Polarity
from huixiang.domain.feedback import LandingState, QuarantineState
from huixiang.domain.move import Move
from huixiang.domain.outbox import PastAttempt
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Criterion
from huixiang.wording.figures import SHARES
from huixiang.wording.language import b
from huixiang.wording.messages import OUTCOMES, attempt_words
from huixiang.wording.moves import Names, reason_words
from huixiang.wording.terms import STATUSES

POLARITY: Mapping[Polarity, Bilingual] = {
    Polarity.POSITIVE: b("正面", "positive"),
    Polarity.NEUTRAL: b("中性", "neutral"),
    Polarity.NEGATIVE: b("负面", "negative"),
}
CODER: Mapping[CoderKind, Bilingual] = {
    CoderKind.RULE: b("规则", "rule"),
    CoderKind.MODEL: b("模型", "model"),
    CoderKind.PERSON: b("人", "person"),
}
LANDED: Mapping[LandingState, Bilingual] = {
    LandingState.WAITING: b("等待校验", "waiting to be validated"),
    LandingState.STORED: b("已入库", "stored"),
    LandingState.DUPLICATE: b("重复", "a duplicate"),
    LandingState.QUARANTINED: b(
        "已隔离，等人处理", "quarantined, waiting for a person"
    ),
    LandingState.DISCARDED: b("已丢弃，内容已清除", "discarded, its words purged"),
}
DECIDED: Mapping[QuarantineState, Bilingual] = {
    QuarantineState.WAITING: b("待处理", "waiting"),
    QuarantineState.RELEASED: b("放行", "released"),
    QuarantineState.DISCARDED: b("丢弃", "discarded"),
}
_NOTHING = b("新建", "new")


def moment(value: dt.datetime, zone: ZoneInfo) -> str:
    """Write a moment as the clock in *zone* shows it, to the minute."""
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"


def effect_size(criterion: Criterion) -> Bilingual:
    """Say how large an effect must be, in the metric's own units."""
    least = criterion.minimum_effect
    if criterion.metric in SHARES:
        return b(f"{least * 100:g} 个百分点", f"{least * 100:g} percentage points")
    return b(f"{least:g} 分", f"{least:g} points")


def move_words(move: Move, zone: ZoneInfo, names: Names) -> Bilingual:
    """Say who moved an item where, when and why."""
    when, after = moment(move.moved_at, zone), STATUSES[move.after]
    if move.before is move.after:
        said = f"{move.actor}：{move.reason.words}"
        return b(f"· {when} 留言，{said}", f"· {when} comment, {said}")
    before = STATUSES[move.before] if move.before else _NOTHING
    why = reason_words(move.reason, names)
    tail_zh, tail_en = (f"：{why.zh}", f": {why.en}") if why.en else ("", "")
    return b(
        f"· {when} {before.zh} → {after.zh}，{move.actor}{tail_zh}",
        f"· {when} {before.en} → {after.en}, {move.actor}{tail_en}",
    )


def outcome_words(attempt: PastAttempt, zone: ZoneInfo) -> Bilingual:
    """Say how one attempt ended, and why."""
    words, why = (
        OUTCOMES[attempt.outcome],
        attempt_words(attempt.reason, attempt.status_code),
    )
    when = moment(attempt.attempted_at, zone)
    return b(f"· {when} {words.zh}：{why.zh}", f"· {when} {words.en}: {why.en}")

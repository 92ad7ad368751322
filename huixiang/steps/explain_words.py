"""Words that explanations are made of."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from huixiang.domain.action import Move
from huixiang.domain.codeframe import CoderKind, Polarity
from huixiang.domain.outbox import Outcome
from huixiang.domain.text import Bilingual


def b(zh: str, en: str) -> Bilingual:
    """Return the same words in both languages."""
    return Bilingual(zh=zh, en=en)


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
OUTCOMES: Mapping[Outcome, Bilingual] = {
    Outcome.DELIVERED: b("已送达", "delivered"),
    Outcome.TRANSIENT: b("暂时失败，会再试", "failed for now, tried again"),
    Outcome.TERMINAL: b("失败，再试也没用", "failed, trying again cannot help"),
    Outcome.UNKNOWN: b("没有回答，可能已到", "no answer, it may have arrived"),
}


def moment(value: dt.datetime) -> str:
    """Write a moment in UTC, to the minute."""
    return f"{value:%Y-%m-%d %H:%M} UTC"


def move_words(move: Move) -> Bilingual:
    """Say who moved an item where, when and why."""
    before = move.before.value if move.before else "—"
    line = f"· {moment(move.moved_at)} {before} → {move.after.value}"
    return b(
        f"{line}，{move.actor}：{move.reason}", f"{line}, {move.actor}: {move.reason}"
    )


def outcome_words(attempt: Mapping[str, Any]) -> Bilingual:
    """Say how one attempt ended."""
    words = OUTCOMES[attempt["outcome"]]
    when, code = moment(attempt["attempted_at"]), attempt["status_code"] or ""
    tail = f" {code} {attempt['detail']}".rstrip()
    return b(f"· {when} {words.zh}{tail}", f"· {when} {words.en}{tail}")

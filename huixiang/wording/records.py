"""What people read about a record: what it broke, why it counts once."""

from collections.abc import Mapping

from huixiang.domain.records.feedback import LandingState, NotCodable, QuarantineState
from huixiang.domain.records.record import DuplicateKind
from huixiang.domain.records.violation import Violation, ViolationCode
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

VIOLATIONS: Mapping[ViolationCode, Bilingual] = {
    ViolationCode.EXPECTATION: b("不符合期望", "it breaks an expectation"),
    ViolationCode.UNREADABLE: b("无法读取该记录", "the record cannot be read"),
    ViolationCode.NO_TIME: b(
        "没有可识别的发生时间", "there is no time that can be read"
    ),
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
DUPLICATES: Mapping[DuplicateKind, Bilingual] = {
    DuplicateKind.SAME_ID: b("编号相同", "the same record number"),
    DuplicateKind.SAME_CONTENT: b(
        "内容相同、时间相近", "the same words about the same time"
    ),
}
NOT_CODABLE: Mapping[NotCodable, Bilingual] = {
    NotCodable.NO_WORDS: b("没有文字", "it has no words"),
    NotCodable.NO_THEME: b(
        "码框里没有主题对得上；会用来发现新主题",
        "no theme of the codeframe fits; it feeds the search for new themes",
    ),
}


def violation_words(violation: Violation) -> Bilingual:
    """Say what a record broke: in the suite's own words, where it has any."""
    if violation.message is not None:
        return violation.message
    words, detail = VIOLATIONS[violation.code], violation.facts.get("detail")
    if not detail:
        return words
    return b(f"{words.zh}：{detail}", f"{words.en}: {detail}")

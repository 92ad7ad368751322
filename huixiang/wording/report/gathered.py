"""What a report calls its title, its readers, its steps and its milestones."""

from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

TITLE = b("整改前后报告", "Before and after")
FOR_MANAGEMENT = b("管理层", "Management")
ALL_DEPARTMENTS = b("全部部门", "All departments")

# -- what the steps of the funnel count, the steps, and where those are that stopped

FEEDBACKS = b("条反馈", "feedbacks")
ISSUES = b("个问题", "issues")
ACTION_ITEMS = b("个行动项", "action items")

PULLED = b("拉取", "Pulled")
STORED = b("入库", "Stored")
CODED = b("编码", "Coded")
ON_AN_ISSUE = b("归入问题的负面反馈", "Negative, on an issue")
OF_ISSUES = b("问题", "Issues")
OF_ITEMS = b("行动项", "Action items")
DELIVERED = b("已送达", "Delivered")
FIXED = b("已整改", "Fixed")
VERIFIED_IMPROVED = b("经验收改善", "Verified improved")

DUPLICATE = b("重复", "duplicate")
QUARANTINED = b("隔离", "quarantined")
WAITING = b("待校验", "waiting")
DISCARDED = b("已丢弃", "discarded")
NOT_CODABLE = b("无法编码", "not codable")
PARKED = b("停放", "parked")
DEAD_LETTER = b("死信", "dead letter")
QUEUED = b("排队中", "queued")
REOPENED = b("重新打开", "re-opened")
UNPROVEN = b("未能证明", "unproven")
FOLLOWED = b("验收中", "being followed")

# -- stages of maturity and their milestones

WELL_HEARD = b("触点有两个以上来源", "touchpoints heard from two sources or more")
DELIVERING = b("来源按时送达", "sources that deliver as expected")
ANSWERED_IN_TIME = b("按时答复", "items answered in time")
FIXED_AFTER_ANSWER = b("答复之后完成整改", "answered items that were fixed")
SETTLED = b("有定论的整改", "fixes with a last word of yes or no")
PROVED = b("经验收改善", "of these, verified improvements")
LASTED = b("改善没有反弹", "improvements that lasted")
GOALS_ON_TRACK = b("目标达成或在正轨", "goals reached or on track")
FOCUSED = b("专注于客户", "Focused")
DRIVEN = b("受客户驱动", "Driven")
TOGETHER = b("客户参与", "Together")
INSPIRED = b("受客户鼓舞", "Inspired")

# -- what is wrong with a source


def failed(error: str) -> Bilingual:
    """Say that a source could not be read; *error* are the reader's own words."""
    return b(f"读取失败：{error}", f"failed: {error}")


def unreadable_files(n: int) -> Bilingual:
    """Say that files of a source cannot be read, and where to see which."""
    return b(
        f"{n} 个文件读不了，详见 huixiang check",
        f"{n} files cannot be read, see huixiang check",
    )

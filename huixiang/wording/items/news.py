"""What an owner hears when an item changes: one sentence in each language."""

from collections.abc import Mapping

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

STATED: Mapping[ActionStatus, Bilingual] = {
    ActionStatus.ACCEPTED: b("已接单", "accepted"),
    ActionStatus.IN_PROGRESS: b("处理中", "in progress"),
    ActionStatus.RESOLVED: b("已整改，等待验收", "resolved, waiting to be verified"),
    ActionStatus.CANCELLED: b("已取消", "cancelled"),
    ActionStatus.CLOSED: b("已关闭", "closed"),
}


def status_news(status: ActionStatus) -> Bilingual:
    """Say which status an owner gave an item."""
    stated = STATED[status]
    return b(f"行动项状态：{stated.zh}", f"The item is now {stated.en}")


def handover_news(department: Bilingual, words: str) -> Bilingual:
    """Say that an item was refused in *words*, and which department has it now."""
    return b(
        f"原部门说“不归我”，转给{department.zh}：{words}",
        f"Refused as not theirs; now with {department.en}: {words}",
    )


def came_back_news(why: Bilingual) -> Bilingual:
    """Say that an item goes on because its issue came back."""
    return b(
        f"问题又来了，重新打开：{why.zh}", f"It came back, so it reopens: {why.en}"
    )

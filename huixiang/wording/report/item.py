"""What an action item's own block says."""

import datetime as dt

from huixiang.domain.text import Bilingual
from huixiang.wording.figures import count
from huixiang.wording.language import b

STATUS = b("状态：", "status: ")
ACCEPTED = b("接单", "accepted")
JUDGED = b("验收", "judged")
DUE = b("期限", "due")
N_FEEDBACKS = b("反馈数", "Feedbacks")
AGREED_AT_OPENING = b("开单时约定", "Agreed at opening")
CAN_IT_BE_SEEN = b("能否看出", "Can it be seen")
DOES_IT_LAST = b("效果保持", "Does it last")
NEXT_LOOK_ON = b("下次复查 ", "next look on ")
SIDE_EFFECTS = b("副作用", "Side effects")
CONSISTENCY = b("各处是否一致", "Consistency")
RESERVATIONS = b("保留意见", "Reservations")
DAILY = b("，每日", ", daily")
THIS_ITEM = b("本项", "this item")
UNTREATED_UNITS = b("未整改的对照", "untreated units")
SINCE_THE_FIX = b("整改完成之后", "since the fix")
FEEDBACKS = b("反馈数", "feedbacks")
WHAT_FIXED_IT_LAST_TIME = b("上次有效的做法", "What fixed it last time")


def before_and_after(n_before: int, n_after: int) -> Bilingual:
    """Say how many feedbacks there are on either side of a fix."""
    before, after = count(n_before), count(n_after)
    return b(f"前 {before} · 后 {after}", f"{before} before · {after} after")


def n_untreated(n: int) -> Bilingual:
    """Say how many untreated units a verdict compares with."""
    return b(f"对照单元 {n} 个", f"{n} untreated units to compare with")


def more_needed(n: int) -> Bilingual:
    """Say about how much more feedback would settle it."""
    return b(f"约还需 {count(n)} 条", f"about {count(n)} more needed")


def within_days(n: int) -> Bilingual:
    """Say how long a fix is followed."""
    return b(f"{n} 天内", f"within {n} days")


def since(day: dt.date) -> Bilingual:
    """Say since when."""
    return b(f"自 {day}", f"since {day}")


def days_a_point(n: int) -> Bilingual:
    """Say how many days one point of a chart stands for."""
    return b(f"，每点 {n} 天", f", one point per {n} days")


def quotes_of(n: int) -> Bilingual:
    """Head the quotes of an item, with how many feedbacks there are in all."""
    return b(
        f"客户原声（已脱敏），共 {count(n)} 条",
        f"In customers' words (masked), {count(n)} in all",
    )

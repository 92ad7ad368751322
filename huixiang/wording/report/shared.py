"""What several sections of the report say."""

from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

NO_DEPARTMENT_ASKED_YET = b(
    "还没有部门收到行动项。", "No department has been given an item yet."
)
NOTHING_NEGATIVE = b("本期没有负面提及。", "No negative mentions in this period.")
GOALS = b("目标", "Goals")
SOURCES = b("来源", "Sources")
OPENED = b("开单", "opened")
FIXED = b("整改完成", "fixed")
SEVERITY = b("严重度：", "severity: ")
BRACKET_OPENS = b("（", " (")
BRACKET_CLOSES = b("）", ")")
NO_ESTIMATE = b("无法估计", "no estimate")
NO_ITEM = b("未开单", "no item")
PLAIN = b("前后对比 ", "plain ")
DOWN_BY_AT_LEAST = b("至少降 ", "down by at least ")
UP_BY_AT_LEAST = b("至少升 ", "up by at least ")


def days_late(n: int) -> Bilingual:
    """Say how late an answer is."""
    return b(f"（逾期 {n} 天）", f"({n} days late)")


def n_items(n: int) -> Bilingual:
    """Say how many items an issue has."""
    return b(f"{n} 个行动项", f"{n} items")


def shows_after(n_days: int) -> Bilingual:
    """Say when a medium effect would show."""
    return b(f"中等效果约 {n_days} 天", f"a medium effect after about {n_days} days")


def does_not_show(n_days: int) -> Bilingual:
    """Say within how many days a medium effect would not show."""
    return b(
        f"中等效果 {n_days} 天内看不出",
        f"a medium effect does not show within {n_days} days",
    )


def a_day(n: float) -> Bilingual:
    """Say how much feedback comes in a day."""
    return b(f"每天约 {n:.1f} 条反馈", f"about {n:.1f} feedbacks a day")


def more_rows(n: int) -> Bilingual:
    """Say how many rows stand in the workbook alone."""
    return b(f"其余 {n} 行在工作簿里。", f"{n} more rows are in the workbook.")

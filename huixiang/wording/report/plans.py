"""The sections on goals, periods and maturity."""

from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

PERIODS = b(
    "逐期：开了多少，改了多少，成了多少", "Period by period: opened, fixed, verified"
)
VERIFIED_IMPROVED = b("经验收改善", "verified improved")
NUMBERS_ARE_THE_ROWS_BELOW = b("编号即下表的行", "numbers are the rows below")
ONE_ALONE = b("单看一期或一个部门：", "One period or one department alone: ")
MATURITY = b("成熟度：闭环走到了哪一步", "Maturity: how far the loop has come")
EVERYTHING = b("全部", "Everything")
HOW_LEVELS_ARE_REACHED = b(
    "每个里程碑写着“现值 / 要求”；一级的里程碑全部达到，且前面各级都达到，才算走到这一级。",
    "Each milestone says “value / needed”; a level is reached when all its "
    "milestones and all levels before it are.",
)
NOTHING_TO_MEASURE_YET = b(
    "还没有可以衡量的事实：跑完第一轮闭环后，这里给出成熟度。",
    "Nothing to measure yet: maturity appears after the first whole loop.",
)


def level_reached(level: int) -> Bilingual:
    """Say how many stages are reached."""
    return b(f"第 {level} 级", f"level {level}")

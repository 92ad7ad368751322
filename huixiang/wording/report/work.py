"""The section on items in work."""

from huixiang.wording.language import b

ITEMS_IN_WORK = b("进行中的行动项", "Items in work")
NO_FIX_YET = b(
    "已派给部门，尚无可验收的整改。", "Given to a department; no fix to judge yet."
)
NOTHING_IN_WORK = b("没有进行中的改进项。", "No improvement is being worked on.")
ANSWERS_TO_SINGLE_CUSTOMERS = b("对单个客户的挽回", "Answers to single customers")
ANSWERED_AT_ONCE = b(
    "严重的单条反馈立即派单；它们回应一个人，不代表问题已经改善。",
    "Critical feedbacks are passed on at once; each answers one person and "
    "proves no improvement.",
)

"""The section on what customers complain of."""

from huixiang.wording.language import b

MOST_COMPLAINED_OF = b("客户最常抱怨的问题", "What customers complain about most")
EVERY_ID_LEADS_TO_RECORDS = b(
    "每个编号都能追到原始记录：", "Every id leads to its records: "
)

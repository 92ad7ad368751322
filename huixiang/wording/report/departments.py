"""The section on departments."""

from huixiang.wording.language import b

DEPARTMENTS = b("各部门", "Departments")
WHAT_COUNTS = b(
    "只有经验收改善的整改才算成绩；“已整改”本身不算。",
    "Only verified improvements count as results; being done does not.",
)
SCORECARDS = b(
    "成绩单：只记经验收的改善", "Scorecards: only verified improvements count"
)
SERVICE_LEVELS = b(
    "时限：多久答复，多久整改", "Service levels: how soon answered, how soon fixed"
)
WHO_SAID_NOT_MINE = b("来回转派：谁说过“不归我管”", "Ping-pong: who said “not mine”")

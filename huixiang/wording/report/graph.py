"""The knowledge graph of a codeframe."""

from huixiang.wording.language import b

TITLE = b("知识图谱 · 码框版本", "Knowledge graph · codeframe version")
LEGEND = b(
    "数字：以此为根因关闭的行动项。虚线：还没人写下原因，先找主题的负责部门。",
    "Numbers: items resolved with this root cause. Dashed: no cause is written "
    "down yet; ask the theme's owner.",
)
THEMES = b("主题（症状）", "Theme (symptom)")
CAUSES = b("可能的原因", "Possible cause")
DEPARTMENTS = b("责任部门", "Department")

"""The workbook's first sheet and the titles of its charts."""

from huixiang.wording.language import b

VERIFIED = b("验收", "Verified")
STEP = b("步骤", "Step")
NUMBER = b("数量", "Number")
COUNTED = b("单位", "Counted")
WHERE_THE_REST_IS = b("其余在哪里", "Where the rest is")
WORKSPACE = b("工作区", "Workspace")
AS_OF = b("截至", "As of")
FOR = b("呈送", "For")
FEEDBACKS = b("反馈数", "Feedbacks")
IN_SHORT = b("结论", "In short")
PLAIN_COMPARISON = b("前后对比", "Plain comparison")
PLAIN_AND_VERIFIED_EFFECT = b("效果：只比前后 / 验收", "Effect: plain / verified")
FIXED_AND_VERIFIED = b("已整改 / 经验收改善", "Fixed / verified improved")
FIX_DONE_AND_VERIFIED = b("整改完成 / 经验收改善", "Fixed / verified improved")
INFLUENCE_ON_RATING = b("对评分的影响力（星）", "Importance (stars)")
EMOTION = b("旅程情绪（−1 到 1）", "Emotion (−1 to 1)")
PLAIN_AND_VERIFIED = b("只比前后 / 验收", "Plain / verified")
CREATOR = "Huixiang 回响"

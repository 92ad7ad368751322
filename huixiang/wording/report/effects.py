"""The section on the effects of fixes."""

from huixiang.wording.language import b

ON_A_PHONE = b("只比前后平均：", "plain before/after: ")
VERDICT_LEGEND = b("验收结论：效果与 95% 区间", "verdict: effect and 95 % interval")
PLAIN_LEGEND = b("只比前后平均", "plain before/after")
NO_CHANGE = b("没有变化", "no change")
LEAST_EFFECT_AGREED = b("开单时约定的最小效果", "least effect agreed at opening")
SIDE_BY_SIDE = b("整改效果：逐项对照", "Effects of fixes, side by side")
HOW_TO_READ = b(
    "越靠右越好。区间整段在零线右侧，才算“已改善”；够不到虚线（开单时约定的最小效果），就是“未改善”；两条线都跨过去，还说不准。",
    "Further right is better. Improved: the whole interval lies right of zero. "
    "Not improved: it does not reach the dashed line, the least effect agreed "
    "at opening. One that spans both leaves the question open.",
)
WORSE = b("← 变差", "← worse")
BETTER = b("变好 →", "better →")
NOTHING_TO_JUDGE_YET = b(
    "还没有可以验收的整改。部门完成整改后，从第 7 天起每天核对一次。",
    "No fix can be judged yet. Once a department reports a fix, it is looked "
    "at daily from the seventh day on.",
)

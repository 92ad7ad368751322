"""The training page of a model."""

from collections.abc import Mapping

from huixiang.domain.coding.training import ABSENT
from huixiang.domain.text import Bilingual
from huixiang.wording.coding.codings import POLARITY
from huixiang.wording.language import b

TRAINING_REPORT = b("训练报告", "Training report")
LEARNED_FROM = b("学了", "learned from")
SENTENCES = b("句", "sentences")
OF_WHICH_CORRECTED_BY_PEOPLE = b("其中人工更正", "of which corrected by people")
ASKED_ABOUT = b("考了", "asked about")
IT_HAD_NOT_SEEN = b("句没学过的", "it had not seen")
JUDGED_HELD_OUT = b(
    "所有数字都来自固定留出的句子，任何模型都没学过它们；由规则与模型一起作答，与实际运行一样。括号里或小字是 95 % 区间。",
    "All figures come from a frozen held-out split that no model learns from; "
    "rules and model answer together, as they do at work. Small print: 95 % "
    "intervals.",
)
JUDGED_BY_CROSS_VALIDATION = b(
    "所有数字来自交叉检验：每一句都由没学过它的那一折来答（只有模型，没有规则）。小字是 95 % 区间。",
    "All figures are cross-validated: each sentence is answered by a fit that "
    "had not seen it (the model alone, without rules). Small print: 95 % "
    "intervals.",
)
MICRO_F1 = b("微平均 F1", "micro-F1")
ACCURACY = b("准确率", "accuracy")
MACRO_F1 = b("宏平均 F1", "macro-F1")
N_SENTENCES = b("句数", "sentences")
CALIBRATION_ERROR = b("校准误差", "calibration error")
NEW_AGAINST_OLD = b("新模型与在用模型", "New model against the one in use")
THE_NEW_MODEL_TAKES_OVER = b("启用新模型。", "The new model takes over.")
THE_MODEL_IN_USE_STAYS = b("保留原来的模型。", "The model in use stays.")
FULL_STOP = b("。", ".")
QUESTIONS_ABOUT_THEMES = b(
    "主题的每一题：标注或任一模型看到的一个主题；主题和情感都对才算对。",
    "A question about themes is each one that the label or either model sees; "
    "right is theme and polarity both.",
)
BY_CLASS_PROTECTED = b(
    "按类别（受保护的：留出 50 题以上的类别；95 % 把握下，200 题以上的下降不得到 5 个百分点，其余不得到 10 个）",
    "By class (protected: 50 questions or more; 95 % sure to lose less than 5 "
    "points with 200 questions, less than 10 with fewer)",
)
YES = b("是", "yes")
WOULD_MORE_LABELS_HELP = b("再标一些有用吗", "Would more labels help")
CURVE_AXES = b(
    "横轴：学过的句数；纵轴：没学过的句子答对多少。",
    "Across: sentences learned from; up: how many unseen ones are right.",
)
ACCURACY_OVER_VERSIONS = b("各版本的准确率", "Accuracy over versions")
VERSION_AXES = b(
    "横轴：第几个模型；留出的句子会随标注增多，各点以当时的为准。",
    "Across: the models in order; the held-out split grows with the labels, "
    "each point is of its own day.",
)
ALL_VERSIONS = b("所有版本", "All versions")
IN_USE = b("在用", "in use")
WAS_IN_USE = b("用过", "was in use")
NOT_PUT_TO_USE = b("未启用", "not put to use")
CALIBRATION = b("说有多大把握，就真有多大把握吗", "Is it as sure as it says")
CALIBRATION_AXES = b(
    "横轴：把握；纵轴：真答对多少；越贴近虚线越好。",
    "Across: how sure; up: how often right; the dashed line is honest.",
)
LET_THE_SURE_ONES_PASS = b(
    "有把握的自动放行，其余人看", "Let the sure ones pass, look at the rest"
)
BY_CLASS = b("按类别", "By class")
WHAT_IS_TAKEN_FOR_WHAT = b("谁被当成了谁", "What is taken for what")
MATRIX_AXES = b("行：标注；列：回答。", "Rows: labels; columns: answers.")
MOST_FREQUENT_CONFUSIONS = b("最常见的混淆", "Most frequent confusions")
MOST_CONFIDENT_ERRORS = b("最有把握的错误", "Most confident errors")
LOOK_HERE_FIRST = b(
    "先看这里：要么标注错了，要么规则或码框缺了什么。",
    "Look here first: either the label is wrong, or rules or codeframe lack something.",
)
QUOTES_LABELS = b(
    "本页含标注文件中的原文，请与标注同样保管。",
    "This page quotes the labelled sentences: keep it as you keep the labels.",
)

NAMES: Mapping[str, Bilingual] = {
    **{polarity.value: words for polarity, words in POLARITY.items()},
    ABSENT: b("未提及", "not mentioned"),
}

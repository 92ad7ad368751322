"""The section on what customers are saying."""

import datetime as dt

from huixiang.domain.text import Bilingual
from huixiang.wording.figures import count
from huixiang.wording.language import b

WHAT_CUSTOMERS_ARE_SAYING = b("客户在说什么", "What customers are saying")
ABOUT_ALL_CUSTOMERS = b(
    "本节与下一节是全体客户的声音，不限于该部门。",
    "This section and the next are about all customers, not only this department’s.",
)
HOT = b("热点：许多人同时在说的事", "Hot: events many people tell of")
EMERGING = b(
    "新话题：码框里还没有的", "Emerging: topics the codeframe does not know yet"
)
DRIVERS = b("驱动因素：什么左右了评分", "Drivers: what moves the rating")
COSTS = b("拉低", "costs")
GAINS = b("抬高", "gains")
NEED_TIERS = b("需求层级：痛点、痒点、悦点", "Need tiers: pain, itch, delight")
COLON = b("：", ": ")
SENTENCE_ENDS = b("。", ". ")
SEMICOLON = b("；", "; ")
DECLARED_BESIDE_RATINGS = b(
    "左栏是码框所定，右栏是评分所示，提及最多的在前。",
    "What the codeframe declares, beside what ratings speak for; most talked of first.",
)
EFFORT = b(
    "预期与费力：客户自己说出来的", "Expectation and effort, in customers' own words"
)


def drivers_legend(
    n_rated: int, n_feedbacks: int, first: dt.date, last: dt.date
) -> Bilingual:
    """Say what the bars of the drivers mean, and what they rest on."""
    rated, n = count(n_rated), count(n_feedbacks)
    return b(
        "影响力 = 抱怨拉低的加上表扬抬高的星数，按全体反馈平均；红条向左是拉低，绿条向右"
        f"是抬高。依据 {rated} 条带评分的反馈（共 {n} 条，{first} 至 {last}）。",
        "Importance: stars that complaints take plus stars that praise brings, averaged "
        "over all feedback; red to the left takes, green to the right brings. Based on "
        f"{rated} rated feedbacks of {n}, {first} to {last}.",
    )

"""The sentences of the first screen: whether it worked, what a plain comparison says."""

import datetime as dt

from huixiang.domain.text import Bilingual
from huixiang.wording.figures import count
from huixiang.wording.language import b

NOTHING_JUDGED = b("目前还没有可以验收的整改。", "No fix can be judged yet.")


def heard(n_feedbacks: int, n_items: int) -> Bilingual:
    """Say how much was heard and followed."""
    n = count(n_feedbacks)
    return b(
        f"本期听到 {n} 条反馈，跟进 {n_items} 个行动项。",
        f"{n} feedbacks heard, {_plural(n_items, 'action item')} followed. ",
    )


def judged(n_judged: int, n_improved: int, n_relapsed: int) -> Bilingual:
    """Say how many fixes were judged, how many worked, and how many came back."""
    fixes = _plural(n_judged, "fix", "fixes")
    back_zh = f"，但有 {n_relapsed} 项后来复发。" if n_relapsed else "。"
    back_en = f", but {n_relapsed} came back since." if n_relapsed else "."
    return b(
        f"已验收 {n_judged} 项整改，其中 {n_improved} 项经证实确有改善{back_zh}",
        f"Of {fixes} judged, {n_improved} demonstrably made things better{back_en}",
    )


def all_claims_stand(n_claimed: int) -> Bilingual:
    """Say that a plain comparison claims no more than was verified."""
    return b(
        f"若只比较前后平均值，会说 {n_claimed} 项已改善；这些都经得起验收。",
        f"A plain before/after comparison says improved on {n_claimed}; "
        "all of them stand.",
    )


def claims_too_much(n_claimed: int, n_unfounded: int) -> Bilingual:
    """Say how much of what a plain comparison claims nothing speaks for."""
    return b(
        f"若只比较前后平均值，会说 {n_claimed} 项已改善；其中 {n_unfounded} "
        "项没有证据支持。开单时分数正处低点，而低点多半会自己回升。",
        f"A plain before/after comparison says improved on {n_claimed}; for "
        f"{n_unfounded} of those nothing shows it was the fix. Items open at a "
        "low, and lows mostly recover on their own.",
    )


def nothing_claimed(n_improved: int) -> Bilingual:
    """Say that a plain comparison claims nothing, and what it misses."""
    if not n_improved:
        return b(
            "只比较前后平均值，也没有一项称得上改善。",
            "A plain before/after comparison says improved on none either.",
        )
    return b(
        f"若只比较前后平均值，会说一项都没有改善；扣除大势与渠道构成之后，{n_improved} "
        "项确有改善。",
        "A plain before/after comparison says improved on none; with the trend and "
        f"the mix of channels removed, {n_improved} did improve.",
    )


def verdicts_of(first: dt.date, last: dt.date) -> Bilingual:
    """Head the table of verdicts of some days."""
    return b(f"验收结论（{first} – {last}）", f"Verdicts ({first} – {last})")


def _plural(n: int, one: str, many: str | None = None) -> str:
    return f"{count(n)} {one if n == 1 else many or one + 's'}"

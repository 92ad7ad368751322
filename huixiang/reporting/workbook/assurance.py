"""Tables on what verdicts rest on: power, neighbours, audit, second ratings, models."""

from huixiang.domain.text import Bilingual
from huixiang.domain.training import VersionPoint
from huixiang.reporting.facts.assurance import FollowUp
from huixiang.reporting.facts.report import ItemResult, Report
from huixiang.reporting.workbook.cells import (
    Cell,
    Sheet,
    column,
    count,
    day,
    decimal,
    difference,
    ids,
    plain,
    share,
    stars,
    words,
    yes,
)
from huixiang.wording import labels

FORESIGHT_COLUMNS = (
    column("行动项", "Item", 22),
    column("主题", "Theme", 24),
    column("部门", "Department", 20),
    column("每日反馈", "Feedbacks a day"),
    column("看出中等效果约需（天）", "Days until a medium effect shows", 14),
    column("观察期（天）", "Follow-up (days)"),
    column("建议", "Advice", 50),
    column("持续情况", "Lasting", 14),
    column("复查日", "Looked at"),
    column("各单元是否一致", "Consistency over units", 40),
    column("标准有无改动", "Criterion changed", 40),
)


def foresight_sheet(report: Report) -> Sheet:
    """Return what could be seen of each fix, and whether it lasted."""
    known = [each for each in report.items if each.assurance.foresight]
    return Sheet(
        name=Bilingual(zh="能否看出", en="Power"),
        columns=FORESIGHT_COLUMNS,
        rows=[_foresight_row(each) for each in known],
        empty=Bilingual(
            zh="还没有行动项做过事前估算；新开的改进项都会做。",
            en="No item was planned for yet; every newly opened improvement is.",
        ),
    )


def _foresight_row(each: ItemResult) -> list[Cell]:
    said, after = each.assurance.foresight, each.assurance.aftercare
    return [
        ids(each.item_id),
        words(each.theme),
        words(each.department),
        decimal(said.feedbacks_per_day if said else None),
        count(said.days_until_medium if said else None),
        count(said.horizon_days if said else None),
        words(said.advice if said else None),
        words(labels.SUSTAINED[after.state] if after else None),
        day(after.on if after else None),
        words(each.assurance.consistency),
        words(each.assurance.criterion_change),
    ]


NEIGHBOUR_COLUMNS = (
    column("行动项", "Item", 22),
    column("整改的主题", "Fixed theme", 24),
    column("受影响的地方", "Neighbour", 34),
    column("效果", "Effect"),
    column("区间下限", "Interval low"),
    column("区间上限", "Interval high"),
    column("指标", "Metric", 18),
    column("从何时起", "Since"),
    column("受损", "Harmed"),
    column("问题", "Issue", 20),
)


def neighbour_sheet(report: Report) -> Sheet:
    """Return the side effects of fixes."""
    rows = [
        [
            ids(each.item_id),
            words(each.theme),
            words(other.name),
            difference(other.effect.value, other.metric),
            difference(other.effect.low, other.metric),
            difference(other.effect.high, other.metric),
            words(labels.METRICS[other.metric]),
            day(other.since),
            yes(other.is_harmed),
            ids(other.issue_id),
        ]
        for each in report.items
        for other in each.assurance.side_effects
    ]
    return Sheet(
        name=Bilingual(zh="副作用", en="Side effects"),
        columns=NEIGHBOUR_COLUMNS,
        rows=rows,
        empty=Bilingual(
            zh="没有发现整改伤及其他主题或部门。",
            en="No fix was found to harm another theme or department.",
        ),
    )


FOLLOW_UP_COLUMNS = (
    column("部门", "Department", 24),
    column("已答复的客户", "Customers answered"),
    column("再次评分的", "Rated again"),
    column("对照客户", "Compared with"),
    column("前后之差（星）", "Plain change (stars)"),
    column("校正后（星）", "Corrected (stars)"),
    column("下限", "Low"),
    column("上限", "High"),
    column("结论", "Verdict", 16),
    column("原因", "Reason", 30),
)


def follow_up_sheet(report: Report) -> Sheet:
    """Return what customers who were answered say afterwards."""
    return Sheet(
        name=Bilingual(zh="客户回访", en="Follow-up survey"),
        columns=FOLLOW_UP_COLUMNS,
        rows=[_follow_up_row(each) for each in report.assurance.follow_ups],
        empty=Bilingual(
            zh="还没有被答复过的客户再次评分；问卷来源带上客户编号，这里就有结论。",
            en="No customer who was answered has rated again; a survey source with "
            "customer ids is all it takes.",
        ),
    )


def _follow_up_row(each: FollowUp) -> list[Cell]:
    found = each.corrected
    return [
        words(each.department),
        count(each.n_asked),
        count(each.n_answered),
        count(each.n_compared),
        stars(each.raw),
        stars(found.value if found else None),
        stars(found.low if found else None),
        stars(found.high if found else None),
        words(labels.VERDICTS[each.kind]),
        words(labels.REASONS[each.reason] if each.reason else None),
    ]


MODEL_COLUMNS = (
    column("版本", "Version", 24),
    column("序号", "Number"),
    column("训练日", "Trained on"),
    column("标注条数", "Labels"),
    column("其中人工复核", "Reviewed by people"),
    column("在用", "In use"),
    column("任务", "Head", 16),
    column("答对率", "Share right"),
    column("下限", "Low"),
    column("上限", "High"),
    column("留出条数", "Held-out n"),
)


def model_sheet(report: Report) -> Sheet:
    """Return every model's share of right answers on feedback it had not seen."""
    rows = [
        row
        for number, each in enumerate(report.assurance.models, start=1)
        for row in _model_rows(number, each)
    ]
    return Sheet(
        name=Bilingual(zh="模型", en="Models"),
        columns=MODEL_COLUMNS,
        rows=rows,
        empty=NO_MODEL,
    )


def _model_rows(number: int, each: VersionPoint) -> list[list[Cell]]:
    """Return a row for each head; one without figures where none was measured."""
    about = [
        ids(each.model_id),
        count(number),
        day(each.trained_at.date()),
        count(each.n_rows),
        count(each.n_corrections),
        yes(each.is_active),
    ]
    if not each.heads:
        unknown = [share(None), share(None), share(None), count(None)]
        return [[*about, words(NOT_HELD_OUT), *unknown]]
    return [
        [
            *about,
            words(labels.head(head)),
            share(found.value),
            share(found.low),
            share(found.high),
            count(found.n),
        ]
        for head, found in each.heads.items()
    ]


NOT_HELD_OUT = Bilingual(zh="没有留出的标注可比", en="no held-out labels to compare on")
NO_MODEL = Bilingual(
    zh="还没有训练过模型，全部由规则编码；把标注放进 labels/，运行 huixiang run train。",
    en="No model was trained, rules code everything; put labelled rows into labels/ and "
    "run huixiang run train.",
)

BRIDGE_COLUMNS = (
    column("从版本", "From", 16),
    column("到版本", "To", 16),
    column("切换日", "Crossed on"),
    column("旧主题", "Old themes", 26),
    column("新主题", "New themes", 26),
    column("双重编码条数", "n coded twice"),
    column("不一致", "Disagree"),
    column("桥接误差", "Bridge error"),
    column("下限", "Low"),
    column("上限", "High"),
    column("可接续", "Holds"),
)


def bridge_sheet(report: Report) -> Sheet:
    """Return how well codeframe versions lead over to each other."""
    rows = []
    for each in report.assurance.bridges:
        head = [plain(each.from_version), plain(each.to_version), day(each.crossed_on)]
        whole = (each.n, each.n_disagree, each.error, each.low, each.high)
        every = words(Bilingual(zh="（全部）", en="(all)"))
        rows.append([*head, every, every, *_measured(whole), yes(each.holds)])
        for move in each.moves:
            part = (move.n, move.n_disagree, move.error, move.low, move.high)
            names = [plain(", ".join(move.old)), plain(", ".join(move.new))]
            rows.append([*head, *names, *_measured(part), words(None)])
    return Sheet(
        name=Bilingual(zh="码框桥接", en="Codeframe bridge"),
        columns=BRIDGE_COLUMNS,
        rows=rows,
        empty=Bilingual(
            zh="码框没有换过版本，趋势无需桥接。",
            en="The codeframe has kept its version; no trend needs a bridge.",
        ),
    )


def _measured(figures: tuple[int, int, float, float, float]) -> list[Cell]:
    n, n_disagree, *shares = figures
    return [count(n), count(n_disagree), *map(share, shares)]

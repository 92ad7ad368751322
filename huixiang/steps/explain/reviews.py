"""Why a coding is no longer what it was, and why a model decides: in sentences."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from huixiang.domain.coding import SupersededCoding
from huixiang.domain.review import Mention, StoredReview
from huixiang.domain.text import Bilingual, Language
from huixiang.domain.training import KeptModel, ModelDecision
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.codes import CODER, POLARITY, moment
from huixiang.wording.language import b
from huixiang.wording.models import promotion_words
from huixiang.wording.report.training import NAMES
from huixiang.wording.terms import head as head_name

MAX_LINES = 12


def correction_lines(
    uow: UnitOfWork, feedback_id: str, zone: ZoneInfo
) -> Iterator[Bilingual]:
    """Say who reviewed a feedback, and which codings gave way."""
    for review in uow.reviews.live([feedback_id]):
        stored = uow.reviews.get(review.review_id)
        if stored is not None:
            yield from review_lines(stored, zone)
    for gone in uow.reviews.superseded_of(feedback_id)[:MAX_LINES]:
        yield from superseded_lines(gone, zone)


def superseded_lines(gone: SupersededCoding, zone: ZoneInfo) -> Iterator[Bilingual]:
    """Say what a coding was before a person's word took its place."""
    coding, when = gone.coding, moment(gone.superseded_at, zone)
    polarity, coder = POLARITY[coding.polarity], CODER[coding.coder]
    sure = f"{coding.confidence:.0%}"
    yield b(
        f"· 原编码 {gone.coding_id}：{coding.theme}，{polarity.zh}，依据"
        f"“{coding.evidence}”，{coder.zh} {coding.coder_id}，把握 {sure}；"
        f"{when} 被 {gone.superseded_by} 取代",
        f"· formerly {gone.coding_id}: {coding.theme}, {polarity.en}, because of "
        f"“{coding.evidence}”, by {coder.en} {coding.coder_id}, {sure} sure; gave "
        f"way on {when} to {gone.superseded_by}",
    )


def review_lines(stored: StoredReview, zone: ZoneInfo) -> Iterator[Bilingual]:
    """Say what a person decided about a feedback, and whether it stands."""
    review = stored.review
    when, who = moment(review.reviewed_at, zone), review.reviewer
    zh = "；".join(_said(each, "zh-CN") for each in review.mentions) or "没有主题"
    en = "; ".join(_said(each, "en") for each in review.mentions) or "no theme"
    yield b(
        f"· {when} {who} 复核 {review.feedback_id}（{review.review_id}）：{zh}",
        f"· {when} {who} reviewed {review.feedback_id} ({review.review_id}): {en}",
    )
    if stored.withdrawn_at:
        gone = moment(stored.withdrawn_at, zone)
        yield b(f"  {gone} 已撤回。", f"  Withdrawn on {gone}.")
    elif stored.applied_at is None:
        yield b(
            "  编码将在下次 understand 运行时更新。",
            "  The codings follow with the next understand run.",
        )


def _said(mention: Mention, language: Language) -> str:
    return f"{mention.theme} {POLARITY[mention.polarity].get(language)}"


def taken_off_lines(uow: UnitOfWork, issue_id: str) -> Iterator[Bilingual]:
    """Say that reviews took codings off an issue, and that items stayed as they were."""
    gone = uow.reviews.taken_off(issue_id)
    if gone:
        shown = ", ".join(each.coding_id for each in gone[:3])
        yield b(
            f"复核把 {len(gone)} 条编码移出或改写（{shown}…）；已开的行动项不因此改动，"
            "要不要撤由人决定。",
            f"Reviews took {len(gone)} codings off it or wrote them anew ({shown}…); "
            "open items stay as they are: whether to cancel one is a person's decision.",
        )


def model_lines(
    uow: UnitOfWork, model: KeptModel, zone: ZoneInfo
) -> Iterator[Bilingual]:
    """Say what a model learned from, how good it is and why it decides or not."""
    key, figures = model.model_id, model.figures
    when, n = moment(model.trained_at, zone), figures.n_rows
    corrected = figures.n_corrections
    in_use = b("在用", "in use") if model.active else b("未在用", "not in use")
    yield b(
        f"模型 {key}：{when} 训练，学了 {n} 句（其中人工更正 {corrected} 句），"
        f"码框 {model.codeframe_version}，{in_use.zh}；{model.folder}/training.html",
        f"Model {key}: trained {when} from {n} sentences ({corrected} corrected by "
        f"people), codeframe {model.codeframe_version}, {in_use.en}; "
        f"{model.folder}/training.html",
    )
    for head, share in figures.held_out.items():
        name = head_name(head)
        numbers = f"{share.value:.1%} ({share.low:.1%} – {share.high:.1%})"
        yield b(
            f"· {name.zh}：留出句子上 {numbers}，n = {share.n}",
            f"· {name.en}: {numbers} on held-out sentences, n = {share.n}",
        )
    for decision in uow.models.decisions(key):
        yield from _decision(decision, zone)


def _decision(decision: ModelDecision, zone: ZoneInfo) -> Iterator[Bilingual]:
    when, why = moment(decision.decided_at, zone), promotion_words(decision.reason)
    what = (
        b("启用", "put to use") if decision.promoted else b("未启用", "not put to use")
    )
    against = decision.champion_id
    zh, en = (f"（对手 {against}）", f" (against {against})") if against else ("", "")
    yield b(
        f"· {when} {decision.decided_by} {what.zh}{zh}：{why.zh}",
        f"· {when} {what.en} by {decision.decided_by}{en}: {why.en}",
    )
    comparison = decision.comparison
    if comparison is None:
        return
    for each in comparison.heads:
        name = head_name(each.head)
        numbers = f"{each.champion:.1%} → {each.challenger:.1%}"
        yield b(
            f"  {name.zh}：{numbers}（{each.n} 题，p = {each.p_value:.2f}）",
            f"  {name.en}: {numbers} ({each.n} questions, p = {each.p_value:.2f})",
        )
    for change in comparison.classes:
        if change.is_protected and not change.is_not_worse:
            name = NAMES.get(change.name, b(change.name, change.name))
            yield b(
                f"  受保护的类别“{name.zh}”：最坏 {change.low * 100:+.1f} 个百分点",
                f"  protected class “{name.en}”: {change.low * 100:+.1f} points at worst",
            )

"""Why a text was understood as it was: codings, reviews, models, proposed themes.

Moments come as the workspace's clock shows them.
"""

from collections.abc import Sequence

from huixiang.domain.coding.coding_reason import NoIssueReason, Why
from huixiang.domain.coding.insight import Proposal
from huixiang.domain.coding.review import Mention, StoredReview
from huixiang.domain.coding.stored_coding import StoredCoding, SupersededCoding
from huixiang.domain.text import Bilingual, Language
from huixiang.wording.coding.codings import (
    CODER,
    NO_ISSUE,
    POLARITY,
    coding_reason_words,
)
from huixiang.wording.coding.proposals import PROPOSALS
from huixiang.wording.language import b


def coding_of(coding: StoredCoding) -> Bilingual:
    """Say of which feedback a coding is."""
    return b(
        f"编码 {coding.coding_id}，属于反馈 {coding.feedback_id}。",
        f"Coding {coding.coding_id} of feedback {coding.feedback_id}.",
    )


def coded(coding: StoredCoding, theme: Bilingual, reasons: Sequence[Why]) -> Bilingual:
    """Say what was found, where in the text, by whom, and for which further reasons."""
    polarity, coder = POLARITY[coding.polarity], CODER[coding.coder]
    sure, tail = f"{coding.confidence:.0%}", _listed(reasons)
    return b(
        f"· 编码“{theme.zh}”，{polarity.zh}，依据“{coding.evidence}”，"
        f"{coder.zh} {coding.coder_id}，把握 {sure}{tail.zh}",
        f"· coded “{theme.en}”, {polarity.en}, because of “{coding.evidence}”, by "
        f"{coder.en} {coding.coder_id}, {sure} sure{tail.en}",
    )


def _listed(reasons: Sequence[Why]) -> Bilingual:
    if not reasons:
        return b("", "")
    said = [coding_reason_words(each) for each in reasons]
    return b(
        f" ({'; '.join(each.zh for each in said)})",
        f" ({'; '.join(each.en for each in said)})",
    )


def on_no_issue(reason: NoIssueReason) -> Bilingual:
    """Say why a coding is on no issue."""
    why = NO_ISSUE[reason]
    return b(f"  没有归入问题：{why.zh}", f"  on no issue: {why.en}")


def on_issue(issue_id: str | None, route: Bilingual) -> Bilingual:
    """Say on which issue a coding is, and why its department."""
    return b(f"  归入问题 {issue_id}。{route.zh}", f"  on issue {issue_id}. {route.en}")


def indented(words: Bilingual) -> Bilingual:
    """Set a sentence under the one before."""
    return b(f"  {words.zh}", f"  {words.en}")


def superseded(gone: SupersededCoding, when: str) -> Bilingual:
    """Say what a coding was before a person's word took its place."""
    coding = gone.coding
    polarity, coder = POLARITY[coding.polarity], CODER[coding.coder]
    sure = f"{coding.confidence:.0%}"
    return b(
        f"· 原编码 {gone.coding_id}：{coding.theme}，{polarity.zh}，依据"
        f"“{coding.evidence}”，{coder.zh} {coding.coder_id}，把握 {sure}；"
        f"{when} 被 {gone.superseded_by} 取代",
        f"· formerly {gone.coding_id}: {coding.theme}, {polarity.en}, because of "
        f"“{coding.evidence}”, by {coder.en} {coding.coder_id}, {sure} sure; gave "
        f"way on {when} to {gone.superseded_by}",
    )


def reviewed(stored: StoredReview, when: str) -> Bilingual:
    """Say what a person decided about a feedback."""
    review = stored.review
    key, who, mentions = review.feedback_id, review.reviewer, review.mentions
    zh = "；".join(_said(each, "zh-CN") for each in mentions) or "没有主题"
    en = "; ".join(_said(each, "en") for each in mentions) or "no theme"
    return b(
        f"· {when} {who} 复核 {key}（{review.review_id}）：{zh}",
        f"· {when} {who} reviewed {key} ({review.review_id}): {en}",
    )


def _said(mention: Mention, language: Language) -> str:
    return f"{mention.theme} {POLARITY[mention.polarity].get(language)}"


def withdrawn(when: str) -> Bilingual:
    """Say that a review was taken back."""
    return b(f"  {when} 已撤回。", f"  Withdrawn on {when}.")


NOT_APPLIED = b(
    "  编码将在下次 understand 运行时更新。",
    "  The codings follow with the next understand run.",
)


def taken_off(gone: Sequence[SupersededCoding]) -> Bilingual:
    """Say that reviews took codings off an issue, and that items stayed as they were."""
    n, shown = len(gone), ", ".join(each.coding_id for each in gone[:3])
    return b(
        f"复核把 {n} 条编码移出或改写（{shown}…）；已开的行动项不因此改动，"
        "要不要撤由人决定。",
        f"Reviews took {n} codings off it or wrote them anew ({shown}…); "
        "open items stay as they are: whether to cancel one is a person's decision.",
    )


def proposed(proposal: Proposal, when: str) -> Bilingual:
    """Say when a theme was proposed, and how that stands."""
    theme, state = proposal.found, PROPOSALS[proposal.state]
    return b(
        f"主题提议 {theme.proposal_id}（{theme.name_zh}）：{when} 提出，{state.zh}",
        f"Proposed theme {theme.proposal_id} ({theme.name_zh}): found {when}, {state.en}",
    )


def how_often(proposal: Proposal) -> Bilingual:
    """Say how often a proposed theme is heard now and before."""
    theme = proposal.found
    return b(
        f"现在 {theme.n} 条，以往 {theme.n_before} 条，最早 {theme.first_seen_on}；"
        f"{theme.share_uncovered:.0%} 没有主题",
        f"{theme.n} now, {theme.n_before} before, first {theme.first_seen_on}; "
        f"{theme.share_uncovered:.0%} have no theme",
    )


def example(feedback_id: str, words: str) -> Bilingual:
    """Quote a text behind a proposed theme."""
    return b(f"· {feedback_id}：{words}", f"· {feedback_id}: {words}")


def proposal_decided(proposal: Proposal, when: str) -> Bilingual:
    """Say who decided what about a proposed theme."""
    why, who = proposal.accepted_as or proposal.words, proposal.decided_by
    return b(f"{when} 由 {who} 决定：{why}", f"Decided {when} by {who}: {why}")

"""What is new: why a theme is proposed, and what became of the proposal."""

from collections.abc import Mapping

from huixiang.domain.coding.insight import ProposalReason, ProposalState
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

PROPOSALS: Mapping[ProposalState, Bilingual] = {
    ProposalState.PROPOSED: b("等人决定", "waits for a decision"),
    ProposalState.ACCEPTED: b("已采纳", "accepted"),
    ProposalState.DISMISSED: b("已驳回", "dismissed"),
}
PROPOSAL_REASONS: Mapping[ProposalReason, Bilingual] = {
    ProposalReason.UNCOVERED: b(
        "近 {days} 天有 {n} 条没有主题的反馈都在说“{words}”",
        '{n} feedbacks of the last {days} days that no theme covers speak of "{words}"',
    ),
    ProposalReason.BURST: b(
        "近 {days} 天 {n} 条说到“{words}”，按以往应有 {expected:.1f} 条"
        "（错报比例 {q_value:.2g}）",
        '{n} feedbacks of the last {days} days say "{words}", '
        "{expected:.1f} would be usual (share of false ones {q_value:.2g})",
    ),
    ProposalReason.KEPT: b("{words}", "{en}"),
}


def proposal_reason_words(reason: Reason[ProposalReason]) -> Bilingual:
    """Say why a theme is proposed."""
    template = PROPOSAL_REASONS[reason.code]
    filled = {**reason.facts, "words": reason.words}
    return b(template.zh.format_map(filled), template.en.format_map(filled))

"""Explain a proposed theme: what is new about it, who says so, what was decided."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from huixiang.domain.coding.insight import Proposal
from huixiang.domain.text import Bilingual
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.coding import explained_codings
from huixiang.wording.coding.proposals import proposal_reason_words
from huixiang.wording.figures import moment


def proposal_lines(
    uow: UnitOfWork, proposal: Proposal, zone: ZoneInfo
) -> Iterator[Bilingual]:
    """Say why a theme was proposed, with masked examples, and what became of it."""
    yield explained_codings.proposed(proposal, moment(proposal.found_at, zone))
    yield proposal_reason_words(proposal.found.why)
    yield explained_codings.how_often(proposal)
    quotes = uow.emerging.quotes(proposal.found.examples)
    for feedback_id, words in sorted(quotes.items()):
        yield explained_codings.example(feedback_id, words)
    if proposal.decided_at is not None:
        yield explained_codings.proposal_decided(
            proposal, moment(proposal.decided_at, zone)
        )

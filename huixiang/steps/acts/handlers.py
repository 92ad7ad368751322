"""Which step does what an act says."""

from collections.abc import Mapping

from huixiang.domain.acts.decision import ActVerb
from huixiang.steps.acts import decisions
from huixiang.steps.acts.effect import FreeHandler, Handler
from huixiang.steps.acts.items import KINDS, state_item
from huixiang.steps.acts.reports import read_report

HANDLERS: Mapping[ActVerb, Handler] = {
    **dict.fromkeys(KINDS, state_item),
    ActVerb.ITEM_REPORT: read_report,
    ActVerb.QUARANTINE_RELEASE: decisions.release,
    ActVerb.QUARANTINE_DISCARD: decisions.discard,
    ActVerb.THEME_ACCEPT: decisions.accept_theme,
    ActVerb.THEME_DISMISS: decisions.dismiss_theme,
    ActVerb.MODEL_PROMOTE: decisions.promote,
    ActVerb.MESSAGE_REPLAY: decisions.replay,
    ActVerb.ENDPOINT_RESUME: decisions.resume,
}
"""Needs the lease: somebody else may be writing the same."""

FREE: Mapping[ActVerb, FreeHandler] = {
    ActVerb.REVIEW_NOTE: decisions.note_review,
    ActVerb.REVIEW_WITHDRAW: decisions.withdraw,
}
"""Needs no lease: nobody else writes it."""

OUTSIDE = frozenset({ActVerb.THEME_ACCEPT})
"""Writes files too, so a rehearsal leaves it alone."""

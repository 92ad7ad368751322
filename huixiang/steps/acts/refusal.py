"""Why an act is refused: the code and the facts of the error that stood against it."""

from huixiang.domain.acts.act import ActReason
from huixiang.domain.reason import Reason
from huixiang.errors import HuixiangError, IllegalMove, ModelRefused, NotFound

_CODES = (
    (IllegalMove, ActReason.ILLEGAL_MOVE),
    (NotFound, ActReason.NOT_FOUND),
    (ModelRefused, ActReason.MODEL_UNUSABLE),
    (HuixiangError, ActReason.NOT_ALLOWED),
    (OSError, ActReason.FILE_TROUBLE),
)


def reason_of(error: HuixiangError | OSError) -> Reason[ActReason]:
    """Return why, without a word of the message: it may repeat what somebody wrote."""
    if isinstance(error, HuixiangError) and error.code:
        return Reason(code=ActReason(error.code), facts=error.about)
    return Reason(code=next(code for kind, code in _CODES if isinstance(error, kind)))

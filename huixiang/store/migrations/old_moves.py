"""Why an item moved as older versions wrote it, before version 0009: read into codes.

Frozen with that version. Texts are told apart by who wrote them, by the move they stand
at, and by their form; all three must fit. What does not fit is a person's words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

LOOP = "huixiang"

Facts = Mapping[str, str | None]
Reading = tuple[str, Facts, str]
"""The code of a reason, its facts, and a person's words."""


class OldMove(NamedTuple):
    """A move as older versions kept it."""

    item_id: str
    number: int
    before: str | None
    after: str
    moved_at: Any
    actor: str
    reason: str


class Form(NamedTuple):
    """A text of the loop: at which moves it stood, how it reads, what it becomes."""

    moves: frozenset[tuple[str | None, str]]
    text: re.Pattern[str]
    code: str


def _form(code: str, text: str, *moves: tuple[str | None, str]) -> Form:
    return Form(frozenset(moves), re.compile(text, re.DOTALL), code)


_OPENED, _PARKED = (None, "open"), (None, "parked")
_LASTED, _GONE = ("verified", "closed"), ("verified", "reopened")
_AGAIN = (("verified", "reopened"), ("unproven", "reopened"))
_NO_ANSWER = (
    "not_resolved|following|too_few_feedbacks|not_separable|no_baseline|feed_died|"
    "channel_died|mix_moved|codeframe_changed|model_changed|overlapping_action"
)
FORMS = (
    _form("opened_by_rule", r"alert rule (?P<rule>.+)", _OPENED),
    _form(
        "parked_capacity",
        "the department has its hands full, so it is parked; when there is room, the "
        "highest priority opens first",
        _PARKED,
    ),
    _form(
        "parked_no_department",
        r"departments\.yaml no longer has this department, so it is parked; route it "
        "again",
        _PARKED,
    ),
    _form("room_now", "the department has room now", ("parked", "open")),
    _form("alarm_again", r"alarm (?P<rule>.+)", *_AGAIN),
    _form("judged", r"(?P<verdict>improved)", ("resolved", "verified")),
    _form("judged", r"(?P<verdict>not_improved|worse)", ("resolved", "reopened")),
    _form(
        "judged",
        rf"(?P<verdict>inconclusive) (?P<why_none>{_NO_ANSWER})",
        ("resolved", "unproven"),
    ),
    _form("not_measurable", "not_measurable", ("resolved", "unproven")),
    _form("sustained", "sustained", _LASTED),
    _form("relapsed", "relapsed", _GONE),
    _form("lasting_unclear", "lasting_unclear", _LASTED),
    _form("unproven_closed", "unproven_closed", ("unproven", "closed")),
)
REROUTED = re.compile(r"re-routed from (?P<refused_by>.+) to (?P<given_to>.+)")


def read_moves(moves: Iterable[OldMove]) -> Iterator[tuple[OldMove, Reading]]:
    """Yield every move with its reason; the moves of an item come in their order."""
    for _, group in groupby(moves, key=lambda move: move.item_id):
        of_item = list(group)
        for before, move, after in zip(
            [None, *of_item], of_item, [*of_item[1:], None], strict=False
        ):
            yield move, read_move(move, before, after)


def read_move(move: OldMove, before: OldMove | None, after: OldMove | None) -> Reading:
    """Return the reason of a move that stands between two others."""
    readers: tuple[Callable[[], Reading | None], ...] = (
        lambda: _implied(move, after),
        lambda: _rerouted(move, before),
        lambda: _of_loop(move),
    )
    for read in readers:
        if (reading := read()) is not None:
            return reading
    return "said", {}, move.reason


def _implied(move: OldMove, after: OldMove | None) -> Reading | None:
    """Read a step that nobody reported: the reported one follows at once."""
    if (
        after is None
        or move.before == "accepted"
        or (move.after, after.before) != ("accepted", "accepted")
        or (move.actor, move.moved_at) != (after.actor, after.moved_at)
        or move.reason != f"implied by {after.after}"
    ):
        return None
    return "implied", {"status": after.after}, ""


def _rerouted(move: OldMove, before: OldMove | None) -> Reading | None:
    """Read what the loop did with a refusal: its words are those of the refusal."""
    if (
        before is None
        or move.actor != LOOP
        or (move.before, move.after) != ("rejected", "open")
        or not move.reason.endswith(f": {before.reason}")
    ):
        return None
    found = REROUTED.fullmatch(move.reason.removesuffix(f": {before.reason}"))
    return ("rerouted", found.groupdict(), before.reason) if found else None


def _of_loop(move: OldMove) -> Reading | None:
    if move.actor != LOOP:
        return None
    for form in FORMS:
        found = form.text.fullmatch(move.reason)
        if found and (move.before, move.after) in form.moves:
            return form.code, _facts(form.code, found.groupdict()), ""
    return None


def _facts(code: str, facts: Facts) -> Facts:
    return {"why_none": None, **facts} if code == "judged" else facts

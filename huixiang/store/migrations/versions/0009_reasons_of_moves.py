"""Why an item moved, and which parts of a rule held: codes and facts, not sentences.

Of moves, what older versions wrote as one text is told apart by who wrote it, by the move it
stands at, and by its form; all three must fit. What does not fit is a person's words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LOOP = "huixiang"

Facts = Mapping[str, str | None]
Reading = tuple[str, Facts, str]
"""The code of a reason, its facts, and a person's words."""


class Old(NamedTuple):
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


def upgrade() -> None:
    """Bring the database to this version."""
    op.add_column("move", sa.Column("reason_code", sa.String(40), nullable=True))
    op.add_column("move", sa.Column("reason_facts", DOCUMENT, nullable=True))
    op.add_column("move", sa.Column("words", sa.Text(), nullable=True))
    _convert(op.get_bind())
    with op.batch_alter_table("move") as batch:
        batch.alter_column("reason_code", existing_type=sa.String(40), nullable=False)
        batch.alter_column("reason_facts", existing_type=DOCUMENT, nullable=False)
        batch.alter_column("words", existing_type=sa.Text(), nullable=False)
        batch.drop_column("reason")
    _convert_routes(op.get_bind())


def _convert(connection: sa.Connection) -> None:
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in Old._fields]
    wanted = sa.select(*columns).select_from(sa.table("move"))
    rows = connection.execute(wanted.order_by(sa.text("item_id, number"))).all()
    values = [
        {"item": move.item_id, "n": move.number, "code": code, "facts": facts, "w": w}
        for move, (code, facts, w) in read_moves(Old(*row) for row in rows)
    ]
    if values:
        connection.execute(_update(), values)


def _update() -> sa.Update:
    move = sa.table(
        "move",
        sa.column("item_id"),
        sa.column("number"),
        sa.column("reason_code"),
        sa.column("reason_facts", DOCUMENT),
        sa.column("words"),
    )
    return (
        move.update()
        .where(
            move.c.item_id == sa.bindparam("item"), move.c.number == sa.bindparam("n")
        )
        .values(
            reason_code=sa.bindparam("code"),
            reason_facts=sa.bindparam("facts", type_=DOCUMENT),
            words=sa.bindparam("w"),
        )
    )


def read_moves(moves: Iterable[Old]) -> Iterator[tuple[Old, Reading]]:
    """Yield every move with its reason; the moves of an item come in their order."""
    for _, group in groupby(moves, key=lambda move: move.item_id):
        of_item = list(group)
        for before, move, after in zip(
            [None, *of_item], of_item, [*of_item[1:], None], strict=False
        ):
            yield move, read_move(move, before, after)


def read_move(move: Old, before: Old | None, after: Old | None) -> Reading:
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


def _implied(move: Old, after: Old | None) -> Reading | None:
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


def _rerouted(move: Old, before: Old | None) -> Reading | None:
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


def _of_loop(move: Old) -> Reading | None:
    if move.actor != LOOP:
        return None
    for form in FORMS:
        found = form.text.fullmatch(move.reason)
        if found and (move.before, move.after) in form.moves:
            return form.code, _facts(form.code, found.groupdict()), ""
    return None


def _facts(code: str, facts: Facts) -> Facts:
    return {"why_none": None, **facts} if code == "judged" else facts


PART = re.compile(r"(?P<seen>.*?) \((?P<wanted>.*)\)", re.DOTALL)
ROWS = 5000


def read_part(note: str) -> dict[str, Any]:
    """Return the field, what was seen and what was wanted, of "field: seen (wanted)".

    Where what was seen holds brackets itself, the two may be divided elsewhere than
    they were; written side by side they still read as before.
    """
    field, _, rest = note.partition(": ")
    divided = PART.fullmatch(rest)
    seen, wanted = (divided["seen"], divided["wanted"]) if divided else (rest, rest)
    is_pattern = field == "pattern"
    parts = [wanted] if is_pattern or not divided else wanted.split(" | ")
    return {"field": field, "seen": seen, "wanted": parts}


def _convert_routes(connection: sa.Connection) -> None:
    route = sa.table(
        "route", sa.column("coding_id", sa.Text()), sa.column("matched", DOCUMENT)
    )
    change = (
        route.update()
        .where(route.c.coding_id == sa.bindparam("id"))
        .values(matched=sa.bindparam("parts", type_=DOCUMENT))
    )
    last = ""
    page = sa.select(route).order_by(route.c.coding_id).limit(ROWS)
    while rows := connection.execute(page.where(route.c.coding_id > last)).all():
        last = rows[-1].coding_id
        values = [
            {"id": row.coding_id, "parts": [read_part(note) for note in row.matched]}
            for row in rows
            if row.matched
        ]
        if values:
            connection.execute(change, values)

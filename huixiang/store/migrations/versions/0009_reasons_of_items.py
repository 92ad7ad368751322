"""Why an item moved, and which parts of a rule held: codes and facts, not sentences."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from huixiang.store.migrations.old_moves import OldMove, read_moves
from huixiang.store.migrations.old_routes import read_part

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ROWS = 5000


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
    with op.batch_alter_table("remote_ticket") as batch:
        batch.drop_column("state")  # never anything but "present"


def _convert(connection: sa.Connection) -> None:
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in OldMove._fields]
    wanted = sa.select(*columns).select_from(sa.table("move"))
    rows = connection.execute(wanted.order_by(sa.text("item_id, number"))).all()
    values = [
        {"item": move.item_id, "n": move.number, "code": code, "facts": facts, "w": w}
        for move, (code, facts, w) in read_moves(OldMove(*row) for row in rows)
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

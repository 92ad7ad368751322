"""What people decide, chained by hash."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_CODE = sa.String(length=40)


def upgrade() -> None:
    """Bring the database to this version."""
    head = _create()
    op.get_bind().execute(head.insert().values(name="acts", number=0, hash=""))


def _create() -> sa.Table:
    op.create_table(
        "act",
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_kind", _CODE, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", _CODE, nullable=False),
        sa.Column("target_kind", _CODE, nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("facts", _DOCUMENT, nullable=False),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("door", _CODE, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=True),
        sa.Column("claimed_name", sa.Text(), nullable=True),
        sa.Column("words", _DOCUMENT, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("digests", _DOCUMENT, nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_act")),
        sa.UniqueConstraint("number", name=op.f("uq_act_number")),
    )
    for column in ("actor", "target", "call_id"):
        op.create_index(op.f(f"ix_act_{column}"), "act", [column])
    head = op.create_table(
        "act_head",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_act_head")),
    )
    op.create_table(
        "act_outcome",
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("outcome", _CODE, nullable=False),
        sa.Column("reason", _CODE, nullable=True),
        sa.Column("facts", _DOCUMENT, nullable=False),
        sa.Column("settled_at", _MOMENT, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["act.act_id"], name=op.f("fk_act_outcome_act_id")
        ),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_act_outcome")),
    )
    op.create_index(op.f("ix_act_outcome_item_id"), "act_outcome", ["item_id"])
    return head

"""What reports and digests remember, and when we came to know what they show."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KNOWN = (
    ("feedback", "stored_at"),
    ("feedback", "coded_at"),
    ("duplicate", "stored_at"),
    ("route", "stored_at"),
    ("move", "stored_at"),
    ("announcement", "stored_at"),
    ("verdict", "stored_at"),
    ("report", "written_at"),
)


def upgrade() -> None:
    """Bring the database to this version."""
    for table, name in KNOWN:
        op.add_column(table, sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("move", sa.Column("replaced", document, nullable=True))
    op.add_column("report", sa.Column("facts", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_feedback_occurred_on"), "feedback", ["occurred_on"])
    op.create_table(
        "digest",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.message_id"],
            name=op.f("fk_digest_message_id"),
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_digest")),
    )
    _days()


def _days() -> None:
    """Add the tables of daily sums."""
    op.create_table(
        "summary",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_summary")),
    )
    for table, keys in (
        ("score_day", ("theme", "touchpoint", "unit")),
        ("complaint_day", ("issue_id",)),
        ("place_day", ("source", "touchpoint", "unit")),
    ):
        total = [sa.Column("total", sa.Float(), nullable=False)]
        op.create_table(
            table,
            sa.Column("day", sa.Date(), nullable=False),
            *(sa.Column(key, sa.Text(), nullable=False) for key in keys),
            sa.Column("n", sa.Integer(), nullable=False),
            *(total if table == "score_day" else []),
            sa.PrimaryKeyConstraint("day", *keys, name=op.f(f"pk_{table}")),
        )

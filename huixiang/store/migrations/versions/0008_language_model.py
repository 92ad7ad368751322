"""What the optional language model was asked, and how good it is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Bring the database to this version."""
    op.create_table(
        "language_call",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("n_tokens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_language_call")),
    )
    op.create_index(op.f("ix_language_call_question"), "language_call", ["question"])
    op.create_index(op.f("ix_language_call_run_id"), "language_call", ["run_id"])
    op.create_table(
        "language_model",
        sa.Column("prompt_version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("codeframe_version", sa.Text(), nullable=False),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", DOCUMENT, nullable=False),
        sa.Column("trust", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("prompt_version", name=op.f("pk_language_model")),
    )

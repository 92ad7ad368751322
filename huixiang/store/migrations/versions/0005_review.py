"""What reviewers decided and how models compared."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the database to this version."""
    op.create_table(
        "review",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("feedback_id", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reviewed_at", _MOMENT, nullable=False),
        sa.Column("mentions", _DOCUMENT, nullable=False),
        sa.Column("polarity", sa.String(length=40), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("seen", _DOCUMENT, nullable=False),
        sa.Column("applied_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.feedback_id"],
            name=op.f("fk_review_feedback_id"),
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_feedback_id"), "review", ["feedback_id"])
    op.create_index(op.f("ix_review_applied_at"), "review", ["applied_at"])
    op.create_table(
        "superseded_coding",
        sa.Column("coding_id", sa.Text(), nullable=False),
        sa.Column("feedback_id", sa.Text(), nullable=False),
        sa.Column("issue_id", sa.Text(), nullable=True),
        sa.Column("coding", _DOCUMENT, nullable=False),
        sa.Column("route", _DOCUMENT, nullable=True),
        sa.Column("superseded_by", sa.Text(), nullable=False),
        sa.Column("superseded_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.feedback_id"],
            name=op.f("fk_superseded_coding_feedback_id"),
        ),
        sa.PrimaryKeyConstraint("coding_id", name=op.f("pk_superseded_coding")),
    )
    op.create_index(
        op.f("ix_superseded_coding_feedback_id"), "superseded_coding", ["feedback_id"]
    )
    op.create_index(
        op.f("ix_superseded_coding_issue_id"), "superseded_coding", ["issue_id"]
    )
    op.create_table(
        "model_decision",
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("champion_id", sa.Text(), nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("promoted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", _DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_model_decision")),
    )
    op.create_index(op.f("ix_model_decision_model_id"), "model_decision", ["model_id"])

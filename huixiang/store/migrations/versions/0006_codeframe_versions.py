"""Versions of the codeframe and their bridges."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the database to this version."""
    op.create_table(
        "codeframe_version",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("first_used_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_codeframe_version")),
    )
    op.create_table(
        "codeframe_bridge",
        sa.Column("from_version", sa.Text(), nullable=False),
        sa.Column("to_version", sa.Text(), nullable=False),
        sa.Column("crossed_at", MOMENT, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("n_feedback", sa.Integer(), nullable=False),
        sa.Column("n_mentions", sa.Integer(), nullable=False),
        sa.Column("n_disagree", sa.Integer(), nullable=False),
        sa.Column("max_error", sa.Float(), nullable=False),
        sa.Column("figures", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "from_version", "to_version", name=op.f("pk_codeframe_bridge")
        ),
    )
    op.create_table(
        "second_coding",
        sa.Column("coding_id", sa.Text(), nullable=False),
        sa.Column("feedback_id", sa.Text(), nullable=False),
        sa.Column("codeframe_version", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("polarity", sa.String(length=40), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("coder", sa.String(length=40), nullable=False),
        sa.Column("coder_id", sa.Text(), nullable=False),
        sa.Column("coded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.feedback_id"],
            name=op.f("fk_second_coding_feedback_id"),
        ),
        sa.PrimaryKeyConstraint("coding_id", name=op.f("pk_second_coding")),
    )
    op.create_index(
        op.f("ix_second_coding_feedback_id"), "second_coding", ["feedback_id"]
    )
    op.create_table(
        "theme_succession",
        sa.Column("codeframe_version", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("continues_as", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "codeframe_version", "theme", name=op.f("pk_theme_succession")
        ),
    )
    op.create_table(
        "theme_part",
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("since_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("whole", "part", name=op.f("pk_theme_part")),
    )
    op.create_table(
        "issue_succession",
        sa.Column("issue_id", sa.Text(), nullable=False),
        sa.Column("to_version", sa.Text(), nullable=False),
        sa.Column("old_theme", sa.Text(), nullable=False),
        sa.Column("continues_as", sa.Text(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["continues_as"],
            ["issue.issue_id"],
            name=op.f("fk_issue_succession_continues_as"),
        ),
        sa.PrimaryKeyConstraint(
            "issue_id", "to_version", name=op.f("pk_issue_succession")
        ),
    )

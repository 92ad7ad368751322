"""What verification remembers beside the verdicts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Bring the database to this version."""
    op.create_table(
        "outlook",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("feedbacks_per_day", sa.Float(), nullable=True),
        sa.Column("days_until_medium", sa.Integer(), nullable=True),
        sa.Column("days_until_medium_likely", sa.Integer(), nullable=True),
        sa.Column("detectable_effect", sa.Float(), nullable=True),
        sa.Column("n_pooled", sa.Integer(), nullable=False),
        sa.Column("pooled_days", sa.Integer(), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["action_item.item_id"],
            name=op.f("fk_outlook_item_id"),
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_outlook")),
    )
    op.create_table(
        "placebo_audit",
        sa.Column("audit_id", sa.Text(), nullable=False),
        sa.Column("design_id", sa.Text(), nullable=False),
        sa.Column("design", DOCUMENT, nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.Column("n_dips", sa.Integer(), nullable=False),
        sa.Column("n_improved", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("z_mean", sa.Float(), nullable=True),
        sa.Column("z_sd", sa.Float(), nullable=True),
        sa.Column("error_factor", sa.Float(), nullable=False),
        sa.Column("method_version", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_placebo_audit")),
    )
    op.create_index(op.f("ix_placebo_audit_design_id"), "placebo_audit", ["design_id"])
    op.create_table(
        "sustained_look",
        sa.Column("look_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("detail", DOCUMENT, nullable=False),
        sa.Column("method_version", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["action_item.item_id"],
            name=op.f("fk_sustained_look_item_id"),
        ),
        sa.PrimaryKeyConstraint("look_id", name=op.f("pk_sustained_look")),
        sa.UniqueConstraint(
            "item_id",
            "resolved_on",
            "after_days",
            name=op.f("uq_sustained_look_item_id_resolved_on_after_days"),
        ),
    )

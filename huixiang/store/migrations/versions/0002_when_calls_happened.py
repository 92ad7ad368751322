"""Remember which item a call was about and when its sender says it happened."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this version."""
    op.add_column("inbox_call", sa.Column("item_id", sa.Text(), nullable=True))
    op.add_column(
        "inbox_call",
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index(op.f("ix_inbox_call_item_id"), "inbox_call", ["item_id"])

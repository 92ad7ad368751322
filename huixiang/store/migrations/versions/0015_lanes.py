"""Runs say in which lane they wrote; until now there was one."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this version."""
    with op.batch_alter_table("run") as table:
        table.add_column(sa.Column("lane", sa.String(length=40), nullable=True))
    op.execute("UPDATE run SET lane = 'writer'")
    with op.batch_alter_table("run") as table:
        table.alter_column("lane", existing_type=sa.String(length=40), nullable=False)

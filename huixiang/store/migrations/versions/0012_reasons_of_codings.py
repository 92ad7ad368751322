"""Reasons of codings are codes with facts; who gave an issue away has a column."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PERSON = "person:"


def upgrade() -> None:
    """Bring the database to this version."""
    _name_who_gave_issues()


def _name_who_gave_issues() -> None:
    """Take the person out of "person:NAME"; all else was a rule's."""
    op.add_column("issue", sa.Column("department_person", sa.Text(), nullable=True))
    issue = sa.table(
        "issue",
        sa.column("department_by", sa.Text),
        sa.column("department_person", sa.Text),
    )
    by_person = issue.c.department_by.like(f"{PERSON}%")
    name = sa.func.substr(issue.c.department_by, len(PERSON) + 1)
    op.execute(issue.update().where(by_person).values(department_person=name))
    op.execute(issue.update().where(by_person).values(department_by="person"))

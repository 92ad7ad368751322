"""Reasons of codings are codes with facts; who gave an issue away has a column."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PERSON = "person:"
DECIDED = (
    "first_model",
    "same_model",
    "champion_refused",
    "champion_saw_held_out",
    "too_few_held_out",
    "not_worse",
    "worse_overall",
    "class_may_be_worse",
)


def upgrade() -> None:
    """Bring the database to this version."""
    _name_who_gave_issues()
    _keep_words_about_models()


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


def _keep_words_about_models() -> None:
    """Part what people wrote of a decision from the reasons that are ours."""
    op.add_column("model_decision", sa.Column("words", sa.Text(), nullable=True))
    decision = sa.table(
        "model_decision",
        *(sa.column(name, sa.Text) for name in ("decided_by", "reason", "words")),
    )
    ours = (decision.c.decided_by == "huixiang") & decision.c.reason.in_(DECIDED)
    change = decision.update().where(~ours)
    op.execute(change.values(words=decision.c.reason, reason="person"))

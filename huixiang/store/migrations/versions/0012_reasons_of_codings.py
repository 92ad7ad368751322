"""Reasons of codings are codes with facts; who gave an issue away has a column."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from huixiang.store.migrations.old_reasons import read_proposal, read_reason
from huixiang.store.migrations.old_routes import read_part

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
AT_ONCE = 2000
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
    _code_reasons_of_codings()
    _code_reasons_of_superseded()
    _code_reasons_of_proposals()


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


def _code_reasons_of_codings() -> None:
    _rewrite("coding", "reasons", _coded)


def _code_reasons_of_superseded() -> None:
    """Do the same in the documents of codings that gave way to a review."""

    def coded(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "reasons": _coded(document["reasons"])}

    def parted(route: dict[str, Any] | None) -> dict[str, Any] | None:
        """Read what the rule matched as version 0009 did for routes that stand."""
        return route and {**route, "matched": [read_part(n) for n in route["matched"]]}

    _rewrite("superseded_coding", "coding", coded)
    _rewrite("superseded_coding", "route", parted)


def _code_reasons_of_proposals() -> None:
    def coded(detail: dict[str, Any]) -> dict[str, Any]:
        return {**detail, "why": read_proposal(detail["why"])}

    _rewrite("emerging_theme", "detail", coded, key="proposal_id")


def _coded(reasons: list[Any]) -> list[Any]:
    return [read_reason(each) if isinstance(each, str) else each for each in reasons]


def _rewrite(
    table_name: str, column: str, change: Callable[[Any], Any], key: str = "coding_id"
) -> None:
    """Change one document of every row, a few thousand at a time."""
    connection = op.get_bind()
    table = sa.table(table_name, sa.column(key, sa.Text), sa.column(column, DOCUMENT))
    update = (
        table.update()
        .where(table.c[key] == sa.bindparam("key"))
        .values({column: sa.bindparam("changed", type_=DOCUMENT)})
    )
    last = ""
    while rows := connection.execute(
        sa.select(table.c[key], table.c[column])
        .where(table.c[key] > last)
        .order_by(table.c[key])
        .limit(AT_ONCE)
    ).all():
        connection.execute(
            update, [{"key": name, "changed": change(value)} for name, value in rows]
        )
        last = rows[-1][0]

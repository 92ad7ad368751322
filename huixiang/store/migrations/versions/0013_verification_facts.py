"""Verdicts keep facts, not sentences; the placebo check has its own name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
MOMENT = sa.DateTime(timezone=True)
CHUNK = 500
Document = Mapping[str, Any]

VERDICT = sa.table(
    "verdict", sa.column("verdict_id", sa.Text()), sa.column("detail", DOCUMENT)
)
LOOK = sa.table(
    "sustained_look", sa.column("look_id", sa.Text()), sa.column("detail", DOCUMENT)
)


def upgrade() -> None:
    """Bring the database to this version."""
    _rename_placebo_checks()
    _rewrite(VERDICT.c.verdict_id, VERDICT.c.detail, _verdict_detail)
    _rewrite(LOOK.c.look_id, LOOK.c.detail, _look_detail)


def _rename_placebo_checks() -> None:
    columns = (
        sa.Column("design_id", sa.Text(), nullable=False),
        sa.Column("design", DOCUMENT, nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.Column("n_dips", sa.Integer(), nullable=False),
        sa.Column("n_improved", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("z_mean", sa.Float(), nullable=True),
        sa.Column("z_sd", sa.Float(), nullable=True),
        sa.Column("error_factor", sa.Float(), nullable=False),
        sa.Column("method_version", sa.Text(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=True),
    )
    op.create_table(
        "placebo_check",
        sa.Column("check_id", sa.Text(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_placebo_check")),
    )
    names = ", ".join(column.name for column in columns)
    op.execute(
        f"INSERT INTO placebo_check (check_id, {names}) "  # noqa: S608 - our own names
        f"SELECT audit_id, {names} FROM placebo_audit"
    )
    op.drop_table("placebo_audit")
    op.create_index(op.f("ix_placebo_check_design_id"), "placebo_check", ["design_id"])


def _rewrite(
    key: "sa.ColumnClause[str]",
    content: "sa.ColumnClause[Any]",
    change: Callable[[Any], Any],
) -> None:
    connection = op.get_bind()
    wanted: sa.BindParameter[str] = sa.bindparam("key_")
    update = (
        sa.update(key.table)  # type: ignore[arg-type]  # a table, said as a selectable
        .where(key == wanted)
        .values({content.name: sa.bindparam("content_", type_=content.type)})
    )
    for rows in _pages(key, content):
        changed = [{"key_": row[0], "content_": change(row[1])} for row in rows]
        connection.execute(update, changed)


def _pages(
    key: "sa.ColumnClause[str]", content: "sa.ColumnClause[Any]"
) -> Iterator[list[Any]]:
    """Yield the rows that hold something, some at a time, in the order of their keys."""
    connection, last = op.get_bind(), ""
    while True:
        rows = connection.execute(
            sa.select(key, content)
            .where(key > last, content.is_not(None))
            .order_by(key)
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        yield list(rows)
        last = rows[-1][0]


def _verdict_detail(detail: Document) -> Document:
    if "verdict" not in detail:
        return detail
    return {
        "verdict": {
            "plain_comparison" if name == "naive" else name: value
            for name, value in detail["verdict"].items()
        },
        "looks": detail.get("looks", []),
        "p_improved": detail.get("p_improved"),
        "placebo_check_id": detail.get("audit_id"),
        "side_effects": _side_effects(detail.get("side_effects")),
        "consistency": _without(detail.get("consistency"), "words", "alike"),
    }


def _look_detail(detail: Document) -> Document:
    return {
        "effect": detail.get("effect"),
        "side_effects": _side_effects(detail.get("side_effects")),
    }


def _side_effects(facts: Document | None) -> Document | None:
    if facts is None:
        return None
    harmed = [_without(each, "name") for each in facts["harmed"]]
    return {"n_watched": facts["n_watched"], "harmed": harmed}


def _without(facts: Document | None, *names: str) -> Document | None:
    if facts is None:
        return None
    return {name: value for name, value in facts.items() if name not in names}

"""What a record broke is a code with facts; only a suite's author writes messages."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
CHUNK = 1_000
COLUMNS = (("feedback", "feedback_id", "marks"), ("quarantine", "landing_id", "violations"))  # fmt: skip
UNREADABLE = "the record cannot be read: "
NO_TIME = "there is no time that can be read"


def upgrade() -> None:
    """Bring the database to this version."""
    for table, key, column in COLUMNS:
        _rewrite(table, key, column)


def _rewrite(table: str, key: str, column: str) -> None:
    rows = sa.table(table, sa.column(key, sa.Text()), sa.column(column, DOCUMENT))
    names, documents = rows.c[key], rows.c[column]
    connection, last = op.get_bind(), ""
    change = (
        sa.update(rows)
        .where(names == sa.bindparam("name"))
        .values({column: sa.bindparam("document", type_=DOCUMENT)})
    )
    while chunk := connection.execute(
        sa.select(names, documents)
        .where(names > last, sa.cast(documents, sa.Text()) != "[]")
        .order_by(names)
        .limit(CHUNK)
    ).all():
        last = chunk[-1][0]
        connection.execute(
            change,
            [
                {"name": name, "document": [_violation(each) for each in document]}
                for name, document in chunk
            ],
        )


def _violation(old: Mapping[str, Any]) -> dict[str, Any]:
    """Return a violation with its code; a message that we generated becomes facts."""
    new = {name: old[name] for name in ("rule", "severity", "column")}
    message = str(old["message_en"])
    if old["rule"] == "record.readable" and message.startswith(UNREADABLE):
        facts = {"detail": message.removeprefix(UNREADABLE)}
        return {**new, "code": "unreadable", "facts": facts, "message": None}
    if old["rule"] == "record.has_time" and message == NO_TIME:
        return {**new, "code": "no_time", "facts": {}, "message": None}
    words = {"zh": old["message_zh"], "en": old["message_en"]}
    return {**new, "code": "expectation", "facts": {}, "message": words}

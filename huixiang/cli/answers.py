"""Apply what an owner says on the command line."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huixiang.app import open_app
from huixiang.domain.statement import OwnerStatement, StatementKind
from huixiang.intake.redaction import mask
from huixiang.steps.items.owner import (
    apply_statement,
    check_department,
    check_moment,
)


def answer_item(
    home: Path | None,
    item_id: str,
    status: str,
    *,
    by: str,
    as_of: dt.datetime | None,
    said: Mapping[str, str | None],
) -> dict[str, Any]:
    """Move an item as its owner says; return how it stands then."""
    app = open_app(home)
    with app.running("item", as_of) as run:
        context = run.context
        check_department(context, said.get("department"))
        with context.transaction("answer") as uow:
            check_moment(uow, item_id, context.as_of)
            apply_statement(
                context,
                uow,
                OwnerStatement(
                    item_id=item_id,
                    kind=StatementKind(status),
                    stated_at=context.as_of,
                    actor=mask(by),
                    words=mask(said.get("reason") or ""),
                    root_cause=mask(said.get("root_cause") or ""),
                    department=said.get("department"),
                ),
            )
            item = uow.items.get(item_id)
        run.facts["item"] = item_id
    return {
        "item": item_id,
        "status": item.status.value,
        "department": item.department,
    }

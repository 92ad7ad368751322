"""Run migrations on the connection that the store hands over."""

from typing import Any, Literal

from alembic import context

from huixiang.store.tables.base import Base
from huixiang.store.tables.types import UtcDateTime


def _render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our own types as what they are stored as: migrations must not change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

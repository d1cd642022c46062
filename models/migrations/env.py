"""Runs revisions on the connection that matchmaker.database hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from models import metadata
from models.job import ENGINE_TABLES


def _render_item(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    # Our own column types are written by the short name that revisions import.
    if kind == "type" and item.__class__.__module__ == "models.base":
        autogen_context.imports.add("from models.base import CodeList, UtcDateTime")
        return f"{item.__class__.__name__}()"
    if kind == "type" and item.__class__.__name__ == "AutoString":
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name not in ENGINE_TABLES


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite cannot alter a constraint in place: tables are rebuilt there.
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render_item,
    include_name=_ours,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

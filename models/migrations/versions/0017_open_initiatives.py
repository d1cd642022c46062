"""Initiatives in talks stay open: the indexes that lists walk hold all that takes partners."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OPEN = sa.text("status IN ('published', 'in_talks')")


def upgrade() -> None:
    for moment in ("published_at", "expires_at"):
        op.create_index(
            f"ix_initiative_open_{moment}_id",
            "initiative",
            [moment, "id"],
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
        op.drop_index(f"ix_initiative_status_{moment}_id", table_name="initiative")
    # One that is talked about has been so for long.
    op.execute(
        "UPDATE initiative SET status = 'in_talks' WHERE status = 'published' AND id IN ("
        "SELECT initiative_id FROM conversation WHERE state IN "
        "('exploring', 'terms_drafted', 'to_tkksd', 'kb_signed', 'pks_signed', 'running', 'returned'))"
    )


def downgrade() -> None:
    op.execute("UPDATE initiative SET status = 'published' WHERE status IN ('in_talks', 'agreed', 'running', 'done')")
    for moment in ("published_at", "expires_at"):
        op.create_index(f"ix_initiative_status_{moment}_id", "initiative", ["status", moment, "id"])
        op.drop_index(f"ix_initiative_open_{moment}_id", table_name="initiative")

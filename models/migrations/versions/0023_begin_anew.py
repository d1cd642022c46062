"""A pair whose talk came to nothing may begin anew."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_PAIR, _COLUMNS = "uq_interest_open_pair", ["initiative_id", "card_id"]
_NOW = sa.text("state IN ('sent', 'accepted') AND ended_at IS NULL")
_BEFORE = sa.text("state IN ('sent', 'accepted')")


def upgrade() -> None:
    op.add_column("interest", sa.Column("ended_at", UtcDateTime(), nullable=True))
    op.execute(
        "UPDATE interest SET ended_at = (SELECT last_message_at FROM conversation "
        "WHERE conversation.interest_id = interest.id) WHERE id IN (SELECT interest_id FROM conversation "
        "WHERE state IN ('withdrawn', 'stale', 'unreachable'))"
    )
    op.drop_index(_PAIR, table_name="interest")
    op.create_index(_PAIR, "interest", _COLUMNS, unique=True, sqlite_where=_NOW, postgresql_where=_NOW)


def downgrade() -> None:
    op.drop_index(_PAIR, table_name="interest")
    # Of one pair there may be several by now, of which one is open.
    op.execute("UPDATE interest SET state = 'withdrawn' WHERE state = 'accepted' AND ended_at IS NOT NULL")
    op.create_index(_PAIR, "interest", _COLUMNS, unique=True, sqlite_where=_BEFORE, postgresql_where=_BEFORE)
    with op.batch_alter_table("interest") as table:
        table.drop_column("ended_at")

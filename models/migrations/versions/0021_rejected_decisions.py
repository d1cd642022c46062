"""The other side of a proposed decision turns it down, with a reason."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KEY = "fk_decision_rejected_by_id_account"


def upgrade() -> None:
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("rejected_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("rejected_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("reason", sa.String(length=300), nullable=False, server_default=""))
        table.create_foreign_key(op.f(_KEY), "account", ["rejected_by_id"], ["id"])


def downgrade() -> None:
    op.execute("UPDATE decision SET state = 'withdrawn', withdrawn_at = rejected_at WHERE state = 'rejected'")
    with op.batch_alter_table("decision") as table:
        table.drop_constraint(op.f(_KEY), type_="foreignkey")
        for name in ("reason", "rejected_by_id", "rejected_at"):
            table.drop_column(name)

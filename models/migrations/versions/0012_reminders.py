"""What was done about silence."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("conversation", "interest"):
        op.add_column(table, sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
        op.add_column(table, sa.Column("reminded_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    for table in ("conversation", "interest"):
        op.drop_column(table, "reminded_at")
        op.drop_column(table, "reminded")

"""How far each account has read its notices, and by which mail it is told."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_notice_account_id_id", "notice", ["account_id", "id"])
    op.create_table(
        "notice_mark",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_mark_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_mark")),
    )
    op.create_table(
        "notice_preference",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("mail", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_preference_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_notice_preference")),
    )


def downgrade() -> None:
    op.drop_table("notice_preference")
    op.drop_table("notice_mark")
    op.drop_index("ix_notice_account_id_id", table_name="notice")

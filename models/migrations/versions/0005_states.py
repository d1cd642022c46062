"""Steps that pairs take, notices, and states of longer names."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversation") as table:
        table.alter_column("state", type_=sa.String(length=14), existing_type=sa.String(length=10))
    op.create_table(
        "state_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=14), nullable=False),
        sa.Column("source", sa.String(length=14), nullable=False),
        sa.Column("target", sa.String(length=14), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_state_change_account_id_account")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_state_change_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_state_change_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_change")),
    )
    op.create_index("ix_state_change_conversation_id_id", "state_change", ["conversation_id", "id"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("detail", sa.String(length=20), nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=True),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id_account")),
        sa.ForeignKeyConstraint(["actor_id"], ["organisation.id"], name=op.f("fk_notice_actor_id_organisation")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_notice_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["interest_id"], ["interest.id"], name=op.f("fk_notice_interest_id_interest")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_notice_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_organisation_id_id", "notice", ["organisation_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_notice_organisation_id_id", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_state_change_conversation_id_id", table_name="state_change")
    op.drop_table("state_change")
    with op.batch_alter_table("conversation") as table:
        table.alter_column("state", type_=sa.String(length=10), existing_type=sa.String(length=14))

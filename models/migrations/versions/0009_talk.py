"""Messages with keys, internal notes, edits, mentions, and drafts."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEY = "uq_message_conversation_id_author_id_client_key"


def upgrade() -> None:
    for column in (
        sa.Column("kind", sa.String(length=10), nullable=False, server_default="message"),
        sa.Column("client_key", sa.String(length=60), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
    ):
        op.add_column("message", column)
    op.create_index(_KEY, "message", ["conversation_id", "author_id", "client_key"], unique=True)
    op.create_table(
        "message_version",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=10_000), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_version_message_id_message")),
        sa.PrimaryKeyConstraint("message_id", "version", name=op.f("pk_message_version")),
    )
    op.create_table(
        "mention",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mention_account_id_account")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_mention_message_id_message")),
        sa.PrimaryKeyConstraint("message_id", "account_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_account_id", "mention", ["account_id"])
    op.create_table(
        "message_draft",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("body", sa.String(length=10_000), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_draft_account_id_account")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_message_draft_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "account_id", name=op.f("pk_message_draft")),
    )


def downgrade() -> None:
    op.drop_table("message_draft")
    op.drop_index("ix_mention_account_id", table_name="mention")
    op.drop_table("mention")
    op.drop_table("message_version")
    op.drop_index(_KEY, table_name="message")
    # What was for one side's eyes alone must not become a message to both.
    op.execute("DELETE FROM message WHERE kind = 'note'")
    with op.batch_alter_table("message") as table:
        for name in ("edited_at", "version", "client_key", "kind"):
            table.drop_column(name)

"""Which notices go out by mail, and which wait for the morning."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_mail",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_mail_account_id_account")),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_notice_mail_mail_id_mail")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_mail_notice_id_notice")),
        sa.PrimaryKeyConstraint("notice_id", "account_id", name=op.f("pk_notice_mail")),
    )
    op.create_index("ix_notice_mail_account_id_mail_id", "notice_mail", ["account_id", "mail_id"])
    op.create_index("ix_notice_mail_mail_id", "notice_mail", ["mail_id"])


def downgrade() -> None:
    op.drop_index("ix_notice_mail_mail_id", table_name="notice_mail")
    op.drop_index("ix_notice_mail_account_id_mail_id", table_name="notice_mail")
    op.drop_table("notice_mail")

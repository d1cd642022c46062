"""Term sheets in versions, and decisions."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SECTIONS_BEFORE = ("purpose", "object", "scope", "location")
_SECTIONS_AFTER = (
    *("region_brings", "partner_brings", "costs", "data_privacy"),
    *("intellectual_property", "success", "graduation", "ending"),
)


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "terms_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=4000), nullable=False) for name in _SECTIONS_BEFORE),
        sa.Column("duration_months", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(length=4000), nullable=False) for name in _SECTIONS_AFTER),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _reference("terms_version", "author_id", "account"),
        _reference("terms_version", "conversation_id", "conversation"),
        _reference("terms_version", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_version")),
        sa.UniqueConstraint("conversation_id", "number", name=op.f("uq_terms_version_conversation_id_number")),
    )
    op.create_table(
        "terms_acceptance",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _reference("terms_acceptance", "account_id", "account"),
        _reference("terms_acceptance", "organisation_id", "organisation"),
        _reference("terms_acceptance", "version_id", "terms_version"),
        sa.PrimaryKeyConstraint("version_id", "organisation_id", name=op.f("pk_terms_acceptance")),
    )
    op.create_table(
        "terms_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=24), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=2000), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        _reference("terms_comment", "author_id", "account"),
        _reference("terms_comment", "conversation_id", "conversation"),
        _reference("terms_comment", "organisation_id", "organisation"),
        _reference("terms_comment", "resolved_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_comment")),
    )
    op.create_index("ix_terms_comment_conversation_id_id", "terms_comment", ["conversation_id", "id"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.String(length=3000), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(length=24), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        _reference("decision", "author_id", "account"),
        _reference("decision", "confirmed_by_id", "account"),
        _reference("decision", "conversation_id", "conversation"),
        _reference("decision", "message_id", "message"),
        _reference("decision", "organisation_id", "organisation"),
        _reference("decision", "replaces_id", "decision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("conversation_id", "number", name=op.f("uq_decision_conversation_id_number")),
    )


def downgrade() -> None:
    op.drop_table("decision")
    op.drop_index("ix_terms_comment_conversation_id_id", table_name="terms_comment")
    op.drop_table("terms_comment")
    op.drop_table("terms_acceptance")
    op.drop_table("terms_version")

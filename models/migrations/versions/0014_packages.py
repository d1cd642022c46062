"""Packages of papers and their files."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _reference(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("route", sa.String(length=12), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("terms_number", sa.Integer(), nullable=True),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        _reference("package", "conversation_id", "conversation"),
        _reference("package", "organisation_id", "organisation"),
        _reference("package", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sa.UniqueConstraint("conversation_id", "number", name=op.f("uq_package_conversation_id_number")),
    )
    op.create_table(
        "package_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _reference("package_file", "package_id", "package"),
        _reference("package_file", "sha256", "stored_file", "sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_file")),
        sa.UniqueConstraint("package_id", "paper", "format", name=op.f("uq_package_file_package_id_paper_format")),
    )


def downgrade() -> None:
    op.drop_table("package_file")
    op.drop_table("package")

"""Agreements: their stages and papers, milestones, quarterly monitoring, and what came of them."""

import sqlalchemy as sa
from alembic import op

from models.base import CodeList, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _file() -> list[sa.Column[object]]:
    return [
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_kind", sa.String(length=8), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
    ]


def _refers(table: str, column: str, target: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reminded", CodeList(), nullable=False),
        sa.Column("result", sa.String(length=3000), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("region_shows_at", UtcDateTime(), nullable=True),
        sa.Column("partner_shows_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _refers("agreement", "conversation_id", "conversation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_agreement_conversation_id")),
    )
    op.create_table(
        "agreement_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=14), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        *_file(),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _refers("agreement_stage", "agreement_id", "agreement"),
        _refers("agreement_stage", "account_id", "account"),
        _refers("agreement_stage", "sha256", "stored_file", "sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_stage")),
        sa.UniqueConstraint("agreement_id", "stage", name="uq_agreement_stage_agreement_id_stage"),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=1000), nullable=False),
        *_file(),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _refers("milestone", "agreement_id", "agreement"),
        _refers("milestone", "organisation_id", "organisation"),
        _refers("milestone", "sha256", "stored_file", "sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index("ix_milestone_agreement_id_due_on", "milestone", ["agreement_id", "due_on"])
    op.create_table(
        "monitoring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("progress", sa.String(length=1000), nullable=False),
        sa.Column("indicator", sa.String(length=500), nullable=False),
        sa.Column("obstacle", sa.String(length=1000), nullable=False),
        sa.Column("solution", sa.String(length=1000), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("outlook", sa.String(length=8), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _refers("monitoring", "agreement_id", "agreement"),
        _refers("monitoring", "organisation_id", "organisation"),
        _refers("monitoring", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring")),
        sa.UniqueConstraint(
            "agreement_id", "organisation_id", "quarter", name="uq_monitoring_agreement_id_organisation_id_quarter"
        ),
    )
    # A draft that is with the TKKSD, or further, has an agreement.
    op.execute(
        "INSERT INTO agreement (conversation_id, reminded, result, figures, created_at) "
        "SELECT id, '', '', '[]', created_at FROM conversation WHERE state IN "
        "('to_tkksd', 'returned', 'kb_signed', 'pks_signed', 'running', 'finished')"
    )


def downgrade() -> None:
    for table in ("monitoring", "milestone", "agreement_stage", "agreement"):
        op.drop_table(table)

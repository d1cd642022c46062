"""Processes that carry out jobs, and jobs that failed."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_process",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_process")),
    )
    op.create_table(
        "failed_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_job")),
        sa.UniqueConstraint("job_id", name=op.f("uq_failed_job_job_id")),
    )
    op.create_index("ix_failed_job_name", "failed_job", ["name"])


def downgrade() -> None:
    op.drop_index("ix_failed_job_name", table_name="failed_job")
    op.drop_table("failed_job")
    op.drop_table("job_process")

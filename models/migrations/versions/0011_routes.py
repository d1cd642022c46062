"""Legal routes, the rules that lead to them, who changed them, and the answers of a talk."""

import sqlalchemy as sa
from alembic import op

from models.base import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _one_of_each(table: str) -> None:
    national = sa.text("region_code IS NULL")
    op.create_index(f"uq_{table}_code", table, ["code"], unique=True, sqlite_where=national, postgresql_where=national)
    op.create_index(f"uq_{table}_code_region_code", table, ["code", "region_code"], unique=True)


def upgrade() -> None:
    op.create_table(
        "route_guide",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("region_code", sa.String(length=5), nullable=True),
        sa.Column("name_id", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("summary_id", sa.String(length=600), nullable=False),
        sa.Column("summary_en", sa.String(length=600), nullable=False),
        sa.Column("stages_id", sa.String(length=4000), nullable=False),
        sa.Column("stages_en", sa.String(length=4000), nullable=False),
        sa.Column("papers", sa.String(), nullable=False),
        *(
            sa.Column(f"{name}_{code}", sa.String(length=2000), nullable=False)
            for name in ("other_papers", "signers", "limits", "uncertain")
            for code in ("id", "en")
        ),
        sa.Column("legal_basis", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_route_guide_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_guide")),
    )
    _one_of_each("route_guide")
    op.create_table(
        "route_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=5), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("legal_forms", "money", "apbd", "asset", "abroad", "routes")
        ),
        sa.Column("reason_id", sa.String(length=600), nullable=False),
        sa.Column("reason_en", sa.String(length=600), nullable=False),
        sa.Column("legal_basis", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_route_rule_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_rule")),
    )
    _one_of_each("route_rule")
    op.create_table(
        "route_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=5), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_route_change_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_change")),
    )
    op.create_table(
        "route_answer",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("legal_form", sa.String(length=30), nullable=False),
        *(
            sa.Column(name, sa.String(length=20), nullable=False)
            for name in ("money_flow", "apbd", "asset_use", "abroad")
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_route_answer_account_id_account")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_route_answer_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_route_answer_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_route_answer")),
    )


def downgrade() -> None:
    op.drop_table("route_answer")
    op.drop_table("route_change")
    for table in ("route_rule", "route_guide"):
        op.drop_index(f"uq_{table}_code_region_code", table_name=table)
        op.drop_index(f"uq_{table}_code", table_name=table)
        op.drop_table(table)

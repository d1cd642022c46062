"""Indexes for the counts beside the filters of lists, and for initiatives by their closing."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_initiative_status_expires_at_id", "initiative", ["status", "expires_at", "id"])
    op.create_index(
        "ix_initiative_facets",
        "initiative",
        ["status", "pillar", "other_pillars", "quick_win", "funding_source", "region_code", "expires_at"],
    )
    op.create_index("ix_card_facets", "card", ["status", "organisation_id", "pillars", "contributions", "tkt"])


def downgrade() -> None:
    op.drop_index("ix_card_facets", table_name="card")
    op.drop_index("ix_initiative_facets", table_name="initiative")
    op.drop_index("ix_initiative_status_expires_at_id", table_name="initiative")

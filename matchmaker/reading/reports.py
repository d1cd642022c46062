"""Reports that wait for the programme office."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Organisation, Report

SHOWN = 50


@dataclass(frozen=True)
class ReportRow:
    id: int
    about_id: int
    about_name: str
    from_name: str
    reason: str
    note: str
    created_at: datetime


async def open_reports(session: AsyncSession) -> list[ReportRow]:
    """The oldest first."""
    about, sender = aliased(Organisation), aliased(Organisation)
    query = (
        select(Report, about.name, sender.name)
        .join(about, col(about.id) == Report.about_id)
        .join(sender, col(sender.id) == Report.organisation_id)
        .where(col(Report.dealt_with_at).is_(None))
        .order_by(col(Report.id))
        .limit(SHOWN)
    )
    return [
        ReportRow(r.id or 0, r.about_id, about_name, from_name, r.reason, r.note, r.created_at)
        for r, about_name, from_name in (await session.exec(query)).all()
    ]

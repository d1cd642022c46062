"""Files that the demonstration's talks hand over, and their meetings."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.actions.demo_terms import Row, Talk, signed
from matchmaker.actions.storing import note_stored
from matchmaker.inputs.file import name_key
from matchmaker.papers.pdf import as_pdf
from matchmaker.papers.structure import Paper, Paragraph, Title, clauses, text
from matchmaker.papers.word import as_docx
from matchmaker.storage import Storage
from models import File, FileVersion, Meeting, MeetingSlot, now
from models.vocabulary import FileKind, MeetingState

_WRITERS = {FileKind.docx: as_docx, FileKind.pdf: as_pdf}
_SATURDAY = 5


async def load_files(session: AsyncSession, storage: Storage, talk: Talk, entry: Row) -> None:
    """Under a name that came before, the next version."""
    files: dict[str, File] = {}
    for row in entry.get("file", []):
        name, kind = row["name"], FileKind(row["name"].rpartition(".")[2])
        kept = await storage.keep(_WRITERS[kind](_paper(row)))
        await note_stored(session, kept)
        file = files.setdefault(
            name, File(conversation_id=talk.conversation.id or 0, name=name, name_key=name_key(name))
        )
        written = signed(talk, row)
        file.newest, file.changed_at = file.newest + 1, written["created_at"]
        session.add(file)
        await session.flush()
        version = FileVersion(
            file_id=file.id or 0,
            number=file.newest,
            sha256=kept.sha256,
            size=kept.size,
            kind=kind,
            account_id=written["author_id"],
            organisation_id=written["organisation_id"],
            created_at=written["created_at"],
        )
        session.add(version)


def _paper(row: Row) -> Paper:
    lead = [Paragraph(text(line)) for line in row["lead"]]
    points = clauses(*(text(point) for point in row["points"]), style="1.")
    return Paper("demo", row["name"], row["title"], (Title((text(row["title"]),)), *lead, points), "Data contoh")


async def load_meetings(session: AsyncSession, talk: Talk, entry: Row) -> None:
    for number, row in enumerate(entry.get("meeting", [])):
        slots = [_workday(talk, slot) for slot in row["slots"]]
        written = signed(talk, row)
        meeting = Meeting(
            conversation_id=written["conversation_id"],
            organisation_id=written["organisation_id"],
            account_id=written["author_id"],
            uid=str(uuid5(NAMESPACE_URL, f"demo:{talk.conversation.id}:{number}")),
            minutes=row["minutes"],
            online=row["place"].startswith("https://"),
            place=row["place"],
            agenda=row["agenda"],
            created_at=written["created_at"],
            changed_at=written["created_at"],
        )
        if "chosen" in row:
            meeting.state, meeting.starts_at = MeetingState.chosen, slots[row["chosen"]]
        session.add(meeting)
        await session.flush()
        session.add_all(MeetingSlot(meeting_id=meeting.id or 0, starts_at=slot) for slot in slots)


def _workday(talk: Talk, slot: Row) -> datetime:
    """So many days from today at an hour of the region's clock. No weekend: what was, was on Friday, and what is to
    come waits for Monday.
    """
    day = now().astimezone(talk.zone) + timedelta(days=slot["in_days"])
    if day.weekday() >= _SATURDAY:
        day += timedelta(days=4 - day.weekday() if slot["in_days"] < 0 else 7 - day.weekday())
    return day.replace(hour=slot["hour"], minute=0, second=0, microsecond=0)

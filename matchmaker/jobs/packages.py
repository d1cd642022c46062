"""Makes the papers that somebody asked for."""

import asyncio
from pathlib import Path

from matchmaker import access
from matchmaker.actions.packages import Made, finish_package, note_progress
from matchmaker.jobs.queue import Work, job
from matchmaker.papers.pdf import as_pdf
from matchmaker.papers.word import as_docx
from matchmaker.reading.packages import Draft, draft_papers
from matchmaker.storage import Storage
from models import Package
from models.vocabulary import PackageState

_WRITERS = (("pdf", as_pdf), ("docx", as_docx))


@job
async def make_package(work: Work, *, package_id: int) -> None:
    """From what is settled at this moment. All files are there at once, or none."""
    draft = await _begin(work, package_id)
    if draft is None:
        return
    try:
        made = await _write(work, package_id, draft)
    except Exception:
        await _progress(work, package_id, PackageState.failed, 0)
        raise
    async with work.database.transaction() as session:
        await finish_package(
            session,
            package_id,
            made,
            terms_number=draft.terms_number,
            decisions=draft.decisions,
            missing=draft.missing,
        )


async def _begin(work: Work, package_id: int) -> Draft | None:
    """What to write; None where it is written already."""
    async with work.database.transaction(write=False) as session:
        package = await access.by_id(session, Package, package_id)
        if package.state == PackageState.done:
            return None
        draft = await draft_papers(session, package.conversation_id, package.number)
    await _progress(work, package_id, PackageState.running, 0)
    return draft


async def _write(work: Work, package_id: int, draft: Draft) -> list[Made]:
    storage = Storage(Path(work.settings.files_dir))
    made: list[Made] = []
    for paper in draft.papers:
        for kind, write in _WRITERS:
            # A writer keeps a processor busy: beside the loop that serves others.
            content = await asyncio.to_thread(write, paper)
            made.append(Made(paper.code, kind, f"{paper.name}.{kind}", await storage.keep(content)))
            await _progress(work, package_id, PackageState.running, len(made))
    return made


async def _progress(work: Work, package_id: int, state: PackageState, written: int) -> None:
    async with work.database.transaction() as session:
        await note_progress(session, package_id, state, written)

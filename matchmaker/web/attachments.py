"""The files of an initiative: a page for its members to attach and remove them, and the files themselves."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from matchmaker import access
from matchmaker.actions import attachments as actions
from matchmaker.downloads import file_answer
from matchmaker.inputs.file import ACCEPTED, LARGEST_FILE, MEDIA_TYPES
from matchmaker.reading.attachments import attachment_to_send, attachments_of
from matchmaker.templating import Page
from matchmaker.uploads import TAKES_FILE, upload_of
from matchmaker.web.forms import Form
from matchmaker.web.visit import Answer, Visit, go
from models import Attachment, Initiative
from models.vocabulary import FileKind


@dataclass(kw_only=True)
class AttachmentsPage(Page):
    """``may_attach``: whether one more has room; ``most``: bytes of the largest file."""

    template: ClassVar[str] = "initiatives/attachments.html"
    initiative: Initiative
    files: list[Attachment]
    may_change: bool
    may_attach: bool
    form: Form
    room: int = actions.MOST_ATTACHMENTS
    accept: str = ACCEPTED
    most: int = LARGEST_FILE


@get("/inisiatif/{initiative_id:int}/lampiran")
async def attachments_page(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Response[str]:
    return await _show(visit, initiative_id, Form())


async def _show(visit: Visit, initiative_id: int, form: Form) -> Response[str]:
    initiative = await access.initiative_to_edit(visit.session, visit.viewer, initiative_id)
    files = await attachments_of(visit.session, initiative_id)
    open_ = initiative.closed_at is None
    page = AttachmentsPage(
        initiative=initiative,
        files=files,
        may_change=open_,
        may_attach=open_ and len(files) < actions.MOST_ATTACHMENTS,
        form=form,
    )
    return visit.show(page, 409 if form.conflict else 422 if form.errors else 200)


@post("/inisiatif/{initiative_id:int}/lampiran", status_code=200, opt=TAKES_FILE)
async def attach_file(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Answer:
    await access.initiative_to_edit(visit.session, visit.viewer, initiative_id)
    form = await visit.form()

    async def act() -> Attachment:
        file = upload_of(visit.request)
        return await actions.attach_file(
            visit.session, visit.viewer, initiative_id, file.name, file.kind, file.incoming
        )

    if await visit.attempt(form, act) is None:
        return await _show(visit, initiative_id, form)
    return go(f"/inisiatif/{initiative_id}/lampiran", "attached")


@get("/inisiatif/{initiative_id:int}/lampiran/{attachment_id:int}")
async def attachment(
    visit: NamedDependency[Visit], initiative_id: FromPath[int], attachment_id: FromPath[int]
) -> Stream:
    file = await attachment_to_send(visit.session, visit.viewer, initiative_id, attachment_id)
    return await file_answer(
        visit.services.storage, file.sha256, file.size, file.name, MEDIA_TYPES[FileKind(file.kind)]
    )


@post("/inisiatif/{initiative_id:int}/lampiran/{attachment_id:int}/hapus", status_code=200)
async def remove_attachment(
    visit: NamedDependency[Visit], initiative_id: FromPath[int], attachment_id: FromPath[int]
) -> Answer:
    await actions.remove_attachment(visit.session, visit.viewer, initiative_id, attachment_id)
    return go(f"/inisiatif/{initiative_id}/lampiran", "detached")


HANDLERS = [attachments_page, attach_file, attachment, remove_attachment]

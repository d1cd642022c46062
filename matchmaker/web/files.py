"""The files of a conversation."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from matchmaker import access
from matchmaker.actions.files import add_file
from matchmaker.downloads import file_answer
from matchmaker.inputs.file import ACCEPTED, LARGEST_FILE, MEDIA_TYPES
from matchmaker.reading.files import FileRow, download, list_files
from matchmaker.reading.listing import Listing
from matchmaker.uploads import TAKES_FILE, upload_of
from matchmaker.web.forms import Form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models import FileVersion
from models.vocabulary import FileKind


@dataclass(kw_only=True)
class FilesPage(TalkPage):
    """``most``: bytes of the largest file."""

    template: ClassVar[str] = "conversations/files.html"
    listing: Listing[FileRow]
    form: Form
    accept: str = ACCEPTED
    most: int = LARGEST_FILE


@get("/percakapan/{conversation_id:int}/berkas")
async def files_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    return await _show(visit, conversation_id, Form())


async def _show(visit: Visit, conversation_id: int, form: Form) -> Response[str]:
    head = await talk_head(visit, conversation_id, "berkas")
    listing = await list_files(visit.session, conversation_id, visit.request.query_params.get("lanjut"))
    return visit.show(FilesPage(head=head, listing=listing, form=form), 422 if form.errors else 200)


@post("/percakapan/{conversation_id:int}/berkas", status_code=200, opt=TAKES_FILE)
async def hand_in_file(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()

    async def act() -> FileVersion:
        file = upload_of(visit.request)
        return await add_file(visit.session, visit.viewer, conversation_id, file.name, file.kind, file.incoming)

    added = await visit.attempt(form, act)
    if added is None:
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/berkas", "file")


@get("/percakapan/{conversation_id:int}/berkas/{file_id:int}/{number:int}")
async def file_version(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], file_id: FromPath[int], number: FromPath[int]
) -> Stream:
    file = await download(visit.session, visit.viewer, conversation_id, file_id, number)
    media_type = MEDIA_TYPES[FileKind(file.kind)]
    return await file_answer(visit.services.storage, file.sha256, file.size, file.name, media_type)


HANDLERS = [files_page, hand_in_file, file_version]

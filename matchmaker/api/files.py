"""The files of a conversation."""

from datetime import datetime

from litestar import Response
from litestar.params import FromPath
from litestar.response import Stream
from pydantic import Field

from matchmaker import access
from matchmaker.actions import files as actions
from matchmaker.api.answers import Answer, Page, Party
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.api.uploading import BYTES, FileForm
from matchmaker.downloads import file_answer
from matchmaker.inputs.validation import check
from matchmaker.reading.files import FileRow, VersionRow, download
from matchmaker.reading.files import list_files as read_files
from matchmaker.services import AppRequest, services
from matchmaker.uploads import TAKES_FILE, upload_of
from models.vocabulary import FileKind


class VersionAnswer(Answer):
    version: int
    size: int = Field(description="In bytes.")
    sha256: str
    kind: FileKind = Field(description="What it is, by its content.")
    author: str | None = Field(description="Null for somebody whose account is deleted.")
    organisation: Party
    created_at: datetime


class FileAnswer(Answer):
    id: int
    name: str
    changed_at: datetime
    versions: list[VersionAnswer] = Field(description="The newest first.")


@get("/conversations/{conversation_id:int}/files", "listFiles", "Files, the one that changed last first", asks=Stretch)
async def list_files(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked
) -> Page[FileAnswer]:
    query = check(Stretch, asked)
    await access.conversation_to_read(session, viewer, conversation_id)
    listing = await read_files(session, conversation_id, query.cursor, query.limit)
    return Page(items=[_file(row) for row in listing.items], next=listing.next)


@post(
    "/conversations/{conversation_id:int}/files",
    "addFile",
    "Hand in a file",
    status=201,
    also=(507,),
    opt=TAKES_FILE,
    operation_class=FileForm,
)
async def add_file(call: Posted, conversation_id: FromPath[int]) -> Response[FileAnswer]:
    """As `multipart/form-data` with the field `file`. Under a name that is there already it is the next version."""

    async def act() -> FileAnswer:
        await access.conversation_to_read(call.session, call.viewer, conversation_id)
        file = upload_of(call.request)
        added = await actions.add_file(call.session, call.viewer, conversation_id, file.name, file.kind, file.incoming)
        return _file((await read_files(call.session, conversation_id, file_id=added.file_id)).items[0])

    return await call.once(act)


@get(
    "/conversations/{conversation_id:int}/files/{file_id:int}/{version:int}",
    "getFile",
    "A version of a file",
    media_type=BYTES,
)
async def get_file(
    request: AppRequest,
    session: Transaction,
    viewer: Caller,
    conversation_id: FromPath[int],
    file_id: FromPath[int],
    version: FromPath[int],
) -> Stream:
    """Its bytes, to be saved."""
    file = await download(session, viewer, conversation_id, file_id, version)
    return await file_answer(services(request).storage, file.sha256, file.size, file.name, BYTES)


def _file(row: FileRow) -> FileAnswer:
    return FileAnswer.model_validate({**vars(row), "versions": [_version(version) for version in row.versions]})


def _version(row: VersionRow) -> VersionAnswer:
    organisation = Party(id=row.organisation_id, name=row.organisation_name)
    return VersionAnswer.model_validate(
        {**vars(row), "version": row.number, "author": row.account_name or None, "organisation": organisation}
    )


HANDLERS = [list_files, add_file, get_file]

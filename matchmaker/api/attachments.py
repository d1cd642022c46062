"""The files of an initiative."""

from litestar import Response
from litestar.params import FromPath
from litestar.response import Stream
from pydantic import Field

from matchmaker import access
from matchmaker.actions import attachments as actions
from matchmaker.api.answers import Answer, AttachmentAnswer
from matchmaker.api.once import Posted
from matchmaker.api.routes import Caller, Transaction, delete, get, post
from matchmaker.api.uploading import BYTES, FileForm
from matchmaker.downloads import file_answer
from matchmaker.reading.attachments import attachment_to_send, attachments_of
from matchmaker.services import AppRequest, services
from matchmaker.uploads import TAKES_FILE, upload_of

_ATTACHMENTS = "/initiatives/{initiative_id:int}/attachments"
_ONE = f"{_ATTACHMENTS}/{{attachment_id:int}}"


class AttachmentsAnswer(Answer):
    items: list[AttachmentAnswer] = Field(description="At most five, in the order in which they came.")


@post(
    _ATTACHMENTS,
    "addAttachment",
    "Attach a file to an initiative",
    status=201,
    also=(507,),
    opt=TAKES_FILE,
    operation_class=FileForm,
)
async def add_attachment(call: Posted, initiative_id: FromPath[int]) -> Response[AttachmentAnswer]:
    """As `multipart/form-data` with the field `file`, by a member of its organisation; five at most."""

    async def act() -> AttachmentAnswer:
        await access.initiative_to_edit(call.session, call.viewer, initiative_id)
        file = upload_of(call.request)
        added = await actions.attach_file(
            call.session, call.viewer, initiative_id, file.name, file.kind, file.incoming
        )
        return AttachmentAnswer.model_validate(added)

    return await call.once(act)


@get(_ONE, "getAttachment", "A file of an initiative", media_type=BYTES)
async def get_attachment(
    request: AppRequest,
    session: Transaction,
    viewer: Caller,
    initiative_id: FromPath[int],
    attachment_id: FromPath[int],
) -> Stream:
    """Its bytes, to be saved, for whoever is signed in and may read the initiative."""
    file = await attachment_to_send(session, viewer, initiative_id, attachment_id)
    return await file_answer(services(request).storage, file.sha256, file.size, file.name, BYTES)


@delete(_ONE, "removeAttachment", "Remove a file from an initiative")
async def remove_attachment(
    session: Transaction, viewer: Caller, initiative_id: FromPath[int], attachment_id: FromPath[int]
) -> AttachmentsAnswer:
    """By a member of its organisation; answers those that are left."""
    await actions.remove_attachment(session, viewer, initiative_id, attachment_id)
    files = await attachments_of(session, initiative_id)
    return AttachmentsAnswer(items=[AttachmentAnswer.model_validate(file) for file in files])


HANDLERS = [add_attachment, get_attachment, remove_attachment]

"""The papers of an agreement as files: the signed ones above all."""

from datetime import date

from litestar import Response
from litestar.params import FromPath
from litestar.response import Stream
from pydantic import Field

from matchmaker.actions import agreements as actions
from matchmaker.agreement_access import agreement_to_read
from matchmaker.api.answers import Answer
from matchmaker.api.once import Posted
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.api.uploading import BYTES, FileForm
from matchmaker.downloads import file_answer
from matchmaker.errors import NotFound
from matchmaker.reading.agreements import stages_of_agreement
from matchmaker.services import AppRequest, services
from matchmaker.uploads import TAKES_FILE, upload_of
from models.vocabulary import FileKind, Stage

_PAPER = "/agreements/{agreement_id:int}/stages/{stage:str}/file"


class PaperAnswer(Answer):
    stage: Stage
    done_on: date
    file_name: str
    file_kind: FileKind = Field(description="What it is, by its content: pdf, png or jpeg.")
    file_size: int = Field(description="In bytes.")
    sha256: str


@post(
    _PAPER,
    "addPaper",
    "Hand in the paper of a stage",
    status=201,
    also=(507,),
    opt=TAKES_FILE,
    operation_class=FileForm,
)
async def add_paper(call: Posted, agreement_id: FromPath[int], stage: FromPath[str]) -> Response[PaperAnswer]:
    """By the region, as `multipart/form-data` with the field `file`, for a stage that is recorded. A signed paper is
    handed in once and stays; that of another stage takes the place of the one before.
    """

    async def act() -> PaperAnswer:
        # Who may not is told so before anything of the file.
        await agreement_to_read(call.session, call.viewer, agreement_id)
        upload = upload_of(call.request)
        paper = actions.Paper(upload.name, upload.kind, upload.incoming)
        row = await actions.hand_in_paper(call.session, call.viewer, agreement_id, stage, paper)
        return PaperAnswer.model_validate(row)

    return await call.once(act)


@get(_PAPER, "getPaper", "The paper of a stage", media_type=BYTES)
async def get_paper(
    request: AppRequest, session: Transaction, viewer: Caller, agreement_id: FromPath[int], stage: FromPath[str]
) -> Stream:
    """Its bytes, to be saved, for members of either side."""
    await agreement_to_read(session, viewer, agreement_id)
    row = (await stages_of_agreement(session, agreement_id)).get(stage)
    if row is None or row.sha256 is None:
        raise NotFound
    return await file_answer(services(request).storage, row.sha256, row.file_size, row.file_name, BYTES)


HANDLERS = [add_paper, get_paper]

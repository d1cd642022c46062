"""The papers of a conversation, as PDF and DOCX."""

from datetime import datetime

from litestar import Response
from litestar.params import FromPath
from litestar.response import Stream
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import packages as actions
from matchmaker.api.answers import Answer
from matchmaker.api.once import Posted
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.downloads import file_answer
from matchmaker.errors import NotFound
from matchmaker.reading.packages import draft_papers, file_of, list_packages
from matchmaker.services import AppRequest, services
from matchmaker.talk_access import package_to_read
from models.vocabulary import PackageState, PaperKind, Route

BYTES = "application/octet-stream"


class PaperFile(Answer):
    id: int
    paper: PaperKind
    format: str = Field(description="pdf or docx")
    name: str
    size: int
    url: str = Field(description="Where it is downloaded, by the same caller.")


class Missing(Answer):
    what: str
    who: str = Field(description="region_office, region_cooperation, partner or both.")
    papers: list[str]


class PackageAnswer(Answer):
    id: int
    conversation_id: int
    number: int
    state: PackageState
    progress: int = Field(description="Percent.")
    route: Route
    terms_number: int | None = Field(description="The agreed version of the terms in it; null: none was agreed.")
    decisions: int = Field(description="How many final decisions it holds.")
    missing: list[Missing] = Field(description="What stands as a blank, and who can supply it.")
    files: list[PaperFile]
    created_at: datetime
    finished_at: datetime | None


@post("/conversations/{conversation_id:int}/package", "makePackage", "Have the papers made", status=201)
async def make_package(call: Posted, conversation_id: FromPath[int]) -> Response[PackageAnswer]:
    """Of the route that the answers lead to, from agreed terms and final decisions. It takes some seconds: follow it
    by `GET /packages/{id}`. 409 where the route has no papers of the two sides.
    """

    async def act() -> PackageAnswer:
        await access.conversation_to_read(call.session, call.viewer, conversation_id)
        draft = await draft_papers(call.session, conversation_id, 0)
        package = await actions.ask_for_package(
            call.session, call.viewer, conversation_id, draft.found.route, [p.code for p in draft.papers]
        )
        return await _answer(call.session, call.viewer, package.id or 0)

    return await call.once(act)


@get("/packages/{package_id:int}", "getPackage", "A package of papers")
async def get_package(session: Transaction, viewer: Caller, package_id: FromPath[int]) -> PackageAnswer:
    """For members of either side."""
    return await _answer(session, viewer, package_id)


async def _answer(session: AsyncSession, viewer: Viewer | None, package_id: int) -> PackageAnswer:
    package = await package_to_read(session, viewer, package_id)
    row = (await list_packages(session, package.conversation_id, package_id))[0]
    return PackageAnswer.model_validate(
        {
            **package.model_dump(),
            "progress": 100 * package.written // package.total if package.total else 0,
            "files": [{**vars(f), "url": f"/api/v1/packages/{package_id}/files/{f.id}"} for f in row.files],
        }
    )


@get("/packages/{package_id:int}/files/{file_id:int}", "getPackageFile", "A paper of a package", media_type=BYTES)
async def get_package_file(
    request: AppRequest, session: Transaction, viewer: Caller, package_id: FromPath[int], file_id: FromPath[int]
) -> Stream:
    """Its bytes, to be saved."""
    package = await package_to_read(session, viewer, package_id)
    file = await file_of(session, package, file_id)
    if file is None:
        raise NotFound
    return await file_answer(services(request).storage, file.sha256, file.size, file.name, BYTES)


HANDLERS = [make_package, get_package, get_package_file]

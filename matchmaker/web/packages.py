"""The papers of a conversation: what will be made, what it lacks, how far it is, and the versions that were made."""

from dataclasses import dataclass
from typing import Any, ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from matchmaker import access
from matchmaker.actions import packages as actions
from matchmaker.downloads import file_answer
from matchmaker.errors import NotFound
from matchmaker.labels import label
from matchmaker.reading.packages import PackageRow, draft_papers, file_of, lacking, list_packages
from matchmaker.reading.routes import Entry
from matchmaker.talk_access import package_to_read
from matchmaker.web.forms import Form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models.vocabulary import PaperKind

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(kw_only=True)
class PackagePage(TalkPage):
    """``papers``: what would be made now; ``lacks``: what they would lack, by who can supply it; ``under_way``: a
    version that is being made; ``hand_over``: where another office takes over, what it wants to have.
    """

    template: ClassVar[str] = "routes/package.html"
    papers: list[str]
    lacks: list[tuple[str, list[dict[str, Any]]]]
    count: int
    terms_number: int | None
    decisions: int
    hand_over: list[Entry]
    versions: list[PackageRow]
    under_way: PackageRow | None
    form: Form


@get("/percakapan/{conversation_id:int}/jalur/naskah")
async def package_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    return await _show(visit, conversation_id, Form())


async def _show(visit: Visit, conversation_id: int, form: Form) -> Response[str]:
    head = await talk_head(visit, conversation_id, "jalur")
    draft = await draft_papers(visit.session, conversation_id, 0)
    versions = await list_packages(visit.session, conversation_id)
    page = PackagePage(
        head=head,
        papers=[label(PaperKind, paper.code) for paper in draft.papers],
        lacks=lacking(draft.missing),
        count=len(draft.missing),
        terms_number=draft.terms_number,
        decisions=draft.decisions,
        hand_over=draft.found.to_hand_over,
        versions=versions,
        under_way=next((v for v in versions if v.package.state in actions.UNDER_WAY), None),
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


@post("/percakapan/{conversation_id:int}/jalur/naskah", status_code=200)
async def make_package(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    draft = await draft_papers(visit.session, conversation_id, 0)
    made = await visit.attempt(
        form,
        lambda: actions.ask_for_package(
            visit.session, visit.viewer, conversation_id, draft.found.route, [p.code for p in draft.papers]
        ),
    )
    return go(f"/percakapan/{conversation_id}/jalur/naskah") if made else await _show(visit, conversation_id, form)


@get("/naskah/{package_id:int}/{file_id:int}")
async def package_file(visit: NamedDependency[Visit], package_id: FromPath[int], file_id: FromPath[int]) -> Stream:
    package = await package_to_read(visit.session, visit.viewer, package_id)
    file = await file_of(visit.session, package, file_id)
    if file is None:
        raise NotFound
    return await file_answer(visit.services.storage, file.sha256, file.size, file.name, MEDIA_TYPES[file.format])


HANDLERS = [package_page, make_package, package_file]

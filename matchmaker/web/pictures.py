"""Pictures of what is public, for those who show a shared address."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access, facts, pictures
from matchmaker.errors import NotFound
from matchmaker.i18n import gettext as _
from matchmaker.i18n import in_language
from matchmaker.labels import label
from matchmaker.pictures import Picture
from matchmaker.reading.initiatives import owner_and_needs
from models.vocabulary import Contribution

# What is kept for all readers is written in one language: its own, or this.
_OURS = "id"


async def _answer(picture: Picture) -> Response[bytes]:
    """The same for every reader; pages name it with a version, so that a change is seen at once."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(await pictures.png(picture), media_type="image/png", headers=headers)


def _place(code: str | None) -> str:
    return f"{facts.regions()[code]}, {facts.provinces()[code[:2]]}" if code else ""


def _contributions(codes: list[str]) -> str:
    return ", ".join(label(Contribution, code) for code in dict.fromkeys(codes))


@get("/gambar.png")
async def site_picture() -> Response[bytes]:
    with in_language(_OURS):
        title, below = _("Partners for smart regions"), _("Kabupaten and kota, companies and campuses")
    return await _answer(Picture(title, below=below))


@get("/inisiatif/{initiative_id:int}/gambar.png")
async def initiative_picture(session: NamedDependency[AsyncSession], initiative_id: FromPath[int]) -> Response[bytes]:
    initiative = await access.initiative_to_read(session, None, initiative_id)
    _organisation, needs = await owner_and_needs(session, initiative)
    with in_language(initiative.language):
        kinds = _contributions([need.contribution for need in needs])
        sought = _("Sought: %(kinds)s") % {"kinds": kinds} if kinds else ""
    code = initiative.region_code
    return await _answer(Picture(initiative.title, _place(code), sought, code, initiative.pillar or ""))


@get("/kapabilitas/{card_id:int}/gambar.png")
async def card_picture(session: NamedDependency[AsyncSession], card_id: FromPath[int]) -> Response[bytes]:
    card = await access.card_to_read(session, None, card_id)
    organisation = await access.organisation_to_read(session, card.organisation_id)
    with in_language(card.language):
        brings = _("Brings: %(kinds)s") % {"kinds": _contributions(card.contributions)} if card.contributions else ""
    pillar = card.pillars[0] if card.pillars else ""
    return await _answer(Picture(card.title, organisation.name, brings, organisation.region_code or "", pillar))


@get("/daerah/{code:str}/gambar.png")
async def region_picture(code: FromPath[str]) -> Response[bytes]:
    if code not in facts.regions():
        raise NotFound
    name, province = facts.regions()[code], facts.provinces()[code[:2]]
    with in_language(_OURS):
        below = _("What this region needs, and who can help")
    return await _answer(Picture(name, province, below, code))


HANDLERS = [site_picture, initiative_picture, card_picture, region_picture]

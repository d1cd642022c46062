"""What the papers of a talk can say, what they lack, and the packages that were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.i18n import gettext, in_language, local_day
from matchmaker.labels import label
from matchmaker.papers.blanks import blanks
from matchmaker.papers.facts import Indicator, Need, PaperFacts, Proof, Settled, Terms
from matchmaker.papers.making import papers_of
from matchmaker.papers.structure import Paper, Supplier
from matchmaker.reading.routes import Finding, find_route, talk_answers
from matchmaker.route_labels import SUPPLIERS
from matchmaker.routes import Answers
from matchmaker.settled import agreed_terms, final_decisions
from models import (
    Card,
    Conversation,
    Initiative,
    Organisation,
    Package,
    PackageFile,
    Province,
    Region,
    RouteAnswer,
    TermsVersion,
    now,
)
from models import Need as NeedRow
from models.vocabulary import Contribution, LegalForm, MoneyFlow, PaperKind

#: How agreements call the partner's form, in the middle of a sentence.
_FORMS: dict[str, str] = {
    LegalForm.region: "pemerintah daerah",
    LegalForm.ministry: "kementerian atau lembaga pemerintah",
    LegalForm.company: "badan usaha",
    LegalForm.bumn: "badan usaha milik negara",
    LegalForm.bumd: "badan usaha milik daerah",
    LegalForm.cooperative: "koperasi",
    LegalForm.foundation: "yayasan",
    LegalForm.association: "organisasi kemasyarakatan",
    LegalForm.private_university: "perguruan tinggi swasta",
    LegalForm.state_university_satker: "perguruan tinggi negeri berstatus satuan kerja",
    LegalForm.state_university_blu: "perguruan tinggi negeri berstatus badan layanan umum",
    LegalForm.state_university_ptnbh: "perguruan tinggi negeri badan hukum",
    LegalForm.foreign: "lembaga di luar negeri",
}


@dataclass(frozen=True)
class Draft:
    """The papers of a talk as they would be made now. ``terms_number``: None where no terms are agreed."""

    found: Finding
    papers: list[Paper]
    terms_number: int | None
    decisions: int

    @property
    def missing(self) -> list[dict[str, Any]]:
        return [{"what": b.what, "who": b.who.value, "papers": titles} for b, titles in blanks(self.papers)]


async def draft_papers(session: AsyncSession, conversation_id: int, version: int) -> Draft:
    """Of a talk that the reader may see: five queries. Papers are Indonesian, whoever asks for them."""
    with in_language("id"):
        pair = await _pair(session, conversation_id)
        found = await find_route(session, pair.answers, pair.initiative.region_code)
        terms = await agreed_terms(session, conversation_id)
        decisions = await final_decisions(session, conversation_id)
        facts = PaperFacts(
            **_of_region(pair),
            **_of_partner(pair),
            **_of_initiative(pair),
            **_of_card(pair.card),
            **_of_route(found),
            version=version,
            made_on=local_day(now()),
            terms=_terms(terms) if terms else None,
            decisions=tuple(Settled(d.number, d.title, d.body) for d in decisions),
        )
    papers = papers_of(facts, [code for code, _name in found.papers])
    return Draft(found, papers, terms.number if terms else None, len(decisions))


@dataclass(frozen=True)
class _Pair:
    """The two of a talk, where they sit, and what is answered, or presumed, of their legal route."""

    initiative: Initiative
    needs: list[NeedRow]
    card: Card
    partner: Organisation
    partner_seat: str
    region: Region
    province: str
    answers: Answers


async def _pair(session: AsyncSession, conversation_id: int) -> _Pair:
    seat = aliased(Region)
    query = (
        select(Initiative, NeedRow, Card, Organisation, seat.name, Region, Province.name, RouteAnswer)  # type: ignore[call-overload]
        .select_from(Conversation)
        .join(Initiative, col(Initiative.id) == Conversation.initiative_id)
        .join(Card, col(Card.id) == Conversation.card_id)
        .join(Organisation, col(Organisation.id) == Conversation.partner_side_id)
        .join(Region, col(Region.code) == Initiative.region_code)
        .join(Province, col(Province.code) == Region.province_code)
        .outerjoin(seat, col(seat.code) == Organisation.region_code)
        .outerjoin(RouteAnswer, col(RouteAnswer.conversation_id) == Conversation.id)
        .outerjoin(NeedRow, col(NeedRow.initiative_id) == Initiative.id)
        .where(Conversation.id == conversation_id)
        .order_by(col(NeedRow.position))
    )
    rows = (await session.exec(query)).all()
    initiative, _need, card, partner, partner_seat, region, province, saved = rows[0]
    answers = talk_answers(saved, partner.legal_form, initiative.funding_source, card.price_band)
    needs = [need for _initiative, need, *_rest in rows if need]
    return _Pair(initiative, needs, card, partner, partner_seat or "", region, province, answers)


def _of_region(pair: _Pair) -> dict[str, Any]:
    region = pair.region
    return {
        "region_kind": region.kind,
        "region_name": region.name,
        "province": pair.province,
        "seat": region.seat,
    }


def _of_partner(pair: _Pair) -> dict[str, Any]:
    form = pair.answers.legal_form
    return {
        "partner_name": pair.partner.name,
        "partner_form": form,
        "partner_form_name": _FORMS[form],
        "partner_seat": pair.partner_seat,
    }


def _of_initiative(pair: _Pair) -> dict[str, Any]:
    row = pair.initiative
    start: date | None = row.start_from
    return {
        "title": row.title,
        "summary": row.summary,
        "problem": row.problem,
        "offers": row.offers,
        "office": row.owner_office,
        "contact_role": row.contact_role,
        "master_plan": row.master_plan_ref,
        "rpjmd": row.rpjmd_ref,
        "start_from": start,
        "needs": tuple(Need(n.title, n.detail, label(Contribution, n.contribution)) for n in pair.needs),
        "indicators": tuple(
            Indicator(i.get("name", ""), i.get("baseline", ""), i.get("target", "")) for i in row.indicators
        ),
    }


def _of_card(row: Card) -> dict[str, Any]:
    return {
        "card_title": row.title,
        "card_summary": row.summary,
        "card_description": row.description,
        "card_gets": row.region_gets,
        "card_asks": row.asks,
        "tkt": row.tkt,
        "proofs": tuple(
            Proof(str(e.get("client", "")), str(e.get("year") or ""), str(e.get("result") or "")) for e in row.evidence
        ),
    }


def _of_route(found: Finding) -> dict[str, Any]:
    """A law that a remark alone names, since another route may be the right one, is no basis of an agreement."""
    return {
        "route_name": found.name,
        "laws": tuple(found.own_basis),
        "money": label(MoneyFlow, found.answers.money_flow).lower(),
        "uncertain": tuple(line for line in found.guide.uncertain_id.split("\n") if line),
    }


def _terms(row: TermsVersion) -> Terms:
    return Terms(**row.model_dump(include=set(Terms.__dataclass_fields__)))


@dataclass(frozen=True)
class FileRow:
    id: int
    paper: str
    paper_name: str
    format: str
    name: str
    size: int


@dataclass(frozen=True)
class PackageRow:
    """A version of the papers; ``files`` once it is done."""

    package: Package
    files: list[FileRow]

    @property
    def by_paper(self) -> list[tuple[str, list[FileRow]]]:
        answer: dict[str, list[FileRow]] = {}
        for file in self.files:
            answer.setdefault(file.paper_name, []).append(file)
        return list(answer.items())


async def list_packages(
    session: AsyncSession, conversation_id: int, package_id: int | None = None
) -> list[PackageRow]:
    """The newest first, with their files: one query."""
    query = (
        select(Package, PackageFile)
        .outerjoin(PackageFile, col(PackageFile.package_id) == Package.id)
        .where(Package.conversation_id == conversation_id)
        .order_by(col(Package.number).desc(), col(PackageFile.id))
    )
    if package_id is not None:
        query = query.where(Package.id == package_id)
    found: dict[int, PackageRow] = {}
    for package, file in (await session.exec(query)).all():
        row = found.setdefault(package.number, PackageRow(package, []))
        if file is not None:
            name = label(PaperKind, file.paper)
            row.files.append(FileRow(file.id or 0, file.paper, name, file.format, file.name, file.size))
    return list(found.values())


async def file_of(session: AsyncSession, package: Package, file_id: int) -> PackageFile | None:
    query = select(PackageFile).where(PackageFile.id == file_id, PackageFile.package_id == package.id)
    return (await session.exec(query)).first()


def lacking(missing: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What is missing, by who can supply it, in words."""
    groups = [(gettext(SUPPLIERS[who]), [m for m in missing if m["who"] == who]) for who in Supplier]
    return [(name, rows) for name, rows in groups if rows]

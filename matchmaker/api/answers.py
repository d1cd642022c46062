"""What several calls answer with."""

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from matchmaker import facts
from matchmaker.reading.cards import CardRow
from matchmaker.reading.initiatives import InitiativeRow
from models.vocabulary import CardStatus, FileKind, InitiativeStatus, Language, OrganisationKind, Pillar


class Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


AnswerT = TypeVar("AnswerT", bound=Answer)


class Page(Answer, Generic[AnswerT]):
    items: list[AnswerT]
    next: str | None = Field(description="The `cursor` of what comes behind; null at the end.")


RegionCode = Annotated[str, Field(description="Kemendagri's code, for example 53.11.")]


class RegionAnswer(Answer):
    """A kabupaten or kota."""

    code: RegionCode
    kind: str = Field(description="kabupaten or kota")
    name: str
    province: str
    province_code: str


def region_answer(code: str) -> RegionAnswer:
    kind, name = facts.regions()[code].split(" ", 1)
    province = facts.provinces()[code[:2]]
    return RegionAnswer(code=code, kind=kind.lower(), name=name, province=province, province_code=code[:2])


class Party(Answer):
    """An organisation by its name."""

    id: int
    name: str


class AuthorAnswer(Answer):
    id: int
    name: str | None = Field(description="Null for somebody whose account is deleted.")
    organisation: Party


class InitiativeItem(Answer):
    """An initiative as lists tell it."""

    id: int
    title: str
    summary: str
    pillar: Pillar | None
    quick_win: bool
    status: InitiativeStatus
    language: Language
    region: RegionAnswer
    organisation_id: int
    version: int
    published_at: datetime | None


def initiative_item(row: InitiativeRow) -> InitiativeItem:
    return InitiativeItem.model_validate({**vars(row), "region": region_answer(row.region_code)})


class AttachmentAnswer(Answer):
    id: int
    name: str
    kind: FileKind = Field(description="What it is, by its content.")
    size: int = Field(description="In bytes.")
    sha256: str
    created_at: datetime


class CardItem(Answer):
    """A capability card as lists tell it."""

    id: int
    title: str
    summary: str
    pillars: list[Pillar]
    tkt: int | None
    status: CardStatus
    language: Language
    organisation_id: int
    organisation_name: str
    organisation_kind: OrganisationKind
    verified: bool = Field(description="Whether the programme office vouches for the organisation.")
    version: int
    published_at: datetime | None


def card_item(row: CardRow) -> CardItem:
    return CardItem.model_validate(row)

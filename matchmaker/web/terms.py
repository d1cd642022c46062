"""The term sheet of a talk: its newest version, older ones, what differs, what is said of it, and each side's yes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access
from matchmaker.actions import terms as actions
from matchmaker.errors import NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.terms import TermsCommentInput
from matchmaker.labels import label
from matchmaker.reading.comparison import SectionDifference, difference_of, written
from matchmaker.reading.conversations import ConversationRow
from matchmaker.reading.terms import CommentRow, VersionRow, comments_of, history_of, sheets_of
from matchmaker.web.forms import Form, query_form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models import Conversation
from models.vocabulary import PairState, TermsSection

TAB = "rancangan"


@dataclass(frozen=True)
class SectionView:
    """A section of a version. ``waiting``: how many of its comments nobody has dealt with."""

    key: str
    name: str
    text: str
    comments: list[CommentRow]

    @property
    def waiting(self) -> int:
        return sum(comment.resolved_at is None for comment in self.comments)


@dataclass(frozen=True)
class SideView:
    name: str
    accepted_at: datetime | None
    mine: bool


@dataclass(kw_only=True)
class TermsPage(TalkPage):
    """``shown``: the version that is read, none where there is none yet; ``newest``: whether it is what counts.

    ``names`` of its sections, keys of those that are ``filled``, and those ``missing``. ``waiting``: comments that
    nobody has dealt with. ``note``: what a new version would do now, or why there can be none.
    """

    template: ClassVar[str] = "terms/detail.html"
    versions: list[VersionRow]
    shown: VersionRow | None
    newest: bool
    sections: list[SectionView]
    names: list[tuple[str, str]]
    filled: list[str]
    missing: list[SectionView]
    waiting: int
    sides: list[SideView]
    may_write: bool
    may_accept: bool
    note: str
    form: Form


@dataclass(kw_only=True)
class ComparePage(TalkPage):
    """``changed`` and ``same``: (name, difference) of the sections, in the order of the sheet."""

    template: ClassVar[str] = "terms/compare.html"
    before: int
    after: int
    choices: list[tuple[str, str]]
    changed: list[tuple[str, SectionDifference]]
    same: list[str]
    form: Form


@get("/percakapan/{conversation_id:int}/rancangan")
async def terms_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    return await _show(visit, conversation_id, Form())


@get("/percakapan/{conversation_id:int}/rancangan/{version:int}")
async def version_page(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], version: FromPath[int]
) -> Response[str]:
    return await _show(visit, conversation_id, Form(), version)


async def _show(visit: Visit, conversation_id: int, form: Form, number: int | None = None) -> Response[str]:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    head = await talk_head(visit, conversation_id, TAB)
    versions = await history_of(visit.session, conversation)
    shown = await _shown(visit, conversation, versions, number)
    newest = not versions or shown == versions[0]
    sections = await _sections(visit, conversation, shown, comments=newest)
    own_side = head.row.own_side_id
    page = TermsPage(
        head=head,
        versions=versions,
        shown=shown,
        newest=newest,
        sections=sections,
        names=[(section.key, section.name) for section in sections],
        filled=[section.key for section in sections if section.text],
        missing=[section for section in sections if not section.text],
        waiting=sum(section.waiting for section in sections),
        sides=_sides(head.row, shown),
        may_write=newest and head.row.state in actions.WRITABLE,
        may_accept=newest and head.row.open and shown is not None and own_side not in shown.accepted,
        note=note_on(head.row.state),
        form=form,
    )
    return visit.show(page, 409 if form.conflict else 422 if form.errors else 200)


async def _shown(
    visit: Visit, conversation: Conversation, versions: list[VersionRow], number: int | None
) -> VersionRow | None:
    """The newest version, or the one with a number, which may be older than those of the list."""
    if number is None:
        return versions[0] if versions else None
    found = next((row for row in versions if row.number == number), None)
    if found is None and versions and 1 <= number < versions[-1].number:
        found = (await history_of(visit.session, conversation, before=number + 1, limit=1))[0]
    if found is None:
        raise NotFound
    return found


async def _sections(
    visit: Visit, conversation: Conversation, shown: VersionRow | None, *, comments: bool
) -> list[SectionView]:
    if shown is None:
        return []
    sheet = (await sheets_of(visit.session, conversation, [shown.number]))[shown.number]
    said = await comments_of(visit.session, conversation) if comments else []
    return [
        SectionView(key, label(TermsSection, key), _text(key, sheet[key]), [c for c in said if c.section == key])
        for key in TermsSection
    ]


def _text(key: str, value: object) -> str:
    if key == TermsSection.duration_months and value is not None:
        return _("%(n)s months") % {"n": value}
    return written(value)


def _sides(row: ConversationRow, shown: VersionRow | None) -> list[SideView]:
    accepted = shown.accepted if shown else {}
    named = ((row.region_side_id, row.region_side_name), (row.partner_side_id, row.partner_side_name))
    return [SideView(name, accepted.get(side), side == row.own_side_id) for side, name in named]


def note_on(state: str) -> str:
    """What a new version would do in this state, or why there can be none; nothing where it goes without saying."""
    notes = {
        PairState.to_tkksd: _(
            "The papers lie with the TKKSD. A new version takes them back: they have to be handed in once more."
        ),
        PairState.returned: _("The TKKSD has returned the papers. Write a new version that answers what it asked."),
        PairState.kb_signed: _(
            "The joint agreement is signed. What you agree here now goes into the paper that follows: "
            "PKS or work plan."
        ),
        PairState.pks_signed: _(
            "The cooperation agreement is signed. Its terms are changed by an addendum, not here."
        ),
        PairState.running: _("The cooperation is running. Its terms are changed by an addendum, not here."),
    }
    if state in notes:
        return notes[PairState(state)]
    return "" if state in actions.WRITABLE else _("This conversation is closed. What was written stays to be read.")


@get("/percakapan/{conversation_id:int}/rancangan/banding")
async def compare_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    versions = await history_of(visit.session, conversation)
    if len(versions) < 2:
        return go(f"/percakapan/{conversation_id}/{TAB}")
    form = query_form(visit.request.query_params.multi_items())
    newest = versions[0].number
    before, after = _asked(form, "a", newest - 1), _asked(form, "b", newest)
    found = await difference_of(visit.session, conversation, before, after)
    named = [(label(TermsSection, section.section), section) for section in found]
    page = ComparePage(
        head=await talk_head(visit, conversation_id, TAB),
        before=before,
        after=after,
        choices=[(str(v.number), _choice(v)) for v in versions],
        changed=[(name, section) for name, section in named if section.changed],
        same=[name for name, section in named if not section.changed],
        form=Form({"a": [str(before)], "b": [str(after)]}),
    )
    return visit.show(page)


def _choice(version: VersionRow) -> str:
    return _("Version %(n)s") % {"n": version.number} + f" · {version.organisation_name}"


def _asked(form: Form, name: str, otherwise: int) -> int:
    """A number in the address; what is none is a version that does not exist."""
    text = form.value(name)
    if not text:
        return otherwise
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@post("/percakapan/{conversation_id:int}/rancangan/{version:int}/setuju", status_code=200)
async def accept_terms(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], version: FromPath[int]
) -> Answer:
    form = Form()
    done = await visit.attempt(
        form, lambda: actions.accept_terms(visit.session, visit.viewer, conversation_id, version)
    )
    if done is None:
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/{TAB}", "terms_accepted")


@post("/percakapan/{conversation_id:int}/rancangan/komentar", status_code=200)
async def comment_on_terms(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    """Every section of the page has its own field, so that no two of them share an id."""
    await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    section = form.value("section")
    field = f"body_{section}"
    form.set("body", form.value(field))
    done = await visit.attempt(
        form,
        lambda: actions.comment_on_terms(visit.session, visit.viewer, conversation_id, form.read(TermsCommentInput)),
    )
    if done is None:
        form.errors = {field if name == "body" else name: text for name, text in form.errors.items()}
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/{TAB}#b-{done.section}")


@post("/percakapan/{conversation_id:int}/rancangan/komentar/{comment_id:int}", status_code=200)
async def mark_comment(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], comment_id: FromPath[int]
) -> Answer:
    form = await visit.form()
    comment = await visit.attempt(
        form,
        lambda: actions.resolve_comment(
            visit.session, visit.viewer, conversation_id, comment_id, resolved=form.value("then") != "open"
        ),
    )
    if comment is None:
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/{TAB}#b-{comment.section}")


HANDLERS = [
    terms_page,
    compare_page,
    version_page,
    accept_terms,
    comment_on_terms,
    mark_comment,
]

"""The term sheet of a talk: proposed in versions, commented on, accepted by both sides."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.editing import write_fields, written_fields
from matchmaker.actions.events import note_event
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import pass_turn, take_step
from matchmaker.errors import Conflict, Invalid, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.terms import TermsCommentInput, TermsInput
from matchmaker.settled import SIDES, accepted_by, agreed_terms, newest_terms
from matchmaker.states import OPEN
from models import Conversation, TermsAcceptance, TermsComment, TermsVersion, now
from models.vocabulary import EventKind, NoticeKind, PairState, Step, TermsSection

#: States in which a new version may be proposed: until the cooperation agreement itself is signed.
WRITABLE = (PairState.exploring, PairState.terms_drafted, PairState.to_tkksd, PairState.returned, PairState.kb_signed)
#: What a new version does to where the pair stands. Papers that lie with the TKKSD hold the version before.
STEP_OF_A_VERSION = {
    PairState.exploring: Step.draft_terms,
    PairState.to_tkksd: Step.revise,
    PairState.returned: Step.revise,
}


async def propose_terms(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, given: TermsInput
) -> TermsVersion:
    """A new version, from either side. What was accepted before is accepted no more: only the newest counts."""
    conversation = await open_talk(session, viewer, conversation_id)
    state = PairState(conversation.state)
    if state not in WRITABLE:
        raise Conflict(_("The cooperation agreement is signed. Its terms are changed by an addendum, not here."))
    newest = await newest_terms(session, conversation_id)
    before = sections_of(newest)
    after = before | written_fields(given)
    _check_base(given, newest)
    if after == before:
        raise Invalid({"": _("Nothing is different from the version before.") if newest else _("Write something.")})
    own_side = access.side_of(access.signed_in(viewer), conversation)
    version = TermsVersion(
        conversation_id=conversation_id,
        number=newest.number + 1 if newest else 1,
        organisation_id=own_side,
        author_id=access.signed_in(viewer).account_id,
    )
    write_fields(version, after)
    session.add(version)
    await session.flush()
    if step := STEP_OF_A_VERSION.get(state):
        await take_step(session, viewer, conversation, step, tells=False)
    else:
        pass_turn(conversation, own_side)
    await _tell(session, conversation, own_side, version.id or 0, "new")
    return version


def sections_of(version: TermsVersion | None) -> dict[str, object]:
    """A version's sections by name; empty ones where there is no version."""
    if version is None:
        return dict.fromkeys(TermsSection, "") | {TermsSection.duration_months: None}
    return {section.value: getattr(version, section) for section in TermsSection}


def _check_base(given: TermsInput, newest: TermsVersion | None) -> None:
    """Raises Conflict with both texts where ``given`` was written against another version than the newest."""
    number = newest.number if newest else 0
    if given.version == number:
        return
    yours = given.model_dump(mode="json", include=given.model_fields_set - {"version"})
    raise Conflict(
        _("A new version arrived while you were writing. Nothing was lost: compare, and send again."),
        current={"version": number} | sections_of(newest),
        yours=yours,
    )


async def accept_terms(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, number: int
) -> TermsVersion:
    """This side's yes to the newest version; with both they are agreed. Saying it twice is saying it once."""
    conversation = await open_talk(session, viewer, conversation_id)
    version = await version_of(session, conversation, number)
    newest = await newest_terms(session, conversation_id)
    if newest is None or newest.number != number:
        raise Conflict(_("There is a newer version. Read it first: only the newest can be accepted."))
    own_side = access.side_of(access.signed_in(viewer), conversation)
    accepted = await accepted_by(session, version)
    if own_side in accepted:
        return version
    account_id = access.signed_in(viewer).account_id
    session.add(TermsAcceptance(version_id=version.id or 0, organisation_id=own_side, account_id=account_id))
    await session.flush()
    agreed = len(accepted) + 1 == SIDES
    await hand_on(session, conversation, own_side)
    await _tell(session, conversation, own_side, version.id or 0, "agreed" if agreed else "accepted")
    return version


async def comment_on_terms(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, given: TermsCommentInput
) -> TermsComment:
    """Says something of one section of the newest version."""
    conversation = await open_talk(session, viewer, conversation_id)
    newest = await newest_terms(session, conversation_id)
    if newest is None:
        raise Conflict(_("There is no term sheet yet."))
    own_side = access.side_of(access.signed_in(viewer), conversation)
    comment = TermsComment(
        conversation_id=conversation_id,
        version_number=newest.number,
        section=given.section,
        organisation_id=own_side,
        author_id=access.signed_in(viewer).account_id,
        body=given.body,
    )
    session.add(comment)
    pass_turn(conversation, own_side)
    await _tell(session, conversation, own_side, newest.id or 0, "comment")
    return comment


async def resolve_comment(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, comment_id: int, *, resolved: bool
) -> TermsComment:
    """Marks a comment as dealt with, or as open again. Either side may: both see who did."""
    conversation = await open_talk(session, viewer, conversation_id)
    comment = await access.by_id(session, TermsComment, comment_id, lock=True)
    newest = await newest_terms(session, conversation_id)
    if comment.conversation_id != conversation_id or newest is None:
        raise NotFound
    if resolved != (comment.resolved_at is not None):
        comment.resolved_at = now() if resolved else None
        comment.resolved_by_id = access.signed_in(viewer).account_id if resolved else None
        session.add(comment)
        await _show(session, conversation, newest.id or 0)
    return comment


async def hand_on(session: AsyncSession, conversation: Conversation, actor: int) -> None:
    """After a yes of ``actor``'s, or a proposal less: once the terms are agreed nothing waits for an answer, and what
    follows, taking them to the TKKSD, is the region's to do.
    """
    if conversation.state == PairState.terms_drafted and await agreed_terms(session, conversation.id or 0):
        actor = conversation.partner_side_id
    pass_turn(conversation, actor)


async def open_talk(session: AsyncSession, viewer: Viewer | None, conversation_id: int) -> Conversation:
    """Held until the commit, so that versions, acceptances and decisions of one talk come one after the other."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    if conversation.state not in OPEN:
        raise Conflict(_("This conversation is closed."))
    return conversation


async def version_of(session: AsyncSession, conversation: Conversation, number: int) -> TermsVersion:
    """One version of a talk that the viewer was let in to, or NotFound."""
    if not 1 <= number <= access.LARGEST_ID:
        raise NotFound
    query = select(TermsVersion).where(TermsVersion.conversation_id == conversation.id, TermsVersion.number == number)
    version = (await session.exec(query)).first()
    if version is None:
        raise NotFound
    return version


async def _tell(
    session: AsyncSession, conversation: Conversation, own_side: int, version_id: int, detail: str
) -> None:
    """Open pages of both sides, and the other side by a notice."""
    session.add(conversation)
    await session.flush()
    await _show(session, conversation, version_id)
    await notify(
        session,
        NoticeKind.terms,
        [access.other_side(conversation, own_side)],
        actor_id=own_side,
        detail=detail,
        conversation_id=conversation.id,
        row_id=version_id,
    )


async def _show(session: AsyncSession, conversation: Conversation, version_id: int) -> None:
    sides = (conversation.region_side_id, conversation.partner_side_id)
    await note_event(session, EventKind.terms, sides, version_id, conversation.id)

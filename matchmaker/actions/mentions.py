"""Members who are asked to look at a message."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from matchmaker.actions.notices import notify
from matchmaker.errors import Invalid
from matchmaker.i18n import gettext as _
from matchmaker.inputs.contact import MessageInput
from models import Account, Conversation, Membership, Mention, Message
from models.vocabulary import MemberState, MessageKind, NoticeKind


async def whom_to_call(
    session: AsyncSession, viewer: Viewer, conversation: Conversation, own_side: int, given: MessageInput
) -> dict[int, int]:
    """The accounts that a message asks to look at it, with their organisations; Invalid, if one of them cannot read
    it: of an internal note the other side must not even hear.
    """
    wanted = set(given.mention) - {viewer.account_id}
    if not wanted:
        return {}
    own = given.kind == MessageKind.note
    sides = [own_side] if own else [conversation.region_side_id, conversation.partner_side_id]
    homes = await _homes(session, sides, wanted)
    if homes.keys() != wanted:
        raise Invalid(
            {
                "mention": _("An internal note can be brought to members of your own organisation only.")
                if own
                else _("Choose members of the two organisations.")
            }
        )
    return homes


async def call(session: AsyncSession, message: Message, homes: Mapping[int, int]) -> None:
    """``homes``: by account, the organisation that it is a member of."""
    session.add_all(Mention(message_id=message.id or 0, account_id=account_id) for account_id in homes)
    for account_id, organisation_id in sorted(homes.items()):
        await notify(
            session,
            NoticeKind.mention,
            [organisation_id],
            account_id=account_id,
            actor_id=message.organisation_id,
            detail=message.kind,
            conversation_id=message.conversation_id,
            row_id=message.id,
        )


async def _homes(
    session: AsyncSession, organisation_ids: Collection[int], account_ids: Collection[int]
) -> dict[int, int]:
    """The organisation of each account that is an active member of one of these."""
    query = (
        select(Membership.account_id, Membership.organisation_id)
        .join(Account, col(Account.id) == Membership.account_id)
        .where(
            col(Membership.account_id).in_(account_ids),
            col(Membership.organisation_id).in_(organisation_ids),
            Membership.state == MemberState.active,
            col(Account.deleted_at).is_(None),
        )
    )
    return dict((await session.exec(query)).all())

"""What every page of a conversation has: whom it is with, where it stands, whose turn it is, and its parts."""

from dataclasses import dataclass

from matchmaker import access
from matchmaker.errors import NotFound
from matchmaker.i18n import gettext as _
from matchmaker.i18n import mark
from matchmaker.reading.conversations import ConversationRow, list_conversations
from matchmaker.step_words import ON_TERMS, state_name, what_now
from matchmaker.templating import Page
from matchmaker.web.visit import Visit
from models.vocabulary import PairState

#: The parts of a conversation: what follows its address, and what it is called.
TABS = (
    ("", mark("Messages")),
    ("berkas", mark("Files")),
    ("pertemuan", mark("Meetings")),
    ("rancangan", mark("Terms")),
    ("keputusan", mark("Decisions")),
    ("jalur", mark("Route and papers")),
    ("langkah", mark("Steps")),
)


@dataclass(frozen=True)
class TalkHead:
    """``tabs``: address, name, and whether it is the one that is open; ``state``, ``turn`` and ``now``, what there is
    to do: in words; ``go``: where that is done, and what its link says.
    """

    row: ConversationRow
    tabs: list[tuple[str, str, bool]]
    state: str
    turn: str
    now: str
    go: tuple[str, str] | None


@dataclass(kw_only=True)
class TalkPage(Page):
    """A page within ``layouts/talk.html``."""

    head: TalkHead


async def talk_head(visit: Visit, conversation_id: int, tab: str) -> TalkHead:
    """For members of either side; for others it does not exist."""
    viewer = access.signed_in(visit.viewer)
    if not 1 <= conversation_id <= access.LARGEST_ID:
        raise NotFound
    # Of the viewer's own conversations alone.
    found = (await list_conversations(visit.session, viewer, conversation_id=conversation_id)).items
    if not found:
        raise NotFound
    row = found[0]
    path, state = f"/percakapan/{conversation_id}", PairState(row.state)
    return TalkHead(
        row=row,
        tabs=[(f"{path}/{part}".removesuffix("/"), _(name), part == tab) for part, name in TABS],
        state=state_name(state, row.path),
        turn=_turn(row),
        now=what_now(state, row.side, row.path),
        go=(f"{path}/rancangan", _("To the terms")) if state in ON_TERMS and tab != "rancangan" else None,
    )


def number_in(visit: Visit, name: str) -> int | None:
    """The id that the address carries under a name."""
    text = visit.request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _turn(row: ConversationRow) -> str:
    if row.next_actor_id is None:
        return ""
    return _("It is your turn.") if row.my_turn else _("It is their turn: %(name)s.") % {"name": row.other_name}

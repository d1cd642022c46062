"""Messages as their component shows them, on the page of a conversation and in what its script fetches."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matchmaker.actions.conversations import EDIT_WITHIN
from matchmaker.i18n import gettext as _
from matchmaker.i18n import local_day
from matchmaker.reading.messages import Earlier, MemberRow, MessageRow, Talk
from models import now
from models.vocabulary import MessageKind

#: What one member says within this time stands together, under their name once.
_TOGETHER = timedelta(minutes=5)
_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?)\]}']")


@dataclass(frozen=True)
class Piece:
    """Of a text: ``kind`` is "", "link", "mention" or "hit"."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class MessageView:
    """``mine``: of the reader's side; ``state``: "sent", or "read" for the last that the other side has read;
    ``more``: goes on with what its author has just said; ``called``: members who were asked to look, and whom the
    text does not name; ``edit_until``: for its author, as long as it can be edited.
    """

    id: int
    author_id: int
    author_name: str
    organisation_name: str
    sent_at: datetime
    pieces: list[Piece]
    mine: bool
    state: str = ""
    note: bool = False
    more: bool = False
    new: bool = False
    key: str = ""
    called: str = ""
    edited_at: datetime | None = None
    versions: tuple[Earlier, ...] = ()
    edit_until: datetime | None = None

    @property
    def initials(self) -> str:
        words = [word for word in self.author_name.split() if word[0].isalpha()]
        return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:])) or "?"


Days = list[tuple[date, list[MessageView]]]


@dataclass(frozen=True)
class Reader:
    """Whose eyes: the account, and the organisation on whose side it sits."""

    account_id: int
    own_side: int


def by_day(talk: Talk, reader: Reader, unread: int = 0) -> Days:
    """``unread``: how many of the last messages of the other side are new to the reader."""
    theirs = [m.id for m in talk.messages if m.organisation_id != reader.own_side]
    first_new = theirs[-unread:][0] if unread and theirs else None
    last_read = max((m.id for m in talk.messages if m.organisation_id == reader.own_side and m.read), default=None)
    days: dict[date, list[MessageView]] = {}
    before: MessageRow | None = None
    for message in talk.messages:
        day = local_day(message.sent_at)
        new = message.id == first_new
        more = not new and day in days and before is not None and _goes_on(before, message)
        days.setdefault(day, []).append(_view(message, reader, last_read, more=more, new=new))
        before = message
    return list(days.items())


def _goes_on(before: MessageRow, message: MessageRow) -> bool:
    same = (before.author_id, before.organisation_id, before.kind) == (
        message.author_id,
        message.organisation_id,
        message.kind,
    )
    return same and message.sent_at - before.sent_at < _TOGETHER


def _view(message: MessageRow, reader: Reader, last_read: int | None, *, more: bool, new: bool) -> MessageView:
    own = message.author_id == reader.account_id
    to_both = message.organisation_id == reader.own_side and message.kind == MessageKind.message
    until = message.sent_at + EDIT_WITHIN
    names = [name for _id, name in message.mentions]
    return MessageView(
        id=message.id,
        author_id=message.author_id,
        author_name=message.author_name or _("A former member"),
        organisation_name=message.organisation_name,
        sent_at=message.sent_at,
        pieces=pieces(message.body, names),
        mine=message.organisation_id == reader.own_side,
        state="read" if message.id == last_read else "" if message.read or not to_both else "sent",
        note=message.kind == MessageKind.note,
        more=more,
        new=new,
        key=(message.key or "") if own else "",
        called=", ".join(name for name in names if f"@{name}" not in message.body),
        edited_at=message.edited_at,
        versions=tuple(message.versions),
        edit_until=until if own and until > now() else None,
    )


def pieces(body: str, names: list[str]) -> list[Piece]:
    """The text with its addresses, and those of ``names`` that it calls, set apart."""
    called = [re.escape(f"@{name}") for name in sorted(names, key=len, reverse=True) if name]
    pattern = re.compile("|".join([_LINK.pattern, *called]))
    answer, at = [], 0
    for match in pattern.finditer(body):
        if match.start() > at:
            answer.append(Piece(body[at : match.start()]))
        answer.append(Piece(match[0], "mention" if match[0].startswith("@") else "link"))
        at = match.end()
    return [*answer, Piece(body[at:])] if at < len(body) else answer


def callable_members(talk: Talk, reader: Reader) -> list[MemberRow]:
    """Whom the reader may ask to look at a message."""
    return [m for m in talk.members if m.account_id != reader.account_id]


def passage(body: str, search: str, around: int = 90) -> list[Piece]:
    """The part of a text where the words that were looked for first stand, with each of them set apart."""
    words = "|".join(re.escape(word) for word in sorted(search.lower().split(), key=len, reverse=True))
    first = re.search(words, body, re.IGNORECASE)
    middle = first.start() if first else 0
    begin, end = max(0, middle - around), middle + 2 * around
    if begin and " " in body[begin:middle]:
        begin = body.index(" ", begin)
    text = " ".join(body[begin:end].split())
    answer, at = [Piece("… ")] if begin else [], 0
    for match in re.finditer(words, text, re.IGNORECASE):
        answer += [Piece(text[at : match.start()]), Piece(match[0], "hit")]
        at = match.end()
    return [*answer, Piece(text[at:] + (" …" if end < len(body) else ""))]

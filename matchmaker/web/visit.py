"""One reader's request of a page: whose it is, the transaction, and how an answer is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from litestar import Response
from litestar.di import NamedDependency
from litestar.response import Redirect
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from matchmaker.errors import Conflict, Forbidden, Invalid, TooMany
from matchmaker.i18n import gettext, mark
from matchmaker.reading.notices import unread
from matchmaker.services import AppRequest, Services, services
from matchmaker.templating import NavViewer, Page, page_response
from matchmaker.web.forms import Form

ResultT = TypeVar("ResultT")
Answer = Response[str] | Redirect

# Said above a page that a form led to: the address carries the code, never the text.
SAID = {
    "file": mark("Handed in. The other side has been told."),
    "attached": mark("Attached."),
    "detached": mark("Removed. Nobody can download it any more."),
    "meeting": mark("Proposed. The other side chooses one of the times."),
    "meeting-chosen": mark("Agreed. Both sides can take it into their calendars."),
    "meeting-changed": mark("Changed. The other side has been told."),
    "meeting-cancelled": mark("Cancelled. The other side has been told."),
    "saved": mark("Saved."),
    "draft": mark("Your draft is saved. Only you see it."),
    "published": mark("Published. These are the first suggestions."),
    "closed": mark("Closed. It is no longer matched."),
    "registered": mark("Welcome. Your account is ready; say now which organisation you work for."),
    "claimed": mark("Your organisation is registered. The programme office will verify it."),
    "asked": mark("Your request has been sent to the organisation's admins."),
    "interest": mark("Your interest has been sent. The other side has 14 days to answer."),
    "accepted": mark("Accepted. This is your conversation."),
    "declined": mark("Declined. The other side sees your reason."),
    "withdrawn": mark("Withdrawn."),
    "stepped": mark("Recorded. The other side has been told."),
    "terms_proposed": mark("Your version has been sent. The other side is told, and it is their turn."),
    "terms_accepted": mark("You have accepted this version."),
    "decision_proposed": mark("Proposed. It is final once the other side confirms it."),
    "decision_confirmed": mark("Confirmed by both sides. It is final."),
    "decision_rejected": mark("Turned down. The other side sees your reason."),
    "judged": mark("Noted. With enough such answers, the order of suggestions improves."),
    "verified": mark("Verified."),
    "blocked": mark("Blocked. What waited from them has been declined."),
    "unblocked": mark("The block is lifted."),
    "reported": mark("Reported. The programme office will look at it."),
    "dealt_with": mark("Marked as dealt with."),
    "retried": mark("It is tried again."),
    "unverified": mark("Verification withdrawn."),
    "revoked": mark("That session has ended."),
    "password": mark("Your password is changed. Other devices have been signed out."),
    "left": mark("The talk is closed with the reason that its legal route is another one."),
    "variant": mark("The region now has a variant of its own. Change what differs there."),
    "removed": mark("Removed. The national row holds there again."),
    "row_added": mark("The row is in force. The route finder follows it."),
    "row_removed": mark("Removed. The route finder no longer asks this row."),
    "notices": mark("All notices are marked as read."),
    "goodbye": mark("Your account is deleted."),
}


@dataclass
class Visit:
    request: AppRequest
    session: AsyncSession
    viewer: Viewer | None
    nav: NavViewer | None
    notices: list[tuple[str, str]] = field(default_factory=list)

    @property
    def unread(self) -> dict[int, int]:
        """How many new messages the reader has, by conversation."""
        return self.nav.unread_in if self.nav else {}

    @property
    def services(self) -> Services:
        return services(self.request)

    async def form(self) -> Form:
        """What the browser sent."""
        return Form.submitted(await self.request.form())

    def show(self, page: Page, status: int = 200) -> Response[str]:
        page.viewer, page.notices = self.nav, self.notices
        return page_response(page, status)

    async def attempt(self, form: Form, act: Callable[[], Awaitable[ResultT]]) -> ResultT | None:
        """Carries out ``act``; what the user can mend is written on the form, and nothing of it stays in the
        database. The rest is raised on.
        """
        try:
            async with self.session.begin_nested():
                return await act()
        except (Invalid, Conflict, Forbidden, TooMany) as refusal:
            form.refuse(refusal)
        return None


async def provide_visit(
    request: AppRequest, session: NamedDependency[AsyncSession], viewer: NamedDependency[Viewer | None]
) -> Visit:
    visit = Visit(request, session, viewer, await nav_viewer(session, viewer))
    # For an error page, which is made when the transaction is over.
    request.state.nav = visit.nav
    if text := SAID.get(request.query_params.get("ok", "")):
        visit.notices.append(("good", gettext(text)))
    return visit


async def nav_viewer(session: AsyncSession, viewer: Viewer | None) -> NavViewer | None:
    if viewer is None:
        return None
    new = await unread(session, viewer)
    first = viewer.memberships[0] if viewer.memberships else None
    return NavViewer(
        account_id=viewer.account_id,
        name=viewer.name,
        organisation_name=first.name if first else None,
        organisation_id=first.organisation_id if first else None,
        unread=sum(new.messages.values()),
        is_office=viewer.is_office,
        unread_in=new.messages,
        unread_notices=new.notices,
        notices_of=new.of_messages,
    )


def go(path: str, said: str = "") -> Redirect:
    """To a page by GET, with what to say there."""
    return Redirect(f"{path}?ok={said}" if said else path, status_code=303)

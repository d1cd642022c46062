"""Notices in words, by kind and detail: the same on pages, in the API and in mails. And where each one leads."""

from matchmaker.i18n import gettext
from matchmaker.i18n import mark as _
from models.vocabulary import MailTiming, NoticeKind, Step

#: Where a detail is a number of days.
_DAYS = "days"
#: By kind, then by detail; "" says it of the kind as a whole, for a detail that is not here.
SENTENCES: dict[NoticeKind, dict[str, str]] = {
    NoticeKind.interest: {
        "": _("There is news of an expression of interest."),
        "sent": _("%(actor)s would like to work with you and waits for your answer."),
        "accepted": _("%(actor)s has accepted your interest. The conversation is open."),
        "declined": _("%(actor)s has declined your interest and says why."),
        "withdrawn": _("%(actor)s has withdrawn its interest."),
        "stale": _("The expression of interest stayed without an answer for six weeks and has been closed."),
    },
    NoticeKind.message: {
        "": _("%(actor)s has written to you."),
    },
    NoticeKind.step: {
        "": _("%(actor)s has taken the cooperation a step further."),
        Step.accept: _("%(actor)s has accepted your interest. The conversation is open."),
        Step.decline: _("%(actor)s has declined your interest and says why."),
        Step.take_back: _("%(actor)s has withdrawn its interest."),
        Step.draft_terms: _("%(actor)s has drafted the terms. Please read them and answer."),
        Step.submit: _("%(actor)s has handed the terms to its cooperation team (TKKSD)."),
        Step.return_: _("The cooperation team (TKKSD) of %(actor)s has returned the terms and says why."),
        Step.revise: _("%(actor)s has taken the terms up again to revise them."),
        Step.sign_kb: _("%(actor)s has recorded that the joint agreement (KB) is signed."),
        Step.sign_pks: _("%(actor)s has recorded that the cooperation agreement (PKS) is signed."),
        Step.start: _("%(actor)s has recorded that the work has begun."),
        Step.finish: _("%(actor)s has recorded that the cooperation is finished."),
        Step.leave: _("%(actor)s has ended the talks and says why."),
        Step.give_up: _("%(actor)s could not reach you and has ended the talks. You can take them up again."),
        Step.go_stale: _("The talks were silent for six weeks and now rest. Either side can take them up again."),
        Step.reopen: _("%(actor)s has taken the talks up again."),
    },
    NoticeKind.terms: {
        "": _("There is news of the terms."),
        "new": _("%(actor)s has written a new version of the terms."),
        "accepted": _("%(actor)s has accepted the terms."),
        "agreed": _("Both sides have accepted the terms: they are agreed."),
        "comment": _("%(actor)s has commented on the terms."),
    },
    NoticeKind.decision: {
        "": _("There is news of a decision."),
        "proposed": _("%(actor)s has proposed a decision and asks you to confirm it."),
        "confirmed": _("%(actor)s has confirmed a decision. It now stands."),
        "replaced": _("%(actor)s has confirmed a decision that replaces an earlier one."),
        "withdrawn": _("%(actor)s has withdrawn a proposed decision."),
        "rejected": _("%(actor)s has turned down a proposed decision and says why."),
    },
    NoticeKind.file: {
        "": _("%(actor)s has shared a file."),
        "new": _("%(actor)s has shared a file."),
        "version": _("%(actor)s has shared a new version of a file."),
    },
    NoticeKind.meeting: {
        "": _("There is news of a meeting."),
        "proposed": _("%(actor)s has proposed times for a meeting. Please choose one."),
        "chosen": _("%(actor)s has chosen a time for the meeting."),
        "changed": _("%(actor)s has changed the meeting."),
        "cancelled": _("%(actor)s has cancelled the meeting."),
        "reminder": _("Your meeting is near."),
    },
    NoticeKind.agreement: {
        "": _("There is news of your agreement."),
        "stage": _("%(actor)s has brought the agreement to its next stage."),
        "signed": _("%(actor)s has added the signed agreement."),
        "milestone": _("%(actor)s has updated a milestone of the agreement."),
        "monitoring": _("%(actor)s has reported on the quarter."),
        "route": _("%(actor)s has answered the questions of the legal route."),
        "package": _("%(actor)s has had the papers of your cooperation drafted."),
        "closed": _(
            "%(actor)s has finished the agreement and recorded its result. All may read it once both sides agree."
        ),
        "shown": _("Both sides agree: everybody may now read the result of the agreement."),
        "hidden": _("%(actor)s no longer agrees that everybody may read the result of the agreement."),
        _DAYS: _("The agreement ends in %(days)s days."),
        "1": _("The agreement ends tomorrow."),
        "0": _("The agreement ends today."),
    },
    NoticeKind.reminder: {
        "": _("Something waits for you."),
        "nudge": _("It is your turn, and the day by which an answer was hoped for has passed."),
        "backup": _("It is still your turn, and the backup contact has been told. In two weeks the talk will rest."),
        _DAYS: _("It is your turn, and the other side has waited for %(days)s days."),
    },
    NoticeKind.mention: {
        "": _("%(actor)s has mentioned you in a message."),
        "note": _("A colleague has mentioned you in an internal note."),
    },
    NoticeKind.membership: {
        "": _("There is news of your place in %(organisation)s."),
        "asked": _("%(person)s asks to join %(organisation)s."),
        "admitted": _("You are now a member of %(organisation)s."),
        "declined": _("Your request to join %(organisation)s was declined."),
        "admin": _("You are now an admin of %(organisation)s."),
        "removed": _("You are no longer a member of %(organisation)s."),
    },
    NoticeKind.verification: {
        "": _("There is news of the verification of %(organisation)s."),
        "verified": _("The programme office has verified %(organisation)s."),
        "withdrawn": _("The programme office has withdrawn the verification of %(organisation)s."),
        "changed": _("The name or a number of %(organisation)s has changed, so it will be verified anew."),
    },
}

#: The part of a conversation that shows what a notice of this kind is about.
_PARTS: dict[str, str] = {
    NoticeKind.step: "langkah",
    NoticeKind.terms: "rancangan",
    NoticeKind.decision: "keputusan",
    NoticeKind.file: "berkas",
    NoticeKind.meeting: "pertemuan",
    NoticeKind.agreement: "jalur",
}
#: Of agreements that are still to be made.
_OF_THE_ROUTE = ("route", "package")


def sentence(
    kind: str, detail: str, *, actor: str = "", person: str = "", organisation: str = "", brief: bool = False
) -> str:
    """What has happened, in the language of the moment. ``actor``: the organisation whose doing it was; ``brief``: the
    first sentence alone, without its full stop. Names are put in last: those of companies have stops of their own.
    """
    known = SENTENCES[NoticeKind(kind)]
    said = known.get(detail) or (known.get(_DAYS) if detail.isdecimal() else None) or known[""]
    text = gettext(said)
    return (text.partition(". ")[0].rstrip(".") if brief else text) % {
        "actor": actor or gettext("The other side"),
        "person": person or gettext("Somebody"),
        "organisation": organisation,
        "days": detail,
    }


def address(
    kind: str,
    detail: str,
    organisation_id: int,
    interest_id: int | None,
    conversation_id: int | None,
    row_id: int | None,
) -> str:
    """The page on which one sees it, and can act."""
    if kind == NoticeKind.agreement and detail not in _OF_THE_ROUTE and row_id:
        return f"/kesepakatan/{row_id}"
    if conversation_id is not None:
        anchor = f"#m{row_id}" if kind in (NoticeKind.message, NoticeKind.mention) and row_id else ""
        return f"/percakapan/{conversation_id}/{_PARTS.get(kind, '')}".removesuffix("/") + anchor
    return f"/minat/{interest_id}" if interest_id is not None else f"/organisasi/{organisation_id}"


# What each kind is called, and what one is told under that name.
_TOPICS = {
    NoticeKind.interest: (
        _("Expressions of interest"),
        _("Somebody would like to work with you, or has answered your interest."),
    ),
    NoticeKind.message: (
        _("Messages"),
        _("The other side has written. One mail until you have read it, not one a message."),
    ),
    NoticeKind.mention: (_("Mentions of you"), _("A colleague names you in a note or a message.")),
    NoticeKind.step: (_("Steps of the cooperation"), _("A talk goes on, is signed, rests or ends.")),
    NoticeKind.terms: (_("Terms"), _("A new version, a comment, an acceptance.")),
    NoticeKind.decision: (_("Decisions"), _("A point that waits for your confirmation, or has got it.")),
    NoticeKind.file: (_("Files"), _("A file or a new version of one.")),
    NoticeKind.meeting: (_("Meetings"), _("Times to choose from, changes, and a reminder before.")),
    NoticeKind.agreement: (
        _("Agreements"),
        _("Stages, milestones, quarterly reports, and the end that comes near."),
    ),
    NoticeKind.reminder: (_("Reminders"), _("It is your turn, and time passes.")),
    NoticeKind.membership: (
        _("Membership"),
        _("Who asks to join your organisation, and your own place in one."),
    ),
    NoticeKind.verification: (
        _("Verification"),
        _("What the programme office has decided about your organisation."),
    ),
}
_TIMINGS = {
    MailTiming.immediate: _("At once"),
    MailTiming.daily: _("Daily"),
    MailTiming.off: _("Never"),
}


def kind_name(kind: str) -> str:
    return gettext(_TOPICS[NoticeKind(kind)][0])


def notice_topics() -> list[tuple[str, str, str]]:
    """(kind, name, what one is told), for a form."""
    return [(kind, gettext(name), gettext(text)) for kind, (name, text) in _TOPICS.items()]


def mail_choices() -> list[tuple[str, str]]:
    """(timing, name), for a form."""
    return [(timing, gettext(name)) for timing, name in _TIMINGS.items()]

"""The papers of an agreement: stages written down, signatures with number, days and the signed paper."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.agreed import stage_row
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import check_step, path_of_pair, side_name, take_step
from matchmaker.actions.storing import note_stored, release_stored
from matchmaker.agreement_access import agreement_to_read
from matchmaker.errors import Conflict, Forbidden, Invalid, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.agreement import SigningInput, StageInput
from matchmaker.jobs.queue import enqueue
from matchmaker.stages import BEFORE, BY_STEP, MOST_MONTHS, REMINDED_BEFORE, written_by_hand
from matchmaker.states import STEPS, Path, Who, initiative_status
from matchmaker.step_words import stage_name
from matchmaker.storage import Incoming
from models import Agreement, AgreementStage, Conversation, Milestone, now
from models.vocabulary import InitiativeStatus, NoticeKind, PairState, Stage, Step

# A signed paper is scanned or printed to one of these.
PAPER_KINDS = ("pdf", "jpeg", "jpg", "png")
#: Reminders arrive in the morning of western Indonesia.
_MORNING = time(8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@dataclass(frozen=True)
class Paper:
    """A file that has arrived whole, and of what kind it is by its content."""

    name: str
    kind: str
    incoming: Incoming


async def record_stage(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, given: StageInput, paper: Paper | None = None
) -> AgreementStage:
    """What the region has done without a signature: an offer, a draft, an approval. Written again, it is corrected."""
    agreement, conversation = await agreement_to_read(session, viewer, agreement_id, lock=True)
    viewer = access.signed_in(viewer)
    own_side = access.side_of(viewer, conversation)
    if side_name(conversation, own_side) != Who.region:
        raise Forbidden(_("The region records the stages."))
    if agreement.closed_at:
        raise Conflict(_("This agreement is finished and can no longer be changed."))
    if given.stage not in written_by_hand(await path_of_pair(session, conversation)):
        raise Invalid({"stage": _("This stage is not recorded by hand here.")})
    row = await _stage(session, agreement, given.stage)
    row.done_on, row.number, row.note = given.done_on, given.number, given.note
    row.account_id = viewer.account_id
    await keep_paper(session, row, paper)
    await tell(session, agreement, conversation, own_side, "stage")
    return row


async def sign(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, given: SigningInput, paper: Paper | None = None
) -> AgreementStage:
    """Records a signed paper, and takes the pair on by it."""
    agreement, conversation = await agreement_to_read(session, viewer, agreement_id, lock=True)
    viewer = access.signed_in(viewer)
    own_side = access.side_of(viewer, conversation)
    if not STEPS[given.step].signed:
        raise Invalid({"step": _("Choose one from the list.")})
    await check_step(session, conversation, given.step, own_side)
    path = await path_of_pair(session, conversation)
    await _check_before(session, agreement, path, given.step)
    _check_days(given)
    if paper is None and not given.on_paper_at:
        raise Invalid({"file": _("Hand in the signed paper, or write where it lies.")})
    row = await _stage(session, agreement, BY_STEP[given.step])
    row.done_on, row.number, row.ends_on, row.note = (
        given.signed_on,
        given.number,
        given.ends_on,
        given.on_paper_at,
    )
    row.account_id = viewer.account_id
    await keep_paper(session, row, paper)
    await take_step(session, viewer, conversation, given.step, signed=True, tells=False)
    if initiative_status(PairState(conversation.state), path) == InitiativeStatus.agreed:
        await _ends(session, agreement, given.ends_on)
    await tell(session, agreement, conversation, own_side, "signed")
    return row


async def hand_in_paper(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, stage: str, paper: Paper
) -> AgreementStage:
    """The paper of a stage that was recorded without it. A signed one is not replaced: the other side relies on it."""
    agreement, conversation = await agreement_to_read(session, viewer, agreement_id, lock=True)
    own_side = access.side_of(access.signed_in(viewer), conversation)
    if stage not in set(Stage):
        raise NotFound
    row = await stage_row(session, agreement, Stage(stage))
    if row is None:
        raise NotFound
    if side_name(conversation, own_side) != Who.region:
        raise Forbidden(_("The region records the stages."))
    if agreement.closed_at:
        raise Conflict(_("This agreement is finished and can no longer be changed."))
    signed = row.stage in (BY_STEP[Step.sign_kb], BY_STEP[Step.sign_pks])
    if signed and row.sha256:
        raise Conflict(_("The signed paper is here already, and it stays."))
    await keep_paper(session, row, paper)
    await tell(session, agreement, conversation, own_side, "signed" if signed else "stage")
    return row


async def _stage(session: AsyncSession, agreement: Agreement, stage: Stage) -> AgreementStage:
    """The row of a stage, new or as it was written."""
    row = await stage_row(session, agreement, stage)
    return row or AgreementStage(agreement_id=agreement.id or 0, stage=stage, done_on=now().date())


async def _check_before(session: AsyncSession, agreement: Agreement, path: Path, step: Step) -> None:
    stage = BEFORE.get((path, step))
    if stage and await stage_row(session, agreement, stage) is None:
        raise Conflict(_("Record first: %(stage)s.") % {"stage": stage_name(stage, path)})


def _check_days(given: SigningInput) -> None:
    if given.ends_on <= given.signed_on:
        raise Invalid({"ends_on": _("It ends after it was signed.")})
    if given.step == Step.sign_pks and given.ends_on > months_after(given.signed_on, MOST_MONTHS):
        raise Invalid({"ends_on": _("A cooperation agreement lasts at most %(most)s months.") % {"most": MOST_MONTHS}})


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


async def keep_paper(session: AsyncSession, row: AgreementStage | Milestone, paper: Paper | None) -> None:
    """Puts the file in its place and the row into the transaction; a file that it replaces is no longer kept."""
    before = row.sha256
    if paper is not None:
        if paper.kind not in PAPER_KINDS:
            raise Invalid({"file": _("Hand in a PDF, or a picture (JPEG, PNG) of the paper.")})
        kept = await paper.incoming.settle()
        await note_stored(session, kept)
        row.file_name, row.file_kind = paper.name, paper.kind
        row.sha256, row.file_size = kept.sha256, kept.size
    session.add(row)
    await session.flush()
    if before and before != row.sha256:
        await release_stored(session, before)


async def _ends(session: AsyncSession, agreement: Agreement, day: date) -> None:
    """From now on both sides are reminded of the end, by jobs that look again when their day has come."""
    agreement.ends_on, agreement.reminded = day, []
    session.add(agreement)
    for days in REMINDED_BEFORE:
        at = datetime.combine(day, _MORNING) - timedelta(days=days)
        if (delay := (at - now()).total_seconds()) > 0:
            once = f"remind_of_end:{agreement.id}:{day.isoformat()}:{days}"
            await enqueue(
                session,
                "remind_of_end",
                delay=delay,
                once=once,
                agreement_id=agreement.id,
                ends_on=day.isoformat(),
                days=days,
            )


async def remind_of_end(session: AsyncSession, agreement_id: int, ends_on: str, days: int, today: date) -> None:
    """Both sides, once: unless the work is over, the end was moved meanwhile, or nobody was there to remind until a
    nearer reminder was due. Says how many days are left by now.
    """
    agreement = await access.by_id(session, Agreement, agreement_id)
    conversation = await access.by_id(session, Conversation, agreement.conversation_id, lock=True)
    agreement = await access.by_id(session, Agreement, agreement_id, lock=True)
    moved = agreement.ends_on is None or agreement.ends_on.isoformat() != ends_on
    if moved or agreement.closed_at or str(days) in agreement.reminded:
        return
    left, nearer = (
        (date.fromisoformat(ends_on) - today).days,
        max((d for d in REMINDED_BEFORE if d < days), default=-1),
    )
    if not nearer < left <= days:
        return
    agreement.reminded = [*agreement.reminded, str(days)]
    session.add(agreement)
    await notify(
        session,
        NoticeKind.agreement,
        (conversation.region_side_id, conversation.partner_side_id),
        detail=str(left),
        conversation_id=conversation.id,
        row_id=agreement.id,
    )


async def tell(
    session: AsyncSession,
    agreement: Agreement,
    conversation: Conversation,
    own_side: int,
    detail: str,
) -> None:
    """The other side."""
    await notify(
        session,
        NoticeKind.agreement,
        [access.other_side(conversation, own_side)],
        actor_id=own_side,
        detail=detail,
        conversation_id=conversation.id,
        row_id=agreement.id,
    )

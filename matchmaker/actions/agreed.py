"""What a step of a pair means to its agreement: it begins, or one of its stages is reached."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.inputs.agreement import today
from matchmaker.stages import BY_STEP, HAS_AGREEMENT
from models import Agreement, AgreementStage, Conversation
from models.vocabulary import PairState, Stage, Step


async def follow_step(
    session: AsyncSession, conversation: Conversation, step: Step, account_id: int | None
) -> Agreement | None:
    """The conversation is held by the caller, so no other can begin the same agreement."""
    if PairState(conversation.state) not in HAS_AGREEMENT:
        return None
    agreement = await agreement_of(session, conversation)
    if stage := BY_STEP.get(step):
        await reach(session, agreement, stage, account_id)
    return agreement


async def agreement_of(session: AsyncSession, conversation: Conversation) -> Agreement:
    """The one of this talk, which begins when it is first asked for."""
    query = select(Agreement).where(Agreement.conversation_id == conversation.id)
    if agreement := (await session.exec(query)).one_or_none():
        return agreement
    agreement = Agreement(conversation_id=conversation.id or 0)
    session.add(agreement)
    await session.flush()
    await reach(session, agreement, Stage.preparation, None)
    return agreement


async def reach(session: AsyncSession, agreement: Agreement, stage: Stage, account_id: int | None) -> None:
    """Today, unless it is written down already."""
    if await stage_row(session, agreement, stage) is None:
        session.add(
            AgreementStage(agreement_id=agreement.id or 0, stage=stage, done_on=today(), account_id=account_id)
        )
        await session.flush()


async def stage_row(session: AsyncSession, agreement: Agreement, stage: Stage) -> AgreementStage | None:
    query = select(AgreementStage).where(AgreementStage.agreement_id == agreement.id, AgreementStage.stage == stage)
    return (await session.exec(query)).one_or_none()

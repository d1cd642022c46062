"""The tables, and what is true of one row. Imports SQLModel and itself."""

from models.account import Account, Attempt, IdempotentAnswer, Session
from models.agreement import Agreement, AgreementStage, Milestone, Monitoring
from models.base import CodeList, UtcDateTime, metadata, now
from models.card import Card
from models.conversation import (
    Conversation,
    Mention,
    Message,
    MessageDraft,
    MessageVersion,
    ReadMark,
    StateChange,
)
from models.decision import Decision
from models.event import Event
from models.feedback import Feedback
from models.file import File, FileVersion
from models.index_change import IndexChange
from models.initiative import OPEN_STATUSES, Attachment, Initiative, Need, takes_partners
from models.interest import Interest
from models.job import FailedJob, JobProcess
from models.mail import Mail
from models.meeting import Meeting, MeetingSlot
from models.notice import Notice, NoticeMail, NoticeMark, NoticePreference
from models.organisation import Membership, Organisation
from models.package import Package, PackageFile
from models.place import Cohort, Participation, Province, Region, SubDimension
from models.report import Block, Report
from models.route import RouteAnswer, RouteChange, RouteGuide, RouteRule
from models.stored import StoredFile
from models.terms import TermsAcceptance, TermsComment, TermsVersion

__all__ = [
    "OPEN_STATUSES",
    "Account",
    "Agreement",
    "AgreementStage",
    "Attachment",
    "Attempt",
    "Block",
    "Card",
    "CodeList",
    "Cohort",
    "Conversation",
    "Decision",
    "Event",
    "FailedJob",
    "Feedback",
    "File",
    "FileVersion",
    "IdempotentAnswer",
    "IndexChange",
    "Initiative",
    "Interest",
    "JobProcess",
    "Mail",
    "Meeting",
    "MeetingSlot",
    "Membership",
    "Mention",
    "Message",
    "MessageDraft",
    "MessageVersion",
    "Milestone",
    "Monitoring",
    "Need",
    "Notice",
    "NoticeMail",
    "NoticeMark",
    "NoticePreference",
    "Organisation",
    "Package",
    "PackageFile",
    "Participation",
    "Province",
    "ReadMark",
    "Region",
    "Report",
    "RouteAnswer",
    "RouteChange",
    "RouteGuide",
    "RouteRule",
    "Session",
    "StateChange",
    "StoredFile",
    "SubDimension",
    "TermsAcceptance",
    "TermsComment",
    "TermsVersion",
    "UtcDateTime",
    "metadata",
    "now",
    "takes_partners",
]

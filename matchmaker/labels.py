"""What the codes of the vocabularies are called on screen. Marked here, translated where they are shown."""

from enum import StrEnum

from matchmaker.i18n import gettext
from matchmaker.i18n import mark as _
from matchmaker.route_labels import MEANINGS, ROUTE_LABELS
from models.vocabulary import (
    CardStatus,
    Contribution,
    DecisionState,
    FirstStep,
    FundingBand,
    FundingSource,
    InitiativeStatus,
    InterestState,
    IpStatus,
    Language,
    LegalForm,
    LegalInstrument,
    MeetingState,
    OrganisationKind,
    Outlook,
    PairState,
    Pillar,
    PriceBand,
    Reason,
    ReportReason,
    SizeBand,
    SpbeImpact,
    TermsSection,
)

LABELS: dict[type[StrEnum], dict[str, str]] = {
    Pillar: {
        Pillar.governance: _("Smart Governance"),
        Pillar.branding: _("Smart Branding"),
        Pillar.economy: _("Smart Economy"),
        Pillar.living: _("Smart Living"),
        Pillar.society: _("Smart Society"),
        Pillar.environment: _("Smart Environment"),
    },
    OrganisationKind: {
        OrganisationKind.region: _("Regional government"),
        OrganisationKind.company: _("Company or civil society organisation"),
        OrganisationKind.academic: _("Academic institution"),
    },
    LegalForm: {
        LegalForm.region: _("Regional government"),
        LegalForm.ministry: _("Ministry or agency"),
        LegalForm.company: _("Company (PT, CV)"),
        LegalForm.bumn: _("State-owned enterprise (BUMN)"),
        LegalForm.bumd: _("Regionally owned enterprise (BUMD)"),
        LegalForm.cooperative: _("Cooperative"),
        LegalForm.foundation: _("Foundation"),
        LegalForm.association: _("Association"),
        LegalForm.private_university: _("Private university"),
        LegalForm.state_university_satker: _("State university, Satker"),
        LegalForm.state_university_blu: _("State university, BLU"),
        LegalForm.state_university_ptnbh: _("State university, PTN-BH"),
        LegalForm.foreign: _("Foreign organisation"),
    },
    Contribution: {
        Contribution.technology: _("Technology"),
        Contribution.expertise: _("Expertise"),
        Contribution.research: _("Research"),
        Contribution.training: _("Training"),
        Contribution.data: _("Data"),
        Contribution.funding: _("Funding"),
        Contribution.infrastructure: _("Infrastructure"),
    },
    InitiativeStatus: {
        InitiativeStatus.draft: _("Draft"),
        InitiativeStatus.in_review: _("In review"),
        InitiativeStatus.returned: _("Returned"),
        InitiativeStatus.published: _("Open for partners"),
        InitiativeStatus.in_talks: _("In talks"),
        InitiativeStatus.agreed: _("Agreed"),
        InitiativeStatus.running: _("Running"),
        InitiativeStatus.done: _("Done"),
        InitiativeStatus.closed: _("Closed"),
        InitiativeStatus.expired: _("Expired"),
    },
    CardStatus: {
        CardStatus.draft: _("Draft"),
        CardStatus.published: _("Published"),
        CardStatus.closed: _("Closed"),
    },
    FundingSource: {
        FundingSource.apbd: _("Regional budget (APBD)"),
        FundingSource.apbn: _("State budget (APBN)"),
        FundingSource.partner: _("The partner"),
        FundingSource.csr: _("Corporate social responsibility"),
        FundingSource.none_yet: _("None yet"),
        FundingSource.unknown: _("Not known yet"),
    },
    FundingBand: {
        FundingBand.under_200m: _("Under Rp200 million"),
        FundingBand.from_200m_to_1b: _("Rp200 million to Rp1 billion"),
        FundingBand.from_1b_to_5b: _("Rp1 billion to Rp5 billion"),
        FundingBand.over_5b: _("Over Rp5 billion"),
        FundingBand.undecided: _("Not decided"),
    },
    SpbeImpact: {
        SpbeImpact.none: _("None"),
        SpbeImpact.reuses_existing: _("Uses applications the region has"),
        SpbeImpact.extends_existing: _("Extends an application the region has"),
        SpbeImpact.new_application: _("Needs a new application"),
    },
    LegalInstrument: {
        LegalInstrument.undecided: _("Not decided"),
        LegalInstrument.cooperation: _("Cooperation with a third party (KSDPK)"),
        LegalInstrument.synergy: _("Synergy with a ministry or state university"),
        LegalInstrument.between_regions: _("Cooperation between regions (KSDD)"),
        LegalInstrument.procurement: _("Procurement"),
        LegalInstrument.asset_use: _("Use of a regional asset"),
    },
    IpStatus: {
        IpStatus.none: _("No protection"),
        IpStatus.pending: _("Applied for"),
        IpStatus.registered: _("Registered"),
        IpStatus.trade_secret: _("Trade secret"),
        IpStatus.open_licence: _("Open licence"),
    },
    PriceBand: {
        PriceBand.free: _("No cost to the region"),
        PriceBand.under_50m: _("Under Rp50 million"),
        PriceBand.from_50m_to_200m: _("Rp50 million to Rp200 million"),
        PriceBand.from_200m_to_1b: _("Rp200 million to Rp1 billion"),
        PriceBand.over_1b: _("Over Rp1 billion"),
        PriceBand.negotiable: _("To be agreed"),
    },
    SizeBand: {
        SizeBand.micro: _("Micro"),
        SizeBand.small: _("Small"),
        SizeBand.medium: _("Medium"),
        SizeBand.large: _("Large"),
    },
    Language: {Language.id: _("Indonesian"), Language.en: _("English")},
    FirstStep: {
        FirstStep.call: _("A call"),
        FirstStep.visit: _("A visit"),
        FirstStep.demo: _("A demonstration"),
        FirstStep.desk_study: _("A desk study"),
    },
    Reason: {
        Reason.not_our_need: _("Not what we need or do"),
        Reason.no_budget: _("No budget"),
        Reason.capability_gap: _("The capability falls short"),
        Reason.region_or_time: _("Place or time does not fit"),
        Reason.already_partnered: _("Already has a partner"),
        Reason.route_blocked: _("The legal route is blocked"),
        Reason.no_reply: _("No reply"),
        Reason.other: _("Another reason"),
    },
    ReportReason: {
        ReportReason.spam: _("Unwanted or repeated messages"),
        ReportReason.false_claims: _("Says what is not true about itself"),
        ReportReason.asks_money: _("Asks for money or favours"),
        ReportReason.offensive: _("Insults or threatens"),
        ReportReason.other: _("Something else"),
    },
    InterestState: {
        InterestState.sent: _("Waiting for an answer"),
        InterestState.accepted: _("Accepted"),
        InterestState.declined: _("Declined"),
        InterestState.withdrawn: _("Withdrawn"),
        InterestState.stale: _("Ended without an answer"),
    },
    MeetingState: {
        MeetingState.proposed: _("Proposed"),
        MeetingState.chosen: _("Agreed"),
        MeetingState.cancelled: _("Cancelled"),
    },
    PairState: {
        PairState.sent: _("Sent"),
        PairState.seen: _("Seen"),
        PairState.exploring: _("Exploring"),
        PairState.terms_drafted: _("Terms drafted"),
        PairState.to_tkksd: _("With the TKKSD"),
        PairState.kb_signed: _("Joint agreement signed"),
        PairState.pks_signed: _("Cooperation agreement signed"),
        PairState.running: _("Running"),
        PairState.finished: _("Finished"),
        PairState.declined: _("Declined"),
        PairState.withdrawn: _("Withdrawn"),
        PairState.returned: _("Returned by the TKKSD"),
        PairState.stale: _("Gone silent"),
        PairState.unreachable: _("Cannot be reached"),
    },
    TermsSection: {
        TermsSection.purpose: _("Purpose"),
        TermsSection.object: _("Object of the cooperation"),
        TermsSection.scope: _("Scope"),
        TermsSection.location: _("Location"),
        TermsSection.duration_months: _("Duration in months"),
        TermsSection.region_brings: _("What the region brings"),
        TermsSection.partner_brings: _("What the partner brings"),
        TermsSection.costs: _("Who bears which cost"),
        TermsSection.data_privacy: _("Data and privacy"),
        TermsSection.intellectual_property: _("Intellectual property"),
        TermsSection.success: _("Measures of success"),
        TermsSection.graduation: _("What follows the pilot"),
        TermsSection.ending: _("How the cooperation ends"),
    },
    DecisionState: {
        DecisionState.proposed: _("Waiting for confirmation"),
        DecisionState.final: _("Final"),
        DecisionState.withdrawn: _("Withdrawn"),
        DecisionState.rejected: _("Turned down"),
    },
    Outlook: {
        Outlook.go_on: _("Continue as it is"),
        Outlook.widen: _("Widen it"),
        Outlook.stop: _("Stop"),
    },
    **ROUTE_LABELS,
}


def label(vocabulary: type[StrEnum], code: str | None) -> str:
    """The name of ``code`` in the reader's language; nothing for no code."""
    return gettext(LABELS[vocabulary][code]) if code else ""


def options(vocabulary: type[StrEnum], *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(code, name) of every entry, for a form."""
    return [(code, gettext(text)) for code, text in LABELS[vocabulary].items() if code not in without]


def choices(vocabulary: type[StrEnum]) -> list[tuple[str, str, str]]:
    """(code, name, what it means) of every entry, for a form."""
    return [(code, name, gettext(MEANINGS.get(vocabulary(code), ""))) for code, name in options(vocabulary)]


# What belongs to a pillar, in one line: a choice of six names alone is a guess.
_SCOPES = {
    Pillar.governance: _("How government serves and decides: services, permits, open data, policy."),
    Pillar.branding: _("How the region is known: tourism, investment, the face of its towns."),
    Pillar.economy: _("How people earn: industry, small firms, markets, payments, welfare."),
    Pillar.living: _("How people live: health, transport, logistics, the use of space."),
    Pillar.society: _("How people learn and stand together: communities, schools, safety."),
    Pillar.environment: _("Land, water and air: protection, waste, energy."),
}


def pillar_choices() -> list[tuple[str, str, str]]:
    """(code, name, what belongs there), for a form."""
    return [(code, name, gettext(_SCOPES[Pillar(code)])) for code, name in options(Pillar)]


def names(**vocabularies: type[StrEnum]) -> dict[str, dict[str, str]]:
    """What the codes of some vocabularies are called, for a page with many of them."""
    return {name: dict(options(vocabulary)) for name, vocabulary in vocabularies.items()}


_PARTS = {
    "title": _("title"),
    "summary": _("summary"),
    "problem": _("problem"),
    "offers": _("what the region offers"),
    "description": _("description"),
    "region gets": _("what a region gets"),
    "evidence": _("evidence"),
}


def part(name: str) -> str:
    """The name of a part of a matched text: ``need 2`` is one of the needs."""
    return gettext("need") if name.startswith("need ") else gettext(_PARTS[name])

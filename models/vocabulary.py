"""The closed lists of the field, by the codes that the API and the database use. Labels live in matchmaker."""

from enum import StrEnum


class Pillar(StrEnum):
    governance = "governance"
    branding = "branding"
    economy = "economy"
    living = "living"
    society = "society"
    environment = "environment"


class OrganisationKind(StrEnum):
    region = "region"
    company = "company"
    academic = "academic"


class LegalForm(StrEnum):
    """Decides the route of a cooperation (Permendagri 22/2020), so it is asked for early."""

    region = "region"
    ministry = "ministry"
    company = "company"
    bumn = "bumn"
    bumd = "bumd"
    cooperative = "cooperative"
    foundation = "foundation"
    association = "association"
    private_university = "private_university"
    state_university_satker = "state_university_satker"
    state_university_blu = "state_university_blu"
    state_university_ptnbh = "state_university_ptnbh"
    foreign = "foreign"


class Contribution(StrEnum):
    technology = "technology"
    expertise = "expertise"
    research = "research"
    training = "training"
    data = "data"
    funding = "funding"
    infrastructure = "infrastructure"


class InitiativeStatus(StrEnum):
    """``in_review`` to ``expired`` are named here for the states that later features add transitions to."""

    draft = "draft"
    in_review = "in_review"
    returned = "returned"
    published = "published"
    in_talks = "in_talks"
    agreed = "agreed"
    running = "running"
    done = "done"
    closed = "closed"
    expired = "expired"


class CardStatus(StrEnum):
    draft = "draft"
    published = "published"
    closed = "closed"


class FundingSource(StrEnum):
    apbd = "apbd"
    apbn = "apbn"
    partner = "partner"
    csr = "csr"
    none_yet = "none_yet"
    unknown = "unknown"


#: Sources that stand: the partner need not bring the money.
FUNDED = (FundingSource.apbd, FundingSource.apbn, FundingSource.csr)


class FundingBand(StrEnum):
    under_200m = "under_200m"
    from_200m_to_1b = "from_200m_to_1b"
    from_1b_to_5b = "from_1b_to_5b"
    over_5b = "over_5b"
    undecided = "undecided"


class SpbeImpact(StrEnum):
    """What an initiative does to the region's electronic government (SPBE, Perpres 95/2018)."""

    none = "none"
    reuses_existing = "reuses_existing"
    extends_existing = "extends_existing"
    new_application = "new_application"


class LegalInstrument(StrEnum):
    undecided = "undecided"
    cooperation = "cooperation"
    synergy = "synergy"
    between_regions = "between_regions"
    procurement = "procurement"
    asset_use = "asset_use"


class IpStatus(StrEnum):
    none = "none"
    pending = "pending"
    registered = "registered"
    trade_secret = "trade_secret"  # noqa: S105 - a kind of protection, no password
    open_licence = "open_licence"


class PriceBand(StrEnum):
    free = "free"
    under_50m = "under_50m"
    from_50m_to_200m = "from_50m_to_200m"
    from_200m_to_1b = "from_200m_to_1b"
    over_1b = "over_1b"
    negotiable = "negotiable"


class SizeBand(StrEnum):
    micro = "micro"
    small = "small"
    medium = "medium"
    large = "large"


class Language(StrEnum):
    id = "id"
    en = "en"


class FirstStep(StrEnum):
    call = "call"
    visit = "visit"
    demo = "demo"
    desk_study = "desk_study"


class Reason(StrEnum):
    """Why an interest or an initiative ended, or a suggestion did not help; shown in aggregate, and a signal for the
    ranking.
    """

    not_our_need = "not_our_need"
    no_budget = "no_budget"
    capability_gap = "capability_gap"
    region_or_time = "region_or_time"
    already_partnered = "already_partnered"
    route_blocked = "route_blocked"
    no_reply = "no_reply"
    other = "other"


class Verdict(StrEnum):
    """What a reader says of a suggestion."""

    useful = "useful"
    not_useful = "not_useful"


class InterestState(StrEnum):
    """``stale``: nobody has answered for six weeks."""

    sent = "sent"
    accepted = "accepted"
    declined = "declined"
    withdrawn = "withdrawn"
    stale = "stale"


class PairState(StrEnum):
    """Where a pair of initiative and card stands. A conversation is in one of those from ``exploring`` on; before it
    and in its exits an interest says it. ``matchmaker.states`` tells what may follow.
    """

    sent = "sent"
    seen = "seen"
    exploring = "exploring"
    terms_drafted = "terms_drafted"
    to_tkksd = "to_tkksd"
    kb_signed = "kb_signed"
    pks_signed = "pks_signed"
    running = "running"
    finished = "finished"
    declined = "declined"
    withdrawn = "withdrawn"
    returned = "returned"
    stale = "stale"
    unreachable = "unreachable"


class MessageKind(StrEnum):
    """``note``: for the members of the writer's own organisation alone."""

    message = "message"
    note = "note"


class Step(StrEnum):
    """What leads from one state of a pair to another."""

    see = "see"
    accept = "accept"
    decline = "decline"
    take_back = "take_back"
    draft_terms = "draft_terms"
    submit = "submit"
    return_ = "return"
    revise = "revise"
    sign_kb = "sign_kb"
    sign_pks = "sign_pks"
    start = "start"
    finish = "finish"
    leave = "leave"
    give_up = "give_up"
    go_stale = "go_stale"
    reopen = "reopen"


class TermsSection(StrEnum):
    """The sections of a term sheet, in its order."""

    purpose = "purpose"
    object = "object"
    scope = "scope"
    location = "location"
    duration_months = "duration_months"
    region_brings = "region_brings"
    partner_brings = "partner_brings"
    costs = "costs"
    data_privacy = "data_privacy"
    intellectual_property = "intellectual_property"
    success = "success"
    graduation = "graduation"
    ending = "ending"


class DecisionState(StrEnum):
    """``final``: both sides have confirmed it; ``rejected``: the other side has turned it down."""

    proposed = "proposed"
    final = "final"
    withdrawn = "withdrawn"
    rejected = "rejected"


class Stage(StrEnum):
    """Of an agreement, from the first paper to the last report."""

    preparation = "preparation"
    offer = "offer"
    kb_drafted = "kb_drafted"
    kb_signed = "kb_signed"
    dprd_approval = "dprd_approval"
    pks_drafted = "pks_drafted"
    pks_signed = "pks_signed"
    running = "running"
    reporting = "reporting"
    finished = "finished"


class Outlook(StrEnum):
    """What a side wants after a quarter of work."""

    go_on = "continue"
    widen = "widen"
    stop = "stop"


class NoticeKind(StrEnum):
    """What members of an organisation are told of, in the app and by mail; each can be switched by each member."""

    interest = "interest"
    message = "message"
    step = "step"
    terms = "terms"
    decision = "decision"
    file = "file"
    meeting = "meeting"
    agreement = "agreement"
    reminder = "reminder"
    mention = "mention"
    membership = "membership"
    verification = "verification"


class MailTiming(StrEnum):
    """When a notice is also sent by mail; in the app it always is."""

    immediate = "immediate"
    daily = "daily"
    off = "off"


#: What an account that has chosen nothing gets. What can wait for the morning does.
MAIL_DEFAULTS = dict.fromkeys(NoticeKind, MailTiming.immediate) | {
    NoticeKind.file: MailTiming.daily,
    NoticeKind.verification: MailTiming.daily,
}


class MailState(StrEnum):
    """``failed``: the last try; a job tells whether there is another. ``dropped``: there was nothing to tell any more,
    or nobody to tell.
    """

    waiting = "waiting"
    sent = "sent"
    failed = "failed"
    dropped = "dropped"


class MeetingState(StrEnum):
    proposed = "proposed"
    chosen = "chosen"
    cancelled = "cancelled"


class FileKind(StrEnum):
    """What a file is, by its content; the names are the usual endings."""

    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"
    pptx = "pptx"
    odt = "odt"
    ods = "ods"
    odp = "odp"
    png = "png"
    jpeg = "jpeg"


class ReportReason(StrEnum):
    """What an organisation is reported to the programme office for."""

    spam = "spam"
    false_claims = "false_claims"
    asks_money = "asks_money"
    offensive = "offensive"
    other = "other"


class EventKind(StrEnum):
    """What an open page is told of, by the names of the stream's events."""

    message = "message"
    interest = "interest"
    terms = "terms"
    decision = "decision"
    notice = "notice"


class MemberState(StrEnum):
    asked = "asked"
    active = "active"


class Completeness(StrEnum):
    """How much a year's list of participants says: absence from a partial list means *unknown*."""

    complete = "complete"
    partial = "partial"


class MoneyFlow(StrEnum):
    """Which way the money flows between a region and its partner: the first question of the law."""

    region_pays = "region_pays"
    partner_brings = "partner_brings"
    nothing = "nothing"
    own_costs = "own_costs"
    shared = "shared"
    invests = "invests"
    unknown = "unknown"


class ApbdShare(StrEnum):
    """Whether the regional budget bears a part, and whether that part is in this year's budget."""

    none = "none"
    budgeted = "budgeted"
    not_budgeted = "not_budgeted"
    unknown = "unknown"


class AssetUse(StrEnum):
    """Whether the partner uses land, a building or another asset of the region."""

    none = "none"
    part = "part"
    main = "main"
    unknown = "unknown"


class PartyAbroad(StrEnum):
    none = "none"
    region = "region"
    body = "body"


class Route(StrEnum):
    """The legal ways that a cooperation of a region can take."""

    ksdpk = "ksdpk"
    sinergi = "sinergi"
    ksdd = "ksdd"
    ksdpl = "ksdpl"
    ksdll = "ksdll"
    procurement = "procurement"
    asset_use = "asset_use"
    ppp = "ppp"


class PaperKind(StrEnum):
    """Papers that the application drafts."""

    offer_letter = "offer_letter"
    kak = "kak"
    feasibility_study = "feasibility_study"
    kb = "kb"
    nota_kesepakatan = "nota_kesepakatan"
    pks = "pks"
    letter_of_intent = "letter_of_intent"
    mou = "mou"


class PackageState(StrEnum):
    """How far the making of a package of papers has come."""

    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"

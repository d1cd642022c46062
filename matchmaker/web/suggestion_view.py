"""A suggestion as pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from matchmaker import facts, labels
from matchmaker.access import Viewer
from matchmaker.asking import FLOORS
from matchmaker.fits import NeedMet
from matchmaker.i18n import gettext as _
from matchmaker.i18n import show_number
from matchmaker.labels import label
from matchmaker.reading.standing import Pair, Standing
from matchmaker.reading.suggestions import Suggestion
from models.vocabulary import CardStatus, FundingBand, FundingSource, InterestState, Pillar, PriceBand

#: Words of the score that are told by name; the others are one share.
WORDS_NAMED = 6
REASONS = 3


@dataclass(frozen=True)
class SentenceView:
    """A sentence cut where words are marked; ``label`` says whose and which part it is."""

    label: str
    language: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class WordShare:
    """A shared word, and from where to where in percent it reaches in a bar of all of them."""

    word: str
    percent: int
    start: float
    width: float


@dataclass(frozen=True)
class Contact:
    """The one step towards the other side: the form of an interest, or what came of one."""

    label: str
    href: str
    first: bool
    note: str = ""


@dataclass(frozen=True)
class Judged:
    """What the viewer said of the pair so far."""

    initiative_id: int
    card_id: int
    verdict: str | None
    reason: str | None


@dataclass(frozen=True)
class SuggestionView:
    """``key`` is the id of what is suggested; ``facts`` are short; ``others`` percent of the score are other words."""

    key: int
    href: str
    title: str
    language: str
    organisation_name: str
    verified: bool
    facts: list[str]
    pillars: list[tuple[str, str]]
    band: str
    band_label: str
    reasons: list[str]
    needs: list[NeedMet]
    needs_said: str
    words: list[WordShare]
    others: WordShare | None
    score_said: str
    sentences: list[SentenceView]
    fits: list[str]
    missing: list[str]
    few_words: bool
    contact: Contact | None
    judged: Judged | None


def card_view(s: Suggestion, viewer: Viewer | None, standing: Mapping[Pair, Standing]) -> SuggestionView:
    """A card that is suggested for an initiative."""
    seat = facts.regions().get(s.organisation.region_code or "", "")
    known = [seat, f"TKT {s.card.tkt}" if s.card.tkt else "", label(PriceBand, s.card.price_band)]
    return _view(s, viewer, standing, is_card=True, known=known, pillars=s.card.pillars)


def initiative_view(s: Suggestion, viewer: Viewer | None, standing: Mapping[Pair, Standing]) -> SuggestionView:
    """An initiative that is suggested for a card."""
    source, band = funding(s)
    known = [
        facts.provinces()[s.initiative.region_code[:2]],
        _("Funding: %(source)s") % {"source": source} if source else "",
        band,
    ]
    pillars = [p for p in (s.initiative.pillar, *s.initiative.other_pillars) if p]
    return _view(s, viewer, standing, is_card=False, known=known, pillars=pillars)


def funding(s: Suggestion) -> list[str]:
    return [label(FundingSource, s.initiative.funding_source), label(FundingBand, s.initiative.funding_band)]


def _view(
    s: Suggestion,
    viewer: Viewer | None,
    standing: Mapping[Pair, Standing],
    *,
    is_card: bool,
    known: Sequence[str],
    pillars: Sequence[str],
) -> SuggestionView:
    row = s.card if is_card else s.initiative
    pair = (s.initiative.id or 0, s.card.id or 0)
    sides = (s.initiative.organisation_id, s.card.organisation_id)
    own = viewer is not None and any(viewer.member_of(side) for side in sides)
    stands = standing.get(pair, Standing())
    words, others = word_shares([(t.term, t.share) for t in s.scored.why.terms])
    reasons = _reasons(s)
    return SuggestionView(
        key=row.id or 0,
        href=f"/kapabilitas/{row.id}" if is_card else f"/inisiatif/{row.id}",
        title=row.title,
        language=row.language,
        organisation_name=s.organisation.name,
        verified=s.organisation.verified_at is not None,
        facts=[text for text in known if text],
        pillars=[(p, label(Pillar, p)) for p in pillars],
        band=s.scored.band,
        band_label=band_label(s.scored.band),
        reasons=reasons,
        needs=s.needs,
        needs_said=needs_counted(s.needs),
        words=words,
        others=others,
        score_said=_score_said(s.scored.score),
        sentences=_sentences(s, is_card=is_card),
        fits=[line for line in s.other_fits if line not in reasons],
        missing=s.other_gaps + _words_missing(s.scored.why.missing),
        few_words=s.scored.why.few_words,
        contact=contact(s, stands) if own else None,
        judged=Judged(*pair, stands.verdict, stands.reason) if own else None,
    )


def band_label(band: str) -> str:
    return {"strong": _("Strong match"), "fair": _("Fair match"), "weak": _("Weak match")}[band]


def _reasons(s: Suggestion) -> list[str]:
    """The few that say most: shared words, then what fits besides."""
    words = [term.term for term in s.scored.why.terms if any(map(str.isalpha, term.term))][:3]
    told = [_("Both speak of %(words)s") % {"words": ", ".join(words)}] if words else []
    return (told + s.other_fits)[:REASONS]


def needs_counted(needs: Sequence[NeedMet]) -> str:
    if not needs:
        return ""
    return _("Answers %(met)s of %(all)s needs") % {"met": sum(need.met for need in needs), "all": len(needs)}


def word_shares(terms: Sequence[tuple[str, float]]) -> tuple[list[WordShare], WordShare | None]:
    """The make-up of a score from the shares of its words, best first: those named, and all others as one."""
    whole = sum(share for _word, share in terms) or 1.0
    shares: list[WordShare] = []
    at = 0.0
    for word, share in terms[:WORDS_NAMED]:
        width = round(100 * share / whole, 1)
        shares.append(WordShare(word, round(100 * share / whole), round(at, 1), width))
        at += width
    rest = 100 - sum(share.percent for share in shares)
    if len(terms) <= WORDS_NAMED or rest <= 0:
        return shares, None
    return shares, WordShare(_("other words"), rest, round(at, 1), round(max(100 - at, 0.0), 1))


def _score_said(score: float) -> str:
    return _("Score %(score)s on a scale to 1. Strong begins at %(strong)s, fair at %(fair)s.") % {
        "score": show_number(round(score, 2)),
        "strong": show_number(FLOORS["strong"]),
        "fair": show_number(FLOORS["fair"]),
    }


def _words_missing(words: Sequence[str]) -> list[str]:
    return [_("Words the other text does not mention: %(words)s") % {"words": ", ".join(words[:6])}] if words else []


def _sentences(s: Suggestion, *, is_card: bool) -> list[SentenceView]:
    """The best pair, the asker's first."""
    pair = s.scored.why.sentences
    if pair is None:
        return []
    asker, other = (s.initiative, s.card) if is_card else (s.card, s.initiative)
    said = {True: _("Initiative: %(part)s"), False: _("Capability: %(part)s")}
    return [
        SentenceView(
            said[row is s.initiative] % {"part": labels.part(sentence.part)},
            row.language,
            segments(sentence.text, sentence.spans),
        )
        for row, sentence in ((asker, pair.query), (other, pair.document))
    ]


def segments(text: str, spans: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is marked; nothing is lost and nothing twice."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, marked) for piece, marked in [*pieces, (text[at:], False)] if piece]


def contact(s: Suggestion, standing: Standing) -> Contact | None:
    """For a member of either side: to the form, or to what came of it; None where neither is open."""
    if standing.conversation_id and standing.is_open:
        return Contact(_("Go to the conversation"), f"/percakapan/{standing.conversation_id}", False, _("In talks"))
    if standing.is_open and standing.incoming:
        return Contact(_("Answer their interest"), f"/minat/{standing.interest_id}", True, _("They are interested"))
    if standing.is_open:
        return Contact(_("See your interest"), f"/minat/{standing.interest_id}", False, _("Interest sent"))
    if not s.initiative.is_open or s.card.status != CardStatus.published:
        return None
    query = urlencode({"initiative": s.initiative.id, "card": s.card.id})
    before = {
        InterestState.accepted: _("Talked about once before"),
        InterestState.declined: _("Declined once before"),
        InterestState.withdrawn: _("Withdrawn once before"),
        InterestState.stale: _("Not answered once before"),
    }
    note = next((text for state, text in before.items() if state == standing.state), "")
    return Contact(_("Express interest"), f"/minat/baru?{query}", True, note)

"""All papers of a route, from what is known."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from matchmaker.papers.abroad import letter_of_intent, understanding
from matchmaker.papers.agreements import cooperation_agreement, joint_agreement, memorandum
from matchmaker.papers.facts import PaperFacts, day
from matchmaker.papers.offer import offer_letter
from matchmaker.papers.structure import Paper, printable
from matchmaker.papers.study import feasibility_study
from matchmaker.papers.terms_of_reference import terms_of_reference
from models.vocabulary import PaperKind

DRAFTS: dict[str, Callable[[PaperFacts], Paper]] = {
    PaperKind.offer_letter: offer_letter,
    PaperKind.kak: terms_of_reference,
    PaperKind.feasibility_study: feasibility_study,
    PaperKind.kb: joint_agreement,
    PaperKind.nota_kesepakatan: memorandum,
    PaperKind.pks: cooperation_agreement,
    PaperKind.letter_of_intent: letter_of_intent,
    PaperKind.mou: understanding,
}


def _cleaned(facts: PaperFacts) -> PaperFacts:
    said: dict[str, Any] = {name: printable(value) for name, value in vars(facts).items() if isinstance(value, str)}
    return replace(facts, **said)


def papers_of(facts: PaperFacts, kinds: Sequence[str]) -> list[Paper]:
    """In the order of the route, each with what its foot says of it."""
    terms = (
        f"rancangan kesepakatan versi {facts.terms.number}" if facts.terms else "belum ada rancangan yang disepakati"
    )
    note = f"DRAF versi {facts.version}, {day(facts.made_on)}; {terms}"
    return [replace(DRAFTS[kind](_cleaned(facts)), note=note) for kind in kinds]

"""The JSON API, ``/api/v1``: the verbs of the pages, a module per noun."""

from litestar import Router
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig

from matchmaker.api import (
    accounts,
    agreement_papers,
    agreements,
    attachments,
    cards,
    conversations,
    decisions,
    document,
    drafts,
    events,
    files,
    initiatives,
    interests,
    legal_route,
    meetings,
    notices,
    organisations,
    packages,
    regions,
    reports,
    suggestions,
    terms,
)
from matchmaker.api.once import provide_call
from matchmaker.api.routes import CallRequest
from matchmaker.settings import Settings

_SECTIONS = {
    "accounts": accounts.HANDLERS,
    "regions": regions.HANDLERS,
    "organisations": [*organisations.HANDLERS, *reports.HANDLERS],
    "initiatives": [*initiatives.HANDLERS, *attachments.HANDLERS],
    "cards": cards.HANDLERS,
    "suggestions": suggestions.HANDLERS,
    "interests": interests.HANDLERS,
    "conversations": [*conversations.HANDLERS, *drafts.HANDLERS],
    "routes": legal_route.HANDLERS,
    "terms": terms.HANDLERS,
    "decisions": decisions.HANDLERS,
    "packages": packages.HANDLERS,
    "files": files.HANDLERS,
    "meetings": meetings.HANDLERS,
    "agreements": [*agreements.HANDLERS, *agreement_papers.HANDLERS],
    "events": events.HANDLERS,
    "notices": notices.HANDLERS,
}

router = Router(
    "/api/v1",
    route_handlers=[Router("/", route_handlers=handlers, tags=[tag]) for tag, handlers in _SECTIONS.items()],
    dependencies={"call": Provide(provide_call)},
    request_class=CallRequest,
)


def openapi_config(settings: Settings) -> OpenAPIConfig:
    """The document, at ``/api/openapi.json`` and nowhere else."""
    return document.config(settings)

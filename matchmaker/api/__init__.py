"""The JSON API, ``/api/v1``: the verbs of the pages, a module per noun."""

from litestar import Router
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig

from matchmaker.api import (
    accounts,
    agreements,
    attachments,
    cards,
    conversations,
    decisions,
    document,
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
    suggestions,
    terms,
)
from matchmaker.api.once import provide_call
from matchmaker.api.routes import CallRequest
from matchmaker.settings import Settings

_SECTIONS = {
    "accounts": accounts.HANDLERS,
    "regions": regions.HANDLERS,
    "organisations": organisations.HANDLERS,
    "initiatives": initiatives.HANDLERS,
    "attachments": attachments.HANDLERS,
    "cards": cards.HANDLERS,
    "suggestions": suggestions.HANDLERS,
    "interests": interests.HANDLERS,
    "conversations": conversations.HANDLERS,
    "routes": legal_route.HANDLERS,
    "terms": terms.HANDLERS,
    "decisions": decisions.HANDLERS,
    "packages": packages.HANDLERS,
    "files": files.HANDLERS,
    "meetings": meetings.HANDLERS,
    "agreements": agreements.HANDLERS,
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

"""Pages, a module per section: handlers, forms and page dataclasses."""

from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler

from matchmaker.web import (
    account,
    card_form,
    cards,
    comparison,
    conversations,
    decisions,
    help,
    home,
    initiative_form,
    initiatives,
    interests,
    legal_route,
    messages,
    my_suggestions,
    office,
    organisations,
    pictures,
    regions,
    route_office,
    sign_in,
    steps,
    suggestions,
    system,
    talk_copy,
    terms,
    terms_form,
)
from matchmaker.web.visit import provide_visit

SECTIONS = (
    home,
    initiatives,
    initiative_form,
    cards,
    card_form,
    suggestions,
    my_suggestions,
    comparison,
    interests,
    conversations,
    steps,
    messages,
    talk_copy,
    legal_route,
    terms,
    terms_form,
    decisions,
    help,
    organisations,
    pictures,
    regions,
    sign_in,
    account,
    office,
    route_office,
    pictures,
    system,
)
HANDLERS: list[HTTPRouteHandler] = [handler for section in SECTIONS for handler in section.HANDLERS]
DEPENDENCIES = {"visit": Provide(provide_visit)}

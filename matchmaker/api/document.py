"""The OpenAPI document."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from litestar import Request
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from matchmaker.api.routes import BEARER
from matchmaker.inputs.validation import Input
from matchmaker.services import cookie_name, csrf_cookie_name
from matchmaker.settings import Settings

_DESCRIPTION = """\
Lists answer `{{"items": [...], "next": cursor or null}}` and take `limit` and `cursor`. Times are RFC 3339 in
UTC. Errors are RFC 9457 `application/problem+json`, in the language of `Accept-Language` (`id` or `en`) or
`?lang=`. What is absent and what is not yours to see are both 404.

A call is made under a bearer token (`createToken`), or under the session cookie `{cookie}` of the pages; with
the cookie, everything but GET also needs the header `X-CSRFToken` with the value of the cookie `{csrf}`.
"""


class _Document(JsonRenderPlugin):
    """With the schemas that Pydantic itself has of our inputs: Litestar's lose bounds and 'nothing else'."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        schemas = openapi_schema["components"]["schemas"]
        components = openapi_schema["components"] | {"schemas": schemas | _input_schemas(frozenset(schemas))}
        # Pages are no part of the contract.
        paths = {path: item for path, item in openapi_schema["paths"].items() if path.startswith("/api/")}
        return super().render(request, openapi_schema | {"paths": paths, "components": components})


def _inputs(model: type[BaseModel] = Input) -> Iterator[type[BaseModel]]:
    for child in model.__subclasses__():
        yield child
        yield from _inputs(child)


@cache
def _input_schemas(names: frozenset[str]) -> dict[str, Any]:
    """Of the inputs with these names and of what they are made of."""
    models = [model for model in _inputs() if model.__name__ in names]
    _references, found = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    schemas: dict[str, Any] = found["$defs"]
    for model in models:
        if "version" in model.model_fields:
            # A change keeps what it does not name: it has no defaults.
            for field in schemas[model.__name__]["properties"].values():
                field.pop("default", None)
    return schemas


def config(settings: Settings) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Temu Mitra API",
        version="1",
        description=_DESCRIPTION.format(cookie=cookie_name(settings), csrf=csrf_cookie_name(settings)),
        # The plugin's own path is empty, so that the document is the only thing there.
        path="/api/openapi.json",
        render_plugins=[_Document(path="/")],
        components=Components(
            security_schemes={BEARER: SecurityScheme(type="http", scheme="bearer", description="From `createToken`.")}
        ),
        use_handler_docstrings=True,
    )

"""Pages and files that are nobody's: the patterns, the static files, the health of the process."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy import text

from matchmaker.assets import by_address
from matchmaker.errors import NotFound
from matchmaker.services import services
from matchmaker.templating import Page
from matchmaker.web.visit import Visit
from models import now

FOREVER = "public, max-age=31536000, immutable"


@dataclass(kw_only=True)
class PatternsPage(Page):
    template: ClassVar[str] = "patterns/page.html"
    now: datetime


@get("/patterns")
async def patterns_page(visit: NamedDependency[Visit]) -> Response[str]:
    return visit.show(PatternsPage(now=now()))


@get("/static/{path:path}")
async def static_file(request: Request[object, object, State], path: FromPath[str]) -> Response[bytes]:
    """A file under the address of its present content; an outdated address is absent."""
    asset = by_address().get(f"/static/{path.lstrip('/')}")
    if asset is None:
        raise NotFound
    body, headers = asset.body, {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    for encoding in ("br", "gzip"):
        if re.search(rf"\b{encoding}\b", request.headers.get("accept-encoding", "")):
            body, headers = asset.squeezed(encoding), headers | {"Content-Encoding": encoding}
            break
    return Response(body, media_type=asset.media_type, headers=headers)


@get("/favicon.ico")
async def favicon() -> Response[None]:
    """Browsers ask for it whatever the page says; pages name the SVG."""
    return Response(None, status_code=204, headers={"Cache-Control": FOREVER})


@get("/health/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@get("/health/ready")
async def ready(request: Request[object, object, State]) -> Response[dict[str, str]]:
    """The process can serve: its database answers and has the schema that this program knows."""
    database = services(request).database
    async with database.transaction(write=False) as session:
        await (await session.connection()).execute(text("SELECT 1"))
    pending = await database.pending_migrations()
    body = {"status": "migrations pending" if pending else "ready"}
    return Response(body, status_code=503 if pending else 200)


HANDLERS = [patterns_page, static_file, favicon, live, ready]

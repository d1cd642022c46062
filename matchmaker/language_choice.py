"""The cookie that remembers which language a reader chose."""

from litestar.datastructures import Cookie

from matchmaker.settings import Settings

LANGUAGE_COOKIE = "lang"


def language_cookie(settings: Settings, code: str) -> Cookie:
    return Cookie(
        key=LANGUAGE_COOKIE,
        value=code,
        path="/",
        max_age=31_536_000,
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )

"""The few ways in which a request fails, in the user's words. app.py turns them into a page or problem+json.

Each carries an HTTP status and a message that is already translated; raising one rolls the transaction back.
"""

from collections.abc import Mapping


class AppError(Exception):
    """Something the user can understand and act on."""

    status = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(AppError):
    """Absent, or not this viewer's to see: the two look alike, so that nobody learns what exists."""

    status = 404


class SignInNeeded(AppError):
    status = 401


class Forbidden(AppError):
    """The viewer's own object, but not this act (an unverified organisation, say)."""

    status = 403


class Invalid(AppError):
    """Input that cannot be taken: a message per field, ``""`` standing for the whole."""

    status = 422

    def __init__(self, errors: Mapping[str, str], message: str = "") -> None:
        super().__init__(message)
        self.errors = dict(errors)


class Conflict(AppError):
    """The state of things has moved on. ``current`` and ``yours`` hold both texts of a lost edit."""

    status = 409

    def __init__(
        self,
        message: str,
        current: Mapping[str, object] | None = None,
        yours: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.current = current
        self.yours = yours


class TooLarge(AppError):
    """More bytes than are taken."""

    status = 413


class NoRoom(AppError):
    """The disk that files are kept on is full."""

    status = 507


class TooMany(AppError):
    """``retry_after``: seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after

"""Addresses in mails that work for whoever has the mail, signed in or not: to get no more of them."""

import hmac
import re

from matchmaker import security
from models.vocabulary import NoticeKind

#: Instead of a kind: the mail that gathers what has happened in a day.
DIGEST = "daily"
STOP = "/surel/berhenti/"
_WRITTEN = re.compile(r"([1-9][0-9]{0,9})-([a-z]{1,12})-([0-9a-f]{32})")


def stop_path(secret_key: str, account_id: int, topic: str) -> str:
    """The page on which an account stops mails of a kind of notices, or the daily one. Mails are kept for years, and
    so this never expires; all that it can do is to stop them.
    """
    return f"{STOP}{account_id}-{topic}-{_signature(secret_key, account_id, topic)}"


def _signature(secret_key: str, account_id: int, topic: str) -> str:
    return security.derived_token(secret_key, "stop mails", str(account_id), topic)[:32]


def read_stop_token(secret_key: str, token: str) -> tuple[int, str] | None:
    """(account, topic) of what ``stop_path`` wrote after ``STOP``; nothing for anything else."""
    written = _WRITTEN.fullmatch(token)
    if written is None:
        return None
    account_id, topic = int(written[1]), written[2]
    genuine = hmac.compare_digest(written[3], _signature(secret_key, account_id, topic))
    return (account_id, topic) if genuine and topic in (*NoticeKind, DIGEST) else None

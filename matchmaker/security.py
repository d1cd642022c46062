"""Passwords and the secrets of sessions. No row, no request: bytes in, bytes out."""

import asyncio
import hashlib
import hmac
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# RFC 9106's second recommended choice: 64 MiB a hash.
_HASHER = PasswordHasher()
# Each hash takes 64 MiB and a core for a moment; more at once only wait for each other.
_TURNS = asyncio.Semaphore(2)


@cache
def _dummy_hash() -> str:
    return _HASHER.hash(secrets.token_hex())


async def hash_password(password: str) -> str:
    async with _TURNS:
        return await asyncio.to_thread(_HASHER.hash, password)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Takes the same time whether the account exists or not: without a hash it checks a dummy."""
    async with _TURNS:
        matches = await asyncio.to_thread(_verify, password, password_hash or _dummy_hash())
    return matches and password_hash is not None


def _verify(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def derived_token(secret_key: str, *parts: str) -> str:
    """The same token for the same parts, for whoever repeats a request; worthless without the secret key."""
    text = "\x1f".join(parts).encode()
    return hmac.new(secret_key.encode(), text, hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """What is stored of a token. It is random, so a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()

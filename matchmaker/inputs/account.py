"""Accounts and signing in."""

from typing import Annotated

from pydantic import Field

from matchmaker.inputs.fields import Email
from matchmaker.inputs.text import Line
from matchmaker.inputs.validation import Input
from models.vocabulary import Language

# NIST SP 800-63B: length is what counts; no rule of composition, and a bound so that hashing stays cheap.
Password = Annotated[str, Field(min_length=10, max_length=200)]


class Registration(Input):
    name: Annotated[Line, Field(min_length=2, max_length=120)]
    email: Email
    password: Password
    language: Language = Language.id


class Credentials(Input):
    email: Annotated[Line, Field(min_length=1, max_length=254)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class Profile(Input):
    name: Annotated[Line, Field(min_length=2, max_length=120)]
    language: Language


class PasswordChange(Input):
    current: Annotated[str, Field(min_length=1, max_length=200)]
    password: Password


class Farewell(Input):
    """Deleting an account asks for the password again, under a name of its own: its page has other passwords."""

    own_password: Annotated[str, Field(min_length=1, max_length=200)]

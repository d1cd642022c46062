"""``matchmaker doctor``: what is configured, reachable and pending."""

from dataclasses import fields
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select

from matchmaker.database import Database
from matchmaker.jobs.processes import alive
from matchmaker.settings import Settings
from matchmaker.storage import Storage
from models import Account, Region

_SECRETS = {"secret_key"}


async def report(settings: Settings) -> int:
    """Prints one line a finding; answers 1 if something is wrong, else 0."""
    for field in fields(settings):
        print(f"  {field.name:<14} {_shown(field.name, getattr(settings, field.name))}")
    problems = await _problems(settings)
    if trouble := Storage(Path(settings.files_dir)).trouble():
        problems.append(trouble)
    for problem in problems:
        print(f"wrong: {problem}")
    print("something is wrong" if problems else "all is well")
    return 1 if problems else 0


def _shown(name: str, value: object) -> str:
    if name in _SECRETS:
        return "(set)"
    if name in {"database_url", "redis_url", "smtp_url"} and value:
        return make_url(str(value)).render_as_string(hide_password=True)
    return str(value)


async def _problems(settings: Settings) -> list[str]:
    if settings.sqlite_path and not settings.sqlite_path.exists():
        return [f"the database {settings.sqlite_path} does not exist; run: matchmaker migrate"]
    database = Database(settings)
    try:
        if await database.pending_migrations():
            return ["migrations are pending; run: matchmaker migrate"]
        return [*await _missing_rows(database), *await _idle_queue(database, settings)]
    except (SQLAlchemyError, OSError) as error:
        return [f"the database cannot be reached: {type(error).__name__}"]
    finally:
        await database.close()


async def _missing_rows(database: Database) -> list[str]:
    async with database.transaction(write=False) as session:
        regions = (await session.exec(select(func.count(col(Region.code))))).one()
        offices = (await session.exec(select(func.count(col(Account.id))).where(col(Account.is_office)))).one()
    problems = []
    if regions == 0:
        problems.append("the reference data is not loaded; run: matchmaker migrate")
    if offices == 0:
        problems.append("nobody is of the programme office; run: matchmaker create-admin EMAIL")
    return problems


async def _idle_queue(database: Database, settings: Settings) -> list[str]:
    async with database.transaction(write=False) as session:
        working = await alive(session)
    if settings.embedded_jobs or working:
        return []
    return ["nobody carries out background work (mails, reminders); start: matchmaker worker"]

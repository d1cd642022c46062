"""The command line ``matchmaker``."""

import argparse
import asyncio
import getpass
import os
import secrets
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from matchmaker import arguments, doctor, facts
from matchmaker.actions.accounts import make_office_account
from matchmaker.actions.demo import ACCOUNTS, PASSWORD, load_demo
from matchmaker.app import create_app
from matchmaker.database import Database
from matchmaker.errors import AppError, Invalid
from matchmaker.i18n import in_language
from matchmaker.inputs.account import Registration
from matchmaker.inputs.validation import check
from matchmaker.jobs.queue import create_tables
from matchmaker.rematch import Wanted, data_folder, rematch
from matchmaker.settings import Settings, SettingsError, from_environment
from matchmaker.storage import Storage
from matchmaker.worker import work_until_told

WRONG_USE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit status: 0 done, 1 failed, 2 called wrongly."""
    options = _parser().parse_args(arguments)
    try:
        with in_language("en"):
            return int(options.run(options))
    except SettingsError as error:
        return _refuse(str(error), WRONG_USE)
    except Invalid as error:
        return _refuse("; ".join(f"{field}: {message}" for field, message in error.errors.items()), WRONG_USE)
    except SQLAlchemyError as error:
        return _refuse(f"the database cannot be used: {getattr(error, 'orig', None) or error}")
    except (AppError, OSError) as error:
        return _refuse(str(error))


def _refuse(message: str, status: int = 1) -> int:
    print(f"matchmaker: {message}", file=sys.stderr)
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, where argparse would show the usage as well."""
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="matchmaker",
        description="Regions, companies and campuses find each other and agree to work together.",
        epilog="Settings come from the environment (MATCHMAKER_...); see docs/operations.md.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="start with a local database full of demo content")
    _add_address(demo)
    demo.set_defaults(run=_demo)
    serve = commands.add_parser("serve", help="start the server on a migrated database")
    _add_address(serve)
    serve.add_argument("--workers", type=_positive, default=1, help="processes (default 1)")
    serve.set_defaults(run=_serve)
    migrate = commands.add_parser("migrate", help="bring schema and reference data up to date; safe to repeat")
    migrate.set_defaults(run=_migrate)
    worker = commands.add_parser("worker", help="carry out background work; beside the servers, on PostgreSQL")
    worker.set_defaults(run=_worker)
    admin = commands.add_parser("create-admin", help="make an account of the programme office")
    admin.add_argument("email", metavar="EMAIL")
    admin.add_argument("--name", default="Programme office", help="shown to others")
    admin.add_argument(
        "--generate-password", action="store_true", help="print a new password instead of asking for one"
    )
    admin.set_defaults(run=_create_admin)
    _add_rematch(commands.add_parser("rematch", help="work out the best cards of all initiatives"))
    check_up = commands.add_parser("doctor", help="say what is configured, reachable and pending")
    check_up.set_defaults(run=_doctor)
    return parser


def _add_rematch(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output",
        type=arguments.output,
        metavar="FILE",
        help="JSON lines, one an initiative; - for standard output (default suggestions.jsonl beside the database)",
    )
    command.add_argument("--limit", type=_positive, default=20, help="cards for each initiative (default 20)")
    command.add_argument(
        "--dask", type=arguments.scheduler, metavar="ADDRESS", help="work on the cluster of this scheduler"
    )
    command.add_argument(
        "--shared",
        type=arguments.folder,
        metavar="FOLDER",
        help="with --dask: where all workers find the same files (default beside the database)",
    )
    command.set_defaults(run=_rematch)


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="port to listen on (default 8000)")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def _demo(options: argparse.Namespace) -> int:
    _require_free(options)
    address = f"http://{options.host}:{options.port}"
    given = {"demo": True, "base_url": address, "log_format": "text"}
    places = {
        "MATCHMAKER_DATABASE_URL": "sqlite+aiosqlite:///var/demo.db",
        "MATCHMAKER_INDEX_DIR": "var/demo-index",
        "MATCHMAKER_FILES_DIR": "var/demo-files",
    }
    settings = from_environment(places | os.environ, **given)
    asyncio.run(_prepare(settings, with_demo=True))
    print(f"\nTemu Mitra (demo) on {address}   password of every account: {PASSWORD}")
    for key in ACCOUNTS:
        print(f"  {key}@demo.example")
    print("Stop with Ctrl+C.\n", flush=True)
    _run(settings, options)
    return 0


def _serve(options: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    asyncio.run(_require_schema(settings))
    _require_free(options)
    if options.workers == 1:
        _run(settings, options)
        return 0
    uvicorn.run(
        "matchmaker.__main__:app_from_environment",
        factory=True,
        host=options.host,
        port=options.port,
        workers=options.workers,
        # A worker counts as hung until it has imported everything, which takes a slow machine more than the usual 5 s.
        timeout_worker_healthcheck=60,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    return 0


def app_from_environment() -> object:
    """For each of several worker processes, which share nothing but the environment."""
    return create_app(from_environment(os.environ))


def _run(settings: Settings, options: argparse.Namespace) -> None:
    uvicorn.run(
        create_app(settings),
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )


async def _prepare(settings: Settings, *, with_demo: bool = False) -> None:
    database = Database(settings)
    try:
        await database.migrate()
        await create_tables(settings)
        async with database.transaction() as session:
            await facts.load_facts(session)
        if with_demo:
            await load_demo(database, Storage(Path(settings.files_dir)))
    finally:
        await database.close()


def _require_free(options: argparse.Namespace) -> None:
    """Says that the port is taken before anything is begun, and not below a cheerful greeting."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    socket.create_server((options.host, options.port), family=family).close()


async def _require_schema(settings: Settings) -> None:
    # Looking into a database that is not there would create an empty one.
    absent = settings.sqlite_path is not None and not settings.sqlite_path.exists()
    if absent or await _pending(settings):
        raise AppError("the database is not up to date; run: matchmaker migrate")


async def _pending(settings: Settings) -> bool:
    database = Database(settings)
    try:
        return await database.pending_migrations()
    finally:
        await database.close()


def _migrate(_options: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    asyncio.run(_prepare(settings))
    print("The schema and the reference data are up to date.")
    return 0


def _create_admin(options: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    password = secrets.token_urlsafe(12) if options.generate_password else _asked_password()
    given = check(Registration, {"email": options.email, "password": password, "name": options.name})
    asyncio.run(_require_schema(settings))
    was_made = asyncio.run(_make_admin(settings, given))
    if was_made:
        print(f"{given.email} is now of the programme office.")
    else:
        print(f"{given.email} is of the programme office already. Its password stays as it was.")
    if options.generate_password and was_made:
        print(f"Password: {password}")
    return 0


def _asked_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password (10 characters or more): ")


async def _make_admin(settings: Settings, given: Registration) -> bool:
    database = Database(settings)
    try:
        return await make_office_account(database, given.email, given.name, given.password)
    finally:
        await database.close()


def _worker(_options: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    asyncio.run(_require_schema(settings))
    asyncio.run(work_until_told(settings))
    return 0


def _rematch(options: argparse.Namespace) -> int:
    if options.shared and not options.dask:
        return _refuse("--shared goes with --dask", WRONG_USE)
    settings = from_environment(os.environ)
    asyncio.run(_require_schema(settings))
    folder = data_folder(settings)
    output = options.output or folder / "suggestions.jsonl"
    to_stdout = str(output) == "-"
    wanted = Wanted(None if to_stdout else output, options.limit, options.dask, options.shared or folder)
    print(rematch(settings, wanted), file=sys.stderr if to_stdout else sys.stdout)
    return 0


def _doctor(_options: argparse.Namespace) -> int:
    return asyncio.run(doctor.report(from_environment(os.environ)))


if __name__ == "__main__":
    sys.exit(main())

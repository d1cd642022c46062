"""What a page costs: few questions to the database, and no more of them when there is more to show."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, func, select

from matchmaker.database import Database
from models import (
    Account,
    Card,
    Decision,
    File,
    FileVersion,
    IndexChange,
    Initiative,
    Meeting,
    MeetingSlot,
    Membership,
    Message,
    Milestone,
    Monitoring,
    Need,
    Notice,
    Package,
    Session,
    StoredFile,
    TermsComment,
    TermsVersion,
    now,
)
from tests.actions.test_terms import propose as propose_terms
from tests.visitor import Visitor
from tests.web.rows import copies, many_of, one
from tests.world import Scene, World

Visit = Callable[..., Visitor]
MOST = 8


@contextmanager
def counted(engine: AsyncEngine) -> Iterator[list[str]]:
    """The statements that reach the database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)


async def grow(database: Database, world: World, scene: Scene, count: int) -> None:
    """``count`` more of everything that the pages of the officer and the founder show."""
    initiative = await one(database, Initiative, scene.initiative)
    ids = await copies(database, initiative, count)
    await copies(database, initiative, count, status=lambda _n: "draft")
    async with database.transaction(write=False) as session:
        need = (await session.exec(select(Need))).first()
        message = (await session.exec(select(Message))).first()
        notice = (await session.exec(select(Notice).where(col(Notice.interest_id).is_not(None)))).first()
        account = await session.get_one(Account, world.stranger.account_id)
    assert need is not None
    assert message is not None
    assert notice is not None
    await copies(database, need, 3 * count, initiative_id=lambda n: ids[n % count])
    await copies(database, need, count, initiative_id=lambda _n: scene.initiative)
    await copies(database, message, count)
    await copies(database, notice, count)
    await copies(database, notice, count, account_id=lambda _n: world.officer.account_id)
    async with database.transaction() as session:
        known = (await session.exec(select(func.count(col(TermsComment.id))))).one()
        session.add_all(
            made(**signed(world, scene), **fields)
            for n in range(known, known + count)
            for made, fields in (
                (TermsVersion, {"number": n + 10}),
                (TermsComment, {"version_number": 1, "section": "scope", "body": "Why?"}),
                (Decision, {"number": n + 1, "title": f"Point {n}", "body": "This is decided."}),
            )
        )
    await grow_talk(database, world, scene, range(known, known + count))
    for path in ("/kapabilitas", "/percakapan", "/organisasi"):
        await many_of(database, world, scene, path, count)
    accounts = await copies(database, account, count, email=lambda n: f"member{n}-of-{count}@test.example")
    await grow_accounts(database, world, accounts)


async def grow_accounts(database: Database, world: World, accounts: list[int]) -> None:
    """Askers for membership, sessions of the officer, and as much to catch up with for matching."""
    region, count = world.officer.organisation_id, len(accounts)
    async with database.transaction() as session:
        session.add_all(Membership(account_id=a, organisation_id=region, state="asked") for a in accounts)
        session.add_all(
            Session(
                token_hash=f"{count:04d}{n:060d}",
                account_id=world.officer.account_id,
                kind="web",
                expires_at=now() + timedelta(days=1),
            )
            for n in range(count)
        )
        for kind, table in (("initiative", Initiative), ("card", Card)):
            changed = (await session.exec(select(table.id).order_by(col(table.id)))).all()
            session.add_all(IndexChange(kind=kind, object_id=row_id or 0) for row_id in changed)


async def grow_talk(database: Database, world: World, scene: Scene, numbers: range) -> None:
    """Files, meetings, papers, milestones and reports of one conversation and its agreement."""
    by = {"account_id": world.officer.account_id, "organisation_id": world.officer.organisation_id}
    talk, agreement = {"conversation_id": scene.conversation}, {"agreement_id": scene.agreement}
    async with database.transaction() as session:
        if numbers[0] == 0:
            session.add(StoredFile(sha256="0" * 64, size=1))
        files = [File(name=f"{n}.pdf", name_key=f"{n}.pdf", newest=1, **talk) for n in numbers]
        meetings = [
            Meeting(minutes=30, online=True, place="https://rapat.example", uid=f"{n}", **talk, **by) for n in numbers
        ]
        session.add_all([*files, *meetings])
        await session.flush()
        session.add_all(
            [
                *(FileVersion(file_id=f.id or 0, number=1, sha256="0" * 64, size=1, kind="pdf", **by) for f in files),
                *(MeetingSlot(meeting_id=m.id or 0, starts_at=now() + timedelta(days=3)) for m in meetings),
                *(Package(number=n + 1, route="ksdpk", state="done", total=1, **talk, **by) for n in numbers),
                *(_milestone(world, n, agreement) for n in numbers),
                *(
                    Monitoring(
                        quarter=f"{2000 + n}-Q1",
                        progress="As planned.",
                        rating=4,
                        outlook="continue",
                        **by,
                        **agreement,
                    )
                    for n in numbers
                ),
            ]
        )


def _milestone(world: World, number: int, agreement: dict[str, int]) -> Milestone:
    day = (now() + timedelta(days=number)).date()
    side = world.officer.organisation_id
    return Milestone(title=f"Well {number}", due_on=day, organisation_id=side, **agreement)


async def ids_of(database: Database, world: World, scene: Scene) -> tuple[int, int]:
    """A meeting of the conversation, and a message that its author may still edit."""
    author = world.officer
    async with database.transaction() as session:
        query = select(func.min(Meeting.id)).where(Meeting.conversation_id == scene.conversation)
        meeting = (await session.exec(query)).one() or 0
        said = Message(
            conversation_id=scene.conversation,
            author_id=author.account_id,
            organisation_id=author.organisation_id,
            body="Still being mended.",
        )
        session.add(said)
        await session.flush()
        return meeting, said.id or 0


def signed(world: World, scene: Scene) -> dict[str, int]:
    return {
        "conversation_id": scene.conversation,
        "organisation_id": world.officer.organisation_id,
        "author_id": world.officer.account_id,
    }


def pages_of(world: World, scene: Scene) -> list[str]:
    """Every page that an officer can open by GET."""
    pair = f"initiative={scene.initiative}&card={scene.card}"
    own = world.officer.organisation_id
    return [
        *("/", "/inisiatif", "/kapabilitas", "/organisasi", "/daerah", "/daerah?q=sumba", "/daerah/53.11", "/akun"),
        *("/daerah/peta", "/daerah/peta?provinsi=53&tahun=2023", "/daerah?provinsi=53&tahun=2023"),
        *("/pemberitahuan", "/akun/pemberitahuan"),
        *("/saran", "/minat", "/percakapan", "/inisiatif/baru", "/organisasi/baru", "/patterns", "/health/ready"),
        *(f"/minat/baru?{pair}", f"/minat/baru?card={scene.card}", f"/minat/{scene.interest}"),
        *(f"/percakapan/{scene.conversation}/jalur", "/jalur?legal_form=company"),
        *(
            f"/percakapan/{scene.conversation}",
            f"/percakapan/{scene.conversation}/langkah",
            "/kesepakatan",
            f"/kesepakatan/{scene.agreement}",
            f"/inisiatif/{scene.initiative}",
            f"/inisiatif/{scene.draft}/ubah",
        ),
        *(f"/percakapan/{scene.conversation}{part}" for part in ("/rancangan", "/rancangan/1", "/rancangan/ubah")),
        *(f"/percakapan/{scene.conversation}{part}" for part in ("/rancangan/banding", "/keputusan")),
        *(f"/percakapan/{scene.conversation}{part}" for part in ("/berkas", "/pertemuan", "/jalur/naskah")),
        *(f"/percakapan/{scene.conversation}{part}" for part in ("/langkah?langkah=leave", "/pesan?sesudah=0")),
        *(f"/percakapan/{scene.conversation}/salinan.pdf?catatan=ya", "/percakapan?cari=compost"),
        *(f"/kesepakatan/{scene.agreement}?isi={form}" for form in ("pemantauan", "capaian", "hasil")),
        *(
            f"/inisiatif/{scene.initiative}/saran/banding?kartu={scene.card}",
            f"/kapabilitas/{scene.card}/saran/banding",
        ),
        *(f"/inisiatif/{scene.initiative}/saran", f"/kapabilitas/{scene.card}", f"/kapabilitas/{scene.card}/saran"),
        *(f"/organisasi/{own}", f"/organisasi/{own}/ubah", f"/organisasi/{world.founder.organisation_id}"),
    ]


def compared(scene: Scene) -> str:
    return f"/kapabilitas/{scene.card}/saran/banding?inisiatif={scene.initiative}"


async def test_a_page_asks_few_questions_however_much_there_is(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    officer, founder, office, nobody = [visit() for _ in range(4)]
    for visitor, person in ((officer, world.officer), (founder, world.founder), (office, world.office)):
        await visitor.sign_in(person)
    for number in (0, 1):
        await propose_terms(database, world.officer, scene.conversation, number, purpose=f"Purpose {number}")
    await grow(database, world, scene, 5)
    meeting, message = await ids_of(database, world, scene)
    talk = f"/percakapan/{scene.conversation}"
    readers = [(officer, path) for path in pages_of(world, scene)]
    readers += [(officer, f"{talk}/pertemuan/{meeting}/ubah"), (officer, f"{talk}/pesan/{message}/ubah")]
    readers += [(founder, path) for path in ("/", f"/kapabilitas/{scene.card}/ubah", "/kapabilitas/baru", "/saran")]
    readers += [(founder, f"/kapabilitas/{scene.card}/saran"), (founder, compared(scene))]
    readers += [
        (office, path)
        for path in ("/", "/pengelola", "/pengelola/jalur", f"/organisasi/{world.clerk.organisation_id}")
    ]
    readers += [(nobody, path) for path in ("/", "/masuk", "/daftar", f"/inisiatif/{scene.initiative}")]

    async def asked() -> dict[tuple[int, str], int]:
        answer = {}
        for path in pages_of(world, scene):
            if "/saran" in path or path.startswith(("/percakapan/", "/minat/")):
                await officer.get(path)  # the first look follows, or marks, what is new
        for visitor, path in readers:
            with counted(database.engine) as statements:
                page = await visitor.get(path)
            assert page.status == 200, path
            answer[readers.index((visitor, path)), path] = len(statements)
        return answer

    few = await asked()
    assert {path: n for path, n in few.items() if n > MOST} == {}
    await grow(database, world, scene, 60)
    assert await asked() == few

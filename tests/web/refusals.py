"""Who is refused where: one row for every method of every route.

Four callers make each call, on real objects of the world: somebody signed out, a stranger without an organisation, a
member of another verified organisation, a member of an unverified one. A row says the status of each, in that order.
"""

from dataclasses import dataclass
from typing import Any

from tests.world import CARD, INITIATIVE

CALLERS = ("signed out", "stranger", "other organisation", "unverified")


@dataclass(frozen=True)
class Row:
    """``path`` and ``body`` name objects in braces; ``why``: the reason where a call is open to all."""

    method: str
    route: str
    statuses: tuple[int, int, int, int]
    body: dict[str, Any] | None = None
    path: str = ""
    other: str = "officer2"
    unverified: str = "newcomer"
    why: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.route


def get(route: str, *statuses: int, **more: Any) -> Row:
    return Row("GET", route, tuple(statuses), **more)


def post(route: str, *statuses: int, **more: Any) -> Row:
    return Row("POST", route, tuple(statuses), **more)


def open_to_all(route: str, why: str, path: str = "", status: int = 200) -> Row:
    return Row("GET", route, (status,) * 4, path=path, why=why)


# Absent and forbidden are the same; pages send whoever is signed out to sign in, before anything is looked up.
GONE = (303, 404, 404, 404)
GONE_ON_POST = (401, 404, 404, 404)
# Drafts are looked up first, as the same address is public once it is published.
UNPUBLISHED = (404, 404, 404, 404)
OWN = (303, 200, 200, 200)

PUBLIC = [
    open_to_all("/", "the start page, or one's own desk"),
    open_to_all("/daerah", "the map of the country is public"),
    open_to_all("/daerah/peta", "the map of the country is public"),
    open_to_all("/daerah/{code:str}", "who took part is public", "/daerah/53.11"),
    open_to_all("/inisiatif", "published needs are public"),
    open_to_all("/kapabilitas", "published cards are public"),
    open_to_all("/organisasi", "one looks for one's own before joining it"),
    open_to_all("/organisasi/{organisation_id:int}", "who is behind a card is public", "/organisasi/{region}"),
    open_to_all("/patterns", "nobody's data"),
    open_to_all("/bantuan", "help is for everybody"),
    open_to_all("/bantuan/{slug:str}", "help is for everybody", "/bantuan/privasi"),
    open_to_all("/jalur", "the law is public"),
    open_to_all("/static/{path:path}", "nobody's data", "{asset}"),
    open_to_all("/gambar.png", "nobody's data"),
    open_to_all("/daerah/{code:str}/gambar.png", "a name on a map", "/daerah/53.11/gambar.png"),
    open_to_all("/favicon.ico", "nobody's data", status=204),
    open_to_all("/health/live", "for whoever runs the machine; says nothing else"),
    open_to_all("/health/ready", "for whoever runs the machine; says nothing else"),
    get("/masuk", 200, 303, 303, 303, why="signing in"),
    get("/daftar", 200, 303, 303, 303, why="registering"),
    post("/masuk", 422, 422, 422, 422, body={}, why="signing in; it checks a password itself"),
    post("/daftar", 422, 422, 422, 422, body={}, why="registering"),
    open_to_all("/surel/berhenti/{token:str}", "the link in a mail, signed", "/surel/berhenti/{stop}"),
    post(
        "/surel/berhenti/{token:str}",
        200,
        200,
        200,
        200,
        path="/surel/berhenti/{stop}",
        why="the link in a mail, signed",
    ),
    post("/keluar", 303, 303, 303, 303, why="ends the caller's own session, if there is one"),
]
ACCOUNT = [
    get("/akun", *OWN),
    post("/akun", 401, 422, 422, 422, body={"name": ""}),
    post("/akun/sandi", 401, 422, 422, 422, body={"current": "", "password": ""}),
    post("/akun/hapus", 401, 422, 422, 422, body={"own_password": ""}),
    post("/akun/sesi/{session_id:int}/cabut", *GONE_ON_POST, path="/akun/sesi/{session}/cabut"),
    # Each sees and marks their own: tests/web/test_notices.py
    get("/pemberitahuan", *OWN),
    post("/pemberitahuan/dibaca", 401, 303, 303, 303),
    get("/akun/pemberitahuan", *OWN),
    post("/akun/pemberitahuan", 401, 422, 422, 422, body={"message": "hourly"}),
]
INITIATIVES = [
    get("/inisiatif/baru", 303, 403, 200, 200, unverified="clerk"),
    post("/inisiatif/baru", 401, 403, 303, 303, unverified="clerk", body={"title": INITIATIVE["title"]}),
    get("/inisiatif/{initiative_id:int}", *UNPUBLISHED, path="/inisiatif/{draft}"),
    get("/inisiatif/{initiative_id:int}/gambar.png", *UNPUBLISHED, path="/inisiatif/{draft}/gambar.png"),
    get("/inisiatif/{initiative_id:int}/saran", *UNPUBLISHED, path="/inisiatif/{draft}/saran"),
    get("/inisiatif/{initiative_id:int}/saran/banding", *UNPUBLISHED, path="/inisiatif/{draft}/saran/banding?kartu=1"),
    get("/inisiatif/{initiative_id:int}/ubah", *GONE, path="/inisiatif/{initiative}/ubah", unverified="clerk"),
    get("/inisiatif/{initiative_id:int}/lampiran", *GONE, path="/inisiatif/{initiative}/lampiran", unverified="clerk"),
    # Who may have which: tests/web/test_attachments.py
    get("/inisiatif/{initiative_id:int}/lampiran/{attachment_id:int}", *GONE, path="/inisiatif/{draft}/lampiran/1"),
    *(
        post(
            f"/inisiatif/{{initiative_id:int}}/lampiran{rest}",
            *GONE_ON_POST,
            path=f"/inisiatif/{{initiative}}/lampiran{filled}",
            unverified="clerk",
            body={},
        )
        for rest, filled in (("", ""), ("/{attachment_id:int}/hapus", "/1/hapus"))
    ),
    *(
        post(
            f"/inisiatif/{{initiative_id:int}}/{verb}",
            *GONE_ON_POST,
            path=f"/inisiatif/{{{thing}}}/{verb}",
            unverified="clerk",
            body={"title": "Taken over by others", "version": "1", "reason": "other"},
        )
        for verb, thing in (("ubah", "initiative"), ("terbitkan", "draft"), ("tutup", "initiative"))
    ),
]
CARDS = [
    get("/kapabilitas/baru", 303, 403, 200, 200, other="lecturer"),
    post("/kapabilitas/baru", 401, 403, 303, 303, other="lecturer", body={"title": CARD["title"]}),
    get("/kapabilitas/{card_id:int}", *UNPUBLISHED, path="/kapabilitas/{card_draft}"),
    get("/kapabilitas/{card_id:int}/gambar.png", *UNPUBLISHED, path="/kapabilitas/{card_draft}/gambar.png"),
    get("/kapabilitas/{card_id:int}/saran", *UNPUBLISHED, path="/kapabilitas/{card_draft}/saran"),
    get("/kapabilitas/{card_id:int}/saran/banding", *UNPUBLISHED, path="/kapabilitas/{card_draft}/saran/banding"),
    get("/kapabilitas/{card_id:int}/ubah", *GONE, path="/kapabilitas/{card}/ubah", other="lecturer"),
    *(
        post(
            f"/kapabilitas/{{card_id:int}}/{verb}",
            *GONE_ON_POST,
            path=f"/kapabilitas/{{{thing}}}/{verb}",
            other="lecturer",
            body={"title": "Taken over by others", "version": "1"},
        )
        for verb, thing in (("ubah", "card"), ("terbitkan", "card_draft"), ("tutup", "card"))
    ),
]
INTEREST = {
    "initiative_id": "{initiative}",
    "card_id": "{card}",
    "message": "Twenty characters and more.",
    "first_step": "call",
}
VERDICT = {"initiative_id": "{initiative}", "card_id": "{card}", "verdict": "useful", "here": "/saran"}
_TALK = "/percakapan/{conversation_id:int}"
_MESSAGE = f"{_TALK}/pesan/{{message_id:int}}/ubah"
TALKS = [
    get("/saran", *OWN),
    post("/saran/pendapat", *GONE_ON_POST, body=VERDICT),
    get("/minat", *OWN),
    get("/percakapan", *OWN),
    get("/minat/baru", *GONE, path="/minat/baru?initiative={initiative}&card={card}"),
    post("/minat/baru", *GONE_ON_POST, body=INTEREST),
    get("/minat/{interest_id:int}", *GONE, path="/minat/{interest}"),
    *(
        post(
            f"/minat/{{interest_id:int}}/{verb}",
            *GONE_ON_POST,
            path=f"/minat/{{interest}}/{verb}",
            body={"reason": "other"},
        )
        for verb in ("terima", "tolak", "tarik")
    ),
    get("/percakapan/{conversation_id:int}", *GONE, path="/percakapan/{conversation}"),
    post(
        "/percakapan/{conversation_id:int}",
        *GONE_ON_POST,
        path="/percakapan/{conversation}",
        body={"body": "Let me in"},
    ),
    get("/percakapan/{conversation_id:int}/langkah", *GONE, path="/percakapan/{conversation}/langkah"),
    post(
        "/percakapan/{conversation_id:int}/langkah",
        *GONE_ON_POST,
        path="/percakapan/{conversation}/langkah",
        body={"step": "draft_terms"},
    ),
    get("/percakapan/belum-dibaca", *OWN),
    get(f"{_TALK}/pesan", *GONE, path="/percakapan/{conversation}/pesan?sesudah=0"),
    get(f"{_TALK}/salinan.pdf", *GONE, path="/percakapan/{conversation}/salinan.pdf?catatan=ya"),
    post(f"{_TALK}/dibaca", *GONE_ON_POST, path="/percakapan/{conversation}/dibaca", body={"sampai": "1"}),
    post(f"{_TALK}/konsep", *GONE_ON_POST, path="/percakapan/{conversation}/konsep", body={"body": "Mine"}),
    # Only its author edits a message: for the other members too it is not there.
    get(_MESSAGE, *GONE, path="/percakapan/{conversation}/pesan/1/ubah", unverified="officer"),
    post(
        _MESSAGE,
        *GONE_ON_POST,
        path="/percakapan/{conversation}/pesan/1/ubah",
        unverified="officer",
        body={"body": "Not what was said", "version": "1"},
    ),
    get("/percakapan/{conversation_id:int}/jalur/naskah", *GONE, path="/percakapan/{conversation}/jalur/naskah"),
    post(
        "/percakapan/{conversation_id:int}/jalur/naskah", *GONE_ON_POST, path="/percakapan/{conversation}/jalur/naskah"
    ),
    get("/naskah/{package_id:int}/{file_id:int}", *GONE, path="/naskah/1/1"),  # real ones: tests/web/test_packages.py
    get("/percakapan/{conversation_id:int}/jalur", *GONE, path="/percakapan/{conversation}/jalur"),
    post("/percakapan/{conversation_id:int}/jalur", *GONE_ON_POST, path="/percakapan/{conversation}/jalur"),
    post(
        "/percakapan/{conversation_id:int}/jalur/tutup", *GONE_ON_POST, path="/percakapan/{conversation}/jalur/tutup"
    ),
    *(
        get(f"/percakapan/{{conversation_id:int}}/{part}", *GONE, path=f"/percakapan/{{conversation}}/{filled}")
        for part, filled in (
            ("rancangan", "rancangan"),
            ("rancangan/ubah", "rancangan/ubah"),
            ("rancangan/banding", "rancangan/banding"),
            ("rancangan/{version:int}", "rancangan/1"),
            ("keputusan", "keputusan"),
        )
    ),
    *(
        post(
            f"/percakapan/{{conversation_id:int}}/{part}",
            *GONE_ON_POST,
            path=f"/percakapan/{{conversation}}/{filled}",
            body={"section": "scope", "body_scope": "Ours", "title": "Ours alone", "body": "Taken over by others."},
        )
        for part, filled in (
            ("rancangan/ubah", "rancangan/ubah"),
            ("rancangan/{version:int}/setuju", "rancangan/1/setuju"),
            ("rancangan/komentar", "rancangan/komentar"),
            ("rancangan/komentar/{comment_id:int}", "rancangan/komentar/1"),
            ("keputusan", "keputusan"),
            ("keputusan/{number:int}/setuju", "keputusan/1/setuju"),
            ("keputusan/{number:int}/tarik", "keputusan/1/tarik"),
            ("keputusan/{number:int}/tolak", "keputusan/1/tolak"),
        )
    ),
    get(f"{_TALK}/berkas", *GONE, path="/percakapan/{conversation}/berkas"),
    post(f"{_TALK}/berkas", *GONE_ON_POST, path="/percakapan/{conversation}/berkas", body={}),
    get(f"{_TALK}/berkas/{{file_id:int}}/{{number:int}}", *GONE, path="/percakapan/{conversation}/berkas/1/1"),
    get(f"{_TALK}/pertemuan", *GONE, path="/percakapan/{conversation}/pertemuan"),
    post(f"{_TALK}/pertemuan", *GONE_ON_POST, path="/percakapan/{conversation}/pertemuan", body={}),
    get(f"{_TALK}/pertemuan/{{file:str}}", *GONE, path="/percakapan/{conversation}/pertemuan/1.ics"),
    get(f"{_TALK}/pertemuan/{{meeting_id:int}}/ubah", *GONE, path="/percakapan/{conversation}/pertemuan/1/ubah"),
    *(
        post(
            f"{_TALK}/pertemuan/{{meeting_id:int}}/{verb}",
            *GONE_ON_POST,
            path=f"/percakapan/{{conversation}}/pertemuan/1/{verb}",
            body={},
        )
        for verb in ("pilih", "ubah", "batal")
    ),
]
_AGREED = "/kesepakatan/{agreement_id:int}"
AGREEMENTS = [
    get("/kesepakatan", *OWN),
    get(_AGREED, *GONE, path="/kesepakatan/{agreement}"),
    *(
        post(f"{_AGREED}/{verb}", *GONE_ON_POST, path=f"/kesepakatan/{{agreement}}/{verb}", body={"show": "1"})
        for verb in ("tahap", "tanda-tangan", "capaian", "pemantauan", "hasil", "tampil")
    ),
    get(f"{_AGREED}/capaian/{{milestone_id:int}}/bukti", *GONE, path="/kesepakatan/{agreement}/capaian/1/bukti"),
    get(f"{_AGREED}/dokumen/{{stage:str}}", *GONE, path="/kesepakatan/{agreement}/dokumen/kb_signed"),
    post(f"{_AGREED}/capaian/{{milestone_id:int}}", *GONE_ON_POST, path="/kesepakatan/{agreement}/capaian/1", body={}),
]
_MEMBER = "/organisasi/{organisation_id:int}/anggota/{account_id:int}"
ORGANISATIONS = [
    get("/organisasi/baru", *OWN),
    post("/organisasi/baru", 401, 422, 422, 422, body={"kind": ""}),
    get("/organisasi/{organisation_id:int}/ubah", *GONE, path="/organisasi/{region}/ubah"),
    post(
        "/organisasi/{organisation_id:int}/ubah",
        *GONE_ON_POST,
        path="/organisasi/{region}/ubah",
        body={"name": "Taken over", "version": "1"},
    ),
    # Whoever is signed in may ask; an admin answers.
    post("/organisasi/{organisation_id:int}/gabung", 401, 303, 303, 303, path="/organisasi/{region}/gabung"),
    *(
        post(f"{_MEMBER}/{verb}", *GONE_ON_POST, path=f"/organisasi/{{region}}/anggota/{{colleague}}/{verb}")
        for verb in ("terima", "admin", "keluarkan")
    ),
    get("/organisasi/{organisation_id:int}/laporkan", 303, 404, 200, 200, path="/organisasi/{region}/laporkan"),
    post("/organisasi/{organisation_id:int}/laporkan", 401, 404, 422, 422, path="/organisasi/{region}/laporkan"),
    *(
        post(f"/organisasi/{{organisation_id:int}}/{verb}", 401, 404, 303, 303, path=f"/organisasi/{{region}}/{verb}")
        for verb in ("blokir", "buka-blokir")
    ),
    post("/pengelola/laporan/{report_id:int}/selesai", *GONE_ON_POST, path="/pengelola/laporan/1/selesai"),
    get("/pengelola", *GONE),
    post("/pengelola/pekerjaan/{failed_id:int}/ulangi", *GONE_ON_POST, path="/pengelola/pekerjaan/1/ulangi"),
    *(
        post(
            f"/pengelola/organisasi/{{organisation_id:int}}/{verb}",
            *GONE_ON_POST,
            path=f"/pengelola/organisasi/{{unverified}}/{verb}",
        )
        for verb in ("verifikasi", "batalkan")
    ),
    get("/pengelola/jalur", *GONE),
    get("/pengelola/jalur/{kind:str}/{row_id:int}", *GONE, path="/pengelola/jalur/panduan/1"),
    post("/pengelola/jalur/{kind:str}/{row_id:int}", *GONE_ON_POST, path="/pengelola/jalur/aturan/1"),
    *(
        post(
            f"/pengelola/jalur/{{kind:str}}/{{row_id:int}}/{verb}",
            *GONE_ON_POST,
            path=f"/pengelola/jalur/aturan/1/{verb}",
        )
        for verb in ("varian", "hapus", "geser")
    ),
    get("/pengelola/jalur/{kind:str}/baru", *GONE, path="/pengelola/jalur/aturan/baru"),
    post("/pengelola/jalur/{kind:str}/baru", *GONE_ON_POST, path="/pengelola/jalur/aturan/baru"),
]

V1 = "/api/v1"
_ONE_INITIATIVE, _ONE_CARD = f"{V1}/initiatives/{{initiative_id:int}}", f"{V1}/cards/{{card_id:int}}"
_ONE_INTEREST, _ONE_TALK = f"{V1}/interests/{{interest_id:int}}", f"{V1}/conversations/{{conversation_id:int}}"
_NEW = {"email": "new@test.example", "password": "a long password", "name": "Ani"}
_MEETING = {"slots": ["2099-01-31T02:00:00Z"], "minutes": 60, "online": False, "place": "Kantor bupati"}
_CHANGE = {"version": 1, "title": "Taken over by others"}
API = [
    *(
        open_to_all(f"/api/openapi.json{rest}", "the document of the API", f"/api/openapi.json{path}")
        for rest, path in (("", ""), ("/openapi.json", "/openapi.json"))
    ),
    open_to_all("/api/openapi.json/{path:str}", "no such document", "/api/openapi.json/x", status=404),
    open_to_all(f"{V1}/regions", "as the page /daerah"),
    open_to_all(f"{V1}/regions/{{code:str}}", "as the page of a region", f"{V1}/regions/53.11"),
    open_to_all(f"{V1}/initiatives", "as the page /inisiatif"),
    open_to_all(f"{V1}/cards", "as the page /kapabilitas"),
    open_to_all(f"{V1}/organisations", "as the page /organisasi"),
    open_to_all(f"{V1}/organisations/{{organisation_id:int}}", "as its page", f"{V1}/organisations/{{region}}"),
    post(f"{V1}/tokens", 401, 401, 401, 401, body={"email": "no@test.example", "password": "x"}, why="signing in"),
    post(f"{V1}/accounts", 201, 422, 422, 422, body=_NEW, why="registering; the second time the address is taken"),
    post(f"{V1}/organisations", 401, 422, 422, 422, body={"kind": "region", "region_code": "53.11"}),
    Row(
        "PATCH",
        f"{V1}/organisations/{{organisation_id:int}}",
        GONE_ON_POST,
        path=f"{V1}/organisations/{{region}}",
        body={"version": 1, "name": "Taken over"},
    ),
    *(
        post(
            f"{V1}/organisations/{{organisation_id:int}}/{verb}",
            401,
            404,
            status,
            status,
            body=body,
            path=f"{V1}/organisations/{{region}}/{verb}",
        )
        for verb, status, body in (("block", 200, None), ("unblock", 200, None), ("report", 201, {"reason": "spam"}))
    ),
    post(f"{V1}/initiatives", 401, 403, 201, 201, unverified="clerk", body={"title": INITIATIVE["title"]}),
    get(_ONE_INITIATIVE, *UNPUBLISHED, path=f"{V1}/initiatives/{{draft}}"),
    get(f"{_ONE_INITIATIVE}/suggestions", *UNPUBLISHED, path=f"{V1}/initiatives/{{draft}}/suggestions"),
    Row("PATCH", _ONE_INITIATIVE, GONE_ON_POST, path=f"{V1}/initiatives/{{initiative}}", body=_CHANGE),
    post(f"{_ONE_INITIATIVE}/publish", *GONE_ON_POST, path=f"{V1}/initiatives/{{draft}}/publish"),
    post(f"{_ONE_INITIATIVE}/attachments", *GONE_ON_POST, path=f"{V1}/initiatives/{{initiative}}/attachments"),
    *(
        Row(
            method,
            f"{_ONE_INITIATIVE}/attachments/{{attachment_id:int}}",
            GONE_ON_POST,
            path=f"{V1}/initiatives/{{draft}}/attachments/1",
        )
        for method in ("GET", "DELETE")
    ),
    post(
        f"{_ONE_INITIATIVE}/close",
        *GONE_ON_POST,
        path=f"{V1}/initiatives/{{initiative}}/close",
        body={"reason": "other"},
    ),
    post(f"{V1}/cards", 401, 403, 201, 201, other="lecturer", body={"title": CARD["title"]}),
    get(_ONE_CARD, *UNPUBLISHED, path=f"{V1}/cards/{{card_draft}}"),
    get(f"{_ONE_CARD}/suggestions", *UNPUBLISHED, path=f"{V1}/cards/{{card_draft}}/suggestions"),
    Row("PATCH", _ONE_CARD, GONE_ON_POST, path=f"{V1}/cards/{{card}}", body=_CHANGE, other="lecturer"),
    post(f"{_ONE_CARD}/publish", *GONE_ON_POST, path=f"{V1}/cards/{{card_draft}}/publish", other="lecturer"),
    post(f"{_ONE_CARD}/close", *GONE_ON_POST, path=f"{V1}/cards/{{card}}/close", other="lecturer"),
    get(f"{V1}/interests", 401, 200, 200, 200),
    post(f"{V1}/interests", *GONE_ON_POST, body=INTEREST),
    post(
        f"{V1}/suggestions/feedback",
        *GONE_ON_POST,
        body={"initiative_id": "{initiative}", "card_id": "{card}", "verdict": "useful"},
    ),
    get(_ONE_INTEREST, *GONE_ON_POST, path=f"{V1}/interests/{{interest}}"),
    *(
        post(
            f"{_ONE_INTEREST}/{verb}",
            *GONE_ON_POST,
            path=f"{V1}/interests/{{interest}}/{verb}",
            body={"reason": "other"} if verb == "decline" else None,
        )
        for verb in ("accept", "decline", "withdraw")
    ),
    get(f"{V1}/conversations", 401, 200, 200, 200),
    get(f"{V1}/notices", 401, 200, 200, 200),  # each sees their own: tests/api/test_notices.py
    post(f"{V1}/notices/read", 401, 200, 200, 200, body={}),
    get(f"{V1}/events", 401, 200, 200, 200),  # each hears of their own organisations: tests/live
    get(_ONE_TALK, *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}"),
    post(
        f"{_ONE_TALK}/steps",
        *GONE_ON_POST,
        path=f"{V1}/conversations/{{conversation}}/steps",
        body={"step": "draft_terms"},
    ),
    get(f"{_ONE_TALK}/files", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/files"),
    post(f"{_ONE_TALK}/files", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/files"),
    get(
        f"{_ONE_TALK}/files/{{file_id:int}}/{{version:int}}",
        *GONE_ON_POST,
        path=f"{V1}/conversations/{{conversation}}/files/1/1",
    ),
    get(f"{_ONE_TALK}/meetings", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/meetings"),
    post(f"{_ONE_TALK}/meetings", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/meetings", body=_MEETING),
    get(
        f"{_ONE_TALK}/meetings/{{file:str}}", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/meetings/1.ics"
    ),
    *(
        post(
            f"{_ONE_TALK}/meetings/{{meeting_id:int}}/{verb}",
            *GONE_ON_POST,
            path=f"{V1}/conversations/{{conversation}}/meetings/1/{verb}",
            body=body,
        )
        for verb, body in (("choose", {"slot": 1}), ("change", _MEETING), ("cancel", {}))
    ),
    get(f"{_ONE_TALK}/messages", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/messages"),
    post(
        f"{_ONE_TALK}/messages",
        *GONE_ON_POST,
        path=f"{V1}/conversations/{{conversation}}/messages",
        body={"body": "Let me in"},
    ),
    Row(
        "PATCH",
        f"{_ONE_TALK}/messages/{{message_id:int}}",
        GONE_ON_POST,
        path=f"{V1}/conversations/{{conversation}}/messages/1",
        unverified="officer",
        body={"body": "Not what was said", "version": 1},
    ),
    *(
        Row(
            method,
            f"{_ONE_TALK}/draft",
            GONE_ON_POST,
            path=f"{V1}/conversations/{{conversation}}/draft",
            body={"body": "Ours"} if method == "PUT" else None,
        )
        for method in ("GET", "PUT", "DELETE")
    ),
    post(f"{_ONE_TALK}/package", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/package"),
    get(f"{V1}/packages/{{package_id:int}}", *GONE_ON_POST, path=f"{V1}/packages/1"),
    get(f"{V1}/packages/{{package_id:int}}/files/{{file_id:int}}", *GONE_ON_POST, path=f"{V1}/packages/1/files/1"),
    get(f"{_ONE_TALK}/route", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/route"),
    post(
        f"{_ONE_TALK}/route",
        *GONE_ON_POST,
        path=f"{V1}/conversations/{{conversation}}/route",
        body={"money_flow": "nothing"},
    ),
    *(
        get(f"{_ONE_TALK}/{part}", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/{filled}")
        for part, filled in (
            ("terms", "terms"),
            ("terms/{version:int}", "terms/1"),
            ("terms/comments", "terms/comments"),
            ("decisions", "decisions"),
        )
    ),
    *(
        post(f"{_ONE_TALK}/{part}", *GONE_ON_POST, path=f"{V1}/conversations/{{conversation}}/{filled}", body=body)
        for part, filled, body in (
            ("terms", "terms", {"purpose": "Ours"}),
            ("terms/{version:int}/accept", "terms/1/accept", None),
            ("terms/comments", "terms/comments", {"section": "scope", "body": "Ours"}),
            ("terms/comments/{comment_id:int}/resolve", "terms/comments/1/resolve", None),
            ("terms/comments/{comment_id:int}/reopen", "terms/comments/1/reopen", None),
            ("decisions", "decisions", {"title": "Ours alone", "body": "Taken over by others."}),
            ("decisions/{number:int}/confirm", "decisions/1/confirm", None),
            ("decisions/{number:int}/withdraw", "decisions/1/withdraw", None),
            ("decisions/{number:int}/reject", "decisions/1/reject", {"reason": "Not ours"}),
        )
    ),
]
_ONE_AGREED = f"{V1}/agreements/{{agreement_id:int}}"
_AGREED_API = {
    "stages": {"stage": "offer", "done_on": "2026-01-05"},
    "signatures": {"step": "sign_kb", "number": "1", "signed_on": "2026-01-05", "ends_on": "2027-01-05"},
    "milestones": {"title": "Taken over", "due_on": "2027-01-05"},
    "monitoring": {"quarter": "2026-Q1", "progress": "Taken over by others", "rating": 1, "outlook": "stop"},
    "closing": {"result": "Taken over by others, who have no part in it whatsoever, as is known."},
    "show": {"show": True},
}
API_AGREEMENTS = [
    get(f"{V1}/agreements", 401, 200, 200, 200),
    get(_ONE_AGREED, *GONE_ON_POST, path=f"{V1}/agreements/{{agreement}}"),
    *(
        post(f"{_ONE_AGREED}/{verb}", *GONE_ON_POST, path=f"{V1}/agreements/{{agreement}}/{verb}", body=body)
        for verb, body in _AGREED_API.items()
    ),
    *(
        Row(
            method,
            f"{_ONE_AGREED}/stages/{{stage:str}}/file",
            GONE_ON_POST,
            path=f"{V1}/agreements/{{agreement}}/stages/kb_signed/file",
        )
        for method in ("GET", "POST")
    ),
    post(
        f"{_ONE_AGREED}/milestones/{{milestone_id:int}}/reached",
        *GONE_ON_POST,
        path=f"{V1}/agreements/{{agreement}}/milestones/1/reached",
        body={"done_on": "2026-01-05", "evidence": "Taken over by others"},
    ),
]
ROWS = [*PUBLIC, *ACCOUNT, *INITIATIVES, *CARDS, *TALKS, *AGREEMENTS, *ORGANISATIONS, *API, *API_AGREEMENTS]

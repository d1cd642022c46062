"""Which pages there are, and for whom."""

import re

from matchmaker.mail_links import DIGEST, STOP, stop_path
from tests.browser.reader import Reader
from tests.running import SECRET

# By whose eyes; "{initiative}" is the first link of that form on the page named in FOUND_ON.
PAGES = {
    "": (
        "/ /inisiatif /inisiatif?q=zzzz /inisiatif?pilar=environment&jenis=kabupaten /inisiatif/{initiative} "
        "/inisiatif/{initiative}/saran /kapabilitas /kapabilitas?q=zzzz /kapabilitas/{card} "
        "/kapabilitas/{card}/saran /daerah /daerah?provinsi=53 /daerah?tahun=2018 /daerah/peta "
        "/daerah/peta?provinsi=35&tahun=2021 /daerah?q=sumba+timur /daerah?q=zzzz /daerah/53.11 /daerah/31.01 "
        "/organisasi /organisasi?q=zzzz /organisasi/{organisation} /masuk /daftar /daftar?jenis=company /patterns "
        "/tidak-ada /inisiatif/{initiative}/saran?mulai=10 "
        "/inisiatif/{initiative}/saran?tkt=9&provinsi=11&pilar=branding "
        "/inisiatif/{initiative}/saran/banding?kartu={card}&kartu=1&kartu=2 /kapabilitas/{card}/saran/banding "
        "/bantuan /bantuan/kecocokan /bantuan/minat /bantuan/menulis /bantuan/privasi /bantuan/istilah "
        "/jalur /jalur?legal_form=private_university&money_flow=own_costs&apbd=not_budgeted&asset_use=part "
        "/jalur?legal_form=company&money_flow=region_pays /surel/berhenti/{stop_token}"
    ),
    "officer": (
        "/ /inisiatif /inisiatif/baru /inisiatif/{own_initiative} /inisiatif/{own_initiative}/ubah "
        "/inisiatif/{own_initiative}/ubah?bagian=dicari /inisiatif/{own_initiative}/ubah?bagian=bidang "
        "/inisiatif/{own_initiative}/ubah?bagian=penanggung-jawab "
        "/inisiatif/{own_initiative}/ubah?bagian=dana-waktu /inisiatif/{own_initiative}/ubah?bagian=ukuran "
        "/inisiatif/{own_initiative}/ubah?bagian=periksa /inisiatif/{own_initiative}/saran /saran /minat "
        "/inisiatif/{own_initiative}/lampiran "
        "/minat/{interest} /minat/baru?card={card} /minat/baru?initiative={own_initiative}&card={card} "
        "/percakapan /percakapan/{conversation} /percakapan/{conversation}/jalur "
        "/percakapan/{conversation}/jalur/naskah /percakapan/{conversation}/langkah "
        "/percakapan?cari=sumur+kering /percakapan?cari=zzzz /percakapan/1/pesan/2/ubah "
        "/percakapan/{conversation}/rancangan /percakapan/{conversation}/rancangan/ubah "
        "/percakapan/{conversation}/keputusan "
        "/kesepakatan /kesepakatan/{agreement} /kesepakatan/{agreement}?isi=pemantauan "
        "/kesepakatan/{agreement}?isi=hasil /kesepakatan/{agreement}?isi=capaian "
        "/percakapan/{conversation}/langkah?langkah=leave /organisasi/{own_organisation} "
        "/pemberitahuan /akun/pemberitahuan "
        "/percakapan/{conversation}/berkas "
        "/percakapan/{conversation}/pertemuan /percakapan/1/pertemuan/2/ubah /percakapan/1/pertemuan/3/ubah "
        "/percakapan/3/pertemuan "
        "/organisasi/{own_organisation}/ubah /akun /inisiatif/{own_initiative}/saran/banding?kartu=3&kartu={card}"
    ),
    "company": (
        "/ /kapabilitas/baru /kapabilitas/{own_card} /kapabilitas/{own_card}/ubah /kapabilitas/{own_card}/saran "
        "/kapabilitas/{own_card}/ubah?bagian=manfaat /kapabilitas/{own_card}/ubah?bagian=bidang "
        "/kapabilitas/{own_card}/ubah?bagian=bukti /kapabilitas/{own_card}/ubah?bagian=jangkauan "
        "/kapabilitas/{own_card}/ubah?bagian=periksa /saran /minat /minat/{interest} "
        "/minat/baru?initiative={initiative} /percakapan /organisasi/{own_organisation}/ubah "
        "/kapabilitas/{own_card}/saran/banding?inisiatif=1&inisiatif=2&inisiatif=3"
    ),
    "academic": (
        "/ /minat /percakapan/{conversation} /percakapan/{conversation}/rancangan "
        "/organisasi/{organisation}/laporkan "
        "/percakapan/{conversation}/rancangan/1 /percakapan/{conversation}/rancangan/ubah "
        "/percakapan/{conversation}/rancangan/banding /percakapan/{conversation}/keputusan "
        "/percakapan/{conversation}/berkas /percakapan/{conversation}/pertemuan "
        "/organisasi/{own_organisation}/ubah"
    ),
    "office": (
        "/ /pengelola /organisasi/baru /organisasi/baru?jenis=region /organisasi/baru?jenis=company "
        "/organisasi/baru?jenis=academic /organisasi/{organisation} /saran /minat /percakapan /pemberitahuan "
        "/pengelola/jalur /pengelola/jalur/panduan/1 /pengelola/jalur/aturan/1 "
        "/pengelola/jalur/aturan/baru /pengelola/jalur/aturan/baru?jenis=catatan"
    ),
}
FOUND_ON = {
    "initiative": ("/inisiatif", "/inisiatif/"),
    "card": ("/kapabilitas", "/kapabilitas/"),
    "organisation": ("/organisasi?jenis=company", "/organisasi/"),
    "own_initiative": ("/saran", "/inisiatif/"),
    "own_card": ("/saran", "/kapabilitas/"),
    "own_organisation": ("/akun", "/organisasi/"),
    "interest": ("/minat", "/minat/"),
    "conversation": ("/percakapan", "/percakapan/"),
    "agreement": ("/kesepakatan", "/kesepakatan/"),
}
CASES = [(account, path) for account, paths in PAGES.items() for path in paths.split()]
_numbers: dict[tuple[str, str], str] = {("", "stop_token"): stop_path(SECRET, 1, DIGEST).removeprefix(STOP)}


async def filled(reader: Reader, account: str, path: str) -> str:
    """The path with the ids that this reader finds by looking at lists."""
    for name in re.findall(r"\{(\w+)\}", path):
        if (account, name) not in _numbers:
            listed, prefix = FOUND_ON[name]
            await reader.open(listed)
            links = reader.page.get_by_role("main").get_by_role("link")
            found = await links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
            numbers = [match[1] for link in found if (match := re.match(re.escape(prefix) + r"(\d+)(/|$)", link))]
            assert numbers, f"no link to {prefix}... on {listed} for {account or 'anybody'}"
            _numbers[account, name] = numbers[0]
        path = path.replace(f"{{{name}}}", _numbers[account, name])
    return path

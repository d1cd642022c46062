"""A small pool of cards and a need, of our own wording, that the tests of scoring share."""

import pytest

from scoring import Document


@pytest.fixture(scope="session")
def cards() -> list[Document]:
    return [
        Document(
            "sorting",
            {
                "title": "Waste sorting machines",
                "summary": "Cities and hospitals separate garbage. Our machines sort household waste.",
            },
            facets={"pillar": {"environment", "living"}, "province": "NTT"},
        ),
        Document(
            "compost",
            {
                "title": "Pengolahan sampah organik",
                "summary": "Mesin kompos untuk sampah rumah tangga. Kami bekerja dengan UMKM di pasar.",
            },
            facets={"pillar": "environment"},
        ),
        Document(
            "doctor",
            {
                "title": "Telemedicine",
                "summary": "Remote health consultations for hospitals and their clinics.",
            },
            facets={"pillar": {"living"}},
        ),
        Document("flood", {"title": "Flood warning", "summary": "Sensors measure the river and warn."}),
        Document("blank", {"title": "", "summary": " ... "}),
    ]


@pytest.fixture(scope="session")
def need() -> Document:
    return Document(
        "need",
        {
            "title": "Pengelolaan sampah kota",
            "problem": "Sampah pasar dan rumah sakit belum dipilah. Usaha mikro kecil belum dilibatkan.",
        },
    )

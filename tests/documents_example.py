"""A made-up council and one of its meetings, with every kind of block in it."""

from typing import Any

from atbtst_cli.documents import minutes
from atbtst_cli.documents.edition import Edition
from atbtst_cli.documents.tree import Block, Document
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Settings


def member(slug: str, name: str, **more: Any) -> Member:
    return Member.model_validate({"id": slug, "names": [{"name": name}], **more})


def seat(slug: str, name: str, kind: str = "required", **more: Any) -> dict[str, Any]:
    return {"id": slug, "kind": kind, "names": [{"name": name}], **more}


def network(slug: str, name: str, short: str, *seats: dict[str, Any], kind: str = "network") -> Network:
    return Network.model_validate(
        {"id": slug, "kind": kind, "names": [{"name": name, "short": short}], "seats": list(seats)}
    )


def convenor(holder: str) -> dict[str, Any]:
    return seat("convenor", "Sammankallande", "convenor", holders=[{"member": holder}])


MEMBERS = (
    member("alva-exempel", "Alva Exempel", email="alva@example.org", phone="040-12 34 56"),
    member("bo-exempel", "Bo Exempel"),
    member("cilla-exempel", "Cilla Exempel"),
    member("disa-exempel", "Disa Exempel"),
    member("egil-exempel", "Egil Exempel", aliases=["Egge"]),
)
NETWORKS = (
    network(
        "rad",
        "ATBTST-rådet",
        "RÅD",
        seat("ron-at", "RÖN-AT", follows="ron-at/convenor"),
        seat("ron-bt", "RÖN-BT", follows="ron-bt/convenor"),
        seat("ron-st", "RÖN-ST"),
        seat("sylf", "SYLF", "offered", public_name="false", holders=[{"member": "egil-exempel"}]),
        kind="council",
    ),
    network("ron-at", "Nätverket för AT", "RÖN-AT", convenor("alva-exempel")),
    network("ron-bt", "Nätverket för BT", "RÖN-BT", convenor("bo-exempel")),
    network("ron-st", "Nätverket för ST", "RÖN-ST"),
    network("ron-dialog", "Dialoggruppen", "RÖN-Dialog"),
)
SETTINGS = Settings.model_validate(
    {
        "format": "1",
        "name": "ATBTST-rådet",
        "organisation": "Region Exempel",
        "instances": [{"id": "hsn", "name": "Hälso- och sjukvårdsnämnden"}],
    }
)

AGENDA: list[dict[str, Any]] = [
    {
        "id": "p-prev",
        "kind": "previous_minutes",
        "title": "Föregående anteckningar",
        "approves": "2025-11-18-rad",
        "body": [{"approval": "adopted_with_changes", "text": "Punkt 3, datum rättat."}],
    },
    {
        "id": "p-reports",
        "kind": "reports",
        "title": "Rapporter från respektive RÖN",
        "parts": [
            {
                "id": "p-at",
                "network": "ron-at",
                "title": "AT",
                "body": [
                    {
                        "text": "- Planeringen av introduktionsdagen är klar.\n"
                        "- Frågan om **handledartid** kommer tillbaka i höst.\n"
                        "  - Underlag finns hos *Alva*.\n"
                        "  - Siffrorna är preliminära."
                    },
                    {
                        "action": "i-k7q3d9m",
                        "text": "Boka lokal till introduktionsdagen och beställ mat.",
                        "owners": ["ron-at/convenor", "bo-exempel"],
                        "due": "next",
                    },
                    {"progress": "i-7x2m4qa", "closes": "done", "text": "Inbjudan är skickad."},
                    {"progress": "i-7x2m4qb", "text": ""},
                ],
            },
            {
                "id": "p-bt",
                "network": "ron-bt",
                "title": "BT",
                "body": [
                    {
                        "text": "Sökande per ort:\n\n| Ort | Sökande |\n|---|--:|\n| Norra | 24 |\n| Södra | 31 |\n\n"
                        "Fler uppgifter finns på [nätverkets sida](https://example.org/bt)."
                    }
                ],
            },
            {
                "id": "p-st",
                "network": "ron-st",
                "title": "ST",
                "body": [{"dropped": "nobody_present", "text": "Utgår, ingen från nätverket är här."}],
            },
            {
                "id": "p-dialog",
                "network": "ron-dialog",
                "title": "Dialog",
                "body": [
                    {"arrived": {"name": "David Exempel"}, "at": "13:40"},
                    {"text": "Prioriteringen för nästa år är påbörjad."},
                    {"dropped": "no_time", "text": "tiden räckte inte"},
                ],
            },
        ],
    },
    {
        "id": "p-3f8",
        "title": "Lönefrågan",
        "matter": "m-7c2k9xa",
        "body": [
            {"text": "Alva redogör för läget."},
            {
                "decision": "d-1",
                "number": "3",
                "outcome": "deferred",
                "to": "next",
                "text": "Rådet avvaktar till dess att underlag från HR finns.",
            },
            {"votes": "4 för, 1 mot"},
            {"reservation": ["bo-exempel", "disa-exempel"], "text": "mot beslutet att vänta."},
            {"supersedes": "2025-11-18-rad/d-1", "cited": "RÅD § 12/2025", "text": "i de delar som rör väntan."},
            {"reference": "RS 2026-123"},
            {"internal": "Ett sammanhang som inte publiceras."},
            {"next_time": "c-9vd", "text": "Underlag från HR"},
            {"left": "egil-exempel", "at": "15:10"},
        ],
    },
    {
        "id": "p-ny",
        "title": "Ny mall för intyg",
        "body": [
            {"matter": "m-7c2k9xb", "text": "frågan från RÖN-AT"},
            {
                "decision": "d-2",
                "number": "4",
                "text": "Rådet ställer sig bakom mallen:\n\n1. från höstterminen,\n2. i ett år.",
            },
            {
                "action": "i-8x2m4qb",
                "text": "Lägg ut mallen på webbplatsen.",
                "owners": ["cilla-exempel", "egil-exempel"],
                "due": "2026-03-31",
            },
            {"referral": "hsn", "text": "för information"},
            {"answer": "ron-bt", "text": "Nätverket har inget att invända."},
        ],
    },
    {
        "id": "p-int",
        "title": "Pågående rekrytering",
        "internal": "true",
        "body": [
            {"text": "Två sökande har intervjuats."},
            {"action": "i-9x2m4qc", "text": "Ring referenser.", "owners": ["alva-exempel"], "due": "2026-04-21-rad"},
        ],
        "parts": [{"id": "p-int2", "title": "Hemlig underpunkt", "body": [{"text": "Hemlig text."}]}],
    },
    {
        "id": "p-ovr",
        "kind": "other",
        "title": "Övrigt",
        "body": [{"text": "> Ett citat.\n\nInget mer."}, {"deferred": "next"}],
    },
    {
        "id": "p-next",
        "kind": "next_time",
        "title": "Att ta upp till nästa möte",
        "body": [
            {"next_time": "c-4k2", "text": "Datum för höstens möten"},
            {"next_time": "c-4k3", "text": "Ingångslöner"},
        ],
    },
    {"id": "p-nm", "kind": "next_meeting", "title": "Nästa möte"},
]

RECORD: dict[str, Any] = {
    "id": "2026-02-17-rad",
    "network": "rad",
    "number": "1",
    "date": "2026-02-17",
    "start": "13:15",
    "end": "16:15",
    "place": "Dockplatsen",
    "mode": "hybrid",
    "link": "https://example.org/hemlig-lank",
    "reference": "2026-0117",
    "held": {"date": "2026-02-17", "by": "egil-exempel"},
    "chair": "alva-exempel",
    "secretary": "cilla-exempel",
    "adjusters": ["bo-exempel"],
    "attendance": [
        {"member": "disa-exempel", "status": "excused", "seats": ["rad/ron-st"]},
        {"member": "alva-exempel", "status": "present", "seats": ["rad/ron-at"]},
        {"member": "bo-exempel", "status": "present", "seats": ["rad/ron-bt", "ron-bt/convenor"]},
        {"name": "David Exempel", "status": "guest", "substitute_for": "disa-exempel", "note": "punkt 3"},
        {"member": "egil-exempel", "status": "present", "seats": ["rad/sylf"]},
    ],
    "preamble": [{"text": "Ordföranden hälsar välkommen."}],
    "agenda": AGENDA,
    "next_meeting": {
        "date": "2026-04-21",
        "start": "13:15",
        "end": "16:15",
        "place": "Dockplatsen",
        "inferred": ["year"],
        "text": "21 april 13:15-16:15, Dockplatsen",
    },
}


MARKS = [
    "# ",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "> ",
    "|",
    "\n| --- | --- |\n",
    "```",
    "~~~",
    "**",
    "*",
    "__",
    "_",
    "~~",
    "~",
    "`",
]
MARKS += [
    "[",
    "](",
    ")",
    "](https://example.org)",
    "]",
    "<",
    ">",
    "\\",
    "\\\n",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "\t",
    "&amp;",
    "!",
]
MARKS += ["---", "===", ":", "åäö", "ord", "7", "#", "+", "=", "-", "("]
"""What Markdown is made of, for texts drawn at random."""


def council(**settings: Any) -> Council:
    return Council(
        settings=Settings.model_validate(SETTINGS.model_dump() | settings),
        members={each.id: each for each in MEMBERS},
        networks={each.id: each for each in NETWORKS},
    )


def meeting(**changes: Any) -> Meeting:
    return Meeting.model_validate(RECORD | changes)


def bare(**changes: Any) -> Meeting:
    """A meeting of which nothing is known but these things."""
    known = {"id": "2026-02-17-rad", "network": "rad", "date": "2026-02-17", "held": {"date": "2026-02-17"}}
    return Meeting.model_validate(known | changes)


def with_text(text: str) -> Meeting:
    """A meeting with one agenda item that has this text."""
    return bare(agenda=[{"id": "p-1", "title": "Punkten", "body": [{"text": text}]}])


def document(edition: Edition = "internal", **changes: Any) -> Document:
    return minutes.build(meeting(**changes), council(), edition)


def holding(*blocks: Block, **changes: Any) -> Document:
    """A document of nothing but these blocks."""
    built = minutes.build(bare(), council(), "internal")
    known = {name: getattr(built, name) for name in type(built).__dataclass_fields__}
    return Document(**(known | {"blocks": blocks} | changes))

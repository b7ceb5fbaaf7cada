"""A council with every field of every kind of record, whose free texts are given: what is in them reaches every output."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from conftest import Program
from handmade import commit, write
from schema_walk import Fill, Walk

from atbtst_cli.language.controls import printable

HELD, COMING, CANCELLED = "2026-02-17-rad", "2026-04-21-rad", "2026-05-19-rad"
MEMBER, BODY, OPEN, CLOSED, MATTER = "alva-exempel", "rad", "i-0000000", "i-0000001", "m-0000000"
AFTER = ("held", "approval", "amendments")
"""What a meeting has only after it was held."""
Made = tuple[str, str, dict[str, Any]]
"""One record: its model's name, its path below records/, its data."""


def put(data: Any, **values: Any) -> Any:
    """The data with those values wherever their keys stand, as deep as may be."""
    if isinstance(data, dict):
        return {key: values[key] if key in values else put(value, **values) for key, value in data.items()}
    return [put(each, **values) for each in data] if isinstance(data, list) else data


def without(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The data without those keys."""
    return {key: value for key, value in data.items() if key not in keys}


def marked(data: Any, mark: str) -> Any:
    """The data where everything that can be internal is so, or nothing is; internal passages stay what they are."""
    if isinstance(data, dict):
        is_mark = data.get("internal") in ("true", "false")
        return {key: marked(value, mark) for key, value in data.items()} | ({"internal": mark} if is_mark else {})
    return [marked(each, mark) for each in data] if isinstance(data, list) else data


def records(fill: Fill, address: Callable[[], str], mark: str) -> Iterator[Made]:
    """All of them, with everything internal that can be (``mark`` is "true") or nothing ("false")."""
    for kind, path, whole in (*_organisation(fill, address), *_meetings(fill), *_others(fill)):
        data = marked(whole, mark)
        if kind == "meeting":
            data["agenda"] += [
                {"id": "p-8", "title": "Uppföljning", "from": OPEN},
                {"id": "p-9", "title": "Nästa möte", "kind": "next_meeting"},
                {
                    "id": "p-10",
                    "title": fill(False),
                    "network": "ron-at",
                    "internal": mark,
                    "body": [{"text": fill(True)}],
                },
            ]
        yield kind, path, data


def _organisation(fill: Fill, address: Callable[[], str]) -> Iterator[Made]:
    """Settings, a member and a body."""
    settings = Walk("settings").whole(fill)
    settings["mail"]["sender"] = address()
    settings["instances"][0]["id"] = "hsn"
    yield "settings", "settings.yaml", without(settings, "logo") | {"time_zone": "Europe/Stockholm"}
    member = without(Walk("member").whole(fill), "from", "to")
    yield "member", f"members/{MEMBER}.yaml", member | {"id": MEMBER, "email": address()}
    network = put(Walk("network").whole(fill), follows="rad/none", **{"from": "2020-01-01", "to": "2099-12-31"})
    network |= {"id": BODY, "dissolved": "2099-12-31", "mailing_list": address()}
    network["seats"] = [without(seat, "follows") for seat in network["seats"]]
    yield "network", f"networks/{BODY}.yaml", network


def _meetings(fill: Fill) -> Iterator[Made]:
    """A meeting that was held, one that was called, and one that is cancelled, with every field that may then be."""
    for meeting_id, gone in ((HELD, ("cancelled",)), (COMING, ("cancelled", *AFTER)), (CANCELLED, AFTER)):
        whole = put(Walk("meeting").whole(fill), referral="hsn", answer="hsn")
        whole |= {"id": meeting_id, "date": meeting_id[:10], "with": []}
        whole["approval"]["at"] = f"{COMING}/p-8"
        part = whole["agenda"][0]["parts"][0]
        whole["called"]["agenda"][0]["id"], part["id"] = "p-6", "p-7"
        part["body"] = [without(block, "cited") for block in part["body"]]
        yield "meeting", f"meetings/2026/{meeting_id}/meeting.yaml", without(whole, *gone)


def _others(fill: Fill) -> Iterator[Made]:
    """An open item and a closed one, a matter, a report, and a mailing: the call to what was cancelled since."""
    item = Walk("item").whole(fill)
    item["owners"] += [MEMBER]
    yield "item", f"items/2026/{OPEN}.yaml", without(item, "closed")
    yield "item", f"items/2026/{CLOSED}.yaml", Walk("item").whole(fill) | {"id": CLOSED}
    matter = Walk("matter").whole(fill)
    [sending] = matter["referrals"]
    matter["referrals"] = [
        without(sending, "withdrawn"),
        without(sending, "answer", "sent") | {"sent": {"date": "2026-02-18"}},
    ]
    yield "matter", f"matters/2026/{MATTER}.yaml", matter
    report = Walk("report").whole(fill) | {"id": f"{HELD}/ron-at", "meeting": HELD, "network": "ron-at"}
    yield "report", f"meetings/2026/{HELD}/report-ron-at.yaml", report
    mailing = Walk("mailing").whole(fill) | {"kind": "agenda", "meeting": CANCELLED, "revision": "0"}
    sent = [{"member": MEMBER}, {"list": BODY}]
    mailing["deliveries"] = [one | {"status": "sent", "at": fill(False)} for one in sent]
    yield "mailing", "mailings/2026/s-0000000.yaml", mailing


def escaped(data: dict[str, Any]) -> str:
    """The data as JSON without any character that a YAML file may not hold."""
    return printable(json.dumps(data, ensure_ascii=False)).replace("\ufffe", "\\ufffe") + "\n"


def fill_council(
    council: Program, fill: Fill, address: Callable[[], str], mark: str = "false", **instead: Any
) -> list[Made]:
    """Write all these records, as JSON, which YAML understands, with their papers; and commit them.

    ``instead`` are other values for keys, wherever they stand.
    """
    made = [(kind, path, put(data, **instead)) for kind, path, data in records(fill, address, mark)]
    for _kind, path, data in made:
        text = escaped(data)
        write(council, f"records/{path}", text)
        for name in re.findall(r'"papers": \["(\w+)"\]', text):
            write(council, f"records/{path.rpartition('/')[0]}/papers/{name}", "")
    commit(council)
    return made


# -- what they give out ----------------------------------------------------------------------------------------------------

DOCUMENTS = {
    "minutes": ["minutes", "render", HELD],
    "agenda": ["agenda", "render", COMING],
    "extract": ["minutes", "render", HELD, "--for", "RÖN-AT"],
    "matter": ["matter", "render", MATTER],
    "yearbook": ["network", "yearbook", BODY, "--year", "2026"],
}
"""The documents there are, each with its command."""
MAILINGS = (
    ["agenda", "send", COMING],
    ["agenda", "send", CANCELLED],
    ["minutes", "send", HELD],
    ["item", "remind"],
)
"""The commands that write letters."""


def documents(council: Program, edition: str, *missing: str) -> Iterator[tuple[str, bytes]]:
    """Every document in every format, by the names of their files, but for those that this edition has none of."""
    folder = council.folder.parent / edition
    folder.mkdir()
    for form in ("md", "html", "pdf"):
        for name, command in DOCUMENTS.items():
            asked = [*command, "--edition", edition, "--format", form, "--output", folder]
            council(*asked, code=3 if name in missing else 0)
    yield from ((path.name, path.read_bytes()) for path in folder.iterdir())


def posted(council: Program) -> Iterator[tuple[str, bytes]]:
    """Every letter there is, by the name of its file, which is the recipient's."""
    for number, command in enumerate(MAILINGS):
        folder = council.folder.parent / f"post-{number}"
        council(*command, "--output", folder)
        yield from ((path.name, path.read_bytes()) for path in sorted(folder.glob("*.eml")))

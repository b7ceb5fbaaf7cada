"""What a secretary is reminded of at an agenda item about a matter: where it comes from, and what can be written."""

from collections.abc import Iterator
from textwrap import shorten

from atbtst_cli.acts.desk import Desk
from atbtst_cli.language import words
from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Answer, Matter, Referral
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.rules import matters

LONGEST = 200
"""The characters of an answer that are shown."""


def reminders(council: Council, meeting: Meeting) -> dict[str, list[str]]:
    """What to say of the matters of a meeting's agenda items, by the item's id; nothing of those that have none."""
    desk = Desk(council, None, meeting)
    found = ((item, council.matters.get(item.matter or "")) for item in meeting.items())
    return {item.id: list(_said(desk, item, matter)) for item, matter in found if matter}


def _said(desk: Desk, item: AgendaItem, matter: Matter) -> Iterator[str]:
    said = words(desk.council.settings.language).SHEET.matter_notes
    facts = {"id": matter.id, "date": matter.raised, "body": desk.name(matter.network)}
    brought = matter.referral((item.from_ or "").partition("/")[2])
    received = desk.received(matter)
    if matter.closed:
        yield said["closed"].format(**facts | {"date": matter.closed.date})
    elif brought and brought.answer and brought.from_ in desk.here:
        yield said["answered"].format(**facts | {"body": desk.name(brought.to), "date": brought.answer.date})
        if text := _words(desk, brought.answer):
            yield said["words"].format(text=shorten(text, LONGEST, placeholder=" …"))
    elif sent := received or (brought if brought and brought.role == "information" else None):
        yield _from(desk, matter, sent)
    elif away := matters.leaves(matter):
        bodies = ", ".join(dict.fromkeys(desk.name(one.to) for one in away))
        yield said["away"].format(**facts | {"body": bodies, "date": away[0].sent.date})
    else:
        yield said["raised"].format(**facts)
    if received:
        yield said["answers"].format(**facts | {"body": desk.name(received.from_), "line": _line(desk, "to")})
    elif not matter.closed and not matters.leaves(matter) and matter.network in desk.here:
        yield said["settles"].format(**facts, line=_line(desk, "raise"))


def _line(desk: Desk, kind: str) -> str:
    """How the matter is sent on: by a network to the council, by the council to an instance."""
    council = desk.council.networks.get(desk.meeting.network)
    kind = "to" if council and council.kind == "council" else kind
    return words(desk.council.settings.language).SHEET.examples[kind]


def _from(desk: Desk, matter: Matter, sent: Referral) -> str:
    table = words(desk.council.settings.language).SHEET
    return table.matter_notes["information" if sent.role == "information" else "received"].format(
        id=matter.id,
        body=desk.name(sent.from_),
        here=desk.name(sent.to),
        asked=table.asked[sent.role][0],
        date=sent.sent.date,
    )


def _words(desk: Desk, answer: Answer) -> str:
    """An answer in words: its own, or those of the decision that gave it."""
    decided = desk.names.minuted(answer.decision) if answer.decision else None
    return answer.text or (decided[1].text if decided else "")

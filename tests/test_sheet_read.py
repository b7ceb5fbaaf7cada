"""How a sheet becomes a meeting: header, names, ids, dates, and plain text as people paste it."""

import subprocess
import sys
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sheet_example import COUNCIL, DAY, DIRECTORY, draws, meeting

from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import (
    ActionBlock,
    AgendaItem,
    Attendance,
    Block,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    InternalBlock,
    Meeting,
    NextTimeBlock,
    TextBlock,
)
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.blocks import words_of
from atbtst_cli.sheet.coming import next_meeting
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.ids import Ids
from atbtst_cli.sheet.read import Reading, Sheet, read
from atbtst_cli.sheet.source import lines
from atbtst_cli.sheet.text import letters
from atbtst_cli.sheet.unwrap import Column
from atbtst_cli.sheet.write import write


def reading(text: str, base: Meeting | None = None) -> Reading:
    return read(text, base or meeting(), DIRECTORY, draws())


def header(labels: str) -> Meeting:
    """A sheet with these lines under its title."""
    return reading(f"# RÅD 2026-02-17\n{labels}\n\n## Lönefrågan\n").meeting


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [words_of(block) for block in blocks]


def rules(found: Reading) -> list[str]:
    return [one.rule for one in found.findings]


# The header


@pytest.mark.parametrize(
    ("title", "start", "end", "place"),
    [
        ("RÅD 2026-02-17 kl. 13:15–16:15, Dockplatsen", time(13, 15), time(16, 15), "Dockplatsen"),
        ("Rådet tisdagen den 17 februari 2026 kl 13.15-16, Malmö, sal 2", time(13, 15), time(16), "Malmö, sal 2"),
        ("rad 17/2 13.15", time(13, 15), None, None),
        ("RÅD 2026-02-17, kl. 9 till 11, Dockplatsen", time(9), time(11), "Dockplatsen"),
        ("RÅD 2026-02-17 at 13:15 to 14:00", time(13, 15), time(14), None),
        ("RÅD och RÖN-BT 260217", None, None, None),
        ("RÅD", None, None, None),
    ],
)
def test_the_title_says_day_times_and_place(
    title: str, start: time | None, end: time | None, place: str | None
) -> None:
    """As Swedes and others write them; the body is told by any of its names."""
    found = reading(f"# {title}\n")
    assert found.findings == ()
    assert (found.meeting.date, found.meeting.start, found.meeting.end, found.meeting.place) == (DAY, start, end, place)


def test_a_day_that_is_not_the_meetings_is_an_error_and_told() -> None:
    """The meeting keeps its day; the caller may read the sheet again as one of the day that it says."""
    found = reading("# RÅD 2026-03-10\n")
    assert found.meeting.date == DAY
    assert found.day is not None
    assert found.day.date == date(2026, 3, 10)
    assert rules(found) == ["other-day"]
    assert reading("# RÅD 2026-03-10\n", meeting(date="2026-03-10")).findings == ()


@pytest.mark.parametrize(
    ("label", "fields"),
    [
        ("Datum: 2026-02-17", {}),
        ("Tid: kl. 13.15–16.15", {"start": time(13, 15), "end": time(16, 15)}),
        ("Tid och plats: 17/2 kl 13, Rådhuset", {"start": time(13), "place": "Rådhuset"}),
        ("Plats: Dockplatsen, sal 2", {"place": "Dockplatsen, sal 2"}),
        ("**Plats:** Dockplatsen", {"place": "Dockplatsen"}),
        ("Ordf.: Alva Exempel", {"chair": "alva-exempel"}),
        ("Sammankallande: Alva Exempel", {"chair": "alva-exempel"}),
        ("Vid protokollet: David Ny", {"secretary": Named(name="David Ny")}),
        ("Vid pennan: @cilla-exempel", {"secretary": "cilla-exempel"}),
        ("Justerare: Bosse och Disa Exempel", {"adjusters": ("bo-exempel", "disa-exempel")}),
        ("Justeras\n- Bosse\n- Disa Exempel", {"adjusters": ("bo-exempel", "disa-exempel")}),
        ("Chair: Alva Exempel", {"chair": "alva-exempel"}),
    ],
)
def test_every_label_of_the_header(label: str, fields: dict[str, Any]) -> None:
    """In the spellings of real notes, Swedish and English."""
    known = header(label)
    assert {name: getattr(known, name) for name in fields} == fields
    assert known.preamble == ()


ALVA = Attendance(member="alva-exempel", status="present")
BO = Attendance(member="bo-exempel", status="present")


@pytest.mark.parametrize(
    ("labels", "attendance"),
    [
        ("Närvarande: Alva Exempel, Bosse", [ALVA, BO]),
        ("Närvarande ledamöter: Alva Exempel och Bosse", [ALVA, BO]),
        ("Present: @alva-exempel & @bo-exempel", [ALVA, BO]),
        ("Deltagare:\n\nAlva Exempel\nBosse\n\nText", [ALVA, BO]),
        ("Närvarande\n• Alva Exempel\n• Bosse", [ALVA, BO]),
        ("Närvarande: Alva Exempel,\nBosse", [ALVA, BO]),
        ("Närvarande: Alva Exempel,\n  Bosse", [ALVA, BO]),
        (
            "Närvarande:\nAlva Exempel, Primärvården\nBosse, Region Test, enhet 2",
            [ALVA.model_copy(update={"note": "Primärvården"}), BO.model_copy(update={"note": "Region Test, enhet 2"})],
        ),
        (
            "Närvarande:\n- Alva Exempel, ordförande\n- Bosse, adjungerad",
            [ALVA, BO.model_copy(update={"status": "guest"})],
        ),
        (
            "Förhinder:\nAlva Exempel, sjuk\nDavid Ny, vab",
            [ALVA.model_copy(update={"status": "excused"}), Attendance(name="David Ny", status="excused")],
        ),
        ("Förhinder: Alva Exempel, sjuk", [ALVA.model_copy(update={"status": "excused"})]),
        ("Närvarande: Alva Exempel, ej punkt 3, Bosse", [ALVA.model_copy(update={"note": "ej punkt 3"}), BO]),
        ("Närvarande: Alva Exempel (ej § 91-97)", [ALVA.model_copy(update={"note": "ej § 91-97"})]),
        ("Närvarande: Alva Exempel t.o.m. kl. 14.30", [ALVA.model_copy(update={"note": "t.o.m. kl. 14.30"})]),
        (
            "Närvarande: Bosse (för Alva Exempel) (punkt 1, 2)",
            [BO.model_copy(update={"substitute_for": "alva-exempel", "note": "punkt 1, 2"})],
        ),
        ("Närvarande: Bosse (ersätter David Ny)", [BO.model_copy(update={"substitute_for": Named(name="David Ny")})]),
        ("Närvarande: Bosse för Alva Exempel", [BO.model_copy(update={"substitute_for": "alva-exempel"})]),
        ("Närvarande: Bosse, ersättare för Alva", [BO.model_copy(update={"substitute_for": "alva-exempel"})]),
        ("Närvarande: Bosse (för kännedom)", [BO.model_copy(update={"note": "för kännedom"})]),
        ("Närvarande: Team för Utveckling", [Attendance(name="Team för Utveckling", status="present")]),
        ("Närvarande: Alva Exempel (åb), Bosse", [ALVA.model_copy(update={"status": "excused"}), BO]),
        ("Förhinder: Alva Exempel", [ALVA.model_copy(update={"status": "excused"})]),
        ("Anmält förhinder: Alva Exempel (sjuk)", [ALVA.model_copy(update={"status": "excused"})]),
        ('Förhinder: Alva Exempel ("SUS")', [ALVA.model_copy(update={"status": "excused", "note": "SUS"})]),
        ("Frånvarande: Alva Exempel", [ALVA.model_copy(update={"status": "absent"})]),
        ("Adjungerad: David Ny (regionen)", [Attendance(name="David Ny", status="guest", note="regionen")]),
        ('Gäster: "Exempel, Bo"', [Attendance(name="Exempel, Bo", status="guest")]),
        ("Övriga närvarande: Bosse", [BO.model_copy(update={"status": "guest"})]),
        ("Förhinder: –\nFrånvarande: Ingen", []),
        ("Närvarande: Bo (punkt 1", [Attendance(name="Bo (punkt 1", status="present")]),
    ],
)
def test_who_was_there(labels: str, attendance: list[Attendance]) -> None:
    """Lists on one line or several, organisations, parts of the meeting, substitutes; never a reason."""
    assert list(header(labels).attendance) == attendance


@pytest.mark.parametrize(("other", "rule"), [("Alwa Exempel", "near-name"), ("@nobody", "unknown-person")])
def test_a_misspelt_name_of_whom_somebody_stands_in_for_is_told(other: str, rule: str) -> None:
    """Else the seat would stand empty, and nobody would know why."""
    assert rule in [one.rule for one in reading(f"# RÅD 2026-02-17\nNärvarande: Bosse (för {other})\n").findings]


def test_a_role_beside_a_name_is_the_role() -> None:
    """A chair or secretary may be told in the list itself; a label is stronger."""
    known = header(
        "Närvarande: Alva Exempel (ordf.), Bosse (sekr.), Disa Exempel (justerare)\nSekreterare: Cilla Exempel"
    )
    assert (known.chair, known.secretary, known.adjusters) == ("alva-exempel", "cilla-exempel", ("disa-exempel",))
    assert [one.note for one in known.attendance] == [None, None, None]


def test_two_members_of_one_name_are_never_guessed() -> None:
    """The candidates are named; the name is kept as it was written."""
    found = reading("# RÅD 2026-02-17\nNärvarande: Anna, Anna Ett\n")
    assert [one.person for one in found.meeting.attendance] == [Named(name="Anna"), "anna-ett"]
    (finding,) = found.findings
    assert (finding.line, finding.column) == (2, 13)
    assert "@anna-ett" in finding.message
    assert "@anna-tva" in finding.message


def test_seats_are_kept_for_the_same_person() -> None:
    """Nobody types seats; they follow the person, wherever the name moves in the list."""
    base = meeting(
        attendance=[
            {"member": "alva-exempel", "status": "present", "seats": ["rad/ron-at"]},
            {"name": "David Ny", "status": "present", "seats": ["rad/ron-bt"]},
        ]
    )
    found = reading("# RÅD 2026-02-17\nNärvarande: David Ny, Bosse\nFörhinder: Alva Exempel\n", base)
    assert [one.seats for one in found.meeting.attendance] == [("rad/ron-bt",), (), ("rad/ron-at",)]


def test_labels_count_only_before_the_first_agenda_item() -> None:
    """What is no label there is text before the agenda."""
    found = reading("# RÅD 2026-02-17\nKopia för kännedom: HR\nBeslut: x\n\n## X\nPlats: hotellet\n")
    assert texts(found.meeting.preamble) == ["Kopia för kännedom: HR", "x"]
    assert found.meeting.place is None
    assert texts(found.meeting.agenda[0].body) == ["Plats: hotellet"]


PLANNED = meeting(
    start="13:15",
    place="Dockplatsen",
    chair="alva-exempel",
    number=3,
    link="https://exempel.se",
    agenda=[
        {
            "id": "p-1",
            "kind": "other",
            "title": "Blandat",
            "from": "2025-11-18-rad/c-4k2",
            "matter": "m-7c2k9xa",
            "body": [
                {"text": "Förr.  \n"},
                {"text": "Nu."},
                {"decision": "d-2", "number": 9, "text": "Ja."},
                {"action": "i-k7q3d9m", "text": "Ring"},
            ],
        },
        {"id": "p-2", "title": "Lön", "internal": True, "body": [{"next_time": "c-1", "text": "Lön"}]},
    ],
)


def test_what_a_sheet_does_not_carry_is_kept() -> None:
    """Links, numbers, where things came from: a sheet that never had them takes nothing away."""
    known = reading(write(PLANNED, DIRECTORY, "sv"), PLANNED).meeting
    assert known == PLANNED
    assert reading("## Blandat\n", PLANNED).meeting.model_copy(update={"agenda": ()}) == PLANNED.model_copy(
        update={"agenda": ()}
    )


def test_a_sheet_of_the_meeting_takes_away_what_it_leaves_out() -> None:
    """It was written from the meeting, as its ids tell; one from elsewhere only adds."""
    edited = reading("# RÅD 2026-02-17\n\n## Blandat {#p-1}\n", PLANNED)
    assert (edited.meeting.start, edited.meeting.place, edited.meeting.chair) == (None, None, None)
    assert rules(edited) == ["taken-away"] * 3
    assert edited.vanished == ("p-2", "d-2", "i-k7q3d9m", "c-1")
    other = reading("# RÅD 2026-02-17\n\n## Något annat\n", PLANNED)
    assert (other.meeting.start, other.meeting.place, other.meeting.chair) == (
        time(13, 15),
        "Dockplatsen",
        "alva-exempel",
    )
    assert other.vanished == ("p-1", "p-2", "d-2", "i-k7q3d9m", "c-1")


def test_a_line_with_an_id_changes_that_thing() -> None:
    """Agenda items keep what is known of them, decisions their number, in another place and with other words."""
    found = reading("# RÅD 2026-02-17\n\n## Lön {#p-2 intern}\n### Annat {#p-1}\nBeslut d-2: Nej.\n", PLANNED)
    (pay,) = found.meeting.agenda
    (other,) = pay.parts
    assert (other.kind, other.from_, other.matter, other.title) == (
        "other",
        "2025-11-18-rad/c-4k2",
        "m-7c2k9xa",
        "Annat",
    )
    assert other.body == (DecisionBlock(decision="d-2", number=9, text="Nej."),)
    assert pay.internal
    assert found.vanished == ("i-k7q3d9m", "c-1")


def test_an_agenda_item_without_an_id_is_the_planned_one_of_its_title() -> None:
    """Pasted notes have no ids, but what brought an item here must not be lost; two of a title are not guessed."""
    known = reading("# RÅD 2026-02-17\n\n## blandat\n## Lön\n", PLANNED).meeting
    assert [(item.id, item.from_, item.internal) for item in known.agenda] == [
        ("p-1", "2025-11-18-rad/c-4k2", False),
        ("p-2", None, True),
    ]
    twice = meeting(agenda=[{"id": "p-1", "title": "X"}, {"id": "p-2", "title": "X"}])
    assert [item.id for item in reading("# RÅD\n\n## X\n## X\n", twice).meeting.agenda] == ["p-z000001", "p-z000002"]
    once = reading("# RÅD\n\n## X {#p-2}\n## X\n", twice).meeting.agenda
    assert [item.id for item in once] == ["p-2", "p-1"]


def test_new_things_get_ids_that_are_free() -> None:
    """Ids that were typed or stood in the meeting are not drawn again; decisions count on."""
    given = iter(["p-1", "p-7", "p-8", "i-k7q3d9m", "i-0000001", "c-2"])
    text = "# RÅD 2026-02-17\n\n## Nytt {#p-7}\n## Mer\nBeslut: a\nBeslut: b\nÅtgärd: c\nTill nästa möte: d\n"
    known = read(text, PLANNED, DIRECTORY, lambda _prefix: next(given)).meeting
    assert [item.id for item in known.agenda] == ["p-7", "p-8"]
    ids = [
        value for block in known.agenda[1].body for key, value in block if key in ("decision", "action", "next_time")
    ]
    assert ids == ["d-3", "d-4", "i-0000001", "c-2"]


def test_ids_vanish_only_when_nothing_took_them() -> None:
    """The order is that of the meeting so far."""
    ids = Ids(PLANNED, [], draws())
    assert ids.take("d-2", "d") == "d-2"
    assert ids.vanished() == ("p-1", "p-2", "i-k7q3d9m", "c-1")


def test_kinds_and_networks_come_from_titles() -> None:
    """In both languages, with or without a number or colon; only in the agenda itself."""
    found = reading(
        "# RÅD 2026-02-17\n## 1. Föregående protokoll\n## Reports\n### ST-RÖN\n### Övrigt\n### Okänt\n"
        "## § 4 Övriga frågor:\n## To bring up next time\n- Lön\n## Next meeting\n"
    ).meeting
    assert [item.kind for item in found.agenda] == ["previous_minutes", "reports", "other", "next_time", "next_meeting"]
    assert [(part.network, part.kind) for part in found.agenda[1].parts] == [
        ("ron-st", None),
        (None, None),
        (None, None),
    ]


def test_things_for_next_time_are_one_a_list_line() -> None:
    """With what continues them; other text stays text, and its place among them."""
    known = reading(
        "# RÅD 2026-02-17\n## Att ta upp till nästa möte\n- Datum\n  för hösten\n\n  - vecka 40 {#c-1}\n1. Lön {#c-9vd}\n"
        "  och mer\n"
        "- \\Beslut: om lön\n\nSlut\n\n```\n- inget\n```\n"
    ).meeting
    assert known.agenda[0].body == (
        NextTimeBlock(next_time="c-z000002", text="Datum\nför hösten\n\n- vecka 40 {#c-1}"),
        NextTimeBlock(next_time="c-9vd", text="Lön\noch mer"),
        NextTimeBlock(next_time="c-z000003", text="Beslut: om lön"),
        TextBlock(text="Slut\n\n```\n- inget\n```"),
    )


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Utgår, ingen är här.\nAlls.", [DroppedBlock(dropped="nobody_present", text="Utgår, ingen är här.\nAlls.")]),
        ("Utgår", [DroppedBlock(dropped="other", text="Utgår")]),
        ("Dropped as we ran out of time.", [DroppedBlock(dropped="no_time", text="Dropped as we ran out of time.")]),
        ("Ett.\n\nUtgår idag.", [TextBlock(text="Ett.\n\nUtgår idag.")]),
        ("- Utgår idag.", [TextBlock(text="- Utgår idag.")]),
        (
            "Ett.\n\nBordläggs till 21 april då tiden är slut.",
            [
                TextBlock(text="Ett."),
                DeferredBlock(deferred=date(2026, 4, 21), text="Bordläggs till 21 april då tiden är slut."),
            ],
        ),
        ("Bordläggs.", [DeferredBlock(deferred="next", text="Bordläggs.")]),
        ("Ett.\nBordläggs.", [TextBlock(text="Ett.\nBordläggs.")]),
    ],
)
def test_a_sentence_can_say_itself_that_an_item_is_dropped_or_put_off(text: str, blocks: list[Block]) -> None:
    """Its words stay beside the code; *dropped* counts only before any other text of the item."""
    known = reading(f"# RÅD 2026-02-17\n\n## Lön\n{text}\n").meeting
    assert list(known.agenda[0].body) == blocks
    assert reading(write(known, DIRECTORY, "sv"), known).meeting == known


def test_a_time_of_day_in_a_head_stays_in_the_text() -> None:
    """A due date has no time; the words are not lost."""
    (block,) = reading("# RÅD\n## X\nÅtgärd @bo-exempel senast 2026-11-21 kl. 13:15: Ring\n").meeting.agenda[0].body
    assert block == ActionBlock(
        action="i-z000002", owners=("bo-exempel",), due=date(2026, 11, 21), text="kl. 13:15: Ring"
    )


# The next meeting


@pytest.mark.parametrize(
    ("text", "when", "start", "place", "inferred"),
    [
        ("21 april 13:15–16:15, fysiskt Dockplatsen", date(2026, 4, 21), time(13, 15), "Dockplatsen", ("year",)),
        ("2026-04-21 kl. 13", date(2026, 4, 21), time(13), None, ()),
        ("Tisdag 21/4 kl 13.15-16.15, Plats: Malmö", date(2026, 4, 21), time(13, 15), "Malmö", ("year",)),
        ("Digitalt den 13 april 2026 kl. 9.\nVälkomna!", date(2026, 4, 13), time(9), None, ()),
        ("2026-04-21 13:15\nPlats: sal 2", date(2026, 4, 21), time(13, 15), "sal 2", ()),
        ("2026-04-21 13:15, preliminärt", date(2026, 4, 21), time(13, 15), None, ()),
        ("21 april, vi ses i den stora salen en trappa upp till vänster.", date(2026, 4, 21), None, None, ("year",)),
        ("Nästa möte är 21 april.", date(2026, 4, 21), None, None, ("year",)),
        ("Meddelas senare", None, None, None, ()),
        ("31 november", None, None, None, ()),
    ],
)
def test_the_next_meeting_has_its_codes_beside_its_words(
    text: str, when: date | None, start: time | None, place: str | None, inferred: tuple[str, ...]
) -> None:
    """The date is taken out before times are looked for."""
    known, _findings = next_meeting(text, DAY)
    assert (known.date, known.start, known.place, known.inferred, known.text) == (when, start, place, inferred, text)


def test_the_next_meeting_stays_as_it_was_while_its_words_do() -> None:
    """A corrected date is not worked out again; other words are; no words, no next meeting."""
    known = reading("# RÅD\n## Nästa möte\n21 april\n").meeting
    assert known.next_meeting is not None
    corrected = known.model_copy(
        update={"next_meeting": known.next_meeting.model_copy(update={"date": date(2026, 4, 22)})}
    )
    sheet = write(corrected, DIRECTORY, "sv")
    assert reading(sheet, corrected).meeting == corrected
    moved = reading(sheet.replace("21 april", "23 april"), corrected).meeting.next_meeting
    assert moved is not None
    assert moved.date == date(2026, 4, 23)
    assert reading(sheet.replace("21 april", ""), corrected).meeting.next_meeting is None
    assert reading("# RÅD\n## Annat\n", corrected).meeting.next_meeting is None


@pytest.mark.parametrize(
    ("line", "words", "when"),
    [
        ("Nästa möte: 21 april 13:15–16:15", "21 april 13:15–16:15", date(2026, 4, 21)),
        ("**Nästa möte:** tisdag den 21 april", "tisdag den 21 april", date(2026, 4, 21)),
        ("**Nästa möte: 21/4**", "21/4", date(2026, 4, 21)),
        ("- Nästa sammanträde: digitalt, 2026-04-21 kl. 9", "digitalt, 2026-04-21 kl. 9", date(2026, 4, 21)),
        ("Next meeting: 21 April 2026 at 13", "21 April 2026 at 13", date(2026, 4, 21)),
        ("Nästa möte:\n\n21 april", "21 april", date(2026, 4, 21)),
        ("Nästa möte: 3 mars\n\nInget mer.\n\nNästa möte: 21 april", "21 april", date(2026, 4, 21)),
        ("Nästa möte: 31 november", "31 november", None),
        ("Nästa möte: imorgon", "imorgon", None),
    ],
)
@pytest.mark.parametrize("head", ["# RÅD\n\n## Övrigt\n", "1. Öppnande\nText.\n\n2. Övrigt\n"])
def test_a_line_with_the_label_of_the_next_meeting_is_understood(
    head: str, line: str, words: str, when: date | None
) -> None:
    """In Markdown and in plain text, like the heading; the line stays where it was typed."""
    known = reading(f"{head}Ett ord.\n\n{line}\n\nEtt annat.\n").meeting
    assert known.next_meeting is not None
    assert known.next_meeting.date == when
    assert [item.title for item in known.agenda][-1] == "Övrigt"
    assert letters("".join(texts(known.agenda[-1].body))) == letters(f"Ett ord.{line}Ett annat.")
    assert letters(known.next_meeting.text) == letters(words)
    sheet = write(known, DIRECTORY, "sv")
    assert reading(sheet, known).meeting == known


def test_a_heading_can_hold_the_day_of_the_next_meeting() -> None:
    """A title is kept as typed, and its day is understood."""
    for text in ("# RÅD\n\n## Nästa möte: 21 april, Malmö\n", "1. Övrigt\nText.\n\n2. Nästa möte: 21 april, Malmö\n"):
        known = reading(text).meeting
        assert known.agenda[-1].title == "Nästa möte: 21 april, Malmö"
        assert known.next_meeting is not None
        assert (known.next_meeting.date, known.next_meeting.place) == (date(2026, 4, 21), "Malmö")


@pytest.mark.parametrize(
    "body",
    [
        "Nästa möte: vi tar upp lönefrågan",
        "Nästa möte: Bo redovisar läget per 31 mars",
        "Vi bokar nästa möte: 21 april",
        "Nästa möte den 21 april blir kort",
        "Till nästa möte: 21 april är för sent",
        "Intern: Nästa möte: 21 april",
    ],
)
def test_a_line_that_only_looks_like_the_label_says_nothing_of_the_next_meeting(body: str) -> None:
    assert reading(f"# RÅD\n\n## Övrigt\n{body}\n").meeting.next_meeting is None


def test_the_label_in_an_internal_item_says_nothing_of_the_next_meeting() -> None:
    """What is internal does not come up in a summary."""
    assert reading("# RÅD\n\n## Övrigt {intern}\nNästa möte: 21 april\n").meeting.next_meeting is None


def test_the_heading_of_the_next_meeting_goes_before_its_label() -> None:
    """One place tells it; when the line is taken away nothing is left of it."""
    both = reading("# RÅD\n\n## Övrigt\nNästa möte: 21 april\n\n## Nästa möte\n28 april\n").meeting
    assert both.next_meeting is not None
    assert both.next_meeting.date == date(2026, 4, 28)
    known = reading("# RÅD\n\n## Övrigt\nNästa möte: 21 april\n").meeting
    sheet = write(known, DIRECTORY, "sv")
    assert reading(sheet.replace("Nästa möte: 21 april", "Inget."), known).meeting.next_meeting is None


def test_a_full_line_above_does_not_swallow_the_label() -> None:
    """In plain text lines are unwrapped, but one that begins with the label stands for itself."""
    text = (
        "1. Öppnande\nText.\n\n2. Övrigt\n"
        "Alla är överens om att det var en mycket väl genomförd konferens\n"
        "för alla som var där, och att planera nästa på ungefär samma vis\n"
        "Nästa möte: 21 april\n"
    )
    known = reading(text).meeting
    assert known.next_meeting is not None
    assert known.next_meeting.date == date(2026, 4, 21)


# Plain text


def agenda(text: str) -> list[tuple[str, list[str]]]:
    return [(item.title, texts(item.body)) for item in reading(text).meeting.agenda]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("• Ett\n1. a\n2. b\n• Två\n- c\n", [("Ett", ["1. a\n2. b"]), ("Två", ["- c"])]),
        (
            "§ 1 Ett\n• a\n3. b\n§2. Två\n1 § Tre\n§ 4\n\nFyra\nText\n",
            [("Ett", ["- a\n\n3\\. b"]), ("Två", []), ("Tre", []), ("Fyra", ["Text"])],
        ),
        (
            "1. Ett\n2024. Ett nytt år\n1. a\n2. Två\n• b\n",
            [("Ett", ["2024\\. Ett nytt år\n\n1. a"]), ("Två", ["- b"])],
        ),
        ("1. Ett\na\n1. Två\nb\n", [("Ett", ["a"]), ("Två", ["b"])]),
        ("1) Ett\n2) Två\n", [("Ett", []), ("Två", [])]),
        ("1 Ett\n3 500 kronor\n2 Två\n3 Tre\n", [("Ett", ["3 500 kronor"]), ("Två", []), ("Tre", [])]),
        ("§ 1 Ett\ntext\n§ 2\n", [("Ett", ["text\n\n§ 2"])]),
        ("Ett\n===\n- a\nTvå\n====\nTitel\n-----\n", [("Ett", ["- a"]), ("Två", ["Titel\n\n\\-----"])]),
        ("Bara text.\n\nOch mer.\n", []),
        ("Närvarande\n• Bosse\n\n1. Ett\n2. Två\n", [("Ett", []), ("Två", [])]),
    ],
)
def test_agenda_items_have_one_style_in_a_document(text: str, items: list[tuple[str, list[str]]]) -> None:
    """Underlined, §, bullets or numbers; what is left is lists and text."""
    assert agenda(text) == items


def test_a_document_that_heads_its_items_with_one_sign_has_items() -> None:
    """# for every item is a way of numbering; with a day in it, the first is the title."""
    found = reading("# RÅD 2026-02-17\n# Ett\ntext\n# Två\n")
    assert [item.title for item in found.meeting.agenda] == ["Ett", "Två"]
    assert found.findings == ()
    assert [item.title for item in reading("# Ett\n# Två\n").meeting.agenda] == ["Ett", "Två"]


WRAPPED = """• En punkt med en titel som är så lång att den inte får plats
på en rad
Här kommer en text som bryts av raden när den är ungefär så här
lång, och ordet samver-
kan har ett bindestreck som inte hör till ordet alls. Det gör
däremot AT-
läkare, för-
och nackdelar samt icke-
behörig.
Kort rad.
Ny mening på en ny rad som även den blir så pass lång att den
bryts.
- en punkt i en lista som är så lång att den måste fortsätta på
nästa rad
  - en till
• Nästa: kort titel
Text
"""


def test_wrapped_lines_are_put_together_and_meant_breaks_kept() -> None:
    """By whether the next word would have fitted; hyphens by the first rule that fits."""
    (first, second) = agenda(WRAPPED)
    assert first[0] == "En punkt med en titel som är så lång att den inte får plats på en rad"
    paragraphs = first[1][0].split("\n\n")
    assert paragraphs[0].startswith(
        "Här kommer en text som bryts av raden när den är ungefär så här lång, och ordet samverkan "
    )
    assert paragraphs[-1] == "- en punkt i en lista som är så lång att den måste fortsätta på nästa rad\n- en till"
    assert second == ("Nästa: kort titel", ["Text"])


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("sam\xad", "verkan", "samverkan"),
        ("gemen-", "samt beslut", "gemensamt beslut"),
        ("för-", "och nackdelar", "för- och nackdelar"),
        ("vår-", "resp. höst", "vår- resp. höst"),
        ("RÖN-", "AT.", "RÖN-AT."),
        ("nr-", "5", "nr-5"),
        ("AT-", "läkare", "AT-läkare"),
        ("at/bt-", "dag", "at/bt-dag"),
        ("BT2-", "plats", "BT2-plats"),
        ("kort-", "form", "kort-form"),
        ("icke-", "behörig", "icke-behörig"),
        ("sam-", "verkan", "samverkan"),
        ("ord –", "ett", "ord – ett"),
        ("ord -", "ett", "ord - ett"),
        ("ett", "ord", "ett ord"),
        ("ett-", "(ord)", "ett- (ord)"),
    ],
)
def test_hyphens_at_line_ends(left: str, right: str, joined: str) -> None:
    """A word that stands whole elsewhere decides; then capitals, digits, slashes, prefixes."""
    column = Column(lines("gemensamt i kort-form"))
    assert column.joined(left, right) == joined


def test_lines_that_were_never_wrapped_are_left_alone() -> None:
    """One line a paragraph, or short lines that go on in small letters, tell of no column."""
    text = "• Ett\n" + "Ett långt stycke som aldrig bröts av någon. " * 9 + "\nEtt till.\nRådet beslutar\natt avvakta\n"
    assert len(agenda(text)[0][1][0].split("\n\n")) == 4


def test_reports_of_networks_stand_alone_on_their_line() -> None:
    """Only in the item of reports, and never where a hyphen breaks the line above."""
    text = "• Rapporter från respektive RÖN\nAT\n- frågor till nätverket RÖN-\nST\n- mer\nBT\nUtgår.\n• Annat\nAT\n"
    known = reading(text).meeting
    assert [(part.title, part.network) for part in known.agenda[0].parts] == [("AT", "ron-at"), ("BT", "ron-bt")]
    assert texts(known.agenda[0].parts[0].body) == ["- frågor till nätverket RÖN-\n\nST\n\n- mer"]
    assert known.agenda[0].parts[1].body == (DroppedBlock(dropped="other", text="Utgår."),)
    assert texts(known.agenda[1].body) == ["AT"]


def test_plain_text_has_header_markers_and_signature() -> None:
    """A marker goes on where its line was wrapped or is indented; the words after it are literal."""
    found = reading(
        "Minnesanteckningar\nTid: kl 13.15\n\nNärvarande:\nAlva Exempel, Primärvården\nBosse (åb)\n\n"
        "1. Öppnande\nAlva *hälsar* alla.\n2. Lön\nBeslut: Rådet\n  - avvaktar\n  - *följer* upp\n\n"
        "Åtgärd @bo-exempel: Ring\n```\nBeslut: ordagrant *\n```\n\nVid protokollet\nCilla Exempel\n"
    )
    known = found.meeting
    assert (known.start, known.secretary) == (time(13, 15), "cilla-exempel")
    assert [(one.member, one.status, one.note) for one in known.attendance] == [
        ("alva-exempel", "present", "Primärvården"),
        ("bo-exempel", "excused", None),
    ]
    assert texts(known.preamble) == ["Minnesanteckningar"]
    assert texts(known.agenda[0].body) == ["Alva \\*hälsar\\* alla."]
    assert texts(known.agenda[1].body) == [
        "Rådet\n- avvaktar\n- \\*följer\\* upp",
        "Ring",
        "```\nBeslut: ordagrant *\n```",
    ]
    assert rules(found) == ["under-marker"]


@pytest.mark.parametrize(
    ("end", "secretary"),
    [
        ("\nAnteckningar\nCilla Exempel\n", "cilla-exempel"),
        ("\nAnteckningar: David Ny\n\n\n", Named(name="David Ny")),
        ("\nMinutes by\n\nCilla Exempel\n", "cilla-exempel"),
        ("\nAnteckningar från arbetsmöte\n", None),
        ("\nAnteckningar\n", None),
        ("\nAnteckningar\nvisas på skärmen\n", None),
        ("Anteckningar\nCilla Exempel\n", None),
        ("\nAnteckningar\nCilla Exempel\n\nSlut\n", None),
        ("\nAnteckningar\n  Cilla Exempel\n", None),
        ("\n\\Anteckningar\nCilla Exempel\n", None),
    ],
)
def test_the_signature_is_the_last_paragraph_and_a_name(end: str, secretary: object) -> None:
    """In sheets and in plain text; anything else is text."""
    found = reading(f"# RÅD 2026-02-17\n\n## X\ntext\n{end}")
    assert found.meeting.secretary == secretary
    assert reading(write(found.meeting, DIRECTORY, "sv"), found.meeting).meeting == found.meeting


# What is promised


@pytest.mark.parametrize("text", ["", "\n\n", "%% bara en påminnelse\n", "\ufeff"])
def test_an_empty_sheet_is_a_meeting_without_an_agenda(text: str) -> None:
    """Nothing to say, nothing invented."""
    assert reading(text) == Reading(meeting(), (), ())


def test_a_text_that_is_no_sheet_is_kept_as_one_passage() -> None:
    """Sign for sign, in a fence that nothing in it closes."""
    text = "\\documentclass{article}\n````\n\\section{Ett *två*}\n  tre"
    found = reading(text, PLANNED)
    assert found.meeting.preamble == (InternalBlock(internal=f"`````\n{text}\n`````"),)
    assert found.meeting.agenda == ()
    assert found.vanished == ("p-1", "p-2", "d-2", "i-k7q3d9m", "c-1")
    assert reading(write(found.meeting, DIRECTORY, "sv"), found.meeting).meeting == found.meeting


def test_a_lost_or_moved_word_fails_the_proof() -> None:
    """At the end of each reading the letters of all parts are compared with those of the source."""
    found = lines("# RÅD 2026-02-17\n\n## X\nett\n\nBeslut: två\n")
    sheet = Sheet(found, meeting(), DIRECTORY, Ids(meeting(), [], draws()))
    known = sheet.meeting()
    (item,) = known.agenda
    lost = known.model_copy(update={"agenda": (item.model_copy(update={"body": item.body[1:]}),)})
    moved = known.model_copy(update={"agenda": (item.model_copy(update={"body": item.body[::-1]}),)})
    assert sheet.account.holds(known, found)
    assert not sheet.account.holds(lost, found)
    assert not sheet.account.holds(moved, found)
    assert not sheet.account.holds(known, lines("# RÅD 2026-02-17\n\n## X\nett\n\nBeslut: två och tre\n"))


def test_a_record_may_name_what_the_directory_no_longer_knows() -> None:
    """Members, seats and bodies that are gone stay in the minutes that have them."""
    known = meeting(
        chair="gammal-medlem",
        agenda=[
            {
                "id": "p-1",
                "title": "X",
                "body": [
                    {"action": "i-k7q3d9m", "owners": ["gammal-medlem", "gammalt-rad/convenor"], "text": "x"},
                    {"referral": "gammalt-rad", "text": "x"},
                    {"answer": "gammalt-rad", "text": "x"},
                    {"left": "annan-medlem"},
                    {"reservation": ["tredje-medlem"], "text": "x"},
                ],
            }
        ],
    )
    found = reading(write(known, DIRECTORY, "sv"), known)
    assert (found.meeting, found.findings, found.vanished) == (known, (), ())


def test_another_council_has_other_names() -> None:
    """What a line means depends on the directory: an unknown instance is no referral."""
    line = "Till HSN: x"
    empty = Directory(type(COUNCIL)(settings=COUNCIL.settings.model_copy(update={"instances": ()})), DAY)
    assert Grammar(DIRECTORY, DAY).guard(line, "body") == 0
    assert read(f"# rad 2026-02-17\n## X\n{line}\n", meeting(), empty, draws()).meeting.agenda[0].body == (
        TextBlock(text=line),
    )


def test_reading_needs_no_heavy_library() -> None:
    """No YAML, Git, templates, typesetting, Markdown or calendar data is loaded to read, write or help."""
    code = (
        "import sys, atbtst_cli.sheet.read, atbtst_cli.sheet.write, atbtst_cli.sheet.prefill, atbtst_cli.sheet.help; "
        "print(*(name for name in ('babel', 'yaml', 'ruamel', 'git', 'jinja2', 'typst', 'markdown_it') if name in sys.modules))"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == ""


def test_reading_draws_ids_in_the_order_of_the_text() -> None:
    """The same text gives the same ids, so that an act can be computed again."""
    text = "# RÅD\n## A\n### B\nÅtgärd: x\n## C\nTill nästa möte: y\n"
    ids = [item.id for item in reading(text).meeting.items()]
    assert ids == ["p-z000001", "p-z000002", "p-z000004"]
    assert reading(text) == reading(text)
    assert isinstance(reading(text).meeting.agenda[0], AgendaItem)


@pytest.mark.parametrize(
    "title",
    [
        "RÅD 2026-02-17 kl. 13:15–16:15, Dockplatsen",
        "Minnesanteckningar från RÅD 17 februari 2026 kl 13.15-16.15, Dockplatsen",
        "Rådet möte 17/2 2026, kl. 13:15–16:15, Dockplatsen",
    ],
)
def test_the_first_line_of_a_plain_text_is_its_title_where_it_names_body_and_day(title: str) -> None:
    found = reading(f"{title}\n\n1. Lokaler\nBokas.\n\n2. Övrigt\nInget.\n")
    assert (found.meeting.start, found.meeting.end, found.meeting.place) == (time(13, 15), time(16, 15), "Dockplatsen")
    assert (found.day and found.day.date, found.meeting.preamble, rules(found)) == (DAY, (), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RÅD den 17 februari 2026 hölls inget möte.\n\n1. Övrigt\nInget.\n", ["title"]),
        ("RÖN-AT 2026-02-17\n\n1. Övrigt\nInget.\n", ["other-body"]),
        ("I februari möttes RÅD.\n\n1. Övrigt\nInget.\n", []),
        ("1. RÅD 2026-02-17\nInget.\n\n2. Övrigt\nInget.\n", []),
    ],
)
def test_a_first_line_that_is_no_title_stays_text(text: str, said: list[str]) -> None:
    found = reading(text)
    assert [one.rule for one in found.findings if one.level == "error"] == said
    assert "RÅD" in str(found.meeting.model_dump()) or "RÖN-AT" in str(found.meeting.model_dump())

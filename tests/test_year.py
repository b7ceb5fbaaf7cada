"""A council's whole year, played through the command line: nothing drops out, and every document is as it was read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Program
from yearbook import Book, Editor

from atbtst_cli.models.meeting import DecisionBlock, DeferredBlock, DroppedBlock, Meeting, NextTimeBlock
from atbtst_cli.store import yamlfile

GOLDEN = Path(__file__).parent / "data" / "year"
FEBRUARY, APRIL, JUNE = "2026-02-17-rad", "2026-04-21-rad", "2026-06-16-rad"
SEPTEMBER, OCTOBER, NOVEMBER = "2026-09-15-rad", "2026-10-20-rad", "2026-11-17-rad"
BODIES = ("rad", "ron-at", "ron-bt", "ron-st", "ron-dialog")


@pytest.fixture
def book(council: Program, editor: Editor) -> Book:
    """The book of a year, with an address for everybody who is called."""
    book = Book(council, editor)
    book.on("2026-01-12")
    for name in ("alva", "bo", "disa", "erik"):
        council("member", "edit", f"{name}-exempel", "--email", f"{name}@example.org")
    council("member", "add", "Frida Exempel", "--seat", "ron-at/primarvarden", "--from", "2026-01-01")
    council("member", "add", "Hanna Exempel", "--email", "hanna@example.org")
    return book


@pytest.mark.long
def test_a_whole_year(book: Book, update: bool) -> None:
    """From the first plan to the last agenda, each page is as it was read and found good."""
    plan(book)
    networks_meet(book)
    call_to_february(book)
    meet_in_february(book)
    remind_in_march(book)
    move_april(book)
    meet_in_april(book)
    meet_jointly_in_june(book)
    approve_in_august(book)
    cancel_september(book)
    meet_in_october(book)
    correct_february(book)
    meet_in_november(book)
    assert nothing_dropped_out(book)
    book.compare(GOLDEN, update=update)


# -- the year ---------------------------------------------------------------------------------------------------------


def plan(book: Book) -> None:
    hours = ("--start", "13:15", "--end", "16:15", "--place", "Dockplatsen")
    rule = "tredje tisdagen i februari, april, september och november"
    book.say("meeting", "plan", "RÅD", "--every", rule, *hours, "--yes")
    book.say("meeting", "plan", "RÅD", "--date", "2026-06-16", "--with", "RÖN-BT", *hours, "--mode", "hybrid",
             "--link", "https://video.example.org/rad")  # fmt: skip
    book.say("meeting", "plan", "RÖN-AT", "--date", "2026-02-03", "--date", "2026-05-05", "--start", "09:00")
    book.say("meeting", "plan", "RÖN-ST", "--every", "första torsdagen i mars och oktober", "--start", "13:00", "--yes")
    book.say("meeting", "plan", "RÖN-Dialog", "--date", "2026-04-14", "--start", "10:00", "--mode", "remote")
    book.say("meeting", "list", "--upcoming")
    book.say("status")
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.close("01-planen")


def networks_meet(book: Book) -> None:
    book.on("2026-02-03")
    book.say("minutes", "new", "RÖN-AT", "--from", "-", given=RON_AT)
    book.keep_documents("2026-02-03-ron-at", "minutes")
    book.say("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given=REPORT_AT)
    book.on("2026-02-05")
    book.say("minutes", "new", "RÖN-BT", "--from", "-", given=RON_BT)
    book.say("report", "file", "RÖN-BT", "--for", "RÅD", "--from", "-", given="Vårens rekrytering har börjat.\n")
    book.say("report", "missing", "RÅD")
    book.close("02-natverken")


def call_to_february(book: Book) -> None:
    book.on("2026-02-06")
    book.say("agenda", "new", "RÅD")
    book.say("agenda", "add", "Gemensam introduktion för AT och BT", "--presenter", "Bo Exempel", "--minutes", "20")
    book.say("agenda", "add", "Handledarutbildning", "--minutes", "30")
    book.say("agenda", "add", "Lokaler för höstens kurser")
    book.say("agenda", "add", "Rådets hemsida")
    book.say("agenda", "move", "5", "--to", "3")
    book.say("agenda", "drop", "6")
    book.say("agenda", "send", "--output", "brev")
    book.keep_letters("brev", "03-brev-kallelse")
    book.say("agenda", "send", "--done")
    book.keep_documents(FEBRUARY, "agenda")
    book.say("agenda", "add", "Upphandling av enkätverktyg", "--internal")
    book.say("agenda", "show", "RÅD")
    book.close("03-kallelsen")


def meet_in_february(book: Book) -> None:
    book.on("2026-02-17")
    book.write(FEBRUARY_WORDS, "minutes", "new", "RÅD", sheet="04-blad-februari.md")
    book.keep_documents(FEBRUARY, "minutes")
    book.say("minutes", "send", "RÅD", "--output", "brev-februari")
    book.keep_letters("brev-februari", "04-brev-utkast")
    book.say("minutes", "send", "RÅD", "--done")
    book.say("item", "list")
    book.say("status")
    book.close("04-februari")


def remind_in_march(book: Book) -> None:
    book.on("2026-03-05")
    book.say("minutes", "new", "RÖN-ST", "--from", "-", given=RON_ST)
    book.on("2026-03-16")
    book.say("item", "note", item(book, "Boka lokal"), "Lokalen är bokad, bekräftelse väntas.")
    book.say("item", "done", item(book, "Ta fram en tidsplan"))
    book.say(
        "item", "add", "Skriva en årsrapport", "--network", "RÅD", "--owner", "alva-exempel", "--due", "2026-12-01"
    )
    book.say("item", "list", "--overdue")
    book.say("item", "remind", "--overdue", "--output", "brev-mars")
    book.keep_letters("brev-mars", "05-brev-forsenade")
    book.say("item", "remind", "--overdue", "--done")
    book.say("item", "remind", "--output", "brev-mars-alla")
    book.keep_letters("brev-mars-alla", "05-brev-paminnelser")
    book.say("status")
    book.close("05-mars")


def move_april(book: Book) -> None:
    book.on("2026-03-30")
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.say("agenda", "new", "RÅD")
    book.say("agenda", "add", "Rotation mellan sjukhusen", "--meeting", "RÅD")
    book.program("agenda", "send", "RÅD", "--output", "brev-april")
    book.say("agenda", "send", "RÅD", "--done")
    book.on("2026-04-13")
    book.say("meeting", "move", "RÅD", "--date", "2026-04-28", "--reason", "Lokalen är upptagen")
    book.say("agenda", "send", "RÅD", "--output", "brev-flyttat")
    book.keep_letters("brev-flyttat", "06-brev-flyttat")
    book.say("agenda", "send", "RÅD", "--done")
    book.say("report", "file", "RÖN-ST", "--for", "RÅD", "--from", "-", given="Kursplanen är ute på remiss.\n")
    book.say("report", "missing", "RÅD")
    book.keep_documents(APRIL, "agenda")
    book.on("2026-04-14")
    book.say("minutes", "new", "RÖN-Dialog", "--from", "-", given=RON_DIALOG)
    book.say("status")
    book.close("06-flytten")


def meet_in_april(book: Book) -> None:
    book.on("2026-04-28")
    text = RAD_APRIL.format(room=item(book, "Boka lokal"), list=item(book, "Skicka sammanställningen"))
    book.say("minutes", "new", "RÅD", "--from", "-", "--yes", given=text)
    book.keep_documents(APRIL, "minutes")
    book.keep_documents(FEBRUARY, "minutes", "public")
    book.say("minutes", "verify", "--all")
    book.say("status")
    book.close("07-april")


def meet_jointly_in_june(book: Book) -> None:
    book.on("2026-05-05")
    book.say("minutes", "new", "RÖN-AT", "--from", "-", given=RON_AT_MAY)
    book.on("2026-06-09")
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.say("agenda", "new", "RÅD")
    book.program("agenda", "send", "RÅD", "--output", "brev-juni")
    book.keep_letters("brev-juni", "08-brev-kallelse")
    book.say("agenda", "send", "RÅD", "--done")
    book.keep_documents(JUNE, "agenda")
    book.on("2026-06-16")
    book.write(JUNE_WORDS, "minutes", "new", "RÅD", sheet="08-blad-juni.md")
    book.keep_documents(JUNE, "minutes")
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.close("08-juni")


def approve_in_august(book: Book) -> None:
    book.on("2026-08-20")
    book.say("member", "edit", "erik-exempel", "--leave", "ron-st/convenor", "--to", "2026-08-31")
    book.say("member", "edit", "hanna-exempel", "--seat", "ron-st/convenor", "--from", "2026-09-01")
    book.say("minutes", "approve", JUNE, "--by", "alva-exempel", "--by", "bo-exempel")
    book.keep_documents(JUNE, "minutes", "public")
    book.say("minutes", "send", JUNE, "--output", "brev-godkant")
    book.keep_letters("brev-godkant", "09-brev-godkant")
    book.say("status")
    book.close("09-augusti")


def cancel_september(book: Book) -> None:
    book.on("2026-09-01")
    book.say("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given="Höstens AT-läkare är på plats.\n")
    book.say("report", "file", "RÖN-ST", "--for", "RÅD", "--from", "-", given="Remissen är besvarad.\n")
    book.say("agenda", "new", "RÅD")
    book.program("agenda", "send", "RÅD", "--output", "brev-september")
    book.say("agenda", "send", "RÅD", "--done")
    book.on("2026-09-10")
    book.say("meeting", "cancel", "RÅD", "--reason", "Få kan komma")
    book.say("agenda", "send", SEPTEMBER, "--output", "brev-installt")
    book.keep_letters("brev-installt", "10-brev-installt")
    book.say("agenda", "send", SEPTEMBER, "--done")
    book.say("meeting", "plan", "RÅD", "--date", "2026-10-20", "--start", "13:15", "--place", "Dockplatsen")
    book.say("report", "missing", "RÅD")
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.say("status")
    book.say("meeting", "calendar", "RÅD", "--output", "rad.ics")
    book.pages["10-rad.ics"] = (book.program.folder / "rad.ics").read_text("utf-8")
    book.close("10-september")


def meet_in_october(book: Book) -> None:
    book.on("2026-10-20")
    book.write(OCTOBER_WORDS, "minutes", "new", "RÅD", sheet="11-blad-oktober.md")
    book.keep_documents(OCTOBER, "minutes")
    book.say("item", "show", item(book, "Skriva en årsrapport"))
    book.close("11-oktober")


def correct_february(book: Book) -> None:
    book.on("2026-10-27")
    sheet = book.program("minutes", "show", FEBRUARY, "--sheet").out.replace(
        "två gemensamma dagar", "tre gemensamma dagar"
    )
    book.say("minutes", "edit", FEBRUARY, "--from", "-", given=sheet, code=3)
    book.say("minutes", "edit", FEBRUARY, "--from", "-", "--reason", "Antalet dagar var fel", given=sheet)
    book.keep_documents(FEBRUARY, "minutes")
    book.say("status")
    book.say("minutes", "approve", FEBRUARY, "--by", "alva-exempel")
    book.keep_documents(FEBRUARY, "minutes", "public")
    book.close("12-rattelsen")


def meet_in_november(book: Book) -> None:
    book.on("2026-11-10")
    book.say("agenda", "new", "RÅD")
    book.on("2026-11-17")
    book.write(NOVEMBER_WORDS, "minutes", "new", "RÅD", sheet="13-blad-november.md")
    book.keep_documents(NOVEMBER, "minutes")
    book.say("meeting", "list", "--network", "RÅD")
    book.say("item", "list")
    book.say("minutes", "verify", "--all")
    book.say("status")
    book.close("13-november")


# -- what is left -----------------------------------------------------------------------------------------------------


def nothing_dropped_out(book: Book) -> set[str]:
    """Whatever any meeting of the year has left open comes to a next meeting or waits for one, by name."""
    book.on("2026-12-01")
    named: set[str] = set()
    for body in BODIES:
        if body != "rad":
            book.program("meeting", "plan", body, "--date", "2027-03-02")
        told = json.loads(book.program("agenda", "new", body, "--dry-run", "--json").out)
        named |= {one["source"] for one in (*told["coming"], *told["waiting"])}
    left = set(left_open(book))
    assert left - named == set()
    return left


def left_open(book: Book) -> Iterator[str]:
    """Every thing on record that is open, found without the carry query."""
    meetings = [Meeting.model_validate(one) for one in records(book, "meetings/*/*/meeting.yaml")]
    taken = {item.from_ for one in meetings if one.held for item in one.items()}
    for meeting in meetings:
        if meeting.held:
            yield from (meeting.id for _ in "1" if not meeting.approval)
            yield from (source for source in left_at(meeting) if source not in taken)
    yield from (one["id"] for one in records(book, "items/*/*.yaml") if "closed" not in one)


def left_at(meeting: Meeting) -> Iterator[str]:
    """What a meeting put off, noted for next time, or did not reach."""
    for item, block in meeting.blocks():
        match block:
            case NextTimeBlock():
                yield f"{meeting.id}/{block.next_time}"
            case DecisionBlock(outcome="deferred"):
                yield f"{meeting.id}/{block.decision}"
            case DeferredBlock() | DroppedBlock(dropped="no_time") if item:
                yield f"{meeting.id}/{item.id}"
            case _:
                pass
    for item in meeting.agenda:
        if item.kind is None and not item.body and not item.parts:
            yield f"{meeting.id}/{item.id}"


def records(book: Book, pattern: str) -> Iterator[Any]:
    for path in sorted((book.program.folder / "records").glob(pattern)):
        yield yamlfile.read(path.read_bytes())


def item(book: Book, title: str) -> str:
    """The id of the item whose title begins so."""
    [found] = [one["id"] for one in records(book, "items/*/*.yaml") if one["title"].startswith(title)]
    return str(found)


# -- words ------------------------------------------------------------------------------------------------------------

RON_AT = """\
# RÖN-AT 2026-02-03 kl. 9:00–11:30, Lilla salen
Närvarande: Bo Exempel, Frida Exempel
Ordförande: Bo Exempel
Anteckningar: Frida Exempel

## Introduktionsdagen
Programmet är klart.
Åtgärd @frida-exempel senast 1 mars: Skicka inbjudan till introduktionsdagen.

## Handböcker
Beslut: Nätverket använder en gemensam handbok.

## Schemafrågor

## Nästa möte
5 maj kl. 9.00
"""
REPORT_AT = """\
Introduktionsdagen är planerad. Tre saker återstår:

- program för eftermiddagen
- lokal för **minst 60 personer**
- Beslut: om lunch tas vid rådets möte
"""
RON_BT = """\
# RÖN-BT 2026-02-05 kl. 10:00–11:00
Närvarande: Disa Exempel
Anteckningar: Disa Exempel

## Rekrytering
Åtgärd @disa-exempel till nästa möte: Jämföra vårens ansökningar med höstens.
Till nästa möte: Intervjuer

## Nästa möte
17 september 2026 kl. 10
"""
FEBRUARY_WORDS = {
    "Föregående anteckningar": "Det finns inga tidigare anteckningar.",
    "AT": "Åtgärd @ron-at/convenor till nästa möte: Boka lokal till introduktionsdagen.",
    "BT": "Åtgärd @disa-exempel senast 13 mars: Skicka sammanställningen av sökande till nätverket.",
    "Dialog": "Enkäten om prioriteringar går ut i mars.",
    "Gemensam introduktion för AT och BT": """\
Bo visar ett förslag med två gemensamma dagar per termin.
Beslut: Rådet ställer sig bakom förslaget.
Åtgärd @bo-exempel, @disa-exempel senast v. 14: Ta fram en tidsplan tillsammans med nätverken.""",
    "Handledarutbildning": f"Beslut (bordläggs till {JUNE}): Rådet väntar in kostnaden.",
    "Upphandling av enkätverktyg": "Två anbud jämförs hos Koncernstab HR.",
    "Övrigt": "Inget.",
    "Att ta upp till nästa möte": "- Datum för höstens möten\n- Introduktionsprogrammets innehåll",
    "Nästa möte": "21 april kl. 13.15–16.15, Dockplatsen",
}
RON_ST = """\
# RÖN-ST 2026-03-05 kl. 13:00–14:30
Närvarande: Erik Exempel
Anteckningar: Erik Exempel

## Kursplanen
Beslut: Kursplanen går ut på remiss till 1 juni.
Åtgärd @erik-exempel senast 5 juni: Samla in remissvaren.
"""
RON_DIALOG = """\
# RÖN-Dialog 2026-04-14 kl. 10:00–10:45
Närvarande: Alva Exempel
Anteckningar: Alva Exempel

## Enkäten
42 av 60 har svarat.
Beslut (noteras): Svaren sammanställs till hösten.
"""
RAD_APRIL = """\
# RÅD 2026-04-28 kl. 13:15–16:00, Dockplatsen
Närvarande: Alva Exempel, Bo Exempel, Erik Exempel
Förhinder: Disa Exempel
Ordförande: Alva Exempel
Anteckningar: Cilla Exempel

## Föregående anteckningar
Godkänns

## Rapporter från respektive RÖN
### AT
Klar {room}: Stora salen är bokad.
### BT
### ST
Kursplanen är ute på remiss.
### Dialog
Enkäten har 42 svar.

## Datum för höstens möten
Rådet möts 15 september och 17 november.

## Lokaler för höstens kurser
Beslut (bordläggs till 2026-09-15-rad): Rådet väntar in budgeten.

## Rotation mellan sjukhusen
Utgår: tidsbrist

## Uppföljning av åtgärder
Notering {list}: Sammanställningen skickas i maj.

## Övrigt
Åtgärd @alva-exempel till nästa möte: Ta reda på vad en gemensam handledardag kostar.
Till nästa möte: Rapport från enkäten

## Nästa möte
16 juni kl. 13.15–16.15, Dockplatsen
"""
RON_AT_MAY = """\
# RÖN-AT 2026-05-05 kl. 9:00–11:00
Närvarande: Bo Exempel, Frida Exempel
Anteckningar: Frida Exempel

## Föregående anteckningar
Godkänns

## Schemafrågor
Beslut (avslås): Nätverket inför inget gemensamt schema.
"""
JUNE_WORDS = {
    "Föregående anteckningar": "Godkänns med ändring: Under Övrigt ska dagen heta handledardag.",
    "Handledarutbildning": "Beslut: Rådet föreslår en utbildning om två dagar.\nTill HSN: Ansökan om medel",
    "Introduktionsprogrammets innehåll": "Bordläggs till nästa möte: Förslaget är inte klart.",
    "Anteckningar från RÖN-BT 1/2026": "Godkänns",
    "Rotation mellan sjukhusen": "Erik redogör för läget. Frågan tas upp när det finns ett förslag.",
    "Rapport från enkäten": "Rapporten läggs till handlingarna.\nBeslut (noteras): Rådet tackar för rapporten.",
    "Övrigt": "Inget.",
    "Nästa möte": "15 september kl. 13.15–16.15, Dockplatsen",
}
OCTOBER_WORDS = {
    "Lokaler för höstens kurser": "Beslut: Rådet bokar Stora salen.",
    "Introduktionsprogrammets innehåll": "Beslut (antas med ändring): Förslaget antas, med en dag mer i Lund.",
    "Övrigt": "Inget.",
    "Att ta upp till nästa möte": "- Rådets sammansättning 2027",
    "Nästa möte": "17 november kl. 13.15–16.15, Dockplatsen",
}
NOVEMBER_WORDS = {
    "Föregående anteckningar": "Godkänns",
    "Övrigt": "Åtgärd @hanna-exempel till nästa möte: Föreslå kursdagar för våren.",
    "Att ta upp till nästa möte": "- Verksamhetsplan 2027",
    "Nästa möte": "19 januari 2027 kl. 13.15–16.15, Dockplatsen",
}

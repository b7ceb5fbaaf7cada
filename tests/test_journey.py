"""A matter's whole way: RÖN-BT → RÅD → HSN → RÅD → RÖN-BT, over five meetings and two successions, page by page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Program, git
from yearbook import FORMS, Book, Editor

from atbtst_cli.store import yamlfile

GOLDEN = Path(__file__).parent / "data" / "journey"
BT_FEBRUARY, RAD_FEBRUARY, RAD_APRIL = "2026-02-05-ron-bt", "2026-02-17-rad", "2026-04-21-rad"
RAD_MAY, BT_JUNE = "2026-05-19-rad", "2026-06-04-ron-bt"
BT_JUNE_WORDS = {
    "Handledare till kvällspassen": (
        "Rådets besked gås igenom.\nBeslut (noteras): Nätverket anställer två handledare till hösten."
    ),
    "Övrigt": "Inget.",
}


@pytest.fixture
def book(council: Program, editor: Editor) -> Book:
    """The book of the journey, with the two who take over and an address for everybody who is called."""
    book = Book(council, editor)
    book.on("2026-01-12")
    for name in ("Frida", "Hanna"):
        council("member", "add", f"{name} Exempel")
    for name in ("alva", "bo", "disa", "erik", "frida", "hanna"):
        council("member", "edit", f"{name}-exempel", "--email", f"{name}@example.org")
    return book


def test_a_matters_whole_way(book: Book, update: bool) -> None:
    """From the question in a network to the answer that comes back to it, each page is as it was read and found good."""
    raise_in_the_network(book)
    take_it_to_the_council(book)
    let_the_next_convenor_of_bt_take_over(book)
    wait_in_april(book)
    answer_from_hsn(book)
    let_the_next_chair_take_over(book)
    decide_in_may(book)
    close_in_the_network(book)
    look_back(book)
    book.compare(GOLDEN, update=update)


def test_each_step_is_one_commit_that_names_the_matter(book: Book) -> None:
    """Whoever follows the matter in Git finds each meeting and each command that moved it, once; April only talked of it."""
    for step in (raise_in_the_network, take_it_to_the_council, wait_in_april, answer_from_hsn, decide_in_may):
        step(book)
    log = git(book.program.folder, "log", "--reverse", "--format=%s", f"--grep=^Matter: {matter(book)}$")
    assert [line.partition(":")[0] for line in log.splitlines()] == [
        "minutes(RÖN-BT 2026-02-05)",
        "minutes(RÅD 2026-02-17)",
        "matter(answer)",
        "minutes(RÅD 2026-05-19)",
    ]


# -- the way ----------------------------------------------------------------------------------------------------------


def raise_in_the_network(book: Book) -> None:
    """First meeting: RÖN-BT talks of a question and takes it to the council."""
    for day in ("2026-02-17", "2026-04-21", "2026-05-19"):
        book.program("meeting", "plan", "RÅD", "--date", day, "--start", "13:15", "--end", "16:15")
    for day in ("2026-02-05", "2026-06-04"):
        book.program("meeting", "plan", "RÖN-BT", "--date", day, "--start", "10:00")
    book.on("2026-02-05")
    book.say("minutes", "new", "RÖN-BT", "--from", "-", given=BT_FEBRUARY_TEXT)
    book.keep_documents(BT_FEBRUARY, "minutes")
    screens(book)
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.say("agenda", "new", "RÖN-BT", "--dry-run")
    book.close("01-natverket")


def take_it_to_the_council(book: Book) -> None:
    """Second meeting: the council sends it on to HSN."""
    book.on("2026-02-10")
    book.say("agenda", "new", "RÅD")
    book.keep_agenda(RAD_FEBRUARY)
    book.on("2026-02-17")
    book.write(
        {"Handledare till kvällspassen": HANDED_ON, "Övrigt": "Inget."}, "minutes", "new", "RÅD", sheet="02-blad.md"
    )
    book.keep_documents(RAD_FEBRUARY, "minutes")
    screens(book)
    book.close("02-radet")


def let_the_next_convenor_of_bt_take_over(book: Book) -> None:
    """First succession: another convenor in RÖN-BT, and so in the council."""
    book.on("2026-02-24")
    book.say("network", "appoint", "RÖN-BT", "convenor", "Hanna Exempel", "--from", "2026-03-01")
    for body in ("RÖN-BT", "RÅD"):
        book.say("network", "seats", body, "--on", "2026-02-28")
        book.say("network", "seats", body, "--on", "2026-03-01")
    book.say("item", "list")
    book.close("03-ny-sammankallande")


def wait_in_april(book: Book) -> None:
    """Third meeting: it lies with HSN, and the council hears that it waits."""
    book.on("2026-04-14")
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.on("2026-04-21")
    book.say("minutes", "new", "RÅD", "--from", "-", given=RAD_APRIL_TEXT.format(matter=matter(book)))
    book.keep_documents(RAD_APRIL, "minutes")
    screens(book)
    book.close("04-vantan")


def answer_from_hsn(book: Book) -> None:
    """The answer comes by letter between two meetings."""
    book.on("2026-05-04")
    book.say("matter", "answer", matter(book), "--from", "HSN", "Pengar finns för två handledare per termin.")
    screens(book)
    book.say("agenda", "new", "RÅD", "--dry-run")
    book.close("05-svaret")


def let_the_next_chair_take_over(book: Book) -> None:
    """Second succession: another convenor of RÖN-Dialog, and so another chair of the council."""
    book.on("2026-05-11")
    book.say("network", "appoint", "RÖN-Dialog", "convenor", "Frida Exempel", "--from", "2026-05-15")
    book.say("network", "seats", "RÅD", "--on", "2026-05-19")
    book.say("agenda", "new", "RÅD")
    book.say("agenda", "send", "RÅD", "--output", "brev")
    book.keep_letters("brev", "06-brev-kallelse")
    book.say("agenda", "send", "RÅD", "--done")
    book.keep_documents(RAD_MAY, "agenda")
    book.close("06-ny-ordforande")


def decide_in_may(book: Book) -> None:
    """Fourth meeting: the council decides, and by that answers RÖN-BT."""
    book.on("2026-05-19")
    book.write(
        {"Handledare till kvällspassen": DECIDED, "Övrigt": "Inget."}, "minutes", "new", "RÅD", sheet="07-blad.md"
    )
    book.keep_documents(RAD_MAY, "minutes")
    screens(book)
    book.say("agenda", "new", "RÖN-BT", "--dry-run")
    book.close("07-beslutet")


def close_in_the_network(book: Book) -> None:
    """Fifth meeting: the answer stands on RÖN-BT's agenda, and the network takes note of it."""
    book.on("2026-06-04")
    book.write(BT_JUNE_WORDS, "minutes", "new", "RÖN-BT", sheet="08-blad.md")
    book.keep_documents(BT_JUNE, "minutes")
    screens(book)
    book.close("08-natverket")


def look_back(book: Book) -> None:
    """What a reviewer reads afterwards."""
    book.on("2026-12-15")
    book.say("matter", "list", "--all")
    book.say("decision", "list")
    book.say("decision", "show", f"{RAD_MAY}/d-1", code=None)
    book.say("network", "attendance", "RÅD", "--from", "2026-01-01", "--to", "2026-12-31")
    render(book, "matter", "matter", "render", matter(book))
    render(book, "matter-public", "matter", "render", matter(book), "--edition", "public")
    render(book, "extract", "minutes", "render", RAD_FEBRUARY, "--for", "RÖN-BT")
    render(book, "yearbook", "network", "yearbook", "RÅD", "--year", "2026")
    book.close("09-tillbakablick")


def screens(book: Book) -> None:
    """What people look at to know where the matter is."""
    book.say("matter", "list")
    book.say("matter", "show", matter(book))
    book.say("status")


def render(book: Book, name: str, *arguments: str) -> None:
    """Keep a document in all three forms: the Markdown as it is, the words of HTML and PDF."""
    for form, words in FORMS.items():
        target = book.program.folder / f"{name}.{form}"
        book.program(*arguments, "--format", form, "--output", str(target))
        book.pages[f"{name}.{'md' if form == 'md' else f'{form}.txt'}"] = words(target.read_bytes())


def matter(book: Book) -> str:
    """The id of the one matter on record."""
    [found] = {str(one["id"]) for one in records(book, "matters/*/*.yaml")}
    return found


def records(book: Book, pattern: str) -> Iterator[dict[str, object]]:
    for path in sorted((book.program.folder / "records").glob(pattern)):
        yield yamlfile.read(path.read_bytes())


# -- words ------------------------------------------------------------------------------------------------------------

BT_FEBRUARY_TEXT = """\
# RÖN-BT 2026-02-05 kl. 10:00–11:30
Närvarande: Disa Exempel
Ordförande: Disa Exempel
Anteckningar: Disa Exempel

## Handledare till kvällspassen
Flera enheter saknar handledare efter klockan fem.
Åtgärd @ron-bt/convenor till nästa möte: Räkna hur många pass det gäller.
Lyft till RÅD: Nätverket ber rådet ta ställning till hur kvällspassen ska bemannas.

## Nästa möte
4 juni 2026 kl. 10
"""
HANDED_ON = """\
Disa berättar om läget på enheterna.
Beslut (hänskjuts): Rådet ber om medel till handledare på kvällspassen.
Till HSN: Behovet är två handledare per termin och sjukhus."""
RAD_APRIL_TEXT = """\
# RÅD 2026-04-21 kl. 13:15–15:00
Närvarande: Alva Exempel, Bo Exempel, Hanna Exempel
Förhinder: Erik Exempel
Ordförande: Alva Exempel
Anteckningar: Bo Exempel

## Föregående anteckningar
Godkänns

## Kvällspassen
Ärende {matter}: HSN har inte svarat.
Till nästa möte: Påminna HSN om svaret
"""
DECIDED = """\
Beskedet från nämnden räcker till två handledare.
Beslut: RÖN-BT får anställa två handledare till kvällspassen från hösten 2026.
Röster: tre för, en emot
Reservation Erik Exempel: Pengarna borde delas lika mellan områdena."""

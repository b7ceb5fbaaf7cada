"""What letters say and hold: drafts that mail programs open, read again by the mail library, the calendar's and the PDF's."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import icalendar
import pytest
from conftest import NOW, Program, git
from handmade import HELD, PLANNED, commit, item, meeting, write
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mailroom import AGENDA, paper, parsed, sent, with_addresses, with_settings
from pdf_reading import runs

from atbtst_cli.documents import mail
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.mail import Attachment, Letter, Sender
from atbtst_cli.documents.tree import Document, Paragraph, Text

CALL = ("agenda", "send", PLANNED)
RECORD = f"records/meetings/2026/{PLANNED}"
HELD_RECORD = f"records/meetings/2026/{HELD}/meeting.yaml"
SMALL = b"%PDF-1.7 sm\xc3\xa5tt"
MINUTED = """\
number: 1
held:
  date: 2026-02-17
attendance:
  - member: bo-exempel
    status: present
    seats:
      - rad/ron-at
  - member: cilla-exempel
    status: guest
agenda:
  - id: p-1
    title: Introduktion
    body:
      - text: Planen är klar.
      - internal: Anbudet jämförs.
"""


@pytest.fixture
def planned(council: Program) -> Program:
    """A council with addresses, a list, a sender, and a planned meeting."""
    with_settings(council, 25)
    with_addresses(council)
    return council


def drafts(council: Program, *arguments: str, code: int = 0) -> dict[str, EmailMessage]:
    """The letters that a command writes, by the name before @ of the address they go to."""
    folder = council.folder.parent / "drafts"
    for left in folder.glob("*.eml"):
        left.unlink()
    council(*arguments, "--output", folder, code=code)
    letters = [parsed(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]
    return {letter["To"].addresses[0].username: letter for letter in letters}


def plain(letter: EmailMessage) -> str:
    """Its plain text."""
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html(letter: EmailMessage) -> str:
    return letter.get_body(("html",)).get_content()


def files(letter: EmailMessage) -> dict[str, bytes]:
    """Its attachments by name."""
    return {part.get_filename(): _bytes(part) for part in letter.iter_attachments()}


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_content()
    return content if isinstance(content, bytes) else content.encode()


def shape(part: EmailMessage) -> object:
    """Its parts, one inside the other, by type."""
    kind = part.get_content_type()
    return (kind, [shape(inner) for inner in part.iter_parts()]) if part.is_multipart() else kind


# -- how a letter is put together -----------------------------------------------------------------------------------------


def test_a_draft_is_what_mail_programs_open_to_be_sent(planned: Program) -> None:
    """Undated, with plain text and HTML, the agenda and the invitation beside them; the same bytes each time."""
    letters = drafts(planned, *CALL)
    first = {path.name: path.read_bytes() for path in (planned.folder.parent / "drafts").glob("*.eml")}
    assert set(first) == {"alva-exempel.eml", "bo-exempel.eml", "disa-exempel.eml", "erik-exempel.eml", "rad.list.eml"}
    letter = letters["bo"]
    assert (letter["X-Unsent"], letter["Date"], letter["Message-ID"]) == ("1", None, None)
    assert letter["From"] == "ATBTST-rådet <rad@example.org>"
    assert letter["Subject"] == "Kallelse till RÅD 21 april 2026"
    body = ("multipart/alternative", ["text/plain", "text/html"])
    assert shape(letter) == ("multipart/mixed", [body, "application/pdf", "text/calendar"])
    assert list(files(letter)) == ["Dagordning RÅD 2026-04-21.pdf", "RÅD 2026-04-21.ics"]
    assert files(letter)["Dagordning RÅD 2026-04-21.pdf"].startswith(b"%PDF-")
    for name, data in first.items():
        assert data.isascii(), name
        assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"), name
        assert max(map(len, data.split(b"\r\n"))) <= 998, name
    drafts(planned, *CALL)
    assert {path.name: path.read_bytes() for path in (planned.folder.parent / "drafts").glob("*.eml")} == first


def test_the_calendar_file_asks_what_the_letter_says_it_asks(planned: Program) -> None:
    """It invites the reader of the letter alone, so that nobody learns another's address from it."""
    for name, letter in drafts(planned, *CALL).items():
        [part] = [part for part in letter.iter_attachments() if part.get_content_type() == "text/calendar"]
        calendar = icalendar.Calendar.from_ical(part.get_content())
        assert part["Content-Type"].params["charset"] == "utf-8"
        assert part["Content-Type"].params["method"] == calendar["METHOD"] == "REQUEST"
        [event] = calendar.events
        assert event["ATTENDEE"] == f"mailto:{name}@example.org"
        assert event["ORGANIZER"] == "mailto:rad@example.org"
        assert event.start.isoformat() == "2026-04-21T13:15:00+02:00"


def test_without_a_sender_a_draft_is_left_to_the_mail_program(council: Program) -> None:
    with_addresses(council)
    letter = drafts(council, *CALL)["bo"]
    assert letter["From"] is None
    [part] = [part for part in letter.iter_attachments() if part.get_content_type() == "text/calendar"]
    assert "method" not in part["Content-Type"].params


BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\x00", "\x1b[31m", "\u202e"]


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_no_text_breaks_out_of_its_line(line_break: str) -> None:
    """Whatever stands in names, titles and files, the letter has the same headers and the same parts."""
    text = f"Åsa{line_break}Bcc: x@evil.example{line_break}{line_break}--=_atbtst_0_=\r\nX: y"
    words = Document("sv", text, (), text, "", (), (Paragraph((Text(text),)),), text, NOW.date())
    data = mail.posted(
        Letter(text, "bo@example.org", words, (Attachment(f"{text}.pdf", SMALL),)),
        Sender(text, "rad@example.org"),
        Looks(),
        NOW,
        text,
    )
    letter = parsed(data)
    assert letter.keys() == ["From", "To", "Subject", "MIME-Version", "Content-Type", "Date", "Message-ID"]
    body = ("multipart/alternative", ["text/plain", "text/html"])
    assert shape(letter) == ("multipart/mixed", [body, "application/pdf"])
    assert [str(one) for one in letter["To"].addresses] == [str(letter["To"])]
    assert letter["To"].addresses[0].addr_spec == "bo@example.org"
    assert letter.defects == []
    assert list(files(letter).values()) == [SMALL]


@pytest.mark.parametrize("place", ["member", "meeting", "room", "agenda", "settings", "body"])
def test_no_line_of_a_record_becomes_a_line_of_a_header(planned: Program, place: str) -> None:
    """The breaks that one line of a record can hold, in everything that a letter tells."""
    text = r'"x\u2028Bcc: a@evil.example\x85Bcc: b@evil.example\x0bX-Y: z"'
    path, old, new = {
        "member": ("records/members/bo-exempel.yaml", "name: Bo Exempel", f"name: {text}"),
        "meeting": (f"{RECORD}/meeting.yaml", "place: Dockplatsen", f"title: {text}"),
        "room": (f"{RECORD}/meeting.yaml", "place: Dockplatsen", f"place: {text}"),
        "agenda": (f"{RECORD}/meeting.yaml", "title: Introduktionsdagen", f"title: {text}"),
        "settings": ("records/settings.yaml", "name: ATBTST-rådet", f"name: {text}"),
        "body": ("records/networks/rad.yaml", "short: RÅD", f"short: {text}"),
    }[place]
    before = (planned.folder / path).read_text("utf-8")
    assert old in before
    write(planned, path, before.replace(old, new, 1))
    commit(planned)
    for letter in drafts(planned, *CALL).values():
        assert letter.keys() == ["From", "To", "Subject", "MIME-Version", "Content-Type", "X-Unsent"]
        [part] = [part for part in letter.iter_attachments() if part.get_content_type() == "text/calendar"]
        [event] = icalendar.Calendar.from_ical(part.get_content()).events
        assert not set(event) & {"BCC", "X-Y"}
        assert letter.defects == []


SIGNS = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")
NAMES = st.text(SIGNS, max_size=200).map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=200, deadline=None)
@given(NAMES, NAMES)
@example('Ann "x" <a@b.se>, Åsa; (Öst)', "=?utf-8?q?Bcc=3A?=")
@example("Öberg, Åsa", "å" * 200)
@example("a" * 200, "a" * 200)
@example("\\", "\\")
def test_names_and_subjects_are_read_as_they_were_written(name: str, subject: str) -> None:
    """By somebody who reads the letter with the mail library: commas, quotes, åäö, long words."""
    words = Document("sv", "Region", (), subject, "", (), (), subject, NOW.date())
    data = mail.draft(Letter(name, "bo@example.org", words), Sender(name, "rad@example.org"), Looks())
    # The library's newer reader puts blanks between the coded words of a long name; this one keeps to RFC 2047.
    letter = message_from_bytes(data)
    assert decoded(letter["Subject"]) == mail.visible(subject)
    for header, address in (("From", "rad@example.org"), ("To", "bo@example.org")):
        display, found = parseaddr(" ".join(letter[header].split()))
        assert (decoded(display), found) == (mail.visible(name), address)
    assert parsed(data).defects == []


def decoded(text: str) -> str:
    """A header's words as they were before they were coded."""
    return str(make_header(decode_header(text)))


@pytest.mark.parametrize(
    ("address", "plain_"),
    [
        ("bo@example.org", "bo@example.org"),
        ("o'brien+rad@example.org", "o'brien+rad@example.org"),
        ("bo@räksmörgås.example", "bo@xn--rksmrgs-5wao1o.example"),
        ("bö@example.org", None),
        ("bo..x@example.org", None),
        (".bo@example.org", None),
        ("bo@example..org", None),
        ("bo@-", "bo@-"),
        ("(bo)@example.org", None),
        ("bo@exam\x00ple.org", None),
        ("bo@" + "a" * 64 + ".se", None),
    ],
)
def test_an_address_is_written_as_every_server_takes_it_or_not_at_all(address: str, plain_: str | None) -> None:
    assert mail.deliverable(address) == plain_


# -- calls ----------------------------------------------------------------------------------------------------------------


def test_a_call_says_when_where_how_and_about_what(planned: Program) -> None:
    letters = drafts(planned, *CALL)
    assert plain(letters["bo"]) == (
        "Hej Bo!\n\n"
        "Här är kallelsen till möte i RÅD.\n\n"
        "Datum och tid: Tisdag 21 april 2026 kl. 13.15–16.15\n"
        "Plats: Dockplatsen\n"
        "Mötesform: På plats och på distans\n"
        "Anslutning: https://video.example.org/rad\n\n"
        "Dagordning\n\n"
        "1. Föregående anteckningar\n"
        "2. Introduktionsdagen (Bo Exempel, 15 minuter)\n"
        "3. Upphandling av jourplan\n\n"
        "Dagordningen är bifogad, liksom en kalenderfil som lägger in mötet i kalendern.\n\n"
        "Svara på det här mejlet om du får förhinder.\n\n"
        "Med vänlig hälsning\nCilla Exempel\nATBTST-rådet, Region Skåne\n"
    )
    for text in ("Hej Bo!", "Kallelse till RÅD 21 april 2026", "13.15–16.15", 'href="https://video.example.org/rad"'):
        assert text in html(letters["bo"])


def test_a_list_gets_what_the_public_may_read(planned: Program) -> None:
    """No internal item and no way to join; those who are called get all of it."""
    path = planned.folder / RECORD / "meeting.yaml"
    path.write_text(path.read_text("utf-8") + "    papers:\n      - anbud.pdf\n", "utf-8")
    paper(planned, "anbud.pdf", SMALL)
    commit(planned)
    letters = drafts(planned, *CALL)
    for secret in ("Upphandling", "video.example.org", "anbud.pdf"):
        assert secret in plain(letters["bo"]) + "".join(files(letters["bo"]))
        assert secret not in everything(letters["lista"])
    assert plain(letters["lista"]).startswith("Hej!\n\nHär är kallelsen")
    assert "Svara" not in plain(letters["lista"])
    assert "video.example.org" in files(letters["bo"])["RÅD 2026-04-21.ics"].decode()
    assert list(files(letters["bo"])) == ["Dagordning RÅD 2026-04-21.pdf", "anbud.pdf", "RÅD 2026-04-21.ics"]


def text_of(data: bytes) -> str:
    """The words of a PDF."""
    return " ".join(run.text for run in runs(data))


def everything(letter: EmailMessage) -> str:
    """Every word of a letter, those in its files too."""
    known = files(letter)
    documents = [text_of(data) for name, data in known.items() if name.endswith(".pdf") and b"/Type" in data]
    calendars = [re.sub("\r?\n ", "", data.decode()) for name, data in known.items() if name.endswith(".ics")]
    return "\n".join((str(letter["Subject"]), plain(letter), html(letter), *known, *documents, *calendars))


def test_papers_go_with_the_agenda_under_their_names(planned: Program) -> None:
    path = planned.folder / RECORD / "meeting.yaml"
    named = "Förslag åäö.docx"
    path.write_text(path.read_text("utf-8").replace("    allotted: 15\n", f"    papers:\n      - {named}\n"), "utf-8")
    paper(planned, named, SMALL)
    commit(planned)
    for letter in drafts(planned, *CALL).values():
        assert files(letter)[named] == SMALL
        assert "Dagordningen och handlingarna är bifogade" in plain(letter)
    (planned.folder / RECORD / "papers" / named).unlink()
    assert named in planned(*CALL, "--dry-run", code=3).err
    paper(planned, named, b"x" * 15_000_000)
    assert named in planned(*CALL, "--dry-run", code=3).err


def test_who_cannot_be_reached_is_named_with_the_next_step(planned: Program) -> None:
    """No address, one that servers do not take; and a member whose domain has å is written as servers know it."""
    members = planned.folder / "records/members"
    for name, address in (("bo", ""), ("disa", "dísa@example.org"), ("erik", "erik@räksmörgås.example")):
        path = members / f"{name}-exempel.yaml"
        line = f"email: {address}\n" if address else ""
        path.write_text(re.sub("email: .*\n", line, path.read_text("utf-8")), "utf-8")
    commit(planned)
    said = planned(*CALL, "--dry-run")
    assert "atbtst member edit bo-exempel --email" in said.err
    assert "atbtst member edit disa-exempel --email" in said.err
    assert "dísa@example.org" in said.err
    assert "erik@xn--" in said.out
    assert "Bo Exempel" not in said.out
    network = planned.folder / "records/networks/rad.yaml"
    network.write_text(network.read_text("utf-8").replace("lista@", "listå@"), "utf-8")
    commit(planned)
    assert "mailing_list in records/networks/rad.yaml" in planned("--language", "en", *CALL, "--dry-run").err


def test_a_body_in_which_nobody_sits_calls_nobody(planned: Program) -> None:
    meeting(planned, "2026-05-05-ron-st", AGENDA)
    commit(planned)
    planned("agenda", "send", "2026-05-05-ron-st", "--dry-run")
    path = planned.folder / "records/networks/ron-st.yaml"
    path.write_text(re.sub(r"(?m)^    holders:\n(      .*\n)+", "", path.read_text("utf-8")), "utf-8")
    commit(planned)
    said = planned("agenda", "send", "2026-05-05-ron-st", "--output", "x", code=3)
    assert "atbtst member edit MEMBER --seat ron-st/SEAT" in said.err
    assert not (planned.folder / "x").exists()


def test_a_joint_meeting_calls_everybody_once(planned: Program) -> None:
    meeting(planned, "2026-05-05-ron-st", AGENDA + "with:\n  - rad\n")
    commit(planned)
    letters = drafts(planned, "agenda", "send", "2026-05-05-ron-st")
    assert set(letters) == {"alva", "bo", "disa", "erik", "lista"}
    assert letters["bo"]["Subject"] == "Kallelse till RÖN-ST och RÅD 5 maj 2026"


def test_nobody_is_called_to_a_day_that_has_passed(planned: Program) -> None:
    planned.now = planned.now.replace(month=5)
    assert f"atbtst meeting move {PLANNED}" in planned(*CALL, code=3).err


def test_a_meeting_without_an_agenda_is_not_called(planned: Program) -> None:
    meeting(planned, "2026-05-05-rad")
    commit(planned)
    assert "atbtst agenda new 2026-05-05-rad" in planned("agenda", "send", "2026-05-05-rad", code=3).err


# -- by hand --------------------------------------------------------------------------------------------------------------


def test_letters_that_were_sent_by_hand_are_put_on_record_as_they_were_written(planned: Program) -> None:
    """What happens to the agenda between the drafts and that word does not count."""
    drafts(planned, *CALL)
    assert sent(planned) == []
    planned("agenda", "add", "Tillkommen fråga", "--meeting", PLANNED)
    planned(*CALL, "--done")
    assert sent(planned)[0].count("status: sent") == 5
    assert "Tillkommen" not in (planned.folder / RECORD / "agenda.md").read_text("utf-8")
    assert git(planned.folder, "status", "--porcelain") == ""
    assert "--again" in planned(*CALL, "--done").err
    assert len(sent(planned)) == 1
    assert drafts(planned, *CALL) == {}
    assert len(drafts(planned, *CALL, "--again")) == 5


def test_drafts_lie_in_a_folder_that_git_passes_over(planned: Program) -> None:
    """They hold addresses, which stand in the members' records alone."""
    planned(*CALL)
    assert len(list((planned.folder / f"{PLANNED}-agenda-0").glob("*.eml"))) == 5
    assert git(planned.folder, "status", "--porcelain") == ""


@pytest.mark.parametrize("two", [("--smtp", "--done"), ("--done", "--dry-run"), ("--smtp", "--output", "x")])
def test_letters_go_one_way(planned: Program, two: tuple[str, ...]) -> None:
    planned(*CALL, *two, code=2)
    assert sent(planned) == []


# -- moved and cancelled --------------------------------------------------------------------------------------------------


def test_a_moved_meeting_is_told_of_as_a_change_to_those_who_were_called(planned: Program) -> None:
    """In calendars it takes the place of what was there; who had no call gets a first one."""
    bo = planned.folder / "records/members/bo-exempel.yaml"
    text = bo.read_text("utf-8")
    bo.write_text(re.sub("email: .*\n", "", text), "utf-8")
    commit(planned)
    first = drafts(planned, *CALL)
    planned(*CALL, "--done")
    bo.write_text(text, "utf-8")
    commit(planned)
    planned("meeting", "move", PLANNED, "--date", "2026-04-28", "--reason", "Lokalen är upptagen")
    letters = drafts(planned, *CALL)
    assert letters["bo"]["Subject"] == "Kallelse till RÅD 28 april 2026"
    assert letters["alva"]["Subject"] == "Ändrad kallelse till RÅD 28 april 2026"
    assert "har ändrats" in plain(letters["alva"])
    assert "21 april 2026" in plain(letters["alva"])
    before, after = (icalendar.Calendar.from_ical(ics(one["alva"])).events[0] for one in (first, letters))
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    planned(*CALL, "--done")
    assert len(sent(planned)) == 2


def ics(letter: EmailMessage) -> bytes:
    return next(data for name, data in files(letter).items() if name.endswith(".ics"))


def test_a_cancelled_meeting_is_told_of_to_those_who_had_the_call_and_nobody_else(planned: Program) -> None:
    (planned.folder / "records/networks/rad.yaml").write_text(
        (planned.folder / "records/networks/rad.yaml")
        .read_text("utf-8")
        .replace("mailing_list: lista@example.org\n", "")
    )
    bo = planned.folder / "records/members/bo-exempel.yaml"
    text = bo.read_text("utf-8")
    bo.write_text(re.sub("email: .*\n", "", text), "utf-8")
    commit(planned)
    drafts(planned, *CALL)
    planned(*CALL, "--done")
    bo.write_text(text, "utf-8")
    commit(planned)
    planned("meeting", "cancel", PLANNED, "--reason", "Få kan komma")
    letters = drafts(planned, *CALL)
    assert set(letters) == {"alva", "disa", "erik"}
    letter = letters["alva"]
    assert letter["Subject"] == "Inställt: RÅD 21 april 2026"
    assert "Skäl: Få kan komma" in plain(letter)
    assert list(files(letter)) == ["RÅD 2026-04-21.ics"]
    [part] = letter.iter_attachments()
    assert part["Content-Type"].params["method"] == "CANCEL"
    planned(*CALL, "--done")
    assert len(sent(planned)) == 2


def test_a_meeting_that_is_cancelled_before_anybody_was_called_needs_no_letter(planned: Program) -> None:
    planned("meeting", "cancel", PLANNED, "--reason", "Få kan komma")
    planned(*CALL, "--output", "x")
    assert not (planned.folder / "x").exists()


# -- minutes --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(planned: Program) -> Program:
    """A council that has met, with a guest."""
    write(planned, HELD_RECORD, f"id: {HELD}\nnetwork: rad\ndate: 2026-02-17\nchair: alva-exempel\n{MINUTED}")
    commit(planned)
    return planned


def test_draft_minutes_go_to_everybody_who_was_called_or_sat_there(held: Program) -> None:
    """What the public may read waits for the approval: guests and lists are named, and get it with --draft."""
    letters = drafts(held, "minutes", "send", HELD)
    assert set(letters) == {"alva", "bo", "disa", "erik"}
    assert letters["bo"]["Subject"] == "Utkast: anteckningar från RÅD 17 februari 2026"
    assert "utkast tills de har godkänts" in plain(letters["bo"])
    said = held("minutes", "send", HELD, "--dry-run").err
    assert "Cilla Exempel" in said
    assert "--draft" in said
    letters = drafts(held, "minutes", "send", HELD, "--draft")
    assert set(letters) == {"alva", "bo", "cilla", "disa", "erik", "lista"}
    for name, letter in letters.items():
        [(file, data)] = files(letter).items()
        assert file == "Mötesanteckningar RÅD 2026-02-17.pdf"
        assert ("Anbudet" in text_of(data)) == (name not in ("cilla", "lista"))
        assert "UTKAST" in text_of(data)


def test_approved_minutes_go_out_as_they_were_sealed_to_all_anew(held: Program) -> None:
    drafts(held, "minutes", "send", HELD)
    held("minutes", "send", HELD, "--done")
    assert drafts(held, "minutes", "send", HELD) == {}
    held("minutes", "approve", HELD, "--by", "alva-exempel")
    write(held, "templates/document.typ", "#panic()")
    letters = drafts(held, "minutes", "send", HELD)
    assert set(letters) == {"alva", "bo", "cilla", "disa", "erik", "lista"}
    assert letters["bo"]["Subject"] == "Godkända anteckningar från RÅD 17 februari 2026"
    folder = (held.folder / HELD_RECORD).parent
    assert list(files(letters["bo"]).values()) == [(folder / "minutes.pdf").read_bytes()]
    for name in ("lista", "cilla"):
        assert list(files(letters[name]).values()) == [(folder / "public/minutes.pdf").read_bytes()]
    held("minutes", "send", HELD, "--done")
    assert sorted(one.count("status: sent") for one in sent(held)) == [4, 6]
    held("minutes", "verify", HELD)


def test_what_would_tell_the_public_of_people_is_warned_of(held: Program) -> None:
    path = held.folder / HELD_RECORD
    path.write_text(path.read_text("utf-8").replace("Planen är klar.", "Ring 0701-23 45 67."), "utf-8")
    commit(held)
    assert "0701-23 45 67" in held("minutes", "send", HELD, "--draft", "--dry-run").err
    assert "0701-23 45 67" not in held("minutes", "send", HELD, "--dry-run").err


def test_a_meeting_that_was_not_held_has_no_minutes_to_send(planned: Program) -> None:
    assert f"atbtst agenda send {PLANNED}" in planned("minutes", "send", PLANNED, code=3).err


# -- reminders ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def promised(held: Program) -> Program:
    """A council in which much has been promised."""
    log = "log:\n  - date: 2026-02-20\n    note: |\n      Lokalen är\n      tingad.\n"
    origin = f"origin:\n  meeting: {HELD}\n  agenda_item: p-1\n"
    item(held, 1, "Boka lokal", f"{origin}owners:\n  - ron-at/convenor\n  - alva-exempel\ndue: 2026-02-27\n{log}")
    item(held, 2, "Ring kommunen", "owners:\n  - bo-exempel\ndue: 2026-04-01\n", network="ron-at")
    item(held, 3, "Skriv brev", "owners:\n  - bo-exempel\nclosed:\n  date: 2026-02-20\n  as: done\n")
    item(held, 4, "Fråga vidare", "owners:\n  - name: David Exempel\n")
    item(held, 5, "Ingens sak")
    item(held, 7, "Stäm av kursen", "owners:\n  - disa-exempel\ndue: next\n", network="ron-bt")
    item(held, 6, "Vaktlista", "owners:\n  - ron-at/privata-vardgivare\n")
    commit(held)
    return held


def test_a_reminder_tells_of_each_open_item_so_that_it_makes_sense_alone(promised: Program) -> None:
    letters = drafts(promised, "item", "remind")
    assert set(letters) == {"alva", "bo", "disa"}
    assert "Klart senast: nästa möte (RÖN-BT)\n" in plain(letters["disa"])
    assert plain(letters["bo"]) == (
        "Hej Bo!\n\n"
        "Du står som ansvarig för det här, och det är inte avslutat.\n\n"
        "1. Boka lokal\n"
        "   Klart senast: 27 februari 2026 – tiden har gått ut\n"
        "   Från: RÅD 17 februari 2026, Introduktion\n"
        "   Ansvarig: RÖN-AT (sammankallande), Alva Exempel\n"
        "   Senaste nytt: 20 februari 2026: Lokalen är tingad.\n"
        "   Id: i-0000001\n\n"
        "2. Ring kommunen\n"
        "   Klart senast: 1 april 2026\n"
        "   Från: 10 januari 2026\n"
        "   Ansvarig: Bo Exempel\n"
        "   Id: i-0000002\n\n"
        "Svara på det här mejlet och berätta hur det går, så förs det in i uppföljningen.\n\n"
        "Den som har rådets arbetsyta i sin dator kan skriva in det själv, med åtgärdens id:\n"
        'atbtst item note ID "så här går det"\natbtst item done ID\n\n'
        "Med vänlig hälsning\nCilla Exempel\nATBTST-rådet, Region Skåne\n"
    )
    assert "<strong>tiden har gått ut</strong>" in html(letters["bo"])
    assert shape(letters["bo"]) == ("multipart/alternative", ["text/plain", "text/html"])
    assert letters["bo"]["Subject"] == "Påminnelse om dina åtgärder i ATBTST-rådet"


def test_items_that_nobody_can_be_reminded_of_are_named(promised: Program) -> None:
    said = promised("item", "remind", "--dry-run").err
    for known in ("i-0000004", "David Exempel", "i-0000005", "i-0000006"):
        assert known in said


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (("--overdue",), {"alva": 1, "bo": 1}),
        (("--network", "RÖN-AT"), {"bo": 1}),
        (("--owner", "alva-exempel"), {"alva": 1}),
        (("--owner", "ron-at/convenor"), {"bo": 1}),
        (("--owner", "bo-exempel", "--overdue"), {"bo": 1}),
        (("--owner", "erik-exempel"), {}),
    ],
)
def test_reminders_are_of_what_was_asked_for(promised: Program, words: tuple[str, ...], who: dict[str, int]) -> None:
    letters = drafts(promised, "item", "remind", *words)
    assert {name: plain(letter).count("Id: ") for name, letter in letters.items()} == who


def test_nobody_is_reminded_of_the_same_twice_on_one_day(promised: Program) -> None:
    """Of something else they are, and of the same on another day."""
    promised("item", "remind", "--overdue", "--done")
    assert set(drafts(promised, "item", "remind", "--overdue")) == set()
    assert set(drafts(promised, "item", "remind")) == {"bo", "disa"}
    promised("item", "remind", "--done")
    [mailing] = sent(promised)
    assert mailing.count("member: bo-exempel") == 2
    assert "i-0000001" in git(promised.folder, "log", "-1", "--format=%B")
    promised.now = promised.now.replace(day=3)
    assert set(drafts(promised, "item", "remind")) == {"alva", "bo", "disa"}


def test_what_was_sent_of_a_meeting_and_of_an_item_is_shown_with_it(promised: Program) -> None:
    for command in (CALL, ("minutes", "send", HELD), ("item", "remind", "--owner", "alva-exempel")):
        promised(*command, "--done")
    assert "2026-03-02 to 5 recipients" in promised("--language", "en", "meeting", "show", PLANNED).out
    assert "2026-03-02 to 4 recipients" in promised("--language", "en", "meeting", "show", HELD).out
    assert "2026-03-02  Alva Exempel\n" in promised("item", "show", "i-0000001").out


def test_where_nothing_is_open_nobody_is_reminded(held: Program) -> None:
    held("item", "remind", "--output", "x")
    assert not (held.folder / "x").exists()


# -- in English -----------------------------------------------------------------------------------------------------------


def test_an_english_council_writes_in_english(promised: Program) -> None:
    path = promised.folder / "records/settings.yaml"
    path.write_text(path.read_text("utf-8").replace("language: sv", "language: en"), "utf-8")
    commit(promised)
    call = drafts(promised, *CALL)["bo"]
    assert call["Subject"] == "Call to RÅD 21 April 2026"
    assert 'lang="en"' in html(call)
    assert "Please answer this mail if you cannot come." in plain(call)
    assert "overdue" in plain(drafts(promised, "item", "remind")["bo"])
    assert "They are a draft" in plain(drafts(promised, "minutes", "send", HELD)["bo"])

"""Nothing that is internal, and nothing that is never printed, is in any byte of what the public gets.

What the public gets: minutes and agenda, extracts of minutes and of matters, and yearbooks, in the public edition as
Markdown, HTML and PDF, the names of those files, and the letters to distribution lists with all that is attached to them. Calendar feeds, letters to members and everything
that is shown on the screen are internal.

Every text of every record has a word of its own here, so that all can be looked for in one go and each can be told from
all others. TABLE says of each field what becomes of it, and the test holds it to that in both directions: what is said to
be public has to be found, so that the search itself cannot fail unseen.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, get_args

import pikepdf
import pytest
from conftest import Program, git
from documents_example import council as example
from everything import COMING, documents, fill_council, marked, posted, without
from handmade import commit
from pdf_reading import runs, structure
from pydantic import BaseModel
from schema_walk import Walk

from atbtst_cli.documents import agenda, extract, letters, minutes, yearbook
from atbtst_cli.documents import matter as matter_extract
from atbtst_cli.documents.letters import Hands
from atbtst_cli.documents.tree import texts
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.schemas import MODELS

SAYS = ("public", "internal", "envelope", "never")

TABLE: dict[str, dict[str, str]] = {
    "Meeting": {
        "public": "id network with_ number title reference date start end place mode called moves cancelled chair"
        " secretary adjusters attendance preamble agenda next_meeting approval amendments",
        "internal": "link",
        "never": "planned held declined",
    },
    "Act": {"never": "date by"},
    "Call": {"public": "date by agenda"},
    "CalledItem": {"public": "title", "never": "id internal"},
    "Move": {"public": "from_", "never": "to date reason"},
    "Cancelled": {"public": "date reason"},
    "Attendance": {"public": "member name status seats substitute_for note"},
    "AgendaItem": {
        "public": "id title from_ approves matter presenter allotted papers body parts",
        "never": "kind network internal",
    },
    "TextBlock": {"public": "text"},
    "InternalBlock": {"internal": "internal"},
    "DecisionBlock": {"public": "number outcome to text", "never": "decision"},
    "ActionBlock": {"public": "action text owners due"},
    "ProgressBlock": {"public": "progress closes text"},
    "DroppedBlock": {"public": "text", "never": "dropped"},
    "DeferredBlock": {"public": "deferred text"},
    "ApprovalBlock": {"public": "approval text"},
    "NextTimeBlock": {"public": "text", "never": "next_time"},
    "ArrivedBlock": {"public": "arrived at"},
    "LeftBlock": {"public": "left at"},
    "MatterBlock": {"public": "matter closes text"},
    "ReferralBlock": {"public": "referral role text"},
    "AnswerBlock": {"public": "answer text"},
    "VotesBlock": {"public": "votes"},
    "ReservationBlock": {"public": "reservation text"},
    "SupersedesBlock": {"public": "supersedes cited text"},
    "ReferenceBlock": {"public": "reference"},
    "WithheldBlock": {"public": "withheld"},
    "NextMeeting": {"public": "date start end place text", "internal": "inferred"},
    "Approval": {"public": "date by at outcome changes", "never": "sealed"},
    "Sealed": {"never": "record documents made_with"},
    "Amendment": {"public": "date by reason approved"},
    "Named": {"public": "name"},
    "Member": {"public": "names", "envelope": "email", "never": "id from_ to aliases phone employer title forgotten"},
    "DatedName": {"public": "name short", "never": "from_ to"},
    "Network": {
        "public": "names seats",
        "envelope": "mailing_list",
        "never": "id kind aliases founded dissolved description successors reports_to refers_to quorum standing",
    },
    "Seat": {"public": "names", "never": "id from_ to kind chair public_name declined follows holders"},
    "Quorum": {"public": "count", "never": "from_ to seats"},
    "Holding": {"never": "from_ to member on_behalf_of"},
    "Standing": {"never": "title kind network parts"},
    "Settings": {
        "public": "name organisation logo language time_zone document_title instances",
        "envelope": "mail",
        "never": "format stale",
    },
    "Instance": {"public": "name", "never": "id aliases"},
    "Mail": {"envelope": "sender", "never": "server port security user"},
    "ActionItem": {
        "public": "id title added owners due closed",
        "internal": "origin log",
        "never": "network matter internal",
    },
    "Origin": {"public": "meeting", "internal": "agenda_item"},
    "LogEntry": {"internal": "date note", "never": "by meeting"},
    "Closed": {"public": "date as_", "never": "by meeting reason"},
    "Matter": {
        "public": "id title network raised origin reference description papers referrals closed",
        "never": "internal log",
    },
    "Referral": {"public": "from_ to role sent answer withdrawn", "never": "id parent"},
    "Sent": {"public": "date", "never": "by at on_behalf_of decision"},
    "Answer": {"public": "date text", "never": "by at decision"},
    "Withdrawn": {"public": "date reason", "never": "by at"},
    "MatterClosed": {"public": "date reason", "never": "by at decision"},
    "Report": {"never": "id meeting network date by text"},
    "Mailing": {"never": "id kind meeting revision date by deliveries"},
    "Delivery": {"never": "member list_ status at items"},
}
"""What becomes of each field of each model.

public: documents for everybody print it, unless it stands in something internal or names who holds an unnamed seat.
internal: only documents and letters for members do. envelope: it is the address that a letter comes from or goes to.
never: no document holds it, as it stands in the record; it rules what is printed, or is for the screen alone. A report's
text is never printed: `minutes new` writes it into the minutes, where it is text of theirs.
"""


def models(annotation: Any, found: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """Every model that a record is made of, by name."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation.__name__ not in found:
        found[annotation.__name__] = annotation
        for field in annotation.model_fields.values():
            models(field.annotation, found)
    for part in get_args(annotation):
        models(part, found)
    return found


EVERY = {name: model for record in MODELS.values() for name, model in models(record, {}).items()}


@pytest.mark.parametrize("name", EVERY)
def test_the_table_says_of_every_field_what_becomes_of_it(name: str) -> None:
    """A new field has to be thought about; one that is gone leaves the table."""
    said = [field for fields in TABLE.get(name, {}).values() for field in fields.split()]
    assert sorted(said) == sorted(EVERY[name].model_fields)
    assert set(TABLE) <= set(EVERY)
    assert set(TABLE[name]) <= set(SAYS)


# -- a council in which every text is a word of its own --------------------------------------------------------------------

WORD = re.compile(r"qzx\d{4}v")


class Words:
    """Gives out words that stand nowhere else, and knows what each one is: its field, and whether that is internal."""

    def __init__(self) -> None:
        self._given = 0
        self.fields: dict[str, tuple[str, str]] = {}
        self.inside: set[str] = set()

    def __call__(self, _lines: bool = True) -> str:
        self._given += 1
        return f"qzx{self._given:04}v"

    def learn(self, value: Any, field: tuple[str, str] = ("", ""), *, inside: bool = False) -> None:
        """Read off a record where each word went."""
        if isinstance(value, BaseModel):
            inside = inside or getattr(value, "internal", False) is True
            for name in type(value).model_fields:
                self.learn(getattr(value, name), (type(value).__name__, name), inside=inside)
        elif isinstance(value, tuple | dict):
            for inner in value.values() if isinstance(value, dict) else value:
                self.learn(inner, field, inside=inside)
        elif isinstance(value, str):
            found = WORD.findall(value)
            self.fields |= dict.fromkeys(found, field)
            self.inside |= set(found if inside else ())

    def that_are(self, says: str) -> dict[str, str]:
        """The words of which TABLE says this, with their fields; what stands in something internal is internal."""
        return {word: ".".join(field) for word, field in self.fields.items() if says == self._says(word)}

    def _says(self, word: str) -> str:
        model, field = self.fields[word]
        says = next(says for says, fields in TABLE[model].items() if field in fields.split())
        return "internal" if says == "public" and word in self.inside else says


def fill(council: Program, mark: str) -> Words:
    """Fill a council with such words, with everything internal that can be, or nothing; and tell the words in it."""
    words = Words()
    for kind, _path, data in fill_council(council, words, lambda: f"{words()}@example.org", mark):
        words.learn(MODELS[kind].model_validate(data))
    return words


# -- what it gives out -----------------------------------------------------------------------------------------------------


def read(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """All that can be read in a file and from its name, in pieces, each with what it is."""
    yield "name", name
    if name.endswith(".pdf"):
        yield "pdf", "".join(read_pdf(data))
    elif name.endswith(".eml"):
        yield from read_letter(message_from_bytes(data, policy=policy.default))
    else:
        # A calendar says to whom it goes and from whom it comes, as a letter does.
        text = re.sub(r"\r?\n[ \t]", "", data.decode())
        yield "envelope", "".join(re.findall(r"(?m)^(?:ATTENDEE|ORGANIZER).*$", text))
        yield "text", re.sub(r"(?m)^(?:ATTENDEE|ORGANIZER).*$", "", text)


def read_letter(letter: EmailMessage) -> Iterator[tuple[str, str]]:
    for part in letter.walk():
        for header, value in part.items():
            yield "envelope" if header in ("From", "To") else "header", f"{header}: {value}"
        if part.get_filename():
            yield from read(part.get_filename(), part.get_payload(decode=True))
        elif not part.is_multipart():
            yield "text", part.get_content()


def read_pdf(data: bytes) -> Iterator[str]:
    """The file byte by byte, every stream in it unpacked, every string, what its pages show and what a reader hears."""
    yield data.decode("latin-1")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            yield from strings(thing)
    yield "".join(run.text for run in runs(data))
    yield structure(data).text


def strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, pikepdf.String | pikepdf.Name):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for each in thing:
            yield from () if is_elsewhere(each) else strings(each)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        if isinstance(thing, pikepdf.Stream):
            yield thing.read_bytes().decode("latin-1")
            yield thing.read_bytes().decode("utf-8", "ignore")
        for key, value in thing.items():
            yield key
            yield from () if is_elsewhere(value) else strings(value)


def is_elsewhere(thing: Any) -> bool:
    """Whether it is an object of its own, which is read when its turn comes."""
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def found(files: Iterable[tuple[str, bytes]]) -> dict[str, set[str]]:
    """The words in these files, by what they stand in; however lines are broken."""
    words: dict[str, set[str]] = {}
    for name, data in files:
        for kind, text in read(name, data):
            words.setdefault(kind, set()).update(WORD.findall(re.sub(r"[\s\u200b\u00ad]+", "", text)))
    return words


@pytest.mark.parametrize("mark", ["false", "true"], ids=["nothing internal", "everything internal"])
def test_the_public_finds_no_word_that_is_internal_or_never_printed(council: Program, mark: str) -> None:
    words = fill(council, mark)
    letters = list(posted(council))
    assert {name for name, _data in letters} == {"alva-exempel.eml", "rad.list.eml"}
    none = ("extract", "matter") if mark == "true" else ()
    public = found(
        [*documents(council, "public", *none), *((name, data) for name, data in letters if ".list." in name)]
    )
    sent_by = public.pop("envelope")
    read_by_all = set().union(*public.values())
    for says in ("internal", "never", "envelope"):
        assert {field for word, field in words.that_are(says).items() if word in read_by_all} == set(), says
    assert {words.fields[word] for word in sent_by} == {("Mail", "sender"), ("Network", "mailing_list"), *NAMED}
    if mark == "false":
        assert missing(words, "public", read_by_all) == set()


NAMED = {("Settings", "name"), ("DatedName", "name")}
"""What stands beside the addresses: the council's name and the body's."""


def test_members_find_what_is_internal_and_nobody_what_is_never_printed(council: Program) -> None:
    """So that what the public does not find is there to be found."""
    words = fill(council, "true")
    council("meeting", "calendar", "--output", "alla.ics")
    feed = "alla.ics", (council.folder / "alla.ics").read_bytes()
    internal = found([*documents(council, "internal"), *posted(council), feed])
    read_by_members = set().union(*internal.values())
    assert {field for word, field in words.that_are("never").items() if word in read_by_members} == set()
    assert missing(words, "internal", read_by_members) == set()
    assert missing(words, "envelope", read_by_members) == set()


def missing(words: Words, says: str, seen: set[str]) -> set[str]:
    """The fields of which TABLE says this and of which no word was seen."""
    known = words.that_are(says)
    return set(known.values()) - {known[word] for word in seen & set(known)}


# -- people ----------------------------------------------------------------------------------------------------------------

EGIL = {
    "id": "egil-exempel",
    "names": [{"to": "2020-12-31", "name": "Egil Olsson"}, {"from": "2021-01-01", "name": "Egil Exempel"}],
    "aliases": ["Egge"],
    "email": "egil@example.org",
}
"""Who sits in the council for a seat that public documents do not name the holder of."""
SPELLINGS = ["egil-exempel", {"name": "Egil Exempel"}, {"name": "Egil"}, {"name": "egge"}, {"name": "EGIL  OLSSON"}]
TRACE = re.compile(r"egil|egge|olsson", re.IGNORECASE)
HANDS = Hands("egil-exempel", "")
"""Letters that they sign."""


def naming(data: Any, who: Any) -> Any:
    """The data with that person wherever somebody can stand."""
    if isinstance(data, list):
        return [naming(each, who) for each in data]
    if not isinstance(data, dict):
        return data
    if set(data) == {"name"}:
        return who
    inner = {key: naming(value, who) for key, value in data.items()}
    row = {"member": who} if isinstance(who, str) else who
    return without(inner, "member", "name") | row if "status" in data else inner


@pytest.mark.parametrize("who", SPELLINGS, ids=str)
def test_who_holds_an_unnamed_seat_is_named_in_no_place_and_no_spelling(who: Any) -> None:
    """Attendance, chair, owners, presenter, approval, amendments, calls, reservations, substitutes, comings and goings."""
    known = example()
    item = ActionItem.model_validate(naming(marked(Walk("item").whole(lambda _lines: "x"), "false"), who))
    matter = Matter.model_validate(naming(marked(Walk("matter").whole(lambda _lines: "x"), "false"), who))
    members = known.members | {EGIL["id"]: Member.model_validate(EGIL)}
    council = replace(known, members=members, items={item.id: item}, matters={matter.id: matter})
    data = naming(marked(Walk("meeting").whole(lambda _lines: "x"), "false"), who) | {"with": []}
    data["agenda"][0]["from"] = item.id
    held = Meeting.model_validate(without(data, "cancelled"))
    council = replace(council, meetings={held.id: held})
    for edition, is_named in (("internal", True), ("public", False)):
        given = [
            minutes.build(held, council, edition),
            agenda.build(held, council, edition),
            letters.call(held, council, edition, HANDS, is_update=False),
            letters.minutes(held, council, edition, HANDS),
            letters.cancellation(Meeting.model_validate(data), council, edition, HANDS),
            extract.build(held, council, edition, "ron-at"),
            matter_extract.build(matter, council, edition),
            yearbook.build(council, "rad", date(2026, 12, 31), edition),
        ]
        for document in filter(None, given):
            assert bool(TRACE.search(" ".join(texts(document)))) == is_named, document.title


# -- from one meeting to the next ------------------------------------------------------------------------------------------

SECRETIVE = """\
# RÅD 2026-02-17
Ordförande: Alva Exempel

## Öppen fråga
Inget.

### Sluten del {intern}
Text.

## Sluten fråga {intern}
### Del av den
Beslut (bordläggs till nästa möte): Hemligt beslut
Åtgärd @bo-exempel till nästa möte: Hemlig åtgärd
Till nästa möte: Hemligt ämne
Nästa möte
### Hemlig rubrik
Bordläggs till nästa möte.
"""


def test_what_an_internal_item_leaves_comes_to_the_next_meeting_as_internal(council: Program) -> None:
    """Also what stands in its sub-items; and no call tells of them, nor do later minutes as of something dropped."""
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", given=SECRETIVE)
    council("meeting", "plan", "RÅD", "--date", "2026-04-21")
    council("agenda", "new", "RÅD")
    council("agenda", "add", "Sluten", "--meeting", "RÅD", "--internal", "--at", "1")
    council("agenda", "add", "Hemlig underpunkt", "--meeting", "RÅD", "--under", "1")
    council("member", "edit", "alva", "--email", "alva@example.org")
    council("agenda", "send", "RÅD", "--done")
    render = ["render", COMING, "--format", "md", "--output", "-"]
    internal = council("agenda", *render).out
    assert {"Hemlig åtgärd", "Hemligt ämne", "Hemlig rubrik"} <= set(re.findall(r"Hemlig\w* \w+", internal))
    shown = [council("agenda", *render, "--edition", "public").out]
    council(
        "minutes", "new", "RÅD", "--date", "2026-04-21", "--from", "-", given="# RÅD 2026-04-21\n\n## Övrigt\nInget.\n"
    )
    shown += [council("minutes", *render, "--edition", "public", "--draft").out]
    assert ["Hemlig" in text for text in shown] == [False, False]


def test_a_report_is_quoted_without_the_name_of_who_holds_an_unnamed_seat(council: Program) -> None:
    """The quotation is text of the minutes, in both editions."""
    path = council.folder / "records/networks/ron-at.yaml"
    network = path.read_text("utf-8")
    path.write_text(network.replace("    kind: convenor\n", "    kind: convenor\n    public_name: false\n"), "utf-8")
    commit(council)
    git(council.folder, "config", "atbtst.member", "bo-exempel")
    council("meeting", "plan", "RÅD", "--date", "2026-03-02")
    council("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given="Planen är klar.")
    council("minutes", "new", "RÅD", "--date", "2026-03-02", "--no-edit")
    shown = council("minutes", "show", "RÅD").out
    quoted = shown[shown.index("> Rapport") : shown.index("Planen är klar.")]
    assert "RÖN-AT" in quoted
    assert "Bo Exempel" not in quoted

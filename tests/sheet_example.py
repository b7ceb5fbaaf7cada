"""A made-up council for the tests of sheets, and meetings drawn at random with texts that are hard to keep apart."""

import itertools
from collections.abc import Callable
from datetime import date, time
from typing import Any

from hypothesis import strategies as st

from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import (
    ActionBlock,
    AgendaItem,
    AnswerBlock,
    ApprovalBlock,
    ArrivedBlock,
    Attendance,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    InternalBlock,
    LeftBlock,
    MatterBlock,
    Meeting,
    NextMeeting,
    NextTimeBlock,
    ProgressBlock,
    ReferenceBlock,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
    TextBlock,
    VotesBlock,
)
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.person import Named
from atbtst_cli.models.settings import Instance, Settings
from atbtst_cli.sheet.blocks import settled
from atbtst_cli.sheet.coming import said
from atbtst_cli.sheet.text import clean

DAY = date(2026, 2, 17)


def _member(known: str, name: str, *aliases: str) -> Member:
    return Member.model_validate({"id": known, "names": [{"name": name}], "aliases": list(aliases)})


def _network(known: str, short: str, *aliases: str) -> Network:
    convenor = {"id": "convenor", "kind": "convenor", "names": [{"name": "Sammankallande"}]}
    return Network.model_validate(
        {
            "id": known,
            "kind": "council" if known == "rad" else "network",
            "names": [{"name": f"Nätverket {short}", "short": short}],
            "aliases": list(aliases),
            "seats": [convenor],
        }
    )


MEMBERS = (
    _member("alva-exempel", "Alva Exempel"),
    _member("bo-exempel", "Bo Exempel", "Bosse"),
    _member("cilla-exempel", "Cilla Exempel"),
    _member("disa-exempel", "Disa Exempel"),
    _member("anna-ett", "Anna Ett"),
    _member("anna-tva", "Anna Två"),
    _member("inga-och-dag", "Inga och Dag"),
)
NETWORKS = (
    _network("rad", "RÅD", "Rådet", "ATBTST-rådet"),
    _network("ron-at", "RÖN-AT", "AT"),
    _network("ron-bt", "RÖN-BT", "BT"),
    _network("ron-st", "RÖN-ST", "ST", "ST-RÖN"),
    _network("ron-dialog", "RÖN-Dialog", "Dialog", "Dialoggruppen"),
)


def _item(known: str, title: str, network: str = "rad", **fields: Any) -> ActionItem:
    return ActionItem.model_validate({"id": known, "title": title, "network": network, "added": "2025-11-18", **fields})


def _matter(known: str, title: str) -> Matter:
    return Matter.model_validate({"id": known, "title": title, "network": "rad", "raised": "2025-11-18"})


def _held(known: str, network: str, *decisions: tuple[str, int | None]) -> Meeting:
    blocks = [{"decision": local, "number": number, "text": "Rådet avvaktar."} for local, number in decisions]
    agenda = [{"id": "p-1", "title": "Lönefrågan", "body": blocks}]
    return Meeting.model_validate({"id": known, "network": network, "date": known[:10], "agenda": agenda})


ITEMS = (
    _item("i-7x2m4qa", "Fråga HR"),
    _item("i-k7q3d9m", "Boka lokal", "ron-at", owners=["alva-exempel"], due="next"),
    _item("i-0496abc", "Ta fram underlag"),
    _item("i-0496xyz", "Skriv till regionen"),
    _item("i-5tz0000", "Sänd ut enkäten", closed={"date": "2026-01-20", "as": "done"}),
)
MEETINGS = (
    _held("2025-11-18-rad", "rad", ("d-1", 12), ("d-2", None), ("d-3", 13)),
    _held("2025-10-07-ron-at", "ron-at", ("d-7", 12)),
    _held("2024-11-19-rad", "rad", ("d-1", 12)),
)
MATTERS = (_matter("m-7c2k9xa", "Lönefrågan"), _matter("m-7c2d000", "Handledning"))
COUNCIL = Council(
    settings=Settings(
        format=1,
        name="Testrådet",
        organisation="Testregionen",
        instances=(
            Instance(id="hsn", name="HSN"),
            Instance(id="sos", name="SoS", aliases=("Socialstyrelsen",)),
            Instance(id="hr", name="Staben (HR)"),
        ),
    ),
    members={member.id: member for member in MEMBERS},
    networks={network.id: network for network in NETWORKS},
    meetings={meeting.id: meeting for meeting in MEETINGS},
    items={item.id: item for item in ITEMS},
    matters={matter.id: matter for matter in MATTERS},
)
DIRECTORY = Directory(COUNCIL, DAY)


def draws() -> Callable[[str], str]:
    """Ids in a fixed order, which no test types itself."""
    numbers = itertools.count(1)
    return lambda prefix: f"{prefix}-z{next(numbers):06d}"


def meeting(**fields: Any) -> Meeting:
    """The council's meeting of the day of the tests."""
    return Meeting.model_validate({"id": "2026-02-17-rad", "network": "rad", "date": DAY, **fields})


# What is hard to tell from the sheet's own signs, put together at random.
PIECES = (
    *("Beslut: ", "Beslut", "beslut (avslås): ", "Decision: ", "Beslt: ", "Åtgärd @bo-exempel: ", "Åtgärd Bo: "),
    *(
        "Klar i-7x2m4qa: ",
        "Klar i-7x2m: ",
        "Klar: ",
        "Notering: ",
        "Utgår: ",
        "Utgår idag då ingen är här. ",
        "Utgår från att ",
        "Utgår",
    ),
    *("Bordläggs till nästa möte", "Bordläggs: ", "Godkänns", "Godkänns.", "Intern:", "Intern: ", "Inten: ", "Internt"),
    *(
        "Till nästa möte: ",
        "Till HSN: ",
        "Till alla: ",
        "Lyft till RÅD: ",
        "Till HSN (för kännedom): ",
        "Svar från HSN: ",
        "Röster: ",
        "Kom: Bo",
    ),
    *("Ersätter RÅD § 12/2025: ", "Ersätter ", "§ 3/2026", "Diarienummer RS 2026-1", "Dnr: ", "Beslut § 4: "),
    *(
        "Reservation Bo: ",
        "Ärende m-7c2k9xa: ",
        "Klar m-7c2k9xa: ",
        " (för beredning)",
        "Närvarande: Bo",
        "Plats: hotellet",
        "Anteckningar",
        "Ordförande: X",
    ),
    *("# ", "## ", "### ", "#### ", "##", "{#p-1}", " {intern}", "{#c-1}", "%%", "%% ", "- ", "* ", "-", "• ", "1. "),
    *(
        "2024. ",
        "> ",
        "| a | b |",
        "|---|---|",
        "---",
        "***",
        "===",
        "```",
        "````",
        "~~~",
        "``",
        "\\",
        "\\\\",
        "**",
        "_",
    ),
    *(
        "a_b_c",
        "5*3*2",
        "@anna_b",
        "[1]: https://x.se",
        "<!-- x",
        "<namn>",
        "&copy;",
        "C #",
        "3 500 kronor",
        "§ 5 ",
        ": ",
    ),
    *(
        "ord",
        "två ord",
        "Å",
        "ä\u0308",
        "\u00ad",
        "\u00a0",
        "\t",
        " ",
        "  ",
        "    ",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\n  ",
        "\n\n  ",
    ),
    *(
        ":",
        ";",
        "(",
        ")",
        '"',
        ",",
        " och ",
        "kl. 14:10",
        "\u2028",
        "\r\n",
        "\x0b",
        "nästa möte",
        "\nNästa möte: 21 april",
        "**Next meeting:** online, ",
        "21 november",
        "v. 47",
    ),
)
_raw = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join) | st.text(max_size=12)
texts = _raw.map(clean).filter(bool)
"""Texts of a block as a record holds them."""
any_texts = _raw.map(clean)
lines = _raw.map(lambda text: " ".join(clean(text).split())).filter(bool)
"""Texts of one line, such as titles and names."""

members = st.sampled_from([member.id for member in MEMBERS])
persons = (
    members
    | lines.map(lambda name: Named(name=name))
    | st.sampled_from(["Alva Exempel", "Bosse", "anna-ett"]).map(lambda name: Named(name=name))
)
owners = persons | st.sampled_from(["ron-at/convenor", "rad/convenor"])
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
dues = days | st.just("next") | st.sampled_from(["2026-04-21-rad", "2027-01-31-ron-at-2"])
times = st.times().map(lambda at: time(at.hour, at.minute))
bodies = st.sampled_from(["rad", "ron-at", "ron-dialog", "hsn", "sos", "hr"])
items = st.sampled_from([item.id for item in ITEMS])
matters = st.sampled_from([matter.id for matter in MATTERS])
superseded = st.sampled_from(
    [
        ("2025-11-18-rad/d-1", "RÅD § 12/2025"),
        ("2025-11-18-rad/d-2", None),
        ("2025-10-07-ron-at/d-7", "RÖN-AT § 12/2025"),
    ]
)
"""Decisions on record, and what they are cited as."""
references = lines | st.sampled_from(["RS 2026-123", "2026/45"])
roles = st.sampled_from(["decision", "preparation", "information"])
outcomes = st.sampled_from(
    ["adopted", "adopted_with_changes", "rejected", "deferred", "referred", "noted", "withdrawn"]
)


def _unplaced() -> st.SearchStrategy[Any]:
    """Blocks of every kind that is typed; ids that must differ are set later."""
    return st.one_of(
        st.builds(TextBlock, text=texts),
        st.builds(TextBlock, text=texts),
        st.builds(InternalBlock, internal=texts),
        st.builds(
            DecisionBlock,
            decision=st.just("d-0"),
            number=st.none() | st.integers(1, 99),
            outcome=outcomes,
            to=st.none() | dues,
            text=any_texts,
        ),
        st.builds(
            ActionBlock,
            action=st.just("i-0000000"),
            owners=st.lists(owners, max_size=3).map(tuple),
            due=st.none() | dues,
            text=any_texts,
        ),
        st.builds(ProgressBlock, progress=items, closes=st.sampled_from([None, "done", "dropped"]), text=any_texts),
        st.builds(DroppedBlock, dropped=st.sampled_from(["nobody_present", "no_time", "other"]), text=any_texts),
        st.builds(DeferredBlock, deferred=dues, text=any_texts),
        st.builds(
            ApprovalBlock, approval=st.sampled_from(["adopted", "adopted_with_changes", "rejected"]), text=any_texts
        ),
        st.builds(NextTimeBlock, next_time=st.just("c-0"), text=any_texts),
        st.builds(ArrivedBlock, arrived=persons, at=st.none() | times),
        st.builds(LeftBlock, left=persons, at=st.none() | times),
        st.builds(MatterBlock, matter=matters, closes=st.booleans(), text=any_texts),
        st.builds(ReferralBlock, referral=bodies, role=roles, text=any_texts),
        st.builds(AnswerBlock, answer=bodies, text=any_texts),
        st.builds(VotesBlock, votes=any_texts),
        st.builds(ReservationBlock, reservation=st.lists(persons, max_size=2).map(tuple), text=any_texts),
        st.builds(
            lambda earlier, text: SupersedesBlock(supersedes=earlier[0], cited=earlier[1], text=text),
            superseded,
            any_texts,
        ),
        st.builds(ReferenceBlock, reference=references),
    )


blocks = st.lists(_unplaced(), max_size=5).map(tuple)
titles = lines | st.sampled_from(["Övrigt", "Nästa möte", "Att ta upp till nästa möte", "AT", "Lönefrågan"])


@st.composite
def agenda_items(draw: st.DrawFn, depth: int = 0) -> AgendaItem:
    """An agenda item with anything below it."""
    parts = draw(st.lists(agenda_items(depth + 1), max_size=2 if depth < 2 else 0)) if depth < 3 else []
    return AgendaItem(
        id="p-0",
        kind=draw(st.none() | st.sampled_from(["previous_minutes", "reports", "other", "next_time", "next_meeting"])),
        network=draw(st.none() | st.just("ron-at")),
        title=draw(titles),
        from_=draw(st.none() | st.just("2025-11-18-rad/c-4k2")),
        internal=draw(st.booleans()),
        body=draw(blocks),
        parts=tuple(parts),
    )


attendance = st.builds(
    lambda person, status, substitute, note, seats: Attendance(
        member=None if isinstance(person, Named) else person,
        name=person.name if isinstance(person, Named) else None,
        status=status,
        substitute_for=substitute,
        note=note,
        seats=seats,
    ),
    persons,
    st.sampled_from(["present", "present", "excused", "absent", "guest"]),
    st.none() | persons,
    st.none() | lines | st.sampled_from(["§ 91-97", "ordf.", "åb", "för Bo Exempel", "sjuk", "punkt 1", "SUS"]),
    st.just(()) | st.just(("rad/ron-bt",)),
)


def _numbered(found: Any, numbers: dict[str, int]) -> Any:
    """The blocks with ids that differ, as in a record."""

    def fresh(prefix: str) -> str:
        numbers[prefix] = numbers.get(prefix, 0) + 1
        return f"i-{numbers[prefix]:07d}" if prefix == "i" else f"{prefix}-{numbers[prefix]}"

    fields = {DecisionBlock: ("decision", "d"), ActionBlock: ("action", "i"), NextTimeBlock: ("next_time", "c")}
    return settled(
        block.model_copy(update={fields[type(block)][0]: fresh(fields[type(block)][1])})
        if type(block) in fields
        else block
        for block in found
    )


def _placed(item: AgendaItem, numbers: dict[str, int]) -> AgendaItem:
    numbers["p"] = numbers.get("p", 0) + 1
    known = f"p-{numbers['p']}"
    body = _numbered(item.body, numbers)
    return item.model_copy(
        update={"id": known, "body": body, "parts": tuple(_placed(part, numbers) for part in item.parts)}
    )


def _with_next(known: Meeting) -> Meeting:
    """The meeting with the next one as a record holds it beside the words that tell it."""
    text = said(known)
    return known.model_copy(update={"next_meeting": NextMeeting(text=text, date=date(2026, 4, 21)) if text else None})


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """A meeting with anything a sheet can say."""
    numbers: dict[str, int] = {}
    # A diarienummer before the first agenda item is the meeting's.
    preamble = _numbered([one for one in draw(blocks) if not isinstance(one, ReferenceBlock)], numbers)
    agenda = tuple(_placed(item, numbers) for item in draw(st.lists(agenda_items(), max_size=4)))
    known = meeting(
        number=draw(st.none() | st.integers(1, 20)),
        reference=draw(st.none() | references),
        start=draw(st.none() | times),
        end=draw(st.none() | times),
        place=draw(st.none() | lines | st.just("kl. 13, Dockplatsen")),
        mode=draw(st.none() | st.just("hybrid")),
        chair=draw(st.none() | persons),
        secretary=draw(st.none() | persons),
        adjusters=draw(st.lists(persons, max_size=2).map(tuple)),
        attendance=draw(st.lists(attendance, max_size=4).map(tuple)),
        preamble=preamble,
        agenda=agenda,
    )
    return _with_next(known)


def stripped(known: Meeting) -> Meeting:
    """The meeting without what a sheet carries: only ids and kinds are left of its agenda.

    Of those who were there it has the seats, and by what a sheet would take them from somebody.
    """

    def bare(item: AgendaItem) -> AgendaItem:
        body = tuple(
            block.model_copy(update={"number": None, "text": "", "outcome": "noted", "to": None})
            for block in item.body
            if isinstance(block, DecisionBlock)
        )
        return item.model_copy(
            update={"title": "?", "internal": False, "body": body, "parts": tuple(bare(part) for part in item.parts)}
        )

    decisions = tuple(block for block in known.preamble if isinstance(block, DecisionBlock))
    seats = tuple(
        one.model_copy(update={"status": "guest" if one.status == "guest" else "absent", "note": None})
        for one in known.attendance
    )
    empty = {
        "reference": None,
        "start": None,
        "end": None,
        "place": None,
        "chair": None,
        "secretary": None,
        "adjusters": (),
    }
    return known.model_copy(
        update={
            **empty,
            "attendance": seats,
            "preamble": decisions,
            "agenda": tuple(bare(item) for item in known.agenda),
        }
    )

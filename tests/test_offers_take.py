"""What is taken stands where it stood: every word once and in order, and the sheet reads back as the minutes."""

import random
from collections.abc import Sequence

import pytest
from conftest import SEEDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offers_example import COUNCIL, MADE_UP, REAL, minutes
from sheet_example import DAY, PIECES, draws

from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Meeting, TextBlock
from atbtst_cli.sheet.blocks import settled, words_of
from atbtst_cli.sheet.offers.find import Offer, find
from atbtst_cli.sheet.offers.take import take
from atbtst_cli.sheet.read import read
from atbtst_cli.sheet.text import clean, letters
from atbtst_cli.sheet.write import write

DIRECTORY = Directory(COUNCIL, DAY)
SENTENCES = (
    *(
        "Bo skickar ut listan.",
        "Därefter kommer Bo gå ut med den.",
        "Rådet beslutar att ge kursen.",
        "Inga kommentarer",
    ),
    *("Listan tas upp på nästa möte.", "Bo och Alva ringer\n  alla.", "**Alva ringer.**", "Läget är gott.", "Beslut:"),
    *("Frågan bordläggs.", "Rådet beslutar\natt ge kursen", "Bo: ringa", "Ringa (Bo)", "Bo ringer \\*5. Alva ringer."),
)
JOINTS = (" ", "\n", "\n\n", "\n- ", "\n1. ", "\n2) ", "\n  - ", "\n  ", "\\\n", "\n• ", "\n> ", "\n```\n", "\n| a |\n")
texts = st.lists(st.sampled_from((*SENTENCES, *SENTENCES, *JOINTS, *JOINTS, *PIECES)), min_size=1, max_size=12)
texts = texts.map(lambda parts: clean("".join(parts))).filter(bool)
KINDS = (None, None, "previous_minutes", "next_time", "next_meeting", "other")


def said(known: Meeting) -> str:
    """The letters of all titles and blocks, in the order of the document."""
    parts = [*map(words_of, known.preamble)]
    for item in known.items():
        parts += [item.title, *map(words_of, item.body)]
    return letters("\n".join(parts))


def holds(known: Meeting, offers: Sequence[Offer], directory: Directory) -> Meeting:
    """The meeting with these offers taken, when all that is promised of it is true."""
    taken = take(known, offers, draws())
    assert said(taken) == said(known)
    assert len(find(taken, directory, "sv")) <= len(find(known, directory, "sv")) - len(offers)
    assert read(write(taken, directory, "sv"), taken, directory, draws()).meeting == taken
    return taken


@pytest.mark.parametrize("name", [*MADE_UP, *(REAL if SEEDS.is_dir() else ())])
def test_minutes_keep_every_word(name: str) -> None:
    """With everything taken, and with one line and many."""
    known = minutes(name)
    chance = random.Random(1)
    holds(known.meeting, known.offers, known.directory)
    for count in (1, 2, len(known.offers) - 1):
        holds(known.meeting, chance.sample(known.offers, count), known.directory)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(st.tuples(texts, st.sampled_from(KINDS)), min_size=1, max_size=3), texts, st.data())
def test_any_text_keeps_every_word(bodies: list[tuple[str, str | None]], preamble: str, data: st.DataObject) -> None:
    agenda = tuple(
        AgendaItem(id=f"p-{number}", kind=kind, title="Fråga", body=(TextBlock(text=text),))
        for number, (text, kind) in enumerate(bodies)
    )
    known = Meeting(
        id=f"{DAY}-rad", network="rad", date=DAY, preamble=(TextBlock(text=preamble),), agenda=agenda, next_meeting=None
    )
    found = find(known, DIRECTORY, "sv")
    chosen = [offer for offer in found if data.draw(st.booleans())]
    taken = take(known, chosen, draws())
    assert said(taken) == said(known)
    blocks = [block for item in (*known.items(),) for block in settled(item.body)]
    assert sum(len(item.body) for item in taken.items()) >= len(blocks)
    plain = taken.model_copy(update={"next_meeting": None})
    again = read(write(plain, DIRECTORY, "sv"), plain, DIRECTORY, draws()).meeting
    assert again.model_copy(update={"next_meeting": None}) == plain


def split(text: str, *, only: str = "") -> list[str]:
    """The blocks of a text with its offers taken, each with its kind where it is not text."""
    item = AgendaItem(id="p-1", title="Fråga", body=(TextBlock(text=text),))
    known = Meeting(id=f"{DAY}-rad", network="rad", date=DAY, agenda=(item,))
    offers = [offer for offer in find(known, DIRECTORY, "sv") if only in offer.text]
    taken = holds(known, offers, DIRECTORY)
    names = {"ActionBlock": "action: ", "DecisionBlock": "decision: ", "NextTimeBlock": "next: "}
    return [names.get(type(block).__name__, "") + words_of(block) for block in taken.agenda[0].body]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Bo ringer.", ["action: Bo ringer."]),
        ("Läget är gott. Bo ringer. Alva är här.", ["Läget är gott.", "action: Bo ringer.", "Alva är här."]),
        ("Bo ringer. Alva ringer.", ["action: Bo ringer.", "action: Alva ringer."]),
        ("- Ett\n- Bo ringer.\n- Två", ["- Ett", "action: Bo ringer.", "- Två"]),
        ("- Ett. Bo ringer. Två.\n- Tre", ["- Ett.", "action: Bo ringer.", "Två.\n\n- Tre"]),
        ("- Ett. Bo\n  ringer. Två\n  tre.\n- Fyra", ["- Ett.", "action: Bo\nringer.", "Två\ntre.\n\n- Fyra"]),
        ("- Ett\n  - Bo ringer.\n  - Två\n- Tre", ["- Ett", "action: Bo ringer.", "- Två\n- Tre"]),
        ("1. Bo ringer.\n2. Två", ["action: 1. Bo ringer.", "2. Två"]),
        ("Läget är gott.\\\nBo ringer.\\\nTvå", ["Läget är gott.", "action: Bo ringer.", "Två"]),
        ("Bo ringer. Två.\n```\n  x\n- y\n```", ["action: Bo ringer.", "Två.\n```\n  x\n- y\n```"]),
        ("**AT:** Bo ringer. Två.", ["action: **AT:** Bo ringer.", "Två."]),
        ("Rådet beslutar\n\natt ge kursen\n\nTvå", ["Rådet beslutar", "decision: att ge kursen", "Två"]),
        ("Ett\n\nListan tas upp på nästa möte.", ["Ett", "next: Listan tas upp på nästa möte."]),
    ],
)
def test_a_sentence_becomes_a_block_where_it_stands(text: str, blocks: list[str]) -> None:
    """What stands before and after are texts of their own; a bullet that is left alone goes, a number stays."""
    assert split(text) == blocks


def test_one_of_two_lines_in_a_passage_is_taken_alone() -> None:
    assert split("- Bo ringer. Alva ringer. Två.\n- Tre", only="Alva") == [
        "- Bo ringer.",
        "action: Alva ringer.",
        "Två.\n\n- Tre",
    ]


def test_ids_and_what_is_read_go_with_the_block() -> None:
    """A decision takes the next number of its meeting; owners, day and outcome are those of the offer."""
    body = [
        {"decision": "d-2", "text": "Ja."},
        {"text": "Bo ringer senast 13 mars. Frågan bordläggs till nästa möte."},
    ]
    known = Meeting.model_validate(
        {"id": f"{DAY}-rad", "network": "rad", "date": DAY, "agenda": [{"id": "p-1", "title": "A", "body": body}]}
    )
    blocks = take(known, find(known, DIRECTORY, "sv"), draws()).agenda[0].body
    assert [block.model_dump(mode="json", exclude_defaults=True) for block in blocks[1:]] == [
        {"action": "i-z000001", "text": "Bo ringer senast 13 mars.", "owners": ["bo-exempel"], "due": "2026-03-13"},
        {"decision": "d-3", "outcome": "deferred", "to": "next", "text": "Frågan bordläggs till nästa möte."},
    ]


def test_an_agenda_item_without_an_offer_stays_as_it_stands_on_record() -> None:
    """Also where its texts are written as no sheet would write them."""
    loose = AgendaItem(id="p-2", title="B", body=(TextBlock(text="Ett\n"), TextBlock(text="Två\n")))
    item = AgendaItem(id="p-1", title="A", body=(TextBlock(text="Bo ringer.\n"),), parts=(loose,))
    known = Meeting(id=f"{DAY}-rad", network="rad", date=DAY, agenda=(item,))
    assert take(known, find(known, DIRECTORY, "sv"), draws()).agenda[0].parts == (loose,)

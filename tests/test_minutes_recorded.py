"""A text that was cut short on its way into the record is known again there, whatever ids were drawn for it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_example import COUNCIL, DAY, PIECES

from atbtst_cli.acts.sheets import Request, accepted, as_sheet, recorded
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Act, Meeting
from atbtst_cli.sheet.text import normal

REQUEST = Request(network="rad", day=DAY, seed=3, keep_going=True, handed_in=True)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join).map(normal)


def minuted(text: str, request: Request = REQUEST) -> tuple[Council, Meeting]:
    """The council with the minutes that a text becomes, and those."""
    meeting = accepted(COUNCIL, request, text).meeting.model_copy(update={"held": Act(date=DAY), "number": 1})
    return replace(COUNCIL, meetings={meeting.id: meeting}), meeting


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_a_text_on_record_is_known_again(text: str) -> None:
    """Lines that were not understood were kept marked; a text that was not handed in is nobody's business."""
    council, _meeting = minuted(text)
    assert recorded(council, REQUEST, text)
    assert not recorded(council, REQUEST.model_copy(update={"handed_in": False}), text)
    assert not recorded(COUNCIL, REQUEST, text)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_a_correction_on_record_is_known_again(text: str) -> None:
    """Its sheet has ids, but for what it adds."""
    council, meeting = minuted(text)
    request = REQUEST.model_copy(update={"existing": meeting.id, "seed": 4})
    sheet = as_sheet(council, meeting)
    added = sheet + "\n## Till sist\nBeslut: Mötet flyttas.\n"
    assert recorded(council, request, sheet)
    assert not recorded(council, request, added)
    corrected = accepted(council, request, added).meeting
    assert recorded(replace(council, meetings={meeting.id: corrected}), request, added)


@settings(deadline=None, max_examples=100)
@given(TEXTS, st.sampled_from(["En rad till.", "Beslut: Ja.", "## Till sist", "Åtgärd @alva-exempel: Ring"]))
def test_a_text_that_says_more_than_the_record_is_another(text: str, more: str) -> None:
    council, _meeting = minuted(text)
    assert not recorded(council, REQUEST, f"{text}\n\n{more}")


def test_an_id_that_was_typed_is_a_part_of_what_a_text_says() -> None:
    """Only ids that were drawn may be others."""
    text = "# RÅD 2026-02-17\n\n## Fråga\nNotering i-k7q3d9m: Pågår.\n"
    council, _meeting = minuted(text)
    assert recorded(council, REQUEST, text)
    assert not recorded(council, REQUEST, text.replace("i-k7q3d9m", "i-7x2m4qa"))
    assert not recorded(council, REQUEST, text.replace("2026-02-17", "2026-02-18"))

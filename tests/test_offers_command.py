"""atbtst minutes suggest: what minutes do not mark is listed, taken in one commit, or declined for good."""

import io
import json
import re
from datetime import date
from typing import Any

import pytest
from conftest import SEEDS, Program, git, kept
from handmade import PLANNED, commits, meeting, message
from handmade import commit as by_hand
from offers_example import COUNCIL, minutes
from test_terminal import Start, ended
from test_terminal import start as start  # noqa: PLC0414  a fixture

from atbtst_cli.acts.offers import corrected
from atbtst_cli.commands.offers import tell_offers
from atbtst_cli.errors import UsageError
from atbtst_cli.models.meeting import Approval, Meeting
from atbtst_cli.models.person import Named
from atbtst_cli.output import Output
from atbtst_cli.sheet.text import letters
from atbtst_cli.store import yamlfile
from atbtst_cli.store.workspace import Workspace

ID = "2026-02-17-rad"
MINUTES = f"records/meetings/2026/{ID}"
SHEET = """\
# RÅD 2026-02-17
Närvarande: Alva Exempel, Bo Exempel
Ordförande: Alva Exempel

## Föregående anteckningar
Inga anmärkningar.

## Kursen
Läget är gott. Bo bokar lokal senast 13 mars. Alla är nöjda.
Rådet är enigt om att kursen ges i höst.
Beslut: Avgiften är 100 kr.

## Handledning
- Alva för dialog med HR
- Gunilla Provling ringer runt
- Frågan tas upp på nästa möte.
"""


def suggest(council: Program, *arguments: str, code: int = 0) -> str:
    return council("minutes", "suggest", ID, *arguments, code=code).text


def listed(council: Program) -> list[dict[str, Any]]:
    return json.loads(council("minutes", "suggest", ID, "--json").out)


def record(council: Program) -> Meeting:
    data = (council.folder / MINUTES / "meeting.yaml").read_bytes()
    return Meeting.model_validate(yamlfile.read(data))


@kept
def minuted(council: Program) -> None:
    """A council with minutes that mark one decision and nothing else."""
    council("minutes", "new", "RÅD", "--from", "-", given=SHEET)


def test_lines_are_listed_with_all_that_is_read_from_them(minuted: Program) -> None:
    """Number, kind, rule, line of the sheet, agenda item, owners, day; nothing is changed."""
    before = commits(minuted)
    found = listed(minuted)
    assert [(one["number"], one["kind"], one["rule"]) for one in found] == [
        (1, "approval", "approval"),
        (2, "action", "name-verb"),
        (3, "decision", "decision"),
        (4, "action", "name-verb"),
        (5, "action", "name-verb"),
        (6, "next_time", "next-time"),
    ]
    assert found[1] | {"id": "", "agenda_item": ""} == {
        "number": 2,
        "kind": "action",
        "rule": "name-verb",
        "line": 9,
        "agenda_item": "",
        "agenda_title": "Kursen",
        "text": "Bo bokar lokal senast 13 mars.",
        "owners": ["bo-exempel"],
        "due": "2026-03-13",
        "outcome": None,
        "approves": None,
        "id": "",
    }
    assert found[4]["owners"] == [{"name": "Gunilla Provling"}]
    assert [one["outcome"] for one in found] == ["adopted", None, "adopted", None, None, None]
    sheet = minuted("minutes", "show", ID, "--sheet").out.split("\n")
    assert all(one["text"].split(".")[0] in sheet[one["line"] - 1] for one in found)
    shown = suggest(minuted)
    assert "Bo Exempel" in shown
    assert "2026-03-13" in shown
    assert "2.1" not in shown
    assert commits(minuted) == before
    assert git(minuted.folder, "status", "--short") == ""


def test_what_is_accepted_is_marked_where_it_stands_in_one_commit(minuted: Program) -> None:
    """Items are made, the decision takes the next number, every word stays, and the rest is still offered."""
    before, words = (
        commits(minuted),
        letters(record(minuted).model_dump_json(include={"agenda": {"__all__": {"title"}}})),
    )
    suggest(minuted)
    said = suggest(minuted, "--accept", "2,3,5,6")
    assert commits(minuted) == before + 1
    known = record(minuted)
    assert letters(known.model_dump_json(include={"agenda": {"__all__": {"title"}}})) == words
    body = [block.model_dump(mode="json", exclude_defaults=True) for block in known.agenda[1].body]
    assert [next(iter(block)) for block in body] == ["text", "action", "text", "decision", "decision"]
    assert [block.get("text") for block in body] == [
        "Läget är gott.",
        "Bo bokar lokal senast 13 mars.",
        "Alla är nöjda.",
        "Rådet är enigt om att kursen ges i höst.",
        "Avgiften är 100 kr.",
    ]
    assert [block.get("number") for block in body[3:]] == [2, 1]
    items = json.loads(minuted("item", "list", "--json").out)
    assert {(item["title"], item.get("due")) for item in items} == {
        ("Bo bokar lokal senast 13 mars.", "2026-03-13"),
        ("Gunilla Provling ringer runt", None),
    }
    assert {item["origin"]["agenda_item"] for item in items} == {known.agenda[1].id, known.agenda[2].id}
    assert all(item["id"] in said and item["id"] in message(minuted) for item in items)
    assert message(minuted).startswith("minutes(RÅD 2026-02-17): 4 ")
    assert [one["text"] for one in listed(minuted)] == ["Inga anmärkningar.", "Alva för dialog med HR"]
    assert minuted("check").code == 0
    again = minuted("minutes", "show", ID, "--sheet").out
    minuted("minutes", "edit", ID, "--from", "-", given=again)
    assert record(minuted) == known


def test_every_word_stands_in_every_document_after_all_is_accepted(minuted: Program) -> None:
    """In order, and no line twice before the summary; what the documents add is kind, owners, day, number and id."""
    texts = [one["text"] for one in listed(minuted)]
    suggest(minuted, "--accept", "all")
    body = SHEET.partition("## Föregående anteckningar")[2].replace("Beslut: ", "").replace("## ", "")
    for form in ("md", "html"):
        shown = (minuted.folder / MINUTES / f"minutes.{form}").read_text("utf-8").rpartition("Sammanställning")[0]
        rest = iter(re.findall(r"\w+", shown))
        assert all(word in rest for word in re.findall(r"\w+", body)), form
        assert [shown.count(text) for text in texts] == [1] * len(texts)


def test_an_accepted_approval_approves_the_minutes_before(minuted: Program) -> None:
    """As the marked line would: they are sealed in the same commit."""
    minuted(
        "minutes", "new", "RÅD", "--from", "-", given="# RÅD 2026-02-24\n\n## Föregående anteckningar\nGodkändes.\n"
    )
    before = commits(minuted)
    assert "2026-02-24" in minuted("minutes", "suggest", "RÅD").text
    assert json.loads(minuted("minutes", "suggest", "RÅD", "--json").out)[0]["approves"] == ID
    assert ID in minuted("minutes", "suggest", "RÅD", "--accept", "1").text
    assert record(minuted).state == "approved"
    assert commits(minuted) == before + 1


def test_what_is_declined_is_not_offered_again(minuted: Program) -> None:
    """It is kept by a sign of its words, which neither a correction elsewhere nor an acceptance makes forgotten."""
    suggest(minuted)
    before, text = commits(minuted), (minuted.folder / MINUTES / "minutes.md").read_text("utf-8")
    signs = [one["id"] for one in listed(minuted)]
    suggest(minuted, "--decline", "1, 4")
    assert commits(minuted) == before + 1
    assert record(minuted).declined == tuple(sorted((signs[0], signs[3])))
    assert (minuted.folder / MINUTES / "minutes.md").read_text("utf-8") == text
    assert [one["id"] for one in listed(minuted)] == [signs[1], signs[2], signs[4], signs[5]]
    sheet = minuted("minutes", "show", ID, "--sheet").out
    minuted("minutes", "edit", ID, "--from", "-", given=sheet.replace("Läget är gott", "Läget är bra"))
    suggest(minuted)
    suggest(minuted, "--accept", "1", "--decline", "all")
    assert listed(minuted) == []
    assert len(record(minuted).declined) == 5
    assert "Bo bokar" in minuted("item", "list").out
    assert "2026-02-17" in suggest(minuted)


def test_numbers_are_those_of_the_list_that_was_shown_last(minuted: Program) -> None:
    """Never listed, changed since, or chosen from once: a number is refused, with the way on; all needs no list."""
    before = commits(minuted)
    assert f"atbtst minutes suggest {ID}" in suggest(minuted, "--accept", "1", code=3)
    suggest(minuted)
    sheet = minuted("minutes", "show", ID, "--sheet").out
    minuted("minutes", "edit", ID, "--from", "-", given=sheet.replace("Läget", "Allt"))
    assert f"atbtst minutes suggest {ID}" in suggest(minuted, "--decline", "2", code=3)
    assert record(minuted).declined == ()
    assert commits(minuted) == before + 1
    suggest(minuted)
    suggest(minuted, "--accept", "2")
    suggest(minuted, "--accept", "2", code=3)
    suggest(minuted, "--accept", "all")
    assert listed(minuted) == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--accept", "7"), "7"),
        (("--accept", "0"), "0"),
        (("--decline", "två"), "två"),
        (("--accept", ","), ","),
        (("--accept", "1,2", "--decline", "2"), "2"),
        (("--json", "--accept", "1"), "--json"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(minuted: Program, arguments: tuple[str, ...], named: str) -> None:
    suggest(minuted)
    before = commits(minuted)
    assert named in suggest(minuted, *arguments, code=2)
    assert commits(minuted) == before


def test_one_line_tells_how_much_is_offered(minuted: Program) -> None:
    """With the command that shows it; nothing is said where nothing is offered, or the minutes are no draft."""
    workspace = Workspace(minuted.folder)
    for known, words in (
        (record(minuted), ("6", f"atbtst minutes suggest {ID}")),
        (record(minuted).model_copy(update={"agenda": ()}), ()),
        (record(minuted).model_copy(update={"approval": Approval(date=date(2026, 3, 1))}), ()),
    ):
        said = io.StringIO()
        tell_offers(Output(err=said), workspace.council(), known)
        assert bool(said.getvalue()) == bool(words)
        assert all(word in said.getvalue() for word in words)


def test_what_is_read_from_a_line_can_be_corrected() -> None:
    """By members, seats and written names, and any day a sheet knows; what names nobody or no day is refused."""
    known = minutes("council")
    offer = next(one for one in known.offers if one.look.kind == "action")
    for who, until, owners, due in (
        ("", "", ("bo-exempel",), None),
        ("@alva-exempel och ron-at/convenor", "nästa möte", ("alva-exempel", "ron-at/convenor"), "next"),
        ("Tiina Provling", "v. 12", (Named(name="Tiina Provling"),), date(2026, 3, 22)),
    ):
        look = corrected(COUNCIL, known.meeting, offer, who, until).look
        assert (look.owners, look.due) == (owners, due)
    for who, until in (("ron-at/nobody", ""), ("Anna", ""), ("", "31 november")):
        with pytest.raises(UsageError):
            corrected(COUNCIL, known.meeting, offer, who, until)


def test_approved_minutes_are_not_marked_any_more(minuted: Program) -> None:
    """The refusal says how they are opened again; then their lines are offered as before."""
    suggest(minuted)
    minuted("minutes", "approve", ID, "--by", "alva-exempel")
    for arguments in ((), ("--json",), ("--accept", "all"), ("--accept", "1")):
        assert "--reason" in suggest(minuted, *arguments, code=3)
    sheet = minuted("minutes", "show", ID, "--sheet").out
    minuted("minutes", "edit", ID, "--reason", "Stavning", "--from", "-", given=sheet.replace("Läget", "Allt"))
    assert len(listed(minuted)) == 6


def test_a_meeting_that_was_not_held_has_no_lines(council: Program) -> None:
    meeting(council, PLANNED)
    by_hand(council)
    assert PLANNED in council("minutes", "suggest", PLANNED, code=3).text
    assert "minutes new" in council("minutes", "suggest", code=2).text


def test_minutes_without_such_lines_say_so(council: Program) -> None:
    council("minutes", "new", "RÅD", "--from", "-", given="# RÅD 2026-02-17\n\n## Fråga\nAllt är bra.\n")
    assert ID in suggest(council)
    assert listed(council) == []
    assert "1" in suggest(council, "--accept", "1", code=2)


def test_a_record_changed_by_hand_is_not_overwritten(minuted: Program) -> None:
    suggest(minuted)
    path = minuted.folder / MINUTES / "meeting.yaml"
    path.write_text(path.read_text("utf-8").replace("Alla är nöjda", "Många är nöjda"), "utf-8")
    suggest(minuted, "--accept", "2", code=3)
    suggest(minuted)
    suggest(minuted, "--accept", "2", code=3)
    assert "Många är nöjda" in path.read_text("utf-8")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real minutes are not here")
@pytest.mark.parametrize(
    ("name", "day", "actions"), [("notes-a.txt", "2023-05-23", 4), ("notes-b.txt", "2022-11-08", 1)]
)
def test_the_real_minutes_give_their_actions(council: Program, name: str, day: str, actions: int) -> None:
    """With nobody on record, owners are the names as they are written."""
    council("minutes", "new", "RÅD", "--date", day, "--from", SEEDS / name, "--number", "none")
    council("minutes", "suggest", f"{day}-rad", "--accept", "all")
    items = json.loads(council("item", "list", "--json").out)
    assert len(items) == actions
    assert all("name" in owner for item in items for owner in item["owners"])
    council("check")


# -- at a terminal ------------------------------------------------------------------------------------------------


ASKED = r"(?:\[[qk]\]\w+|\)): $"
"""How every question ends, in English and Swedish."""


def answer(child: Any, *answers: str) -> str:
    """What was printed while these were answered."""
    said = ""
    for one in answers:
        child.expect(ASKED)
        said += child.before
        child.sendline(one)
    return said


def test_a_person_goes_through_the_lines(minuted: Program, start: Start) -> None:
    """Yes, no, later, anything else asks again; what is chosen is one commit, and enough is enough."""
    before = commits(minuted)
    child = start(minuted.folder, "minutes", "suggest", ID)
    said = answer(child, "n", "j", "?", "", "q")
    for words in ("1/6", "Bo bokar lokal", "Bo Exempel", "2026-03-13", "4/6"):
        assert words in said
    assert ended(child)[1] == 0
    assert commits(minuted) == before + 1
    assert [item["title"] for item in json.loads(minuted("item", "list", "--json").out)] == [
        "Bo bokar lokal senast 13 mars."
    ]
    assert len(record(minuted).declined) == 1
    assert len(listed(minuted)) == 4


def test_a_person_corrects_who_and_until_when(minuted: Program, start: Start) -> None:
    """What names nobody or no day is said and asked again; what is left empty stays as it was read."""
    child = start(minuted.folder, "minutes", "suggest", ID)
    answer(child, "c", "l", "ändra", "erik-exempel", "någon gång", "@ron-at/convenor, Erik Exempel", "", "k")
    assert ended(child)[1] == 0
    (block,) = [one for _item, one in record(minuted).blocks() if hasattr(one, "owners")]
    assert (block.owners, str(block.due)) == (("ron-at/convenor", "erik-exempel"), "2026-03-13")


def test_whoever_stops_changes_nothing(minuted: Program, start: Start) -> None:
    """Neither by leaving every line for later, nor by Ctrl-C in the middle."""
    before = commits(minuted)
    child = start(minuted.folder, "minutes", "suggest", ID)
    answer(child, "k")
    assert ended(child)[1] == 0
    child = start(minuted.folder, "minutes", "suggest", ID)
    answer(child, "j")
    child.expect(ASKED)
    child.sendintr()
    assert ended(child)[1] == 130
    assert commits(minuted) == before

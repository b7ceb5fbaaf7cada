"""atbtst item history: the meetings an item passed, and who changed what of it."""

import json
from datetime import date
from typing import Any

import pytest
from conftest import NOW, Program, git, kept
from handmade import commit, item, meeting, write

from atbtst_cli.output import cells_of

ITEM = "i-0000001"
OTHER = "i-0000002"
FILE = f"records/items/2026/{ITEM}.yaml"
ENGLISH = ("--language", "en")


def on(council: Program, day: str) -> None:
    """Let it be that day."""
    council.now = NOW + (date.fromisoformat(day) - NOW.date())


def minutes(council: Program, day: str, agenda: str = "## Övrigt\nInget.\n") -> None:
    """Hold a meeting of the council and write its minutes."""
    on(council, day)
    sheet = f"# RÅD {day}\nNärvarande: Alva Exempel\n\n{agenda}"
    council("minutes", "new", "RÅD", "--date", day, "--from", "-", "--yes", given=sheet)


@kept
def lived(council: Program) -> None:
    """A council with an item that was agreed on in February, told of in April and closed in June 2026."""
    action = f"Åtgärd {ITEM} @bo-exempel senast 2026-03-20: Boka lokal"
    minutes(council, "2026-02-17", f"## Introduktion\n### Lokal\n{action}\n")
    on(council, "2026-03-10")
    council("item", "note", ITEM, "Frågan är ställd.")
    council("item", "edit", ITEM, "--due", "next", "--owner", "disa")
    minutes(council, "2026-04-21", f"## Uppföljning\nNotering {ITEM}: Svar väntas.\n")
    minutes(council, "2026-05-12")
    minutes(council, "2026-06-02", f"## Uppföljning\nKlar {ITEM}: Allt är bokat.\n")


def history(council: Program, item_id: str = ITEM) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(council("item", "history", item_id, "--json").out)
    return found


def way(council: Program, item_id: str = ITEM) -> list[tuple[str, str, str]]:
    """Day, number of the agenda item and what became of the item at each meeting."""
    return [(one["date"], one["number"], one["what"]) for one in history(council, item_id)["meetings"]]


def changed(council: Program, item_id: str = ITEM) -> list[list[str]]:
    """The fields that each commit changed, oldest first."""
    return [[one["field"] for one in step["differences"]] for step in history(council, item_id)["changes"]]


# -- the meetings ------------------------------------------------------------------------------------------------------


def test_every_meeting_tells_what_became_of_the_item_there(lived: Program) -> None:
    minutes(lived, "2026-09-15")
    assert way(lived) == [
        ("2026-02-17", "1.1", "agreed"),
        ("2026-04-21", "1", "news"),
        ("2026-05-12", "", "open"),
        ("2026-06-02", "1", "done"),
    ]
    told = history(lived)["meetings"]
    assert [one["cited"] for one in told] == [f"RÅD {number}/2026" for number in (1, 2, 3, 4)]
    assert told[1]["text"] == "Svar väntas."


def test_a_persons_history_is_told_in_words(lived: Program) -> None:
    shown = lived(*ENGLISH, "item", "history", ITEM).out
    assert [" ".join(line.split()) for line in shown.splitlines()] == [
        f"Item: {ITEM}",
        "What: Boka lokal",
        "Carried: 3 meetings !",
        "",
        "Date Meeting Agenda item What",
        "2026-02-17 RÅD 1/2026 1.1 Lokal agreed",
        "2026-04-21 RÅD 2/2026 1 Uppföljning news: Svar väntas.",
        "2026-05-12 RÅD 3/2026 – open, nothing noted",
        "2026-06-02 RÅD 4/2026 1 Uppföljning done: Allt är bokat.",
        "",
        "Date By What changed",
        "2026-02-17 Cilla Exempel added",
        "2026-03-10 Cilla Exempel news: + Frågan är ställd., 2026-03-10, Cilla Exempel",
        "2026-03-10 Cilla Exempel who: Bo Exempel → Disa Exempel; due: 2026-03-20 → next meeting",
        "2026-04-21 Cilla Exempel news: + Svar väntas., 2026-04-21, 2026-04-21-rad",
        "2026-06-02 Cilla Exempel status: open → done, 2026-06-02, 2026-06-02-rad, Allt är bokat.",
    ]


def test_an_item_stands_on_the_agenda_of_a_meeting_that_is_still_to_come(council: Program) -> None:
    item(council, 1, "Boka lokal")
    body = "agenda:\n  - id: p-1\n    title: Uppföljning\n    parts:\n      - {id: p-2, title: Boka lokal, from: i-0000001}\n"
    meeting(council, "2026-04-21-rad", body)
    meeting(council, "2026-03-24-rad", "cancelled: {date: 2026-03-01, reason: Sjukdom}\n" + body)
    commit(council)
    assert way(council) == [("2026-04-21", "1.1", "agenda")]
    assert "1.1          on the agenda" in council(*ENGLISH, "item", "history", ITEM).out


def test_what_was_said_under_the_items_own_agenda_item_is_told(council: Program) -> None:
    item(council, 1, "Boka lokal")
    agenda = "agenda:\n  - {id: p-1, title: Boka lokal, from: i-0000001, body: [{text: Lokalen finns.}]}\n"
    meeting(council, "2026-02-17-rad", "held: {date: 2026-02-17}\n" + agenda)
    commit(council)
    assert "on the agenda: Lokalen finns." in council(*ENGLISH, "item", "history", ITEM).out


def test_an_item_added_for_a_meeting_was_agreed_there(council: Program) -> None:
    meeting(council, "2026-02-17-rad", "held: {date: 2026-02-17}\n")
    commit(council)
    council("item", "add", "Boka lokal", "--meeting", "RÅD 2026-02-17")
    [known] = json.loads(council("item", "list", "--json").out)
    assert way(council, known["id"]) == [("2026-02-17", "", "agreed")]


def test_what_the_council_asked_of_a_network_passes_the_meetings_of_both(council: Program) -> None:
    origin = "origin: {meeting: 2026-01-20-rad}\n"
    item(council, 1, "Boka lokal", origin, network="ron-at", added="2026-01-20")
    for name in ("2026-01-20-rad", "2026-02-03-ron-at", "2026-02-10-ron-bt", "2026-02-17-rad"):
        meeting(council, name, f"held: {{date: {name[:10]}}}\n")
    commit(council)
    assert [day for day, _number, _what in way(council)] == ["2026-01-20", "2026-02-03", "2026-02-17"]


def test_meetings_in_a_row_that_noted_nothing_share_a_line(council: Program) -> None:
    """A history stays on one screen, however long nothing happens; programs get every meeting."""
    item(council, 1, "Boka lokal", added="2025-01-10")
    for day in range(1, 29):
        meeting(council, f"2025-02-{day:02}-rad", f"held: {{date: 2025-02-{day:02}}}\n")
    commit(council)
    assert len(way(council)) == 28
    shown = council(*ENGLISH, "item", "history", ITEM).out
    assert "2025-02-01  28 meetings  –            open, nothing noted until 2025-02-28" in shown


# -- the changes -------------------------------------------------------------------------------------------------------


def test_each_commit_tells_day_author_and_fields(lived: Program) -> None:
    assert changed(lived) == [[""], ["log"], ["owners", "due"], ["log"], ["closed"]]
    step = history(lived)["changes"][2]
    assert (step["date"], step["author"]) == ("2026-03-10", "Cilla Exempel")
    assert step["differences"][1] == {"field": "due", "before": "2026-03-20", "after": "next"}
    assert git(lived.folder, "show", "-s", "--format=%s", step["commit"]).strip() == step["subject"]


def test_an_edit_by_hand_is_told_before_it_is_saved(lived: Program) -> None:
    path = lived.folder / FILE
    path.write_text(path.read_text("utf-8").replace("Boka lokal", "Boka sal"), "utf-8")
    assert history(lived)["changes"][-1] == {
        "commit": None,
        "differences": [{"field": "title", "before": "Boka lokal", "after": "Boka sal"}],
    }
    shown = lived(*ENGLISH, "item", "history", ITEM).out
    assert " ".join(shown.splitlines()[-1].split()) == "– not saved yet title: Boka lokal → Boka sal"


def test_an_item_that_was_never_saved_has_no_past(council: Program) -> None:
    item(council, 1, "Boka lokal")
    assert [step["commit"] for step in history(council)["changes"]] == [None]
    git(council.folder, "update-ref", "-d", "HEAD")
    assert [step["commit"] for step in history(council)["changes"]] == [None]


def test_what_could_not_be_read_or_says_the_same_is_told_so(lived: Program) -> None:
    path = lived.folder / FILE
    text = path.read_text("utf-8")
    for new in (
        "id: [\n",
        text.replace("Boka lokal", "Boka sal"),
        "# Väntar\n" + text.replace("Boka lokal", "Boka sal"),
    ):
        path.write_text(new, "utf-8")
        commit(lived)
    assert [step["differences"] for step in history(lived)["changes"][-3:]] == [
        None,
        [{"field": "title", "before": "Boka lokal", "after": "Boka sal"}],
        [],
    ]
    told = [line.split(maxsplit=3)[3] for line in lived(*ENGLISH, "item", "history", ITEM).out.splitlines()[-3:]]
    assert told == ["cannot be read as it was saved then", "title: Boka lokal → Boka sal", "written in another way"]


def test_a_record_taken_away_and_put_back_is_told(lived: Program) -> None:
    text = (lived.folder / FILE).read_text("utf-8")
    git(lived.folder, "rm", "-q", FILE)
    commit(lived)
    write(lived, FILE, text)
    commit(lived)
    told = lived(*ENGLISH, "item", "history", ITEM).out.splitlines()
    assert [line.split()[-1] for line in told[-2:]] == ["away", "added"]


def test_what_others_did_elsewhere_is_told_with_their_names(lived: Program) -> None:
    """Both sides of a merge, and what the merge itself changed against its own branch."""
    git(lived.folder, "switch", "-q", "-c", "elsewhere")
    git(lived.folder, "config", "user.name", "Bo Exempel")
    lived("item", "note", ITEM, "Från Bo.")
    git(lived.folder, "switch", "-q", "main")
    git(lived.folder, "config", "--unset", "user.name")
    lived("item", "edit", ITEM, "--owner", "alva")
    git(lived.folder, "merge", "-q", "elsewhere")
    steps = history(lived)["changes"]
    assert {(step["author"], *(one["field"] for one in step["differences"])) for step in steps[-3:]} == {
        ("Bo Exempel", "log"),
        ("Cilla Exempel", "owners"),
        ("Cilla Exempel", "log"),
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.diffMerges", "combined"),
        ("diff.renames", "copies"),
        ("color.ui", "always"),
        ("log.showSignature", "true"),
        ("core.abbrev", "4"),
        ("core.quotePath", "true"),
        ("diff.noprefix", "true"),
    ],
)
def test_the_users_own_settings_of_git_change_nothing(lived: Program, key: str, value: str) -> None:
    before = history(lived)
    git(lived.folder, "config", key, value)
    assert history(lived) == before


def test_a_history_fits_a_narrow_terminal(lived: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = lived("item", "history", ITEM).out.splitlines()
    assert max(map(cells_of, lines)) <= 80
    assert len(lines) <= 24


def test_an_unknown_item_is_named(lived: Program) -> None:
    assert "i-9999" in lived("item", "history", "i-9999", code=2).err

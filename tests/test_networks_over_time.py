"""atbtst network over time: who comes after whom, and how bodies are added, dissolved, renamed and seated anew."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from conftest import Program, Result, git
from handmade import commit as commit_all
from handmade import commits, item, message, write

Editor = Callable[[Sequence[str]], Path]

BY_HOSPITAL = """\
- {id: convenor, kind: convenor, name: Sammankallande}
- {id: centralsjukhuset, kind: required, name: Centralsjukhuset Kristianstad}
- {id: helsingborg-angelholm, kind: required, name: Helsingborgs sjukhus och Ängelholms sjukhus}
- {id: hassleholm, kind: required, name: Hässleholms sjukhus}
- {id: trelleborg, kind: required, name: Lasarettet Trelleborg}
- {id: ystad, kind: required, name: Lasarettet i Ystad}
- {id: primarvarden, kind: required, name: Primärvården}
- {id: psykiatri, kind: required, name: Psykiatri habilitering och hjälpmedel}
- {id: sus, kind: required, name: SUS}
- {id: sylf, kind: offered, name: SYLF}
- {id: utbildningsadministrator, kind: guest, name: Utbildningsadministratör}
"""
"""The seats of RÖN-AT by hospital; when they took the place of those by administration nobody has told us."""
NEXT = "2026-07-01"


def network(council: Program, *arguments: str, code: int = 0, given: str = "") -> Result:
    """Run a verb of network, in English."""
    return council("--language", "en", "network", *arguments, code=code, given=given)


def seats(council: Program, *arguments: str) -> dict[str, Any]:
    """The seats that are shown, by their references."""
    return {one["seat"]: one for one in json.loads(council("network", "seats", *arguments, "--json").out)}


def sitting(council: Program, seat: str, day: str) -> list[str]:
    """Who holds a seat on a day."""
    return [one["member"] for one in seats(council, seat.partition("/")[0], "--on", day)[seat]["holders"]]


def rules(council: Program, *arguments: str) -> set[str]:
    """The rules that find something, but that seats stand empty and that the example's items have odd owners."""
    found = {one["rule"] for one in json.loads(council("check", *arguments, "--json").out)}
    return found - {"seat-empty", "owner-without-seat", "weekend", "holiday"}


# -- seats on a day ---------------------------------------------------------------------------------------------------


def test_one_screen_tells_of_every_seat_who_holds_it_and_who_comes(council: Program) -> None:
    network(council, "appoint", "RÖN-AT", "primarvarden", "cilla", "--from", "2026-03-01", "--to", "2026-12-31")
    network(council, "appoint", "RÖN-AT", "Sammankallande", "Disa Exempel", "--from", "2026-09-01")
    network(council, "decline", "ron-at/sylf", "--on", "2026-02-01")
    rows = {line.split()[0]: " ".join(line.split()) for line in network(council, "seats", "RÖN-AT").out.splitlines()}
    assert rows["RÖN-AT:"].endswith("2 of 7 required seats held, 0 of 2 offered seats taken")
    assert rows["ron-at/convenor"].endswith("Bo Exempel until 2026-08-31 · from 2026-09-01: Disa Exempel")
    assert rows["ron-at/primarvarden"].endswith("Cilla Exempel until 2026-12-31")
    assert rows["ron-at/psykiatri"].endswith("empty")
    assert rows["ron-at/sylf"].endswith("declined since 2026-02-01")
    assert rows["ron-at/privata-vardgivare"].endswith("open")
    followed = network(council, "seats", "RÅD", "--on", "2026-09-01").out
    assert "Disa Exempel follows ron-at/convenor" in " ".join(followed.split())
    assert {one["state"] for one in seats(council, "RÅD").values()} == {"held"}


def test_without_a_body_the_seats_of_all_are_shown(council: Program) -> None:
    bodies = {one["network"] for one in seats(council).values()}
    assert bodies == {"rad", "ron-at", "ron-bt", "ron-st", "ron-dialog"}
    shown = network(council, "seats").out
    assert [line.partition(":")[0] for line in shown.splitlines() if "required seats" in line] == [
        *("RÅD", "RÖN-AT", "RÖN-BT", "RÖN-Dialog", "RÖN-ST")
    ]


def test_names_and_bodies_are_those_of_the_day(council: Program) -> None:
    then = json.loads(council("network", "list", "--on", "2020-12-31", "--json").out)
    assert {(one["id"], one["short"]) for one in then} == {
        ("atst-styrgrupp", "ATST-styrgruppen"),
        ("osr", "ÖSR"),
        ("ron-bt", "RÖN-BT"),
        ("ron-dialog", "Dialoggruppen"),
    }
    assert "Dialoggruppen" in network(council, "show", "RÖN-Dialog", "--on", "2020-12-31").out.splitlines()[0]
    shown = network(council, "show", "ÖSR").out
    assert "RÅD, RÖN-AT, RÖN-BT, RÖN-ST, RÖN-Dialog" in shown
    assert "ATST-styrgruppen, ÖSR" in network(council, "show", "RÅD").out


# -- successions ------------------------------------------------------------------------------------------------------


def test_a_succession_is_one_commit_and_the_council_follows_from_that_day(council: Program) -> None:
    before = commits(council)
    said = network(council, "appoint", "RÖN-AT", "convenor", "cilla", "--from", NEXT).err
    assert commits(council) == before + 1
    assert git(council.folder, "show", "--name-only", "--format=").split() == ["records/networks/ron-at.yaml"]
    assert "Network: ron-at" in message(council)
    for words in (
        "Cilla Exempel from 2026-07-01 on",
        "Last day of Bo Exempel: 2026-06-30",
        "RÅD follows",
        "rad/ron-at",
    ):
        assert words in said
    for seat in ("ron-at/convenor", "rad/ron-at"):
        assert [sitting(council, seat, day) for day in ("2026-06-30", NEXT)] == [["bo-exempel"], ["cilla-exempel"]]
    assert "Nothing changed" in network(council, "appoint", "ron-at/convenor", "cilla", "--from", NEXT).err
    assert commits(council) == before + 1
    assert rules(council, "--on", NEXT) == set()


def test_what_the_seat_has_promised_moves_with_it_and_what_the_person_has_is_offered(council: Program) -> None:
    """Other bodies' items are not touched; said again with --items the command moves what it told of."""
    of_seat = item(council, 1, "Boka lokal", "owners:\n  - ron-at/convenor\n", network="ron-at")
    own = item(council, 2, "Ring skolan", "owners:\n  - bo-exempel\n  - disa-exempel\n", network="ron-at")
    elsewhere = item(council, 3, "Skriv till ST", "owners:\n  - bo-exempel\n", network="ron-st")
    commit_all(council)
    said = network(council, "appoint", "ron-at/convenor", "cilla", "--from", NEXT).err
    assert "1 open action item of the seat goes with it." in said
    assert f"{own}  Ring skolan" in said
    assert elsewhere not in said
    [later] = [line.partition(": atbtst ")[2] for line in said.splitlines() if "--items seat" in line]
    before = commits(council)
    assert "1 open action item of Bo Exempel now belongs to" in council("--language", "en", *later.split()).err
    assert commits(council) == before + 1
    owners = {one["id"]: one["owners"] for one in json.loads(council("item", "list", "--json").out)}
    assert owners == {
        of_seat: ["ron-at/convenor"],
        own: ["ron-at/convenor", "disa-exempel"],
        elsewhere: ["bo-exempel"],
    }
    assert f"Item: {own}" in message(council)


@pytest.mark.parametrize(
    ("choice", "owner"), [("keep", "bo-exempel"), ("seat", "ron-at/convenor"), ("cilla", "cilla-exempel")]
)
def test_items_go_to_whom_is_named(council: Program, choice: str, owner: str) -> None:
    """In the same commit."""
    item(council, 1, "Ring skolan", "owners:\n  - bo-exempel\n", network="ron-at")
    commit_all(council)
    before = commits(council)
    network(council, "vacate", "ron-at/convenor", "--on", "2026-06-30", "--items", choice)
    assert commits(council) == before + 1
    [known] = json.loads(council("item", "list", "--json").out)
    assert known["owners"] == [owner]


REFUSED = (
    (["appoint", "rad", "ron-at", "cilla", "--from", NEXT], "it follows ron-at/convenor"),
    (["appoint", "ron-at", "convenor", "cilla", "--from", "2020-12-31"], "ron-at is there from 2021-01-01 on"),
    (["appoint", "ron-at", "convenor", "cilla", "--from", "2025-06-01"], "add --to 2025-12-31"),
    (["appoint", "ron-at", "convenor", "frida", "--from", "2025-06-01"], "frida-exempel is there from 2026-02-01"),
    (["appoint", "ron-at", "convenor", "frida", "--from", NEXT], "frida-exempel is there until 2026-12-31"),
    (["appoint", "osr/convenor", "cilla", "--from", NEXT], "osr/convenor is no seat"),
    (["appoint", "ron-at", "convenor", "cilla", "--from", NEXT, "--to", "2026-01-01"], "would end on 2026-01-01"),
    (["appoint", "ron-at", "cilla", "--from", NEXT], "A body, a seat and a member are needed"),
    (["appoint", "ron-at/convenor", "--from", NEXT], "A body, a seat and a member are needed"),
    (["appoint", "ron-at/convenor", "cilla", "bo", "--from", NEXT], "A body, a seat and a member are needed"),
    (["appoint", "osr", "convenor", "cilla", "--from", NEXT], "See: atbtst network seats"),
    (["appoint", "ron-at", "convenor", "Råttan", "--from", NEXT], "Råttan is no member"),
    (["appoint", "ron-at", "stol", "cilla", "--from", NEXT], "ron-at/primarvarden – Primärvården"),
    (["vacate", "ron-at", "sylf"], "Nobody holds ron-at/sylf on 2026-03-02"),
    (["vacate", "rad/ron-at"], "it follows ron-at/convenor"),
    (["decline", "ron-at", "primarvarden"], "not offered to anybody"),
    (["decline", "ron-bt/sylf", "--on", "2026-05-01"], "cilla-exempel holds ron-bt/sylf"),
)
"""What cannot be done, and what is said instead."""


def test_what_cannot_be_is_refused_with_what_to_do(council: Program) -> None:
    council("member", "add", "Frida Exempel")
    write(
        council,
        "records/members/frida-exempel.yaml",
        "id: frida-exempel\nfrom: 2026-02-01\nto: 2026-12-31\nnames:\n  - name: Frida Exempel\n",
    )
    commit_all(council)
    network(council, "appoint", "ron-bt/sylf", "cilla", "--from", "2026-06-01")
    before = commits(council)
    for arguments, words in REFUSED:
        said = council("--language", "en", "network", *arguments, code=None)
        assert said.code in (2, 3), arguments
        assert words in said.err
    assert commits(council) == before


def test_a_seat_left_empty_for_a_while_is_told_at_once_and_by_check(council: Program) -> None:
    said = network(council, "vacate", "ron-at/convenor", "--on", "2026-06-30").err
    assert "nobody from 2026-07-01 on" in said
    assert "RÅD follows" in said
    said = network(council, "appoint", "ron-at/convenor", "cilla", "--from", "2026-09-01").err
    assert "Nobody holds it from 2026-07-01 to 2026-08-31." in said
    assert rules(council) == {"seat-gap"}
    assert rules(council, "--on", "2026-08-01") == set()


def test_a_seat_that_was_declined_can_be_taken_and_is_open_after_that(council: Program) -> None:
    network(council, "decline", "ron-at/sylf", "--on", "2026-03-01")
    network(council, "appoint", "ron-at/sylf", "cilla", "--from", "2026-04-01", "--to", "2026-04-30")
    days = ("2026-02-28", "2026-03-01", "2026-04-01", "2026-05-01")
    found = [seats(council, "ron-at", "--on", day)["ron-at/sylf"]["state"] for day in days]
    assert found == ["open", "declined", "held", "open"]
    assert rules(council) == set()


def test_calls_calendars_and_attendance_name_the_new_convenor_from_that_day_and_the_old_one_before(
    council: Program, tmp_path: Path, editor: Editor
) -> None:
    """Seats are read as of a meeting's day, so nothing has to be told twice."""
    for name in ("alva", "bo", "disa", "erik"):
        council("member", "edit", name, "--email", f"{name}@example.org")
    days = {"2026-06-16": ("bo", "cilla"), "2026-09-15": ("cilla", "bo")}
    council("meeting", "plan", "RÅD", *(word for day in days for word in ("--date", day)), "--start", "13:15", "--yes")
    network(council, "appoint", "ron-at/convenor", "cilla", "--from", NEXT)
    for day, (comes, stays) in days.items():
        meeting = f"{day}-rad"
        assert called(council, meeting) == {f"{one}@example.org" for one in ("alva", "disa", "erik", comes)}
        calendars = {one: calendar(council, f"{one}-exempel") for one in (comes, stays)}
        assert [day.replace("-", "") in calendars[one] for one in (comes, stays)] == [True, False]
        present = begun(council, day, tmp_path, editor)
        assert [f"{one.title()} Exempel" in present for one in (comes, stays)] == [True, False]


def called(council: Program, meeting: str) -> set[str]:
    """The addresses to which the call to a meeting goes."""
    council("agenda", "new", meeting)
    shown = council("agenda", "send", meeting, "--dry-run").out
    return set(re.findall(r"\w+@example\.org", shown))


def calendar(council: Program, member: str) -> str:
    """A member's calendar."""
    return council("meeting", "calendar", "--member", member, "--output", "-").out


def begun(council: Program, day: str, folder: Path, editor: Editor) -> str:
    """The line of those present in the sheet with which the council's minutes of that day begin."""
    council.now = datetime.fromisoformat(f"{day}T13:15").replace(tzinfo=timezone(timedelta(hours=2)))
    seen = folder / "seen"
    editor([f"import pathlib; pathlib.Path({str(seen)!r}).write_text(text, 'utf-8')"])
    council("minutes", "new", "RÅD", "--date", day, code=None)
    return next(line for line in seen.read_text("utf-8").splitlines() if line.startswith("Närvarande:"))


# -- reorganisations --------------------------------------------------------------------------------------------------


def minuted(council: Program, day: str, present: str) -> str:
    """Write the minutes of a meeting of RÖN-AT; the rows of their attendance table, as Markdown."""
    council.now = datetime.fromisoformat(f"{day}T13:15").replace(tzinfo=timezone(timedelta(hours=1)))
    text = f"# RÖN-AT {day}\nNärvarande: {present}\n\n## Fråga\nJa.\n"
    council("minutes", "new", "RÖN-AT", "--from", "-", given=text)
    return table(council, f"{day}-ron-at")


def table(council: Program, meeting: str) -> str:
    """The rows of a meeting's attendance table, as Markdown."""
    document = council("minutes", "render", meeting, "--format", "md", "--output", "-").out
    return "\n".join(line for line in document.splitlines() if line.startswith("|"))


def test_both_forms_of_the_seats_come_one_after_the_other_and_minutes_show_their_own(council: Program) -> None:
    """By administration, then by hospital; a seat of the same id goes on with its holder, under its new name."""
    network(council, "appoint", "ron-at/universitetssjukvard", "cilla", "--from", "2026-01-01")
    network(council, "appoint", "ron-at/psykiatri", "erik", "--from", "2026-01-01")
    before = minuted(council, "2026-02-03", "Bo Exempel, Cilla Exempel, Erik Exempel")
    for words in ("Skånes universitetssjukvård", "Psykiatri, habilitering och hjälpmedel"):
        assert words in before
    owned = item(council, 7, "Räkna platserna", "owners:\n  - ron-at/universitetssjukvard\n", network="ron-at")
    commit_all(council)
    made = commits(council)
    shown = network(council, "reseat", "RÖN-AT", "-", "--from", NEXT, "--dry-run", given=BY_HOSPITAL).out
    assert commits(council) == made
    assert "Ends 2026-06-30: ron-at/universitetssjukvard – Skånes universitetssjukvård (Cilla Exempel)" in shown
    assert "Called otherwise from 2026-07-01 on: ron-at/psykiatri" in shown
    assert "Begins 2026-07-01: ron-at/sus – SUS" in shown
    assert f"{owned}  Räkna platserna (ron-at/universitetssjukvard)" in shown
    assert "ron-at/primarvarden" not in shown
    network(council, "reseat", "RÖN-AT", "-", "--from", NEXT, given=BY_HOSPITAL)
    assert commits(council) == made + 1
    network(council, "appoint", "ron-at/sus", "cilla", "--from", NEXT)
    after = minuted(council, "2026-09-01", "Bo Exempel, Cilla Exempel, Erik Exempel")
    for words in ("SUS", "Psykiatri habilitering och hjälpmedel"):
        assert words in after
    assert table(council, "2026-02-03-ron-at") == before
    assert [seat.partition("/")[2] for seat in seats(council, "ron-at", "--on", NEXT)] == [
        line.partition("id: ")[2].partition(",")[0] for line in BY_HOSPITAL.splitlines()
    ]
    assert len(seats(council, "ron-at", "--on", "2026-06-30")) == 9
    assert rules(council, "--on", NEXT) == {"owner-left"}
    council("item", "edit", owned, "--owner", "ron-at/sus")
    assert rules(council, "--on", NEXT) == set()
    again = network(council, "reseat", "RÖN-AT", "-", "--from", NEXT, given=BY_HOSPITAL)
    assert "Nothing changed" in again.err


UNFIT = (
    ("- {id: convenor, kind: required, name: X}", "kind is convenor and cannot become required"),
    ("- {id: sylf, kind: offered, name: X, public_name: true}", "public_name is false and cannot become true"),
    ("- {id: convenor, kind: requird, name: X}", "-:1:18: error: kind is requird"),
    ("- {id: a, kind: guest, name: X}\n- {id: a, kind: guest, name: Y}", "a stands there twice"),
    ("- {id: a, kind: convenor, name: X}\n- {id: b, kind: convenor, name: Y}", "two convenors"),
    ("- {id: a, kind: guest, name: X, follows: ron-at/a}", "follow each other in a circle"),
    ("seats:\n  - {id: Å, kind: guest, name: X}", "-:2:6: error: id is Å"),
    ('- {id: a, kind: guest, name: "  "}', "-:1:24: error: name is empty"),
    ("hej", "cannot be read"),
    ("", "cannot be read"),
)
"""Lists of seats that will not do, and what is said of them."""


def test_a_list_of_seats_that_will_not_do_is_refused(council: Program) -> None:
    """With the line where that is; nothing is saved."""
    before = commits(council)
    for plan, words in UNFIT:
        said = council("--language", "en", "network", "reseat", "RÖN-AT", "-", "--from", NEXT, code=None, given=plan)
        assert said.code in (2, 3, 4), plan
        assert words in said.err
    assert commits(council) == before


def test_a_quorum_of_more_seats_than_are_left_is_told_of(council: Program) -> None:
    """Of the body that gets other seats, and of the council that loses one with a network."""
    network(council, "quorum", "RÖN-AT", "--count", "1", "--seat", "sjukhus-nordost", "--from", "2026-01-01")
    network(council, "quorum", "RÅD", "--count", "4", "--from", "2026-01-01")
    said = network(council, "reseat", "RÖN-AT", "-", "--from", NEXT, given=BY_HOSPITAL).err
    assert "RÖN-AT requires 1 of 0 seats for a decision" in said
    assert f"atbtst network quorum ron-at --count N --from {NEXT}" in said
    assert "RÅD requires" not in said
    said = network(council, "dissolve", "RÖN-BT", "--on", "2026-06-30").err
    assert "RÅD requires 4 of 3 seats for a decision" in said


def test_an_id_that_ended_is_not_given_to_another_seat(council: Program) -> None:
    network(council, "reseat", "RÖN-AT", "-", "--from", NEXT, given=BY_HOSPITAL)
    plan = "- {id: medicinsk-service, kind: required, name: Medicinsk service}"
    said = network(council, "reseat", "RÖN-AT", "-", "--from", "2026-09-01", code=3, given=plan).err
    assert "ron-at/medicinsk-service was a seat until 2026-06-30" in said
    assert "another id" in said


def test_a_convenor_under_another_id_has_another_seat_in_the_council(council: Program) -> None:
    """Exactly one at a time, and it chairs where the one before did."""
    plan = "- {id: chef, kind: convenor, name: Chef}"
    network(council, "reseat", "RÖN-Dialog", "-", "--from", NEXT, given=plan)
    network(council, "appoint", "RÖN-Dialog", "chef", "cilla", "--from", NEXT)
    assert sitting(council, "rad/ron-dialog", "2026-06-30") == ["alva-exempel"]
    assert sitting(council, "rad/ron-dialog-2", NEXT) == ["cilla-exempel"]
    assert "rad/ron-dialog" not in seats(council, "rad", "--on", NEXT)
    [rad] = [one for one in json.loads(council("network", "list", "--on", NEXT, "--json").out) if one["id"] == "rad"]
    assert [seat["id"] for seat in rad["seats"] if seat.get("chair")] == ["ron-dialog", "ron-dialog-2"]


def test_a_body_is_succeeded_by_a_new_one_that_goes_on_with_what_it_left_open(council: Program) -> None:
    """One seat of the council ends and another begins; nobody is missed, and the archive stays."""
    council("meeting", "plan", "RÖN-BT", "--date", "2026-08-25")
    left = item(council, 1, "Skriv till skolorna", "owners:\n  - ron-bt/convenor\n", network="ron-bt")
    matter = "id: m-0000001\ntitle: Hur ska passen bemannas?\nnetwork: ron-bt\nraised: 2026-02-10\n"
    write(council, "records/matters/2026/m-0000001.yaml", matter)
    commit_all(council)
    name = ("--name", "Nätverket för introduktion", "--short", "RÖN-INT")
    said = network(council, "add", "ron-int", *name, "--from", NEXT, "--after", "RÖN-BT").err
    assert "rad/ron-int" in said
    before = commits(council)
    refused = network(council, "dissolve", "RÖN-BT", "--on", "2026-06-30", code=3).err
    assert "atbtst meeting cancel 2026-08-25-ron-bt --reason" in refused
    assert commits(council) == before
    said = network(council, "dissolve", "RÖN-BT", "--on", "2026-06-30", "--cancel-meetings").err
    assert commits(council) == before + 1
    for words in (
        "Ends 2026-06-30: rad/ron-bt",
        "Ends 2026-06-30: ron-bt/convenor – Sammankallande (Disa Exempel)",
        "Cancelled: 2026-08-25-ron-bt",
        "RÖN-INT goes on with what is left open: 1 open action item, 1 open matter.",
        f"atbtst item edit {left} --owner ron-int/convenor",
    ):
        assert words in said
    assert rules(council, "--on", NEXT) == {"owner-left"}
    network(council, "appoint", "RÖN-INT", "convenor", "disa", "--from", NEXT)
    assert set(seats(council, "rad", "--on", NEXT)) == {
        f"rad/{one}" for one in ("ron-at", "ron-st", "ron-dialog", "ron-int")
    }
    assert sitting(council, "rad/ron-int", NEXT) == ["disa-exempel"]
    council("meeting", "plan", "RÖN-INT", "--date", "2026-08-27")
    council("meeting", "plan", "RÅD", "--date", "2026-09-15")
    agenda = council("agenda", "new", "RÖN-INT", "--dry-run").out
    assert "Skriv till skolorna" in agenda
    assert "Hur ska passen bemannas?" in agenda
    agenda = council("agenda", "new", "RÅD", "--dry-run").out
    assert [line.split()[1] for line in agenda.splitlines() if line.startswith("2.")] == [
        "AT",
        "ST",
        "Dialog",
        "RÖN-INT",
    ]
    assert "RÖN-BT" in network(council, "show", "RÖN-INT").out


def test_a_body_without_successors_says_that_nobody_goes_on_and_gets_one_later(council: Program) -> None:
    item(council, 1, "Skriv till skolorna", "owners:\n  - cilla-exempel\n", network="ron-bt")
    commit_all(council)
    said = network(council, "dissolve", "RÖN-BT", "--on", "2026-02-28").err
    [command] = [line.partition(": atbtst ")[2] for line in said.splitlines() if "--successor" in line]
    assert rules(council) == {"no-successor"}
    council(*command.replace("NETWORK", "RÖN-ST").split())
    assert rules(council) == set()
    assert "is dissolved on 2026-02-28" in network(council, "dissolve", "RÖN-BT", "--on", "2026-03-31", code=3).err
    refused = network(council, "dissolve", "RÖN-ST", "--on", "2026-03-31", "--successor", "RÖN-BT", code=3).err
    assert "ron-bt is not there on 2026-04-01" in refused


def test_a_new_council_takes_over_the_seats_that_follow_and_what_is_sent_to_the_one_before(council: Program) -> None:
    """The networks report to it, and it is chaired as the one before."""
    network(council, "add", "nya", "--kind", "council", "--name", "Nya rådet", "--from", NEXT, "--after", "RÅD")
    network(council, "dissolve", "RÅD", "--on", "2026-06-30")
    before = [one["holders"][0]["member"] for one in seats(council, "rad", "--on", "2026-06-30").values()]
    assert [one["holders"][0]["member"] for one in seats(council, "nya", "--on", NEXT).values()] == before
    assert len(before) == 4
    assert not seats(council, "rad", "--on", NEXT)
    council("meeting", "plan", "Nya rådet", "--date", "2026-09-15")
    missing = json.loads(council("report", "missing", "Nya rådet", "--json").out)
    assert {one["network"] for one in missing["networks"]} == {"ron-at", "ron-bt", "ron-st", "ron-dialog"}
    raised = json.loads(council("network", "show", "RÖN-BT", "--json").out)
    assert raised["refers_to"] == ["rad", "nya"]
    network(council, "add", "ron-int", "--name", "Introduktionen", "--from", "2026-09-01")
    assert "nya/ron-int" in seats(council, "nya", "--on", "2026-09-01")
    assert rules(council, "--on", "2026-09-01") == set()


def test_a_meeting_of_others_with_a_body_that_is_dissolved_is_told_of(council: Program) -> None:
    """Another body leads it, so it stays; check reminds of it until it is planned anew."""
    council("meeting", "plan", "RÖN-AT", "--date", "2026-06-23", "--with", "RÖN-BT")
    council("meeting", "plan", "RÖN-AT", "--date", "2026-09-08", "--with", "RÖN-BT")
    said = network(council, "dissolve", "RÖN-BT", "--on", "2026-06-30", "--cancel-meetings").err
    assert "plan it anew: 2026-09-08-ron-at" in said
    assert "2026-06-23-ron-at" not in said
    assert "body-gone" in rules(council)
    council("meeting", "cancel", "2026-09-08-ron-at", "--reason", "RÖN-BT är upplöst")
    assert "body-gone" not in rules(council)


def test_a_body_that_has_met_is_not_dissolved_before_that(council: Program) -> None:
    minuted(council, "2026-02-03", "Bo Exempel")
    assert "2026-02-03-ron-at" in network(council, "dissolve", "RÖN-AT", "--on", "2026-02-02", code=3).err


def test_a_new_name_begins_on_a_day_and_old_minutes_keep_the_old_one(council: Program) -> None:
    """It is found by both; the council's seat that is called after it is called after the new one."""
    minuted(council, "2026-02-03", "Bo Exempel")
    documents = [council("minutes", "render", "RÖN-AT", "--format", "html", "--output", "-").raw]
    network(
        council, "rename", "RÖN-AT", "--name", "Nätverket för allmäntjänstgöring", "--short", "AT-nät", "--from", NEXT
    )
    documents.append(council("minutes", "render", "AT-nät", "--format", "html", "--output", "-").raw)
    assert documents[0] == documents[1]
    assert "# AT-nät 2026-09-01" in minuted_head(council, "2026-09-01")
    days = ("2026-06-30", NEXT)
    assert [network(council, "show", "RÖN-AT", "--on", day).out.split()[1] for day in days] == ["RÖN-AT", "AT-nät"]
    found = [seats(council, "rad", "--on", day)["rad/ron-at"]["name"] for day in days]
    assert found == ["Sammankallande i RÖN-AT", "Sammankallande i AT-nät"]
    assert rules(council, "--on", NEXT) == set()
    for arguments in (["--short", "RÖN-ST"], ["--name", "HSN"], []):
        said = council("--language", "en", "network", "rename", "RÖN-AT", *arguments, "--from", "2026-10-01", code=None)
        assert said.code in (2, 3)


def minuted_head(council: Program, day: str) -> str:
    """The sheet's first line of minutes of RÖN-AT, as the record has them."""
    minuted(council, day, "Bo Exempel")
    return council("minutes", "show", f"{day}-ron-at", "--sheet").out.splitlines()[0]


def test_a_succession_dated_back_over_a_meeting_says_whom_it_makes_wrong(council: Program) -> None:
    """The meeting was minuted with who sat there then; it is told at once, and saved all the same."""
    sheet = "# RÖN-BT 2026-02-17\nNärvarande: Disa Exempel\n\n## Lokaler\nBokas.\n"
    council("minutes", "new", "RÖN-BT", "--from", "-", given=sheet)
    said = council(
        "--language", "en", "network", "appoint", "RÖN-BT", "convenor", "cilla-exempel", "--from", "2026-02-01"
    )
    assert "disa-exempel did not hold the seat ron-bt/convenor on 2026-02-17 (seat-not-held)" in said.err
    again = council("network", "appoint", "RÖN-AT", "convenor", "cilla-exempel", "--from", "2026-03-01")
    assert "seat-not-held" not in again.err

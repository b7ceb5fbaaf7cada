"""atbtst member: who there is, in which seats, and how to reach them."""

import json
import re
import unicodedata

import pytest
from conftest import Program, git
from faults import MINUTED, with_minutes
from handmade import commit, commits, item, meeting, message, write

from atbtst_cli.output import cells_of


def record(council: Program, path: str) -> str:
    return (council.folder / "records" / path).read_text("utf-8")


# -- list and show --------------------------------------------------------------------------------------------------------


def test_the_list_has_every_member_with_the_seats_held_today(council: Program) -> None:
    """A seat in the council follows the convenor's seat in a network."""
    rows = {line.split()[0]: line for line in council("member", "list").out.splitlines()}
    assert "ron-at/convenor" in rows["bo-exempel"]
    assert "rad/ron-at" in rows["bo-exempel"]
    assert "cilla@example.org" in rows["cilla-exempel"]
    entries = {entry["id"]: entry for entry in json.loads(council("member", "list", "--json").out)}
    assert entries["alva-exempel"]["seats"] == ["rad/ron-dialog", "ron-dialog/convenor"]
    assert entries["cilla-exempel"]["names"] == [{"name": "Cilla Exempel"}]


def test_an_empty_list_says_how_to_add_a_member(program: Program) -> None:
    program("init", "new")
    said = program("-C", "new", "member", "list")
    assert said.out == ""
    assert "atbtst member add" in said.err
    assert json.loads(program("-C", "new", "member", "list", "--json").out) == []


@pytest.mark.parametrize("columns", [60, 80])
def test_the_list_fits_the_terminal(council: Program, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    council(
        "member", "edit", "cilla-exempel", "--email", "cilla.exempel.som.har.ett.langt.namn@en.lang.doman.example.org"
    )
    assert max(map(cells_of, council("member", "list").out.splitlines())) <= columns


def test_a_record_that_cannot_be_read_is_named_and_the_others_listed(council: Program) -> None:
    write(council, "records/members/bo-exempel.yaml", "id: bo-exempel\n")
    said = council("member", "list", code=4)
    assert "records/members/bo-exempel.yaml" in said.err
    assert "alva-exempel" in said.out


@pytest.mark.parametrize("name", ["bo-exempel", "Bo Exempel", "bo exempel", "Bo", "BO"])
def test_a_member_is_shown_by_id_name_or_first_name(council: Program, name: str) -> None:
    """With everything known: contact, seats, open items, also those of the seats."""
    council(
        "member",
        "edit",
        "bo-exempel",
        "--email",
        "bo@example.org",
        "--phone",
        "040-12 34 56",
        "--employer",
        "Sjukhuset",
        "--title",
        "Överläkare",
    )
    item(council, 1, "Boka lokal", "owners:\n  - ron-at/convenor\n")
    shown = council("member", "show", name).out
    for words in (
        "bo-exempel",
        "bo@example.org",
        "040-12 34 56",
        "Sjukhuset",
        "Överläkare",
        "ron-at/convenor",
        "Boka lokal",
    ):
        assert words in shown
    assert json.loads(council("member", "show", name, "--json").out)["phone"] == "040-12 34 56"


def test_an_unknown_member_is_refused_with_those_that_are_known(council: Program) -> None:
    said = council("member", "show", "Nils", code=2).err
    assert "Nils" in said
    assert "alva-exempel" in said


def test_a_member_whose_record_is_broken_is_named(council: Program) -> None:
    write(council, "records/members/bo-exempel.yaml", "id: bo-exempel\n")
    said = council("member", "show", "bo-exempel", code=4).err
    assert "bo-exempel" in said
    assert "atbtst check" in said


# -- add ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Frida Exempel", "frida-exempel"),
        ("Åsa Öström", "asa-ostrom"),
        (unicodedata.normalize("NFD", "Åsa Öström"), "asa-ostrom"),
        ("Anne-Marie O'Exempel", "anne-marie-o-exempel"),
        ("  José   Núñez ", "jose-nunez"),
        ("Jørgen Łuk", "jorgen-luk"),
    ],
)
def test_an_id_is_made_from_the_name(council: Program, name: str, wanted: str) -> None:
    council("member", "add", name)
    text = record(council, f"members/{wanted}.yaml")
    assert f"name: {unicodedata.normalize('NFC', ' '.join(name.split()))}\n" in text


def test_add_is_one_commit_of_member_and_body(council: Program) -> None:
    before = commits(council)
    council(
        "member",
        "add",
        "Frida Exempel",
        "--seat",
        "ron-at/primarvarden",
        "--seat",
        "RÖN-ST/Primärvården",
        "--from",
        "2026-03-01",
        "--email",
        "f@example.org",
    )
    assert commits(council) == before + 1
    assert message(council).startswith("member(add): Frida Exempel\n")
    assert message(council).rstrip().endswith("Member: frida-exempel")
    changed = git(council.folder, "show", "--name-only", "--format=").split()
    assert changed == [
        "records/members/frida-exempel.yaml",
        "records/networks/ron-at.yaml",
        "records/networks/ron-st.yaml",
    ]
    assert "holders:\n      - from: 2026-03-01\n        member: frida-exempel\n" in record(
        council, "networks/ron-at.yaml"
    )
    known = json.loads(council("member", "show", "frida-exempel", "--json").out)
    assert known["seats"] == ["ron-at/primarvarden", "ron-st/primarvarden"]


def test_a_second_person_of_a_name_needs_an_id_of_their_own(council: Program) -> None:
    assert "--id" in council("member", "add", "Bo Exempel", code=3).err
    council("member", "add", "Bo Exempel", "--id", "bo-exempel-2")
    said = council("member", "show", "Bo Exempel", code=2).err
    assert "bo-exempel-2" in said


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["Frida", "--seat", "ron-at/nix"], "ron-at/nix"),
        (["Frida", "--seat", "alva-exempel"], "ron-at/convenor"),
        (["Frida", "--seat", "nix/convenor"], "nix/convenor"),
        (["Frida", "--seat", ""], "ron-at/convenor"),
        (["Frida", "--email", "inte en adress"], "--email"),
        (["Frida", "--email", ""], "--email"),
        (["Frida", "--email", "a@b\nBcc: c@d"], "a@b"),
        (["Frida", "--id", "Frida!"], "Frida!"),
        (["Frida", "--id", "../frida"], "../frida"),
        (["Frida", "--id", ""], "--id"),
        (["Frida", "--from", "2026-03-01"], "--seat"),
        (["Frida", "--seat", "ron-at/sylf", "--from", "snart"], "snart"),
        (["Frida", "--phone", "1\n2"], "--phone"),
        (["!!!"], "--id"),
        ([""], "NAME"),
        (["  "], "NAME"),
        (["Frida\udcff"], "Frida\\udcff"),
    ],
    ids=str,
)
def test_what_will_not_do_is_refused_by_name(council: Program, arguments: list[str], value: str) -> None:
    before = commits(council)
    assert value in council("member", "add", *arguments, code=2).err
    assert commits(council) == before
    assert git(council.folder, "status", "--short") == ""


def test_me_is_remembered_on_this_computer(council: Program) -> None:
    council("member", "add", "Frida Exempel", "--me")
    assert git(council.folder, "config", "--local", "atbtst.member").strip() == "frida-exempel"
    council("item", "add", "Skriv", "--network", "RÅD", "--owner", "frida-exempel")
    assert "Skriv" in council("item", "list", "--mine").out


def test_an_email_is_compared_without_case(council: Program) -> None:
    git(council.folder, "config", "user.email", "CILLA@example.org")
    assert council("item", "list", "--mine").out == ""


# -- edit ---------------------------------------------------------------------------------------------------------------


def test_edit_changes_what_is_given_in_one_commit(council: Program) -> None:
    before = commits(council)
    council("member", "edit", "cilla", "--name", "Cilla  Nyman", "--email", "", "--phone", "040-1", "--alias", "Cissi")
    assert commits(council) == before + 1
    assert message(council).startswith("member(edit): Cilla Nyman\n")
    assert "Member: cilla-exempel" in message(council)
    text = record(council, "members/cilla-exempel.yaml")
    assert "name: Cilla Nyman\n" in text
    assert "phone: '040-1'\n" in text
    assert "email" not in text
    assert "cilla-exempel" in council("member", "show", "cissi").out


def test_edit_without_a_change_makes_no_commit(council: Program) -> None:
    before = commits(council)
    council("member", "edit", "cilla-exempel", "--email", "cilla@example.org")
    assert "member edit --help" in council("member", "edit", "cilla-exempel", code=2).err
    assert commits(council) == before


@pytest.mark.parametrize(
    "arguments",
    [["--name", "  "], ["--name", ""], ["--email", "x"], ["--alias", "a\nb"], ["--alias", ""], ["--phone", "1\n2"]],
    ids=str,
)
def test_what_will_not_do_changes_nothing(council: Program, arguments: list[str]) -> None:
    """It is called as on the command line."""
    before = commits(council)
    assert arguments[0] in council("member", "edit", "cilla-exempel", *arguments, code=2).err
    assert commits(council) == before


def test_a_telephone_number_stays_as_it_is_typed(council: Program) -> None:
    """Nothing takes it for a number."""
    for number in ("0701234567", "+46 70 123 45 67", "1_000", "0x1F"):
        council("member", "edit", "cilla-exempel", "--phone", number)
        assert json.loads(council("member", "show", "cilla", "--json").out)["phone"] == number


def test_a_record_edited_by_hand_is_told_first(council: Program) -> None:
    """Also where the change would be none, or the member is known from that file alone."""
    path = write(council, "records/members/cilla-exempel.yaml", "id: cilla-exempel\nnames:\n  - name: Cilla Ny\n")
    for arguments in (["cilla", "--email", "cilla@example.org"], ["Cilla Ny", "--seat", "ron-at/sylf"]):
        assert "records/members/cilla-exempel.yaml" in council("member", "edit", *arguments, code=3).err
    assert "Cilla Ny" in path.read_text("utf-8")
    write(council, "records/members/frida-exempel.yaml", "id: frida-exempel\nnames:\n  - name: Frida Exempel\n")
    said = council("member", "edit", "Frida", "--phone", "1", code=3).err
    assert "git add -- records/members/frida-exempel.yaml" in said


# -- over time --------------------------------------------------------------------------------------------------------------

ENGLISH = ("--language", "en")


def test_members_and_seats_are_those_of_the_day(council: Program) -> None:
    """Who has left is there with --all, and a seat that begins later is told with its day, the council's seat too."""
    council("member", "leave", "erik-exempel", "--on", "2026-02-28")
    council("member", "edit", "cilla", "--seat", "ron-st/convenor", "--from", "2026-04-01")
    assert "erik-exempel" not in council("member", "list").out
    then = {line.split()[0]: line for line in council("member", "list", "--on", "2026-02-28").out.splitlines()}
    assert "ron-st/convenor" in then["erik-exempel"]
    assert "ron-st/convenor" not in then["cilla-exempel"]
    everybody = {line.split()[0]: line for line in council("member", "list", "--all").out.splitlines()}
    assert everybody["erik-exempel"].endswith("– 2026-02-28")
    assert "rad/ron-st, ron-st/convenor from 2026-04-01" in council(*ENGLISH, "member", "show", "cilla").out
    later = json.loads(council("member", "show", "cilla", "--on", "2026-04-01", "--json").out)
    assert (later["seats"], later["coming"]) == (["rad/ron-st", "ron-st/convenor"], [])
    assert [day for day in ("2026-02-28", "2026-03-15", "2026-04-01") if "ron-st/convenor" in empty(council, day)] == [
        "2026-03-15"
    ]


def empty(council: Program, day: str) -> set[str]:
    """The required seats that nobody holds on a day."""
    found = json.loads(council("check", "--on", day, "--json").out)
    return {word for one in found if one["rule"] == "seat-empty" for word in one["message"].split() if "/" in word}


def test_a_new_name_begins_on_a_day_and_old_minutes_keep_the_old_one(council: Program) -> None:
    """The id stays, both names find the member, and documents of earlier days come out the same, byte for byte."""
    with_minutes(council)
    documents = {form: rendered(council, form) for form in ("md", "html", "pdf")}
    assert b"Alva Exempel" in documents["md"]
    council("member", "rename", "alva", "Alva  Nyman", "--from", "2026-03-01")
    assert message(council).startswith("member(rename): Alva Nyman\n")
    assert json.loads(council("member", "show", "alva-exempel", "--json").out)["names"] == [
        {"to": "2026-02-28", "name": "Alva Exempel"},
        {"from": "2026-03-01", "name": "Alva Nyman"},
    ]
    assert {form: rendered(council, form) for form in documents} == documents
    for name in ("Alva Exempel", "Alva Nyman", "Alva"):
        assert "Alva Nyman (alva-exempel)" in council("member", "show", name).out
    assert "Alva Exempel (alva-exempel)" in council("member", "show", "Alva Nyman", "--on", "2026-02-28").out
    council(
        "minutes", "new", "RÅD", "--from", "-", given="# RÅD 2026-03-02\nOrdförande: Alva\n\n## Start\nVi börjar.\n"
    )
    assert "Alva Nyman" in council("minutes", "show", "2026-03-02-rad").out


def rendered(council: Program, form: str) -> bytes:
    """The minutes of the meeting that was held, made anew."""
    target = council.folder.parent / f"made.{form}"
    council("minutes", "render", MINUTED, "--format", form, "--output", str(target))
    return target.read_bytes()


def test_a_new_name_is_corrected_on_its_own_day_only(council: Program) -> None:
    """A misspelling is another matter: it changes the name of today, whatever name is to come."""
    said = council(*ENGLISH, "member", "rename", "cilla", "Cilla Nymann", "--from", "2026-05-01").err
    assert said.startswith("cilla-exempel is called Cilla Nymann from 2026-05-01 on.\n")
    council("member", "rename", "cilla", "Cilla Nyman", "--from", "2026-05-01")
    council("member", "edit", "cilla", "--name", "Cilla Exempelsson")
    before = commits(council)
    council("member", "rename", "cilla", "Cilla Nyman", "--from", "2026-05-01")
    assert (
        "Cilla Nyman" in council(*ENGLISH, "member", "rename", "cilla", "Cilla X", "--from", "2026-04-01", code=3).err
    )
    assert "NAME" in council("member", "rename", "cilla", " ", code=2).err
    assert commits(council) == before
    names = json.loads(council("member", "show", "cilla", "--json").out)["names"]
    assert names == [
        {"to": "2026-04-30", "name": "Cilla Exempelsson"},
        {"from": "2026-05-01", "name": "Cilla Nyman"},
    ]


def test_leaving_ends_every_holding_in_one_commit_and_tells_what_is_left(council: Program) -> None:
    """Seats that nobody follows in, promises, and what was planned with the person, each with what to do about it."""
    council("member", "edit", "bo", "--seat", "ron-st/sylf", "--from", "2026-06-01")
    promised = item(council, 1, "Boka lokal", "owners:\n  - bo-exempel\n  - cilla-exempel\n")
    item(council, 2, "Skriv klart", "owners:\n  - bo-exempel\nclosed:\n  date: 2026-02-01\n  as: done\n")
    agenda = "agenda:\n  - id: p-1\n    title: Start\n    presenter: bo-exempel\n"
    meeting(council, "2026-04-21-rad", f"planned:\n  date: 2026-01-10\n  by: bo-exempel\nchair: bo-exempel\n{agenda}")
    commit(council)
    before = commits(council)
    said = council(*ENGLISH, "member", "leave", "bo", "--on", "2026-03-31").err
    assert commits(council) == before + 1
    assert holding(council, "ron-at/convenor") == [{"from": "2026-01-01", "to": "2026-03-31", "member": "bo-exempel"}]
    assert holding(council, "ron-st/sylf") == []
    assert "Seats left: ron-at/convenor" in said
    assert "Seats not taken up: ron-st/sylf" in said
    assert "--from 2026-04-01" in said
    assert f"{promised}  Boka lokal" in said
    assert "Skriv klart" not in said
    assert "atbtst agenda edit 1 --meeting 2026-04-21-rad --presenter MEMBER" in said
    assert "they are the chair" in said
    [later] = re.findall(r"atbtst (member leave bo-exempel --on \S+ --items-to \S+)", said)
    council(*later.split())
    assert json.loads(council("item", "show", promised, "--json").out)["owners"] == ["ron-at/convenor", "cilla-exempel"]
    assert message(council).rstrip().endswith(f"Item: {promised}")
    council("check", "--strict", "--on", "2026-03-31")
    findings = json.loads(council("check", "--on", "2026-04-01", "--json").out)
    assert {finding["rule"] for finding in findings if finding["level"] != "notice"} == set()


def test_the_items_go_along_in_the_same_commit_to_a_member_who_is_there(council: Program) -> None:
    promised = item(council, 1, "Boka lokal", "owners:\n  - bo-exempel\n")
    commit(council)
    before = commits(council)
    council("member", "leave", "erik", "--on", "2026-02-28")
    for nobody in ("bo-exempel", "erik-exempel", "Nils"):
        council("member", "leave", "bo", "--on", "2026-03-31", "--items-to", nobody, code=2)
    council("member", "leave", "bo", "--on", "2026-03-31", "--items-to", "Cilla")
    assert commits(council) == before + 2
    assert json.loads(council("item", "show", promised, "--json").out)["owners"] == ["cilla-exempel"]


@pytest.mark.parametrize(
    ("day", "value"), [("2025-12-31", "ron-at/convenor"), ("2025-06-30", "2025-07-01"), ("snart", "snart")]
)
def test_a_last_day_before_what_has_happened_is_refused(council: Program, day: str, value: str) -> None:
    path = council.folder / "records/members/bo-exempel.yaml"
    path.write_text(path.read_text("utf-8") + "from: 2025-07-01\n", "utf-8")
    commit(council)
    before = commits(council)
    assert value in council("member", "leave", "bo", "--on", day, code=None).err
    assert commits(council) == before


def test_whoever_has_left_can_come_back(council: Program) -> None:
    """The last day goes; the seats of earlier days stay as they were, and new ones are given as to anybody."""
    council("member", "leave", "bo", "--on", "2026-02-28")
    assert "atbtst member return bo-exempel" in council("member", "leave", "bo-exempel", code=3).err
    council("member", "return", "bo-exempel")
    assert message(council).startswith("member(return): Bo Exempel\n")
    council("member", "edit", "bo", "--seat", "ron-at/sylf", "--from", "2026-03-02")
    assert json.loads(council("member", "show", "bo", "--json").out)["seats"] == ["ron-at/sylf"]
    assert holding(council, "ron-at/convenor")[0]["to"] == "2026-02-28"
    before = commits(council)
    council("member", "return", "bo")
    assert commits(council) == before


# -- seats --------------------------------------------------------------------------------------------------------------


def holding(council: Program, reference: str) -> list[dict[str, str]]:
    """Who holds a seat and when, as the record says."""
    body, _slash, seat_id = reference.partition("/")
    seats = json.loads(council("network", "show", body, "--json").out)["seats"]
    return next(seat for seat in seats if seat["id"] == seat_id).get("holders", [])


def test_a_member_takes_a_seat_later_and_leaves_it_again(council: Program) -> None:
    """Each is one commit of the body's record, and tells the days."""
    before = commits(council)
    council("member", "edit", "cilla", "--seat", "ron-at/sylf", "--seat", "RÖN-ST/Primärvården", "--from", "2026-02-01")
    assert commits(council) == before + 1
    assert message(council).startswith("member(edit): Cilla Exempel\n")
    assert "ron-at/sylf, RÖN-ST/Primärvården" in message(council)
    assert "2026-02-01" in message(council)
    assert git(council.folder, "show", "--name-only", "--format=").split() == [
        "records/networks/ron-at.yaml",
        "records/networks/ron-st.yaml",
    ]
    assert "ron-at/sylf" in council("member", "show", "cilla").out
    council("member", "edit", "cilla", "--leave", "ron-at/sylf", "--to", "2026-02-28")
    assert holding(council, "ron-at/sylf") == [{"from": "2026-02-01", "to": "2026-02-28", "member": "cilla-exempel"}]
    assert "2026-02-28" in message(council)
    assert "ron-at/sylf" not in council("member", "show", "cilla").out
    council("member", "edit", "cilla", "--leave", "ron-st/primarvarden")
    assert holding(council, "ron-st/primarvarden")[0]["to"] == "2026-03-02"


def test_a_seat_can_be_held_for_some_days_and_again(council: Program) -> None:
    council("member", "edit", "cilla", "--seat", "ron-at/sylf", "--from", "2025-01-01", "--to", "2025-06-30")
    council("member", "edit", "bo", "--seat", "ron-at/sylf", "--from", "2025-07-01", "--to", "2025-12-31")
    council("member", "edit", "cilla", "--seat", "ron-at/sylf", "--from", "2026-01-01")
    assert [one["member"] for one in holding(council, "ron-at/sylf")] == [
        "cilla-exempel",
        "bo-exempel",
        "cilla-exempel",
    ]
    assert council("check", "--strict").code == 0


def test_a_change_of_name_and_of_seat_is_one_commit(council: Program) -> None:
    before = commits(council)
    council("member", "edit", "cilla", "--phone", "1", "--seat", "ron-at/sylf", "--from", "2026-03-01")
    assert commits(council) == before + 1
    assert len(git(council.folder, "show", "--name-only", "--format=").split()) == 2


@pytest.mark.parametrize("arguments", [["add", "Frida Exempel"], ["edit", "cilla-exempel"]], ids=str)
@pytest.mark.parametrize(("days", "day"), [([], "2026-03-02"), (["--from", "2026-05-01"], "2026-05-01")], ids=str)
def test_a_seat_that_somebody_holds_is_handed_over_as_it_says(
    council: Program, arguments: list[str], days: list[str], day: str
) -> None:
    """Who holds it and when is named, and the command that ends it works as it stands."""
    before = commits(council)
    taking = ["member", *arguments, "--seat", "ron-at/convenor"]
    said = council(*taking, *days, code=3).err
    assert f"ron-at/convenor innehas av bo-exempel den {day}" in said
    assert commits(council) == before
    [way_out] = re.findall(r"atbtst (network appoint ron-at/convenor \S+ --from [0-9-]+)", said)
    if arguments[0] == "add":
        council("member", *arguments)
    council(*way_out.split())
    assert len(holding(council, "ron-at/convenor")) == 2
    assert [finding["rule"] for finding in json.loads(council("check", "--json").out)].count("seat-held-twice") == 0


@pytest.mark.parametrize(
    "days",
    [
        [],
        ["--from", "2025-06-30"],
        ["--to", "2025-01-01"],
        ["--from", "2021-01-01"],
        ["--from", "2024-01-01"],
        ["--from", "2024-01-01", "--to", "2025-01-01"],
        ["--from", "2025-02-01", "--to", "2025-03-01"],
    ],
    ids=str,
)
def test_days_that_are_taken_in_the_past_are_told(council: Program, days: list[str]) -> None:
    council("member", "edit", "bo", "--seat", "ron-at/sylf", "--from", "2025-01-01", "--to", "2025-06-30")
    before = commits(council)
    said = council("member", "edit", "cilla", "--seat", "ron-at/sylf", *days, code=3).err
    assert "ron-at/sylf innehas av bo-exempel den 2025-" in said
    assert "--from" in said
    assert commits(council) == before


def test_nobody_takes_or_leaves_a_seat_that_follows_another(council: Program) -> None:
    for arguments in (["--seat", "rad/ron-at"], ["--leave", "rad/ron-at"]):
        assert "ron-at/convenor" in council("member", "edit", "bo", *arguments, code=3).err
    assert "ron-at/convenor" in council("member", "add", "Frida Exempel", "--seat", "rad/ron-at", code=3).err


@pytest.mark.parametrize(
    ("arguments", "code", "value"),
    [
        (["--leave", "ron-st/convenor"], 3, "network seats ron-st"),
        (["--leave", "ron-at/convenor", "--to", "2025-12-31"], 3, "2025-12-31"),
        (["--leave", "ron-at/nix"], 2, "ron-at/nix"),
        (["--leave", "ron-at/convenor", "--to", "snart"], 2, "snart"),
        (["--leave", "ron-at/convenor", "--from", "2026-03-01"], 2, "--from"),
        (["--leave", "ron-at/convenor", "--seat", "ron-at/sylf"], 2, "--leave"),
        (["--to", "2026-03-01"], 2, "--seat"),
        (["--seat", "ron-at/sylf", "--from", "2026-03-01", "--to", "2026-02-01"], 4, "2026-02-01"),
    ],
    ids=str,
)
def test_seats_and_days_that_do_not_fit_change_nothing(
    council: Program, arguments: list[str], code: int, value: str
) -> None:
    before = commits(council)
    assert value in council("member", "edit", "bo", *arguments, code=code).err
    assert commits(council) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["member", "add", "Frida Exempel", "--seat", "RÖN-AT"],
        ["member", "edit", "cilla", "--seat", "ron-at/nix"],
        ["item", "add", "Skriv", "--network", "RÅD", "--owner", "RÖN-AT"],
        ["item", "list", "--owner", "@ron-at/nix"],
    ],
    ids=str,
)
def test_where_a_body_stands_for_a_seat_its_seats_are_told(council: Program, arguments: list[str]) -> None:
    """Each with id, title and holder; no member is listed beside them."""
    lines = council(*arguments, code=2).err.splitlines()
    assert "  ron-at/convenor – Sammankallande (Bo Exempel)" in lines
    assert any(line.startswith("  ron-at/primarvarden – Primärvården (") for line in lines)
    assert not any("alva-exempel" in line or "ron-st" in line for line in lines)

"""atbtst member forget: a person gives way to a pseudonym everywhere at present, and what history holds is said."""

import json
import re
import shutil
import subprocess
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Program, git
from handmade import commit, commits, message, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_example import COUNCIL, meetings
from yearbook import pdf_words

from atbtst_cli.models.base import DatedName, Line, Part, Text, texts
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.rules.checks.mentions import mentions
from atbtst_cli.rules.erasure import WORDS, Erasure, is_words

ENGLISH = ("--language", "en")
WISH = ("--reason", "Egen begäran")
SEALED, DRAFT, PLANNED = "2026-02-17-rad", "2026-02-24-ron-at", "2026-04-21-rad"
PAPERS = ("gun-exempel-cv.pdf", "Gun_Exempel.docx")
REASON = ("--reason", "På begäran av Gun Exempel")
FORGET = ("member", "forget", "gun-exempel", *REASON)
TRACES = re.compile(
    r"gun-exempel|gun\s+exempel|gun\s+nyman|gunnis|gun@example|(?:\+46|0)[\s-]*70[\s-]*123[\s-]*45[\s-]*67"
    r"|överläkare|kliniken vid ån",
    re.IGNORECASE,
)
"""All that the records know of the person; of others they know other names."""
SHEET = """\
# RÅD 2026-02-17
Närvarande: Alva, Gun Exempel, Anna Gun Exempel
Sekreterare: Gun Exempel

## Introduktionsdagen
Gun Exempels förslag var GUN
EXEMPELS bästa; Gunnis skickar det. Anna Gun Exempel tackade.
Beslut: Rådet följer @gun-exempel.
Åtgärd @gun-exempel senast 2026-03-10: Gun Exempel ringer 070-123 45 67
"""
AT_SHEET = """\
# RÖN-AT 2026-02-24
Närvarande: Bo, Gun Exempel

## Schemat
Gun håller i schemat.
Skriv till gun@example.org, +46 (0)70 123 45 67.
"""
MATTER = """\
id: m-7c2k9xa
title: Hur vill Gun Exempel ha det?
network: ron-at
raised: 2026-02-10
log:
  - date: 2026-02-11
    by: gun-exempel
    note: Gunnis har frågat.
referrals:
  - id: r-1
    from: ron-at
    to: rad
    role: decision
    sent:
      date: 2026-02-12
      by: gun-exempel
      on_behalf_of: ron-at/convenor
"""
MAILING = f"""\
id: s-0000001
kind: minutes
meeting: {SEALED}
date: 2026-02-20
by: gun-exempel
deliveries:
  - member: gun-exempel
    status: sent
"""
REPORT = f"id: {PLANNED}/ron-at\nmeeting: {PLANNED}\nnetwork: ron-at\ndate: 2026-03-01\n"
REPORT += "by: gun-exempel\ntext: Det säger Gun Exempel.\n"
CALL = f"""\
id: {PLANNED}
network: rad
date: 2026-04-21
planned:
  date: 2026-02-20
  by: gun-exempel
called:
  date: 2026-02-25
  by: gun-exempel
  agenda:
    - id: p-1
      title: Uppföljning för Gun Exempel
    - id: p-2
      title: Avförd punkt
agenda:
  - id: p-1
    title: Uppföljning
    presenter: gun-exempel
    papers:
      - gun-exempel-cv.pdf
      - Gun_Exempel.docx
  - id: p-3
    title: Tillkommen punkt
"""


@pytest.fixture
def council(council: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A council in whose every kind of record Gun Exempel is named: sealed, a draft, called, sent; made once."""
    return once(council, tmp_path_factory.getbasetemp() / "named", _name)


@pytest.fixture
def forgotten(council: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The same council after Gun Exempel was forgotten; what the command said lies beside it."""
    return once(council, tmp_path_factory.getbasetemp() / "forgotten", _forget)


def once(council: Program, kept: Path, make: Callable[[Program], None]) -> Program:
    """The council as it is after something that takes long, which is done once and copied."""
    if not kept.exists():
        make(council)
        shutil.copytree(council.folder, kept)
    shutil.rmtree(council.folder)
    shutil.copytree(kept, council.folder)
    return council


def _forget(council: Program) -> None:
    (council.folder / ".git/said").write_text(council(*ENGLISH, *FORGET, "--yes").err, "utf-8")


def said_of(forgotten: Program) -> str:
    """What the command said."""
    return (forgotten.folder / ".git/said").read_text("utf-8")


def _name(council: Program) -> None:
    contact = ("--email", "gun@example.org", "--phone", "070-123 45 67", "--employer", "Kliniken vid ån")
    seat = ("--seat", "ron-at/primarvarden", "--from", "2026-01-01")
    council("member", "add", "Gun Exempel", *contact, "--title", "Överläkare", *seat)
    council("member", "edit", "gun", "--alias", "Gunnis")
    council("member", "add", "Anna Gun Exempel")
    council("minutes", "new", "RÅD", "--from", "-", given=SHEET)
    council("minutes", "approve", SEALED, "--by", "alva-exempel", "--by", "gun-exempel")
    council("minutes", "new", "RÖN-AT", "--from", "-", given=AT_SHEET)
    council("member", "rename", "gun", "Gun Nyman", "--from", "2026-02-26")
    write(council, "records/matters/2026/m-7c2k9xa.yaml", MATTER)
    write(council, "records/mailings/2026/s-0000001.yaml", MAILING)
    folder = f"records/meetings/2026/{PLANNED}"
    write(council, f"{folder}/meeting.yaml", CALL)
    write(council, f"{folder}/report-ron-at.yaml", REPORT)
    for form in ("md", "html", "pdf"):
        council("agenda", "render", PLANNED, "--format", form, "--output", f"{folder}/agenda.{form}")
    commit(council)
    council("member", "leave", "gun-exempel", "--on", "2026-03-01")


def said_in_files(council: Program) -> dict[str, str]:
    """The path and the words of every file of the workspace, Git's own apart."""
    files = [path for path in council.folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    words = {path: pdf_words(path.read_bytes()) if path.suffix == ".pdf" else path.read_text("utf-8") for path in files}
    return {(name := str(path.relative_to(council.folder))): f"{name}\n{text}" for path, text in words.items()}


def alone(text: str) -> str:
    """The text without somebody else, in whose name the person's is a part, and without the papers' names."""
    return re.sub("|".join(("anna[ -]gun[ -]exempel", *PAPERS)), "", text, flags=re.IGNORECASE)


def test_every_kind_of_file_named_the_person(council: Program) -> None:
    """So that it means something when none of them does afterwards."""
    named = {path for path, text in said_in_files(council).items() if TRACES.search(text)}
    assert {path.rpartition(".")[2] for path in named} == {"yaml", "md", "html", "pdf"}
    assert {path.split("/")[1] for path in named} == {"members", "networks", "meetings", "items", "matters", "mailings"}


def test_no_trace_is_left_in_any_file_but_the_lines_that_were_listed(forgotten: Program) -> None:
    """In one commit, from records of every kind and all documents; what is somebody else's name stays."""
    after, said = said_in_files(forgotten), said_of(forgotten)
    assert {path: found[0] for path, text in after.items() if (found := TRACES.search(alone(text)))} == {}
    lone = {path for path, text in after.items() if re.search(r"\bGun\b", alone(text))}
    assert {path.rpartition("/")[0].split("/")[-1] for path in lone} == {DRAFT}
    assert {name for name in PAPERS if name in said} == {*PAPERS}
    assert said.count("Gun håller i schemat.") == 1
    assert f"atbtst minutes edit {DRAFT}" in said
    assert "Tidigare ledamot 1:s förslag" in after[f"records/meetings/2026/{SEALED}/minutes.md"]
    assert "Anna Gun Exempel" in after[f"records/meetings/2026/{SEALED}/minutes.md"]
    assert "gun" not in message(forgotten).casefold()
    assert git(forgotten.folder, "log", "-1", "--format=%s", "HEAD~1").startswith("member(leave)")
    assert git(forgotten.folder, "status", "--short") == ""


def test_the_person_is_the_same_pseudonym_everywhere(forgotten: Program) -> None:
    """Who can be told apart from others, but not named; nothing dangles."""
    council = forgotten
    new = "tidigare-ledamot-1"
    assert (council.folder / f"records/members/{new}.yaml").read_text("utf-8").partition("\n")[2] == (
        f"id: {new}\nto: 2026-03-01\nnames:\n  - name: Tidigare ledamot 1\nforgotten: 2026-03-02\n"
    )
    shown = json.loads(council("meeting", "show", SEALED, "--json").out)
    assert shown["secretary"] == new
    assert shown["approval"]["by"] == ["alva-exempel", new]
    [item] = json.loads(council("item", "list", "--json").out)
    assert item["owners"] == [new]
    seats = json.loads(council("network", "show", "ron-at", "--json").out)["seats"]
    assert [one for seat in seats for one in seat.get("holders", []) if one["member"] == new] == [
        {"from": "2026-01-01", "to": "2026-03-01", "member": new}
    ]
    assert "forgotten 2026-03-02" in council(*ENGLISH, "member", "list", "--all").out
    assert "forgotten" not in council(*ENGLISH, "member", "list").out
    assert "2026-03-02" in council(*ENGLISH, "member", "forget", new, *REASON, "--yes", code=3).err
    for again in (["return", new], ["edit", new, "--email", "gun@example.org"], ["rename", new, "Gun Exempel"]):
        assert "2026-03-02" in council(*ENGLISH, "member", *again, code=3).err
    council("check")


def test_sealed_minutes_are_amended_and_sealed_anew(forgotten: Program) -> None:
    """They verify as unchanged, and a document of before is known as one that was approved earlier."""
    council, said = forgotten, said_of(forgotten)
    folder = council.folder / f"records/meetings/2026/{SEALED}"
    old = council.folder.parent / "old.pdf"
    old.write_bytes(
        subprocess.check_output(
            ["git", "show", f"HEAD~1:{folder.relative_to(council.folder)}/minutes.pdf"], cwd=council.folder
        )
    )
    assert f"approved/{SEALED}/2" in said
    assert f"earlier approvals: approved/{SEALED}/1" in said
    [verdict] = json.loads(council("minutes", "verify", SEALED, "--json").out)["meetings"]
    assert (verdict["result"], verdict["tag"], verdict["rebuilt"]) == ("unsigned", f"approved/{SEALED}/2", [])
    known = json.loads(council("minutes", "verify", "--file", str(old), "--json").out)["document"]
    assert (known["approval"], known["is_latest"]) == (1, False)
    [amendment] = json.loads(council("meeting", "show", SEALED, "--json").out)["amendments"]
    assert amendment == {
        "date": "2026-03-02",
        "by": "cilla-exempel",
        "reason": "På begäran av Tidigare ledamot 1",
        "approved": "2026-03-02",
    }
    for place in ("", "public/"):
        assert "På begäran av Tidigare ledamot 1" in (folder / f"{place}minutes.md").read_text("utf-8")
    assert f"\nApproval: approved/{SEALED}/2\n" in message(council)


def test_an_agenda_stays_as_it_was_called_but_for_the_person(forgotten: Program) -> None:
    """What was added since is not in it, and what was dropped is."""
    agenda = said_in_files(forgotten)[f"records/meetings/2026/{PLANNED}/agenda.md"]
    assert "Uppföljning för Tidigare ledamot 1" in agenda
    assert "Avförd punkt" in agenda
    assert "Tillkommen punkt" not in agenda


def test_it_says_what_it_touches_before_and_what_history_holds_after(council: Program) -> None:
    """A rehearsal names every file of the later commit and changes nothing; without --yes somebody has to be asked."""
    before = commits(council)
    write(council, "anteckning.txt", "Rad ett.\nRing Gun Exempel.\n")
    (council.folder / "bild.png").write_bytes(b"\x89PNG\xff")
    rehearsed = council(*ENGLISH, *FORGET, "--dry-run")
    assert "anteckning.txt:2" in rehearsed.err
    assert "bild.png" in rehearsed.err
    assert "--dry-run" in council(*ENGLISH, *FORGET, code=2).err
    assert "--reason" in council(*ENGLISH, "member", "forget", "gun-exempel", code=2).err
    assert commits(council) == before
    said = council(*ENGLISH, *FORGET, "--yes").err
    changed = git(council.folder, "show", "--no-renames", "--name-only", "--format=").split()
    assert sorted(rehearsed.out.split()) == sorted(changed)
    for words in ("earlier commits", "author", "clones", "sent", "docs/privacy.md"):
        assert words in said
    assert "Gun Nyman" in git(council.folder, "show", "HEAD~1:records/members/gun-exempel.yaml")


@pytest.mark.parametrize("name", ["Gun E.", "Gun Exempel den äldre", "Bo Exempel", " "])
def test_a_pseudonym_that_tells_or_is_taken_is_refused(council: Program, name: str) -> None:
    """So is a reason with a part of the name, which would stand in the minutes."""
    before = commits(council)
    assert name.strip() in council(*ENGLISH, *FORGET, "--as", name, "--yes", code=None).err
    assert "--reason" in council(*ENGLISH, *FORGET[:3], "--reason", "Gun vill", "--yes", code=2).err
    assert commits(council) == before


def seat(council: Program) -> None:
    council("member", "return", "gun-exempel")
    council("member", "edit", "gun-exempel", "--seat", "ron-at/sylf", "--from", "2026-02-28")


def open_again(council: Program) -> None:
    sheet = council("minutes", "show", SEALED, "--sheet").out.replace("tackade", "log")
    council("minutes", "edit", SEALED, "--from", "-", "--reason", "Ett fel", "--yes", given=sheet)


def tamper(council: Program) -> None:
    path = council.folder / f"records/meetings/2026/{SEALED}/meeting.yaml"
    path.write_text(path.read_text("utf-8").replace("tackade", "log"), "utf-8")
    commit(council)


def break_a_record(council: Program) -> None:
    write(council, "records/members/bo-exempel.yaml", "id: bo-exempel\n")
    commit(council)


@pytest.mark.parametrize(
    ("spoil", "code", "value"),
    [
        (seat, 3, "ron-at/sylf"),
        (open_again, 3, f"minutes approve {SEALED}"),
        (tamper, 3, f"minutes verify {SEALED}"),
        (break_a_record, 4, "bo-exempel"),
    ],
)
def test_what_has_to_be_settled_first_is_refused(
    council: Program, spoil: Callable[[Program], None], code: int, value: str
) -> None:
    """A seat, minutes that are being changed, a seal that is broken and must not be covered up, an unreadable record."""
    spoil(council)
    before = commits(council)
    assert value in council(*ENGLISH, *FORGET, "--yes", code=code).text
    assert commits(council) == before


def test_the_next_one_has_a_pseudonym_of_their_own(forgotten: Program) -> None:
    """The program's, or a chosen one."""
    assert "tidigare-ledamot-2" in forgotten("member", "forget", "cilla-exempel", *WISH, "--dry-run").out
    forgotten("member", "forget", "anna-gun-exempel", *WISH, "--as", "Representant A", "--yes")
    assert "Representant A" in forgotten("member", "show", "representant-a").out


# -- the rule -----------------------------------------------------------------------------------------------------------

BO = COUNCIL.members["bo-exempel"]
NEW = Member(id="tidigare-ledamot-1", names=(DatedName(name="Tidigare ledamot 1"),))
ERASURE = Erasure(COUNCIL, BO, NEW)


@given(meetings(), st.sampled_from(["", "Bo Exempels ord", "*Bosse*", "_Bo Exempel_", "(bo-exempel)", "@bo-exempel,"]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_minutes_say_the_person_is_out_of_them(meeting: Meeting, words: str) -> None:
    """Whoever and whatever else is named stays, nothing else changes, and doing it twice changes nothing more."""
    known = meeting.model_copy(update={"title": f"Möte {words}"})
    new = ERASURE.record(known)
    assert ("member", "bo-exempel") not in {(target, name) for target, name, _way in mentions(new)}
    assert not [text for way, text in texts(new) if is_words(way) and ERASURE.surely(text)]
    assert ERASURE.record(new) == new
    for (way, before), (_way, after) in zip(texts(known), texts(new), strict=True):
        said = "Tidigare ledamot 1" if before in ("Bo", "Bosse") and way[-1] == "name" else ERASURE.words(before)
        assert after == (NEW.id if before == BO.id else said if is_words(way) else before)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bo Exempels plan", "Tidigare ledamot 1:s plan"),
        ("bo\nexempel kom", "Tidigare ledamot 1 kom"),
        ("**Bo Exempel**, Bosse", "**Tidigare ledamot 1**, Tidigare ledamot 1"),
        ("bosse, Bo-Exempel, Bo Exempelsson, Karl-Bo Exempel, bo-exempel-2", None),
    ],
)
def test_only_whole_names_give_way(text: str, wanted: str | None) -> None:
    assert ERASURE.words(text) == (wanted or text)


DOUBLE = Member(id="anna", names=(DatedName(name="Anna-Karin von Ek Bos-Åkerström"),))


@pytest.mark.parametrize(
    ("text", "said", "is_pointed_out"),
    [
        ("Anna‑Karin von Ek Bos–Åkerströms idé", "Tidigare ledamot 1:s idé", False),
        *((text, None, True) for text in ("Anna", "Karins", "Ek sa", "Åkerström", "BOS-ÅKERSTRÖM")),
        *((text, None, False) for text in ("von", "ek", "Anna-Lisa", "Eken", "Bos-Karlsson")),
    ],
)
def test_each_part_of_a_longer_name_may_mean_the_person(text: str, said: str | None, *, is_pointed_out: bool) -> None:
    erasure = Erasure(COUNCIL, DOUBLE, NEW)
    assert erasure.words(text) == (said or text)
    assert bool(erasure.maybe(text)) == is_pointed_out


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ja.\nBo ringer.\nNej.", ["Bo ringer."]),
        ("Bos plan", ["Bos plan"]),
        ("bo, Boel, Alva Exempel, Bo Exempel", []),
        ("Doktor Exempel", ["Doktor Exempel"]),
    ],
)
def test_a_lone_first_or_last_name_is_pointed_out(text: str, lines: list[str]) -> None:
    assert ERASURE.maybe(text) == lines


DATA = frozenset(
    {
        *("aliases", "at", "cited", "decision", "employer", "from_", "link", "logo", "papers", "phone", "record"),
        *("server", "supersedes", "time_zone", "user"),
    }
)
"""The fields that hold a line of data; whoever is named there is pointed out, and not replaced."""


def fields() -> Iterator[tuple[str, object]]:
    """Every field of every part of a record, with each kind of value that it may have."""

    def below(part: Any) -> Iterator[Any]:
        for one in part.__subclasses__():
            yield one
            yield from below(one)

    def kinds(hint: Any) -> Iterator[object]:
        yield hint
        if typing.get_origin(hint) in (typing.Union, types.UnionType, tuple):
            for inner in typing.get_args(hint):
                yield from kinds(inner)

    for part in below(Part):
        for name, hint in typing.get_type_hints(part, include_extras=True).items():
            yield from ((name, kind) for kind in kinds(hint))


def test_every_field_of_words_is_known_as_one() -> None:
    """So that a new kind of record does not keep a name."""
    assert {name for name, kind in fields() if kind == Text} <= WORDS
    assert {name for name, kind in fields() if kind == Line} <= WORDS | DATA

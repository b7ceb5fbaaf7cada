"""Several hands at once: nothing that anybody was told is saved gets lost, and all clones become the same.

The short part of crowd.py, and what its long runs have found.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, Program, git
from crowd import live, press
from leaves import broken
from sharing import clone, share, tip, tree


def test_processes_that_change_one_clone_at_once_all_get_theirs(council: Program) -> None:
    """Items, news, closings, planned meetings and minutes; crowd.py does the same with twenty."""
    assert press(council, 4, 1)["changes at once"] == 20


@pytest.mark.long
def test_whatever_people_do_in_clones_of_their_own_comes_together(tmp_path: Path) -> None:
    """The machine of crowd.py for a short while: three people, whose clones sync, pull, race and are killed."""
    found = live(tmp_path, people=3, lives=2, steps=14, number=1)
    assert found["changes"] > 5
    assert found["merges"] > 0


# -- what the long runs have found ---------------------------------------------------------------------------------------


def test_what_was_added_to_a_meeting_that_went_does_not_turn_up_in_another_one(council: Program) -> None:
    """Git takes a meeting that was taken away, and another one that was planned, for one that was renamed."""
    council("meeting", "plan", "RÅD", "--date", "2026-04-14", "--yes")
    share(council)
    other = clone(council, "bo")
    council("meeting", "remove", "2026-04-14-rad", "--yes")
    council("meeting", "plan", "RÅD", "--date", "2026-05-19", "--yes")
    council("sync")
    other("agenda", "add", "Jouren", "--meeting", "2026-04-14-rad")
    before = tip(other)
    plain = git(other.folder, "pull", "-q", "--no-rebase", "--no-edit", code=1)
    assert "2026-05-19" not in plain
    git(other.folder, "merge", "--abort")
    assert "RÅD 2026-04-14" in other("sync", code=5).text
    assert tip(other) == before
    other("resolve", "2026-04-14-rad", "--mine")
    other("sync")
    council("sync")
    assert tree(council) == tree(other)
    assert "Jouren" in council("agenda", "show", "2026-04-14-rad").out
    assert "Jouren" not in council("agenda", "show", "2026-05-19-rad", code=None).out


def test_a_value_that_cannot_stand_there_is_refused_at_once(council: Program) -> None:
    """Also while another field of the record is still to be decided: else every answer to that one would be refused."""
    council("item", "add", "Boka lokal", "--network", "RÅD")
    [item] = [path.stem for path in (council.folder / "records/items").rglob("*.yaml")]
    share(council)
    other = clone(council, "bo")
    council("item", "edit", item, "--due", "2026-04-01", "--what", "Boka sal")
    council("sync")
    other("item", "edit", item, "--due", "2026-05-01", "--what", "Boka rum")
    other("sync", code=5)
    assert "2026-02-17" in other("resolve", item, "due", "--value", "i vår", code=2).err
    other("resolve", item, "due", "--value", "2026-04-15", code=5)
    other("resolve", item, "title", "--theirs")
    other("sync")
    shown = next((other.folder / "records/items").rglob("*.yaml")).read_text("utf-8")
    assert "title: Boka sal\n" in shown
    assert "due: 2026-04-15\n" in shown


SHEET = """\
# RÅD 2026-02-17
Ordförande: Alva Exempel
Närvarande: Alva Exempel

## Lokalen
Vi talade om lokalen.

## Jouren
Vi talade om jouren.
"""


def test_what_is_public_stays_what_was_approved(council: Program) -> None:
    """Minutes that were opened again on both sides become one draft, of which nothing is public, by one amendment."""
    council("minutes", "new", "RÅD", "--from", "-", "--yes", given=SHEET)
    council("minutes", "approve", "2026-02-17-rad", "--by", "alva-exempel")
    share(council)
    other = clone(council, "bo")
    public = "records/meetings/2026/2026-02-17-rad/public/minutes.md"
    approved = council.folder.joinpath(public).read_bytes()
    for one, word in ((council, "lokalen"), (other, "jouren")):
        sheet = one("minutes", "show", "RÅD", "--sheet").out.replace(f"om {word}", f"länge om {word}")
        one("minutes", "edit", "2026-02-17-rad", "--from", "-", "--yes", "--reason", word, given=sheet)
    council("sync")
    other("sync", code=5)
    other("resolve", "2026-02-17-rad", "amendments", "--both", code=2)
    other("resolve", "2026-02-17-rad", "amendments", "--theirs")
    other("sync")
    draft = other("minutes", "render", "RÅD", "--format", "md", "--output", "-").out
    assert draft.count("talade länge om") == 2
    assert other.folder.joinpath(public).read_bytes() == approved
    assert other.folder.joinpath(public.replace("public/", "")).read_text("utf-8") == draft
    other("minutes", "verify", "--all")


@pytest.mark.parametrize(("way", "number"), [(["--renumber"], "2"), (["number", "--value", "7"], "7")])
def test_minutes_of_a_meeting_that_both_knew_take_another_number(council: Program, way: list[str], number: str) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-03-03", "--date", "2026-03-10", "--yes")
    share(council)
    other = clone(council, "bo")
    council("agenda", "add", "Kaffet", "--meeting", "2026-03-03-rad")
    council.now = other.now = NOW + timedelta(10)
    how = ("--from", "-", "--yes", "--date")
    council("minutes", "new", "RÅD", *how, "2026-03-10", given=SHEET.replace("02-17", "03-10"))
    council("sync")
    other("minutes", "new", "RÅD", *how, "2026-03-03", given=SHEET.replace("02-17", "03-03"))
    assert "meeting-number-twice" in other("sync", code=5).text
    other("resolve", "2026-03-03-rad", *way)
    other("sync")
    record = other.folder.joinpath("records/meetings/2026/2026-03-03-rad/meeting.yaml").read_text("utf-8")
    assert f"\nnumber: {number}\n" in record
    assert "Kaffet" in record
    other("check")


# -- how it is looked whether something is lost ----------------------------------------------------------------------------

BASE = b"title: A\nowners:\n- bo\nlog:\n- date: 1\n  note: x\nseats:\n- id: a\n  name: A\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "merged", "lost"),
    [
        ((b"A", b"B"), (b"", b""), (b"A", b"B"), []),
        ((b"A", b"B"), (b"", b""), (b"", b""), ["seats/a/name", "title"]),
        ((b"title: A", b"title: B"), (b"title: A", b"title: C"), (b"title: A", b"title: B"), ["title"]),
        ((b"- bo", b"- bo\n- di"), (b"- bo", b"- al"), (b"- bo", b"- al\n- di"), []),
        ((b"- bo", b"- bo\n- di"), (b"- bo", b"- al"), (b"- bo", b"- bo\n- al"), ["owners/bo", "owners/di"]),
        ((b"seats:\n", b"seats:\n- id: b\n"), (b"  name: A", b"  name: C"), (b"  name: A", b"  name: C"), ["seats/b", "seats/b/id"]),
    ],
)  # fmt: skip
def test_what_is_lost_is_seen(mine: tuple[bytes, bytes], theirs: tuple[bytes, bytes], merged: tuple[bytes, bytes], lost: list[str]) -> None:  # fmt: skip
    """Each version is the base with something in it replaced by something else."""
    versions = [BASE.replace(*change) for change in (mine, theirs, merged)]
    assert ["/".join(one.way) for one in broken(BASE, *versions, [])] == lost
    assert not broken(BASE, *versions, ["title", "owners", "seats"])

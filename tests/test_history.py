"""What the record said then: --as-of a day or a commit."""

import json
import os
import subprocess
from collections import Counter
from datetime import date

import pytest
from conftest import NOW, Program, git, kept
from handmade import contents, item
from hypothesis import given
from hypothesis import strategies as st

from atbtst_cli.store.history import in_order

ENGLISH = ("--language", "en")
BOOK, RING = "i-0000001", "i-0000002"


def on(council: Program, day: str) -> None:
    """Let it be that day."""
    council.now = NOW + (date.fromisoformat(day) - NOW.date())


def by_hand(council: Program, day: str) -> str:
    """Commit everything on that day, as the computer's clock says; the commit."""
    git(council.folder, "add", "-A")
    when = f"{day}T23:30:00+01:00"
    environment = os.environ | {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run(["git", "commit", "-qm", "By hand"], cwd=council.folder, env=environment, check=True)
    return git(council.folder, "rev-parse", "HEAD").strip()


@kept
def lived(council: Program) -> None:
    """A council begun on 2 March 2026, with an item from 10 March that is closed on 20 April; it is 1 May."""
    item(council, 1, "Boka lokal", "owners:\n  - cilla-exempel\ndue: 2026-04-01\n", added="2026-03-10")
    by_hand(council, "2026-03-10")
    on(council, "2026-04-20")
    council("item", "done", BOOK)
    on(council, "2026-05-01")


def titles(council: Program, *arguments: str) -> list[str]:
    return [one["title"] for one in json.loads(council("item", "list", "--json", *arguments).out)]


# -- a day -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-03-02", []),
        ("2026-03-09", []),
        ("2026-03-10", ["Boka lokal"]),
        ("10 mars", ["Boka lokal"]),
        ("2026-04-19", ["Boka lokal"]),
        ("2026-04-20", []),
        ("2026-05-01", []),
        ("i dag", []),
    ],
)
def test_a_day_is_what_the_record_said_at_its_end(lived: Program, day: str, wanted: list[str]) -> None:
    assert titles(lived, "--as-of", day) == wanted
    assert titles(lived, "--as-of", day, "--closed") == (
        ["Boka lokal"] if day in ("2026-04-20", "2026-05-01", "i dag") else []
    )


def test_age_and_what_is_overdue_are_those_of_that_day(lived: Program) -> None:
    [early] = json.loads(lived("item", "list", "--json", "--as-of", "2026-03-31").out)
    assert (early["age_days"], early["overdue"]) == (21, False)
    [late] = json.loads(lived("item", "list", "--json", "--as-of", "2026-04-02").out)
    assert (late["age_days"], late["overdue"]) == (23, True)


def test_every_filter_sees_the_record_of_that_day(lived: Program) -> None:
    lived("member", "edit", "cilla-exempel", "--email", "cilla.exempel@example.org")
    git(lived.folder, "config", "user.email", "cilla.exempel@example.org")
    assert titles(lived, "--as-of", "2026-05-01", "--mine", "--closed") == ["Boka lokal"]
    assert "member you are" in lived(*ENGLISH, "item", "list", "--mine", "--as-of", "2026-04-01", code=2).err


def test_the_day_and_the_commit_are_said_beside_the_list(lived: Program) -> None:
    said = lived(*ENGLISH, "item", "list", "--as-of", "2026-04-01")
    head = git(lived.folder, "rev-parse", "--short=10", "HEAD~1").strip()
    assert f"As the record was on 2026-04-01, in commit {head}." in said.err
    assert "As the record" not in said.out


def test_what_is_not_saved_does_not_count(lived: Program) -> None:
    item(lived, 2, "Ring", added="2026-04-30")
    path = lived.folder / f"records/items/2026/{BOOK}.yaml"
    path.write_text(path.read_text("utf-8").replace("Boka lokal", "Boka sal"), "utf-8")
    assert titles(lived, "--as-of", "2026-05-01") == []
    assert titles(lived, "--as-of", "2026-04-01") == ["Boka lokal"]
    assert titles(lived) == ["Ring"]


def test_offline_work_counts_from_the_day_it_came_in(lived: Program) -> None:
    """The branch's own line tells; what another clone had made before is not older than its merge."""
    git(lived.folder, "switch", "-q", "-c", "elsewhere", "HEAD~1")
    item(lived, 2, "Ring", added="2026-03-20")
    by_hand(lived, "2026-03-20")
    git(lived.folder, "switch", "-q", "main")
    git(lived.folder, "merge", "-q", "--no-commit", "elsewhere")
    by_hand(lived, "2026-04-25")
    assert titles(lived, "--as-of", "2026-04-24") == []
    assert titles(lived, "--as-of", "2026-04-25") == ["Ring"]


def test_a_clock_that_went_wrong_hides_no_later_commit(lived: Program) -> None:
    """A commit dated ahead of those that follow it is part of them."""
    item(lived, 2, "Ring", added="2026-04-22")
    by_hand(lived, "2031-01-01")
    item(lived, 3, "Skriv", added="2026-04-23")
    by_hand(lived, "2026-04-23")
    assert titles(lived, "--as-of", "2026-04-22") == []
    assert sorted(titles(lived, "--as-of", "2026-04-23")) == ["Ring", "Skriv"]


def test_a_clock_that_went_back_brings_nothing_forward(lived: Program) -> None:
    """A commit dated before those that it follows, as by a computer whose battery was empty, came after them."""
    item(lived, 2, "Ring", added="2026-04-22")
    by_hand(lived, "2000-01-01")
    for day, wanted in (("2026-03-09", []), ("2026-04-19", ["Boka lokal"])):
        assert titles(lived, "--as-of", day) == wanted
    assert titles(lived, "--as-of", "2026-04-20") == ["Ring"]
    assert "begins on 2026-03-02" in lived(*ENGLISH, "item", "list", "--as-of", "2001-01-01", code=2).err


def test_what_is_there_is_there_today(lived: Program) -> None:
    """A clock that was ahead of ours made the newest commit."""
    item(lived, 2, "Ring", added="2026-04-22")
    by_hand(lived, "2099-12-31")
    assert titles(lived, "--as-of", "2026-04-30") == []
    assert titles(lived, "--as-of", "2026-05-01") == ["Ring"]


@given(st.lists(st.integers(1, 9), max_size=9))
def test_days_in_order_keep_as_many_as_fit_together(numbers: list[int]) -> None:
    days = [date(2026, 1, number) for number in numbers]
    ordered = in_order(days)
    assert ordered == sorted(ordered)
    assert set(ordered) <= set(days)
    longest: list[int] = []
    for place, day in enumerate(days):
        longest.append(1 + max((longest[at] for at in range(place) if days[at] <= day), default=0))
    assert sum(one == other for one, other in zip(days, ordered, strict=True)) >= max(longest, default=0)


def test_a_day_before_the_record_begins_is_told_with_its_first(lived: Program) -> None:
    said = lived(*ENGLISH, "item", "list", "--as-of", "2020-01-01", code=2)
    assert "begins on 2026-03-02, and 2020-01-01 is before that" in said.err
    assert said.out == ""


def test_a_day_that_is_still_to_come_is_refused(lived: Program) -> None:
    assert "2026-05-02 is still to come" in lived(*ENGLISH, "item", "list", "--as-of", "2026-05-02", code=2).err


def test_a_record_that_was_never_saved_has_no_past(lived: Program) -> None:
    git(lived.folder, "update-ref", "-d", "HEAD")
    for then in ("2026-04-01", "abcdef0"):
        assert lived("item", "list", "--as-of", then, code=2).out == ""
    assert "Nothing is saved" in lived(*ENGLISH, "item", "list", "--as-of", "2026-04-01", code=2).err


def test_a_workspace_below_the_top_has_its_own_beginning(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main")
    on(program, "2026-02-01")
    (program.folder / "readme").write_text("Förr")
    by_hand(program, "2026-02-01")
    on(program, "2026-03-02")
    program("init", "council")
    program.folder /= "council"
    program("item", "add", "Ring", "--network", "RÅD")
    assert titles(program, "--as-of", "2026-03-02") == ["Ring"]
    assert "2026-02-10" in program("item", "list", "--as-of", "2026-02-10", code=2).err


# -- a commit ----------------------------------------------------------------------------------------------------------


def test_a_commit_is_named_by_its_id_or_its_beginning(lived: Program) -> None:
    """Its day is the day that counts as today."""
    commit = git(lived.folder, "rev-parse", "HEAD~1").strip()
    for name in (commit, commit[:10], commit[:10].upper()):
        [known] = json.loads(lived("item", "list", "--json", "--as-of", name).out)
        assert (known["id"], known["age_days"]) == (BOOK, 0)


def test_a_commit_before_the_records_has_none(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main")
    (program.folder / "readme").write_text("Förr")
    first = by_hand(program, "2026-02-01")
    program("init", "council")
    program.folder /= "council"
    assert f"{first} is before that" in program(*ENGLISH, "item", "list", "--as-of", first, code=2).err


@pytest.mark.parametrize(
    "text",
    [
        "abcdef0123",
        "HEAD",
        "HEAD~1",
        "main",
        ":/By",
        "main@{yesterday}",
        "v1",
        "beef",
        "--all",
        "--output=stolen",
        "-p",
        "--upload-pack=touch stolen",
        "2026-13-45",
        "",
        "$(touch stolen)",
        "a" * 64,
    ],
)
def test_no_text_becomes_an_option_or_a_name_of_gits(lived: Program, text: str) -> None:
    """Neither branches nor tags count, nor anything else that Git would understand; nothing is written."""
    git(lived.folder, "tag", "v1")
    git(lived.folder, "branch", "beef")
    before = contents(lived)
    said = lived("item", "list", f"--as-of={text}", code=2)
    assert said.out == ""
    assert contents(lived) == before


def test_a_beginning_that_fits_several_names_them(council: Program) -> None:
    commit = "commit refs/heads/main\ncommitter Bo <bo@example.org> 1772000000 +0100\ndata 0\n"
    stream = commit + "from refs/heads/main^0\n\n" + 2000 * f"{commit}\n"
    subprocess.run(["git", "fast-import", "--quiet"], cwd=council.folder, input=stream.encode(), check=True)
    starts = Counter(line[:4] for line in git(council.folder, "rev-list", "HEAD").split())
    twice = next(start for start, count in starts.most_common() if count > 1 and not start.isdecimal())
    found = [one[:10] for one in git(council.folder, "rev-list", "HEAD").split() if one.startswith(twice)]
    said = council(*ENGLISH, "item", "list", "--as-of", twice, code=2).err
    assert f"{twice} can mean several: {', '.join(found)}." in said

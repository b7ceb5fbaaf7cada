"""In a pseudo-terminal, as a person sits at it: questions, colour, width, and saying no."""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
import sharing
import trustme
from conftest import ROOT, Program, git
from forge import SECRET, by_ssh, forge, is_gone, shared, stuck
from handmade import PLANNED, commit, commits, item, meeting
from mailroom import certificate, mailroom, with_addresses, with_settings

from atbtst_cli.output import cells_of

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
WAIT = 30
Start = Callable[..., pexpect.spawn]


def _hear_interrupts() -> None:
    """Let Ctrl-C reach the program, as in a terminal; whoever runs the tests may have Ctrl-C ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the program in a terminal of a width; what still runs at the end of the test is ended."""
    running = []

    def begin(folder: Path, *arguments: str, columns: int = 80, **more: str) -> pexpect.spawn:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "ATBTST_TODAY": "2026-03-02",
            **more,
        }
        command = ["-m", "atbtst_cli", *arguments]
        running.append(
            pexpect.spawn(
                sys.executable,
                command,
                cwd=str(folder),
                env=environment,
                encoding="utf-8",
                timeout=WAIT,
                dimensions=(50, columns),
                preexec_fn=_hear_interrupts,
            )
        )
        return running[-1]

    yield begin
    for child in running:
        child.close(force=True)


def ended(child: pexpect.spawn) -> tuple[str, int]:
    """What was printed since, and the exit code."""
    child.expect(pexpect.EOF)
    child.close()
    return child.before, child.exitstatus


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_init_asks_for_name_and_address_where_git_has_none(program: Program, home: Path, start: Start) -> None:
    """They are kept for this repository alone."""
    (home / ".gitconfig").unlink()
    child = start(program.folder, "init", "council")
    child.expect(": ")
    child.sendline("Åsa Exempel")
    child.expect(": ")
    child.sendline("asa@example.org")
    assert ended(child)[1] == 0
    folder = program.folder / "council"
    assert git(folder, "log", "-1", "--format=%an <%ae>").strip() == "Åsa Exempel <asa@example.org>"
    assert not (home / ".gitconfig").exists()


def test_init_tells_what_it_set_and_where(program: Program, home: Path, start: Start) -> None:
    """Only what is missing is asked for."""
    (home / ".gitconfig").write_text("[user]\n\tname = Åsa Exempel\n")
    child = start(program.folder, "init", "council", LC_ALL="en_GB.UTF-8")
    child.expect("e-mail address: ")
    child.sendline("asa@example.org")
    text = " ".join(ended(child)[0].split())
    assert "Åsa Exempel <asa@example.org>" in text
    assert str(program.folder / "council/.git/config") in text.replace(" ", "")
    assert "user.name" not in git(program.folder / "council", "config", "--local", "--list")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        (["", "   ", "Åsa Exempel"], ["", "asa@b@example.org", "asa@example.org"]),
        (['atbtst member add "Bo Exempel"', "Åsa Exempel"], ["asa@example", "asa@example.org"]),
        (["\x1b[A", "Åsa Exempel"], ["asa @example.org", "asa@.", "asa@example.org"]),
    ],
    ids=str,
)
def test_init_asks_again_until_the_answer_has_the_form(
    program: Program, home: Path, start: Start, name: list[str], address: list[str]
) -> None:
    (home / ".gitconfig").unlink()
    child = start(program.folder, "init", "council")
    for answer in name:
        child.expect("namn, för registrets historik: ")
        child.sendline(answer)
    for answer in address:
        child.expect("e-postadress: ")
        child.sendline(answer)
    assert ended(child)[1] == 0
    folder = program.folder / "council"
    assert git(folder, "log", "-1", "--format=%an <%ae>").strip() == "Åsa Exempel <asa@example.org>"


def test_init_asks_three_times_and_then_says_how_to_set_it(program: Program, home: Path, start: Start) -> None:
    (home / ".gitconfig").unlink()
    child = start(program.folder, "init", "council")
    for _turn in range(3):
        child.expect("historik: ")
        child.sendline("")
    text, code = ended(child)
    assert code == 3
    assert "git config --global user.name" in text
    assert not (program.folder / "council").exists()


def test_what_is_typed_before_a_question_is_no_answer_to_it(program: Program, home: Path, start: Start) -> None:
    """Commands that were pasted together do not become the name."""
    (home / ".gitconfig").unlink()
    child = start(program.folder, "init", "council")
    child.send("cd council\nmember add Bo\n")
    child.expect("historik: ")
    child.sendline("Åsa Exempel")
    child.expect("e-postadress: ")
    child.sendline("asa@example.org")
    assert ended(child)[1] == 0
    assert git(program.folder / "council", "log", "-1", "--format=%an").strip() == "Åsa Exempel"


def test_init_that_is_interrupted_at_a_question_leaves_nothing(program: Program, home: Path, start: Start) -> None:
    (home / ".gitconfig").unlink()
    child = start(program.folder, "init", "council")
    child.expect(": ")
    child.sendcontrol("c")
    assert ended(child)[1] == 130
    assert not (program.folder / "council").exists()


@pytest.mark.parametrize("columns", [80, 120])
def test_a_list_has_colour_and_fits(council: Program, start: Start, columns: int) -> None:
    meeting(council, "2026-02-17-rad", "held:\n  date: 2026-02-17\n")
    rest = "origin:\n  meeting: 2026-02-17-rad\nowners:\n  - ron-at/convenor\n  - disa-exempel\ndue: 2026-02-20\n"
    item(council, 1, "Boka lokal till introduktionsdagen och stäm av antalet platser med alla nätverk", rest)
    text, code = ended(start(council.folder, "item", "list", columns=columns))
    assert code == 0
    assert "\x1b[1;31m2026-02-20 !" in text
    lines = ESCAPE.sub("", text).splitlines()
    assert max(map(cells_of, lines)) <= columns
    assert (" · " in text) == (columns == 80)


@pytest.mark.parametrize(
    ("arguments", "more"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})], ids=str
)
def test_colour_can_be_refused(council: Program, start: Start, arguments: list[str], more: dict[str, str]) -> None:
    item(council, 1, "Boka lokal", "due: 2026-02-20\n")
    text, code = ended(start(council.folder, *arguments, "item", "list", **more))
    assert code == 0
    assert "2026-02-20 !" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("columns", [80, 120])
def test_findings_break_between_words(council: Program, start: Start, columns: int) -> None:
    text, code = ended(start(council.folder, "check", columns=columns))
    assert code == 0
    lines = ESCAPE.sub("", text).splitlines()
    assert max(map(cells_of, lines)) <= columns
    assert not any(line.endswith("primarv") for line in lines)
    assert "universitetssjukvård)" in " ".join(lines)


def test_a_question_that_is_declined_changes_nothing(council: Program, start: Start, tmp_path: Path) -> None:
    """Ctrl-C at the question which meeting it is; no editor opens."""
    meeting(council, "2026-03-04-rad")
    git(council.folder, "add", "-A")
    git(council.folder, "commit", "-qm", "Planned")
    before = commits(council)
    opened = tmp_path / "opened"
    child = start(council.folder, "minutes", "new", "RÅD", EDITOR=f"touch {opened}")
    child.expect("2026-03-04.*: ")
    child.sendcontrol("c")
    assert ended(child)[1] == 130
    assert commits(council) == before
    assert not opened.exists()
    assert git(council.folder, "status", "--short") == ""


def test_an_editor_left_as_it_was_changes_nothing(council: Program, start: Start) -> None:
    before = commits(council)
    child = start(council.folder, "minutes", "new", "RÅD", "--date", "2026-02-17", EDITOR="true")
    text, code = ended(child)
    assert code == 130
    assert text.strip()
    assert not list((council.folder / ".git/atbtst").glob("sheets/*"))
    assert commits(council) == before


def waiting(council: Program) -> str:
    """Leave a text for RÅD 2026-02-17 that was not understood; the name under which it waits."""
    text = "# RÅD 2026-02-17\n\n## Fråga\nBeslt: Ja.\n"
    council("minutes", "new", "RÅD", "--from", "-", given=text, code=4)
    return "2026-03-02-rad"


MEND = f"{sys.executable} -c \"import pathlib, sys; path = pathlib.Path(sys.argv[1]); path.write_text(path.read_text().replace('Beslt', 'Beslut'))\""


@pytest.mark.parametrize("arguments", [(), ("--date", "2026-02-17")], ids=["no day", "its day"])
def test_a_text_that_waits_is_gone_on_with_unless_somebody_says_no(
    council: Program, start: Start, arguments: tuple[str, ...]
) -> None:
    """Return alone means yes; afterwards nothing waits, and no second text was begun."""
    waiting(council)
    child = start(council.folder, "minutes", "new", "RÅD", *arguments, EDITOR=MEND)
    child.expect("RÅD 2026-02-17.*: ")
    child.sendline("")
    text, code = ended(child)
    assert code == 0, text
    assert (council.folder / "records/meetings/2026/2026-02-17-rad/minutes.pdf").exists()
    assert not list((council.folder / ".git/atbtst").glob("sheets/*"))


def test_a_text_that_waits_is_left_alone_when_somebody_says_no(council: Program, start: Start) -> None:
    name = waiting(council)
    child = start(council.folder, "minutes", "new", "RÅD", EDITOR="true")
    child.expect("RÅD 2026-02-17.*: ")
    child.sendline("n")
    assert ended(child)[1] == 130
    assert [path.stem for path in (council.folder / ".git/atbtst").glob("sheets/*.md")] == [name]


def test_minutes_of_another_day_are_begun_without_a_question(council: Program, start: Start) -> None:
    """A text that waits for a day that was not asked for is named, no more."""
    name = waiting(council)
    text, code = ended(start(council.folder, "minutes", "new", "RÅD", "--date", "2026-03-01", EDITOR="true"))
    assert code == 130
    assert f"atbtst minutes resume {name}" in " ".join(text.split())


def test_about_a_letter_of_which_nobody_knows_somebody_is_asked(council: Program, start: Start) -> None:
    """Saying no, or nothing, sends nothing; saying yes sends it again."""
    with mailroom() as room:
        with_settings(council, room.port)
        with_addresses(council)
        room.hang_up.add("lista@example.org")
        council("agenda", "send", PLANNED, "--smtp", code=3)
        for answer, code, count in (("", 0, 5), ("j", 0, 6), (None, 0, 6)):
            child = start(council.folder, "agenda", "send", PLANNED, "--smtp")
            if answer is not None:
                child.expect(re.escape("]: "))
                child.sendline(answer)
            assert ended(child)[1] == code
            assert len(room.to) == count


TELLING = "# RÅD 2026-02-17\nOrdförande: Alva Exempel\n\n## Övrigt\nRing Bo på 070-123 45 67.\n"


@pytest.mark.parametrize(("answer", "code", "made"), [("n", 130, 0), ("", 130, 0), ("j", 0, 1)])
def test_minutes_that_tell_of_people_are_sealed_only_after_a_yes(
    council: Program, start: Start, answer: str, code: int, made: int
) -> None:
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", given=TELLING)
    before = commits(council)
    child = start(council.folder, "--language", "en", "minutes", "approve", "RÅD", "--by", "alva")
    child.expect("phone number")
    child.expect(r"all the same\? \[y/N\]")
    child.sendline(answer)
    assert ended(child)[1] == code
    assert commits(council) - before == made


@pytest.mark.parametrize(("answer", "owner"), [("y", "ron-at/convenor"), ("n", "bo-exempel")])
def test_the_items_of_somebody_who_leaves_a_seat_are_asked_about(
    council: Program, start: Start, answer: str, owner: str
) -> None:
    """Before anything is saved, with what they are; Ctrl-C at the question leaves everything as it was."""
    council("item", "add", "Ring skolan", "--network", "RÖN-AT", "--owner", "bo-exempel")
    before = commits(council)
    arguments = ("--language", "en", "network", "appoint", "ron-at/convenor", "cilla", "--from", "2026-09-01")
    child = start(council.folder, *arguments)
    child.expect("Ring skolan")
    child.expect("ron-at/convenor.*: ")
    child.sendcontrol("c")
    assert ended(child)[1] == 130
    assert commits(council) == before
    child = start(council.folder, *arguments)
    child.expect("Give it to the seat ron-at/convenor.*: ")
    child.sendline("perhaps")
    child.expect("Answer with y for yes or n for no")
    child.expect("ron-at/convenor.*: ")
    child.sendline(answer)
    assert ended(child)[1] == 0
    assert commits(council) == before + 1
    [known] = json.loads(council("item", "list", "--json").out)
    assert known["owners"] == [owner]


def test_leaving_asks_who_takes_over_and_forgetting_whether_it_is_meant(council: Program, start: Start) -> None:
    """Enter hands nothing over, and whoever says no has forgotten nobody."""
    promised = item(council, 1, "Boka lokal", "owners:\n  - bo-exempel\n")
    commit(council)
    child = start(council.folder, "--language", "en", "member", "leave", "bo", "--on", "2026-03-01")
    child.expect("Boka lokal")
    child.expect("ron-at/convenor; Enter for nobody: ")
    child.sendline("ron-at/convenor")
    assert ended(child)[1] == 0
    assert json.loads(council("item", "show", promised, "--json").out)["owners"] == ["ron-at/convenor"]
    before = commits(council)
    child = start(council.folder, "--language", "en", "member", "forget", "bo-exempel", "--reason", "On request")
    child.expect(r"Forget bo-exempel\?.*\[y/N\]: ")
    child.sendline("n")
    assert ended(child)[1] == 130
    assert commits(council) == before


# -- elsewhere ----------------------------------------------------------------------------------------------------------


def test_a_shared_record_that_wants_a_password_is_not_waited_for(
    program: Program, tmp_path: Path, home: Path, start: Start
) -> None:
    """Neither Git nor any program that asks for it asks here; the command ends by itself and says what to run."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    asking = tmp_path / "asking"
    asking.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\nsleep 1000\n")
    asking.chmod(0o755)
    with (home / ".gitconfig").open("a") as settings:
        settings.write(f"[http]\n\tsslCAInfo = {tmp_path}/authority.pem\n[core]\n\taskPass = {asking}\n")
    ask = {name: str(asking) for name in ("GIT_ASKPASS", "SSH_ASKPASS")} | {"GIT_TERMINAL_PROMPT": "1", "DISPLAY": ":0"}
    with forge(tmp_path, certificate(authority), SECRET) as server:
        url = f"{server.address}/shared.git"
        said, code = ended(start(program.folder, "--language", "en", "clone", url, columns=200, **ask))
    assert code == 3
    assert f"git ls-remote {url}" in said
    assert not (tmp_path / "asked").exists()
    assert list(program.folder.iterdir()) == []


def test_ctrl_c_on_the_way_leaves_no_folder(program: Program, tmp_path: Path, start: Start) -> None:
    """And nothing that would go on behind the user's back."""
    by_ssh(tmp_path, stuck(tmp_path))
    child = start(program.folder, "--language", "en", "clone", "forge.example.org:rad.git", "a/b")
    until((tmp_path / "stuck").exists)
    child.sendintr()
    said, code = ended(child)
    assert code == 130
    assert "Interrupted" in said
    assert is_gone(tmp_path)
    assert list(program.folder.iterdir()) == []


def test_clone_asks_for_name_and_address_where_git_has_none(
    council: Program, tmp_path: Path, home: Path, start: Start
) -> None:
    git(council.folder, "push", "-q", str(shared(tmp_path)), "main")
    (home / ".gitconfig").unlink()
    child = start(tmp_path, "--language", "en", "clone", "shared.git", "ny", columns=200)
    child.expect("Your name")
    child.sendline("Alva Exempel")
    child.expect("e-mail address")
    child.sendline("alva@example.org")
    said, code = ended(child)
    assert code == 0
    assert "atbtst.member" in said
    assert git(tmp_path / "ny", "config", "--local", "user.name") == "Alva Exempel\n"


# -- two people who changed the same -------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 120])
def test_what_clashes_is_asked_for_one_by_one(council: Program, start: Start, columns: int) -> None:
    for title in ("Ring", "Skriv"):
        council("item", "add", title, "--network", "RÅD")
    ids = [path.stem for path in (council.folder / "records/items").rglob("*.yaml")]
    sharing.share(council)
    other = sharing.clone(council, "bo")
    for one in ids:
        council("item", "edit", one, "--due", "2026-04-08")
        other("item", "edit", one, "--due", "2026-04-09")
    council("sync")
    other("sync", code=5)
    child = start(other.folder, "resolve", columns=columns)
    for answers in (["x", "d"], ["n"]):
        for answer in answers:
            child.expect("Vad gäller")
            child.sendline(answer)
    child.expect("Den nya texten")
    child.sendline("")
    child.expect("Vad gäller")  # nothing typed is no decision for an empty field
    child.sendintr()
    said, code = ended(child)
    assert (code, "atbtst resolve" in said) == (130, True), said
    child = start(other.folder, "resolve", columns=columns)
    child.expect("Vad gäller")
    child.sendline("n")
    child.expect("Den nya texten")
    child.sendline("2026-04-10")
    said, code = ended(child)
    assert (code, "atbtst sync" in said) == (0, True), said
    other("sync")
    assert {line for one in ids for line in _due(other, one)} == {"due: 2026-04-08", "due: 2026-04-10"}


def _due(program: Program, item_id: str) -> list[str]:
    text = (program.folder / f"records/items/2026/{item_id}.yaml").read_text("utf-8")
    return [line for line in text.split("\n") if line.startswith("due")]

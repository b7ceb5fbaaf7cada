"""What is printed and where it goes, and what each end of a run says and returns."""

import io
import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from conftest import ROOT, Program, Result, git
from handmade import commits, contents, item
from hypothesis import example, given, settings
from hypothesis import strategies as st

from atbtst_cli import __version__
from atbtst_cli.errors import AtbtstError, Finding
from atbtst_cli.language.controls import CONTROLS, printable
from atbtst_cli.output import Column, Output, Row, cells_of, guarded

COLUMNS = (
    Column("Id", "quiet"),
    Column("Vad", grows=True),
    Column("Vem", grows=True),
    Column("Dag"),
    Column("Antal", right=True),
)
ROW = (
    "i-0000001",
    "Boka lokal till introduktionsdagen och stäm av antalet platser",
    "Alva Exempel och Bo Exempel",
    "2026-02-17 !",
    "12",
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


class Screen(io.StringIO):
    """A terminal, as far as a program can tell."""

    def isatty(self) -> bool:
        return True


def shown(act: Callable[[Output], None], **given_: object) -> str:
    """What an act prints to stdout and stderr, in their order."""
    screen = given_.pop("screen", io.StringIO())
    act(Output(out=screen, err=screen, **given_))
    return screen.getvalue()


# -- characters -----------------------------------------------------------------------------------------------------------


@given(WORDS)
@example("\x1b]0;x\x07\x9b31m\u202eabc\u2066\ufeff\U000e0041\x7f\r")
def test_nothing_printed_commands_a_terminal_or_turns_the_writing(text: str) -> None:
    assert not CONTROLS.search(printable(text))
    assert [sign for sign in printable(text) if sign not in "\t\n" and ord(sign) < 32] == []


@given(
    st.recursive(
        WORDS | st.integers(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
    )
)
@example({"a\x9b": ["\x1b[31m", "\u202e", "\U000e0041", "\x7f"]})
def test_json_keeps_every_character_and_shows_no_control(data: object) -> None:
    text = shown(lambda output: output.json(data))
    assert json.loads(text) == data
    assert not CONTROLS.search(text)


@given(WORDS)
@example("=1+1")
@example("\t=1")
@example("＝1")
def test_no_guarded_cell_begins_as_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert guarded(text).removeprefix("'") == printable(text).removeprefix("'")


def test_an_output_that_cannot_show_a_sign_writes_its_number() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "latin-1", write_through=True)
    output = Output(out=stream, err=stream)
    output.result("å – ☃")
    output.csv(("a",), [("☃",)])
    output.table((Column("Vad"),), [Row(("☃",))])
    assert raw.getvalue().count(b"\\u2603") == 3


# -- tables ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "below"), [(60, (2, 4)), (80, (2, 4)), (80, ()), (100, ()), (120, (2, 4)), (200, ())]
)
def test_a_table_stays_within_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: int, below: tuple[int, ...]
) -> None:
    """No word is lost or broken."""
    monkeypatch.setenv("COLUMNS", str(columns))
    text = shown(lambda output: output.table(COLUMNS, [Row(ROW)] * 3, below))
    assert max(map(cells_of, text.splitlines())) <= columns
    for word in " ".join(ROW).split():
        assert text.count(word) >= 3


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=4), st.sampled_from([76, 80, 120]))
@example([("会議" * 30, "👩‍⚕️" * 20, "e\u0301" * 90, "ﷺ", "")], 80)
def test_any_table_stays_within_the_terminal(rows: list[tuple[str, ...]], columns: int) -> None:
    """Wide signs count two columns, marks none."""
    output = Output(out=io.StringIO())
    output.__dict__["width"] = columns
    output.table(COLUMNS, [Row(row) for row in rows], (2, 4))
    assert max(map(cells_of, output.out.getvalue().splitlines())) <= columns


def test_a_pipe_gets_each_row_on_one_line() -> None:
    text = shown(lambda output: output.table(COLUMNS, [Row(ROW), Row(("", "Rad\nbrytning", "", "", ""))], (2, 4)))
    assert len(text.splitlines()) == 3
    for cell in ROW:
        assert cell in text
    assert "Rad brytning" in text


def test_a_number_that_moves_to_the_second_line_brings_its_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert "Alva Exempel och Bo Exempel · Antal 12" in shown(lambda output: output.table(COLUMNS, [Row(ROW)], (2, 4)))


def test_facts_stand_beside_their_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of a text stay lines, and what goes on is indented below the text, not below the label."""
    monkeypatch.setenv("COLUMNS", "41")
    facts = [("Vad", "Boka lokal till introduktionsdagen och platser"), ("Skäl", "Ett\nOrsak: två"), ("", "Slut")]
    assert shown(lambda output: output.facts(facts)) == (
        "Vad:   Boka lokal till introduktionsdagen\n       och platser\nSkäl:  Ett\n       Orsak: två\nSlut\n"
    )


# -- words about it ---------------------------------------------------------------------------------------------------------


def test_at_a_terminal_no_word_of_a_message_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    finding = Finding(
        "seat-empty",
        "notice",
        "nobody holds the seat ron-at/primarvarden today",
        "records/networks/ron-at.yaml",
        34,
        5,
        "Write it",
    )
    text = shown(lambda output: output.report([finding]), screen=Screen(), color=False)
    assert text.split() == f"{finding.text()} Write it".split()
    assert max(map(cells_of, text.splitlines())) <= 50
    assert all(line.startswith("    ") for line in text.splitlines()[1:])
    error = AtbtstError("The record of somebody cannot be read, for it is broken.", "Mend it.")
    text = shown(lambda output: output.error(error), screen=Screen(), color=False)
    assert max(map(cells_of, text.splitlines())) <= 50
    assert text.endswith("\nMend it.\n")


def test_in_a_pipe_a_finding_is_one_line_whatever_its_length() -> None:
    finding = Finding("value", "error", "x " * 200 + "\n", "a.yaml", 1, 1)
    assert len(shown(lambda output: output.report([finding])).splitlines()) == 1


def test_colour_goes_to_a_terminal_alone_and_can_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def coloured(**given_: object) -> bool:
        return "\x1b[" in shown(lambda output: output.say("Klart", "good"), **given_)

    assert coloured(screen=Screen())
    assert not coloured()
    assert not coloured(screen=Screen(), color=False)
    monkeypatch.setenv("TERM", "dumb")
    assert not coloured(screen=Screen())


def test_a_quiet_run_prints_results_and_errors_only() -> None:
    assert shown(lambda output: output.say("Klart"), quiet=True) == ""
    assert shown(lambda output: output.result("Svar"), quiet=True) == "Svar\n"
    assert shown(lambda output: output.error(AtbtstError("Fel")), quiet=True)


# -- how a run ends -----------------------------------------------------------------------------------------------------------


def started(*arguments: str, folder: object = None, code: int = 0) -> Result:
    """The program run as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "atbtst_cli", *arguments], cwd=folder or ROOT, capture_output=True, check=False
    )
    assert done.returncode == code, done
    return Result(done.returncode, done.stdout, done.stderr.decode())


def test_version_is_told_to_people_and_programs(program: Program) -> None:
    assert program("--version").out == f"atbtst {__version__}\n"
    told = json.loads(program("--version", "--json").out)
    assert told["atbtst"] == __version__
    assert {"python", "typst", "pydantic"} <= set(told)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nix"],
        ["item", "nix"],
        ["--nix"],
        ["item", "list", "--nix"],
        ["item", "show"],
        ["--language", "no", "check"],
        ["item"],
    ],
    ids=str,
)
def test_a_command_line_that_is_not_understood_ends_with_2(program: Program, arguments: list[str]) -> None:
    said = program(*arguments, code=2)
    assert "atbtst" in said.err
    assert said.out == ""


def test_a_misspelt_command_gets_an_offer(program: Program) -> None:
    assert " list?" in program("item", "lst", code=2).err
    assert " --network" in program("item", "list", "--netwrk", "RÅD", code=2).err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["minutes", "show", "--nix"], "There is no option --nix here."),
        (["minutes", "nix"], "There is no command nix here."),
        (["minutes", "new"], "NETWORK is missing."),
        (["item", "drop", "i-1234567"], "--reason / -r is missing."),
        (["item", "list", "--network"], "A value has to follow --network."),
        (["item", "list", "--json=x"], "No value may follow --json."),
        (["minutes", "show", "--edition", "x"], "--edition cannot be x, but one of internal, public."),
        (["meeting", "list", "--year", "x"], "--year has to be a whole number."),
        (["meeting", "show", "RÅD", "2/2026"], "It is not clear what 2/2026 belongs to."),
    ],
    ids=str,
)
def test_the_parser_speaks_as_everything_else_does(program: Program, arguments: list[str], words: str) -> None:
    """Its own sentences are English whatever language is spoken, so none of them is shown."""
    said = program("--language", "en", *arguments, code=2).err
    assert said.startswith(f"Not done: {words}\n")
    assert "Error" not in said
    assert "Usage" not in said


def test_the_parser_speaks_the_workspaces_language(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert council("item", "nix", code=2).err.startswith("Det gick inte: ")
    assert council("--language", "en", "item", "nix", code=2).err.startswith("Not done: ")
    (council.folder / "records/settings.yaml").unlink()
    assert council("item", "nix", code=2).err.startswith("Not done: ")


def test_what_was_not_understood_comes_with_an_example_and_where_to_look(program: Program) -> None:
    said = program("--language", "en", "item", "note", code=2).err
    assert "\nFor example: atbtst item note i-" in said
    assert said.endswith("\nSee: atbtst item note --help\n")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["minutes", "show", "RÅD", "2/2026"], '"RÅD 2/2026"'),
        (["meeting", "show", "RÅD", "17", "februari"], '"RÅD 17 februari"'),
        (["item", "note", "i-k7q3", "Lokalen", "är", "bokad"], '"Lokalen är bokad"'),
    ],
    ids=str,
)
def test_words_that_belong_together_are_shown_in_quotation_marks(
    program: Program, arguments: list[str], wanted: str
) -> None:
    assert wanted in program(*arguments, code=2).err


@pytest.mark.parametrize("text", ["", " "])
@pytest.mark.parametrize(
    "arguments", [["item", "show"], ["member", "show"], ["meeting", "show"], ["network", "show"]], ids=str
)
def test_an_empty_name_is_told_as_one(council: Program, arguments: list[str], text: str) -> None:
    assert "Not done: an empty text is " in council("--language", "en", *arguments, text, code=2).err


def test_the_folder_where_somebody_stands_is_told_as_this_folder(program: Program) -> None:
    assert "Not done: this folder lies in no workspace" in program("--language", "en", "check", code=3).err
    assert "Not done: this folder lies in no workspace" in program("--language", "en", "-C", ".", "check", code=3).err


def test_no_color_is_obeyed(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["--no-color", "item", "list"], ["item", "list"]):
        assert "\x1b" not in council(*arguments).text


def test_messages_speak_the_workspaces_language_or_the_one_asked_for(council: Program) -> None:
    assert "is no action item on record" in council("--language", "en", "item", "show", "i-9999", code=2).err
    assert "is no action item on record" not in council("item", "show", "i-9999", code=2).err
    settings_ = council.folder / "records/settings.yaml"
    settings_.write_text(settings_.read_text("utf-8").replace("language: sv", "language: en"), "utf-8")
    assert "is no action item on record" in council("item", "show", "i-9999", code=2).err


def test_a_reader_who_has_seen_enough_is_no_failure(council: Program) -> None:
    for number in range(2000):
        item(council, number, "Skriv ett mycket långt protokoll om frågan " * 3)
    command = f"'{sys.executable}' -m atbtst_cli item list | head -1; echo ${{PIPESTATUS[0]}}"
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=council.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == ""


def told(council: Program) -> dict[str, bytes]:
    """Every file that says something: all but objects that nothing names."""
    return {path: data for path, (data, _when) in contents(council).items() if not path.startswith(".git/objects/")}


@pytest.mark.parametrize("step", ["locked", "laid-ready", "index-held", "objects"])
def test_ctrl_c_ends_with_130_and_nothing_changed(council: Program, step: str) -> None:
    def interrupt(name: str) -> None:
        if name == step:
            raise KeyboardInterrupt

    before, count = told(council), commits(council)
    council.step = interrupt
    said = council("item", "add", "Skriv", "--network", "RÅD", code=130)
    assert len(said.err.splitlines()) == 1
    assert told(council) == before
    assert commits(council) == count
    assert git(council.folder, "status", "--short") == ""
    council.step = lambda _name: None
    council("item", "add", "Skriv", "--network", "RÅD")


def test_a_fault_of_the_program_ends_with_1_and_says_that_it_is_one(council: Program) -> None:
    """The text has what a developer needs, and no character of it commands the terminal."""

    def fail(_name: str) -> None:
        raise RuntimeError("\x1b[31mfel")

    council.step = fail
    said = council("--language", "en", "item", "add", "Skriv", "--network", "RÅD", code=1)
    assert "RuntimeError" in said.err
    assert "\x1b" not in said.err
    assert "fault in atbtst itself" in said.err.splitlines()[-1]


def test_the_program_starts_as_a_module_and_ends_with_its_exit_code(council: Program) -> None:
    assert started("--version").out.startswith("atbtst ")
    assert "i-9999" in started("item", "show", "i-9999", folder=council.folder, code=2).err

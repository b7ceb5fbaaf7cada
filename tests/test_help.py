"""Help is useful everywhere, and every example in it works as it stands."""

import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import ROOT, Program, git
from handmade import commit, write

from atbtst_cli.cli import COMMANDS, app

EXAMPLE = re.compile(r"^ *(?:Example|Start with): (atbtst .+)$", re.MULTILINE)
ITEM = """\
id: i-k7q3d9m
title: Boka lokal till introduktionsdagen
network: ron-at
added: 2026-02-17
owners:
  - ron-at/convenor
"""


def walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command and all below it, by name."""
    yield name, command
    for verb, inner in getattr(command, "commands", {}).items():
        yield from walk(f"{name} {verb}", inner)


def every_command() -> dict[str, Any]:
    root = typer.main.get_command(app)
    nouns = (walk(noun, root.get_command(None, noun)) for noun in COMMANDS)
    return {"": root} | dict(pair for noun in nouns for pair in noun)


EVERY = every_command()
EXAMPLES = {example: name for name, command in EVERY.items() for example in EXAMPLE.findall(command.help or "")}
MATTER = """\
id: m-7c2k9xa
title: Hur ska kvällspassen bemannas?
network: ron-bt
raised: 2026-02-10
"""
SENT = """\
id: m-3k9dx2p
title: Vem betalar handledarna?
network: rad
raised: 2026-02-10
referrals:
  - id: r-1
    from: rad
    to: hsn
    role: decision
    sent:
      date: 2026-02-17
"""
SEATS = """\
- {id: convenor, kind: convenor, name: Sammankallande}
- {id: ystad, kind: required, name: Lasarettet i Ystad}
"""
SILENT = {"open", "merge-driver"}
"""What says nothing as long as nothing is wrong."""
SHARED = [["sync", "--remote", "../council.git"]]
OUTSIDE = ("init", "clone", "demo")
"""What is run in an empty folder."""
PLAN = ["meeting", "plan", "RÅD", "--date", "2026-09-15"]
MINUTES = ["minutes", "new", "RÅD", "--from", "sheet.md"]
AGENDA = ["agenda", "new", "RÅD"]
REPORT = ["report", "file", "RÖN-AT", "--for", "RÅD", "--from", "report.md"]
FIRST: dict[str, list[list[str]]] = {
    "atbtst sync": SHARED,
    "atbtst resolve": SHARED,
    "atbtst member return bo-exempel": [["member", "leave", "bo-exempel", "--on", "2026-02-28"]],
    'atbtst member forget frida-exempel --reason "På egen begäran" --dry-run': [["member", "add", "Frida Exempel"]],
    "atbtst matter reopen m-7c2k": [["matter", "close", "m-7c2k"]],
    "atbtst matter refer m-7c2k --to HSN --role decision": [["matter", "escalate", "m-7c2k"]],
    "atbtst item reopen i-k7q3": [["item", "done", "i-k7q3"]],
    "atbtst minutes new RÅD --date 2026-02-17 --from sheet.md": [],
    'atbtst meeting move RÅD --date 2026-09-22 --reason "Lokalen är upptagen"': [PLAN],
    'atbtst meeting cancel RÅD --reason "Få kan komma"': [PLAN],
    "atbtst meeting remove RÅD --yes": [PLAN],
    "atbtst agenda edit 3 --meeting RÅD --minutes 20": [MINUTES, AGENDA],
    "atbtst agenda move 4 --to 3 --meeting RÅD": [MINUTES, AGENDA],
    "atbtst agenda drop 3 --meeting RÅD": [MINUTES, AGENDA],
    "atbtst agenda render RÅD --format html --output agenda.html": [MINUTES, AGENDA],
    "atbtst agenda send RÅD --dry-run": [MINUTES, AGENDA],
    "atbtst report show RÖN-AT --for RÅD": [MINUTES, REPORT],
}
"""What has to be done before an example makes sense; by default the minutes of a meeting are written."""
CHANGES = (
    "add",
    "edit",
    "rename",
    "leave",
    "return",
    "appoint",
    "vacate",
    "decline",
    "dissolve",
    "reseat",
    "quorum",
    "note",
    "done",
    "drop",
    "reopen",
    "new",
    "plan",
    "move",
    "cancel",
    "remove",
    "approve",
    "file",
    "raise",
    "escalate",
    "refer",
    "answer",
    "withdraw",
    "close",
)
"""The verbs that end in a commit, one each."""


@pytest.mark.parametrize("name", EVERY)
def test_every_help_says_what_the_command_does_with_an_example(program: Program, name: str) -> None:
    """The first line is a sentence; every option and argument that it shows is explained or names itself."""
    shown = program(*name.split(), "--help").out
    assert EXAMPLE.search(shown), shown
    sentence = shown.split("\n\n")[1]
    assert sentence[2].isupper()
    assert len(sentence.split()) > 3
    for parameter in EVERY[name].params:
        if parameter.param_type_name == "option" and not parameter.hidden:
            assert parameter.help, f"{name} {parameter.name}"


def test_the_list_of_commands_fits_and_is_not_cut(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("", *COMMANDS):
        shown = program(*name.split(), "--help").out
        assert "..." not in shown.partition("Commands:")[2], shown
        assert max(map(len, shown.splitlines())) <= 80


@pytest.fixture
def prepared(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: Callable[[list[str]], Path]
) -> Program:
    """A council with an item, two matters, a sheet, an editor that adds a line, and a program that opens documents."""
    write(council, "records/items/2026/i-k7q3d9m.yaml", ITEM)
    for text in (MATTER, SENT):
        write(council, f"records/matters/2026/{text[4:13]}.yaml", text)
    commit(council)
    shutil.copy(ROOT / "atbtst_cli/commands/demo_sheet.md", council.folder / "sheet.md")
    (council.folder / "report.md").write_text("Planeringen är klar.\n", "utf-8")
    (council.folder / "seats.yaml").write_text(SEATS, "utf-8")
    for name in ("before", "mine", "theirs"):
        (council.folder / f"{name}.yaml").write_text(ITEM, "utf-8")
    editor(["text = text.replace('Inget.', 'Inget mer.')"])
    opener = tmp_path / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")
    opener.parent.mkdir()
    opener.write_text('#!/bin/sh\ntest -f "$1"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(opener.parent), prepend=":")
    return council


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_works_as_it_stands(
    prepared: Program, tmp_path_factory: pytest.TempPathFactory, example: str
) -> None:
    words = shlex.split(example)[1:]
    git(prepared.folder, "clone", "-q", "--bare", ".", "../council.git")
    if words[0] in OUTSIDE:
        prepared.folder = prepared.folder.parent / "elsewhere"
        prepared.folder.mkdir()
    else:
        prepare(prepared, FIRST.get(example, [MINUTES]), tmp_path_factory.getbasetemp() / "minuted")
    before = history(prepared)
    said = prepared(*words)
    assert said.text or SILENT & set(words[:2])
    assert len(history(prepared)) - len(before) == (" ".join(words[1:2]) in CHANGES and words[0] not in OUTSIDE)


def prepare(prepared: Program, first: list[list[str]], kept: Path) -> None:
    """Do what comes first; the minutes, which take long, are written once and copied."""
    for command in first:
        if command == MINUTES and kept.exists():
            shutil.rmtree(prepared.folder)
            shutil.copytree(kept, prepared.folder)
            continue
        prepared(*command)
        if command == MINUTES:
            shutil.copytree(prepared.folder, kept)


def history(prepared: Program) -> list[str]:
    """The commits of the workspace; none where there is no workspace."""
    found = (prepared.folder / "records").is_dir()
    return git(prepared.folder, "log", "--format=%H").split() if found else []


def test_every_command_has_an_example_of_its_own() -> None:
    """The examples that are executed are those of all commands, and each shows its own command."""
    assert {name for name in EVERY if not hasattr(EVERY[name], "commands")} <= set(EXAMPLES.values())
    for example, name in EXAMPLES.items():
        assert example.startswith(f"atbtst {name}")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_grammar_is_shown_on_one_screen(program: Program, language: str) -> None:
    """Also outside a workspace, in the language that is asked for."""
    shown = program("--language", language, "help", "sheet").out
    assert ("Beslut" if language == "sv" else "Decision") in shown
    assert len(shown.splitlines()) <= 40
    assert max(map(len, shown.splitlines())) <= 80


def test_an_unknown_page_of_help_is_refused_with_those_there_are(program: Program) -> None:
    assert "sheet" in program("help", "nix", code=2).err

"""Input is hostile until read: every text field of every model, every kind of hostile text, every output there is."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Program, git
from handmade import HELD, commit, write
from markdown_it import MarkdownIt
from pdf_reading import structure
from schema_walk import SCHEMAS, Walk

from atbtst_cli.language.controls import CONTROLS, printable
from atbtst_cli.models.settings import Settings
from atbtst_cli.output import cells_of
from atbtst_cli.store.load import read_record
from atbtst_cli.store.tree import Overlay, WorkTree

pytestmark = pytest.mark.no_cover
"""Hostile texts go where the others go; tracing them all would take long and tell nothing."""
HOSTILE = {
    "escape": "före\x1b]0;titel\x07\x1b[31mefter\x08\x7f\x00",
    "c1": "före\x9b31m\x85efter\x90",
    "bidi": "före\u202eefter\u2066\u200f\ufeff",
    "markup": "[bilaga] [/red] [bold]efter [[x]]",
    "template": "{{ 77777*77777 }} {% for x in y %} {# nej #} ${7} %s {0}",
    "typst": "#(77777*77777) #eval $x$ @ref <x> #import",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> <!-- &amp; ]]>",
    "link": "[klicka](javascript:alert(1)) <javascript:alert(1)> [x](data:text/html,x) javascript:alert(1)",
    "lines": "före\r\nBcc: x@example.org\r\n\r\nItem: i-zzzzzzz\n---\n# efter",
    "formula": '=HYPERLINK("http://example.org";"x")',
    "signs": "👩‍⚕️ 会議 \ufffe 𝔘 ﷺ",
    "composed later": "A\u030alva\u00a0O\u0308",
    "path": "../../etc/passwd",
    "yaml": "NO: 10:30 # 0701234567 - [x]",
    "number": "1_000",
    "blank": " ",
    "long": "x" * 400,
}
PRODUCT = "6049261729"
"""What 77777 times 77777 would be, were it ever worked out."""
ITEM, CLOSED, MATTER, MEMBER = "i-0000001", "i-0000002", "m-0000000", "hostil"
VIEWS = [
    "item list",
    "item list --closed",
    "item list --json",
    "item list --csv",
    f"item show {ITEM}",
    f"item show {CLOSED}",
    f"item show {ITEM} --json",
    f"item history {CLOSED}",
    f"item history {CLOSED} --json",
    "item list --as-of today",
    "member list",
    "member list --json",
    f"member show {MEMBER}",
    "network list --all",
    "network list --json",
    f"network show {MEMBER}",
    "meeting list",
    "meeting list --json",
    f"meeting show {HELD}",
    f"minutes show {HELD}",
    f"minutes show {HELD} --edition public",
    f"minutes show {HELD} --sheet",
]


class Page(HTMLParser):
    """The text of a page, its tags, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.targets = "", set(), []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        assert not any(name.startswith("on") for name, _value in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(params=HOSTILE, ids=str)
def hostile(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


def escaped(data: dict[str, Any]) -> str:
    """The data as JSON without any character that a YAML file may not hold."""
    return printable(json.dumps(data, ensure_ascii=False, indent=1)).replace("\ufffe", "\\ufffe") + "\n"


def record(council: Program, path: str, data: dict[str, Any]) -> None:
    """Write a record as JSON, which YAML understands."""
    write(council, f"records/{path}", escaped(data))


def fill_every_field(council: Program, text: str) -> None:
    """Every free text of every model holds the text; what is one line has it on one line."""
    line = re.sub(r"[\r\n]+", " ", text)

    def fill(lines: bool) -> str:
        return text if lines else line

    item = Walk("item").whole(fill)
    record(council, f"items/2026/{CLOSED}.yaml", item | {"id": CLOSED})
    record(
        council,
        f"items/2026/{ITEM}.yaml",
        {key: value for key, value in item.items() if key != "closed"} | {"id": ITEM},
    )
    record(council, f"meetings/2026/{HELD}/meeting.yaml", Walk("meeting").whole(fill) | {"id": HELD, "with": [MEMBER]})
    record(council, f"matters/2026/{MATTER}.yaml", Walk("matter").whole(fill) | {"id": MATTER})
    record(council, f"members/{MEMBER}.yaml", Walk("member").whole(fill) | {"id": MEMBER})
    network = Walk("network").whole(fill) | {"id": MEMBER}
    [seat] = network["seats"]
    unnamed = {key: value for key, value in seat.items() if key != "follows"} | {
        "id": "unnamed",
        "public_name": "false",
        "holders": [{"member": MEMBER}],
    }
    record(council, f"networks/{MEMBER}.yaml", network | {"seats": [seat, unnamed]})
    settings = Walk("settings").whole(fill)
    del settings["logo"]
    record(council, "settings.yaml", settings)
    commit(council)


def assert_harmless(text: str) -> None:
    """Nothing in it commands a terminal, turns the writing, or was worked out."""
    assert not CONTROLS.search(text), CONTROLS.search(text)
    assert PRODUCT not in text


def words_of(text: str) -> list[str]:
    """The words of a hostile text as a person sees them; its controls may be shown in one way or another."""
    return [word for word in unicodedata.normalize("NFC", text).split() if word.isprintable() and len(word) < 40]


def test_every_text_field_of_every_record_is_only_ever_shown(
    council: Program, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In tables and lists, at a terminal and in a pipe, as JSON and CSV, in all documents and both editions."""
    fill_every_field(council, hostile)
    for view in VIEWS:
        assert_harmless(council(*view.split()).text)
    for arguments in (["check"], ["minutes", "verify", HELD]):
        assert_harmless(council(*arguments, code=4).text)
        assert_harmless(council(*arguments, "--json", code=4).text)
    assert_lossless(council, hostile)
    assert_documents_only_say_it(council, hostile)
    monkeypatch.setenv("COLUMNS", "80")
    for view in VIEWS:
        if "json" not in view and "minutes" not in view:
            shown = council(*view.split()).out
            assert_harmless(shown)
            assert "csv" in view or max(map(cells_of, shown.splitlines()), default=0) <= 80


def assert_lossless(council: Program, hostile: str) -> None:
    """What is on record comes back whole as data, and its words are there for people."""
    wanted = unicodedata.normalize("NFC", re.sub(r"[\r\n]+", " ", hostile))
    known = json.loads(council("item", "show", ITEM, "--json").out)
    assert known["title"] == wanted
    assert known["log"][0]["note"] == unicodedata.normalize("NFC", hostile)
    rows = list(csv.reader(io.StringIO(council("item", "list", "--csv", "--raw").raw.decode(), newline="")))
    assert rows[1][1] == wanted
    rows = list(csv.reader(io.StringIO(council("item", "list", "--csv").out, newline="")))
    assert not rows[1][1].startswith("=")
    shown = council("item", "show", ITEM).out
    assert all(word in shown for word in words_of(hostile))


def assert_documents_only_say_it(council: Program, hostile: str) -> None:
    """No script, no dead link, no control, nothing worked out; the words are there, signs without a font by number."""
    for edition in ("internal", "public"):
        for form in ("md", "html"):
            text = council("minutes", "render", HELD, "--format", form, "--edition", edition, "--output", "-").out
            assert_harmless(text)
            page = Page(text if form == "html" else html_of(text))
            assert not {"script", "img", "iframe", "object", "form"} & page.tags
            assert not [target for target in page.targets if not re.match(r"https?:|mailto:|#|data:image/", target)]
            assert_said(page.text, words_of(hostile))
    data = council("minutes", "render", HELD, "--format", "pdf", "--output", "-").raw
    text = structure(data).text.replace("\u200b", "")
    assert_harmless(text)
    assert b"/JavaScript" not in data
    assert_said(text, [word for word in words_of(hostile) if word.isascii()])


def html_of(markdown: str) -> str:
    """The page that the most trusting reader makes of Markdown."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.validateLink = lambda _url: True  # type: ignore[method-assign]
    return reader.render(markdown)


def assert_said(text: str, words: list[str]) -> None:
    """The words are all there, wherever lines break."""
    squeezed = re.sub(r"\s+", "", text)
    assert [word for word in words if word not in squeezed] == []


def test_a_hostile_argument_ends_in_a_commit_or_a_sentence(council: Program, hostile: str) -> None:
    """And the commit's message is text of one subject line, with the tool's own trailers alone."""
    council("item", "add", "Skriv", "--network", "RÅD")
    [known] = json.loads(council("item", "list", "--json").out)
    for arguments in (
        ["item", "add", "--network", "RÅD", "--", hostile],
        ["item", "add", "Skriv", "--network", hostile],
        ["item", "add", "Skriv", "--network", "RÅD", "--owner", hostile],
        ["item", "add", "Skriv", "--network", "RÅD", "--due", hostile],
        ["item", "add", "Skriv", "--meeting", hostile],
        ["item", "note", known["id"], "--", hostile],
        ["item", "done", known["id"], "--reason", hostile],
        ["item", "show", "--", hostile],
        ["item", "list", "--due-before", hostile],
        ["item", "list", "--as-of", hostile],
        ["item", "history", "--", hostile],
        [
            "member",
            "add",
            "--id",
            "x",
            "--employer",
            hostile,
            "--title",
            hostile,
            "--phone",
            hostile,
            "--",
            f"Å {hostile}",
        ],
        ["member", "add", "--id", hostile, "Nils Exempel"],
        ["member", "add", "--email", hostile, "Nils Exempel"],
        ["member", "edit", "bo", "--alias", hostile, "--name", hostile],
        ["member", "edit", "bo", "--seat", hostile],
        ["member", "edit", "bo", "--leave", f"RÅD/{hostile}"],
        ["member", "edit", "bo", "--seat", "ron-at/sylf", "--from", hostile, "--to", hostile],
        ["member", "show", "--", hostile],
        ["network", "show", "--", hostile],
        ["meeting", "show", "--", hostile],
        ["meeting", "list", "--network", hostile],
        ["decision", "list", "--text", hostile],
        ["decision", "list", "--outcome", hostile],
        ["decision", "list", "--since", hostile],
        ["decision", "show", "--", hostile],
        ["check", "--", hostile.replace("\x00", "")],
    ):
        said = council(*arguments, code=None)
        assert said.code in (0, 2, 3, 4), said.text
        assert_harmless(said.text)
    assert_harmless(git(council.folder, "log", "--format=%B"))
    trailers = git(council.folder, "log", "--format=%(trailers)")
    assert {line.partition(":")[0] for line in trailers.splitlines() if line} <= {"Item", "Member"}
    assert "i-zzzzzzz" not in trailers
    council("check")


def test_a_hostile_sheet_becomes_minutes_that_only_say_it(council: Program, hostile: str) -> None:
    """Title, text, decision, action, internal passage, name and place; in the record, the documents and the commit."""
    sheet = (
        f"# RÅD 2026-02-17, {hostile}\nNärvarande: Bo Exempel, {hostile}\n\n## {hostile}\n{hostile}\n\nBeslut: {hostile}\n"
        f"Röster: {hostile}\nDiarienummer: {hostile}\nErsätter {hostile}: {hostile}\n"
        f"Åtgärd @bo-exempel: {hostile}\nIntern:\n  {hostile}\n\n## Nästa möte\n{hostile}\n"
    )
    said = council(
        "minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", "--keep-going", given=sheet, code=None
    )
    assert said.code in (0, 4), said.text
    assert_harmless(said.text)
    assert_harmless(git(council.folder, "log", "--format=%B"))
    if said.code == 0:
        decided = ("decision list", "decision list --json", f"decision show {HELD}/d-1")
        for view in (
            *decided,
            "item list",
            f"meeting show {HELD}",
            f"minutes show {HELD}",
            f"minutes show {HELD} --sheet",
        ):
            assert_harmless(council(*view.split()).text)
        council("check")


def small_records(hostile: str) -> Iterator[tuple[str, tuple[str | int, ...], dict[str, Any]]]:
    """A file for each field that holds no text, of each model but the settings, with that field hostile."""
    for kind in ("item", "matter", "meeting", "member", "network"):
        for number, (way, data) in enumerate(Walk(kind).ways(hostile)):
            name = {"item": f"i-{number:07}", "matter": f"m-{number:07}", "meeting": f"2026-02-17-x{number}"}.get(
                kind, f"x{number}"
            )
            folder = f"{kind}s/" + ("2026/" if kind not in ("member", "network") else "")
            path = f"{folder}{name}/meeting.yaml" if kind == "meeting" else f"{folder}{name}.yaml"
            yield path, way, data if way == ("id",) else data | {"id": name}


def test_what_is_no_text_refuses_to_hold_one(council: Program, hostile: str) -> None:
    """Ids, days, numbers, kinds, addresses: each is a finding at its own place, in its own file, and never a crash."""
    wanted = {}
    for path, way, data in small_records(hostile):
        record(council, path, data)
        wanted[f"records/{path}"] = list(way)
    assert len(wanted) > 100
    said = council("check", "--json", code=4)
    assert_harmless(said.text)
    found: dict[str, list[list[str | int]]] = {}
    for entry in json.loads(said.out):
        if entry["level"] == "error":
            found.setdefault(entry["path"], []).append(entry["field"])
    missing = {
        path: way
        for path, way in wanted.items()
        if not any(field and field == way[: len(field)] for field in found.get(path, ()))
    }
    assert not missing


def test_a_logo_that_is_no_picture_of_ours_is_refused_or_left_out(council: Program, hostile: str) -> None:
    """No file outside templates/ is ever read for it."""
    record(
        council,
        f"meetings/2026/{HELD}/meeting.yaml",
        {"id": HELD, "network": "rad", "date": "2026-02-17", "held": {"date": "2026-02-17"}},
    )
    logo = re.sub(r"[\r\n]+", " ", hostile)
    record(council, "settings.yaml", {"format": "1", "name": "Rådet", "organisation": "Regionen", "logo": logo})
    for form in ("md", "html", "pdf"):
        said = council("minutes", "render", HELD, "--format", form, "--output", "-", code=None)
        assert said.code in (0, 3), said.text
        assert_harmless(said.err)
        assert b"root:" not in said.raw


def test_settings_refuse_to_hold_text_where_none_belongs(council: Program, hostile: str) -> None:
    tree = WorkTree(council.folder)
    for way, data in Walk("settings").ways(hostile):
        raw = escaped(data).encode()
        settings, findings = read_record(
            Overlay(tree, {"records/settings.yaml": raw}), "records/settings.yaml", Settings
        )
        assert settings is None
        assert findings[0].field[:1] == way[:1]


def test_the_walk_reaches_every_part_of_every_model() -> None:
    """So that a field that is added is tested from its first day."""
    for name, schema in SCHEMAS.items():
        whole = Walk(name).whole(lambda _lines: "x")
        reached = json.dumps(whole)
        for part in (schema, *schema.get("$defs", {}).values()):
            for field in part.get("properties", {}):
                assert f'"{field}":' in reached or (part["title"], field) == ("Attendance", "member"), (
                    name,
                    part["title"],
                    field,
                )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_offers_nothing_that_commands_the_terminal(council: Program, shell: str) -> None:
    """It reads the files without a parser, for the sake of speed."""
    path = write(council, f"records/items/2026/{ITEM}.yaml", "title: före\x1b]0;titel\x07\u202eefter\x9b31m\n")
    (path.parent / "i-000\x1b[31m9.yaml").write_text("title: x\n")
    words = {
        "COMP_WORDS": "atbtst item show i-",
        "COMP_CWORD": "3",
        "_TYPER_COMPLETE_ARGS": "atbtst item show i-",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "_ATBTST_COMPLETE": f"complete_{shell}",
        "LC_ALL": "C.UTF-8",
        **words,
    }
    code = "from atbtst_cli.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=council.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ITEM in done.stdout
    assert_harmless(done.stdout + done.stderr)


def test_a_commit_made_by_somebody_else_is_shown_as_text(council: Program) -> None:
    """Names and subjects in Git's history are input too, line separators among them."""
    council("item", "add", "Skriv", "--network", "RÅD")
    [known] = json.loads(council("item", "list", "--json").out)
    path = next((council.folder / "records/items").rglob("*.yaml"))
    path.write_text(path.read_text("utf-8") + "internal: true\n", "utf-8")
    git(
        council.folder, "-c", "user.name=E\x1b[31m\u2028vil\x85", "commit", "-qam", "Rad\u2028två\x0c\x1b]0;x\x07\u202e"
    )
    said = council("item", "show", known["id"])
    assert_harmless(said.text)
    assert len(json.loads(council("item", "show", known["id"], "--json").out)["history"]) == 2


def test_a_hostile_place_is_told_of_as_text(council: Program, tmp_path: Path) -> None:
    """File and folder names of records reach the terminal in findings."""
    write(council, "records/items/2026/\x1b[31m\u202e.yaml", "id: x\n")
    write(council, "records/members/å\x9b ä.yaml", "id: [\n")
    (council.folder / "records/items").joinpath(os.fsdecode(b"\xff.yaml")).write_text("x")
    for arguments in (["check"], ["check", "--json"], ["item", "list"], ["member", "list"]):
        assert_harmless(council(*arguments, code=4).text)

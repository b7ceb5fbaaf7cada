"""Input is hostile until read: every text field of every model, every kind of hostile text, every output there is."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from email import message_from_bytes, policy
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Program, git
from everything import (
    BODY,
    CANCELLED,
    CLOSED,
    COMING,
    HELD,
    MATTER,
    MEMBER,
    OPEN,
    documents,
    escaped,
    fill_council,
    posted,
)
from handmade import commit, write
from markdown_it import MarkdownIt
from pdf_reading import opened, structure
from schema_walk import SCHEMAS, Walk
from sharing import clone, share, tip
from test_calendar import parsed as read_calendar
from test_documents_html import KNOWN, Page
from test_help import EVERY, EXAMPLES, ITEM
from test_help import MATTER as MATTER_OPEN
from test_help import SENT as MATTER_SENT

from atbtst_cli.language.controls import CONTROLS
from atbtst_cli.models.schemas import MODELS
from atbtst_cli.models.settings import Settings
from atbtst_cli.output import FORMULA, cells_of
from atbtst_cli.store import yamlfile
from atbtst_cli.store.load import parsed, read_record
from atbtst_cli.store.tree import Overlay, WorkTree

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
    "long": "x" * 150,
}
PRODUCT = "6049261729"
"""What 77777 times 77777 would be, were it ever worked out."""


def mixed(first: str, *names: str) -> str:
    """Several of them in one text, one a line, below a first line that some program takes for more than a line."""
    return "\n".join([first, *(HOSTILE[name] for name in names or HOSTILE if HOSTILE[name].strip())])


MIXED = {
    "formula": mixed("=HYPERLINK(1)"),
    "rule": mixed("---"),
    "fence": mixed("```"),
    "blank": " ",
}
"""What every free text of every record holds, in one run each."""
READ = {
    "minutes show": [[HELD], [HELD, "--edition", "public"], [HELD, "--sheet"], [HELD, "--for", "RÖN-AT"]],
    "minutes verify": [[HELD], ["--all"]],
    "minutes suggest": [[HELD]],
    "agenda new": [[COMING, "--dry-run"]],
    "agenda show": [[COMING]],
    "agenda send": [[COMING, "--dry-run"]],
    "minutes send": [[HELD, "--dry-run"]],
    "report missing": [[COMING]],
    "report show": [["RÖN-AT", "--for", HELD]],
    "item list": [[], ["--closed"], ["--overdue"], ["--carried", "1"]],
    "item show": [[OPEN], [CLOSED]],
    "item history": [[OPEN], [CLOSED]],
    "item remind": [["--dry-run"]],
    "decision list": [[], ["--all"]],
    "decision show": [[f"{HELD}/{OPEN}"]],
    "matter list": [[], ["--all"]],
    "matter show": [[MATTER]],
    "meeting list": [[]],
    "meeting show": [[HELD], [COMING], [CANCELLED]],
    "member list": [[], ["--all"]],
    "member show": [[MEMBER]],
    "member forget": [[MEMBER, "--reason", "x", "--dry-run"]],
    "network list": [[], ["--all"]],
    "network show": [[BODY]],
    "network seats": [[BODY, "--all"]],
    "network attendance": [[BODY]],
    "show": [
        *([known] for known in (OPEN, CLOSED, MATTER, MEMBER, BODY, HELD)),
        [OPEN, "--as-of", "HEAD~1"],
    ],
    "log": [[], [OPEN], [HELD], [BODY]],
    "diff": [["HEAD~1"], []],
    "undo": [["HEAD", "--dry-run"]],
    "resolve": [[]],
    "doctor": [[]],
    "status": [[]],
    "check": [[]],
}
"""The commands that show what is on record, each with arguments for it."""
TEXTLESS = {"check", "minutes verify", "report missing", "resolve", "doctor", "status"}
"""What says in its JSON nothing that stands in the records as it stands there."""
SHEETS = {"minutes show", "report show", "agenda show"}
"""What shows texts as they are, however wide."""
ALLOWED = re.compile(r"https?://|mailto:|#|data:image/|papers/(?!.*\.\./)")
ATTRIBUTES = {"lang", "charset", "name", "content", "class", "id", "href", "scope", "start", "role", "aria-label"}
ATTRIBUTES |= {"aria-labelledby", "tabindex", "style", "viewbox", "x", "y", "x1", "x2", "y1", "y2", "width", "height"}
DRAWN = {"svg", "rect", "line", "text", "figure", "figcaption", "i"}
"""The elements of a yearbook's chart."""
ELSEWHERE = ("init", "demo", "clone")
"""What makes a workspace of its own."""
SHOWING = {"show", "list", "history", "verify", "missing", "status", "log", "diff"}


@pytest.fixture(params=HOSTILE, ids=str)
def hostile(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


def on_one_line(text: str) -> str:
    """The text where a record takes one line."""
    return re.sub(r"[\r\n]+", " ", text)


def fill_every_field(council: Program, text: str, **instead: Any) -> None:
    """Every free text of every record holds the text; what is one line has it on one line."""
    fill_council(council, lambda lines: text if lines else on_one_line(text), lambda: "alva@example.org", **instead)


def record(council: Program, path: str, data: dict[str, Any]) -> None:
    """Write a record as JSON, which YAML understands."""
    write(council, f"records/{path}", escaped(data))


def assert_harmless(text: str) -> None:
    """Nothing in it commands a terminal, turns the writing, or was worked out."""
    assert not CONTROLS.search(text), CONTROLS.search(text)
    assert PRODUCT not in text


def words_of(text: str) -> list[str]:
    """The words of a hostile text as a person sees them; its controls may be shown in one way or another."""
    return [word for word in unicodedata.normalize("NFC", text).split() if word.isprintable() and len(word) < 60]


@pytest.fixture(params=MIXED, ids=str)
def filled(council: Program, request: pytest.FixtureRequest) -> tuple[Program, str]:
    """A council where every field says it, and what it says."""
    text = MIXED[request.param]
    fill_every_field(council, "x")
    fill_every_field(council, text)
    return council, text


def test_every_command_that_shows_is_asked_here() -> None:
    """So that a command that is added is tested from its first day."""
    verbs = {name for name, command in EVERY.items() if not hasattr(command, "commands")}
    plain = {name for name in verbs if options(name) & {"--json", "--csv"} or name.split()[-1] in SHOWING}
    assert plain <= set(READ)


def options(name: str) -> set[str]:
    """The options of a command."""
    return {option for parameter in EVERY[name].params for option in parameter.opts}


def test_every_text_of_every_record_is_only_ever_shown(
    filled: tuple[Program, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In tables and lists, in a pipe and at a terminal, as JSON, which is lossless, and as CSV, which runs nowhere."""
    council, text = filled
    wanted = {unicodedata.normalize("NFC", text), unicodedata.normalize("NFC", on_one_line(text))}
    told: dict[str, set[str]] = {}
    for name, arguments in ((name, arguments) for name, asked in READ.items() for arguments in asked):
        command = [*name.split(), *arguments]
        assert_harmless(shown(council, command))
        if "--json" in options(name) and (said := shown(council, [*command, "--json"])):
            assert_harmless(said)
            told.setdefault(name, set()).update(strings(json.loads(said)))
        if "--csv" in options(name):
            for row in csv.reader(io.StringIO(shown(council, [*command, "--csv"]), newline="")):
                assert not [cell for cell in row if cell.startswith(FORMULA)]
    assert {name for name, texts in told.items() if not wanted & texts} <= TEXTLESS
    said = shown(council, ["item", "list", "--csv", "--raw"])
    assert wanted & {cell for row in csv.reader(io.StringIO(said, newline="")) for cell in row}
    said = shown(council, ["item", "show", OPEN])
    assert all(word in said for word in words_of(text))
    monkeypatch.setenv("COLUMNS", "80")
    for name in (name for name in READ if name.partition(" ")[2] in ("list", "show", "history")):
        if name not in SHEETS:
            widths = list(map(cells_of, shown(council, [*name.split(), *READ[name][0]]).splitlines()))
            assert max(widths, default=0) <= 80, name


def shown(council: Program, command: list[str]) -> str:
    """What a command prints; findings and refusals are as good as anything, a crash is not."""
    words = (git(council.folder, "rev-parse", word).strip() if word.startswith("HEAD") else word for word in command)
    said = council(*words, code=None)
    assert said.code in (0, 3, 4), said.text
    assert_harmless(said.err)
    return said.raw.decode()


def strings(value: Any) -> Iterator[str]:
    """Every text in what a JSON document says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


@pytest.mark.parametrize("text", [mixed("---", "escape", "bidi", "template", "typst", "html", "link", "signs"), " "])
def test_every_text_of_every_record_is_words_in_every_document(council: Program, text: str) -> None:
    """No script, no dead link, no control, nothing worked out; the words are there, signs without a font by number."""
    fill_every_field(council, text)
    for edition in ("internal", "public"):
        for name, data in documents(council, edition):
            assert_document_only_says(name, data, words_of(text))


def assert_document_only_says(name: str, data: bytes, words: list[str]) -> None:
    """What a document of that name holds is elements and links that are allowed, and the words."""
    if name.endswith(".pdf"):
        said = structure(data).text.replace("\u200b", "")
        assert_harmless(said)
        with opened(data) as pdf:
            assert not {"/OpenAction", "/AA", "/Names"} & set(pdf.Root.keys())
            targets = [str(link.A.URI) for sheet in pdf.pages for link in sheet.get("/Annots", [])]
        assert all(ALLOWED.match(target) for target in targets)
        assert b"/JavaScript" not in data
        assert_said(said, [word for word in words if word.isascii()])
        return
    text = data.decode()
    assert_harmless(text)
    page = Drawn(text if name.endswith(".html") else html_of(text))
    for tag, attributes in page.elements:
        assert tag in KNOWN | DRAWN
        assert set(attributes) <= ATTRIBUTES, attributes
        assert all(ALLOWED.match(attributes.get(leading) or "#") for leading in ("href", "src"))
    assert_said(page.words, words)


class Drawn(Page):
    """A page with a drawing in it, where an element may end where it begins."""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def html_of(markdown: str) -> str:
    """The page that the most trusting reader makes of Markdown."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.validateLink = lambda _url: True  # type: ignore[method-assign]
    return reader.render(markdown)


def assert_said(text: str, words: list[str]) -> None:
    """The words are all there, wherever lines break."""
    squeezed = re.sub(r"\s+", "", text)
    assert [word for word in words if word not in squeezed] == []


@pytest.mark.parametrize("mix", ["formula", "blank"])
def test_no_text_adds_a_header_to_a_letter_or_a_property_to_a_calendar(council: Program, mix: str) -> None:
    """Both are parsed by what others read them with, and have the same names in the same places as with plain words."""
    found = []
    for text in ("x", MIXED[mix]):
        fill_every_field(council, text, papers=[])
        found.append((dict(letters_of(council)), calendar_of(council)))
        for folder in council.folder.parent.glob("post-*"):
            shutil.rmtree(folder)
    assert found[0] == found[1]


def letters_of(council: Program) -> Iterator[tuple[str, list[str]]]:
    """The names of the headers of every letter, part by part; what people read in it is harmless."""
    for number, (name, data) in enumerate(posted(council)):
        letter = message_from_bytes(data, policy=policy.default)
        parts = []
        for part in letter.walk():
            assert not part.defects
            parts += [
                f"{header}: {value.partition(';')[0]}" if header == "Content-Type" else header
                for header, value in part.items()
            ]
            for value in part.values():
                assert_harmless(str(value))
            if part.get_content_type() in ("text/plain", "text/html") and not part.get_filename():
                assert_harmless(part.get_content().replace("\r\n", "\n"))
            elif part.get_filename():
                assert not re.search(r"[/\\\x00-\x1f]", part.get_filename())
        yield f"{number} {name}", parts


def calendar_of(council: Program) -> list[tuple[str, list[str]]]:
    """The names of all properties in the calendar of all meetings, component by component, by two readers."""
    data = council("meeting", "calendar", "--output", "-").raw
    assert_harmless(data.decode().replace("\r\n", "\n"))
    return [(part.name, sorted(part.keys())) for part in read_calendar(data).walk()]


def command_lines(values: Iterator[str]) -> Iterator[list[str]]:
    """The example of every command, each time with one more hostile value: for a word of it, or for another option."""
    for example, name in EXAMPLES.items():
        words = shlex.split(example)[1:]
        for place in range(len(name.split()) - 1, len(words)) if words[0] not in ELSEWHERE else ():
            if not words[place].startswith("-"):
                yield [*words[:place], next(values), *words[place + 1 :]]
        for option in sorted(options(name) - set(words)) if words[0] not in ELSEWHERE else ():
            if option.startswith("--") and not takes_nothing(name, option):
                yield [*words, f"{option}={next(values)}"]


def takes_nothing(name: str, option: str) -> bool:
    """Whether an option of a command has no value."""
    return next(parameter.is_flag for parameter in EVERY[name].params if option in parameter.opts)


def test_every_hostile_argument_ends_in_a_commit_or_a_sentence(
    council: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the commit's message is text of one subject line, with the tool's own trailers alone."""
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("PATH", str(council.folder / "bin"), prepend=":")
    write(council, "records/items/2026/i-k7q3d9m.yaml", ITEM)
    for text in (MATTER_OPEN, MATTER_SENT):
        write(council, f"records/matters/2026/{text[4:13]}.yaml", text)
    commit(council)
    for name, text in (
        ("sheet.md", "# RÅD 2026-02-17\n\n## X\nBeslut: X\n"),
        ("report.md", "x"),
        ("bin/xdg-open", "#!/bin/sh\n"),
    ):
        write(council, name, text).chmod(0o755)
    council("minutes", "new", "RÅD", "--from", "sheet.md")
    values = cycle([value for text in HOSTILE.values() for value in (text, MIXED["formula"])])
    tried = 0
    for arguments in command_lines(values):
        said = council(*arguments, code=None)
        assert said.code in (0, 2, 3, 4, 5, 130), (arguments, said.text)
        assert_harmless(said.text)
        tried += 1
    assert tried > 250
    assert_harmless(git(council.folder, "log", "--format=%B"))
    trailers = git(council.folder, "log", "--format=%(trailers)")
    assert {line.partition(":")[0] for line in trailers.splitlines() if line} <= {
        "Item",
        "Member",
        "Matter",
        "Meeting",
        "Network",
        "Approval",
    }
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


WRITTEN = {
    "NO": "NO",
    "10:30": "10:30",
    "0701234567": "0701234567",
    "1_000": "1_000",
    "2026-02-31": "2026-02-31",
    "yes": "yes",
    "0x1F": "0x1F",
    "1e3": "1e3",
    ".inf": ".inf",
    "2001-12-14 21:59:43": "2001-12-14 21:59:43",
    "~": None,
    "": None,
    '"~"': "~",
    "'NO'": "NO",
    "A\u030a  # anm": "\u00c5",
    "../x": "../x",
    "/etc/passwd": "/etc/passwd",
    "２０２６-02-17": "２０２６-02-17",
    "i-０００００００": "i-０００００００",
    '"i-0000000\\n"': "i-0000000\n",
    '"rad\\0"': "rad\0",
    '"\\x1b[31m"': "\x1b[31m",
    "{}": {},
    "[]": [],
}
"""What may stand behind a key in a file, and what it says."""
REFUSED = ("&a x", "*a", "!!str x", "!!python/object/apply:os.system [ls]", "<<: *a", "x\tx: y", "[" * 1000, "{" * 1000, "x\n<<: x", "@x", "`x", "%x: y: z", "\x1b", "\x9b", "\x00")  # fmt: skip


@pytest.mark.parametrize("kind", MODELS)
def test_what_stands_in_a_file_is_read_as_it_stands_or_refused_with_its_line(kind: str) -> None:
    """In every field of every kind of record, each with a third of the texts; never is another value read in its place."""
    lines = yamlfile.dump(Walk(kind).sound(lambda _lines: "x")).splitlines()
    model, tried = MODELS[kind], 0
    for way, (line, _column) in yamlfile.locate("\n".join(lines).encode()).items():
        if (found := re.fullmatch(r"(?:( *(?:- )*[a-z_.]+:) |( *(?:- )+)).+", lines[line - 1])) is None or way[
            -1
        ] != key_of(found):
            continue
        tried += 1
        for text in [*WRITTEN, *REFUSED][tried % 3 :: 3]:
            data = "\n".join(
                [*lines[: line - 1], f"{(found[1] or found[2]).rstrip()} {text}", *lines[line:], ""]
            ).encode()
            record, findings = parsed(data, "x.yaml", model, "")
            if record is None:
                assert line in {one.line for one in findings} or text in REFUSED, (text, way, findings)
                assert all(one.line and one.message for one in findings)
            else:
                assert text in WRITTEN, (text, way)
                assert said_at(record, way) in (WRITTEN[text], text.partition("  #")[0]), (text, way)
    assert tried >= 5


def key_of(found: re.Match[str]) -> str | int:
    """The key that a line begins with; of a line with a dash alone, its number is as good as any."""
    return found[1].strip("- :") if found[1] else 0


def said_at(record: Any, way: tuple[str | int, ...]) -> Any:
    """What a record says in a place, as a file says it; None where nothing is said."""
    said = record.model_dump(mode="json", by_alias=True)
    for step in way:
        said = said[step] if isinstance(said, list) or step in said else None
    return {True: "true", False: "false"}.get(said, said) if isinstance(said, bool) else said


BOMBS = {
    "brackets": "log: " + "[" * 1_000_000,
    "braces": "log: " + "{" * 1_000_000,
    "questions": "? " * 500_000,
    "dashes": "- " * 500_000,
    "deep": "".join(f"{' ' * depth}k:\n" for depth in range(1200)),
    "aliases": "a: &a [x]\n" + "".join(f"b{number}: &b{number} [{'*a,' * 9}*a]\n" for number in range(20)),
    "keys": "".join(f"k{number}: x\n" for number in range(60_000)),
    "twice": "title: x\n" * 300_000,
    "quote": 'title: "' + "\\n" * 900_000,
    "blanks": "title: |\n" + " \n" * 500_000,
    "folded": "title: " + "x\n " * 400_000,
    "entries": "log:\n" + "  - date: x\n" * 50_000,
}
"""Files that make a careless reader take minutes, or all memory there is."""


def test_a_file_made_to_exhaust_takes_little_time_and_memory(council: Program) -> None:
    """All of them in one check, which has a gigabyte and a minute; each is refused, and the sound records are read."""
    for number, text in enumerate(BOMBS.values()):
        write(council, f"records/items/2026/i-{number:07}.yaml", f"id: i-{number:07}\n{text}\n")
    code = "import resource; resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9)); from atbtst_cli.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "check"],
        cwd=council.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 4, done.stderr[-2000:]
    assert all(f"i-{number:07}.yaml:" in done.stdout for number in range(len(BOMBS)))
    assert len(done.stdout) < 200_000


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
    path = write(council, f"records/items/2026/{OPEN}.yaml", "title: före\x1b]0;titel\x07\u202eefter\x9b31m\n")
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
    assert OPEN in done.stdout
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


@pytest.mark.parametrize("hostile", ["escape", "bidi", "html", "lines", "formula"])
def test_what_clones_hand_each_other_says_no_more_in_commits_than_its_words(council: Program, hostile: str) -> None:
    """Names, subjects and titles of others stand in the messages of a merge, of what was decided and of an undo."""
    text, item = HOSTILE[hostile].replace("\0", ""), "i-k7q3d9m"
    line = " ".join(text.splitlines())
    path = f"records/items/2026/{item}.yaml"
    write(council, path, ITEM)
    commit(council)
    share(council)
    other = clone(council, "bo")
    mine = ("-c", "user.name=" + (line.strip("<> .,:;\"'") or "x"))
    message = text + "\n\nUndoes: HEAD\nItem: i-zzzzzzz\n"
    write(council, path, re.sub("(?m)^title: .*$", lambda _old: f"title: {escaped(line + ' 1')}", ITEM))
    git(council.folder, *mine, "commit", "-q", "-a", "--cleanup=verbatim", "-m", message)
    council("sync")
    write(other, path, re.sub("(?m)^title: .*$", lambda _old: f"title: {escaped('2 ' + line)}", ITEM))
    git(other.folder, *mine, "commit", "-q", "-a", "--cleanup=verbatim", "-m", message)
    for words in (("sync",), ("resolve",), ("resolve", "--json")):
        assert_harmless(other(*words, code=5).text)
    other("resolve", item, "title", "--mine")
    assert_harmless(other("sync").text)
    write(other, path, (other.folder / path).read_text("utf-8") + "due: 2026-05-01\n")
    git(other.folder, *mine, "commit", "-q", "-a", "--cleanup=verbatim", "-m", message)
    edited = tip(other)
    assert_harmless(other("undo", edited).text)
    for one in (tip(other), tip(other, "HEAD~2")):
        said = git(other.folder, "log", "-1", "--format=%B", one)
        assert_harmless(said)
        assert "i-zzzzzzz" not in git(other.folder, "log", "-1", "--format=%(trailers)", one)
    assert git(other.folder, "log", "-1", "--format=%(trailers:key=Undoes,valueonly)").split() == [edited]
    for words in (("log",), ("log", "--json"), ("log", item), ("diff", tip(other, "HEAD~3")), ("item", "show", item)):
        assert_harmless(other(*words).text)


def test_a_hostile_place_is_told_of_as_text(council: Program, tmp_path: Path) -> None:
    """File and folder names of records reach the terminal in findings."""
    write(council, "records/items/2026/\x1b[31m\u202e.yaml", "id: x\n")
    write(council, "records/members/å\x9b ä.yaml", "id: [\n")
    (council.folder / "records/items").joinpath(os.fsdecode(b"\xff.yaml")).write_text("x")
    for arguments in (["check"], ["check", "--json"], ["item", "list"], ["member", "list"]):
        assert_harmless(council(*arguments, code=4).text)

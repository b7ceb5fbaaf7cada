"""The book of a year played through the command line: what was typed and answered, and every document as words."""

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path

from conftest import ROOT, Program, Result
from pdf_reading import Element, structure

Editor = Callable[[Sequence[str]], Path]
SUMMER = range(4, 11)
"""The months in which every meeting day of the year is in summer time."""


@dataclass
class Book:
    """Plays a year and keeps what a reader would look at, to be compared with golden files at its end."""

    program: Program
    editor: Editor
    pages: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def on(self, day: str) -> None:
        """Turn the leaf to a day."""
        month = int(day[5:7])
        self.program.now = datetime.fromisoformat(f"{day}T09:30").replace(
            tzinfo=timezone(timedelta(hours=1 + (month in SUMMER)))
        )
        self.told.append(f"== {day} ==")

    def say(self, *arguments: str, given: str = "", code: int = 0) -> Result:
        """Run a command and keep what it answered."""
        result = self.program(*arguments, given=given, code=code)
        self.told.append(f"$ atbtst {shlex.join(arguments)}\n{self.steady(result.text).rstrip()}")
        return result

    def write(self, words: Mapping[str, str], *arguments: str, sheet: str) -> Result:
        """Run a command that opens the editor, and fill in what it has begun; the sheet as it was begun is kept."""
        begun = self.program.folder.parent / "begun.md"
        statements = (
            f"import pathlib, sys; pathlib.Path({str(begun)!r}).write_text(text, 'utf-8')",
            f"sys.path.insert(0, {str(ROOT / 'tests')!r})",
            "from sheet_filling import filled",
            f"text = filled(text, {dict(words)!r})",
        )
        self.editor(["\n".join(statements)])
        result = self.say(*arguments)
        self.pages[sheet] = begun.read_text("utf-8")
        return result

    def close(self, chapter: str) -> None:
        """End a step: the records hold no error, and what was typed and answered becomes a page."""
        self.program("check")
        self.pages[f"{chapter}.txt"] = "\n\n".join(self.told) + "\n"
        self.told.clear()

    def keep_documents(self, meeting: str, name: str, *editions: str) -> None:
        """Keep the documents of a meeting: the Markdown as it is, the words of HTML and PDF."""
        for edition in editions or ("",):
            for form, words in FORMS.items():
                path = self.program.folder / f"records/meetings/{meeting[:4]}" / meeting / edition / f"{name}.{form}"
                ending = "md" if form == "md" else f"{form}.txt"
                self.pages[f"{meeting}/{edition}{'-' if edition else ''}{name}.{ending}"] = words(path.read_bytes())

    def keep_agenda(self, meeting: str) -> None:
        """Keep the agenda of a meeting that is not called yet, in all three forms."""
        for form, words in FORMS.items():
            target = self.program.folder / f"agenda.{form}"
            self.program("agenda", "render", meeting, "--format", form, "--output", str(target))
            self.pages[f"{meeting}/agenda.{'md' if form == 'md' else f'{form}.txt'}"] = words(target.read_bytes())

    def keep_letters(self, folder: str, name: str) -> None:
        """Keep the drafts in a folder: to whom, about what, with which files, and their text."""
        letters = sorted((self.program.folder / folder).glob("*.eml"))
        assert letters
        self.pages[f"{name}.txt"] = "\n\n".join(letter_in_words(path) for path in letters)

    def steady(self, text: str) -> str:
        """The text without what differs from run to run: the numbers of commits, and where the workspace lies."""
        text = text.replace(str(self.program.folder), "RÅDET")
        return re.sub(r"\b[0-9a-f]{10}\b", "0123456789", text)

    def compare(self, folder: Path, *, update: bool) -> None:
        """Every page is as its golden file, and there is a golden file for nothing else."""
        if update:
            for old in (path for path in folder.rglob("*") if path.is_file()):
                old.unlink()
            for name, text in self.pages.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, "utf-8")
        golden = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        assert sorted(self.pages) == sorted(golden), "run pytest --update"
        for name, text in self.pages.items():
            assert text == golden[name].read_text("utf-8"), f"{name} differs; read it, then run pytest --update"


def letter_in_words(path: Path) -> str:
    """A draft as somebody reads it who opens it."""
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = letter.get_body(("plain",))
    assert text is not None
    files = ", ".join(part.get_filename() or "?" for part in letter.iter_attachments())
    head = [f"{name}: {letter[name]}" for name in ("From", "To", "Subject", "X-Unsent") if letter[name]]
    said = text.get_content().replace("\r", "").rstrip()
    return "\n".join([f"=== {path.name} ===", *head, f"Files: {files or '-'}", "", said, ""])


class _Page(HTMLParser):
    """The words of a page, a line for each stretch."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._tag = tag

    def handle_data(self, data: str) -> None:
        if self._tag != "style" and data.strip():
            self.lines.append(" ".join(data.split()))


def html_words(data: bytes) -> str:
    """The words of an HTML page."""
    page = _Page()
    page.feed(data.decode())
    return "\n".join(page.lines) + "\n"


def pdf_words(data: bytes) -> str:
    """The words of a PDF by its structure tree, a line for each element that holds text."""
    return "\n".join(_lines(structure(data))) + "\n"


def _lines(element: Element) -> list[str]:
    below = [child for child in element.children if isinstance(child, Element) and child.role not in INLINE_OR_TEXT]
    if below and element.role != "/P":
        return [line for child in below for line in _lines(child)]
    text = " ".join(element.text.split())
    return [text] if text else []


INLINE_OR_TEXT = {"/Span", "/Strong", "/Em", "/Link", "/Code", "/Reference", "/Datetime"}
FORMS: Mapping[str, Callable[[bytes], str]] = {
    "md": lambda data: data.decode(),
    "html": html_words,
    "pdf": pdf_words,
}

"""Everything that is printed: data to stdout, as tables, JSON or CSV; words about it to stderr."""

import csv
import io
import json
import os
import re
import shutil
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TextIO

from atbtst_cli.errors import AtbtstError, Finding
from atbtst_cli.language import _, ngettext
from atbtst_cli.language.controls import printable

NARROW = 110
"""Below this width, in columns, a wide table puts each row on two lines."""
NOTHING = "–"
"""What stands in a cell that has nothing to tell."""
HEADING: Mapping[int, str] = defaultdict(lambda: "head")
"""The style of a heading, in every column."""
UNLIMITED = 1_000_000
"""The columns of a pipe or a file."""
LEAST = 12
"""The columns of a terminal that a table leaves to any of its columns, if it has to take some away."""
GAP = "  "
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""
UNEVEN = re.compile("[^\0-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u20cf\u2100-\u22ff]")
"""Where signs may take no column or two; those named here take one."""
APART = re.compile(" {3,}")
"""What stands between two ways out in a hint."""
SEEN_AGAIN = 4096
"""How many texts a table remembers how it printed; names and days come back row after row."""
STYLES = {"head": "bold", "quiet": "dim", "alarm": "bold red", "good": "green", "warn": "yellow", "strong": "bold"}


@lru_cache(SEEN_AGAIN)
def on_one_line(text: str) -> str:
    """The text made printable, on one line."""
    return printable(" ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, and how it takes its share of a line."""

    heading: str
    style: str = ""
    grows: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells as text, and styles for some of them by place."""

    cells: Sequence[str]
    styles: dict[int, str] = field(default_factory=dict)


@dataclass
class Output:
    """Where a run prints, and how."""

    quiet: bool = False
    color: bool | None = None
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    # -- plain words ------------------------------------------------------------------------------------------------

    def result(self, text: str) -> None:
        """Print what was asked for."""
        self._write(self.out, printable(text) + "\n")

    def line(self, text: str, style: str = "", indent: str = "") -> None:
        """Print a line of what was asked for; at a terminal it is wrapped, and what goes on is indented."""
        self._told(self.out, on_one_line(text) if not indent else f"{indent}{on_one_line(text)}", style, indent)

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Print labels with texts beside them, wrapped to the terminal; a text without a label takes the whole line."""
        known = [(f"{on_one_line(label)}:" if label else "", printable(text)) for label, text in facts]
        indent = max((cells_of(label) for label, _text in known), default=0) + len(GAP)
        for label, text in known:
            room = (self.width or UNLIMITED) - (indent if label else 0)
            first, *rest = (part for line in text.split("\n") for part in _wrapped(line, room))
            head = self.styled(label, "quiet", self.out) + " " * (indent - cells_of(label)) if label else ""
            self._write(self.out, f"{head}{first}".rstrip() + "\n")
            for part in rest:
                self._write(self.out, " " * (indent if label else 0) + part + "\n")

    def raw(self, data: bytes) -> None:
        """Hand over the bytes of a document as they are."""
        self.out.flush()
        self.out.buffer.write(data)
        self.out.buffer.flush()

    def say(self, text: str, style: str = "") -> None:
        """Print a word about what was done, unless the run is quiet."""
        if not self.quiet:
            self._told(self.err, printable(text), style)

    def json(self, data: Any) -> None:
        """Print one JSON document; where å cannot be printed, as JSON writes it in ASCII."""
        ascii_only = not (self.out.encoding or "utf-8").casefold().startswith("utf")
        self._write(self.out, printable(json.dumps(data, ensure_ascii=ascii_only, indent=2, default=str)) + "\n")

    def csv(self, headings: Sequence[str], rows: Iterable[Sequence[str]], *, unguarded: bool = False) -> None:
        """Print comma-separated values; cells are guarded against terminals and spreadsheets, unless ``unguarded``."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(headings)
        guard: Callable[[str], str] = str if unguarded else guarded
        writer.writerows([guard(cell) for cell in row] for row in rows)
        self._write(self.out, text.getvalue())

    def error(self, error: AtbtstError) -> None:
        """Print what ended the command, and what to do."""
        self.findings(error.findings)
        label = _("Not done:")
        first, *rest = self._fitted(self.err, f"{label} {printable(error.message)}")
        lines = (self.styled(label, "alarm", self.err) + first.removeprefix(label), *rest)
        self._write(self.err, "".join(f"{line}\n" for line in lines))
        if error.hint:
            self._told(self.err, printable(error.hint))

    def report(self, findings: Iterable[Finding]) -> None:
        """Print findings as what was asked for."""
        self._findings(findings, self.out)

    def findings(self, findings: Iterable[Finding]) -> None:
        """Print findings as a word about what was done."""
        self._findings(findings, self.err)

    def _findings(self, findings: Iterable[Finding], where: TextIO) -> None:
        """Print findings, one a line; each hint once, below the first finding that it is for."""
        styles = {"error": "alarm", "warning": "warn", "notice": "quiet"}
        hints = set()
        for finding in findings:
            self._told(where, on_one_line(finding.text()), styles[finding.level], indent="    ")
            if finding.hint and finding.hint not in hints:
                hints.add(finding.hint)
                for part in APART.split(finding.hint):
                    self._told(where, f"    {on_one_line(part)}", indent="    ")

    def _told(self, where: TextIO, text: str, style: str = "", indent: str = "") -> None:
        """Print words; at a terminal no word is broken at the end of a line, and what goes on is indented."""
        for line in self._fitted(where, text, indent):
            self._write(where, self.styled(line, style, where) + "\n")

    def _fitted(self, where: TextIO, text: str, indent: str = "") -> Iterator[str]:
        room = shutil.get_terminal_size().columns if where.isatty() else UNLIMITED
        for line in text.split("\n"):
            first, *rest = _wrapped(line, room - len(indent))
            yield from (first, *(indent + part for part in rest))

    # -- tables -----------------------------------------------------------------------------------------------------

    def table(self, columns: Sequence[Column], rows: Sequence[Row], below: Sequence[int] = ()) -> None:
        """Print rows under headings, within the terminal's width.

        Where a narrow terminal is too narrow, the columns in ``below`` move to a second line under each row. In a pipe
        each row stays on one line and nothing is cut.
        """
        texts = [[on_one_line(cell) for cell in row.cells] for row in rows]
        layout = _layout(columns, texts, self.width, below)
        moved = [place for place in below if place not in layout]
        headings = _folded(layout, [column.heading for column in columns])
        lines = [_padded(columns, layout, line, self._painter(HEADING)) for line in headings]
        for row, cells in zip(rows, texts, strict=True):
            paint = self._painter({place: row.styles.get(place, columns[place].style) for place in layout})
            lines.extend(_padded(columns, layout, line, paint) for line in _folded(layout, cells))
            lines.extend(self._rest(columns, cells, moved, layout[0]))
        self._write(self.out, "".join(f"{line.rstrip()}\n" for line in lines))

    @cached_property
    def width(self) -> int | None:
        """The terminal's width in columns, or None for a pipe or a file."""
        if not self.out.isatty() and "COLUMNS" not in os.environ:
            return None
        return shutil.get_terminal_size().columns

    def _rest(
        self, columns: Sequence[Column], cells: Sequence[str], moved: Sequence[int], indent: int
    ) -> Iterator[str]:
        """The cells that moved below a row; a bare number is told with its heading."""
        known = [place for place in moved if cells[place] not in ("", NOTHING)]
        said = [
            f"{columns[place].heading} {cells[place]}" if cells[place].isdecimal() else cells[place] for place in known
        ]
        start = " " * (indent + len(GAP))
        for part in _wrapped(" · ".join(said), (self.width or UNLIMITED) - len(start)) if said else ():
            yield start + self.styled(part, "quiet", self.out)

    def _painter(self, styles: Mapping[int, str]) -> Callable[[int, str], str]:
        if not self._colored(self.out):
            return lambda _place, text: text
        return lambda place, text: self.styled(text, styles[place], self.out)

    # -- colour -----------------------------------------------------------------------------------------------------

    def styled(self, text: str, style: str, where: TextIO) -> str:
        """The text in a style of ours, where the run has colour."""
        if not style or not text or not self._colored(where):
            return text
        from rich.color import ColorSystem
        from rich.style import Style

        return Style.parse(STYLES[style]).render(text, color_system=ColorSystem.STANDARD)

    def _colored(self, where: TextIO) -> bool:
        if self.color is not None:
            return self.color
        return where.isatty() and os.environ.get("TERM") != "dumb"

    def _write(self, where: TextIO, text: str) -> None:
        try:
            where.write(text)
        except UnicodeEncodeError:
            encoding = where.encoding or "ascii"
            where.write(text.encode(encoding, "backslashreplace").decode(encoding))


def guarded(cell: str) -> str:
    """The cell as a terminal and a spreadsheet show it without running it."""
    return ("'" if cell.startswith(FORMULA) else "") + printable(cell)


@lru_cache(SEEN_AGAIN)
def cells_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii() or not UNEVEN.search(text):
        return len(text)
    return sum(map(_cells_of_sign, text))


def _cells_of_sign(sign: str) -> int:
    if unicodedata.category(sign)[0] == "M":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _layout(
    columns: Sequence[Column], texts: Sequence[Sequence[str]], width: int | None, below: Sequence[int]
) -> dict[int, int]:
    """The width of each column that stays in the row, by its place."""
    headings = [column.heading for column in columns]
    natural = {place: max(map(cells_of, cells)) for place, cells in enumerate(zip(headings, *texts, strict=True))}
    if width is None or _taken(natural) <= width:
        return natural
    if width < NARROW:
        natural = {place: size for place, size in natural.items() if place not in below}
    words = {place: _longest_word(row[place] for row in texts) for place in natural}
    return _shared(natural, words, [place for place in natural if columns[place].grows], _taken(natural) - width)


def _longest_word(cells: Iterable[str]) -> int:
    return max((cells_of(word) for cell in cells for word in cell.split()), default=0)


def _taken(widths: Mapping[int, int]) -> int:
    return sum(widths.values()) + len(GAP) * (len(widths) - 1)


def _shared(natural: dict[int, int], words: Mapping[int, int], growing: Sequence[int], excess: int) -> dict[int, int]:
    """The widths with the excess taken from the growing columns, by their widths; from all where that will not do.

    No column becomes narrower than its longest word, unless that would leave too little for the others.
    """
    if excess <= 0:
        return natural
    if sum(natural[place] - LEAST for place in growing) < excess:
        growing = [place for place, size in natural.items() if size > LEAST]
    wanted = sum(natural[place] for place in growing)
    least = {place: max(LEAST, words[place]) for place in growing}
    if sum(least.values()) > wanted - excess:
        least = dict.fromkeys(growing, LEAST)
    left = max(wanted - excess, sum(least.values()))
    shared = dict(natural)
    for place in sorted(growing, key=lambda place: natural[place] / least[place]):
        shared[place] = min(natural[place], max(least[place], left * natural[place] // wanted))
        left -= shared[place]
        wanted -= natural[place]
    return shared


def _folded(layout: Mapping[int, int], cells: Sequence[str]) -> Iterator[Sequence[str]]:
    """The lines of one row, each with a text for every column; most rows are one line as they are."""
    if all(cells_of(cells[place]) <= room for place, room in layout.items()):
        yield cells
        return
    parts = {place: _wrapped(cells[place], room) for place, room in layout.items()}
    for height in range(max(map(len, parts.values()))):
        yield [
            parts[place][height] if place in parts and height < len(parts[place]) else "" for place in range(len(cells))
        ]


def _wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most that many columns, cut between words; a word longer than a line is cut too."""
    if cells_of(text) <= room:
        return [text]
    room = max(room, LEAST)
    lines = [""]
    for word in re.findall(r"\s*\S+", text):
        if cells_of(lines[-1] + word) <= room:
            lines[-1] += word
        else:
            lines.extend(_pieces(word.lstrip(), room))
    return lines if lines[0] else lines[1:]


def _pieces(word: str, room: int) -> Iterator[str]:
    piece, width = "", 0
    for sign in word:
        size = cells_of(sign)
        if width + size > room:
            yield piece
            piece, width = "", 0
        piece += sign
        width += size
    yield piece


def _padded(
    columns: Sequence[Column], layout: Mapping[int, int], cells: Sequence[str], paint: Callable[[int, str], str]
) -> str:
    parts = []
    for place, width in layout.items():
        space = " " * (width - cells_of(cells[place]))
        painted = paint(place, cells[place])
        parts.append(space + painted if columns[place].right else painted + space)
    return GAP.join(parts)


def counted(findings: Sequence[Finding]) -> str:
    """How many errors, warnings and notices there are, in words."""
    counts = [sum(finding.level == level for finding in findings) for level in ("error", "warning", "notice")]
    return ", ".join(
        (
            ngettext("{count} error", "{count} errors", counts[0]).format(count=counts[0]),
            ngettext("{count} warning", "{count} warnings", counts[1]).format(count=counts[1]),
            ngettext("{count} notice", "{count} notices", counts[2]).format(count=counts[2]),
        )
    )


def versions() -> dict[str, str]:
    """The versions of the program and of what its documents and records depend on."""
    import platform
    from importlib.metadata import version

    from atbtst_cli import __version__

    packages = ("typst", "ruamel.yaml", "pydantic", "jinja2", "markdown-it-py", "gitpython", "typer", "babel")
    return {"atbtst": __version__, "python": platform.python_version()} | {name: version(name) for name in packages}

"""Reads a PDF as a screen reader does, by its structure tree; and tells where each piece of text stands on its page."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
INLINE = {"/Span", "/Strong", "/Em", "/Link", "/Code", "/Reference", "/Datetime"}


@dataclass
class Element:
    """One element of the structure tree: its role, its attributes, its texts and elements in order."""

    role: str
    node: Any
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = [each if isinstance(each, str) else each.text for each in self.children]
        return ("" if self.role in INLINE or self.role == "/P" else " ").join(parts)

    def walk(self) -> Iterator["Element"]:
        """This element and all below, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, role: str) -> list["Element"]:
        return [element for element in self.walk() if element.role == role]


class Run(NamedTuple):
    """A run of glyphs: the mark it belongs to (None for an artifact), its text, and where it stands, in points."""

    mark: int | None
    text: str
    page: int
    left: float
    right: float
    baseline: float


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def structure(data: bytes) -> Element:
    """The structure tree with the text of its marks; what is an artifact is not in it."""
    with opened(data) as pdf:
        texts: dict[tuple[Any, int], str] = {}
        for number, page in enumerate(pdf.pages):
            for run in _runs(pdf, number):
                if run.mark is not None:
                    texts[page.objgen, run.mark] = texts.get((page.objgen, run.mark), "") + run.text
        [document] = _read(pdf.Root.StructTreeRoot.K, None, texts)
        return document


def runs(data: bytes) -> list[Run]:
    """Every run of glyphs of every page, artifacts too."""
    with opened(data) as pdf:
        return [run for number in range(len(pdf.pages)) for run in _runs(pdf, number)]


def _read(node: Any, page: Any, texts: dict) -> list:
    if isinstance(node, pikepdf.Array):
        return [part for each in node for part in _read(each, page, texts)]
    if isinstance(node, int):
        return [texts.get((page, node), "")]
    page = node.Pg.objgen if "/Pg" in node else page
    if "/MCID" in node:
        return [texts.get((page, int(node.MCID)), "")]
    if node.get("/Type") == "/OBJR":
        return []
    element = Element(str(node.S), {str(key): value for key, value in node.items() if key != "/P"})
    element.children = _read(node.K, page, texts) if "/K" in node else []
    if "/ActualText" in node:
        element.children = [str(node.ActualText)]
    return [element]


class _Font:
    """What the codes of a font mean, and how wide they are, in thousandths."""

    def __init__(self, font: Any) -> None:
        self.words: dict[int, str] = {}
        cmap = font.ToUnicode.read_bytes().decode("latin-1")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
            for code, value in re.findall(r"<([0-9A-F]+)>\s*<([0-9A-F]+)>", block):
                self.words[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
        assert "beginbfrange" not in cmap
        self.widths: dict[int, float] = {}
        self.default = float(font.DescendantFonts[0].get("/DW", 1000))
        entries = list(font.DescendantFonts[0].get("/W", []))
        while entries:
            first, second = int(entries.pop(0)), entries.pop(0)
            if isinstance(second, pikepdf.Array):
                self.widths.update({first + place: float(width) for place, width in enumerate(second)})
            else:
                width = float(entries.pop(0))
                self.widths.update(dict.fromkeys(range(first, int(second) + 1), width))

    def read(self, codes: bytes) -> tuple[str, float]:
        numbers = [int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)]
        return "".join(self.words[each] for each in numbers), sum(
            self.widths.get(each, self.default) for each in numbers
        )


def _times(inner: tuple, outer: tuple) -> tuple:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


@dataclass
class _Mark:
    """A marked stretch: its number (none for an artifact), and the text that stands for its glyphs, to be read once."""

    number: int | None
    actual: str


class _Page:
    """Reads the content of one page, operator by operator."""

    def __init__(self, page: Any, number: int) -> None:
        self.number = number
        self.fonts = {str(name): _Font(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
        self.matrix, self.place, self.size = IDENTITY, IDENTITY, 1.0
        self.saved: list[tuple] = []
        self.marks: list[_Mark] = []
        self.font: _Font | None = None

    def runs(self, page: Any) -> Iterator[Run]:
        steps = {"q": self._save, "Q": self._restore, "cm": self._move, "Tm": self._put, "Tf": self._choose}
        steps |= {"BDC": self._open, "BMC": self._open, "EMC": self._close}
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in ("TJ", "Tj"):
                yield self._show(operands[0] if operator == "TJ" else operands)
            elif operator in steps:
                steps[operator](operands)

    def _save(self, _operands: list) -> None:
        self.saved.append(self.matrix)

    def _restore(self, _operands: list) -> None:
        self.matrix = self.saved.pop()

    def _move(self, operands: list) -> None:
        self.matrix = _times(tuple(map(float, operands)), self.matrix)

    def _put(self, operands: list) -> None:
        self.place = tuple(map(float, operands))

    def _choose(self, operands: list) -> None:
        self.font, self.size = self.fonts[str(operands[0])], float(operands[1])

    def _open(self, operands: list) -> None:
        known = operands[1] if len(operands) > 1 else {}
        self.marks.append(_Mark(int(known["/MCID"]) if "/MCID" in known else None, str(known.get("/ActualText", ""))))

    def _close(self, _operands: list) -> None:
        self.marks.pop()

    def _show(self, parts: Any) -> Run:
        assert self.font is not None
        text, width = "", 0.0
        for part in parts:
            if isinstance(part, pikepdf.String):
                words, wide = self.font.read(bytes(part))
                text, width = text + words, width + wide
            else:
                width -= float(part)
        for mark in self.marks:
            if mark.actual:
                text, mark.actual = mark.actual, ""
        left = _times(self.place, self.matrix)
        number = next((mark.number for mark in reversed(self.marks) if mark.number is not None), None)
        return Run(number, text, self.number, left[4], left[4] + width * self.size / 1000 * left[0], left[5])


def _runs(pdf: pikepdf.Pdf, number: int) -> Iterator[Run]:
    page = pdf.pages[number]
    return _Page(page, number).runs(page)

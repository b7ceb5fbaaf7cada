"""The document tree: what any document holds, apart from how it is printed and from what it is about."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal, TypeVar

# Marks a field that is for programs; all other texts are for people, and may be changed for their eyes.
CODE = {"code": True}


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a document. Immutable; the order of its fields is the order in which it is read."""

    @property
    def kind(self) -> str:
        """The name by which templates know this kind of node, such as "paragraph"."""
        return type(self).__name__.lower()


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Words as they are; nothing in them is markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong(Node):
    """Words of weight."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Emphasis(Node):
    """Words with stress."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Strike(Node):
    """Words that were struck out, still to be read."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Code(Node):
    """Characters to be taken one by one, such as an id."""

    text: str


@dataclass(frozen=True, slots=True)
class Link(Node):
    """Words that lead to an http, https or mailto address."""

    children: "Inlines"
    target: str = field(metadata=CODE)


@dataclass(frozen=True, slots=True)
class Break(Node):
    """The end of a line that was meant."""


Inline = Text | Strong | Emphasis | Strike | Code | Link | Break
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    """One paragraph."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Bullets(Node):
    """A list whose order says nothing."""

    items: tuple["Blocks", ...]


@dataclass(frozen=True, slots=True)
class Numbered(Node):
    """A list whose items have numbers, one each."""

    items: tuple["Blocks", ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quote(Node):
    """The words of somebody else."""

    blocks: "Blocks"


@dataclass(frozen=True, slots=True)
class Verbatim(Node):
    """Lines to be shown exactly as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Divider(Node):
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Column(Node):
    """One column of a table: its heading, its alignment, its width.

    The columns share the width of the page; one without a share is as wide as its words.
    """

    title: Inlines
    align: Literal["left", "center", "right"] = field(default="left", metadata=CODE)
    share: int = 1


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A table with a header row; every row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar(Node):
    """One place along a chart: its label, and a count for each series."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart(Node):
    """Counts drawn as bars, side by side where there are two series.

    ``alt`` says in words what the drawing shows, for whoever cannot see it; ``axis`` is what the labels are.
    """

    title: str
    alt: str
    axis: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def most(self) -> int:
        """The highest count, by which all are measured; 1 where there is none."""
        return max((value for bar in self.bars for value in bar.values), default=0) or 1


@dataclass(frozen=True, slots=True)
class Fact(Node):
    """A label and its value."""

    label: str
    value: Inlines


@dataclass(frozen=True, slots=True)
class Facts(Node):
    """Labels and values, one a line."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Callout(Node):
    """Something set apart from the running text, under a label, with what is known of it."""

    role: Literal["decision", "action", "internal", "withheld"] = field(metadata=CODE)
    label: str
    note: str
    blocks: "Blocks"
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature(Node):
    """Who answers for the document: in what capacity, and the names."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section(Node):
    """A heading, numbered or not, and all that stands under it. ``anchor`` is its id within the document."""

    number: str
    title: Inlines
    blocks: "Blocks"
    anchor: str = field(default="", metadata=CODE)


Block = (
    Paragraph | Bullets | Numbered | Quote | Verbatim | Divider | Table | Chart | Facts | Callout | Signature | Section
)
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document(Node):
    """A whole document: its title block, then its blocks.

    ``marks`` are printed plainly at the top and on every page, such as UTKAST. ``running`` is the short title in the
    head of each page. ``date`` is the day the document is about; nothing in it says when it was printed. ``logo``
    names a picture among the templates.
    """

    language: str = field(metadata=CODE)
    organisation: str
    marks: tuple[str, ...]
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    blocks: Blocks
    running: str
    date: date
    logo: str = field(default="", metadata=CODE)


AnyNode = TypeVar("AnyNode", bound=Node)


def words(text: str) -> Inlines:
    """The text as inlines, without markup; nothing for no text."""
    return (Text(text),) if text else ()


def facts(known: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    """The labels with their values as facts, but for those without a value."""
    return tuple(Fact(label, words(value)) for label, value in known if value)


def trimmed(table: Table) -> Table:
    """The table without the columns that have nothing in any row."""
    kept = [place for place in range(len(table.columns)) if any(row[place] for row in table.rows)]
    columns = tuple(table.columns[place] for place in kept)
    return Table(columns, tuple(tuple(row[place] for place in kept) for row in table.rows))


def mapped(node: AnyNode, change: Callable[[str], str]) -> AnyNode:
    """The same node with every text changed that is for people."""
    return replace(node, **{name: _mapped(value, change) for name, value in _parts(node)})


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(each, change) for each in value)
    return mapped(value, change) if isinstance(value, Node) else value


def texts(part: Any) -> Iterator[str]:
    """Every text for people in a node or tuple of nodes, in reading order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif isinstance(part, Node):
        for _name, value in _parts(part):
            yield from texts(value)


def _parts(node: Node) -> Iterator[tuple[str, Any]]:
    return ((each.name, getattr(node, each.name)) for each in fields(node) if "code" not in each.metadata)


def plain(part: Any) -> Any:
    """The node as mappings, lists, texts and numbers, each mapping with its ``kind``; ready for JSON."""
    if isinstance(part, Node):
        return {"kind": part.kind} | {each.name: plain(getattr(part, each.name)) for each in fields(part)}
    if isinstance(part, tuple):
        return [plain(each) for each in part]
    return part.isoformat() if isinstance(part, date) else part

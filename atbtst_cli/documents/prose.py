"""The Markdown inside one block of text, as nodes of the tree. No word of it is ever lost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from atbtst_cli.documents.characters import visible
from atbtst_cli.documents.tree import (
    Block,
    Blocks,
    Break,
    Bullets,
    Code,
    Column,
    Divider,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Node,
    Numbered,
    Paragraph,
    Quote,
    Section,
    Strike,
    Strong,
    Table,
    Text,
    Verbatim,
    texts,
    words,
)

# Each of these can swallow or change what a secretary typed: indented lines, underlined headings, [1]: definitions,
# HTML, and pictures, which would be fetched from elsewhere.
OFF = ("code", "lheading", "reference", "html_block", "html_inline", "entity", "image")
SMALL, BETWEEN = 60, 4
"""So many characters fit on a line of any page, with so much room between two columns."""
SCHEMES = ("http://", "https://", "mailto:")


@lru_cache(maxsize=512)
def blocks(text: str) -> Blocks:
    """The text as blocks. A heading in it opens a section, which nests under whatever the text stands in."""
    for tables in (True, False):
        tokens = _parser(tables=tables).parse(text)
        if _letters("".join(_sources(tokens))) == _letters(text):
            return _blocks(SyntaxTreeNode(tokens).children)
    return (_literal(text),) if text.strip() else ()


def flat(part: Any) -> Inlines:
    """All words of these blocks as one run of inlines, such as a cell of a table takes, a break between blocks."""
    lines = list(_lines(part))
    return tuple(inline for line in lines for inline in ((Break(), *line) if line is not lines[0] else line))


@cache
def _parser(*, tables: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(OFF).enable("strikethrough")
    parser.validateLink = lambda url: url.lower().startswith(SCHEMES)  # type: ignore[method-assign]
    return parser.enable("table") if tables else parser


def _sources(tokens: Sequence[Token]) -> Iterator[str]:
    """What the block grammar kept of the source; a row longer than its table's header, for one, is cut."""
    return (token.info + token.content for token in tokens)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _literal(text: str) -> Paragraph:
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return Paragraph(tuple(part for line in lines for part in (Break(), Text(line)))[1:])


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Blocks:
    first = next((place for place, node in enumerate(nodes) if node.type == "heading"), len(nodes))
    return (*(_BLOCKS[node.type](node) for node in nodes[:first]), *_sections(nodes[first:]))


def _sections(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    """The sections these headings open; a heading without words opens none."""
    while nodes:
        heading, rest = nodes[0], nodes[1:]
        higher = (place for place, node in enumerate(rest) if node.type == "heading" and node.tag <= heading.tag)
        end = next(higher, len(rest))
        title, below = _content(heading), _blocks(rest[:end])
        yield from (Section("", title, below),) if visible("".join(texts(title))).strip() else below
        nodes = rest[end:]


def _content(node: SyntaxTreeNode) -> Inlines:
    return _inlines(node.children[0].children) if node.children else ()


def _inlines(nodes: Sequence[SyntaxTreeNode]) -> Inlines:
    joined: list[Inline] = []
    for inline in (inline for node in nodes for inline in _INLINES[node.type](node)):
        before = joined[-1] if joined else None
        if isinstance(inline, Text) and isinstance(before, Text):
            joined[-1] = Text(before.text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)


def _numbered(node: SyntaxTreeNode) -> Numbered:
    typed = [int(item.info) for item in node.children]
    lazy = len(set(typed)) == 1
    numbers = range(typed[0], typed[0] + len(typed)) if lazy else typed
    return Numbered(tuple(_blocks(item.children) for item in node.children), tuple(numbers))


def _table(node: SyntaxTreeNode) -> Table:
    rows = [row.children for part in node.children for row in part.children]
    header, *body = rows
    columns = (Column(_content(cell), _align(cell), share) for cell, share in zip(header, _shares(rows), strict=True))
    return Table(tuple(columns), tuple(tuple(_content(cell) for cell in row) for row in body))


def _align(cell: SyntaxTreeNode) -> Any:
    return str(cell.attrs.get("style", "left")).removeprefix("text-align:")


def _shares(rows: Sequence[Sequence[SyntaxTreeNode]]) -> list[int]:
    """The columns' shares of the width: none in a small table, which would only be drawn apart.

    In any other they go by the longest cells, so that neither a number nor a story rules the table.
    """
    longest = [
        max(len(cell.children[0].content) if cell.children else 0 for cell in cells)
        for cells in zip(*rows, strict=True)
    ]
    small = sum(longest) + BETWEEN * len(longest) <= SMALL
    return [0 if small else max(2, min(each // 8, 8)) for each in longest]


def _link(node: SyntaxTreeNode) -> Inlines:
    title = node.attrs.get("title")
    return (Link(_inlines(node.children), str(node.attrs["href"])), *words(f" ({title})" if title else ""))


def _verbatim(node: SyntaxTreeNode) -> Verbatim:
    return Verbatim("\n".join(part for part in (node.info.strip(), node.content.rstrip("\n")) if part))


def _lines(part: Any) -> Iterator[Inlines]:
    if isinstance(part, Verbatim):
        yield (Code(part.text),)
    elif isinstance(part, tuple) and part and isinstance(part[0], Inline):
        yield part
    else:
        for each in part if isinstance(part, tuple) else _values(part):
            yield from _lines(each)


def _values(part: Any) -> tuple[Any, ...]:
    return tuple(getattr(part, field.name) for field in fields(part)) if isinstance(part, Node) else ()


_BLOCKS: dict[str, Callable[[SyntaxTreeNode], Block]] = {
    "paragraph": lambda node: Paragraph(_content(node)),
    "bullet_list": lambda node: Bullets(tuple(_blocks(item.children) for item in node.children)),
    "ordered_list": _numbered,
    "blockquote": lambda node: Quote(_blocks(node.children)),
    "fence": _verbatim,
    "hr": lambda _node: Divider(),
    "table": _table,
}

_INLINES: dict[str, Callable[[SyntaxTreeNode], Inlines]] = {
    "text": lambda node: words(node.content),
    "softbreak": lambda _node: (Text(" "),),
    "hardbreak": lambda _node: (Break(),),
    "code_inline": lambda node: (Code(node.content),),
    "strong": lambda node: (Strong(_inlines(node.children)),),
    "em": lambda node: (Emphasis(_inlines(node.children)),),
    "s": lambda node: (Strike(_inlines(node.children)),),
    "link": _link,
}

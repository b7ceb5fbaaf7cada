"""Markdown: CommonMark with tables, to be read as it is; words from a record are never taken for markup."""

import re
from collections.abc import Callable
from typing import Any

from atbtst_cli.documents.characters import visible
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import (
    Break,
    Code,
    Document,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strike,
    Strong,
    Text,
    mapped,
)

# Only what would be taken for markup where it stands is escaped: people read this text as it is, too.
_MARKUP = re.compile(r"[\\`*[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<!\s)~|~(?=~)")
_LINE_START = re.compile(r">|[-+](?:\s|$)|#{1,6}(?:\s|$)|[-=:|][-=:|\s]*$")


def write(document: Document, looks: Looks) -> bytes:
    """The document as Markdown."""
    tools = {"line": line, "cell": cell, "title": title, "plain": plain, "quoted": quoted, "fence": fence}
    text = looks.render("document.md.j2", document=mapped(document, visible), **tools)
    return (text.strip("\n") + "\n").encode()


def plain(text: str) -> str:
    """A text inside a line."""
    return _MARKUP.sub(r"\\\g<0>", text.replace("\n", " "))


def line(inlines: Inlines) -> str:
    """The lines of a paragraph."""
    return _rendered(inlines, starts=True)


def title(inlines: Inlines) -> str:
    """The words of a heading; it is one line, and a # at its end is a word."""
    return re.sub(r"(?:(?<=\s)|^)#+$", r"\\\g<0>", _rendered(inlines).replace("\\\n", " "))


def cell(inlines: Inlines) -> str:
    """A cell of a table."""
    return _rendered(inlines).replace("\\\n", " ").replace("|", r"\|")


def quoted(text: str) -> str:
    """Lines set apart by > before each."""
    return "\n".join(f"> {each}".rstrip() for each in text.split("\n"))


def fence(text: str) -> str:
    """A fence longer than any row of backticks in the text."""
    return "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)


def _rendered(inlines: Inlines, *, starts: bool = False) -> str:
    text = ""
    for place, inline in enumerate(inlines):
        part = _INLINES[type(inline)](inline)
        if isinstance(inline, Text) and (text.endswith("\n") or (starts and not text)):
            part = _at_start(part.lstrip())
        # Before a link, a ! would make it a picture.
        pictured = part.endswith("!") and place + 1 < len(inlines) and isinstance(inlines[place + 1], Link)
        text += part[:-1] + r"\!" if pictured else part
    return text


def _at_start(text: str) -> str:
    """The text as a line may begin: with nothing that opens a list, a heading, a quote, a definition or a table."""
    number = re.match(r"\d{1,9}(?=[.)](?:\s|$))", text)
    place = number.end() if number else 0
    return text[:place] + "\\" + text[place:] if number or _LINE_START.match(text) else text


def _wrapped(mark: str, inlines: Inlines) -> str:
    """The words between two marks, which hold only where they touch a word."""
    text = _rendered(inlines)
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    return f"{before}{mark}{words}{mark}{after}"


def _code(text: str) -> str:
    words = text.replace("\n", " ")
    ticks = next("`" * size for size in range(1, len(words) + 2) if not re.search(f"(?<!`)`{{{size}}}(?!`)", words))
    pad = " " if words.startswith("`") or words.endswith("`") or words.strip() != words else ""
    return f"{ticks}{pad}{words}{pad}{ticks}" if words else ""


def _link(link: Link) -> str:
    if link.children == (Text(link.target),):
        return f"<{link.target}>"
    target = f"<{link.target}>" if re.search(r"[()\s]", link.target) else link.target
    return f"[{_rendered(link.children)}]({target})"


_INLINES: dict[type[Inline], Callable[[Any], str]] = {
    Text: lambda text: plain(text.text),
    Strong: lambda strong: _wrapped("**", strong.children),
    Emphasis: lambda emphasis: _wrapped("*", emphasis.children),
    Strike: lambda strike: _wrapped("~~", strike.children),
    Code: lambda code: _code(code.text),
    Link: _link,
    Break: lambda _break: "\\\n",
}

"""A meeting written as a sheet."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from atbtst_cli.language import words
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Block, Meeting
from atbtst_cli.sheet.blocks import settled
from atbtst_cli.sheet.forms import Marker, Region
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.header import header_lines
from atbtst_cli.sheet.pen import Pen, block_lines
from atbtst_cli.sheet.people import People

ITEM_LEVEL = 2


class Written(NamedTuple):
    """One line of a sheet; of the lines of a block also its agenda item's id and its place among the settled ones."""

    text: str
    item: str = ""
    block: int | None = None


def write(meeting: Meeting, directory: Directory, language: str) -> str:
    """The sheet that ``read`` reads as that meeting."""
    return "\n".join(sheet_lines(meeting, directory, language)) + "\n"


def sheet_lines(
    meeting: Meeting, directory: Directory, language: str, notes: Mapping[str, Iterable[str]] | None = None
) -> Iterator[str]:
    """The lines of a sheet; ``notes`` are lines to stand under a title, by the id of the item, "" for the header."""
    return (line.text for line in written(meeting, directory, language, notes or {}))


def written(
    meeting: Meeting, directory: Directory, language: str, under: Mapping[str, Iterable[str]]
) -> Iterator[Written]:
    """The lines of a sheet with what each belongs to; ``under`` are lines to stand under a title."""
    pen = Pen(words(language).SHEET, directory, People(directory), Grammar(directory, meeting.date), meeting.date)
    yield from map(Written, header_lines(meeting, pen))
    yield from map(Written, under.get("", ()))
    yield from _spaced("", meeting.preamble, pen, "header")
    for item in meeting.agenda:
        yield from _item_lines(item, ITEM_LEVEL, pen, under)


def _item_lines(item: AgendaItem, level: int, pen: Pen, under: Mapping[str, Iterable[str]]) -> Iterator[Written]:
    mark = f" {pen.words.internal[0]}" if item.internal else ""
    if level == ITEM_LEVEL:
        yield Written("")
    yield Written(f"{'#' * level} {item.title} {{#{item.id}{mark}}}")
    yield from map(Written, under.get(item.id, ()))
    yield from _spaced(item.id, item.body, pen, "list" if item.kind == "next_time" else "body")
    for part in item.parts:
        yield from _item_lines(part, level + 1, pen, under)


def _spaced(item: str, blocks: Iterable[Block], pen: Pen, region: Region) -> Iterator[Written]:
    """The lines of the blocks, with a blank line where one kind of line gives way to another."""
    last = "text" if region == "header" else ""
    first = True
    for place, block in enumerate(settled(blocks)):
        kind, lines = block_lines(block, pen, region, first=first)
        if last and (kind != last or kind == "text"):
            yield Written("")
        yield from (Written(line, item, place) for line in lines)
        last = kind
        first = first and isinstance(pen.grammar.form(lines[0], region), Marker)

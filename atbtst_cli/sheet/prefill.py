"""The sheet that the secretary gets in the editor: the meeting so far, with reminders that are not read."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from textwrap import wrap
from types import MappingProxyType

from atbtst_cli.errors import Finding
from atbtst_cli.language import words
from atbtst_cli.language.tables import SheetWords
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.sheet.grammar import COMMENT
from atbtst_cli.sheet.source import lines
from atbtst_cli.sheet.text import normal
from atbtst_cli.sheet.write import sheet_lines

ANNOTATION = f"{COMMENT}!"
WIDTH = 78
"""The most columns of a line of annotation; editors cut what is longer than their window."""
LONGEST = " " * len("rad 00000: ")
"""The room for the number of a line, which must not change how many lines the annotation has."""
SUITABLE = ("actions", "reports", "previous_minutes", "other")
"""The kinds of agenda items under which open items stand that no network's own item takes, the best first."""


def prefill(
    meeting: Meeting,
    directory: Directory,
    language: str,
    open_items: Sequence[ActionItem],
    members: Sequence[tuple[str, str, str]],
    findings: Sequence[Finding] = (),
    matters: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """The sheet of the meeting with comment lines: open items to copy from, the markers, members with their ids.

    ``members`` are triples of id, name and the seats they hold in words; ``matters`` what to say of the matter of an
    agenda item, by the item's id. Read as it is, it gives the meeting.
    """
    table = words(language).SHEET
    notes = {item: [line for said in several for line in _note(said)] for item, several in matters.items()}
    for item in filter(partial(_is_older, meeting), open_items):
        notes.setdefault(_place(item, meeting), []).extend(_open_item(item, directory, table))
    text = "\n".join([*sheet_lines(meeting, directory, language, notes), "", *_reminder(table, members)]) + "\n"
    return annotate(text, findings, language)


def annotate(text: str, findings: Sequence[Finding], language: str) -> str:
    """The text with what was not understood in comment lines at its top, by the line as it is in the text returned.

    Such lines of an earlier round are replaced; ``findings`` have the lines of the text as given.
    """
    given = normal(text).split("\n")
    before = next((at for at, line in enumerate(given) if not line.startswith(ANNOTATION)), len(given))
    said = _annotation(findings, words(language).SHEET, 0)
    return "\n".join([*_annotation(findings, words(language).SHEET, len(said) - before), *given[before:]])


def without_comments(text: str) -> str:
    """The text as it is read: without the lines that are for the secretary alone."""
    return "\n".join(line.text for line in lines(normal(text)))


def _annotation(findings: Sequence[Finding], table: SheetWords, shift: int) -> list[str]:
    if not findings:
        return []
    said = [table.to_correct]
    hints = set()
    for finding in findings:
        where = f"{table.line.format(line=finding.line + shift)}: " if finding.line else ""
        first, *rest = _wrapped(f"{finding.message} ({finding.rule})", LONGEST)
        said += [f"{where}{first.lstrip()}", *rest]
        said += _wrapped(finding.hint, "  ") if finding.hint not in hints else []
        hints.add(finding.hint)
    return [f"{ANNOTATION} {line}" for line in said]


def _wrapped(text: str, before: str) -> list[str]:
    """The text in lines of annotation, the first with room for what stands before it."""
    one_line = " ".join(text.split())
    room = WIDTH - len(f"{ANNOTATION} ")
    return wrap(
        one_line, room, initial_indent=before, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _is_older(meeting: Meeting, item: ActionItem) -> bool:
    """Whether an item was there before the meeting: not agreed at it, nor later."""
    return item.added <= meeting.date and not (item.origin and item.origin.meeting == meeting.id)


def _place(item: ActionItem, meeting: Meeting) -> str:
    """The id of the agenda item under which an open item stands; "" for the header."""
    own = [known for known in meeting.items() if known.from_ == item.id]
    own += [known for known in meeting.items() if known.network == item.network]
    fitting = [known for kind in SUITABLE for known in meeting.agenda if known.kind == kind]
    candidates: list[AgendaItem] = [*own, *fitting, *meeting.agenda]
    return candidates[0].id if candidates else ""


def _open_item(item: ActionItem, directory: Directory, table: SheetWords) -> Iterable[str]:
    owners = ", ".join(directory.name(owner) for owner in item.owners)
    due = "" if item.due is None else table.next_meeting[0] if item.due == "next" else str(item.due)
    facts = " · ".join(fact for fact in (owners, due) if fact)
    yield f"{COMMENT} {table.open_item.format(title=item.title, facts=facts or '–')}"
    yield f"{COMMENT} {table.markers['done'][0]} {item.id}:"


def _note(said: str) -> Sequence[str]:
    """A sentence in comment lines that fit the window."""
    begin, further = f"{COMMENT} ", f"{COMMENT}   "
    return wrap(
        " ".join(said.split()),
        WIDTH,
        initial_indent=begin,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _reminder(table: SheetWords, members: Sequence[tuple[str, str, str]]) -> Iterable[str]:
    yield from (f"{COMMENT} {line}".rstrip() for line in table.reminder)
    if members:
        yield f"{COMMENT} {table.members}"
    for known, name, seats in members:
        yield f"{COMMENT}   @{known}  {name}{f' – {seats}' if seats else ''}"

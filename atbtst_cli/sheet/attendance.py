"""Who was there: one entry of a list of names, read and written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from atbtst_cli.errors import Finding
from atbtst_cli.language import _, current, words
from atbtst_cli.models.directory import fold
from atbtst_cli.models.meeting import Attendance, Status
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.people import QUOTED, People, is_name, quoted, split, unquoted
from atbtst_cli.sheet.vocabulary import EDGE, meanings, one_of, spellings

AWAY = meanings(lambda table: table.away)
ROLES = meanings(lambda table: table.roles)
_INSTEAD = rf"{one_of(spellings(lambda table: table.substitute))}\s+(?P<other>.+)"
_FOR = re.compile(_INSTEAD, re.IGNORECASE)
_STANDING = re.compile(rf"(?P<name>[^\"§]+?){EDGE}\s+(?P<note>{_INSTEAD})", re.IGNORECASE)
_PARTLY = one_of(word for word in spellings(lambda table: table.partly) if not word.startswith("§"))
_PART = re.compile(rf"(?:§|{_PARTLY}).*", re.IGNORECASE)
_NOTED = re.compile(rf"(?P<name>[^\"§]+?){EDGE}\s+(?P<note>(?:§|{_PARTLY})\s*.+)", re.IGNORECASE)
_NAME = re.compile(rf"(?P<name>{QUOTED}|[^(]*[^(\s])\s*")
_NOTE = re.compile(rf"\(((?>{QUOTED}|[^()\"]|\([^()\"]*\)|\")*+)\)")
_QUOTED = re.compile(QUOTED)


@dataclass(frozen=True, slots=True)
class Present:
    """One entry of a list of names: the attendance, a role that stood beside the name, what there is to say."""

    attendance: Attendance
    role: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Notes:
    status: Status
    substitute: str | Named | None = None
    note: str = ""
    role: str | None = None
    findings: tuple[Finding, ...] = ()


def read_entry(text: str, status: Status, people: People, beside: Sequence[str] = ()) -> Present:
    """Who it is, from one name with what stands in parentheses after it, and beside it after a comma."""
    name, notes = _parts(text)
    who = people.member(name)
    noted = (_NOTED.fullmatch(name) or _standing(name, people)) if who.finding else None
    if noted:
        name, notes = noted["name"], [noted["note"], *notes]
        who = people.member(name)
    taken = _Notes(status)
    for note in [*notes, *beside]:
        taken = _take(taken, note, name, people)
    person = who.person if who.person is not None else Named(name=name)
    findings = (*((who.finding,) if who.finding else ()), *taken.findings)
    return Present(_attendance(person, taken), taken.role, findings)


def names_in(text: str, people: People, *, alone: bool) -> list[tuple[str, list[str]]]:
    """The names in one line of a list, each with what stands beside it.

    What is no name belongs to the name before it; with ``alone`` there is one name a line, and all else is beside it.
    """
    names: list[tuple[str, list[str]]] = []
    for piece in split(text):
        if names and alone and people.member(piece.text).finding:
            return [(names[0][0], [text[piece.at :]])]
        if names and not is_name(_parts(piece.text)[0]) and people.member(_parts(piece.text)[0]).finding:
            names[-1][1].append(piece.text)
        else:
            names.append((piece.text, []))
    return names


def spell_entry(attendance: Attendance, words_for: str, people: People) -> str:
    """The words that ``read_entry`` reads as that attendance, its seats aside."""
    name = people.spell(attendance.person)
    substitute = attendance.substitute_for
    instead = f" ({words_for} {people.spell(substitute)})" if substitute is not None else ""
    if attendance.note is None:
        return name + instead
    bare = attendance.model_copy(update={"seats": ()})
    plain = f"{name}{instead} ({attendance.note})"
    safe = not re.search(r'[()"\\@]', attendance.note)
    read = read_entry(plain, attendance.status, people)
    if safe and read.attendance == bare and read.role is None:
        return plain
    return f"{name}{instead} ({quoted(attendance.note)})"


def _parts(text: str) -> tuple[str, list[str]]:
    """The name, and what stands in each pair of parentheses after it."""
    match = _NAME.match(text)
    rest = text[match.end() :] if match else text
    notes = [note.strip() for note in _NOTE.findall(rest)]
    if not match or (rest.strip() and not notes):
        return text, []
    return match["name"], [note for note in [*notes, _NOTE.sub("", rest).strip()] if note]


def _standing(text: str, people: People) -> re.Match[str] | None:
    """A name and, without parentheses, whom they stand in for, if that is a member: many a name has such a word."""
    match = _STANDING.fullmatch(text)
    return match if match and people.member(match["other"]).finding is None else None


def _take(taken: _Notes, note: str, name: str, people: People) -> _Notes:
    """What a note beside a name says: whom somebody stands in for, a role, an absence, a part of the meeting."""
    if _QUOTED.fullmatch(note):
        return _noted(taken, unquoted(note))
    instead = _FOR.fullmatch(note) if taken.substitute is None else None
    if instead and (standing := _standing_in(taken, note, instead["other"], people)):
        return standing
    if fold(note) in ROLES:
        return replace(taken, role=ROLES[fold(note)])
    if fold(note) in AWAY and taken.status == "present":
        return replace(taken, status=cast("Status", AWAY[fold(note)]))
    if taken.status in ("excused", "absent") and not _PART.fullmatch(note):
        return replace(taken, findings=(*taken.findings, _not_stored(name)))
    return _noted(taken, note)


def _noted(taken: _Notes, note: str) -> _Notes:
    return replace(taken, note=f"{taken.note}, {note}" if taken.note else note)


def _standing_in(taken: _Notes, note: str, name: str, people: People) -> _Notes | None:
    """With the one they stand in for; None where the note names nobody but says something else."""
    who = people.member(name)
    if who.finding is None or is_name(name):
        person = who.person if who.person is not None else Named(name=name)
        return replace(taken, substitute=person, findings=(*taken.findings, *filter(None, (who.finding,))))
    if any(people.member(piece.text).finding is None for piece in split(name)):
        return replace(_noted(taken, note), findings=(*taken.findings, _unclear(note)))
    return None


def _attendance(person: str | Named, taken: _Notes) -> Attendance:
    return Attendance(
        member=None if isinstance(person, Named) else person,
        name=person.name if isinstance(person, Named) else None,
        status=taken.status,
        substitute_for=taken.substitute,
        note=taken.note or None,
    )


def _not_stored(name: str) -> Finding:
    return Finding(
        "reason-not-stored",
        "notice",
        _("what stands beside {name} is not stored: a record holds no reason for an absence").format(name=name),
        hint=_("Write it in quotes if it is no reason, such as an organisation."),
    )


def _unclear(note: str) -> Finding:
    return Finding(
        "substitute-unclear",
        "warning",
        _("“{note}” does not tell one person whose place was taken, so it is kept as a remark").format(note=note),
        hint=_("Write one name in parentheses, such as {example}, and what else there is to say in others.").format(
            example=f"({words(current()).SHEET.substitute[0]} Disa Exempel)"
        ),
    )

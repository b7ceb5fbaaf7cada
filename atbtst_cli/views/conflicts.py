"""Conflicts in the council's words: which record, which field, what it was, what both made of it, who and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import differences
from atbtst_cli.models.directory import Directory
from atbtst_cli.rules.merging import Conflict
from atbtst_cli.store.choices import NUMBERS
from atbtst_cli.store.crossing import Crossing
from atbtst_cli.store.history import Step
from atbtst_cli.store.layout import key_of
from atbtst_cli.store.transaction import Store
from atbtst_cli.views import authors
from atbtst_cli.views.changes import Changed
from atbtst_cli.views.differences import LONGEST, steps, worded
from atbtst_cli.views.wording import called, labels_of, lines

MOST = 3
"""The differences that are told of a record of which only one version can hold as a whole."""
AROUND = 30
"""The signs of a long text that are told before and after what differs."""


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict as it is told: what to call the record and the field, and what stands there on each side.

    ``id`` and ``field`` name it on the command line; ``by`` and ``own`` tell who changed the field last, theirs and
    mine, as far as that is known.
    """

    id: str
    record: str
    field: str
    label: str
    before: str
    theirs: str
    mine: str
    by: Step | None
    own: Step | None

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        facts = {"id": self.id, "record": self.record, "field": self.field, "before": self.before}
        return {**facts, "theirs": self.theirs, "mine": self.mine, "theirs_by": self.by, "mine_by": self.own}


def told(store: Store, crossing: Crossing, conflicts: Sequence[Conflict], today: date) -> list[Told]:
    """Conflicts as they are told, in the order of the files."""
    names = Directory(crossing.council, today)
    return [_told(store, crossing, conflict, names) for conflict in conflicts]


def _told(store: Store, crossing: Crossing, conflict: Conflict, names: Directory) -> Told:
    clash = conflict.clash
    before, theirs, mine = (_said(conflict, value, names) for value in _excerpts(clash.base, clash.theirs, clash.mine))
    by, own = (
        next((one.step for one in authors.of_field(store, conflict.path, clash.way, crossing.base, side)), None)
        for side in (crossing.others, crossing.own)
    )
    return Told(
        id_of(conflict),
        record(crossing.council, conflict, names),
        conflict.field,
        field(conflict, names),
        before=before,
        theirs=theirs,
        mine=mine,
        by=by,
        own=own,
    )


def id_of(conflict: Conflict) -> str:
    """What names the record of a conflict on the command line."""
    return id_at(conflict.path)


def id_at(path: str) -> str:
    """What names the file at a path on the command line: the id of its record, or the path of what has none."""
    key = key_of(path)
    return path if key is None or key[0] == "settings" else key[1]


def record(council: Council, conflict: Conflict, names: Directory) -> str:
    """What people call the record of a conflict."""
    key = key_of(conflict.path)
    return called(Changed(*key, conflict.path, None, conflict.record, ()), council, names) if key else conflict.path


def field(conflict: Conflict, names: Directory) -> str:
    """What people call the field of a conflict."""
    if conflict.field == NUMBERS:
        return _("its numbers, which are drawn again")
    if conflict.clash.way:
        labels = labels_of(conflict.record, names)
        known = [step for step in conflict.clash.way if step not in labels]
        labels |= {step: step[1:] for step in known if step.startswith(":")}
        return " › ".join(steps(conflict.clash.way, names, labels))
    return _("the whole record") if conflict.record else _("the whole file")


def named(council: Council, conflict: Conflict, today: date) -> str:
    """The record and the field of a conflict, in words."""
    names = Directory(council, today)
    return f"{record(council, conflict, names)} – {field(conflict, names)}"


def _said(conflict: Conflict, value: Any, names: Directory) -> str:
    if isinstance(value, bytes):
        return _("{count} bytes").format(count=len(value))
    if conflict.clash.way:
        return worded(conflict.clash.way[-1], value, names)
    if value is None:
        return _("not there")
    key, before = key_of(conflict.path), conflict.clash.base
    if key is None or before is None or value is before:
        return _("there")
    changed = Changed(*key, conflict.path, before, value, tuple(differences(before, value)))
    told = lines(changed, names)
    return "; ".join(told[:MOST]) + (" …" if told[MOST:] else "")


def _excerpts(*values: Any) -> Iterator[Any]:
    """The values; of long texts the parts in which they differ, so that it is told how they do."""
    texts = [value for value in values if isinstance(value, str)]
    if max(map(len, texts), default=0) <= LONGEST:
        yield from values
        return
    start = _alike(texts)
    end = _alike([text[start:][::-1] for text in texts])
    for value in values:
        yield _cut(value, start, end) if isinstance(value, str) else value


def _alike(texts: Sequence[str]) -> int:
    """How many signs all texts begin with alike."""
    signs = zip(*texts, strict=False)
    return next((place for place, some in enumerate(signs) if len({*some}) > 1), min(map(len, texts)))


def _cut(text: str, start: int, end: int) -> str:
    """A text without what begins and ends it alike, but for a few words."""
    head = text[max(0, start - AROUND) : start]
    head = "… " + head.partition(" ")[2] if start > AROUND else text[:start]
    tail = text[len(text) - end :]
    tail = tail[:AROUND].rpartition(" ")[0] + " …" if end > AROUND else tail
    return head + text[start : len(text) - end] + tail


def facts(one: Told) -> Iterator[tuple[str, str]]:
    """What stands on each side of a conflict, with who wrote it; each with its label."""
    yield _("before"), one.before
    yield _("theirs"), one.theirs + _by(one.by)
    yield _("yours"), one.mine + _by(one.own)


def _by(step: Step | None) -> str:
    return "   " + _("({author}, {date})").format(author=step["author"], date=step["date"]) if step else ""


def head(one: Told) -> str:
    """The record and the field of a conflict."""
    return f"{one.record} – {one.label}"

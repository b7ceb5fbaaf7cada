"""Rules on the ids of records and of what stands in them."""

from collections.abc import Iterator
from itertools import chain

from atbtst_cli.language import _
from atbtst_cli.rules.checks.layout import anchors
from atbtst_cli.rules.checks.rule import EVERYTHING, KINDS, Index, Problem, Rule


def id_differs(index: Index) -> Iterator[Problem]:
    """A record's id is the name of its file, or of its folder for a meeting."""
    for key, record in chain.from_iterable(index.each(model) for model in KINDS):
        if record.id != key[1]:
            message = _("the id is {id}, but the file is called {name}").format(id=record.id, name=key[1])
            yield Problem(key, message, ("id",), _("An id never changes: give both the name that others refer to."))


def id_twice(index: Index) -> Iterator[Problem]:
    """No two parts of a record have the same id: seats, agenda items, decisions, next-time entries, referrals."""
    for key, record in index.every():
        seen: set[str] = set()
        for name, field in anchors(record):
            if name in seen:
                message = _("the id {id} stands in this record a second time").format(id=name)
                yield Problem(key, message, field, _("Give the later one an id of its own."))
            seen.add(name)


RULES = (
    Rule("id-differs", "error", frozenset(KINDS.values()), id_differs),
    Rule("id-twice", "error", EVERYTHING, id_twice),
)

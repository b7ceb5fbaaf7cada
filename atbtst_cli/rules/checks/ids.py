"""Rules on the ids of records and of what stands in them."""

from collections.abc import Iterator

from atbtst_cli.language import _
from atbtst_cli.rules.checks.layout import anchors
from atbtst_cli.rules.checks.rule import EVERYTHING, Index, Problem, Rule


def id_twice(index: Index) -> Iterator[Problem]:
    """No two parts of a record have the same id: seats, agenda items, decisions, next-time entries, referrals."""
    for key, record in index.every():
        seen: set[str] = set()
        for name, field in anchors(record):
            if name in seen:
                message = _("the id {id} stands in this record a second time").format(id=name)
                yield Problem(key, message, field, _("Give the later one an id of its own."))
            seen.add(name)


RULES = (Rule("id-twice", "error", EVERYTHING, id_twice),)

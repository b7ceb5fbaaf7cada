"""The rule that whatever a record names is there, and what a change leaves dangling."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.rules.checks.layout import anchors
from atbtst_cli.rules.checks.mentions import Target
from atbtst_cli.rules.checks.rule import EVERYTHING, SETTINGS, Answers, Index, Key, Problem, Rule


def _part_is_there(index: Index, name: str) -> bool:
    record_id, _, part = name.partition("/")
    if not part:
        return any(record_id in records for records in (index.council.items, index.council.matters))
    return index.holds("meetings", record_id, part) or index.holds("matters", record_id, part)


def _seat_is_there(index: Index, name: str) -> bool:
    network, _, seat = name.partition("/")
    return index.holds("networks", network, seat)


def _body_is_there(index: Index, name: str) -> bool:
    instances = {instance.id for instance in index.council.settings.instances}
    return name in index.council.networks or name in instances


IS_THERE: Mapping[Target, Callable[[Index, str], bool]] = {
    "member": lambda index, name: name in index.council.members,
    "network": lambda index, name: name in index.council.networks,
    "seat": _seat_is_there,
    "body": _body_is_there,
    "meeting": lambda index, name: name in index.council.meetings,
    "item": lambda index, name: name in index.council.items,
    "matter": lambda index, name: name in index.council.matters,
    "part": _part_is_there,
}


def _words(target: Target, name: str) -> tuple[str, str]:
    """What to say of something that is not there, and what to do."""
    message, hint = {
        "member": (_("there is no member {name}"), _("Correct the id, or add the person: atbtst member add")),
        "network": (_("there is no body {name}"), _("Correct the id; atbtst network list shows them all.")),
        "seat": (_("there is no seat {name}"), _("Correct it; atbtst network show BODY shows a body's seats.")),
        "body": (_("there is no body or instance {name}"), _("Correct the id, or add it to the settings' instances.")),
        "meeting": (_("there is no meeting {name}"), _("Correct the id; atbtst meeting list shows them all.")),
        "item": (_("there is no item {name}"), _("Correct the id; atbtst item list --closed shows the closed ones.")),
        "matter": (_("there is no matter {name}"), _("Correct the id, or add the matter.")),
        "part": (_("{name} names nothing on record"), _("Put it back where it was, or correct what names it.")),
    }[target]
    return message.format(name=name), hint


def unknown_id(index: Index) -> Iterator[Problem]:
    """Whatever a record names by id is on record."""
    is_there = Answers[tuple[Target, str], bool](lambda named: IS_THERE[named[0]](index, named[1]))
    for key, (target, name, field) in index.mentions:
        if target != "name" and not is_there[target, name]:
            message, hint = _words(target, name)
            yield Problem(key, message, field, hint)


def lost_names(before: Council, after: Council, touched: Iterable[Key]) -> set[str]:
    """What could be named in those records before a change, as others write it, and cannot be named after it."""
    return {name for key in touched for name in set(_names_of(before, key)) - set(_names_of(after, key))}


def _names_of(council: Council, key: Key) -> Iterator[str]:
    kind, record_id = key
    if key == SETTINGS:
        yield from (name for name, _way in anchors(council.settings))
    elif record := getattr(council, kind).get(record_id):
        yield record_id
        yield from (f"{record_id}/{name}" for name, _way in anchors(record))


def records_naming(index: Index, names: set[str]) -> set[Key]:
    """The records that name any of those."""
    return {key for key, (_target, name, _way) in index.mentions if name in names}


RULES = (Rule("unknown-id", "error", EVERYTHING, unknown_id),)

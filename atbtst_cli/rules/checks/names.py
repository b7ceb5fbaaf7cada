"""Rules on names: a name that is typed means one body, or one member."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from atbtst_cli.language import _
from atbtst_cli.models.base import DatedName
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import fold
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import SETTINGS, Index, Key, Problem, Rule


class Use(NamedTuple):
    """One name that means somebody or something: whose record, whose id, the name, the way to it."""

    record: Key
    id: str
    name: str
    field: Field


def body_name_twice(index: Index) -> Iterator[Problem]:
    """No name, short name, alias or id of a body or an instance means another one too."""
    if index.judges_any("networks", "settings"):
        yield from _twice(index, (*_of_networks(index.council), *_of_instances(index.council)))


def member_name_twice(index: Index) -> Iterator[Problem]:
    """No name, alias or id of a member means another one too."""
    if index.judges_any("members"):
        yield from _twice(index, _of_members(index.council))


def _of_networks(council: Council) -> Iterator[Use]:
    for key, network in council.networks.items():
        yield from _uses(("networks", key), network.id, network.names, network.aliases)


def _of_members(council: Council) -> Iterator[Use]:
    for key, member in council.members.items():
        yield from _uses(("members", key), member.id, member.names, member.aliases)


def _of_instances(council: Council) -> Iterator[Use]:
    for place, instance in enumerate(council.settings.instances):
        way = ("instances", place)
        yield Use(SETTINGS, instance.id, instance.id, (*way, "id"))
        yield Use(SETTINGS, instance.id, instance.name, (*way, "name"))
        for number, alias in enumerate(instance.aliases):
            yield Use(SETTINGS, instance.id, alias, (*way, "aliases", number))


def _uses(record: Key, owner: str, names: tuple[DatedName, ...], aliases: tuple[str, ...]) -> Iterator[Use]:
    yield Use(record, owner, owner, ("id",))
    for place, name in enumerate(names):
        yield Use(record, owner, name.name, ("names", place, "name"))
        if name.short:
            yield Use(record, owner, name.short, ("names", place, "short"))
    for place, alias in enumerate(aliases):
        yield Use(record, owner, alias, ("aliases", place))


def _twice(index: Index, uses: Iterable[Use]) -> Iterator[Problem]:
    meanings: dict[str, dict[tuple[Key, str], Use]] = {}
    for use in uses:
        meanings.setdefault(fold(use.name), {}).setdefault((use.record, use.id), use)
    for users in meanings.values():
        for use in users.values():
            others = ", ".join(other.id for other in users.values() if other is not use)
            if others and index.judges(use.record):
                message = _("{name} also means {others}").format(name=use.name, others=others)
                yield Problem(use.record, message, use.field, _("Keep the name with one of them."))


RULES = (
    Rule("body-name-twice", "warning", frozenset(("networks", "settings")), body_name_twice),
    Rule("member-name-twice", "notice", frozenset(("members",)), member_name_twice),
)

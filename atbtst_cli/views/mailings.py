"""What was sent of a meeting or of an action item, as people look at it."""

from collections.abc import Iterable, Iterator

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Delivery, Mailing
from atbtst_cli.models.meeting import Meeting


def sent(council: Council, meeting: Meeting) -> Iterator[tuple[str, str]]:
    """When its call and its minutes were sent, to how many, and to whom they did not come for sure."""
    labels = {"agenda": _("Call sent"), "minutes": _("Minutes sent")}
    for mailing in _in_order(council):
        if mailing.meeting == meeting.id and mailing.kind in labels:
            yield labels[mailing.kind], _said(council, mailing)


def reminded(council: Council, item: ActionItem) -> Iterator[tuple[str, str]]:
    """When somebody was sent a reminder of an item, and who."""
    for mailing in _in_order(council):
        of_it = [one for one in mailing.deliveries if item.id in one.items]
        if told := names(council, mailing, of_it, "sent"):
            yield _("Reminded"), f"{mailing.date}  {told}"


def names(council: Council, mailing: Mailing, deliveries: Iterable[Delivery], status: str) -> str:
    """The names of those whose letter met that fate, members by their own and lists by their body's; no address."""
    directory = Directory(council, mailing.date)
    known = (one for one in deliveries if one.status == status)
    told = (directory.name(one.member) if one.member else directory.body(one.list_ or "") for one in known)
    return ", ".join(dict.fromkeys(told))


def _in_order(council: Council) -> list[Mailing]:
    return sorted(council.mailings.values(), key=lambda one: (one.date, one.last))


def _said(council: Council, mailing: Mailing) -> str:
    count = sum(one.status == "sent" for one in mailing.deliveries)
    told = ngettext("{date} to {count} recipient", "{date} to {count} recipients", count)
    others = {"refused": _("refused: {names}"), "uncertain": _("uncertain: {names}")}
    named = {status: names(council, mailing, mailing.deliveries, status) for status in others}
    parts = (others[status].format(names=who) for status, who in named.items() if who)
    return "; ".join((told.format(date=mailing.date, count=count), *parts))

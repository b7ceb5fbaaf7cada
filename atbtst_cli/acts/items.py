"""What can be done to an action item between meetings; each is one change."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.acts.ids import Draw
from atbtst_cli.errors import NotFound, Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem, Closed, LogEntry, Origin
from atbtst_cli.models.meeting import Due
from atbtst_cli.models.problems import changed, made
from atbtst_cli.sheet import moment
from atbtst_cli.store.layout import path_in
from atbtst_cli.views import items as view

ItemAct = Callable[[Council], Change[ActionItem]]


def add(
    title: str,
    *,
    network: str | None,
    owners: Sequence[str],
    due: str | None,
    meeting: str | None,
    internal: bool,
    today: date,
    seed: int,
) -> ItemAct:
    """Add an item; the body may be left out where a meeting, or a seat among the owners, tells it."""

    def act(council: Council) -> Change[ActionItem]:
        origin = naming.meeting(council, meeting, today) if meeting else None
        found = tuple(naming.owner(council, owner, today) for owner in owners)
        body = network or (origin.network if origin else None) or _body_of(found)
        if body is None:
            raise UsageError(_("Which body follows the item up?"), _("Name it with --network, such as --network RÅD."))
        item = made(
            ActionItem,
            id=Draw(seed, council.items)("i"),
            title=_line(title),
            network=naming.network(council, body, today).id,
            added=today,
            origin=Origin(meeting=origin.id) if origin else None,
            internal=internal,
            owners=found,
            due=_due(council, due, today),
        )
        return _changed(council, item, "add", today)

    return act


def edit(
    item: str,
    *,
    title: str | None,
    network: str | None,
    owners: Sequence[str],
    due: str | None,
    today: date,
) -> ItemAct:
    """Change what is given of an open or closed item; an empty ``due`` takes the day away."""

    def act(council: Council) -> Change[ActionItem]:
        new: dict[str, Any] = {}
        if title is not None:
            new["title"] = _line(title)
        if network is not None:
            new["network"] = naming.network(council, network, today).id
        if owners:
            new["owners"] = tuple(naming.owner(council, owner, today) for owner in owners)
        if due is not None:
            new["due"] = _due(council, due, today) if due else None
        if not new:
            raise UsageError(
                _("Nothing to change was given."), _("See: {command}").format(command="atbtst item edit --help")
            )
        return _changed(council, changed(naming.item(council, item), **new), "edit", today)

    return act


def note(item: str, text: str, *, by: str | None, today: date) -> ItemAct:
    """Add news to an item."""

    def act(council: Council) -> Change[ActionItem]:
        known = naming.item(council, item)
        entry = made(LogEntry, date=today, by=by, note=naming.said(text))
        return _changed(council, changed(known, log=(*known.log, entry)), "note", today, text)

    return act


def close(item: str, *, dropped: bool, reason: str | None, by: str | None, today: date) -> ItemAct:
    """Close an item as done, or drop it with a reason."""

    def act(council: Council) -> Change[ActionItem]:
        known = naming.item(council, item)
        if known.closed:
            raise Refused(
                _("{id} has been closed since {date}.").format(id=known.id, date=known.closed.date),
                _("Open it again with: {command}").format(command=f"atbtst item reopen {known.id}"),
            )
        said = naming.said(reason or "") if reason or dropped else None
        closed = made(Closed, date=today, as_="dropped" if dropped else "done", by=by, reason=said)
        return _changed(council, changed(known, closed=closed), "drop" if dropped else "done", today, reason)

    return act


def reopen(item: str, *, reason: str | None, by: str | None, today: date) -> ItemAct:
    """Open a closed item again; that it was closed stays in its log."""

    def act(council: Council) -> Change[ActionItem]:
        known = naming.item(council, item)
        if not known.closed:
            raise Refused(_("{id} is open already.").format(id=known.id))
        said = _("Closed {date}, opened again.").format(date=known.closed.date)
        entry = made(LogEntry, date=today, by=by, note=f"{said} {reason or ''}".strip())
        new = changed(known, closed=None, log=(*known.log, entry))
        return _changed(council, new, "reopen", today, reason)

    return act


def handed_over(council: Council, from_owner: str, to_owner: str) -> dict[str, ActionItem]:
    """The open items of a member or a seat as they are with another owner in their place, by path.

    What was minuted keeps its owners, and so do closed items. One who owns the item already stands there once.
    """
    ours = [item for item in council.items.values() if not item.closed and from_owner in item.owners]
    return {council.paths["items", item.id]: _given(item, from_owner, to_owner) for item in ours}


def _given(item: ActionItem, from_owner: str, to_owner: str) -> ActionItem:
    owners = dict.fromkeys(to_owner if owner == from_owner else owner for owner in item.owners)
    return item.model_copy(update={"owners": tuple(owners)})


def _changed(council: Council, item: ActionItem, verb: str, today: date, said: str | None = None) -> Change[ActionItem]:
    path = path_in(council, "items", item.id, item.added.year)
    names = Directory(council, today)
    lines = [
        _("Owner: {names}").format(names=", ".join(map(names.name, item.owners)) or "–"),
        _("Due: {due}").format(due=view.due_in_words(item.due)),
        _("Body: {body}").format(body=names.body(item.network)),
    ]
    body = "\n".join([*([said.strip(), ""] if said else []), *lines])
    return Change(item, f"item({verb}): {item.title}", body, (("Item", item.id),), {path: item})


def _body_of(owners: Sequence[str]) -> str | None:
    return next((owner.partition("/")[0] for owner in owners if "/" in owner), None)


def _due(council: Council, text: str | None, today: date) -> Due | None:
    """The day, meeting or "next" that a text means; a body alone means its next meeting."""
    if text is None or text == "next":
        return text
    due = moment.due(text, today, spoken=True) or _meeting(council, text, today)
    if due is None:
        raise UsageError(
            _("{text} is no day, and no meeting on record.").format(text=text),
            _("Write it as 2026-02-17, 17 februari, v. 8, next, or a meeting's id."),
        )
    return due


def _meeting(council: Council, text: str, today: date) -> str | None:
    """The meeting that is named after its body, alone or with its day or number; digits alone name none."""
    if text[:1].isdecimal():
        return None
    try:
        return naming.meeting(council, text, today, held=False).id
    except NotFound:
        return None


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise UsageError(_("The text is empty."), _("Say in a few words what is to be done."))
    return line

"""What minutes mean for the action items: new ones, news of known ones, and ones that are closed."""

from collections.abc import Iterator

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem, Closed, LogEntry, Origin
from atbtst_cli.models.meeting import ActionBlock, AgendaItem, Meeting, ProgressBlock


def follow_up(council: Council, before: Meeting | None, meeting: Meeting) -> Iterator[tuple[str, ActionItem | None]]:
    """Every item that the minutes make, change or take back (None), by id.

    Minutes that are corrected correct what they said themselves and nothing that happened since: an item still as it
    was minuted follows the correction, one that has lived on stays as it is.
    """
    earlier = dict(_actions(before))
    now = dict(_actions(meeting))
    for item_id, (place, block) in now.items():
        known = council.items.get(item_id)
        if known is None:
            yield item_id, _item(meeting, place, block)
        elif item_id in earlier and _as_minuted(known, before, *earlier[item_id]):
            yield item_id, _item(meeting, place, block).model_copy(update={"log": known.log, "closed": known.closed})
    for item_id in earlier.keys() - now.keys():
        known = council.items.get(item_id)
        if known and _as_minuted(known, before, *earlier[item_id]) and not known.log and not known.closed:
            yield item_id, None
    yield from _progress(council, before, meeting)


def _actions(meeting: Meeting | None) -> Iterator[tuple[str, tuple[AgendaItem | None, ActionBlock]]]:
    for place, block in meeting.blocks() if meeting else ():
        if isinstance(block, ActionBlock):
            yield block.action, (place, block)


def _item(meeting: Meeting, place: AgendaItem | None, block: ActionBlock) -> ActionItem:
    return ActionItem(
        id=block.action,
        title=" ".join(block.text.split()) or "–",
        network=_network(meeting, place),
        added=meeting.date,
        origin=Origin(meeting=meeting.id, agenda_item=place.id if place else None),
        matter=place.matter if place else None,
        internal=place is not None and place.id in meeting.internal_ids(),
        owners=block.owners,
        due=block.due,
    )


def _network(meeting: Meeting, place: AgendaItem | None) -> str:
    """The body that follows an item up: the network under whose report it was agreed, else the meeting's own."""
    return place.network if place and place.network else meeting.network


def _as_minuted(item: ActionItem, meeting: Meeting | None, place: AgendaItem | None, block: ActionBlock) -> bool:
    """Whether an item still says what those minutes said of it."""
    if meeting is None or item.origin is None or item.origin.meeting != meeting.id:
        return False
    minuted = _item(meeting, place, block)
    return all(getattr(item, name) == getattr(minuted, name) for name in ("title", "network", "owners", "due"))


def _progress(council: Council, before: Meeting | None, meeting: Meeting) -> Iterator[tuple[str, ActionItem | None]]:
    """The items of which these minutes bring news; what an earlier version of them said is replaced."""
    said: dict[str, list[ProgressBlock]] = {}
    for source, take in ((before, False), (meeting, True)):
        for _place, block in source.blocks() if source else ():
            if isinstance(block, ProgressBlock):
                said.setdefault(block.progress, []).extend([block] if take else [])
    for item_id, blocks in said.items():
        known = council.items.get(item_id)
        if known is not None and (told := _told(known, meeting, blocks)) != known:
            yield item_id, told


def _told(item: ActionItem, meeting: Meeting, blocks: list[ProgressBlock]) -> ActionItem:
    log = [entry for entry in item.log if entry.meeting != meeting.id]
    log += [
        LogEntry(date=meeting.date, note=block.text, meeting=meeting.id)
        for block in blocks
        if block.text and not block.closes
    ]
    closed = item.closed if item.closed and item.closed.meeting != meeting.id else None
    for block in blocks:
        if block.closes and closed is None:
            closed = Closed(date=meeting.date, as_=block.closes, meeting=meeting.id, reason=block.text or None)
    return item.model_copy(update={"log": tuple(log), "closed": closed})

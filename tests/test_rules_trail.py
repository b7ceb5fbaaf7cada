"""Which meetings action items have come to: the past tells what the carry query told on each of those days."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem, Closed, Origin
from atbtst_cli.models.meeting import Act, Cancelled, Meeting
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.carry import ahead, concerned, held
from atbtst_cli.rules.trail import Trail

BODIES = ("rad", "ron-at")
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 120).map(lambda days: FIRST + timedelta(days))


@st.composite
def meetings(draw: st.DrawFn) -> dict[str, Meeting]:
    """Meetings of two bodies on different days, joint ones among them; held, planned or cancelled."""
    found = {}
    for day in draw(st.lists(DAYS, unique=True, max_size=8)):
        body, other = draw(st.permutations(BODIES))
        fate = draw(st.sampled_from(["held", "held", "held", "planned", "cancelled"]))
        meeting = Meeting(
            id=f"{day}-{body}",
            network=body,
            with_=(other,) if draw(st.booleans()) else (),
            date=day,
            held=Act(date=day) if fate == "held" else None,
            cancelled=Cancelled(date=day, reason="Få anmälda") if fate == "cancelled" else None,
        )
        found[meeting.id] = meeting
    return found


@st.composite
def councils(draw: st.DrawFn) -> Council:
    """A council with a year's meetings and a few items that are due in all ways."""
    known = draw(meetings())
    due = st.none() | st.just("next") | DAYS | st.sampled_from([*known, "2030-01-01-rad"])
    items = {}
    for number in range(draw(st.integers(1, 4))):
        closed = draw(st.none() | DAYS)
        origin = draw(st.none() | st.sampled_from(list(known))) if known else None
        item = ActionItem(
            id=f"i-000000{number}",
            title="Ring",
            network=draw(st.sampled_from(BODIES)),
            added=draw(DAYS),
            origin=Origin(meeting=origin) if origin else None,
            due=draw(due),
            closed=Closed(date=closed, as_="done") if closed else None,
        )
        items[item.id] = item
    return Council(Settings(format=1, name="Rådet", organisation="Region Exempel"), meetings=known, items=items)


def comes(council: Council, item: ActionItem, meeting: Meeting, body: str) -> bool:
    """Whether the carry query brings the item, as it was while it was open, to that body's meeting."""
    still_open = replace(council, items={item.id: item.model_copy(update={"closed": None})})
    alone = meeting.model_copy(update={"network": body, "with_": ()})
    return item.id in {thing.source for thing in ahead(still_open, alone).coming}


@given(councils())
@settings(max_examples=200, deadline=None)
def test_an_item_came_to_those_held_meetings_to_which_it_was_carried(council: Council) -> None:
    """Asked of the past, or by the carry query before each meeting: the same, as long as the item was open."""
    trail = Trail(council)
    for item in council.items.values():
        last = item.closed.date if item.closed else date.max
        for body in concerned(council, item):
            assert [one.id for one in trail.came(item, body)] == [
                one.id
                for one in held(council, body)
                if item.added < one.date <= last and comes(council, item, one, body)
            ]


@given(councils())
@settings(max_examples=200, deadline=None)
def test_an_open_item_has_come_as_often_as_the_agenda_of_the_next_meeting_says(council: Council) -> None:
    trail = Trail(council)
    asked = [Meeting(id=f"2030-06-01-{body}", network=body, date=date(2030, 6, 1)) for body in BODIES]
    for item in council.items.values():
        found = [thing for one in asked for thing in ahead(council, one).coming if thing.source == item.id]
        if item.closed:
            assert not found
        else:
            assert trail.times(item) == max(thing.times for thing in found)


def test_a_closed_item_has_come_until_the_meeting_that_closed_it() -> None:
    days = [date(2026, month, 10) for month in (1, 2, 3, 4)]
    known = {f"{day}-rad": Meeting(id=f"{day}-rad", network="rad", date=day, held=Act(date=day)) for day in days}
    closed = Closed(date=days[2], as_="done", meeting=f"{days[2]}-rad")
    item = ActionItem(id="i-0000000", title="Ring", network="rad", added=days[0], closed=closed)
    trail = Trail(Council(Settings(format=1, name="Rådet", organisation="Region Exempel"), meetings=known))
    assert [one.date for one in trail.came(item, "rad")] == days[1:3]
    assert trail.times(item) == 2
    assert trail.came(item, "ron-at") == []

"""What comes to a meeting, over random years that a second, simpler bookkeeping follows step by step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem, Closed
from atbtst_cli.models.meeting import (
    Act,
    AgendaItem,
    Approval,
    Cancelled,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    Meeting,
    Move,
    NextTimeBlock,
    TextBlock,
)
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import agenda, carry
from atbtst_cli.rules.carry import ORDER, Ahead, Carried, ahead

Handling = Literal["settled", "decision", "put off", "not reached", "no time", "left"]
HANDLINGS: tuple[Handling, ...] = ("settled", "decision", "put off", "not reached", "no time", "left")
BODY = "rad"


@dataclass
class Thread:
    """A subject that is open: what brings it, how often it has come, until when it is put off."""

    source: str
    until: date | str | None = None
    before: int = 0
    passed: list[Meeting] = field(default_factory=list)

    def came(self, year: "Year") -> int:
        """The meetings it has come to, as the record has them now; while it is put off it comes to none."""
        return self.before + sum(not is_later(self, one, year) for one in self.passed)

    def goes_on(self, year: "Year", source: str, until: date | str | None) -> None:
        """Go on under another name, left anew."""
        self.before, self.passed = self.came(year), []
        self.source, self.until = source, until


@dataclass
class Year:
    """A council's year so far: the records, and beside them what is open."""

    meetings: dict[str, Meeting] = field(default_factory=dict)
    items: dict[str, ActionItem] = field(default_factory=dict)
    open: list[Thread] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    def council(self, *, backwards: bool = False) -> Council:
        """The records as a council; in another order where that is asked for."""
        turn: Callable[[Any], Any] = (lambda some: dict(reversed(some.items()))) if backwards else dict
        networks = {one: Network.model_validate(body(one)) for one in (BODY, "ron-bt")}
        settings = Settings(format=1, name="Rådet", organisation="Region Exempel")
        return Council(settings, networks=networks, meetings=turn(self.meetings), items=turn(self.items))


def body(network_id: str) -> dict[str, Any]:
    return {"id": network_id, "kind": "network", "names": [{"name": network_id.upper()}]}


def is_later(thread: Thread, meeting: Meeting, year: Year) -> bool:
    """Whether a thread does not come to a meeting yet."""
    if isinstance(thread.until, date):
        return thread.until > meeting.date
    named = year.meetings.get(thread.until or "")
    gone = named and named.cancelled and named.cancelled.date <= meeting.date
    return bool(named and not gone and (named.date, named.id) > (meeting.date, meeting.id))


def asked(year: Year, meeting: Meeting) -> Ahead:
    """What comes to the meeting, once it is sure that asking again, and in any order of files, says the same."""
    found = ahead(year.council(), meeting)
    assert found == ahead(year.council(), meeting) == ahead(year.council(backwards=True), meeting)
    assert [ORDER.index(thing.rule) for thing in found.coming] == sorted(
        ORDER.index(thing.rule) for thing in found.coming
    )
    return found


def is_thread(thing: Carried) -> bool:
    return thing.rule in ("deferred", "not_reached", "next_time")


def hold(year: Year, meeting: Meeting, choose: Callable[[Any], Any]) -> None:
    """Hold the meeting: everything due is there; each thing is taken up in some way, or left out."""
    found = asked(year, meeting)
    due = [thread for thread in year.open if not is_later(thread, meeting, year)]
    later = [thread for thread in year.open if is_later(thread, meeting, year)]
    threads = {thing.source: thing for thing in found.coming if is_thread(thing)}
    assert set(threads) == {thread.source for thread in due}
    waiting = {one.thing.source for one in found.waiting if one.because == "later" and is_thread(one.thing)}
    assert waiting == {thread.source for thread in later}
    for thread in year.open:
        thread.passed.append(meeting)
    for thread in due:
        assert threads[thread.source].times == thread.came(year), thread
    open_now = {key for key, item in year.items.items() if not item.closed and item.added <= meeting.date}
    assert {thing.source for thing in found.coming if thing.rule == "action"} == open_now

    points = []
    for place, thread in enumerate(due):
        handling: Handling = choose(st.sampled_from(HANDLINGS))
        if handling != "left":
            points.append(taken_up(year, meeting, thread, place, handling, choose))
    for place in range(choose(st.integers(0, 2))):
        points.append(
            AgendaItem(id=f"p-n{place}", title="Ny", body=(NextTimeBlock(next_time=f"c-{place}", text="Sen"),))
        )
        year.open.append(Thread(f"{meeting.id}/c-{place}"))
    number = 1 + sum(one.number is not None for one in year.meetings.values())
    held = meeting.model_copy(update={"held": Act(date=meeting.date), "agenda": tuple(points), "number": number})
    year.meetings[meeting.id] = held


def taken_up(
    year: Year, meeting: Meeting, thread: Thread, place: int, handling: Handling, choose: Callable[[Any], Any]
) -> AgendaItem:
    """The agenda item in which a thread is taken up; the thread goes on from there, or is settled."""
    item = AgendaItem(id=f"p-{place}", title="Fråga", from_=thread.source)
    until = choose(st.sampled_from(["next", meeting.date + timedelta(days=40), *year.meetings, "2030-01-01-rad"]))
    if handling == "settled":
        year.open.remove(thread)
        year.closed.add(thread.source)
        return item.model_copy(update={"body": (TextBlock(text="Klart."),)})
    year.closed.add(thread.source)
    if handling == "decision":
        thread.goes_on(year, f"{meeting.id}/d-{place}", until)
        block = DecisionBlock(decision=f"d-{place}", outcome="deferred", to=until, text="Väntar.")
        return item.model_copy(update={"body": (TextBlock(text="Lång fråga."), block)})
    thread.goes_on(year, f"{meeting.id}/{item.id}", until if handling == "put off" else None)
    if handling == "put off":
        return item.model_copy(update={"body": (DeferredBlock(deferred=until, text="Bordläggs"),)})
    if handling == "no time":
        return item.model_copy(update={"body": (DroppedBlock(dropped="no_time", text="Tiden räckte inte."),)})
    return item


@given(st.data())
def test_over_a_year_whatever_is_open_comes_or_waits_and_what_is_taken_up_is_gone(data: st.DataObject) -> None:
    choose = data.draw
    year = Year()
    day = date(2026, 1, 20)
    planned = []
    for _meeting in range(choose(st.integers(2, 6))):
        day += timedelta(days=choose(st.integers(1, 60)))
        joint = choose(st.booleans())
        one = Meeting(id=f"{day}-{BODY}", network=BODY, with_=("ron-bt",) if joint else (), date=day)
        planned.append(one)
        year.meetings[one.id] = one
    for place, one in enumerate(planned):
        fate = choose(st.sampled_from(["held", "held", "held", "cancelled", "moved"]))
        if fate == "cancelled":
            cancelled = Cancelled(date=one.date, reason="Få anmälda")
            year.meetings[one.id] = one.model_copy(update={"cancelled": cancelled})
            continue
        if fate == "moved" and one is planned[-1]:
            new = one.date + timedelta(days=choose(st.integers(1, 30)))
            one = one.model_copy(update={"date": new, "moves": (Move(from_=one.date, to=new),)})  # noqa: PLW2901
            year.meetings[one.id] = one
        hold(year, one, choose)
        live(year, one, place, choose)
    last = Meeting(id="2030-06-01-rad", network=BODY, date=date(2030, 6, 1))
    found = asked(year, last)
    sources = {thing.source for thing in found.coming}
    assert {thread.source for thread in year.open} <= sources
    assert not sources & year.closed
    assert {thing.source for thing in found.coming if thing.rule == "approval"} == {
        one.id for one in year.meetings.values() if one.held and not one.approval
    }
    assert agenda.missing(last, found) == found.coming


def live(year: Year, after: Meeting, place: int, choose: Callable[[Any], Any]) -> None:
    """What happens until the next meeting: items are added, closed and opened again, minutes approved."""
    if choose(st.booleans()):
        key = f"i-000000{place}"
        year.items[key] = ActionItem(id=key, title="Ring", network=BODY, added=after.date)
    for key, item in year.items.items():
        if choose(st.booleans()):
            closed = None if item.closed else Closed(date=after.date, as_="done")
            year.items[key] = item.model_copy(update={"closed": closed})
    if choose(st.booleans()):
        approved = year.meetings[after.id].model_copy(update={"approval": Approval(date=after.date)})
        year.meetings[after.id] = approved


@given(st.data())
def test_an_agenda_made_from_what_comes_leaves_nothing_missing(data: st.DataObject) -> None:
    year = Year()
    for day in (date(2026, 1, 20), date(2026, 3, 20)):
        one = Meeting(id=f"{day}-{BODY}", network=BODY, date=day)
        year.meetings[one.id] = one
        hold(year, one, data.draw)
        live(year, one, day.month, data.draw)
    coming = Meeting(id="2026-06-01-rad", network=BODY, date=date(2026, 6, 1))
    council = year.council()
    ids = iter(range(1000))
    titles = agenda.Titles("Föregående", "Åtgärder", lambda meeting: meeting.id)
    made = agenda.with_carried(
        council, coming, agenda.missing(coming, carry.ahead(council, coming)), titles, lambda: f"p-{next(ids)}"
    )
    filled = coming.model_copy(update={"agenda": made})
    assert agenda.missing(filled, carry.ahead(council, filled)) == ()
    brought = [item.from_ or item.approves for item in filled.items() if item.from_ or item.approves]
    assert sorted(brought) == sorted(thing.source for thing in carry.ahead(council, coming).coming)

"""The way of a matter between bodies, over random walks of sendings, answers and withdrawals."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Answer, Matter, MatterClosed, Referral, Sent, Withdrawn
from atbtst_cli.models.meeting import AgendaItem, MatterBlock, Meeting, Role
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Instance, Settings
from atbtst_cli.rules import agenda, carry, matters

OURS = ("rad", "ron-bt", "ron-st")
OUTSIDE = ("hsn", "sos")
RAISED = date(2026, 1, 1)


def matter(*referrals: Referral, **fields: Any) -> Matter:
    return Matter(id="m-7c2k9xa", title="Handledning", network="ron-bt", raised=RAISED, referrals=referrals, **fields)


def day(number: int) -> date:
    return RAISED + timedelta(days=number)


@st.composite
def walks(draw: st.DrawFn) -> list[Matter]:
    """The states of a matter on its way: whoever has it sends it to who has not, is answered, or takes it back."""
    states, on = [matter()], 0
    for _step in range(draw(st.integers(1, 10))):
        now = states[-1]
        on += draw(st.integers(0, 20))
        waiting = [one for one in now.referrals if one.waits]
        away = sorted({*OURS, *OUTSIDE} - {one.to for one in waiting} - set(matters.bodies(now)))
        senders = [body for body in ("ron-bt", *(one.to for one in waiting)) if body in OURS]
        moves = ["send"] * (2 * bool(away)) + ["answer", "withdraw"] * bool(waiting) + ["inform"]
        move = draw(st.sampled_from(moves))
        if move == "send":
            role: Role = draw(st.sampled_from(["decision", "preparation"]))
            from_, to = draw(st.sampled_from(senders)), draw(st.sampled_from(away))
            now = matters.sent(now, from_, to, role, Sent(date=day(on)))
        elif move == "inform":
            now = matters.sent(now, draw(st.sampled_from(senders)), "sos", "information", Sent(date=day(on)))
        elif move == "answer":
            now = matters.answered(now, draw(st.sampled_from(waiting)).id, Answer(date=day(on), text="Ja."))
        else:
            now = matters.withdrawn(now, draw(st.sampled_from(waiting)).id, Withdrawn(date=day(on)))
        states.append(now)
    return states


def ancestors(now: Matter, one: Referral) -> list[Referral]:
    parent = now.referral(one.parent or "")
    return [parent, *ancestors(now, parent)] if parent else []


def last_day(now: Matter) -> date:
    return max(matters.days(now))


@settings(max_examples=60, deadline=None)
@given(walks())
def test_a_matter_always_lies_somewhere_and_waits_nowhere_twice(states: list[Matter]) -> None:
    for now in states:
        waiting = [one.to for one in now.referrals if one.waits]
        assert len(waiting) == len(set(waiting))
        assert matters.bodies(now)
        for leaf in matters.leaves(now):
            assert all(one.waits for one in ancestors(now, leaf)), "who has still to answer waits for no dead end"
        assert len({one.id for one in now.referrals}) == len(now.referrals)
        assert matters.sent(now, "ron-bt", "rad", "decision", Sent(date=day(999))).referrals[:-1] == now.referrals


@settings(max_examples=60, deadline=None)
@given(walks(), st.integers(0, 30))
def test_where_it_has_lain_is_told_for_every_day_without_a_gap(states: list[Matter], more: int) -> None:
    now, known = states[-1], {last_day(state): matters.bodies(state) for state in states}
    for on, bodies in known.items():
        assert matters.bodies(matters.as_on(now, on)) == bodies
    end = last_day(now) + timedelta(days=more)
    for whole in (now, now.model_copy(update={"closed": MatterClosed(date=end)})):
        stays = matters.stays(whole)
        assert stays[0].since == RAISED
        assert stays[-1].until == (end if whole.closed else None)
        assert [stay.until for stay in stays[:-1]] == [stay.since for stay in stays[1:]]
        assert all(one.bodies != other.bodies for one, other in pairwise(stays))
        for on, bodies in known.items():
            there = [stay for stay in stays if stay.since <= on and (stay.until is None or on < stay.until)]
            assert [stay.bodies for stay in there] == ([bodies] if not whole.closed or on < end else [])


def council(*known: Matter, meetings: tuple[Meeting, ...] = ()) -> Council:
    networks = {
        key: Network.model_validate({"id": key, "kind": "network", "names": [{"name": key.upper()}]}) for key in OURS
    }
    instances = tuple(Instance(id=key, name=key.upper()) for key in OUTSIDE)
    set_ = Settings(format=1, name="Rådet", organisation="Region Exempel", instances=instances)
    by_id = {one.id: one for one in meetings}
    return Council(set_, networks=networks, matters={one.id: one for one in known}, meetings=by_id)


def comes(known: Council, body: str, on: date) -> list[tuple[str, str]]:
    """The rule and the source of what comes of matters to the body's meeting on that day."""
    meeting = Meeting(id=f"{on}-{body}", network=body, date=on)
    return [(thing.rule, thing.source) for thing in carry.ahead(known, meeting).coming if thing.matter]


@settings(max_examples=60, deadline=None)
@given(walks())
def test_what_lies_with_a_body_of_ours_comes_to_its_next_meeting_and_nothing_else_does(states: list[Matter]) -> None:
    for now in states:
        on = last_day(now) + timedelta(days=1)
        for body in OURS:
            answered = [f"{now.id}/{one.id}" for one in now.referrals if one.from_ == body and one.answer]
            leaf = next((one for one in matters.leaves(now) if one.to == body), None)
            held = [f"{now.id}/{leaf.id}"] if leaf else [now.id] if body in matters.bodies(now) else []
            due = [("answer", source) for source in answered] or [("matter", source) for source in held]
            assert sorted(comes(council(now), body, on)) == sorted(due)
            closed = now.model_copy(update={"closed": MatterClosed(date=on)})
            assert comes(council(closed), body, on) == []


def held(body: str, on: int, *items: dict[str, Any]) -> Meeting:
    agenda = [{"id": f"p-{place}", "title": "Punkt", **item} for place, item in enumerate(items)]
    return Meeting.model_validate(
        {"id": f"{day(on)}-{body}", "network": body, "date": day(on), "held": {"date": day(on)}, "agenda": agenda}
    )


def test_an_answer_is_heard_once_by_who_had_asked_and_the_matter_stays_until_it_is_settled() -> None:
    asked = matters.sent(matter(), "ron-bt", "rad", "decision", Sent(date=day(1)))
    known = matters.answered(asked, "r-1", Answer(date=day(5), text="Ja."))
    news, own = [("answer", "m-7c2k9xa/r-1")], [("matter", "m-7c2k9xa")]
    assert comes(council(known), "ron-bt", day(9)) == news
    for item in ({"from": "m-7c2k9xa/r-1"}, {"body": [{"matter": "m-7c2k9xa", "text": "Svaret."}]}):
        assert comes(council(known, meetings=(held("ron-bt", 6, item),)), "ron-bt", day(9)) == own
        assert comes(council(known, meetings=(held("ron-st", 6, item),)), "ron-bt", day(9)) == news
    before = held("ron-bt", 4, {"body": [{"matter": "m-7c2k9xa", "text": "Vi väntar."}]})
    assert comes(council(known, meetings=(before,)), "ron-bt", day(9)) == news


def test_an_answer_that_was_given_at_the_meeting_of_who_had_asked_is_no_news_there() -> None:
    asked = matters.sent(matter(), "ron-bt", "hsn", "decision", Sent(date=day(1)))
    told = matters.answered(asked, "r-1", Answer(date=day(5), at=f"{day(5)}-ron-bt/p-0", text="Ja."))
    assert comes(council(told, meetings=(held("ron-bt", 5, {}),)), "ron-bt", day(9)) == [("matter", "m-7c2k9xa")]


def test_what_is_sent_for_information_is_read_once_even_of_a_matter_that_is_closed() -> None:
    told = matters.sent(matter(), "ron-bt", "rad", "information", Sent(date=day(1)))
    for known in (told, told.model_copy(update={"closed": MatterClosed(date=day(1))})):
        assert comes(council(known), "rad", day(9)) == [("matter", "m-7c2k9xa/r-1")]
        read = held("rad", 3, {"from": "m-7c2k9xa/r-1"})
        assert comes(council(known, meetings=(read,)), "rad", day(9)) == []


def test_an_internal_matter_stands_on_the_agenda_as_an_internal_item() -> None:
    known = council(matter(internal=True))
    meeting = Meeting(id="2026-02-01-ron-bt", network="ron-bt", date=date(2026, 2, 1))
    titles = agenda.Titles("Föregående", "Åtgärder", lambda one: one.id)
    things = carry.ahead(known, meeting).coming
    [item] = agenda.with_carried(known, meeting, things, titles, lambda: "p-1")
    assert (item.internal, item.matter, item.from_) == (True, "m-7c2k9xa", "m-7c2k9xa")


def test_an_answer_ends_what_its_giver_had_asked_of_others() -> None:
    asked = matters.sent(matter(), "ron-bt", "rad", "decision", Sent(date=day(1)))
    passed = matters.sent(asked, "rad", "hsn", "decision", Sent(date=day(3)))
    assert matters.bodies(passed) == ("hsn",)
    known = matters.answered(passed, "r-1", Answer(date=day(2), text="Vi tar det själva."))
    assert matters.bodies(known) == ("ron-bt",)
    assert known.referrals[1].withdrawn == Withdrawn(date=day(3))


def test_a_second_receiver_continues_the_same_sending_as_the_first() -> None:
    asked = matters.sent(matter(), "ron-bt", "rad", "decision", Sent(date=day(1)))
    for to in OUTSIDE:
        asked = matters.sent(asked, "rad", to, "preparation", Sent(date=day(2)))
    assert [one.parent for one in asked.referrals] == [None, "r-1", "r-1"]
    assert matters.bodies(asked) == OUTSIDE
    assert matters.bodies(matters.answered(asked, "r-2", Answer(date=day(3)))) == ("sos",)


def test_the_matters_of_an_agenda_item_are_its_own_and_those_its_lines_name() -> None:
    lines = (MatterBlock(matter="m-0000002"), MatterBlock(matter="m-0000003", closes=True))
    item = AgendaItem(id="p-1", title="Punkt", matter="m-0000001", body=lines)
    assert matters.about(item) == {"m-0000001", "m-0000002", "m-0000003"}
    assert matters.named(item) == ("m-0000002",)
    meeting = held("rad", 4).model_copy(update={"agenda": (item,)})
    assert matters.dealt_with(council(meetings=(meeting,))) == dict.fromkeys(matters.about(item), day(4))


def test_what_became_of_a_matter_is_told_in_one_order() -> None:
    before = matters.sent(matter(), "ron-bt", "rad", "decision", Sent(date=day(1)))
    asked = matters.sent(before, "rad", "hsn", "decision", Sent(date=day(2)))
    after = matters.answered(matters.answered(asked, "r-2", Answer(date=day(2), text="Ja.")), "r-1", decided(2))
    assert [event.kind for event in matters.events(before, after)] == ["heard", "sent", "answered"]
    assert [event.kind for event in matters.events(None, before)] == ["raised", "sent"]
    assert [event.kind for event in matters.events(after, before)] == ["unanswered", "unsent"]
    assert [event.kind for event in matters.events(before, None)] == ["unraised"]
    assert len(get_args(matters.EventKind)) == 8


def decided(on: int) -> Answer:
    return Answer(date=day(on), decision=f"{day(on)}-rad/d-1")

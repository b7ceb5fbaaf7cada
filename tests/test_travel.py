"""What the lines of minutes do to matters, line by line, and what a correction of the minutes does to that."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.acts.reminders import reminders
from atbtst_cli.acts.sheets import Request, as_sheet, understand
from atbtst_cli.acts.travel import Travelled, travel
from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Act, Meeting
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Instance, Settings
from atbtst_cli.rules import matters
from atbtst_cli.rules.checks import check

KEY = "m-7c2k9xa"
TODAY = date(2026, 12, 1)


def network(key: str, **fields: Any) -> Network:
    convenor = {"id": "convenor", "kind": "convenor", "names": [{"name": "Sammankallande"}]}
    holder = {"holders": [{"member": f"{key}-exempel"}]}
    return Network.model_validate(
        {"id": key, "kind": "network", "names": [{"name": key.upper()}], "seats": [convenor | holder], **fields}
    )


def council(*known: Matter, **networks: Any) -> Council:
    """A council with three bodies and two instances, and those matters."""
    chair = {"id": "ron-at", "kind": "required", "names": [{"name": "AT"}], "follows": "ron-at/convenor"}
    bodies = {
        "rad": network("rad", kind="council", seats=[chair | {"chair": True}]),
        "ron-at": network("ron-at"),
        "ron-bt": network("ron-bt"),
        **{key.replace("_", "-"): value for key, value in networks.items()},
    }
    instances = tuple(Instance(id=key, name=key.upper()) for key in ("hsn", "sos"))
    return Council(
        Settings(format=1, name="Rådet", organisation="Region Exempel", instances=instances),
        networks=bodies,
        matters={one.id: one for one in known},
    )


def matter(*sendings: str, **fields: Any) -> Matter:
    """A matter of RÖN-BT with sendings such as "ron-bt>rad", each continuing the one before, "=" after it answered."""
    referrals = []
    for place, sending in enumerate(sendings, 1):
        from_, _arrow, to = sending.rstrip("=").partition(">")
        known = {"id": f"r-{place}", "from": from_, "to": to, "role": "decision", "sent": {"date": f"2026-01-1{place}"}}
        known |= {"parent": f"r-{place - 1}"} if place > 1 else {}
        referrals.append(known | ({"answer": {"date": "2026-01-20", "text": "Ja."}} if sending[-1] == "=" else {}))
    basic = {"id": KEY, "title": "Handledning", "network": "ron-bt", "raised": "2026-01-10", "referrals": referrals}
    return Matter.model_validate(basic | fields)


def minute(known: Council, text: str, body: str = "rad", day: str = "2026-02-17", **fields: Any) -> Travelled:
    """What minutes with that text do; those of a meeting on record are corrected."""
    meeting_id = f"{day}-{body}"
    on = date.fromisoformat(day)
    request = Request(
        network=body, day=on, seed=len(known.meetings), existing=meeting_id if meeting_id in known.meetings else None
    )
    read = understand(known, request, text if text.startswith("# ") else f"# {body} {day}\n\n{text}\n")
    assert not [finding for finding in read.findings if finding.level == "error"], read.findings
    meeting = read.meeting.model_copy(update={"held": Act(date=on), **fields})
    return travel(known, known.meetings.get(meeting_id), meeting, request.seed)


def after(known: Council, done: Travelled) -> Council:
    """The council once the minutes are on record."""
    kept = {key: one for key, one in {**known.matters, **done.matters}.items() if one}
    return replace(known, matters=kept, meetings={**known.meetings, done.meeting.id: done.meeting})


def rules(done: Travelled) -> list[str]:
    return [finding.rule for finding in done.findings]


def told(done: Travelled) -> list[str]:
    return [event.kind for event in done.events]


def one(done: Travelled) -> Matter:
    """The one matter that minutes changed."""
    [found] = done.matters.values()
    assert found is not None
    return found


SENT = matter("ron-bt>rad")
PASSED = matter("ron-bt>rad", "rad>hsn")
CAME_BACK = matter("ron-bt>rad", "rad>hsn=")
OWN = matter(network="rad")
HERE = f"## Handledning\nÄrende {KEY}: Frågan.\n"


@pytest.mark.parametrize(
    ("before", "lines", "kinds", "where"),
    [
        (SENT, "Beslut: Alla.", ["answered"], ["ron-bt"]),
        (SENT, "Beslut (avslås): Nej.", ["answered"], ["ron-bt"]),
        (SENT, "Beslut (hänskjuts): Vi frågar.\nTill HSN: Vem?", ["sent"], ["hsn"]),
        (SENT, "Beslut: Vi frågar.\nTill HSN: Vem?\nTill SOS: Vem?", ["sent", "sent"], ["hsn", "sos"]),
        (SENT, "Beslut: Alla.\nTill SOS (för kännedom): Så blev det.", ["sent", "answered"], ["ron-bt"]),
        (SENT, "Beslut (bordläggs): Sen.", [], ["rad"]),
        (SENT, "Beslut: Alla.\nBordläggs till nästa möte", [], ["rad"]),
        (SENT, "Vi talade om det.", [], ["rad"]),
        (PASSED, "Svar från HSN: Alla.", ["heard"], ["rad"]),
        (PASSED, "Beslut: Så gör vi.\nSvar från HSN: Alla.", ["heard", "answered"], ["ron-bt"]),
        (CAME_BACK, "Beslut: Så gör vi.", ["answered"], ["ron-bt"]),
        (CAME_BACK, "Till SOS: Vem?", ["sent"], ["sos"]),
        (OWN, "Beslut (noteras): Klart.", ["closed"], ["rad"]),
        (OWN, f"Klar {KEY}: Klart.", ["closed"], ["rad"]),
        (OWN, "Lyft till RON-AT (för beredning): Ta fram ett förslag.", ["sent"], ["ron-at"]),
    ],
)
def test_lines_move_a_matter_as_they_say(before: Matter, lines: str, kinds: list[str], where: list[str]) -> None:
    """In one agenda item answers are heard first, then it is sent on, then decided; in whatever order they stand."""
    done = minute(council(before), HERE + lines)
    assert (told(done), done.findings) == (kinds, ())
    now = done.matters.get(KEY) or before
    assert [*matters.bodies(now)] == where
    assert done.meeting.agenda[0].matter == KEY


@pytest.mark.parametrize(
    ("rule", "before", "lines", "kinds"),
    [
        ("sent-already", PASSED, "Till HSN: Vem?", []),
        ("own-body", OWN, "Lyft till RAD: Vem?", []),
        ("matter-closed", matter(closed={"date": "2026-02-01"}), "Till HSN: Vem?", []),
        ("matter-closed", matter(closed={"date": "2026-02-01"}), "Beslut: Ja.", []),
        ("matter-closed", matter(closed={"date": "2026-02-01"}), f"Klar {KEY}: Igen.", []),
        ("lies-elsewhere", PASSED, "Beslut: Alla.", []),
        ("lies-elsewhere", matter(), "Till HSN: Vem?", ["sent"]),
        ("no-sending", SENT, "Svar från SOS: Ja.", []),
        ("sent-nowhere", SENT, "Beslut (hänskjuts): Vi frågar.", []),
        ("closed-unanswered", SENT, f"Klar {KEY}: Klart.", ["closed"]),
        ("closed-unanswered", PASSED, f"Klar {KEY}: Klart.", ["closed"]),
        ("raised-later", matter(raised="2026-03-01"), f"Klar {KEY}: Klart.", []),
        ("goes-on", matter("rad>hsn=", network="rad", raised="2026-01-01"), f"Klar {KEY}: Klart.", []),
        ("internal-matter", matter(network="rad", internal=True), "Text.", []),
    ],
)
def test_what_is_odd_is_named_in_words(rule: str, before: Matter, lines: str, kinds: list[str]) -> None:
    """What was minuted is recorded as far as it can be, and the minutes are saved in any case."""
    known = council(before)
    day = "2026-01-15" if rule == "goes-on" else "2026-02-17"
    done = minute(known, HERE + lines, day=day)
    assert told(done) == kinds
    assert rule in rules(done)
    assert all(finding.level == "warning" and finding.hint for finding in done.findings)
    added = {finding.rule for finding in check(after(known, done), TODAY) if finding.level == "error"}
    assert not added & {"end-before-start", "answered-and-withdrawn"}


def test_a_line_that_stands_twice_sends_once() -> None:
    done = minute(council(SENT), HERE + "Till HSN: Vem?\nTill HSN: Och var?")
    assert (told(done), done.findings) == (["sent"], ())


def test_a_body_sends_only_where_its_record_allows_it_and_its_convenor_decides_what_goes_up() -> None:
    strict = network("ron-bt", refers_to=["rad"])
    done = minute(council(matter(), ron_bt=strict), HERE + "Till HSN: Vem?", body="ron-bt")
    assert (rules(done), told(done)) == (["may-not-send"], ["sent"])
    assert "RAD" in done.findings[0].hint
    vacant = network("ron-bt", seats=[{"id": "convenor", "kind": "convenor", "names": [{"name": "Sammankallande"}]}])
    done = minute(council(matter(), ron_bt=vacant), HERE + "Lyft till RAD: Vem?", body="ron-bt")
    assert rules(done) == ["no-convenor"]
    assert (one(done).referrals[0].sent.by, one(done).referrals[0].sent.on_behalf_of) == (None, "ron-bt/convenor")


def test_what_is_sent_out_of_an_item_without_a_matter_makes_one() -> None:
    """It is called as the question of the day; else, as under other matters, by the words of the line."""
    done = minute(council(), "## Schema {intern}\nTill HSN: Frågan.")
    new = one(done)
    assert (new.title, new.network, new.internal, told(done)) == ("Schema", "rad", True, ["raised", "sent"])
    assert new.origin is not None
    assert (new.origin.meeting, new.origin.agenda_item) == (done.meeting.id, done.meeting.agenda[0].id)
    assert done.meeting.agenda[0].matter == new.id
    assert one(minute(council(), "## Övrigt\nTill HSN: Frågan om\n  schema.")).title == "Frågan om schema."
    again = minute(council(), "## Schema {intern}\nTill HSN: Frågan.")
    assert one(again) == new, "computed again it draws the same id"


def test_a_network_takes_a_question_up_in_its_report_and_the_council_answers_at_once() -> None:
    done = minute(council(), "## Rapporter\n### RON-BT\nLyft till RAD: Vem handleder?\n\nBeslut: Alla.")
    new = one(done)
    assert (new.network, new.title, told(done)) == ("ron-bt", "Vem handleder?", ["raised", "sent", "answered"])
    assert (new.referrals[0].from_, new.referrals[0].sent.by) == ("ron-bt", "ron-bt-exempel")
    assert new.referrals[0].sent.decision is None
    assert done.findings == ()


def test_what_continued_a_sending_that_a_correction_takes_back_continues_nothing() -> None:
    report = "## Rapporter\n### RON-BT\nLyft till RAD: Vem handleder?\n\nTill HSN: Vem?"
    done = minute(council(), report)
    assert [sent.parent for sent in one(done).referrals] == [None, "r-1"]
    item = done.meeting.agenda[0]
    text = f"## Rapporter {{#{item.id}}}\n### RON-BT {{#{item.parts[0].id}}}\nTill HSN: Vem?"
    assert [(sent.id, sent.parent) for sent in one(minute(after(council(), done), text)).referrals] == [("r-2", None)]


def test_what_is_only_told_to_somebody_is_settled_with_that() -> None:
    done = minute(council(), "## Resultat\nTill HSN (för kännedom): Det blev bra.")
    assert told(done) == ["raised", "sent", "closed"]
    known = after(council(), done)
    assert (
        minute(known, f"## Resultat {{#{done.meeting.agenda[0].id}}}\nTill HSN (för kännedom): Rättat.").matters == {}
    )


def test_an_answer_without_a_matter_is_of_the_one_that_waits_for_it() -> None:
    done = minute(council(PASSED), "## Svar\nSvar från HSN: Alla.\n\nBeslut: Så gör vi.")
    assert (told(done), done.meeting.agenda[0].matter) == (["heard", "answered"], KEY)
    other = PASSED.model_copy(update={"id": "m-0000002", "title": "Schema"})
    several = minute(council(PASSED, other), "## Svar\nSvar från HSN: Alla.")
    assert (rules(several), several.matters) == (["which-matter"], {})
    assert KEY in several.findings[0].message
    assert "m-0000002" in several.findings[0].message
    assert rules(minute(council(SENT), "## Svar\nSvar från HSN: Alla.")) == ["which-matter"]


def test_a_line_before_the_first_agenda_item_does_nothing_and_is_named() -> None:
    done = minute(council(SENT), f"Ärende {KEY}: Frågan.\n\nTill HSN: Vem?\n\n## Punkt\nText.")
    assert (rules(done), done.matters) == (["no-agenda-item"], {})


def test_each_line_is_of_the_matter_named_last_and_sub_items_are_of_the_one_above() -> None:
    other = OWN.model_copy(update={"id": "m-0000002"})
    text = f"{HERE}Beslut: Alla.\n\nÄrende m-0000002: Det egna.\n\nBeslut: Klart."
    done = minute(council(SENT, other), text)
    assert told(done) == ["answered", "closed"]
    below = minute(council(SENT), f"{HERE}### Vem\nBeslut: Alla.")
    assert told(below) == ["answered"]
    assert below.meeting.agenda[0].parts[0].matter is None


def test_what_is_decided_on_an_action_item_settles_no_matter() -> None:
    item = {"id": "p-1", "title": "Ring", "from": "i-k7q3d9m", "matter": KEY}
    decision = {"decision": "d-1", "text": "Alva ringer."}
    meeting = Meeting.model_validate(
        {"id": "2026-02-17-rad", "network": "rad", "date": "2026-02-17", "agenda": [item | {"body": [decision]}]}
    )
    assert travel(council(SENT), None, meeting, 1).matters == {}


def test_of_several_bodies_that_meet_the_one_acts_by_which_the_matter_came() -> None:
    done = minute(council(matter("ron-bt>ron-at")), HERE + "Till HSN: Vem?", with_=("ron-at",))
    assert [(sent.from_, sent.parent) for sent in one(done).referrals] == [("ron-bt", None), ("ron-at", "r-1")]
    up = minute(council(matter()), HERE + "Lyft till RAD: Vem?", with_=("ron-bt",))
    assert (one(up).referrals[0].from_, up.findings) == ("ron-bt", ())


def test_who_goes_on_for_a_dissolved_body_answers_what_that_was_sent() -> None:
    gone = network("gamla", dissolved="2026-01-31", successors=["rad"])
    known = council(matter("ron-bt>gamla"), gamla=gone)
    assert told(minute(known, HERE + "Beslut: Alla.")) == ["answered"]
    sent = one(minute(known, HERE + "Till HSN: Vem?")).referrals[-1]
    assert (sent.from_, sent.parent) == ("rad", "r-1")


# -- corrections -------------------------------------------------------------------------------------------------------


def corrected(known: Council, done: Travelled, text: str) -> Travelled:
    """What the minutes do once they are on record and their agenda item is corrected to that text."""
    item = done.meeting.agenda[0]
    return minute(after(known, done), f"## {item.title} {{#{item.id}}}\n{text}")


def saved_again(known: Council, meeting: Meeting) -> Travelled:
    """What the minutes do once more, from their own sheet."""
    return minute(known, as_sheet(known, meeting), meeting.network, str(meeting.date))


def test_minutes_saved_again_as_they_are_change_nothing() -> None:
    for before, lines in ((SENT, "Beslut: Alla."), (PASSED, "Svar från HSN: Ja."), (OWN, f"Klar {KEY}: Klart.")):
        done = minute(council(before), HERE + lines)
        same = saved_again(after(council(before), done), done.meeting)
        assert (same.matters, same.findings, same.meeting) == ({}, (), done.meeting)


def test_a_correction_answers_otherwise_with_the_same_step() -> None:
    done = minute(council(SENT), HERE + "Beslut: Alla.")
    other = corrected(council(SENT), done, f"Ärende {KEY}: Frågan.\nBeslut: Ingen.\n\nBeslut: Eller alla.")
    answer = one(other).referrals[0].answer
    assert answer is not None
    assert answer.decision == "2026-02-17-rad/d-3"
    assert told(other) == []


def test_a_correction_to_another_matter_leaves_the_first_as_it_was() -> None:
    other = OWN.model_copy(update={"id": "m-0000002"})
    known = council(SENT, other)
    done = minute(known, HERE + "Beslut: Alla.")
    new = corrected(known, done, "Ärende m-0000002: Det egna.\nBeslut: Alla.")
    assert new.matters[KEY] == SENT
    assert (new.meeting.agenda[0].matter, told(new)) == ("m-0000002", ["unanswered", "closed"])
    gone = corrected(known, done, "Vi talade.")
    assert (gone.matters, gone.meeting.agenda[0].matter) == ({KEY: SENT}, None)


def test_what_was_opened_again_since_is_not_closed_by_a_correction() -> None:
    done = minute(council(OWN), HERE + f"Klar {KEY}: Klart.")
    opened = replace(after(council(OWN), done), matters={KEY: OWN})
    item = done.meeting.agenda[0]
    again = minute(opened, f"## {item.title} {{#{item.id}}}\nÄrende {KEY}: Frågan.\nKlar {KEY}: Klart nu.")
    assert again.matters == {}


def test_an_answer_that_was_acted_on_stays() -> None:
    """Who got it has sent the matter on, has closed it, or has taken the answer up."""
    done = minute(council(SENT), HERE + "Beslut: Alla.")
    known = after(council(SENT), done)
    lines = {"sent": "Lyft till RAD: Igen.", "closed": f"Klar {KEY}: Klart.", "heard": "Vi läste svaret."}
    for kind, line in lines.items():
        since = minute(known, HERE + line, body="ron-bt", day="2026-03-10")
        agenda = tuple(item.model_copy(update={"from_": f"{KEY}/r-1"}) for item in since.meeting.agenda)
        met = since.meeting.model_copy(update={"agenda": agenda if kind == "heard" else since.meeting.agenda})
        later = after(known, replace(since, meeting=met))
        item = done.meeting.agenda[0]
        undone = minute(later, f"## {item.title} {{#{item.id}}}\nÄrende {KEY}: Frågan.")
        assert rules(undone) == ["built-on"], kind
        answers = [one and one.referrals[0].answer for one in undone.matters.values()]
        assert [(one.decision, one.text) for one in answers if one] == [(None, "Alla.")], "in words, as it was given"


def test_a_sending_that_was_answered_since_stays() -> None:
    done = minute(council(SENT), HERE + "Till HSN: Vem?")
    known = after(
        after(council(SENT), done), minute(after(council(SENT), done), "## Svar\nSvar från HSN: Ja.", day="2026-03-10")
    )
    item = done.meeting.agenda[0]
    undone = minute(known, f"## {item.title} {{#{item.id}}}\nÄrende {KEY}: Frågan.")
    assert (rules(undone), undone.matters) == (["built-on"], {})


@pytest.mark.parametrize(
    ("known", "from_", "said"),
    [
        (SENT, f"{KEY}/r-1", f"Ärende {KEY} från RON-BT (för beslut), hos RAD sedan 2026-01-11."),
        (PASSED, f"{KEY}/r-1", f"Ärende {KEY} ligger hos HSN sedan 2026-01-12. Svar från HSN: …"),
        (PASSED, None, f"Ärende {KEY} ligger hos HSN sedan 2026-01-12. Svar från HSN: …"),
        (CAME_BACK, f"{KEY}/r-2", f"Ärende {KEY}: svar från HSN 2026-01-20."),
        (OWN, KEY, f"Ärende {KEY}, väckt av RAD 2026-01-10."),
        (matter(closed={"date": "2026-02-01"}), KEY, f"Ärende {KEY} är avslutat 2026-02-01."),
    ],
)
def test_the_secretary_is_reminded_of_where_a_matter_stands(known: Matter, from_: str | None, said: str) -> None:
    item = {"id": "p-1", "title": "Handledning", "matter": KEY, "from": from_}
    meeting = Meeting.model_validate(
        {
            "id": "2026-02-17-rad",
            "network": "rad",
            "date": "2026-02-17",
            "agenda": [item, {"id": "p-2", "title": "Övrigt"}],
        }
    )
    found = reminders(council(known), meeting)
    assert [*found] == ["p-1"]
    assert found["p-1"][0] == said


@st.composite
def texts(draw: st.DrawFn) -> str:
    """An agenda item that does anything to a matter."""
    lines = st.sampled_from(
        (
            "Beslut: Ja.",
            "Beslut (hänskjuts): Vidare.",
            "Beslut (bordläggs): Sen.",
            "Till HSN: Frågan.",
            "Till SOS (för kännedom): Frågan.",
            "Lyft till RAD: Frågan.",
            "Lyft till RON-AT (för beredning): Frågan.",
            "Svar från HSN: Ja.",
            "Svar från RON-AT: Ja.",
            f"Klar {KEY}: Klart.",
            "Vi talade.",
        )
    )
    named = draw(st.sampled_from((f"Ärende {KEY}: Frågan.", "Vi talade.")))
    return "\n\n".join((named, *draw(st.lists(lines, max_size=4))))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_minutes_of_any_kind_keep_a_matter_whole_and_a_correction_to_nothing_takes_them_back(
    data: st.DataObject,
) -> None:
    known, day = council(matter()), date(2026, 2, 1)
    for _meeting in range(data.draw(st.integers(1, 4))):
        day += timedelta(days=data.draw(st.integers(1, 20)))
        body = data.draw(st.sampled_from(("rad", "ron-at", "ron-bt")))
        done = minute(known, f"## Handledning\n{data.draw(texts())}", body, str(day))
        undone = minute(after(known, done), f"## Handledning {{#{done.meeting.agenda[0].id}}}\nText.", body, str(day))
        assert after(after(known, done), undone).matters == known.matters
        assert "built-on" not in rules(undone)
        known = after(known, done)
        for now in known.matters.values():
            waiting = [sent.to for sent in now.referrals if sent.waits]
            assert len(waiting) == len(set(waiting))
            assert all(stay.bodies for stay in matters.stays(now))
            assert now.closed is None or now.closed.date >= max(matters.days(now))
    for meeting in known.meetings.values():
        assert saved_again(known, meeting).matters == {}, "whatever has happened since"

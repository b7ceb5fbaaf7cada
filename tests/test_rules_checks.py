"""Every rule of the record, each with a breach that it finds; the list of rules is the list of these tests."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from rules_example import MODELS, TODAY, Records, council, findings, records

from atbtst_cli.errors import Finding
from atbtst_cli.models.council import Council
from atbtst_cli.rules import seals
from atbtst_cli.rules.checks import RULES, added, check
from atbtst_cli.rules.checks.rule import EVERYTHING, Index

RAD, PREVIOUS, COMING = "2026-02-17-rad", "2025-11-18-rad", "2026-04-21-rad"
ITEM, MATTER = "i-k7q3d9m", "m-7c2k9xa"
REPORT, MAILING = "2026-04-21-rad/ron-at", "s-4k9x2mq"

Way = tuple[str | int, ...]


def put(data: Any, *way: Any) -> None:
    """Put the last of ``way`` at the place that the others lead to; at the end of a list for ``+``."""
    *road, last, value = way
    for step in road:
        data = data[step]
    if last == "+":
        data.append(value)
    else:
        data[last] = value


def breaches(rule: str, *changes: tuple[Any, ...], today: date = TODAY) -> list[tuple[str, Way]]:
    """Where that rule finds something after those changes to the example: in which record, and the way there."""

    def change(data: Records) -> None:
        for way in changes:
            put(data, *way)

    found = [finding for finding in findings(change, today) if finding.rule == rule]
    assert all(finding.hint for finding in found)
    return [
        (finding.path.split("/")[-2 if "meetings/" in finding.path else -1].removesuffix(".yaml"), finding.field)
        for finding in found
    ]


def test_the_example_breaks_no_rule() -> None:
    assert findings(lambda data: None) == []


def test_every_rule_has_a_test_and_a_sentence_that_states_it() -> None:
    for rule in RULES:
        assert f"test_{rule.name.replace('-', '_')}" in globals()
        assert (rule.find.__doc__ or "").strip().endswith(".")
    assert len({rule.name for rule in RULES}) == len(RULES)


class Closed(Mapping[str, Any]):
    """Records that must not be read."""

    def __init__(self, records: Mapping[str, Any]) -> None:
        self._records = records

    def __getitem__(self, key: str) -> Any:
        raise AssertionError(key)

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def __iter__(self) -> Iterator[str]:
        raise AssertionError

    def __len__(self) -> int:
        raise AssertionError


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_no_other_kinds_than_it_says(rule: Any) -> None:
    whole = council()
    kinds = {kind: getattr(whole, kind) for kind in MODELS}
    seen = Council(
        whole.settings,
        **{kind: some if kind in rule.reads else Closed(some) for kind, some in kinds.items()},
        paths=whole.paths,
    )
    assert list(rule.findings(Index(seen, TODAY))) == []


def test_a_record_that_cannot_be_read_is_neither_judged_nor_missed() -> None:
    class Unreadable(dict[str, Any]):
        """Files that are there and cannot be read."""

        def __init__(self, ids: Any) -> None:
            super().__init__()
            self.ids = set(ids)

        def __contains__(self, key: object) -> bool:
            return key in self.ids

    whole = council()
    for kind in MODELS:
        broken = {one: Unreadable(some) if one == kind else some for one in MODELS for some in [getattr(whole, one)]}
        found = check(Council(whole.settings, **broken, paths=whole.paths), TODAY)
        assert [finding.text() for finding in found if finding.level == "error"] == []


# ids


AGENDA = [{"id": "p-1", "title": "A"}, {"id": "p-2", "title": "B", "parts": [{"id": "p-1", "title": "C"}]}]
PREAMBLE = [{"decision": "d-1", "text": "A"}, {"next_time": "d-1", "text": "B"}]
REFERRAL = {"id": "r-1", "from": "ron-at", "to": "rad", "role": "decision", "sent": {"date": "2026-02-01"}}


@pytest.mark.parametrize(
    ("way", "value", "field"),
    [
        (("networks", "ron-at", "seats", 1, "id"), "convenor", ("seats", 1, "id")),
        (("meetings", COMING, "agenda"), AGENDA, ("agenda", 1, "parts", 0, "id")),
        (("meetings", COMING, "preamble"), PREAMBLE, ("preamble", 1, "next_time")),
        (("matters", MATTER, "referrals", "+"), REFERRAL, ("referrals", 2, "id")),
        (("settings", "instances", "+"), {"id": "hsn", "name": "Annan"}, ("instances", 1, "id")),
    ],
)
def test_id_twice(way: Way, value: Any, field: Way) -> None:
    record = "settings" if way[0] == "settings" else way[1]
    assert breaches("id-twice", (*way, value)) == [(record, field)]


NOWHERE = "nowhere"
NO_MEETING, NO_ITEM, NO_MATTER = "2020-01-01-nowhere", "i-0000000", "m-0000000"

REFERENCES = [
    ("networks", "ron-at", "reports_to", NOWHERE),
    ("networks", "rad", "standing", 1, "parts", 0, "network", NOWHERE),
    ("networks", "rad", "seats", 0, "follows", "ron-at/nowhere"),
    ("networks", "rad", "seats", 0, "follows", "nowhere/convenor"),
    ("networks", "ron-at", "seats", 0, "holders", 1, "member", NOWHERE),
    ("items", ITEM, "network", NOWHERE),
    ("items", ITEM, "origin", "meeting", NO_MEETING),
    ("items", ITEM, "origin", "agenda_item", "p-0"),
    ("items", ITEM, "matter", NO_MATTER),
    ("items", ITEM, "owners", 0, "ron-at/nowhere"),
    ("items", ITEM, "owners", 1, NOWHERE),
    ("items", ITEM, "due", NO_MEETING),
    ("items", ITEM, "log", 0, "by", NOWHERE),
    ("items", ITEM, "log", 0, "meeting", NO_MEETING),
    ("items", ITEM, "closed", "by", NOWHERE),
    ("items", ITEM, "closed", "meeting", NO_MEETING),
    ("matters", MATTER, "network", NOWHERE),
    ("matters", MATTER, "origin", "meeting", NO_MEETING),
    ("matters", MATTER, "origin", "agenda_item", "p-0"),
    ("matters", MATTER, "referrals", 1, "parent", "r-0"),
    ("matters", MATTER, "referrals", 1, "from", NOWHERE),
    ("matters", MATTER, "referrals", 1, "to", NOWHERE),
    ("matters", MATTER, "referrals", 1, "sent", "by", NOWHERE),
    ("matters", MATTER, "referrals", 1, "sent", "decision", f"{PREVIOUS}/d-0"),
    ("matters", MATTER, "referrals", 1, "answer", "by", NOWHERE),
    ("matters", MATTER, "referrals", 1, "answer", "decision", "words"),
    ("meetings", COMING, "network", NOWHERE),
    ("meetings", COMING, "with", 0, NOWHERE),
    ("meetings", COMING, "called", "by", NOWHERE),
    ("meetings", PREVIOUS, "held", "by", NOWHERE),
    ("meetings", PREVIOUS, "chair", NOWHERE),
    ("meetings", PREVIOUS, "secretary", NOWHERE),
    ("meetings", PREVIOUS, "adjusters", 0, NOWHERE),
    ("meetings", PREVIOUS, "attendance", 0, "member", NOWHERE),
    ("meetings", PREVIOUS, "attendance", 0, "seats", 0, "rad/nowhere"),
    ("meetings", PREVIOUS, "attendance", 0, "substitute_for", NOWHERE),
    ("meetings", PREVIOUS, "approval", "by", 0, NOWHERE),
    ("meetings", PREVIOUS, "approval", "at", f"{RAD}/p-0"),
    ("meetings", PREVIOUS, "amendments", 0, "by", NOWHERE),
    ("meetings", PREVIOUS, "agenda", 0, "matter", NO_MATTER),
    ("meetings", PREVIOUS, "agenda", 0, "body", 2, "matter", NO_MATTER),
    ("meetings", PREVIOUS, "agenda", 0, "body", 3, "referral", NOWHERE),
    ("meetings", PREVIOUS, "agenda", 0, "body", 5, "arrived", NOWHERE),
    ("meetings", PREVIOUS, "agenda", 0, "body", 6, "left", NOWHERE),
    ("meetings", PREVIOUS, "agenda", 0, "body", 7, "reservation", 0, NOWHERE),
    ("meetings", RAD, "agenda", 0, "approves", NO_MEETING),
    ("meetings", RAD, "agenda", 1, "parts", 0, "network", NOWHERE),
    ("meetings", RAD, "agenda", 1, "parts", 0, "body", 0, "action", NO_ITEM),
    ("meetings", RAD, "agenda", 1, "parts", 0, "body", 0, "owners", 0, "ron-at/nowhere"),
    ("meetings", RAD, "agenda", 1, "parts", 0, "body", 0, "owners", 1, NOWHERE),
    ("meetings", RAD, "agenda", 1, "parts", 0, "body", 0, "due", NO_MEETING),
    ("meetings", RAD, "agenda", 2, "from", f"{PREVIOUS}/c-0"),
    ("meetings", RAD, "agenda", 2, "from", f"{NO_MEETING}/c-4k2"),
    ("meetings", RAD, "agenda", 2, "from", NO_ITEM),
    ("meetings", RAD, "agenda", 2, "body", 0, "to", NO_MEETING),
    ("meetings", RAD, "agenda", 2, "body", 1, "deferred", NO_MEETING),
    ("meetings", RAD, "agenda", 2, "body", 2, "answer", NOWHERE),
    ("meetings", RAD, "agenda", 2, "body", 3, "progress", NO_ITEM),
    ("meetings", RAD, "agenda", 2, "presenter", NOWHERE),
    ("reports", REPORT, "meeting", NO_MEETING),
    ("reports", REPORT, "network", NOWHERE),
    ("reports", REPORT, "by", NOWHERE),
    ("mailings", MAILING, "meeting", NO_MEETING),
    ("mailings", MAILING, "by", NOWHERE),
    ("mailings", MAILING, "deliveries", 0, "member", NOWHERE),
    ("mailings", MAILING, "deliveries", 0, "items", 0, NO_ITEM),
    ("mailings", MAILING, "deliveries", 1, "list", NOWHERE),
]


@pytest.mark.parametrize("way", REFERENCES, ids=lambda way: ".".join(map(str, way)))
def test_unknown_id(way: tuple[Any, ...]) -> None:
    kind, name, *field, value = way
    found = [one for one in findings(lambda data: put(data, *way)) if one.rule == "unknown-id"]
    assert [(one.level, one.path, one.field[: len(field)]) for one in found] in (
        [("error", council().paths[kind, name], tuple(field))],
        [("error", council().paths[kind, name], ("origin", "agenda_item"))],
    )
    assert str(value) in found[0].message
    assert found[0].hint


@pytest.mark.parametrize("source", [ITEM, MATTER, f"{MATTER}/r-2", f"{PREVIOUS}/p-1", f"{PREVIOUS}/d-1"])
def test_whatever_can_come_back_can_be_what_brought_an_agenda_item(source: str) -> None:
    assert breaches("unknown-id", ("meetings", RAD, "agenda", 2, "from", source)) == []


@pytest.mark.parametrize("body", ["ron-bt", "hsn"])
def test_a_matter_is_sent_to_a_body_or_an_instance(body: str) -> None:
    assert breaches("unknown-id", ("matters", MATTER, "referrals", 1, "to", body)) == []


# names


def test_body_name_twice() -> None:
    assert breaches("body-name-twice", ("networks", "ron-bt", "aliases", ["at", "ÖSR"])) == [
        ("osr", ("names", 0, "short")),
        ("ron-at", ("aliases", 0)),
        ("ron-bt", ("aliases", 0)),
        ("ron-bt", ("aliases", 1)),
    ]


def test_body_name_twice_between_a_body_and_an_instance() -> None:
    found = findings(lambda data: put(data, "settings", "instances", 0, "aliases", ["Rön–At"]))
    assert [(one.rule, one.path, one.field) for one in found] == [
        ("body-name-twice", "networks/ron-at.yaml", ("names", 0, "short")),
        ("body-name-twice", "settings.yaml", ("instances", 0, "aliases", 0)),
    ]


def test_member_name_twice() -> None:
    assert breaches("member-name-twice", ("members", "alva-exempel", "aliases", ["Bo", "BO  EXEMPEL"])) == [
        ("alva-exempel", ("aliases", 1)),
        ("bo-exempel", ("names", 0, "name")),
    ]


# people


def test_name_free() -> None:
    way = ("meetings", PREVIOUS, "secretary", {"name": "Disa d'Exempel"})
    (found,) = findings(lambda data: put(data, *way))
    assert (found.rule, found.level, found.field) == ("name-free", "notice", ("secretary",))
    assert found.hint.endswith("""atbtst member add 'Disa d'"'"'Exempel'""")


def test_name_free_says_which_member_it_could_be() -> None:
    (found,) = findings(lambda data: put(data, "items", ITEM, "owners", 0, {"name": "Cilla"}))
    assert (found.rule, found.field) == ("name-free", ("owners", 0))
    assert "cilla-exempel" in found.hint


def test_name_free_is_no_matter_for_a_guest() -> None:
    guest = {"name": "Disa Exempel", "status": "guest"}
    assert breaches("name-free", ("meetings", PREVIOUS, "attendance", "+", guest)) == []
    assert breaches("name-free", ("meetings", PREVIOUS, "attendance", "+", guest | {"status": "excused"})) == [
        (PREVIOUS, ("attendance", 3, "name"))
    ]


def test_name_ambiguous() -> None:
    other = {"id": "bo-andersson", "names": [{"name": "Bo Andersson"}]}
    changes = [("members", "bo-andersson", other), ("meetings", PREVIOUS, "chair", {"name": "bo"})]
    assert breaches("name-ambiguous", *changes) == [(PREVIOUS, ("chair",))]
    later = other | {"from": "2026-01-01"}
    assert breaches("name-free", ("members", "bo-andersson", later), changes[1]) == [(PREVIOUS, ("chair",))]


def test_owner_gone() -> None:
    """While the item was open; whoever came later may own it, since things are handed over."""
    later = ("members", "alva-exempel", "from", "2026-02-26")
    assert breaches("owner-gone", later) == [(ITEM, ("owners", 1))]
    assert breaches("owner-gone", (*later[:3], "2026-02-25")) == []
    seat = ("networks", "ron-at", "seats", 1, "from", "2026-02-26")
    assert breaches("owner-gone", seat, ("items", ITEM, "owners", 0, "ron-at/sylf")) == [(ITEM, ("owners", 0))]
    gone = ("networks", "ron-at", "dissolved", "2026-02-16")
    assert breaches("owner-gone", gone) == [(ITEM, ("owners", 0))]


def test_owner_without_seat() -> None:
    assert breaches("owner-without-seat", ("items", ITEM, "owners", ["bo-exempel", "ron-at/sylf", "rad/ron-bt"])) == [
        (ITEM, ("owners", 0)),
        (ITEM, ("owners", 1)),
    ]


@pytest.mark.parametrize(
    "text",
    ["121212-1212", "121212+1212", "1212121212", "19121212-1212", "191212121212", "701063 2391", "nr:\n701063-2391!"],
)
def test_identity_number(text: str) -> None:
    place = ("agenda", 1, "parts", 0, "body", 0, "text")
    (found,) = findings(lambda data: put(data, "meetings", RAD, *place, text))
    assert (found.rule, found.level, found.field) == ("identity-number", "warning", place)
    assert not re.search(r"\d{5}", found.message)


@pytest.mark.parametrize(
    "text", ["121212-1213", "232100-0255", "129912-1212", "3121212121212", "2026-02-17", "Dnr 2026-001212", "12121212"]
)
def test_identity_number_is_not_just_any_number(text: str) -> None:
    assert breaches("identity-number", ("items", ITEM, "title", text)) == []


# dates


@pytest.mark.parametrize(
    ("way", "field"),
    [
        (("members", "alva-exempel", "to", "2020-12-31"), ()),
        (("members", "alva-exempel", "names", 0, "from", "2022-01-01"), None),
        (("networks", "rad", "dissolved", "2020-12-31"), ()),
        (("networks", "rad", "names", 0, "to", "2020-12-31"), ()),
        (("networks", "ron-at", "seats", 0, "holders", 0, "to", "2020-12-31"), ()),
        (("networks", "ron-at", "seats", 1, "to", "2020-12-31"), None),
        (("meetings", PREVIOUS, "end", "13:14"), ()),
        (("meetings", PREVIOUS, "held", "date", "2025-10-31"), ()),
        (("meetings", PREVIOUS, "next_meeting", "date", "2025-11-17"), ()),
        (("meetings", PREVIOUS, "next_meeting", "end", "12:00"), ()),
        (("meetings", PREVIOUS, "amendments", 0, "date", "2026-02-16"), ()),
        (("items", ITEM, "closed", "date", "2026-02-16"), ()),
        (("matters", MATTER, "closed", {"date": "2025-10-31"}), ("date",)),
        (("matters", MATTER, "referrals", 1, "answer", "date", "2025-11-19"), ()),
        (("matters", MATTER, "referrals", 0, "withdrawn", {"date": "2025-10-31"}), ("date",)),
    ],
)
def test_end_before_start(way: tuple[Any, ...], field: Way | None) -> None:
    found = [one for one in findings(lambda data: put(data, *way)) if one.rule == "end-before-start"]
    expected = [] if field is None else [("error", (*way[2:-1], *field))]
    assert [(one.level, one.field) for one in found] == expected


def test_approval_before_held() -> None:
    assert breaches("approval-before-held", ("meetings", PREVIOUS, "approval", "date", "2025-11-17")) == [
        (PREVIOUS, ("approval", "date"))
    ]
    assert breaches("approval-before-held", ("meetings", COMING, "approval", {"date": "2026-05-01"})) == [
        (COMING, ("approval",))
    ]


# organisation


def test_seat_empty() -> None:
    emptied = ("networks", "ron-at", "seats", 0, "holders", 1, "to", "2026-02-28")
    found = findings(lambda data: put(data, *emptied))
    assert [(one.rule, one.level, one.path, one.field) for one in found] == [
        ("seat-empty", "notice", "networks/rad.yaml", ("seats", 0)),
        ("seat-empty", "notice", "networks/ron-at.yaml", ("seats", 0)),
    ]
    assert "ron-at/convenor" in found[0].hint


def test_seat_empty_is_no_matter_when_the_seat_or_the_body_is_gone() -> None:
    emptied = ("networks", "ron-at", "seats", 0, "holders", [])
    gone = [("networks", name, "dissolved", "2026-02-28") for name in ("ron-at", "rad")]
    assert "seat-empty" not in {
        one.rule for one in findings(lambda data: [put(data, *way) for way in (emptied, *gone)])
    }
    ended = [("networks", name, "seats", 0, "to", "2026-02-28") for name in ("ron-at", "rad")]
    assert breaches("seat-empty", *ended) == []


def test_seat_held_twice() -> None:
    way = ("networks", "ron-at", "seats", 0, "holders")
    assert breaches("seat-held-twice", (*way, 0, "to", "2026-01-01")) == [("ron-at", ("seats", 0, "holders", 1))]
    assert breaches("seat-held-twice", (*way, "+", {"from": "2023-01-01", "member": "cilla-exempel"})) == [
        ("ron-at", ("seats", 0, "holders", 2)),
        ("ron-at", ("seats", 0, "holders", 1)),
    ]


def test_holder_gone() -> None:
    way = ("networks", "ron-at", "seats", 0, "holders")
    early = [(*way, 0, "to", "2020-11-30"), (*way, 0, "from", "2020-01-01"), (*way, 1, "from", "2020-12-31")]
    assert breaches("holder-gone", *early) == [("ron-at", ("seats", 0, "holders", 1, "from"))]
    assert breaches("holder-gone", ("members", "alva-exempel", "to", "2026-02-28")) == [
        ("ron-at", ("seats", 0, "holders", 1))
    ]


def test_seat_gap() -> None:
    """Told for the seats that must not be missing; one that is open today stands empty, and is told as such."""
    way = ("networks", "ron-at", "seats", 0, "holders")
    gap = (*way, 0, "to", "2025-11-30")
    assert breaches("seat-gap", gap) == [("ron-at", ("seats", 0, "holders", 1))]
    assert breaches("seat-gap", (*way, 0, "to", "2025-12-30"), today=date(2025, 12, 31)) == []
    assert breaches("seat-gap", gap, ("networks", "ron-at", "seats", 0, "kind", "guest")) == []
    later = [(*way, 1, "to", "2026-02-10"), (*way, "+", {"from": "2026-06-01", "member": "bo-exempel"})]
    assert breaches("seat-gap", *later) == []


def test_holder_outside() -> None:
    """Days in a seat that are written lie within those of the seat and its body; an open end ends with them."""
    way = ("networks", "ron-at", "seats", 0)
    first, second = (("ron-at", ("seats", 0, "holders", place)) for place in (0, 1))
    assert breaches("holder-outside", (*way, "holders", 0, "from", "2020-12-31")) == [first]
    assert breaches("holder-outside", (*way, "from", "2026-01-01"), (*way, "to", "2026-06-30")) == [first]
    assert breaches("holder-outside", (*way, "to", "2026-06-30"), (*way, "holders", 1, "to", "2026-07-01")) == [second]
    assert breaches("holder-outside", ("networks", "ron-at", "dissolved", "2026-06-30")) == []
    assert breaches("holder-outside", ("networks", "ron-at", "dissolved", "2025-06-30")) == [first, second]


def test_seat_declined() -> None:
    """Somebody who takes the seat later has thought better of it."""
    way = ("networks", "ron-at", "seats", 1)
    declined = (*way, "declined", "2026-02-01")
    later = {"from": "2026-02-02", "member": "bo-exempel"}
    assert breaches("seat-declined", declined, (*way, "holders", [later])) == []
    assert breaches("seat-declined", declined, (*way, "holders", [later | {"from": "2026-02-01"}])) == [
        ("ron-at", ("seats", 1, "declined"))
    ]
    required = ("networks", "ron-at", "seats", 0, "declined", "2019-02-01")
    assert breaches("seat-declined", required) == [("ron-at", ("seats", 0, "declined"))]


def test_no_successor() -> None:
    """What is open goes on where a successor is that is there today, or one of that one's."""
    opened = ("items", ITEM, "closed", None)
    left = [opened, ("items", ITEM, "network", "osr")]
    found = findings(lambda data: [put(data, *way) for way in left])
    assert [(one.path, one.level) for one in found if one.rule == "no-successor"] == [("networks/osr.yaml", "warning")]
    assert breaches("no-successor", *left, ("networks", "osr", "successors", ["ron-bt"])) == []
    assert breaches("no-successor", ("matters", MATTER, "referrals", 1, "to", "osr")) == []
    waits = [("matters", MATTER, "referrals", 1, "answer", None), ("matters", MATTER, "referrals", 1, "to", "osr")]
    assert breaches("no-successor", *waits) == [("osr", ("dissolved",))]
    gone = [("networks", "ron-bt", "dissolved", "2026-02-28"), ("networks", "osr", "successors", ["ron-bt"])]
    assert breaches("no-successor", *left, *gone) == [("osr", ("dissolved",))]


def test_owner_left() -> None:
    """Who owns what is open is there today; the command that moves it names the convenor, and keeps the others."""
    opened = ("items", ITEM, "closed", None)
    left = [opened, ("members", "alva-exempel", "to", "2026-02-28")]
    assert breaches("owner-left", opened) == []
    assert breaches("owner-left", left[1]) == []
    found = [one for one in findings(lambda data: [put(data, *way) for way in left]) if one.rule == "owner-left"]
    assert [(one.path, one.field) for one in found] == [(f"items/{ITEM}.yaml", ("owners", 1))]
    assert found[0].hint.endswith(f"atbtst item edit {ITEM} --owner ron-at/convenor")
    seat = ("networks", "ron-at", "seats", 0, "to", "2026-02-28")
    assert breaches("owner-left", opened, seat) == [(ITEM, ("owners", 0))]
    gone = [("networks", "ron-at", "dissolved", "2026-02-28"), ("networks", "ron-at", "successors", ["ron-bt"])]
    found = [
        one for one in findings(lambda data: [put(data, *way) for way in (opened, *gone)]) if one.rule == "owner-left"
    ]
    assert found[0].hint.endswith("--owner ron-bt/convenor --owner alva-exempel")


def test_follows_loop() -> None:
    found = findings(lambda data: put(data, "networks", "ron-bt", "seats", 0, "follows", "rad/ron-bt"))
    assert [(one.path, one.field) for one in found if one.rule == "follows-loop"] == [
        ("networks/rad.yaml", ("seats", 1, "follows")),
        ("networks/ron-bt.yaml", ("seats", 0, "follows")),
    ]


def test_follows_with_holders() -> None:
    holders = [{"member": "bo-exempel"}]
    assert breaches("follows-with-holders", ("networks", "rad", "seats", 0, "holders", holders)) == [
        ("rad", ("seats", 0, "holders"))
    ]


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../etc/passwd", "/etc/passwd", "Sverige"])
def test_time_zone_unknown(zone: str) -> None:
    (found,) = findings(lambda data: put(data, "settings", "time_zone", zone))
    assert (found.rule, found.level, found.path, found.field) == (
        "time-zone-unknown",
        "error",
        "settings.yaml",
        ("time_zone",),
    )


# meetings


def test_meeting_number_twice() -> None:
    changes = [("meetings", COMING, "number", 1), ("meetings", COMING, "held", {"date": "2026-04-21"})]
    assert breaches("meeting-number-twice", *changes) == [(RAD, ("number",)), (COMING, ("number",))]
    assert breaches("meeting-number-twice", *changes, ("meetings", COMING, "network", "ron-bt")) == []
    assert breaches("meeting-number-twice", ("meetings", RAD, "number", 4)) == []


def test_decision_number_twice() -> None:
    decision = {"decision": "d-9", "number": 12, "text": "Ja"}
    assert breaches("decision-number-twice", ("meetings", PREVIOUS, "preamble", [decision])) == [
        (PREVIOUS, ("preamble", 0, "number")),
        (PREVIOUS, ("agenda", 0, "body", 1, "number")),
    ]
    assert breaches("decision-number-twice", ("meetings", RAD, "preamble", [decision])) == []


REPLACED = {"supersedes": f"{PREVIOUS}/d-1", "cited": "RÅD § 12/2025"}
SECOND = ({"decision": "d-2", "number": 2, "text": "Nej."}, REPLACED)


@pytest.mark.parametrize(
    ("earlier", "refused"),
    [(f"{PREVIOUS}/d-1", False), (f"{RAD}/d-1", True), (f"{RAD}/d-2", True), (f"{RAD}/d-9", False)],
)
def test_supersedes_later(earlier: str, refused: bool) -> None:
    """Neither itself nor what comes after it, in the same meeting or a later one."""
    line = ("meetings", RAD, "agenda", 2, "body", 1, {"supersedes": earlier})
    found = breaches("supersedes-later", line, ("meetings", RAD, "agenda", 2, "body", "+", SECOND[0]))
    assert bool(found) == refused
    assert found in ([], [(RAD, ("agenda", 2, "body", 1, "supersedes"))])
    over = [{"decision": "d-3", "text": "Ja."}, {"supersedes": f"{RAD}/d-1"}]
    assert breaches("supersedes-later", ("meetings", PREVIOUS, "preamble", over)) == [
        (PREVIOUS, ("preamble", 1, "supersedes"))
    ]


def test_superseded_twice() -> None:
    """The later of the two is told, and what holds now; one decision may take the place of several."""
    once = ("meetings", RAD, "agenda", 2, "body", 1, REPLACED)
    assert breaches("superseded-twice", once) == []
    twice = [("meetings", RAD, "agenda", 2, "body", "+", one) for one in SECOND]
    assert breaches("superseded-twice", once, *twice) == [(RAD, ("agenda", 2, "body", 5, "supersedes"))]

    def change(data: Records) -> None:
        for way in (once, *twice):
            put(data, *way)

    (one,) = (finding for finding in findings(change) if finding.rule == "superseded-twice")
    assert "RÅD § 2/2026 supersedes RÅD § 12/2025, which RÅD § 1/2026 had superseded already" in one.message
    assert "RÅD § 1/2026" in one.hint


def test_referred_nowhere() -> None:
    """Told of what was held; a line that says where it was sent is enough, wherever it stands in the agenda item."""
    text = {"text": "Underlag"}
    assert breaches("referred-nowhere", ("meetings", PREVIOUS, "agenda", 0, "body", 3, text)) == [
        (PREVIOUS, ("agenda", 0, "body", 1))
    ]
    agenda = [{"id": "p-1", "title": "A", "body": [{"decision": "d-1", "outcome": "referred", "text": "B"}]}]
    assert breaches("referred-nowhere", ("meetings", COMING, "agenda", agenda)) == []


@pytest.mark.parametrize("line", [{"votes": "3 mot 1"}, {"reservation": ["bo-exempel"]}, REPLACED])
def test_no_decision_before(line: dict[str, Any]) -> None:
    """In the same agenda item; other text may stand between."""
    body = ("meetings", RAD, "agenda", 2, "body")
    assert breaches("no-decision-before", (*body, 3, line)) == []
    assert breaches("no-decision-before", (*body, 0, line)) == [(RAD, ("agenda", 2, "body", 0))]
    parts = [{"id": "p-4", "title": "Del", "body": [line]}]
    assert breaches("no-decision-before", ("meetings", RAD, "agenda", 2, "parts", parts)) == [
        (RAD, ("agenda", 2, "parts", 0, "body", 0))
    ]


def test_action_minuted_twice() -> None:
    action = {"action": ITEM, "text": "Boka lokal"}
    found = findings(lambda data: put(data, "meetings", COMING, "preamble", [action]))
    assert [(one.path, one.field) for one in found if one.rule == "action-minuted-twice"] == [
        (f"meetings/{RAD}/meeting.yaml", ("agenda", 1, "parts", 0, "body", 0, "action")),
        (f"meetings/{COMING}/meeting.yaml", ("preamble", 0, "action")),
    ]


def test_number_before_held() -> None:
    assert breaches("number-before-held", ("meetings", COMING, "number", 2)) == [(COMING, ("number",))]


def test_held_and_cancelled() -> None:
    over = {"date": "2026-02-17", "reason": "x"}
    assert breaches("held-and-cancelled", ("meetings", RAD, "cancelled", over)) == [(RAD, ("cancelled",))]
    assert breaches("held-and-cancelled", ("meetings", COMING, "cancelled", over)) == []


def test_body_gone() -> None:
    assert breaches("body-gone", ("meetings", COMING, "network", "osr")) == [(COMING, ("date",))]
    assert breaches("body-gone", ("meetings", COMING, "with", ["ron-at", "osr"])) == [(COMING, ("with", 1))]


def test_attended_twice() -> None:
    again = {"member": "bo-exempel", "status": "excused"}
    assert breaches("attended-twice", ("meetings", PREVIOUS, "attendance", "+", again)) == [
        (PREVIOUS, ("attendance", 3, "member"))
    ]


def test_seat_not_held() -> None:
    way = ("meetings", RAD, "attendance", 0)
    assert breaches("seat-not-held", (*way, "member", "bo-exempel")) == [
        (RAD, ("attendance", 0, "seats", 0)),
        (RAD, ("attendance", 0, "seats", 1)),
    ]
    assert breaches("seat-not-held", (*way, "member", "bo-exempel"), (*way, "substitute_for", "alva-exempel")) == []


def test_no_quorum() -> None:
    """Bo comes after the first decision of that meeting, and leaves before the one that is added."""
    way = ("meetings", PREVIOUS, "agenda", 0, "body")
    decision = {"decision": "d-2", "number": 13, "text": "Efteråt."}
    required = ("networks", "rad", "quorum", [{"count": 2}])
    assert breaches("no-quorum", (*way, "+", decision)) == []
    assert breaches("no-quorum", (*way, "+", decision), required) == [
        (PREVIOUS, ("agenda", 0, "body", 1, "decision")),
        (PREVIOUS, ("agenda", 0, "body", 8, "decision")),
        (RAD, ("agenda", 2, "body", 0, "decision")),
    ]
    nobody = ("meetings", PREVIOUS, "attendance", [])
    assert len(breaches("no-quorum", ("networks", "rad", "quorum", [{"count": 1}]), nobody)) == 1


def test_stands_in_for_oneself() -> None:
    way = ("meetings", PREVIOUS, "attendance", 0, "substitute_for")
    assert breaches("stands-in-for-oneself", (*way, "cilla-exempel")) == []
    assert breaches("stands-in-for-oneself", (*way, "bo-exempel")) == [(PREVIOUS, ("attendance", 0, "substitute_for"))]


@pytest.mark.parametrize(
    ("status", "came", "found"), [("present", None, True), ("present", "late", False), ("excused", None, False)]
)
def test_seat_taken_twice(status: str, came: str | None, found: bool) -> None:
    """A substitute and the holder may take the seat one after the other, and not at the same time."""
    attendance = ("meetings", PREVIOUS, "attendance")
    substitute = {"member": "alva-exempel", "status": status, "seats": ["rad/ron-at"], "substitute_for": "bo-exempel"}
    arrival = ("meetings", PREVIOUS, "agenda", 0, "body", "+", {"arrived": "alva-exempel"})
    changes = ((*attendance, "+", substitute), *[arrival] * bool(came))
    expected = [(PREVIOUS, ("attendance", 3, "seats"))] * found
    assert breaches("seat-taken-twice", *changes) == expected


def test_movement_of_nobody() -> None:
    body = ("meetings", PREVIOUS, "agenda", 0, "body", "+")
    way = ("agenda", 0, "body", 8)
    assert breaches("movement-of-nobody", (*body, {"arrived": {"name": "DAVID EXEMPEL"}})) == []
    assert breaches("movement-of-nobody", (*body, {"arrived": "alva-exempel"})) == [(PREVIOUS, (*way, "arrived"))]
    away = ("meetings", PREVIOUS, "attendance", 1, "status", "absent")
    assert breaches("movement-of-nobody", (*body, {"left": "cilla-exempel"}), away) == [(PREVIOUS, (*way, "left"))]


@pytest.mark.parametrize(
    ("movement", "found"),
    [
        ({"arrived": "bo-exempel"}, False),
        ({"left": "bo-exempel"}, True),
        ({"arrived": "bo-exempel", "at": "14:20"}, True),
        ({"arrived": "bo-exempel", "at": "14:40"}, False),
        ({"left": "cilla-exempel"}, False),
    ],
)
def test_movement_twice(movement: dict[str, str], found: bool) -> None:
    """In the example Bo comes at 13.30 and leaves at 14.30."""
    expected = [(PREVIOUS, ("agenda", 0, "body", 8, next(iter(movement))))] * found
    assert breaches("movement-twice", ("meetings", PREVIOUS, "agenda", 0, "body", "+", movement)) == expected
    again = ("meetings", PREVIOUS, "agenda", 0, "body", 5, {"arrived": "alva-exempel"})
    twice = ("meetings", PREVIOUS, "agenda", 0, "body", 6, {"arrived": "alva-exempel"})
    assert breaches("movement-twice", again, twice) == [(PREVIOUS, ("agenda", 0, "body", 6, "arrived"))]


def test_quorum_twice() -> None:
    way = ("networks", "rad", "quorum")
    assert (
        breaches("quorum-twice", (*way, [{"to": "2025-12-31", "count": 1}, {"from": "2026-01-01", "count": 2}])) == []
    )
    assert breaches("quorum-twice", (*way, [{"to": "2026-01-01", "count": 1}, {"from": "2026-01-01", "count": 2}])) == [
        ("rad", ("quorum", 1))
    ]


def test_quorum_out_of_reach() -> None:
    """Of all seats, or of those that are named; a guest's seat counts where it is named alone."""
    way, field = ("networks", "rad", "quorum"), ("rad", ("quorum", 0, "count"))
    assert breaches("quorum-out-of-reach", (*way, [{"count": 2}])) == []
    assert breaches("quorum-out-of-reach", (*way, [{"count": 3}])) == [field]
    assert breaches("quorum-out-of-reach", (*way, [{"count": 0}])) == [field]
    assert breaches("quorum-out-of-reach", (*way, [{"count": 2, "seats": ["ron-at"]}])) == [field]
    guest = ("networks", "rad", "seats", 0, "kind", "guest")
    assert breaches("quorum-out-of-reach", (*way, [{"count": 2}]), guest) == [field]
    assert breaches("quorum-out-of-reach", (*way, [{"count": 2, "seats": ["ron-at", "ron-bt"]}]), guest) == []


def test_seal_broken() -> None:
    """The seal is that of the record as it stands; another word, and it is broken."""
    sealed = {"record": seals.of_record(council().meetings[RAD])}
    way = ("meetings", RAD, "approval")
    approval = {"date": "2026-03-02", "sealed": sealed}
    assert breaches("seal-broken", (*way, approval)) == []
    assert breaches("seal-broken", (*way, approval), ("meetings", RAD, "place", "Annanstans")) == [
        (RAD, ("approval", "sealed", "record"))
    ]
    assert breaches("seal-broken", (*way, {"date": "2026-03-02"})) == []


BESIDE = {"id": "2026-04-21-ron-at", "network": "ron-at", "date": "2026-04-21", "start": "13:00", "end": "15:00"}


@pytest.mark.parametrize(
    ("start", "end", "clashes"),
    [
        (None, None, True),
        ("14:00", None, True),
        ("11:00", None, False),
        ("15:00", "16:00", False),
        ("08:00", "13:01", True),
        ("08:00", "13:00", False),
    ],
)
def test_called_twice(start: str | None, end: str | None, clashes: bool) -> None:
    """Without hours a meeting may take the whole day; without an end it is taken to last for two hours."""
    changes = (
        ("meetings", BESIDE["id"], BESIDE),
        ("meetings", COMING, "start", start),
        ("meetings", COMING, "end", end),
    )
    both = [(COMING, ("date",)), (BESIDE["id"], ("date",))]
    assert breaches("called-twice", *changes) == (both if clashes else [])
    assert breaches("called-twice", *changes, today=date(2026, 4, 22)) == []


def test_called_twice_names_who_and_where() -> None:
    (found, other) = [
        one for one in findings(lambda data: put(data, "meetings", BESIDE["id"], BESIDE)) if one.rule == "called-twice"
    ]
    assert "Alva Exempel" in found.message
    assert "RÖN-AT (2026-04-21-ron-at)" in found.message
    assert "Cilla" not in found.message
    assert "RÅD (2026-04-21-rad)" in other.message


@pytest.mark.parametrize(
    "way",
    [
        ("cancelled", {"date": "2026-02-27", "reason": "x"}),
        ("network", "ron-bt"),
        ("date", "2026-04-22"),
    ],
)
def test_called_twice_not_where_nobody_is_or_the_meeting_is_off(way: tuple[str, Any]) -> None:
    changes: list[tuple[Any, ...]] = [("meetings", BESIDE["id"], BESIDE | dict([way]))]
    if way[0] == "network":  # whose convenor then sits in neither
        changes += [("meetings", COMING, "with", []), ("networks", "rad", "seats", [])]
    assert breaches("called-twice", *changes) == []


def test_called_twice_counts_every_body_of_a_joint_meeting() -> None:
    beside = BESIDE | {"id": "2026-04-21-osr", "network": "osr", "with": ["ron-bt"]}
    found = breaches("called-twice", ("networks", "rad", "seats", []), ("meetings", beside["id"], beside))
    assert found == [(beside["id"], ("date",)), (COMING, ("date",))]


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ("2026-04-21", False),
        ("2026-05-14", True),
        ("2026-06-06", True),
        ("2026-06-19", True),
        ("2026-12-24", True),
        ("2026-12-31", True),
        ("2026-12-23", False),
        ("2026-04-19", False),
        ("2026-02-28", False),
        ("9999-12-31", False),
    ],
)
def test_holiday(day: str, off: bool) -> None:
    """Public holidays, and the eves that count like them; a plain Sunday is a weekend."""
    assert breaches("holiday", ("meetings", COMING, "date", day)) == ([(COMING, ("date",))] if off else [])


def test_holiday_is_no_matter_for_what_is_over() -> None:
    assert breaches("holiday", ("meetings", RAD, "date", "2026-06-06")) == []
    over = {"date": "2026-03-01", "reason": "x"}
    moved = ("meetings", COMING, "date", "2026-06-06")
    assert breaches("holiday", moved, ("meetings", COMING, "cancelled", over)) == []


@pytest.mark.parametrize(("day", "found"), [("2026-04-25", True), ("2026-04-26", True), ("2026-04-27", False)])
def test_weekend(day: str, found: bool) -> None:
    assert breaches("weekend", ("meetings", COMING, "date", day)) == ([(COMING, ("date",))] if found else [])


def test_weekend_gives_way_to_a_holiday() -> None:
    assert breaches("weekend", ("meetings", COMING, "date", "2026-06-06")) == []


@pytest.mark.parametrize(
    ("day", "start", "end", "where"),
    [
        ("2026-03-29", "02:30", "04:00", [("start",)]),
        ("2026-10-25", "01:00", "02:00", [("end",)]),
        ("2026-10-25", "03:00", "04:00", []),
        ("2026-04-21", "02:30", "04:00", []),
    ],
)
def test_clock_change(day: str, start: str, end: str, where: list[Way]) -> None:
    meeting = {"date": day, "start": start, "end": end}
    changes = [("meetings", COMING, key, value) for key, value in meeting.items()]
    assert breaches("clock-change", *changes) == [(COMING, field) for field in where]
    assert breaches("clock-change", *changes, ("settings", "time_zone", "Asia/Tokyo")) == []
    assert breaches("clock-change", *changes, ("settings", "time_zone", "Sverige")) == []


# items


def test_origin_differs() -> None:
    action = ("agenda", 1, "parts", 0, "body", 0, "action")
    assert breaches("origin-differs", ("items", ITEM, "origin", {"meeting": PREVIOUS, "agenda_item": "p-1"})) == [
        (ITEM, ("origin", "meeting")),
        (RAD, action),
    ]
    assert breaches("origin-differs", ("items", ITEM, "origin", None)) == [(RAD, action)]


def test_origin_differs_not_for_an_item_that_nobody_marked_in_the_minutes() -> None:
    item = {"id": "i-0000000", "title": "Ring", "network": "rad", "added": "2026-02-20", "origin": {"meeting": RAD}}
    assert breaches("origin-differs", ("items", "i-0000000", item)) == []


def test_due_elsewhere() -> None:
    assert breaches("due-elsewhere", ("meetings", COMING, "network", "ron-bt")) == [(ITEM, ("due",))]
    assert breaches("due-elsewhere", ("items", ITEM, "network", "ron-bt")) == []


def test_due_before_added() -> None:
    assert breaches("due-before-added", ("items", ITEM, "due", "2026-02-16")) == [(ITEM, ("due",))]
    assert breaches("due-before-added", ("items", ITEM, "due", PREVIOUS)) == [(ITEM, ("due",))]
    assert breaches("due-before-added", ("items", ITEM, "due", "next")) == []


def test_log_after_closed() -> None:
    assert breaches("log-after-closed", ("items", ITEM, "log", 0, "date", "2026-02-26")) == [(ITEM, ("log", 0, "date"))]


def test_dropped_without_reason() -> None:
    assert breaches("dropped-without-reason", ("items", ITEM, "closed", "reason", None)) == [(ITEM, ("closed",))]


# matters


R1, R2 = (("referrals", place) for place in (0, 1))


def test_sending_not_allowed() -> None:
    """A body whose record names nobody sends anywhere, but not to itself."""
    allowed = ("networks", "rad", "refers_to", ["ron-bt"])
    assert breaches("sending-not-allowed", allowed) == [(MATTER, (*R2, "to"))]
    assert breaches("sending-not-allowed", ("networks", "rad", "refers_to", ["ron-bt", "hsn"])) == []
    assert breaches("sending-not-allowed", ("matters", MATTER, *R2, "to", "rad")) == [(MATTER, (*R2, "to"))]


def test_sent_from_elsewhere() -> None:
    """Who raised it or was sent it, or the body that goes on for a dissolved one."""
    assert breaches("sent-from-elsewhere", ("matters", MATTER, *R2, "from", "ron-bt")) == [(MATTER, (*R2, "from"))]
    assert breaches("sent-from-elsewhere", ("matters", MATTER, *R1, "from", "ron-bt")) == [(MATTER, (*R1, "from"))]
    old = ("matters", MATTER, "network", "osr")
    assert breaches("sent-from-elsewhere", old) == [(MATTER, (*R1, "from"))]
    assert breaches("sent-from-elsewhere", old, ("networks", "osr", "successors", ["ron-at"])) == []


def test_continues_later() -> None:
    for way, parent in ((R1, "r-2"), (R1, "r-1"), (R2, "r-2")):
        breach = ("matters", MATTER, *way, "parent", parent)
        assert breaches("continues-later", breach) == [(MATTER, (*way, "parent"))]
    assert breaches("continues-later", ("matters", MATTER, *R2, "parent", None)) == []


def test_answered_and_withdrawn() -> None:
    taken = {"date": "2026-02-02"}
    assert breaches("answered-and-withdrawn", ("matters", MATTER, *R2, "withdrawn", taken)) == [
        (MATTER, (*R2, "withdrawn"))
    ]
    assert breaches("answered-and-withdrawn", ("matters", MATTER, *R1, "withdrawn", taken)) == []


def test_closed_while_sent() -> None:
    """What was sent for information waits for nothing."""
    closed = ("matters", MATTER, "closed", {"date": "2026-02-20"})
    assert breaches("closed-while-sent", closed) == [(MATTER, R1)]
    assert breaches("closed-while-sent", closed, ("matters", MATTER, *R1, "role", "information")) == []


def test_continues_ended() -> None:
    """As where one answers what another sends on at the same time."""
    ended, waits = (
        ("matters", MATTER, *R1, "withdrawn", {"date": "2026-02-02"}),
        ("matters", MATTER, *R2, "answer", None),
    )
    assert breaches("continues-ended", ended, waits) == [(MATTER, R2)]
    assert breaches("continues-ended", ended) == breaches("continues-ended", waits) == []


@pytest.mark.parametrize(
    ("by", "day", "found"),
    [
        ("bo-exempel", "2025-11-01", False),
        ("alva-exempel", "2025-11-01", True),
        ("alva-exempel", "2026-01-01", False),
        ("bo-exempel", "2026-01-01", True),
        ({"name": "David Exempel"}, "2026-01-01", False),
    ],
    ids=str,
)
def test_not_the_convenor(by: Any, day: str, found: bool) -> None:
    """By the holder of that day; of a name as written nobody knows."""
    sent = {"date": day, "by": by, "on_behalf_of": "ron-at/convenor"}
    there = (MATTER, (*R1, "sent", "by"))
    assert breaches("not-the-convenor", ("matters", MATTER, *R1, "sent", sent)) == ([there] if found else [])


@pytest.mark.parametrize(
    ("step", "way", "found"),
    [
        ({"at": f"{PREVIOUS}/p-1"}, (*R2, "sent"), False),
        ({"at": f"{PREVIOUS}/p-1"}, (*R1, "sent"), False),
        ({"decision": f"{RAD}/d-1"}, (*R1, "sent"), True),
        ({"decision": f"{RAD}/d-1"}, (*R1, "answer"), False),
        ({"at": f"{RAD}/p-3"}, (*R2, "answer"), False),
    ],
    ids=str,
)
def test_decided_elsewhere(step: Records, way: Way, found: bool) -> None:
    """An instance's answer stands in the minutes of who had sent it; a network may take up a question where it reports."""
    changes = [("matters", MATTER, *way, {"date": "2026-02-20", **step})]
    [name] = step
    assert breaches("decided-elsewhere", *changes) == ([(MATTER, (*way, name))] if found else [])


def test_internal_matter_shown() -> None:
    """By the item's own matter, or by a line that names it; not where the item is internal, or the minutes approved."""
    internal = ("matters", MATTER, "internal", "true")
    line = ("meetings", RAD, "agenda", 2, "body", "+", {"matter": MATTER, "text": "x"})
    assert breaches("internal-matter-shown", internal) == []
    assert breaches("internal-matter-shown", internal, line) == [(RAD, ("agenda", 2))]
    assert breaches("internal-matter-shown", line) == []
    hidden = ("meetings", RAD, "agenda", 2, "internal", "true")
    assert breaches("internal-matter-shown", internal, line, hidden) == []
    assert breaches("internal-matter-shown", internal, ("meetings", PREVIOUS, "approval", None)) == [
        (PREVIOUS, ("agenda", 0))
    ]


def test_paper_missing() -> None:
    listed = ("matters", MATTER, "papers", ["frågan.pdf"])
    agenda = ("meetings", RAD, "agenda", 1, "parts", 0, "papers", ["schema.pdf"])
    assert breaches("paper-missing", listed, agenda) == [
        (MATTER, ("papers", 0)),
        (RAD, ("agenda", 1, "parts", 0, "papers", 0)),
    ]


# what a change adds


def judged(change: Callable[[Records], object], *touched: tuple[str, str]) -> list[Finding]:
    data = records()
    change(data)
    return added(council(), council(data), touched, TODAY)


def test_a_change_answers_for_the_errors_it_adds_in_what_it_touches() -> None:
    def change(data: Records) -> None:
        data["items"][ITEM]["network"] = NOWHERE
        data["matters"][MATTER]["network"] = NOWHERE

    assert [finding.path for finding in judged(change, ("items", ITEM))] == [f"items/{ITEM}.yaml"]


def test_a_change_answers_for_what_it_leaves_dangling() -> None:
    found = judged(lambda data: data["networks"]["ron-at"]["seats"].pop(0), ("networks", "ron-at"))
    assert {(finding.rule, finding.path) for finding in found} == {
        ("unknown-id", path) for path in ("networks/rad.yaml", f"meetings/{RAD}/meeting.yaml", f"items/{ITEM}.yaml")
    }
    assert judged(lambda data: data["settings"]["instances"].clear(), ("settings", "settings"))
    assert judged(lambda data: data["items"].clear(), ("items", ITEM))


def test_a_change_does_not_answer_for_errors_that_were_there() -> None:
    data = records()
    data["items"][ITEM]["network"] = NOWHERE
    before = council(data)
    data["items"][ITEM]["title"] = "Boka en annan lokal"
    assert added(before, council(data), {("items", ITEM)}, TODAY) == []


def test_a_change_of_one_item_reads_only_that_item_and_where_it_was_minuted() -> None:
    """Only errors can refuse a change, so what only warnings need is not read."""
    whole = council()

    class Watched(dict[str, Any]):
        """Records that tell which of them were read."""

        def get(self, key: str, default: Any = None) -> Any:
            read.add(key)
            return super().get(key, default)

        def items(self) -> Any:
            raise AssertionError

    read: set[str] = set()
    watched = Watched(whole.meetings)
    seen = Council(whole.settings, whole.members, whole.networks, watched, whole.items, whole.matters, whole.paths)
    assert added(seen, seen, {("items", ITEM)}, TODAY) == []
    assert read == {RAD}


CHANGES = st.sampled_from([(kind, name) for kind in MODELS for name in records()[kind]])


@given(st.sets(CHANGES), st.sets(st.sampled_from(sorted(EVERYTHING))))
@settings(max_examples=100, deadline=None)
def test_what_is_judged_alone_is_judged_as_in_the_whole(touched: set[tuple[str, str]], kinds: set[str]) -> None:
    data = records()
    for kind, name in touched:
        del data[kind][name]
    some = council(data)
    few = {(kind, name) for kind in kinds & set(MODELS) for name in data[kind]}
    paths = {some.paths[key] for key in few}
    assert check(some, TODAY, few) == [finding for finding in check(some, TODAY) if finding.path in paths]


def leaves(node: Any, *way: str | int) -> Iterator[Way]:
    """The way to every value below a node that is neither a mapping nor a list."""
    if isinstance(node, dict | list):
        for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(inner, *way, step)
    else:
        yield way


LEAVES = sorted(leaves(records()), key=str)
VALUES = (
    *(" ", "x", "next", "2026-02-17", "0001-01-01", "9999-12-31", "23:59", "1", "true", "guest", "offered", "/", "hsn"),
    *("rad", "ron-at/convenor", "rad/ron-at", "alva-exempel", "d-1", f"{RAD}/d-1", RAD, ITEM, MATTER, "Europe/Paris"),
)


@given(st.lists(st.tuples(st.sampled_from(LEAVES), st.sampled_from(VALUES)), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_whatever_a_record_says_the_rules_answer_and_no_error_slips_through(changes: list[tuple[Way, str]]) -> None:
    data = records()
    for way, value in changes:
        put(data, *way, value)
    try:
        after = council(data)
    except ValidationError:
        return
    found = check(after, TODAY)
    assert all(one.path and one.message and one.field for one in found)
    errors = [one for one in found if one.level == "error"]
    touched = {("settings", "settings") if way[0] == "settings" else (str(way[0]), str(way[1])) for way, _ in changes}
    new = added(council(), after, touched, TODAY)
    assert bool(new) == bool(errors)
    assert [one for one in new if one not in errors] == []

"""A sending that is stopped at any point: run again, no letter goes twice, and what nobody can know is said to be so."""

import json
from collections.abc import Iterator

import pytest
from conftest import Program, git
from faults import assert_sound, commits, kill_at, outcomes, signalled
from handmade import PLANNED
from mailroom import Room, mailroom, sent, with_addresses, with_settings

from atbtst_cli.store.follow import STEPS

SEND = ("agenda", "send", PLANNED, "--smtp")
COUNT = 5
RECORD = f"records/meetings/2026/{PLANNED}"
LETTER = {
    "letter-to-be-noted-uncertain": (0, None),
    "letter-noted-uncertain": (0, "uncertain"),
    "letter-taken": (1, "uncertain"),
    "letter-to-be-noted-sent": (1, "uncertain"),
    "letter-noted-sent": (1, "sent"),
}
"""The points of each letter's way: how many letters the server has when the first one is stopped there, and its fate."""


@pytest.fixture
def room() -> Iterator[Room]:
    with mailroom() as opened:
        yield opened


@pytest.fixture
def sender(council: Program, room: Room) -> Program:
    with_settings(council, room.port)
    with_addresses(council)
    return council


def fates(council: Program) -> list[str]:
    """What is on record of each letter."""
    return [word for one in sent(council) for word in one.split() if word in ("sent", "refused", "uncertain")]


def assert_accounted(council: Program, room: Room) -> None:
    """No recipient got two letters, what is on record as sent came, and the agenda is frozen if any did."""
    assert len(set(room.to)) == len(room.to)
    assert fates(council).count("sent") <= len(room.to)
    frozen = (council.folder / RECORD / "agenda.pdf").exists()
    assert frozen == ("sent" in fates(council)) == ("called:" in (council.folder / RECORD / "meeting.yaml").read_text())
    assert_sound(council.folder)
    assert git(council.folder, "status", "--porcelain") == ""


@pytest.mark.parametrize("point", LETTER)
def test_killed_on_a_letters_way_the_next_run_goes_on_from_there(sender: Program, room: Room, point: str) -> None:
    had, fate = LETTER[point]
    kill_at(sender.folder, point, *SEND)
    assert len(room.to) == had
    assert fates(sender) == []
    said = sender(*SEND, code=3 if fate == "uncertain" else 0)
    assert fates(sender).count("uncertain") == (fate == "uncertain") == said.err.count("--uncertain skip")
    assert len(room.to) == COUNT - (fate == "uncertain" and not had)
    assert_accounted(sender, room)
    sender(*SEND, "--uncertain", "send")
    assert fates(sender) == ["sent"] * COUNT
    assert len(room.to) == COUNT + (fate == "uncertain" and had)
    assert len(sent(sender)) == 1


@pytest.mark.parametrize("point", [*STEPS[1:], "mailing-recorded"])
def test_killed_while_it_is_put_on_record_nothing_is_lost_or_repeated(sender: Program, room: Room, point: str) -> None:
    kill_at(sender.folder, point, *SEND)
    assert len(room.to) == COUNT
    sender(*SEND)
    assert fates(sender) == ["sent"] * COUNT
    assert [subject for subject in commits(sender.folder) if "mottagare" in subject] == [
        "agenda(RÅD 2026-04-21): skickat till 5 mottagare"
    ]
    assert_accounted(sender, room)


@pytest.mark.parametrize("point", LETTER)
def test_control_c_puts_on_record_what_was_sent_until_then(sender: Program, room: Room, point: str) -> None:
    """At once, without another run."""
    had, fate = LETTER[point]
    code, said = signalled(sender.folder, "SIGINT", point, *SEND)
    assert code == 130, said
    assert len(room.to) == had
    # Noted on disk or not: who is interrupted, not killed, still knows it.
    assert fates(sender) == {0: ["uncertain"], 1: [fate if point == "letter-taken" else "sent"]}[had]
    assert_accounted(sender, room)
    sender(*SEND, "--uncertain", "skip")
    assert_accounted(sender, room)


def test_what_a_killed_call_left_is_put_on_record_by_the_next_mailing_of_any_kind(sender: Program, room: Room) -> None:
    """And the agenda is frozen as it was sent, whatever was done to it since."""
    kill_at(sender.folder, "letter-noted-sent", *SEND)
    sender("agenda", "add", "Tillkommen fråga", "--meeting", PLANNED)
    sender("item", "remind", "--smtp")
    assert fates(sender) == ["sent"]
    assert "Tillkommen" not in (sender.folder / RECORD / "agenda.md").read_text()
    assert_accounted(sender, room)


def test_what_a_killed_sending_left_does_not_overtake_what_came_on_record_since(sender: Program, room: Room) -> None:
    """What became of it was put on record on another computer, and fetched."""
    kill_at(sender.folder, "letter-taken", *SEND)
    left = sender.folder / f".git/atbtst/outbox/{PLANNED}-agenda-0.json"
    away = left.rename(left.with_suffix(".away"))
    sender.seeds = iter([7] * 9)
    sender("agenda", "send", PLANNED, "--done")
    before = sent(sender)
    assert json.loads(away.read_bytes())["mailing"]["id"] in before[0]
    away.rename(left)
    sender(*SEND)
    assert sent(sender) == before
    assert fates(sender) == ["sent"] * COUNT


def test_a_left_over_that_cannot_be_read_is_named(sender: Program, room: Room) -> None:
    left = sender.folder / f".git/atbtst/outbox/{PLANNED}-agenda-0.json"
    left.parent.mkdir(parents=True, exist_ok=True)
    for text in ("{", "[]", "{}", '{"mailing": {"id": "s-1"}}'):
        left.write_text(text)
        assert str(left) in sender(*SEND, code=3).err
    assert room.letters == []
    left.unlink()
    sender(*SEND)


@pytest.mark.parametrize("limit", [0, 1400, 1800, 2600, 4000, 100_000])
def test_on_a_disk_that_fills_no_letter_goes_unaccounted(sender: Program, room: Room, limit: int) -> None:
    """No file may grow beyond so many bytes: the outbox fails before a letter or after it, or the record does."""
    [found] = outcomes(sender.folder, "limit", "RLIMIT_FSIZE", str(limit), *SEND)
    assert found.code == (0 if limit == 100_000 else 3)
    assert found.code == 0 or "outbox" in found.said or ".git" in found.said
    came = len(room.to)
    sender.folder = sender.folder.parent / f"RLIMIT_FSIZE-{limit}"
    sender(*SEND, "--uncertain", "skip")
    print(f"{limit} bytes: exit {found.code}, {came} letters went, then {fates(sender)}")  # noqa: T201
    assert_accounted(sender, room)
    assert len(fates(sender)) == COUNT

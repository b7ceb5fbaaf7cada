"""Letters handed to a real mail server on the loopback: who gets one, what is on record, and that none goes twice."""

import smtplib
import ssl
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
import trustme
from conftest import Program, git
from faults import commits
from handmade import PLANNED, commit, contents, write
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Failing
from mailroom import (
    SECRET,
    USER,
    Room,
    certificate,
    knows_the_password,
    mailroom,
    parsed,
    sent,
    with_addresses,
    with_settings,
)

SEND = ("agenda", "send", PLANNED, "--smtp")
RECORD = f"records/meetings/2026/{PLANNED}"
EVERYBODY = ["bo@example.org", "disa@example.org", "erik@example.org", "alva@example.org", "lista@example.org"]


@pytest.fixture
def room() -> Iterator[Room]:
    """A mail server that takes every letter until it is told otherwise."""
    with mailroom() as opened:
        yield opened


@pytest.fixture
def sender(council: Program, room: Room) -> Program:
    """A council that sends to that server, with a planned meeting."""
    with_settings(council, room.port)
    with_addresses(council)
    return council


# -- all is well ----------------------------------------------------------------------------------------------------------


def test_everybody_gets_a_letter_and_one_commit_tells_so(sender: Program, room: Room) -> None:
    """The first call makes the meeting called, and freezes the agenda, in the same commit."""
    before = len(commits(sender.folder))
    said = sender(*SEND)
    assert room.to == EVERYBODY
    assert len(commits(sender.folder)) == before + 1
    assert commits(sender.folder)[0] == "agenda(RÅD 2026-04-21): skickat till 5 mottagare"
    [mailing] = sent(sender)
    assert "kind: agenda meeting: 2026-04-21-rad date: 2026-03-02 by: cilla-exempel" in mailing
    assert mailing.count("status: sent at: '2026-03-02T09:30:00+01:00'") == 5
    assert "@" not in mailing
    changed = git(sender.folder, "-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD").split()
    assert changed[1:] == [f"{RECORD}/{name}" for name in ("agenda.html", "agenda.md", "agenda.pdf", "meeting.yaml")]
    assert "called:\n  date: 2026-03-02\n  by: cilla-exempel\n" in (sender.folder / RECORD / "meeting.yaml").read_text()
    assert git(sender.folder, "status", "--porcelain") == ""
    assert all(name in said.err for name in ("Bo Exempel", "Erik Exempel", "ATBTST-rådet"))
    sender("check")


def test_the_server_gets_whole_letters(sender: Program, room: Room) -> None:
    """Lines end as they should, every byte is ASCII, and each letter has an id of its own."""
    sender(*SEND)
    for _address, data in room.letters:
        assert data.isascii()
        assert data.count(b"\n") == data.count(b"\r\n")
    ids = {room.letter(address)["Message-ID"] for address in EVERYBODY}
    assert len(ids) == 5
    letter = room.letter("bo@example.org")
    assert letter["From"] == "ATBTST-rådet <rad@example.org>"
    assert letter["To"] == "Bo Exempel <bo@example.org>"
    assert letter["Date"] == "Mon, 02 Mar 2026 09:30:00 +0100"
    assert "X-Unsent" not in letter
    assert letter.defects == []


def test_run_again_nobody_gets_it_twice_and_again_all_do(sender: Program, room: Room) -> None:
    sender(*SEND)
    before = commits(sender.folder)
    assert "--again" in sender(*SEND).err
    assert commits(sender.folder) == before
    assert room.to == EVERYBODY
    first = room.letter("bo@example.org")["Message-ID"]
    room.letters.clear()
    sender(*SEND, "--again")
    assert room.to == EVERYBODY
    assert room.letter("bo@example.org")["Message-ID"] != first
    assert len(sent(sender)) == 2
    sender(*SEND)
    assert len(room.letters) == 5


def test_a_dry_run_tells_and_writes_nothing(sender: Program, room: Room) -> None:
    before = contents(sender)
    shown = sender("agenda", "send", PLANNED, "--dry-run")
    assert contents(sender) == before
    assert room.letters == []
    assert [line.split("  ")[0] for line in shown.out.splitlines()[1:]] == [
        *("Bo Exempel", "Disa Exempel", "Erik Exempel", "Alva Exempel", "ATBTST-rådet"),
    ]
    sender(*SEND)
    assert sender("agenda", "send", PLANNED, "--dry-run").out.count("2026-03-02 09:30") == 5


# -- not all is well ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("recipients", "550 5.1.1 No such user"),
        ("recipients", "451 4.7.1 Greylisted, come back later"),
        ("data", "554 5.7.1 Looks like spam"),
        ("data", "452 4.3.1 Full for now"),
    ],
)
def test_a_letter_that_is_refused_is_told_and_goes_the_next_time(
    sender: Program, room: Room, where: str, answer: str
) -> None:
    """The others get theirs; the exit code says that not everybody has it."""
    getattr(room, where)["disa@example.org"] = answer
    said = sender(*SEND, code=3)
    assert answer.split(" ", 1)[1] in said.err
    assert room.to == [address for address in EVERYBODY if not address.startswith("disa")]
    assert "member: disa-exempel status: refused" in sent(sender)[0]
    assert "called:" in (sender.folder / RECORD / "meeting.yaml").read_text()
    getattr(room, where).clear()
    sender(*SEND)
    assert room.to[4:] == ["disa@example.org"]
    [mailing] = sent(sender)
    assert mailing.count("status: sent") == 5


def test_where_all_are_refused_nobody_was_called(sender: Program, room: Room) -> None:
    room.recipients.update(dict.fromkeys(EVERYBODY, "550 No"))
    sender(*SEND, code=3)
    assert "called:" not in (sender.folder / RECORD / "meeting.yaml").read_text()
    assert not (sender.folder / RECORD / "agenda.pdf").exists()
    assert sent(sender)[0].count("status: refused") == 5


def test_a_letter_whose_answer_was_lost_is_uncertain_and_is_not_sent_again_unasked(sender: Program, room: Room) -> None:
    """The server has it, but the connection broke before it could say so."""
    room.hang_up.add("disa@example.org")
    assert "Disa Exempel" in sender(*SEND, code=3).err
    assert room.to == EVERYBODY[:2]
    assert "member: disa-exempel status: uncertain" in sent(sender)[0]
    assert sent(sender)[0].count("status: sent") == 1
    said = sender(*SEND, code=3)
    assert "Disa Exempel" in said.err
    assert "--uncertain" in said.err
    assert room.to == EVERYBODY
    assert sent(sender)[0].count("status: sent") == 4
    sender(*SEND, "--uncertain", "skip")
    assert room.to == EVERYBODY
    sender(*SEND, "--uncertain", "send")
    assert room.to == [*EVERYBODY, "disa@example.org"]
    ids = [parsed(data)["Message-ID"] for address, data in room.letters if address == "disa@example.org"]
    assert len(set(ids)) == 1
    assert sent(sender)[0].count("status: sent") == 5


def test_an_answer_that_is_none_leaves_a_letter_uncertain(sender: Program, room: Room) -> None:
    room.data["bo@example.org"] = "399 Well"
    assert "399 Well" in sender(*SEND, code=3).err
    assert "member: bo-exempel status: uncertain" in sent(sender)[0]
    assert sent(sender)[0].count("status: ") == 1


def test_a_letter_that_is_too_large_for_the_server_is_refused_before_it_is_sent(council: Program) -> None:
    with_addresses(council)
    with mailroom(data_size_limit=10_000) as room:
        with_settings(council, room.port)
        assert "552" in council(*SEND, code=3).err
        assert sent(council)[0].count("status: refused") == 5


def test_a_server_that_goes_before_a_letter_does_not_have_it(sender: Program, room: Room) -> None:
    """What was sent until then is on record, and the next run sends the rest without asking."""
    room.gone.add("disa@example.org")
    sender(*SEND, code=3)
    assert room.to == EVERYBODY[:1]
    assert sent(sender)[0].count("status: sent") == sent(sender)[0].count("status: ") == 1
    room.gone.clear()
    sender(*SEND)
    assert room.to == EVERYBODY


def test_what_somebody_found_out_about_an_uncertain_one_is_put_down_by_hand(sender: Program, room: Room) -> None:
    room.hang_up.add("lista@example.org")
    sender(*SEND, code=3)
    sender("agenda", "send", PLANNED, "--done")
    assert sent(sender)[0].count("status: sent") == 5
    sender(*SEND)
    assert room.to == EVERYBODY


def test_a_server_that_is_not_there_is_named(sender: Program, room: Room) -> None:
    with_settings(sender, 1)
    before = contents(sender)
    assert "127.0.0.1:1" in sender(*SEND, code=3).err
    assert {path for path, known in contents(sender).items() if before.get(path) != known} <= {
        ".git/atbtst/outbox/lock",
        ".git/atbtst/lock",
        ".git/index",
    }
    assert commits(sender.folder)[0] == "By hand"


@pytest.mark.parametrize("mail", ["", "\nmail:\n  sender: rad@example.org\n"], ids=["no mail", "no server"])
def test_without_a_server_the_settings_are_named(council: Program, mail: str) -> None:
    settings = council.folder / "records/settings.yaml"
    settings.write_text(settings.read_text("utf-8") + mail, "utf-8")
    with_addresses(council)
    assert "records/settings.yaml" in council(*SEND, code=3).err


def test_a_senders_address_that_servers_do_not_take_is_named(sender: Program, room: Room) -> None:
    settings = sender.folder / "records/settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("rad@example.org", "råd@example.org"), "utf-8")
    assert "råd@example.org" in sender(*SEND, code=3).err
    assert room.letters == []


def test_what_could_not_be_put_on_record_is_not_sent(sender: Program, room: Room) -> None:
    """Somebody is editing the meeting's record by hand."""
    path = sender.folder / RECORD / "meeting.yaml"
    path.write_text(path.read_text("utf-8").replace("Dockplatsen", "Kajen"), "utf-8")
    assert f"{RECORD}/meeting.yaml" in sender(*SEND, code=3).err
    assert room.letters == []


def test_two_runs_at_once_do_not_send_twice(sender: Program, room: Room) -> None:
    """The second finds the first at work, and is refused."""
    found = []

    def second(point: str) -> None:
        if point == "letter-taken" and not found:
            other = Program(sender.folder)
            thread = threading.Thread(target=lambda: found.append(other(*SEND, code=None)))
            thread.start()
            thread.join()

    sender.step = second
    sender(*SEND)
    assert found[0].code == 3
    assert room.to == EVERYBODY


def test_an_agenda_that_is_changed_while_letters_are_on_their_way_is_frozen_as_it_was_sent(
    sender: Program, room: Room
) -> None:
    def change(point: str) -> None:
        if point == "letter-taken" and len(room.letters) == 1:
            sender.step = lambda _name: None
            Program(sender.folder)("agenda", "add", "Tillkommen fråga", "--meeting", PLANNED)

    sender.step = change
    sender(*SEND)
    assert "Tillkommen" not in (sender.folder / RECORD / "agenda.md").read_text()
    record = (sender.folder / RECORD / "meeting.yaml").read_text()
    assert "Tillkommen" in record.partition("\nagenda:")[2]
    assert "Tillkommen" not in record.partition("\nagenda:")[0]


def test_unreadable_records_stop_a_mailing(sender: Program, room: Room) -> None:
    write(sender, "records/members/bo-exempel.yaml", "id: [\n")
    commit(sender)
    assert "bo-exempel" in sender(*SEND, code=4).err
    assert room.letters == []


# -- privacy of the connection --------------------------------------------------------------------------------------------


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """A certificate authority of our own, which the program trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def locked(authority: trustme.CA) -> dict[str, object]:
    """What a server is told that lets nobody in without STARTTLS and a password."""
    return {
        "tls_context": certificate(authority),
        "require_starttls": True,
        "authenticator": knows_the_password,
        "auth_required": True,
    }


def test_letters_go_by_starttls_with_a_password_from_the_environment(
    council: Program, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_addresses(council)
    with mailroom(**locked(trusted)) as room:
        with_settings(council, room.port, "starttls", f"  user: {USER}\n")
        assert "ATBTST_SMTP_PASSWORD" in council(*SEND, code=3).err
        monkeypatch.setenv("ATBTST_SMTP_PASSWORD", "fel")
        assert "535" in council(*SEND, code=3).err
        monkeypatch.setenv("ATBTST_SMTP_PASSWORD", "lösenord")
        assert "127.0.0.1" in council(*SEND, code=3).err
        assert room.letters == []
        monkeypatch.setenv("ATBTST_SMTP_PASSWORD", SECRET)
        council(*SEND)
        assert room.to == EVERYBODY
    for path in council.folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_letters_go_by_tls(council: Program, trusted: trustme.CA) -> None:
    with_addresses(council)
    with mailroom(ssl_context=certificate(trusted)) as room:
        with_settings(council, room.port, "tls")
        council(*SEND)
        assert room.to == EVERYBODY


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(council: Program, security: str) -> None:
    with_addresses(council)
    context = certificate(trustme.CA())
    with mailroom(**{"tls": {"ssl_context": context}, "starttls": {"tls_context": context}}[security]) as room:
        with_settings(council, room.port, security)
        assert "certificate" in council("--language", "en", *SEND, code=3).err
        assert room.letters == []


def test_a_server_without_starttls_gets_nothing(sender: Program, room: Room) -> None:
    """Also where somebody in between has struck the offer out."""
    with_settings(sender, room.port, "starttls")
    sender(*SEND, code=3)
    assert room.letters == []


def test_no_password_goes_over_an_open_line(sender: Program, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATBTST_SMTP_PASSWORD", SECRET)
    with_settings(sender, room.port, "none", f"  user: {USER}\n")
    assert "security" in sender(*SEND, code=3).err
    assert room.letters == []


@pytest.mark.parametrize("port", [0, 70_000])
def test_a_port_that_cannot_be_is_refused(sender: Program, port: int) -> None:
    with_settings(sender, port)
    assert f"127.0.0.1:{port}" in sender(*SEND, code=3).err


class Kept(KeyringBackend):
    """A keyring that holds the password of the test server's user, and is taken only where a test says so."""

    priority = -1

    def get_password(self, service: str, username: str) -> str | None:
        return SECRET if (service, username) == ("127.0.0.1", USER) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Nobody sets one here."""


def test_the_password_comes_from_the_keyring(
    council: Program, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is not installed, or cannot be opened, the run says where the password may be put."""
    with_addresses(council)
    before = keyring.get_keyring()
    with mailroom(**locked(trusted)) as room:
        with_settings(council, room.port, "starttls", f"  user: {USER}\n")
        with monkeypatch.context() as without:
            without.setitem(sys.modules, "keyring", None)
            assert f"keyring set 127.0.0.1 {USER}" in council(*SEND, code=3).err
        try:
            keyring.set_keyring(Failing())
            assert f"keyring set 127.0.0.1 {USER}" in council(*SEND, code=3).err
            keyring.set_keyring(Kept())
            council(*SEND)
        finally:
            keyring.set_keyring(before)
        assert room.to == EVERYBODY


def test_the_test_server_would_notice_an_open_line(trusted: trustme.CA) -> None:
    """The server that asks for STARTTLS and a password takes no letter without."""
    with mailroom(**locked(trusted)) as room, smtplib.SMTP("127.0.0.1", room.port) as plain:
        plain.ehlo()
        assert plain.mail("rad@example.org")[0] == 530
        plain.starttls(context=ssl.create_default_context(cafile=None))
        plain.ehlo()
        assert plain.mail("rad@example.org")[0] == 530

"""A mail server on the loopback that takes letters or does what it is told, and the council that sends through it."""

import contextlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from conftest import Program, git
from handmade import PLANNED, commit, meeting, write

MEMBERS = ("alva", "bo", "disa", "erik")
AGENDA = """\
start: 13:15
end: 16:15
place: Dockplatsen
mode: hybrid
link: https://video.example.org/rad
agenda:
  - id: p-1
    title: Föregående anteckningar
  - id: p-2
    title: Introduktionsdagen
    presenter: bo-exempel
    allotted: 15
  - id: p-3
    title: Upphandling av jourplan
    internal: true
"""
USER, SECRET = "rad", "hemligt-42"


@dataclass
class Room:
    """What a mail server got, and what it is to say: answers by address, and on whom it hangs up before or after."""

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    hang_up: set[str] = field(default_factory=set)
    port: int = 0

    @property
    def to(self) -> list[str]:
        """To whom letters came, in order."""
        return [address for address, _data in self.letters]

    def letter(self, address: str) -> EmailMessage:
        """The letter that came to an address."""
        return parsed(next(data for to, data in self.letters if to == address))

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.gone:
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return self.recipients.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        [address] = envelope.rcpt_tos
        if address in self.data:
            return self.data[address]
        self.letters.append((address, envelope.original_content))
        if address in self.hang_up:
            self.hang_up.remove(address)
            server.transport.abort()
        return "250 OK"


def parsed(data: bytes) -> EmailMessage:
    """The bytes of a letter as somebody else's program reads them."""
    return message_from_bytes(data, policy=policy.default)


@contextlib.contextmanager
def mailroom(**more: Any) -> Iterator[Room]:
    """A server of its own on a free port of the loopback."""
    room = Room()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        room.port = probe.getsockname()[1]
    controller = Controller(room, "127.0.0.1", room.port, **more)
    controller.start()
    try:
        yield room
    finally:
        controller.stop()


def knows_the_password(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
    """Let in whoever has the password."""
    return AuthResult(success=(data.login, data.password) == (USER.encode(), SECRET.encode()), handled=False)


def certificate(authority: Any) -> ssl.SSLContext:
    """What a server on the loopback proves itself with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def with_settings(council: Program, port: int, security: str = "none", rest: str = "") -> None:
    """Say in the settings which server letters go to."""
    settings = council.folder / "records/settings.yaml"
    kept = settings.read_text("utf-8").partition("\nmail:")[0].rstrip("\n")
    mail = f"mail:\n  sender: rad@example.org\n  server: 127.0.0.1\n  port: {port}\n  security: {security}\n{rest}"
    settings.write_text(f"{kept}\n{mail}", "utf-8")


def with_addresses(council: Program) -> None:
    """Give every member with a seat an address, the council a list, and a planned meeting with an agenda."""
    for name in MEMBERS:
        path = council.folder / f"records/members/{name}-exempel.yaml"
        path.write_text(path.read_text("utf-8").rstrip("\n") + f"\nemail: {name}@example.org\n", "utf-8")
    network = council.folder / "records/networks/rad.yaml"
    network.write_text("mailing_list: lista@example.org\n".join(_around(network.read_text("utf-8"))), "utf-8")
    meeting(council, PLANNED, AGENDA)
    commit(council)


def _around(text: str) -> tuple[str, str]:
    """The text before and from its seats on."""
    before, mark, after = text.partition("seats:\n")
    return before, mark + after


def sent(council: Program) -> list[str]:
    """The mailings on the branch as they are written, the words of each on one line."""
    files = git(council.folder, "ls-tree", "-r", "--name-only", "HEAD", "records/mailings").split()
    return [" ".join(git(council.folder, "show", f"HEAD:{file}").split()) for file in files]


def paper(council: Program, name: str, data: bytes) -> None:
    """Lay a paper beside the planned meeting."""
    path = write(council, f"records/meetings/2026/{PLANNED}/papers/{name}", "")
    path.write_bytes(data)

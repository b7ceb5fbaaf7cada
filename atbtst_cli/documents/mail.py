"""Letters as mail programs and mail servers read them (RFC 5322): plain text, HTML, and files beside them.

Every name and title is one line before it comes into a header. All bytes are ASCII with CRLF, for every server takes
that; the same letter gives the same bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from mimetypes import guess_type
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from atbtst_cli.documents.characters import visible
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import Document, mapped

ASCII = SMTP.clone(cte_type="7bit")
CODED = "quoted-printable"
"""How words travel, plain ones too: no = stands for itself, so that nothing written looks like a boundary."""
UNKNOWN = "application/octet-stream"
ATOMS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
DELIVERABLE = re.compile(rf"{ATOMS}(?:\.{ATOMS})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
METHOD = re.compile(rb"^METHOD:(\w+)\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one recipient: name and address, its words, whose title is its subject, and files."""

    name: str
    address: str
    words: Document
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a letter is from."""

    name: str
    address: str


def deliverable(address: str) -> str | None:
    """The address in signs that every mail server takes, its domain as ASCII; None where it has no such form."""
    local, _at, domain = address.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return None
    return plain if DELIVERABLE.fullmatch(plain) else None


def draft(letter: Letter, sender: Sender | None, looks: Looks) -> bytes:
    """The letter as a file that mail programs open as a draft, to be dated and sent there."""
    message = _message(letter, sender, looks)
    message["X-Unsent"] = "1"
    return message.as_bytes()


def posted(letter: Letter, sender: Sender, looks: Looks, when: datetime, key: str) -> bytes:
    """The letter as it is handed to a mail server; ``key`` tells it from every other letter, also if it goes twice."""
    message = _message(letter, sender, looks)
    message["Date"] = format_datetime(when)
    domain = sender.address.rpartition("@")[2]
    message["Message-ID"] = f"<{uuid5(NAMESPACE_URL, f'atbtst:{key}')}@{domain}>"
    return message.as_bytes()


def _message(letter: Letter, sender: Sender | None, looks: Looks) -> EmailMessage:
    message = EmailMessage(policy=ASCII)
    if sender:
        message["From"] = _line("From", sender.name, sender.address)
    message["To"] = _line("To", letter.name, letter.address)
    message["Subject"] = _line("Subject", letter.words.title)
    words = mapped(letter.words, visible)
    message.set_content(looks.render("letter.txt.j2", document=words), cte=CODED)
    message.add_alternative(looks.render("letter.html.j2", document=words), subtype="html", cte=CODED)
    for attachment in letter.attachments:
        _attach(message, attachment)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_atbtst_{number}_=")
    return message


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    maintype, _slash, subtype = _type(attachment.name).partition("/")
    found = METHOD.search(attachment.data) if subtype == "calendar" else None
    # A mail program takes a calendar for an invitation only if the letter says what the calendar says.
    params = {"charset": "utf-8"} | ({"method": found[1].decode()} if found else {}) if subtype == "calendar" else {}
    name = re.sub(r"[^\w .,()+-]", "_", _one_line(attachment.name))
    message.add_attachment(attachment.data, maintype, subtype, params=params, filename=name)


def _type(name: str) -> str:
    """The type of a file by its name; of text whose characters nobody knows, none."""
    known, packed = guess_type(name)
    is_known = known and not packed and known.startswith(("application/", "image/", "text/calendar"))
    return known if known and is_known else UNKNOWN


@dataclass(frozen=True, slots=True)
class _Line:
    """A header's line, coded and folded; the library, which would do that itself, loses blanks in long ones."""

    name: str
    value: str

    def fold(self, *, policy: object) -> str:  # noqa: ARG002  how the library asks for it
        return f"{self.name}: {self.value}{ASCII.linesep}"


def _line(name: str, words: str, address: str = "") -> Any:
    """A header of words, or of somebody's name and address."""
    text = _one_line(words)
    if text.isascii() and "=?" not in text:
        return _Line(name, formataddr((text, address)) if address else text)
    coded = Header(text, "utf-8", header_name=name).encode(linesep=ASCII.linesep)
    return _Line(name, f"{coded}{ASCII.linesep} <{address}>" if address else coded)


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()))

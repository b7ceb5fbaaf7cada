"""What an act wants to become true: records, documents, tags, and the words of the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import Any, Generic, TypeVar

from atbtst_cli.language.controls import printable
from atbtst_cli.models.base import Record
from atbtst_cli.models.settings import Settings

Answer = TypeVar("Answer")

LONGEST = 100
"""The characters of a commit's subject, which people see on one line."""


@dataclass(frozen=True, slots=True)
class Change(Generic[Answer]):
    """One change to the council: what its files shall hold, and what the commit says of it.

    Paths are relative to the workspace; None takes a file away. A record is written in the bytes that ``documents`` has
    for it, where it has some. ``tags`` are the messages of the annotated tags that name the commit, by their names.
    ``answer`` is what the act tells its command.
    """

    answer: Answer
    subject: str = ""
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()
    records: Mapping[str, Record | Settings | None] = field(default_factory=dict)
    documents: Mapping[str, bytes | None] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)

    def joined(self, other: "Change[Any]") -> "Change[Answer]":
        """This change and all that another one does, in one commit; the other's subject goes into the body."""
        return replace(
            self,
            body="\n\n".join(part for part in (self.body, other.subject, other.body) if part),
            trailers=(*self.trailers, *(one for one in other.trailers if one not in self.trailers)),
            records={**self.records, **other.records},
            documents={**self.documents, **other.documents},
            tags={**self.tags, **other.tags},
        )

    def message(self) -> str:
        """The commit message: subject, body, trailers; a long subject is shortened, and said whole in the body."""
        whole = " ".join(self.subject.split())
        subject = shorten(whole, LONGEST, placeholder=" …")
        trailers = "\n".join(f"{key}: {value}" for key, value in self.trailers)
        parts = (subject, whole if subject != whole else "", self.body.strip(), trailers)
        return printable("\n\n".join(part for part in parts if part) + "\n")

"""What an act wants to become true: records, documents, and the words of the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from atbtst_cli.models.base import Record
from atbtst_cli.models.settings import Settings

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Change(Generic[Answer]):
    """One change to the council: what its files shall hold, and what the commit says of it.

    Paths are relative to the workspace; None takes a file away. ``answer`` is what the act tells its command.
    """

    answer: Answer
    subject: str = ""
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()
    records: Mapping[str, Record | Settings | None] = field(default_factory=dict)
    documents: Mapping[str, bytes | None] = field(default_factory=dict)

    def message(self) -> str:
        """The commit message: subject, body, trailers; a subject stays one line."""
        trailers = "\n".join(f"{key}: {value}" for key, value in self.trailers)
        parts = (" ".join(self.subject.split()), self.body.strip(), trailers)
        return "\n\n".join(part for part in parts if part) + "\n"

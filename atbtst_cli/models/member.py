"""A person the council knows: records/members/<id>.yaml, the only place of contact data."""

from datetime import date
from typing import Annotated

from pydantic import Field

from atbtst_cli.models.base import Date, Dated, DatedName, Email, Line, Record, Slug, name_on


class Member(Dated, Record):
    """A person: dated names, how to reach them, where they work. Never an identity number."""

    id: Slug = Field(description="The file's name; it never changes.")
    names: Annotated[tuple[DatedName, ...], Field(min_length=1)] = Field(description="Names by date.")
    aliases: tuple[Line, ...] = Field((), description="Other ways the name is written, such as a first name.")
    email: Email | None = Field(None, description="E-mail address.")
    phone: Line | None = Field(None, description="Telephone number.")
    employer: Line | None = Field(None, description="Where they work.")
    title: Line | None = Field(None, description="Profession or post.")
    forgotten: Date | None = Field(
        None, description="The day the person's name and contact data were replaced by a pseudonym."
    )

    def name(self, on: date) -> str:
        """The name of that day."""
        return name_on(self.names, on).name

"""The council's settings: one file, records/settings.yaml."""

from typing import Literal

from pydantic import Field

from atbtst_cli.models.base import Email, Line, Part, Slug, Whole

FORMAT = 1


class Instance(Part):
    """A body outside the council to which matters can be sent."""

    id: Slug = Field(description="Its id, such as hsn.")
    name: Line = Field(description="Its name in full.")
    aliases: tuple[Line, ...] = Field((), description="Other names by which people call it.")


class Mail(Part):
    """How mail leaves the house. There is no field for a password."""

    sender: Email = Field(description="The address that mail comes from.")
    server: Line | None = Field(None, description="The SMTP server; without one mail is written as files only.")
    port: Whole = Field(587, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the connection is kept private.")
    user: Line | None = Field(None, description="The name to log in with; absent where none is needed.")


class Settings(Part):
    """What holds for the whole workspace."""

    format: Whole = Field(description="The version of the record format; a newer one needs a newer program.")
    name: Line = Field(description="The council's name; calendars know its meetings by it.")
    organisation: Line = Field(description="The public body it belongs to, printed on every document.")
    logo: Line | None = Field(None, description="A picture under templates/ (SVG or PNG), printed on documents.")
    language: Literal["sv", "en"] = Field("sv", description="The language of messages, sheets and documents.")
    time_zone: Line = Field("Europe/Stockholm", description="The zone of all times, and of the day that is today.")
    document_title: Line | None = Field(None, description="The title of minutes; by default Mötesanteckningar.")
    mail: Mail | None = Field(None, description="How mail leaves the house.")
    stale: Whole = Field(90, description="Days after which an open matter that nobody has touched stands out.")
    instances: tuple[Instance, ...] = Field((), description="Bodies outside the council.")

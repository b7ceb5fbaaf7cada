"""The documents of approved minutes, and what makes them: program, libraries, looks of the workspace."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version

from atbtst_cli import __version__
from atbtst_cli.documents import minutes
from atbtst_cli.documents.edition import Edition
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting

PLACES: Mapping[Edition, str] = {"internal": "", "public": "public/"}
"""Where the documents of each edition lie beside the record."""
LIBRARIES = ("typst", "jinja2", "markdown-it-py", "babel")
TEMPLATES = ("document.md.j2", "document.html.j2", "document.typ")


def published(meeting: Meeting, council: Council, looks: Looks) -> dict[str, bytes]:
    """The minutes in every edition and format, by the name beside the record, such as public/minutes.pdf."""
    return {
        name_of(edition, form): write(document, looks)
        for edition in PLACES
        for document in [minutes.build(meeting, council, edition)]
        for form, write in FORMATS.items()
    }


def name_of(edition: Edition, form: str) -> str:
    """The name of one of them."""
    return f"{PLACES[edition]}minutes.{form}"


def made_with(looks: Looks, logo: str | None) -> dict[str, str]:
    """The version of everything besides the records on which the bytes of a document depend; of the looks a sha256."""
    parts = (*(looks.source(name).encode() for name in TEMPLATES), looks.picture(logo or "") or b"")
    sign = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts))
    return {"atbtst": __version__, **{name: version(name) for name in LIBRARIES}, "templates": sign.hexdigest()}

"""HTML: one file, complete in itself, nothing in it to run or to fetch."""

from base64 import b64encode

from atbtst_cli.documents.characters import visible
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import Document, mapped
from atbtst_cli.language import words

MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


def write(document: Document, looks: Looks) -> bytes:
    """The document as one HTML page."""
    text = looks.render(
        "document.html.j2",
        document=mapped(document, visible),
        words=words(document.language).DOCUMENT,
        logo=_data(document.logo, looks),
    )
    return text.encode()


def _data(name: str, looks: Looks) -> str:
    """The picture as a data address, for a page fetches nothing; empty where there is no picture."""
    picture = looks.picture(name)
    return f"data:{MEDIA[name.rpartition('.')[2]]};base64,{b64encode(picture).decode()}" if picture else ""

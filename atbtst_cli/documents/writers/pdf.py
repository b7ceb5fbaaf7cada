"""PDF: PDF/UA-1 and PDF/A-2a in one file, the same bytes every time."""

import json
import re
from bisect import bisect
from datetime import UTC, datetime, time
from pathlib import Path
from typing import cast

import typst

from atbtst_cli.documents.characters import printable
from atbtst_cli.documents.looks import Looks, unusable
from atbtst_cli.documents.tree import Document, mapped, plain
from atbtst_cli.language import _, words

TEMPLATE = "document.typ"


def write(document: Document, looks: Looks) -> bytes:
    """The document as one PDF, tagged and for the archive. Its dates are the document's own, so nothing in it moves."""
    picture = looks.picture(document.logo)
    data = {
        "document": plain(mapped(document, _breakable)),
        "date": document.date.timetuple()[:3],
        "page": words(document.language).DOCUMENT.page,
        "logo": list(picture) if picture else None,
    }
    return _compiled(_template(looks), json.dumps(data), datetime.combine(document.date, time(12), UTC))


def _compiled(template: str, data: str, noon: datetime) -> bytes:
    """The template's PDF. All it can read is the data and this folder, and no font is taken from the machine."""
    here = Path(__file__).parent
    compiler = typst.Compiler(template.encode(), root=here, ignore_system_fonts=True, sys_inputs={"data": data})
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=noon)
    except typst.TypstError as error:
        raise unusable(TEMPLATE, error.message) from error
    return _told_apart(cast("bytes", pdf))


def _told_apart(pdf: bytes) -> bytes:
    """The PDF with no data that run into the line end after them.

    The engine ends data with LF. Data that happen to end in CR then end in CR LF, one line end by ISO 19005-2, 6.1.7.1,
    and their stated length is no longer true: such a file is no PDF/A. A CR of its own for the line end mends it.
    """
    places = [found.start() + 1 for found in re.finditer(rb"\r\nendstream\nendobj", pdf)]
    if not places:
        return pdf
    table = pdf.rindex(b"\nxref\n") + 1

    def moved(offset: re.Match[bytes]) -> bytes:
        return b"%0*d" % (len(offset[0]), int(offset[0]) + bisect(places, int(offset[0])))

    body = pdf[:table].replace(b"\r\nendstream\nendobj", b"\r\r\nendstream\nendobj")
    return body + re.sub(rb"^\d{10}(?= \d{5} n)|(?<=startxref\n)\d+", moved, pdf[table:], flags=re.MULTILINE)


def _template(looks: Looks) -> str:
    """The template's text, which stands alone: what it imported could come from the network or change the bytes."""
    text = looks.source(TEMPLATE)
    if found := re.search(r"\b(?:import|include|eval)\b", text):
        raise unusable(TEMPLATE, _("it uses the word {word}, and a template stands alone").format(word=found[0]))
    return text


def _breakable(text: str) -> str:
    """The text in printable characters, with places to break in words too long for a line, such as addresses."""
    return re.sub(r"\S{32}(?=\S)", "\\g<0>\u200b", printable(text))

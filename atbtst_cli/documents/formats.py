"""The formats a document is written in."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import Document

Write = Callable[[Document, Looks], bytes]


def _writer(module: str) -> Write:
    """A writer that is imported when it first writes, for each one needs a library of its own."""

    def write(document: Document, looks: Looks) -> bytes:
        return cast("Write", import_module(f"atbtst_cli.documents.writers.{module}").write)(document, looks)

    return write


FORMATS: Mapping[str, Write] = {"md": _writer("markdown"), "html": _writer("html"), "pdf": _writer("pdf")}
"""The bytes of a document by format: md, html, pdf; each a pure function of document and looks."""

"""What commands take from files and write to them: texts, and documents in their formats."""

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _


class Format(StrEnum):
    """The formats of a document, by what its file's name ends in."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"


class Edition(StrEnum):
    """Who a document is for."""

    INTERNAL = "internal"
    PUBLIC = "public"


Form = Annotated[Format | None, typer.Option("--format", "-f", help="The format; by default the file's, else pdf.")]
For = Annotated[Edition, typer.Option("--edition", help="Who it is for.")]
Draft = Annotated[bool, typer.Option("--draft", help="Also for the public while it is a draft, and marked as one.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to: a file or a folder; - for standard output."),
]


def write(
    session: Session, output: Path | None, form: Format | None, name: str, make: Callable[[Format], bytes]
) -> None:
    """Write a document where it was asked for, in the format asked for; ``name`` is that of a file nobody named."""
    chosen = _chosen(form, output)
    data = make(chosen)
    if str(output) == "-":
        session.output.raw(data)
        return
    path = output or Path()
    if path.is_dir():
        path /= f"{name}.{chosen}"
    path.write_bytes(data)
    session.output.say(_("Wrote {path} ({count} bytes).").format(path=path, count=len(data)), "good")


def _chosen(form: Format | None, output: Path | None) -> Format:
    """The format that a file's name ends in, else the one that was asked for; UsageError where the two disagree."""
    suffix = output.suffix.lower().removeprefix(".") if output and not output.is_dir() else ""
    if not suffix:
        return form or Format.PDF
    if suffix not in list(map(str, Format)):
        raise UsageError(
            _("{path} would be a .{suffix} file; minutes are written as {formats}.").format(
                path=output, suffix=suffix, formats=", ".join(Format)
            ),
            _("Let the name end in one of these."),
        )
    if form and form != suffix:
        raise UsageError(
            _("{path} and --format {form} do not go together.").format(path=output, form=form),
            _("Leave --format out, or let the name end in .{form}.").format(form=form),
        )
    return Format(suffix)


def papers(paths: Sequence[Path] | None) -> tuple[tuple[str, bytes], ...]:
    """The names and contents of the papers that somebody hands over."""
    for path in paths or ():
        if not path.is_file():
            raise UsageError(_("{path} is no file.").format(path=path), _("Give the path of the paper to attach."))
    return tuple((path.name, path.read_bytes()) for path in paths or ())


def text(session: Session, source: str) -> bytes:
    """The bytes of the text: a file's, or standard input's."""
    if source != "-":
        path = Path(source)
        if path.is_dir():
            named = source if path.name else _("this folder")
            raise UsageError(_("{path} is a folder, not a text.").format(path=named), _("Give the path of your text."))
        if not path.is_file():
            raise UsageError(_("There is no file {path}.").format(path=path), _("Give the path of your text."))
        return _plain(path.read_bytes(), source)
    if session.interactive:
        session.output.say(_("Type the text, and end with Ctrl-D on a line of its own."))
    return _plain(sys.stdin.buffer.read(), source)


def _plain(data: bytes, source: str) -> bytes:
    from atbtst_cli.sheet.text import is_text

    if not is_text(data):
        raise UsageError(
            _("{path} is no text, but a Word file, a PDF, a picture or the like.").format(path=source),
            _("Open it, select everything, paste it into a text file (.txt), and hand that over."),
        )
    return data

"""The text of one block between its lines in the sheet and its form in the record."""

from collections.abc import Sequence

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.sheet.forms import Fence, Form, Heading, Label, Marker, NearMiss, Region, Title
from atbtst_cli.sheet.grammar import LEAD, Grammar
from atbtst_cli.sheet.literal import markdown
from atbtst_cli.sheet.source import INDENT, Line
from atbtst_cli.sheet.text import clean, indentation, verbatim

BACKSLASH = "\\"


def escaped(line: str, grammar: Grammar, region: Region) -> str:
    """The line as it is written, with a backslash more before what would not be read as text."""
    at = _guarded(line, grammar, region)
    return line if at is None else line[:at] + BACKSLASH + line[at:]


def unescaped(line: str, grammar: Grammar, region: Region) -> str:
    """The line as it is meant, with a backslash less before what would not have been read as text."""
    at = _guarded(line, grammar, region) if BACKSLASH in line else None
    return line[:at] + line[at + 1 :] if at is not None and line[at : at + 1] == BACKSLASH else line


def laid(text: str, grammar: Grammar, region: Region, *, inline: bool = False) -> list[str]:
    """The lines that ``restored`` reads as that text; with ``inline`` the first one follows a marker's colon."""
    texts = text.split("\n")
    marks = verbatim(texts)
    return [
        line if kept or (inline and number == 0) else escaped(line, grammar, region)
        for number, (line, kept) in enumerate(zip(texts, marks, strict=True))
    ]


def restored(found: Sequence[Line], grammar: Grammar, region: Region, *, inline: bool = False) -> str:
    """The text that the lines hold, as it is stored."""
    marks = _marks(found)
    return clean(
        "\n".join(
            line.text if kept else _meant(line, grammar, region, inline=inline and number == 0)
            for number, (line, kept) in enumerate(zip(found, marks, strict=True))
        )
    )


def _meant(line: Line, grammar: Grammar, region: Region, *, inline: bool) -> str:
    text = line.text if inline else unescaped(line.text, grammar, region)
    if line.literal is None:
        return text
    return text[: line.literal] + markdown(text[line.literal :])


def doubts(found: Sequence[Line], grammar: Grammar, region: Region, *, inline: bool = False) -> list[Finding]:
    """What to say about lines of text that nearly are something else."""
    marks = _marks(found)
    findings = []
    for number, (line, kept) in enumerate(zip(found, marks, strict=True)):
        if kept or not line.text or (inline and number == 0):
            continue
        margin = indentation(line.text)
        form = grammar.form(line.text[margin:], region)
        finding = _doubt(form, indented=margin >= INDENT or line.column > INDENT) if form else None
        if form and finding:
            findings.append(_placed(finding, line, margin + form.at))
    return findings


def _doubt(form: Form, *, indented: bool) -> Finding | None:
    match form:
        case NearMiss():
            return Finding(form.rule, "error", form.message, hint=form.hint)
        case Fence() if not indented:
            return _open_fence()
        case Title() if not indented:
            return _second_title()
        case Marker() | Heading() | Title() | Label() if indented:
            return _indented()
    return None


def _marks(found: Sequence[Line]) -> list[bool]:
    """The marks of the whole sheet where the lines stand at its margin, else those of these lines alone."""
    if any(line.verbatim for line in found):
        return [line.verbatim for line in found]
    return verbatim([line.text for line in found])


def _guarded(line: str, grammar: Grammar, region: Region) -> int | None:
    margin = indentation(line)
    lead = LEAD.match(line, margin)
    for at in dict.fromkeys((margin, lead.end() if lead else margin)):
        bare = line[:at] + line[at:].lstrip(BACKSLASH)
        if grammar.guard(bare, region) == at:
            return at
    return None


def _placed(finding: Finding, line: Line, at: int) -> Finding:
    return Finding(
        finding.rule, finding.level, finding.message, line=line.number, column=line.column + at, hint=finding.hint
    )


def _open_fence() -> Finding:
    return Finding(
        "open-fence",
        "error",
        _("nothing closes the ``` of this line, so it is text"),
        hint=_("Write ``` on a line of its own below the passage, or a backslash first if it is text."),
    )


def _second_title() -> Finding:
    return Finding(
        "second-title",
        "error",
        _("a heading with one # stands once, first in the sheet"),
        hint=_("Write ## for an agenda item, ### for a part of it, or a backslash first if it is text."),
    )


def _indented() -> Finding:
    return Finding(
        "indented-marker",
        "error",
        _("this looks like a marker but is indented, so it is text of what stands above"),
        hint=_("Take the blanks at its beginning away, or write a backslash before it if it is text."),
    )

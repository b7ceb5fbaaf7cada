"""The signature that ends the minutes: the word for notes, and a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from atbtst_cli.sheet.forms import Signature
from atbtst_cli.sheet.grammar import CAPITALISED, Grammar
from atbtst_cli.sheet.source import Line

_NAME = re.compile(CAPITALISED)


@dataclass(frozen=True, slots=True)
class Signed:
    """The lines before the signature, the name, and the lines of the signature."""

    lines: list[Line]
    name: str = ""
    signature: tuple[Line, ...] = ()


def signed(lines: Sequence[Line], grammar: Grammar) -> Signed:
    """The lines with a signature cut off where one is their last paragraph."""
    filled = [at for at, line in enumerate(lines) if not line.blank]
    for count in (1, 2):
        if len(filled) < count:
            break
        at, tail = filled[-count], [lines[one] for one in filled[-count:]]
        name = _name(tail, grammar)
        if name and _begins(lines, at) and filled[-1] - at <= count:
            return Signed(list(lines[:at]), name, tuple(tail))
    return Signed(list(lines))


def _name(tail: Sequence[Line], grammar: Grammar) -> str:
    if any(line.verbatim or line.form or not line.at_margin for line in tail):
        return ""
    form = grammar.form(tail[0].text.strip(), "body")
    if not isinstance(form, Signature):
        return ""
    if len(tail) == 1:
        return form.name
    name = tail[1].text.strip()
    return name if not form.name and _NAME.fullmatch(name) else ""


def _begins(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph begins there."""
    return at == 0 or lines[at - 1].blank or lines[at - 1].form is not None

"""What pydantic finds wrong with a record, in words for somebody who edits a file or types a command."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from atbtst_cli.errors import Finding, UsageError
from atbtst_cli.language import N_, _
from atbtst_cli.models.base import ADDRESS, RANDOM, SLUG

Field = tuple[str | int, ...]
AS_IN_FILES: Mapping[str, str] = {}
M = TypeVar("M", bound=BaseModel)


def made(model: type[M], called: Mapping[str, str] = AS_IN_FILES, /, **fields: Any) -> M:
    """A record or part of these fields; UsageError, in words, where one of them will not do.

    ``called`` tells what fields are called where somebody typed their values.
    """
    try:
        return model(**fields)
    except ValidationError as error:
        finding = problems(error, fields, called)[0]
        raise UsageError(_("It was not accepted: {reason}.").format(reason=finding.message), finding.hint) from None


def changed(record: M, called: Mapping[str, str] = AS_IN_FILES, /, **fields: Any) -> M:
    """The record with other values in some fields, as sound as a new one."""
    return made(type(record), called, **{name: getattr(record, name) for name in type(record).model_fields} | fields)


def sound(record: M) -> M:
    """The record with every value of the type that it should have; UsageError, in words, where one will not do."""
    return of_data(type(record), record.model_dump(by_alias=True, exclude_defaults=True, warnings=False))


def of_data(model: type[M], data: Mapping[str, Any]) -> M:
    """The record that plain data say; UsageError, in words, where one of the values will not do."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        finding = problems(error, data)[0]
        raise UsageError(_("It was not accepted: {reason}.").format(reason=finding.message), finding.hint) from None


def problems(error: ValidationError, data: Any, called: Mapping[str, str] = AS_IN_FILES) -> list[Finding]:
    """One finding for each problem, up to MOST; ``field`` is the way to the value in the data as it was given."""
    return [_finding(problem, data, called) for problem in error.errors(include_url=False)[:MOST]]


def _finding(problem: Any, data: Any, called: Mapping[str, str]) -> Finding:
    field = _field(problem["loc"], data)
    rule, message, hint = _said(problem, field, called)
    return Finding(rule, "error", message, hint=hint, field=field)


MOST = 100
"""How many problems of one file are told; somebody who mends it needs no more at a time."""
BRANCHES = ("id", "named")
"""The names that pydantic puts into a location for the two forms of a person."""


def _field(location: tuple[str | int, ...], data: Any) -> Field:
    """The way to the value in the file, without the names that pydantic adds for the branches of a union."""
    way: list[str | int] = []
    node = data
    for step in (step for index, step in enumerate(location) if not _is_block_kind(location, index)):
        if _leads_on(node, step):
            node = node[step]
        elif step in BRANCHES:
            continue
        way.append(step)
    return tuple(way)


def _leads_on(node: Any, step: str | int) -> bool:
    return isinstance(node, list | tuple) if isinstance(step, int) else isinstance(node, dict) and step in node


def _is_block_kind(location: tuple[str | int, ...], index: int) -> bool:
    return index > 1 and isinstance(location[index - 1], int) and location[index - 2] in ("body", "preamble")


def _said(problem: Any, field: Field, called: Mapping[str, str]) -> tuple[str, str, str]:
    """Rule, message and hint for what pydantic found, in words for somebody who edits the file or types a command."""
    key = next((step for step in reversed(field) if isinstance(step, str)), _("the record"))
    kind = "string_too_short" if problem["input"] == "" else problem["type"]
    rule, message, hint = SAID.get(kind, ("value", N_("{key} is not as it should be: {reason}"), ""))
    context = problem.get("ctx", {})
    facts = {
        "key": called.get(key, key),
        "value": _short(problem["input"]),
        "reason": problem["msg"].removeprefix("Value error, "),
        "expected": context.get("expected", "").replace(" or ", ", "),
    }
    hint = hint or FORMS.get(context.get("pattern", ""), "")
    return rule, _(message).format(**facts), _(hint).format(**facts) if hint else ""


def _short(value: Any) -> str:
    text = "…" if isinstance(value, (dict, list)) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004  a message stays one line


SAID = {
    "missing": ("missing", N_("{key} is missing"), ""),
    "extra_forbidden": ("unknown-key", N_("{key} is no key of such a record"), N_("Look for a spelling mistake.")),
    "literal_error": ("value", N_("{key} is {value}, which is none of {expected}"), ""),
    "string_pattern_mismatch": ("value", N_("{key} is {value}, which does not have the right form"), ""),
    "block_kind": ("block-kind", N_("a block says by one key what it is"), N_("Its key is one of: {reason}.")),
    "too_short": ("value", N_("{key} is empty"), ""),
    "string_too_short": ("value", N_("{key} is empty"), ""),
    "string_too_long": ("value", N_("{key} is too long: {value}"), ""),
    "string_type": ("value", N_("{key} holds no text but something else"), N_("Write words after the key.")),
    "tuple_type": ("value", N_("{key} is no list"), N_("Write each entry on a line of its own that begins with -.")),
    "model_type": ("value", N_("{key} has no keys of its own"), N_("Write them below it, indented.")),
    "string_unicode": ("value", N_("{key} is {value}, which holds bytes that are no text"), ""),
    "value_error": ("value", N_("{key} is {value}: {reason}"), ""),
}
"""What to say of each kind of problem that pydantic finds: rule, message, hint."""

FORMS = {
    rf"^{SLUG}$": N_("An id is written in a-z, 0-9 and hyphens."),
    rf"^i-{RANDOM}$": N_("An item's id is i- and seven characters, such as i-k7q3d9m."),
    rf"^m-{RANDOM}$": N_("A matter's id is m- and seven characters, such as m-7c2k9xa."),
    rf"^\d{{4}}-\d{{2}}-\d{{2}}-{SLUG}$": N_("A meeting's id is its date and its body, such as 2026-02-17-rad."),
    rf"^{ADDRESS}$": N_("An e-mail address looks like name@example.org."),
    r"^[^\r\n]*$": N_("It is one line of text."),
}

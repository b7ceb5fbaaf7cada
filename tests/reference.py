"""Writes the reference pages of docs/ from the program itself: every command with its options, every field of a record."""

import json
from collections.abc import Iterator
from typing import Any

import typer

from atbtst_cli.cli import COMMANDS, app
from atbtst_cli.models.schemas import schemas

Command = Any


def commands_page() -> str:
    """docs/commands.md: the help of every command."""
    root = typer.main.get_command(app)
    lines = ["# Commands", "", "Written from the program; `atbtst COMMAND --help` says the same.", ""]
    lines += _options("atbtst", root)
    for noun in COMMANDS:
        lines += _command(f"atbtst {noun}", root.get_command(None, noun), 2)
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, command: Command, level: int) -> Iterator[str]:
    yield f"{'#' * level} {name}"
    yield ""
    yield from _paragraphs(command.help or "")
    if hasattr(command, "commands"):
        for verb, inner in command.commands.items():
            yield from _command(f"{name} {verb}", inner, level + 1)
    else:
        yield from _options(name, command)


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        words = " ".join(paragraph.split())
        if words.startswith("Example: "):
            yield from ("```sh", words.removeprefix("Example: "), "```", "")
        elif words:
            yield from (words, "")


def _options(name: str, command: Command) -> Iterator[str]:
    rows = [row for parameter in command.params if (row := _row(parameter))]
    if rows:
        yield from ("| | |", "| --- | --- |", *rows, "")


def _row(parameter: Any) -> str:
    text = getattr(parameter, "help", None) or ""
    if getattr(parameter, "hidden", False) or parameter.name in ("help", "install_completion", "show_completion"):
        return ""
    if parameter.param_type_name == "argument":
        shown = parameter.metavar or str(parameter.name).upper()
    else:
        metavar = f" {parameter.metavar}" if parameter.metavar else ""
        shown = ", ".join(parameter.opts) + metavar
    return f"| `{shown.replace('|', '/')}` | {text} |"


def fields_page() -> str:
    """docs/fields.md: every field of every record."""
    lines = ["# Fields", "", "Written from the models. A field in **bold** has to be there.", ""]
    for path, data in schemas().items():
        schema = json.loads(data)
        lines += [f"## {path.split('/')[1].split('.')[0]}", "", schema["description"], "", *_fields(schema)]
        for name, part in schema.get("$defs", {}).items():
            lines += [f"### {name}", "", part.get("description", ""), "", *_fields(part)]
    return "\n".join(lines).rstrip() + "\n"


def _fields(schema: dict[str, Any]) -> Iterator[str]:
    if "properties" not in schema:
        return
    yield from ("| field | form | |", "| --- | --- | --- |")
    for name, field in schema["properties"].items():
        shown = f"**{name}**" if name in schema.get("required", ()) else name
        yield f"| {shown} | {_form(field)} | {field.get('description', '')} |"
    yield ""


def _form(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    for union in ("anyOf", "oneOf"):
        if union in field:
            forms = dict.fromkeys(_form(one) for one in field[union] if one.get("type") != "null")
            return "a block" if len(forms) > 6 else " or ".join(forms)
    if "enum" in field or "const" in field:
        return ", ".join(map(str, field.get("enum", [field.get("const")])))
    if field.get("type") == "array":
        return f"list of {_form(field.get('items', {}))}"
    if field.get("format") == "date":
        return "date"
    return {"string": "text", "integer": "number", "boolean": "true or false", "object": "keys and values"}.get(
        str(field.get("type")), "text"
    )

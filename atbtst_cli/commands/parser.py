"""What the command line's own parser does not understand, told in the words and the language of this program."""

import re
from collections.abc import Iterator
from typing import Any

from atbtst_cli.errors import UsageError
from atbtst_cli.language import N_, _

SAID = (
    (r"No such option: (?P<word>\S+)", N_("There is no option {word} here.")),
    (r"No such command '(?P<word>.*?)'", N_("There is no command {word} here.")),
    (r"Missing (argument|option) (?P<name>.+?)\.", N_("{name} is missing.")),
    (r"Missing command", N_("Say what is to be done: a command is missing.")),
    (r"Got unexpected extra argument\w*(\(s\))? \((?P<more>.*)\)", N_("It is not clear what {more} belongs to.")),
    (r"Option (?P<name>.+?) requires an argument", N_("A value has to follow {name}.")),
    (r"Option (?P<name>.+?) does not take a value", N_("No value may follow {name}.")),
    (
        r"Invalid value for (?P<name>.+?): (Value error, )?(?P<value>'.*?') is not one of (?P<known>.+?)\.?$",
        N_("{name} cannot be {value}, but one of {known}."),
    ),
    (r"Invalid value for (?P<name>.+?): .*valid integer", N_("{name} has to be a whole number.")),
)
"""What the parser's sentences begin with, and what to say instead; others are told as they are."""
EXAMPLE = re.compile(r"^ *(?:Example|Start with): (atbtst .+)$", re.MULTILINE)


def told(error: Any) -> UsageError:
    """The error in our words, with what may have been meant, an example, and the command for more."""
    said = error.format_message()
    for pattern, words in SAID:
        if found := re.match(pattern, said, re.DOTALL):
            facts = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            return UsageError(_(words).format(**facts), "\n".join(_hints(error.ctx, facts)))
    return UsageError(said, "\n".join(_hints(error.ctx, {})))


def _hints(context: Any, facts: dict[str, str]) -> Iterator[str]:
    if context is None:
        return
    if "word" in facts:
        yield from _close(context, facts["word"])
    if "more" in facts:
        yield from _quoted(context, facts["more"])
    elif found := EXAMPLE.search(context.command.help or ""):
        yield _("For example: {command}").format(command=found[1])
    yield _("See: {command}").format(command=f"{context.command_path} --help")


def _close(context: Any, word: str) -> Iterator[str]:
    """The commands and options that are written like a word."""
    from difflib import get_close_matches

    options = [one for parameter in context.command.params for one in parameter.opts if one.startswith("-")]
    commands = context.command.list_commands(context) if hasattr(context.command, "list_commands") else []
    if close := get_close_matches(word, [*options, *commands], cutoff=0.7):
        yield _("Did you mean {names}?").format(names=", ".join(close))


def _quoted(context: Any, more: str) -> Iterator[str]:
    """The last argument with what was typed after it, in quotation marks."""
    arguments = [one.name for one in context.command.params if one.param_type_name == "argument"]
    if arguments and isinstance(last := context.params.get(arguments[-1]), str):
        text = f'"{last} {more}"'
        yield _("What belongs together stands in quotation marks: {text}").format(text=text)

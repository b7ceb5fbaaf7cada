"""What a choice means: the value that it gives to a field where two sides clash."""

from typing import Any

from atbtst_cli.errors import UsageError
from atbtst_cli.language import _
from atbtst_cli.models.differences import plain
from atbtst_cli.models.lines import joined
from atbtst_cli.rules import seals
from atbtst_cli.rules.merging import Clash
from atbtst_cli.store.choices import Choice


def value_of(value: Any) -> Any:
    """A value as it is kept with a choice: plain, and of a file only its fingerprint."""
    return seals.fingerprint(value) if isinstance(value, bytes) else plain(value)


def chosen(choice: Choice, clash: Clash) -> Any:
    """The value that a choice gives to a field."""
    if choice.how == "both":
        return both(clash)
    if choice.how == "value":
        return typed(choice.value, clash)
    return clash.mine if choice.how == "mine" else clash.theirs


def both(clash: Clash) -> Any:
    """Theirs and mine, one after the other; UsageError where a field can hold one only."""
    mine, theirs = clash.mine, clash.theirs
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return (*theirs, *(one for one in mine if one not in theirs))
    if isinstance(mine, str) and isinstance(theirs, str) and "\n" in mine + theirs:
        texts = [_ended(text or "").splitlines(keepends=True) for text in (clash.base, mine, theirs)]
        end = "" if (mine + theirs).endswith("\n") else "\n"
        return "".join(joined(*texts, both=True) or (*texts[2], *texts[1])).removesuffix(end)
    raise UsageError(
        _("{field} holds one thing only, so both cannot stand there.").format(field="/".join(clash.way)),
        _("Choose --mine or --theirs, or write it anew with --value."),
    )


def _ended(text: str) -> str:
    """A text whose last line ends too, so that another one does not stick to it."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def typed(text: str, clash: Clash) -> Any:
    """What somebody typed for a field: several things with commas between where it holds several; nothing is None."""
    if any(isinstance(value, tuple) for value in (clash.base, clash.mine, clash.theirs)):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text or None


def to_open(meeting: str | None) -> str:
    """The command that opens approved minutes."""
    return f'atbtst minutes edit {meeting} --reason "{_("why")}"'

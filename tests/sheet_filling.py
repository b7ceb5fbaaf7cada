"""Fills in the sheet that the program has begun, as a secretary does: each agenda item's words below its title."""

import re
from collections.abc import Mapping


def filled(text: str, words: Mapping[str, str]) -> str:
    """The sheet with those words at the end of the agenda items with these titles; each title has to stand once."""
    head, *sections = re.split(r"^(?=#{2,} |%% Så skrivs)", text, flags=re.MULTILINE)
    left = dict(words)
    done = [_with(section, left.pop(_title(section), "")) for section in sections]
    assert not left, f"the sheet has no agenda item {', '.join(left)}:\n{text}"
    return "".join([head, *done])


def _title(section: str) -> str:
    return re.sub(r"^#+ |\s*\{.*", "", section.partition("\n")[0])


def _with(section: str, words: str) -> str:
    return f"{section.rstrip()}\n\n{words.strip()}\n\n" if words else section

"""Characters that command a terminal, turn the writing direction or hide, and how they are shown instead."""

import json
import re

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Every control but tab and line feed, marks of direction, signs without width, halves of signs, tags."""


def printable(text: str) -> str:
    r"""The text with each of these written out, as \u001b; inside a JSON document it still means the same."""
    return CONTROLS.sub(lambda found: json.dumps(found[0])[1:-1], text)

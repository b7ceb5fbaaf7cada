"""Plain text as Markdown that shows the same words."""

import re

PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BACKSLASH = re.compile(rf"\\(?=[{PUNCTUATION}]|$)")
_STAR = re.compile(r"\*(?!(?<=\s\*)(?=\s))")
_UNDERSCORE = re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_TILDE = re.compile(r"~(?=~)|(?<=~)~")
_ADDRESS = re.compile(r"<(?=[A-Za-z][A-Za-z0-9+.-]*:|[^\s<>]+@)")
_ORDERED = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)")
_START = re.compile(r"^(?=(?:[-+](?:\s|$)|>|#{1,6}(?:\s|$)|(?:[-_]\s*){2,}$|=+$|\|))")


def markdown(text: str) -> str:
    """One line of plain text as Markdown, for the beginning of a line or of a list item."""
    escaped = _without_links(_BACKSLASH.sub(r"\\\\", text).replace("`", "\\`"))
    for special in (_STAR, _TILDE, _ADDRESS):
        escaped = special.sub(lambda match: "\\" + match[0], escaped)
    escaped = _UNDERSCORE.sub(lambda match: "".join("\\_" for _sign in match[0]), escaped)
    return _ORDERED.sub(r"\1\\\2", _START.sub(r"\\", escaped))


def _without_links(text: str) -> str:
    """The text with a backslash before every bracket that a link could begin with."""
    before, link, after = text.rpartition("](")
    return before.replace("[", "\\[") + link + after

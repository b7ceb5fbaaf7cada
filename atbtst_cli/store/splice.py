"""A record's text changed where the record changed and nowhere else: comments, order, blanks and quotes stay."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from atbtst_cli.store.yamlfile import Data, compose, decode, dump, new


def edit(data: bytes, before: Data, after: Data, head: str, apart: Sequence[str] = ()) -> bytes:
    """The bytes of a record changed from ``before`` to ``after``.

    A file in house style stays in house style. In any other only the lines of the values that change are written anew,
    and line ends become LF.
    """
    if new(before, head, apart) == data:
        return new(after, head, apart)
    text = _ended(LINE_END.sub("\n", decode(data)))
    root = compose(text)
    splice = _Splice(text, apart, root)
    if SEPARATOR.search(text) or not splice.change(root, before, after):
        return new(after, head, apart)
    return splice.result().encode()


LINE_END = re.compile("\r\n?|\x85")
"""Ends of lines that YAML reads as LF."""
SEPARATOR = re.compile("[\u2028\u2029]")
"""Ends of lines too, but in a text they stay what they are, so that lines cannot be told by them."""


def _ended(text: str) -> str:
    """The text with an end to its last line, which does not become part of a block of text that stands there."""
    if text.endswith("\n"):
        return text
    last = compose(text)
    while _is_collection(last.value) and last.value:
        last = last.value[-1][1] if last.id == "mapping" else last.value[-1]
    if _is_block(last, "scalar") and not last.value.endswith("\n"):
        sign = _start(last) + 1
        return text[:sign] + CHOMPED.sub(r"-\1\2", text[sign:], count=1) + "\n"
    text = BLANK_END.sub("", text)
    return text if text.endswith("\n") else text + "\n"


CHOMPED = re.compile(r"(\d?)[+-]?(\d?)")
"""What follows the sign of a block of text: how far it is indented, and what becomes of the line ends at its end."""
BLANK_END = re.compile(r"(?<=\n)[ \t]+\Z")


LIST = (list, tuple)
SIMPLE_KEY = re.compile(r"[ \t]*:(?=\s)")
"""What follows a key that stands before its colon on one line."""

REMARKS = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")
"""Comments and blank lines."""
KEPT_BLANKS = re.compile(r"[|>]\d?\+")
"""The sign of a block of text that keeps the blank lines at its end."""


class _Splice:
    """A text, and what is to be cut out of it and put in."""

    def __init__(self, text: str, apart: Sequence[str], root: Any) -> None:
        self._text = text
        self._apart = apart
        self._blocks = [self._after(node) for node in _scalars(root) if _is_block(node, "scalar")]
        """Where the lines after each block of text begin."""
        self._cuts: list[tuple[int, int, str, str | None]] = []

    def result(self) -> str:
        """The text after all cuts."""
        parts: list[str] = []
        done, blanks = 0, None
        for start, end, text, comments in sorted(self._cuts, key=lambda cut: cut[0]):
            between = self._text[done:start]
            parts += [_set_out(between, blanks) if parts else between, text]
            done = max(done, end)
            if text or comments is not None:
                blanks = comments
            elif not REMARKS.fullmatch(between):
                blanks = None
        return "".join([*parts, _set_out(self._text[done:], blanks)])

    def change(self, node: Any, before: Any, after: Any) -> bool:
        """Change what differs inside a value, where it is a collection before and after; False where it is not."""
        if isinstance(before, dict) and isinstance(after, dict) and self._is_simple_mapping(node, after):
            self._mapping(node, before, after)
        elif isinstance(before, LIST) and isinstance(after, LIST) and after and self._is_list(node, len(before)):
            self._sequence(node, before, after)
        else:
            return False
        return True

    def _is_simple_mapping(self, node: Any, after: Data) -> bool:
        """Whether it is in block style, each key before its colon on one line, and one of its keys stays."""
        return (
            _is_block(node, "mapping")
            and all(SIMPLE_KEY.match(self._text, key.end_mark.index) for key, _value in node.value)
            and any(key.value in after for key, _value in node.value)
        )

    def _is_list(self, node: Any, length: int) -> bool:
        """Whether a list is in block style, its first dash on a line of its own, and of that length."""
        return _is_block(node, "sequence") and not self._line_before(node).strip() and len(node.value) == length

    def _mapping(self, node: Any, before: Data, after: Data) -> None:
        """Change a mapping in block style, key by key."""
        known = {key.value: (key, value) for key, value in node.value}
        gone = {key for key in known if key in before and key not in after}
        self._take_keys(node, gone)
        for key, value in after.items():
            if key in known and (key not in before or before[key] != value):
                self._change(*known[key], before.get(key), value)
        self._insert_keys(node, [key for key in known if key not in gone], after)

    def _take_keys(self, node: Any, gone: Iterable[str]) -> None:
        first = list(takewhile(lambda entry: entry[0].value in gone, node.value))
        rest = node.value[len(first) :]
        if first and self._line_before(first[0][0]).strip():
            # The first key stands on the line of its list's dash, where the first one that stays moves up.
            self._move_up(first[0][0], first[-1][1], rest[0][0])
        else:
            rest = node.value
        for key, value in rest:
            if key.value in gone:
                self._take(self._line_of(key), self._after(value), " " * key.start_mark.column)

    def _move_up(self, first: Any, last: Any, stays: Any) -> None:
        between = self._text[self._after(last) : self._line_of(stays)].split("\n")
        comments = "".join(f"{line}\n" for line in between if line)
        self._cut(self._line_of(first), self._line_of(first), comments)
        self._cut(_start(first), _start(stays))

    def _insert_keys(self, node: Any, kept: Sequence[str], after: Data) -> None:
        ends = {key.value: self._after(value) for key, value in node.value}
        first = next(key for key, _value in node.value if key.value in kept)
        indent = " " * first.start_mark.column
        place = None
        for key, value in after.items():
            if key in ends:
                place = ends[key]
                continue
            entry = _indented(dump({key: value}), indent)
            if place is None:
                self._cut(_start(first), _start(first), entry.lstrip(" ") + indent)
            else:
                blank = "\n" if not indent and key in self._apart else ""
                self._put(place, place, blank + entry, value, indent)

    def _change(self, key: Any, node: Any, before: Any, after: Any) -> None:
        indent = " " * key.start_mark.column
        if self.change(node, before, after):
            return
        if _is_scalar(node) and not _is_collection(after) and key.end_mark.line == node.start_mark.line:
            self._replace(node, after, indent)
        else:
            colon = self._text.index(":", _end(self._text, key)) + 1
            line, lines = _written(after, indent)
            self._put(colon, self._after(node), f"{line}{self._comment(node, colon)}\n{lines}", after, indent)

    def _sequence(self, node: Any, before: Sequence[Any], after: Sequence[Any]) -> None:
        indent = " " * node.start_mark.column
        dashes = self._dashes(node)
        old, wanted = [repr(value) for value in before], [repr(value) for value in after]
        for tag, first, last, start, end in SequenceMatcher(None, old, wanted, autojunk=False).get_opcodes():
            paired = min(last - first, end - start) if tag == "replace" else 0
            for place, value in zip(range(first, first + paired), after[start:], strict=False):
                self._change_item(node.value[place], dashes[place], before[place], value, indent)
            if tag == "equal":
                continue
            for place in range(first + paired, last):
                self._take(dashes[place], self._after(node.value[place]), indent)
            spot = self._after(node.value[first + paired - 1]) if first + paired else dashes[0]
            for value in after[start + paired : end]:
                self._put(spot, spot, _indented(_item(value), indent), value, indent)

    def _change_item(self, node: Any, dash: int, before: Any, after: Any, indent: str) -> None:
        if self.change(node, before, after):
            return
        if _is_scalar(node) and not _is_collection(after):
            self._replace(node, after, indent)
        else:
            self._put(dash, self._after(node), _indented(_item(after), indent), after, indent)

    def _dashes(self, node: Any) -> list[int]:
        """Where the line of each item's dash begins."""
        column, found, done = node.start_mark.column, [], self._line_of(node)
        for item in node.value:
            dash = re.compile(rf"^ {{{column}}}-(?=\s)", re.MULTILINE).search(self._text, done)
            found.append(dash.start() if dash else done)
            done = self._after(item)
        return found

    def _replace(self, node: Any, value: Any, indent: str) -> None:
        """Put a scalar in the place of another; a comment on its line stays."""
        line, lines = _written(value, indent)
        start = _start(node)
        blank = "" if self._text[start - 1].isspace() else " "
        text = f"{blank}{line[1:]}{self._comment(node, start)}\n{lines}"
        self._put(start, self._after(node), text, value, indent)

    def _put(self, start: int, end: int, text: str, value: Any, indent: str) -> None:
        """Put the text of a value in; where it ends in a block of text, no comment below becomes part of that."""
        while _is_collection(value) and value:
            value = [*value.values()][-1] if isinstance(value, dict) else value[-1]
        self._cut(start, end, text, indent if "\n" in str(value) else None)

    def _cut(self, start: int, end: int, text: str = "", comments: str | None = None) -> None:
        """Put a text in a place; where ``comments`` is given, the comments below it begin after such blanks."""
        self._cuts.append((start, end, text, comments))

    def _comment(self, node: Any, start: int) -> str:
        """The comment on the line of a value, with its blanks; of a block, on the line where it begins."""
        if not (_is_block(node, "scalar") or _is_block(node, "sequence") or _is_block(node, "mapping")):
            start = _end(self._text, node)
        found = re.compile(r"[ \t]+#.*").search(self._text, start, self._text.index("\n", start))
        return found[0] if found else ""

    def _take(self, start: int, end: int, indent: str) -> None:
        """Take whole lines away, and a blank line too where two would meet or become part of the text above.

        The comments below do not become part of a block of text above either.
        """
        if KEPT_BLANKS.search(self._text):
            end += len(self._text) - end - len(self._text[end:].lstrip("\n"))
        elif self._text[:start].endswith("\n\n") and self._text[end : end + 1] in ("", "\n"):
            start -= 1
        is_below = any(REMARKS.fullmatch(self._text, block, start) for block in self._blocks)
        self._cut(start, end, comments=indent if is_below else None)

    def _line_of(self, node: Any) -> int:
        return self._text.rfind("\n", 0, _start(node)) + 1

    def _line_before(self, node: Any) -> str:
        return self._text[self._line_of(node) : _start(node)]

    def _after(self, node: Any) -> int:
        """Where the line after a value begins."""
        return self._text.index("\n", _end(self._text, node)) + 1


def _set_out(text: str, blanks: str | None) -> str:
    """The text below an edit: the comments that it begins with after so many blanks at most, where these are given.

    Blank lines among them hold none, for what stands above may take no tab, or take blanks as its own.
    """
    below = REMARKS.match(text)
    end = below.end() if below else 0
    remarks = re.sub(r"(?m)^[ \t]+$", "", text[:end])
    if blanks is not None:
        remarks = re.sub(rf"(?m)^{blanks}[ \t]+(?=#)", blanks, remarks)
    return remarks + text[end:]


def _start(node: Any) -> int:
    return int(node.start_mark.index)


def _end(text: str, node: Any) -> int:
    """Where a value ends, comments and blank lines after it left out."""
    if _is_block(node, "sequence"):
        return _end(text, node.value[-1])
    if _is_block(node, "mapping"):
        return _end(text, node.value[-1][1])
    body = text[_start(node) : node.end_mark.index]
    if _is_block(node, "scalar"):
        keeps_blank_lines = "+" in body.partition("\n")[0].partition("#")[0]
        ends_in_blanks = node.value.rstrip("\n") != node.value.rstrip()
        body = body.removesuffix("\n") if keeps_blank_lines or ends_in_blanks else body.rstrip()
    if not body and not text[text.rfind("\n", 0, _start(node)) + 1 : _start(node)].strip():
        return len(text[: _start(node)].rstrip())  # no value, after a key that stands there with a question mark
    return _start(node) + len(body)


def _scalars(node: Any) -> Iterator[Any]:
    """Every scalar in a value, keys left out."""
    if _is_scalar(node):
        yield node
    for inner in node.value if not _is_scalar(node) else ():
        yield from _scalars(inner[1] if node.id == "mapping" else inner)


def _is_scalar(node: Any) -> bool:
    return bool(node.id == "scalar")


def _is_collection(value: Any) -> bool:
    return isinstance(value, (dict, *LIST))


def _is_block(node: Any, kind: str) -> bool:
    if _is_scalar(node):
        return kind == "scalar" and node.style in ("|", ">")
    return bool(node.id == kind and node.value and not node.flow_style)


def _written(value: Any, indent: str) -> tuple[str, str]:
    """What stands after a key on its line, with its blank, and the lines below."""
    line, _break, lines = dump({"k": value}).partition("\n")
    return line.removeprefix("k:"), _indented(lines, indent)


def _item(value: Any) -> str:
    return _indented(dump([value]), "", 2)


def _indented(text: str, indent: str, less: int = 0) -> str:
    return "\n".join(indent + line[less:] if line else line for line in text.split("\n"))

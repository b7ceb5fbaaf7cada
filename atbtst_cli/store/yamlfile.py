"""YAML as this project reads and writes it: the only home of both YAML libraries.

Reading goes over libyaml's event stream, so scalars stay text and what a council's record never needs (aliases, tags,
merge keys, several documents, deep nesting) is refused with its line. Writing goes through ruamel.yaml.
"""

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml

from atbtst_cli.language import N_, _

LARGEST = 4_000_000
DEEPEST = 40
MARK = re.compile(r"^(<{7} |>{7} |\|{7} |={7}$)", re.MULTILINE)
"""What Git writes into a file around lines that two people changed in different ways."""
BYTE_ORDER = re.compile("(?:\\A|[\n\r\x85\u2028\u2029])\ufeff")
"""A sign for the order of bytes at the beginning of a line: to some readers it is nothing, to others a letter."""
UNMERGED = N_(
    "Give the merge up with: git merge --abort   (a rebase with: git rebase --abort)   and then run: atbtst sync  "
    " which merges field by field and asks about the rest. Or keep the file as it stood here with:"
    " git checkout --ours -- {path}   or as it came in with: git checkout --theirs -- {path}   and then:"
    " git add -- {path} && git commit --no-edit   In the middle of something else of Git's see: atbtst doctor"
)
"""The way out for somebody who finds such marks."""
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
PARSER: Any = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.BaseLoader)
"""What gives the events alone; to begin a whole loader for each file takes longer."""
Field = tuple[str | int, ...]
Data = dict[str, Any]


@dataclass
class YamlProblem(Exception):
    """Text that is no record: where, what is wrong, and what to do; the file's name goes in at {path}."""

    line: int
    column: int
    message: str
    hint: str = ""


def decode(data: bytes) -> str:
    """The text of a file; YamlProblem where it cannot be a record at all."""
    if len(data) > LARGEST:
        raise YamlProblem(1, 1, _("the file is larger than {size} bytes").format(size=LARGEST))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlProblem(line, 1, _("the text is not UTF-8"), _("Save the file as UTF-8.")) from None
    if text.startswith("version https://git-lfs"):
        raise YamlProblem(1, 1, _("it is a pointer of Git LFS, not a record"))
    if "<<<<<<<" in text and (marker := MARK.search(text)):
        line = text.count("\n", 0, marker.start()) + 1
        raise YamlProblem(line, 1, _("the file holds the marks of an unfinished merge"), _(UNMERGED))
    if "\ufeff" in text and (sign := BYTE_ORDER.search(text)):
        line = text.count("\n", 0, sign.end()) + 1
        raise YamlProblem(line, 1, _("the file holds a character that YAML does not allow"))
    return text


def read(data: bytes) -> Data:
    """The mapping that a file holds, every scalar as text and an empty one as None."""
    return _Builder().build(decode(data))


def locate(data: bytes) -> dict[Field, tuple[int, int]]:
    """Line and column, from 1, of every field that can be read; the last ones may be missing in a broken file."""
    places: dict[Field, tuple[int, int]] = {}
    with suppress(YamlProblem):
        _Builder(places).build(decode(data))
    return places


class _Builder:
    """Builds a mapping from events, and notes places where asked to."""

    def __init__(self, places: dict[Field, tuple[int, int]] | None = None) -> None:
        self._places = places
        self._root: Any = None
        self._begun = False
        self._around: list[tuple[Any, str | None]] = []
        """What is being filled stands in these, from the outside in, each with the key that leads on."""

    def build(self, text: str) -> Data:
        try:
            self._run(text)
        except yaml.MarkedYAMLError as error:
            raise _not_yaml(error, text) from None
        except yaml.YAMLError as error:
            position = getattr(error, "position", 0)
            line = text.count("\n", 0, position) + 1
            raise YamlProblem(line, 1, _("the file holds a character that YAML does not allow")) from None
        if not isinstance(self._root, dict):
            raise YamlProblem(1, 1, _("a record is a list of keys with values"))
        return self._root

    def _run(self, text: str) -> None:
        """Go through the events; nearly all are plain keys and values, so these are dealt with here, for speed."""
        here: Any = None  # the mapping or list that is being filled
        key: str | None = None  # its key that waits for a value
        for event in iter(PARSER(text).get_event, None):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor or event.tag:
                    raise _problem(event, _("a record has no anchors (&) and no tags (!)"))
                value = event.value
                if key is None and type(here) is dict:
                    if value in here or value == "<<":
                        raise _bad_key(event, value)
                    key = value
                    if self._places is not None:
                        self._note(event, key)
                else:
                    self._put(event, here, key, None if value in NOTHING and event.implicit[0] else value)
                    key = None
            elif kind is yaml.MappingStartEvent:
                here, key = self._open(event, here, key, {}), None
            elif kind is yaml.SequenceStartEvent:
                here, key = self._open(event, here, key, []), None
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                here, _key = self._around.pop()
            else:
                self._pass(event, kind)

    def _pass(self, event: Any, kind: type) -> None:
        """See to it that a file holds one record, and each value of it once."""
        if kind is yaml.AliasEvent:
            raise _problem(event, _("a record has no aliases (*)"))
        if kind is yaml.DocumentStartEvent:
            if self._begun:
                raise _problem(event, _("a file holds one record; a second one begins here"))
            self._begun = True

    def _open(self, event: Any, here: Any, key: str | None, value: Any) -> Any:
        """Put a mapping or a list in its place; it is what is filled next."""
        if event.anchor or event.tag:
            raise _problem(event, _("a record has no anchors (&) and no tags (!)"))
        if len(self._around) >= DEEPEST:
            raise _problem(event, _("the record is nested too deeply"))
        if key is None and type(here) is dict:
            raise _problem(event, _("a key is a word, not a list"))
        self._put(event, here, key, value)
        self._around.append((here, key))
        return value

    def _put(self, event: Any, here: Any, key: str | None, value: Any) -> None:
        if type(here) is dict:
            here[key] = value
        elif type(here) is list:
            here.append(value)
            if self._places is not None:
                self._note(event, len(here) - 1)
        else:
            self._root = value

    def _note(self, event: Any, step: str | int) -> None:
        assert self._places is not None  # noqa: S101  it is asked before: most files are read without
        steps = (key if key is not None else len(outer) - 1 for outer, key in self._around[1:])
        self._places[(*steps, step)] = (event.start_mark.line + 1, event.start_mark.column + 1)


NOTHING = ("", "~", "null")
"""What stands for no value, unless it is in quotation marks."""


def _bad_key(event: Any, key: str) -> YamlProblem:
    if key == "<<":
        return _problem(event, _("a record has no merge keys (<<)"))
    return _problem(event, _("the key {key} stands here a second time").format(key=key))


def _not_yaml(error: yaml.MarkedYAMLError, text: str) -> YamlProblem:
    """What the library says, in words for somebody who edits the file."""
    mark = error.problem_mark or error.context_mark or yaml.Mark("", 0, 0, 0, None, 0)
    begun = error.context_mark or mark
    sign = text[mark.index : mark.index + 1]
    said = next((words for found, words in SAID if re.search(found, f"{error.problem} {sign}")), str(error.problem))
    problem = _(said).format(line=begun.line + 1, sign=sign)
    return YamlProblem(mark.line + 1, mark.column + 1, _("this is not YAML: {problem}").format(problem=problem))


SAID = (
    ("\t|tab character", N_("a tab stands where only blanks may stand")),
    (
        "mapping values are not allowed",
        N_("a colon too many; look at the blanks before the line, or put the text in quotation marks"),
    ),
    ("expected ':'", N_("no colon stands after the key in line {line}")),
    ("unexpected end of stream", N_("the quotation mark in line {line} is never closed")),
    ("expected ',' or|node content $|stream end>", N_("a bracket is opened and never closed")),
    ("node content|any token", N_("a text that begins with {sign} has to stand in quotation marks")),
    ("unknown escape", N_("between double quotation marks a backslash is written twice")),
    (
        "expected (key|'-'|<block end>)",
        N_("the line does not fit those above; look at the blanks before it and the quotation marks in it"),
    ),
)
"""What to say instead of the library's words that match; others are told as they are."""


def _problem(event: Any, message: str) -> YamlProblem:
    mark = event.start_mark
    return YamlProblem(mark.line + 1, mark.column + 1, message)


def new(record: Data, head: str, apart: Sequence[str] = ()) -> bytes:
    """The bytes of a record in house style: ``head`` first, block style, a blank line before the keys in ``apart``."""
    text = dump(record)
    for key in apart:
        text = re.sub(rf"^(?={re.escape(key)}:)", "\n", text, count=1, flags=re.MULTILINE)
    return (head + text).encode()


def comments(text: str) -> list[str]:
    """The comments of a text that ``read`` accepts, in their order, each from its # to the end of its line."""
    found, done = [], 0
    for token in yaml.scan(text, Loader=LOADER):
        found += COMMENT.findall(text, done, token.start_mark.index)
        done = token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            found += COMMENT.findall(text, token.start_mark.index, text.find("\n", token.start_mark.index))
    return found + COMMENT.findall(text, done)


COMMENT = re.compile(r"(?<!\S)#[^\n]*")


def compose(text: str) -> Any:
    """The nodes of a text that ``read`` accepts, each with the marks where it begins and ends."""
    return yaml.compose(text, Loader=LOADER)


def dump(value: Any) -> str:
    """The value as YAML in house style."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 1_000_000
    writer.representer.ignore_aliases = lambda _value: True  # one day named twice is written twice
    stream = io.BytesIO()
    writer.dump(_styled(value), stream)
    return stream.getvalue().decode()


def _styled(value: Any) -> Any:
    """The same value, with several lines as a block and everything else plain where YAML lets it."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

    if isinstance(value, Mapping):
        return {key: _styled(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_styled(inner) for inner in value]
    if isinstance(value, str):
        if _blockable(value):
            return LiteralScalarString(value)
        if not value.isprintable():
            return DoubleQuotedScalarString(value)
        if AMBIGUOUS.fullmatch(value):
            return SingleQuotedScalarString(value)
    return value


AMBIGUOUS = re.compile(
    r"y|n|yes|no|on|off|true|false|null|~|[-+.]?\d[\d_.,:eE+-]*|0[xob][0-9a-fA-F_]+|[-+]?\.(inf|nan)|=|<<",
    re.IGNORECASE,
)
"""What one YAML reader or another would take for something else than text."""


def _blockable(text: str) -> bool:
    lines = text.split("\n")
    return (
        "\n" in text
        and all(line.isprintable() and line == line.rstrip() for line in lines)
        and not lines[0].startswith(" ")
        and lines[0] != ""
        and not text.endswith("\n\n")
    )

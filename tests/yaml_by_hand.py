"""Strategies for records and for YAML as people write it: blanks, comments, quotes, indents and line ends of their own."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from atbtst_cli.store.yamlfile import AMBIGUOUS

Draw = Callable[[Any], Any]
TRAPS = (
    "NO", "yes", "10:30", "0701234567", "1_000", "2026-02-31", "2026-02-17", "~", "null", "Null", "", "0x1F", "0o17", "1e3", "+1", ".inf",
    "<<", "=", "---", "...", "- a", "# x", "a: b", "a #b", "'", '"', "|", ">", "*a", "&a", "!a", "%a", "@a", "`a", "{a}", "[a]", "a\nb\n",
    "\n", "a\n\n", "a\n", " a\nb", "a \nb", "\ta\nb", "a\n\n\nb", "2001-12-14 21:59:43", "2001-12-14t21:59:43.10-05:00", "åäö", "a\u0308",
    "\x00", "\x1b[31m", "\x85", "\u2028", "\xa0", "\ufeff", "\u202e", "😀", "\uffff",
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    st.text("ab #:-'\"\n |>&*!%@`{}[],?åÅ0123456789._", max_size=20),
    st.lists(st.sampled_from(["Rådet", "avvaktar.", "AT/BT-dag", "12.30"]), min_size=1, max_size=5).map(" ".join),
)
keys = st.from_regex(r"[a-z][a-z_]{1,7}", fullmatch=True).filter(lambda key: not AMBIGUOUS.fullmatch(key))
values = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)
records = st.dictionaries(keys, values, max_size=5).map(
    lambda record: {"id": "x", **{k: v for k, v in record.items() if k != "id"}}
)


@dataclass
class Chunk:
    """One top key of a text: its comments and blank lines, and the lines of its own."""

    key: str
    above: str
    lines: str


@st.composite
def chunks(draw: Draw, record: dict[str, Any]) -> list[Chunk]:
    """A record as somebody might write it, key by key."""
    hand = _Hand(draw)
    return [Chunk(key, hand.above(0), "".join(hand.entry(key, value, 0))) for key, value in record.items()]


class _Hand:
    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._comments = 0

    def _pick(self, *choices: Any) -> Any:
        return self._draw(st.sampled_from(choices))

    def _comment(self) -> str:
        self._comments += 1
        return f"# comment {self._comments}"

    def above(self, indent: int) -> str:
        """Blank lines and comments over a line."""
        return self._pick(
            "", "", "", "\n", f"{' ' * indent}{self._comment()}\n", f"\n{' ' * indent}{self._comment()}\n\n"
        )

    def _beside(self) -> str:
        return self._pick("", "", f"  {self._comment()}") + "\n"

    def entry(self, key: str, value: Any, indent: int) -> list[str]:
        """The lines of a key with its value."""
        first, rest = self._value(value, indent)
        return [f"{' ' * indent}{key}{self._pick('', ' ')}:{first}", *rest]

    def _value(self, value: Any, indent: int) -> tuple[str, list[str]]:
        if isinstance(value, str):
            return self._text(value, indent)
        if not value or self._pick(*[False] * 6, True):
            return f" {flow(value)}{self._beside()}", []
        if isinstance(value, dict):
            inner = indent + self._pick(2, 4)
            return self._beside(), [
                line for key, one in value.items() for line in (self.above(inner), *self.entry(key, one, inner))
            ]
        inner = indent + self._pick(0, 2) if indent else self._pick(0, 2, 4)
        return self._beside(), [line for one in value for line in (self.above(inner), *self._item(one, inner))]

    def _item(self, value: Any, indent: int) -> list[str]:
        if isinstance(value, dict) and value and self._pick(True, True, False):
            first, *rest = [line for key, one in value.items() for line in self.entry(key, one, indent + 2)]
            return [f"{' ' * indent}- {first.lstrip(' ')}", *rest]
        first, rest = self._value(value, indent + 1)
        return [f"{' ' * indent}-{first}", *rest]

    def _text(self, text: str, indent: int) -> tuple[str, list[str]]:
        forms = [lambda: f" {quoted(text)}{self._beside()}"]
        if PLAIN.fullmatch(text) and text != "null":
            forms += [lambda: f"{self._pick(' ', '   ')}{text}{self._beside()}"] * 3
        if text.isprintable():
            forms.append(lambda: f" '{text.replace(chr(39), chr(39) * 2)}'{self._beside()}")
        if "\n" in text and BLOCK.fullmatch(text):
            return self._block(text, indent)
        return self._pick(*forms)(), []

    def _block(self, text: str, indent: int) -> tuple[str, list[str]]:
        body = text.rstrip("\n")
        sign = ("|-", "|", "|+")[min(2, len(text) - len(body))]
        lines = [f"{' ' * (indent + 2)}{line}\n" if line else "\n" for line in body.split("\n")]
        return f" {sign}{self._beside()}", [*lines, *["\n"] * (len(text) - len(body) - 1)]


def flow(value: Any) -> str:
    """A value on one line, in brackets and braces."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def quoted(text: str) -> str:
    """The text in double quotes, with escapes for whatever needs one."""
    return (
        '"'
        + "".join(sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in text)
        + '"'
    )


PLAIN = re.compile(r"[A-Za-zåäö0-9][A-Za-zåäö0-9_./-]*( [A-Za-zåäö0-9._/-]*[A-Za-zåäö0-9])*")
BLOCK = re.compile(r"[A-Za-zåäö0-9][^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*[a-zåäö.]\n*")


@st.composite
def changed(draw: Draw, value: Any) -> Any:
    """The value with something of it taken away, put in or put in the place of other things, at any depth."""
    if isinstance(value, dict):
        kept = {key: draw(changed(one)) for key, one in value.items() if key == "id" or draw(st.integers(0, 7))}
        return kept | {
            key: one for key, one in draw(st.dictionaries(keys, values, max_size=1)).items() if key not in value
        }
    if isinstance(value, list):
        kept = [draw(changed(one)) for one in value if draw(st.integers(0, 5))]
        at = draw(st.integers(0, len(kept)))
        return kept[:at] + draw(st.lists(values, max_size=1)) + kept[at:]
    return draw(st.one_of(st.just(value), st.just(value), st.just(value), texts)) if value != "x" else value

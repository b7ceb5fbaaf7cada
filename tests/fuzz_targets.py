"""What must hold of any text that is read as a record or a sheet, and of any three versions of a record."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any

import rules_example
import sheet_example
import yaml
import yaml_by_hand
from fuzz_found import FOUND
from schema_walk import Walk

from atbtst_cli.errors import Finding, Invalid, Refused
from atbtst_cli.models.base import Part
from atbtst_cli.models.differences import UNNAMED, Key, differences, is_part, name_of
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.schemas import MODELS
from atbtst_cli.rules.checks import check
from atbtst_cli.rules.merging import APPROVED, Merged, merge
from atbtst_cli.sheet.read import read as read_sheet
from atbtst_cli.sheet.text import decode
from atbtst_cli.sheet.write import write as write_sheet
from atbtst_cli.store import splice, yamlfile
from atbtst_cli.store.layout import KINDS, SETTINGS, path_of, schema_line
from atbtst_cli.store.load import load
from atbtst_cli.store.tree import Overlay

Seeds = Sequence[bytes]
Words = Sequence[bytes]
ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT.parent / "shared" / "seeds"
DATA = ROOT / "tests" / "data"
ODD = (
    "före\x1b[31mefter\x9b\u202e", "{{ 7*7 }} #eval $x$", "<script>x</script>", "a\r\nBcc: b", "=1+1", "\ufeff", "A\u030a", "../x", "👩‍⚕️ 会議",
    "```\nx\n```", "Beslut: x", "- a\n  - b\n\n1. c", "| a |\n|---|\n| b |", " x ", "\\", "x" * 300,
)  # fmt: skip
"""Texts that one thing or another could take for something else than text."""

# -- records ---------------------------------------------------------------------------------------------------------------


class Nothing:
    """A tree without any file."""

    def paths(self, _folder: str) -> list[str]:
        return []

    def read(self, path: str) -> bytes:
        raise KeyError(path)


def as_bytes(path: str, record: Part) -> bytes:
    """A record as the store writes it."""
    data = record.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    kind = next((kind for kind in KINDS.values() if kind.id_in(path)), None)
    return yamlfile.new(data, schema_line(path), kind.apart if kind else ())


def example_files() -> dict[str, bytes]:
    """The files of a small council that breaks no rule."""
    known = rules_example.council()
    files = {SETTINGS: as_bytes(SETTINGS, known.settings)}
    for kind in KINDS:
        for record_id, record in getattr(known, kind).items():
            path = path_of(kind, record_id, int((re.search(r"\d{4}", record_id) or ["2026"])[0]) % 3000 or 2026)
            files[path] = as_bytes(path, record)
    return files


def whole_records() -> Iterator[bytes]:
    """Records with every field there is, with plain words and with odd ones."""
    for kind in MODELS:
        path = next((path_of(one.name, "x/x" if kind == "report" else "x", 2026) for one in KINDS.values() if one.schema == kind), SETTINGS)  # fmt: skip
        for odd in ("x", *ODD):

            def fill(lines: bool, odd: str = odd) -> str:
                return odd if lines else " ".join(odd.split()) or "x"

            yield yamlfile.new(Walk(kind).whole(fill), schema_line(path))


class Yaml:
    """A text as one record of a council: read, checked, written again and changed."""

    def __init__(self) -> None:
        self.files = example_files()
        self._tree = Overlay(Nothing(), self.files)
        self._council = load(self._tree)
        for kind in KINDS:
            list(getattr(self._council, kind).values())
        self._paths = {path.rpartition("/")[2]: path for path in self.files}

    def seeds(self) -> Seeds:
        own = [path.read_bytes() for path in sorted((ROOT / "records").rglob("*.yaml"))]
        by_hand = [
            f"id: i-k7q3d9m\ntitle: {trap}\nnetwork: rad\nadded: 2026-01-10\n".encode() for trap in yaml_by_hand.TRAPS
        ]
        return [*self.files.values(), *whole_records(), *own, *by_hand, *FOUND["yaml"].values()]

    def words(self) -> Words:
        keys = {
            key
            for model in MODELS.values()
            for key in re.findall(r'"(\w+)": \{', str(model.model_json_schema()).replace("'", '"'))
        }
        signs = ("\r\n", "\t", "|+", "|2-", ">", "? ", "!!str ", "&a ", "*a", "<<: *a", "---\n", "...\n", "%YAML 1.2\n", "\ufeff", '"\\u0000"', "# x\n")  # fmt: skip
        return [word.encode() for word in (*yaml_by_hand.TRAPS, *ODD, *signs, *(f"{key}: " for key in sorted(keys)))]

    def __call__(self, data: bytes) -> Collection[str]:
        path = self._path(data)
        faults = self._checked(path, data)
        try:
            record = yamlfile.read(data)
        except yamlfile.YamlProblem as problem:
            return _told(problem, data)
        _same_as_by_another_reader(data, record)
        assert yamlfile.read(yamlfile.new(record, "# head\n")) == record
        _changed_in_place(data, record)
        self._written(path, record, data)
        return faults

    def _path(self, data: bytes) -> str:
        """The file that the text is to be: of the kind that its schema line says, and with its id where it is known."""
        said = re.search(rb"^id: (\S+)", data, re.MULTILINE)
        named = f"{said[1].decode('utf-8', 'replace').rpartition('/')[2]}.yaml" if said else ""
        kind = re.search(rb"schemas/(\w+)\.schema", data[:200])
        schema = kind[1].decode("ascii", "replace") if kind else "item"
        if named in self._paths:
            return self._paths[named]
        if schema == "settings":
            return SETTINGS
        some = [path for path in self.files for one in KINDS.values() if one.schema == schema and one.id_in(path)]
        return (some or list(self.files))[0]

    def _checked(self, path: str, data: bytes) -> Collection[str]:
        """What the whole council with that file has against it: never anything but findings."""
        try:
            council = load(Overlay(self._tree, {path: data}), self._council, {path})
        except (Invalid, Refused) as error:
            found = [Finding("settings", "error", error.message, SETTINGS), *error.findings]
        else:
            found = [*check(council, rules_example.TODAY), *council.findings]
        for finding in found:
            assert finding.text()
            assert finding.rule != "settings" or path == SETTINGS
            assert (finding.rule, finding.message) != ("", "")
            assert finding.line >= 0
        return {f"{path}{finding.rule}{finding.field[-1:]}" for finding in found}

    def _written(self, path: str, record: yamlfile.Data, data: bytes) -> None:
        """Where it is a record, it is the same record after being written, anew or over the text."""
        kind = next((kind for kind in KINDS.values() if kind.id_in(path)), None)
        model = kind.model if kind else MODELS["settings"]
        try:
            known = model.model_validate(record)
        except ValueError:
            return
        assert model.model_validate(yamlfile.read(as_bytes(path, known))) == known
        plain = known.model_dump(mode="python", by_alias=True, exclude_defaults=True)
        written = splice.edit(data, plain, plain, schema_line(path), kind.apart if kind else ())
        assert model.model_validate(yamlfile.read(written)) == known


def _told(problem: yamlfile.YamlProblem, data: bytes) -> Collection[str]:
    """What is said of a text that is no record, with a line that there is."""
    assert problem.message
    assert 1 <= problem.line <= len(re.findall(rb"\r\n?|\n|\xc2\x85|\xe2\x80[\xa8\xa9]", data)) + 2
    return {"yaml", problem.message[:20]}


def _same_as_by_another_reader(data: bytes, record: yamlfile.Data) -> None:
    """Another reader that takes the text at all says the same of it."""
    try:
        other = yaml.load(yamlfile.decode(data), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return
    assert _plain(other) == _plain(record)


def _plain(value: Any) -> Any:
    """The value with every way of writing nothing as one."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return None if value in ("", "~", "null") else value


def _changed_in_place(data: bytes, record: yamlfile.Data) -> None:
    """An edit says what was meant, and the lines of every other key stand as they stood."""
    random = Random(data)
    after = changed(record, random)
    if not after:
        return
    written = splice.edit(data, record, after, "# head\n")
    assert yamlfile.read(written) == after
    assert b"\r" not in written
    assert not written.startswith(b"\xef\xbb\xbf")
    for key, lines in _entries(data):
        assert record[key] != after.get(key) or key not in after or lines in written.decode()


def _entries(data: bytes) -> Iterator[tuple[str, str]]:
    """The top keys of a text in block style, each with its lines; what a key or a block of text may end in is left out."""
    text = re.sub("\r\n?|\x85", "\n", yamlfile.decode(data))
    if re.search("[\u2028\u2029]", text):
        return
    root = yamlfile.compose(text)
    if not root.flow_style and all(
        re.match(r"[ \t]*:(?=\s)", text[key.end_mark.index :]) for key, _value in root.value
    ):
        for key, value in root.value if text.endswith("\n") else root.value[:-1]:
            lines = text[key.start_mark.index : value.end_mark.index]
            yield key.value, re.sub(r"(\n[ \t]*(#.*)?)*\Z", "", lines)


def changed(value: Any, random: Random) -> Any:
    """The value with a few things in it taken away, put in or put in the place of others."""
    if isinstance(value, dict):
        kept = {
            key: changed(one, random) if random.random() < 0.3 else one
            for key, one in value.items()
            if random.random() < 0.93
        }
        return kept | (
            {random.choice(("title", "note", "zz")): random.choice(("x", ["a"], *ODD))} if random.random() < 0.2 else {}
        )
    if isinstance(value, list):
        kept = [changed(one, random) if random.random() < 0.3 else one for one in value if random.random() < 0.9]
        return [*kept, random.choice(("x", *ODD))] if random.random() < 0.2 else kept
    return random.choice((value, "x", *ODD)) if random.random() < 0.5 else value


# -- sheets ----------------------------------------------------------------------------------------------------------------


class Sheet:
    """A text as the sheet of a meeting: read onto an empty one and onto one that has an agenda, and written again."""

    def __init__(self) -> None:
        self._bases = (
            sheet_example.meeting(),
            sheet_example.meeting(
                chair="bo-exempel",
                agenda=[
                    {
                        "id": "p-1",
                        "title": "X",
                        "internal": True,
                        "body": [{"decision": "d-1", "number": 7, "text": "x"}],
                    }
                ],
            ),
        )

    def seeds(self) -> Seeds:
        sheets = [path.read_bytes() for folder in ("journey", "offers", "year") for path in sorted((DATA / folder).glob("*")) if path.suffix in (".md", ".txt")]  # fmt: skip
        demo = (ROOT / "atbtst_cli/commands/demo_sheet.md").read_bytes()
        real = [path.read_bytes() for path in sorted(NOTES.glob("*.txt"))]
        own = [
            write_sheet(known, sheet_example.DIRECTORY, "sv").encode()
            for known in rules_example.council().meetings.values()
        ]
        return [data[:LONGEST] for data in (demo, *sheets, *real, *own, *FOUND["sheet"].values())]

    def words(self) -> Words:
        return [piece.encode() for piece in (*sheet_example.PIECES, *ODD)]

    def __call__(self, data: bytes) -> Collection[str]:
        text, notices = decode(data)
        found: list[Finding] = [*notices]
        for base in self._bases:
            reading = read_sheet(text, base, sheet_example.DIRECTORY, sheet_example.draws())
            found += reading.findings
            known = reading.meeting
            again = read_sheet(
                write_sheet(known, sheet_example.DIRECTORY, "sv"), known, sheet_example.DIRECTORY, sheet_example.draws()
            )
            assert again.meeting == known
            assert Meeting.model_validate(known.model_dump(by_alias=True, exclude_none=True)) == known
        lines = text.count("\n") + 1
        for finding in found:
            assert finding.rule != "unproven"
            assert finding.text()
            assert 0 <= finding.line <= lines
        return {finding.rule for finding in found}


LONGEST = 4_000
"""Bytes of a sheet to begin with; longer ones are read more slowly than is worth it."""


# -- merges ----------------------------------------------------------------------------------------------------------------


class Choices:
    """Bytes as a row of choices, each the first one where they have come to their end."""

    def __init__(self, data: bytes) -> None:
        self._left = iter(data)

    def __call__(self, several: Sequence[Any]) -> Any:
        return several[next(self._left, 0) % len(several)]


class Merge:
    """Three versions of a record: one, and what two people made of it; the bytes choose which record and what is done."""

    def __init__(self) -> None:
        known = rules_example.council()
        kinds = [(one.model, record) for one in KINDS.values() for record in getattr(known, one.name).values()]
        whole = [
            (model, model.model_validate(Walk(name).sound(lambda lines: "x\ny\nz\n" if lines else "x")))
            for name, model in MODELS.items()
        ]
        self._bases = [
            (model, _dumped(record)) for model, record in (*kinds, (MODELS["settings"], known.settings), *whole)
        ]
        self._pool: dict[str, list[Any]] = {}
        for _model, data in self._bases:
            self._learn(data, "")

    def _learn(self, value: Any, key: str) -> None:
        """Note what stands under each key, as what may stand there too."""
        if isinstance(value, dict):
            for name, inner in value.items():
                self._learn(inner, name)
        for inner in value if isinstance(value, list) else ():
            self._learn(inner, key)
        some = self._pool.setdefault(key, [])
        if value not in some:
            some.append(value)

    def seeds(self) -> Seeds:
        random = Random(1)
        return [*(random.randbytes(1 + number % 60) for number in range(120)), *FOUND["merge"].values()]

    def words(self) -> Words:
        return [bytes([number]) for number in range(256)]

    def __call__(self, data: bytes) -> Collection[str]:
        choose = Choices(data)
        model, before = choose(self._bases)
        base, mine, theirs = (model.model_validate(self._version(model, before, choose)) for _side in range(3))
        try:
            return self._tried(base, mine, theirs)
        except Exception as error:
            versions = (yamlfile.dump(_dumped(one)) for one in (base, mine, theirs))
            error.add_note(
                "\n".join(f"# {name}\n{text}" for name, text in zip(("base", "mine", "theirs"), versions, strict=True))
            )
            raise

    def _tried(self, base: Any, mine: Any, theirs: Any) -> Collection[str]:
        for one, other in ((mine, theirs), (theirs, mine)):
            assert merge(base, one, base) == merge(base, base, one) == merge(base, one, one) == Merged(one)
            _is_sound(merge(None, one, other))
            assert (merge(base, None, other) == Merged(None)) == (other == base)
            for decided in (lambda clash: clash.mine, lambda clash: clash.theirs):
                assert merge(base, one, other, decided).clashes == ()
        merged, mirrored = merge(base, mine, theirs), merge(base, theirs, mine)
        _is_sound(merged)
        assert {clash.way for clash in merged.clashes} == {clash.way for clash in mirrored.clashes}
        if not merged.clashes:
            assert _unordered(_dumped(merged.value)) == _unordered(_dumped(mirrored.value))
        for one, other in ((mine, theirs), (theirs, mine)):
            _holds(merged, base, one, other)
        return {
            type(base).__name__,
            *("/".join(step for step in clash.way if not isinstance(step, Key)) for clash in merged.clashes),
        }

    def _version(self, model: Any, data: Any, choose: Choices) -> Any:
        """What somebody made of a record by up to five changes; those that no record can have are left out."""
        for _change in range(choose((0, 1, 1, 2, 3, 5))):
            tried = self._altered(data, "", choose)
            try:
                model.model_validate(tried)
            except ValueError:
                continue
            data = tried
        return data

    def _altered(self, value: Any, key: str, choose: Choices) -> Any:
        what = choose(range(8))
        if isinstance(value, dict):
            name = choose(sorted(value if what and value else self._pool))
            if what == 1:
                return {one: inner for one, inner in value.items() if one != name}
            known = value.get(name)
            return value | {name: choose(self._pool[name]) if known is None else self._altered(known, name, choose)}
        if isinstance(value, list):
            return self._altered_list(value, key, choose, what)
        if isinstance(value, str) and "\n" in value:
            return "\n".join(self._altered_list(value.split("\n"), "text", choose, what))
        return choose([*self._pool[key], f"{value}0", f"{str(value)[:-1]}7"])

    def _altered_list(self, some: list[Any], key: str, choose: Choices, what: int) -> list[Any]:
        """A list with an entry taken out, put in, moved, or altered."""
        place = choose(range(len(some) + 1))
        if what in (0, 1) or not some:
            return [
                *some[:place],
                choose([one for one in self._pool[key] if not isinstance(one, list)] or ["x"]),
                *some[place:],
            ]
        at = place % len(some)
        rest = some[:at] + some[at + 1 :]
        if what == 2:
            return rest
        if what == 3:
            to = choose(range(len(some)))
            return [*rest[:to], some[at], *rest[to:]]
        return [*some[:at], self._altered(some[at], key, choose), *some[at + 1 :]]


def _dumped(record: Any) -> Any:
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _is_sound(merged: Merged) -> None:
    """What was merged, with nothing left to decide, is a record that can be written and read."""
    known = merged.value
    assert merged.clashes or type(known).model_validate(_dumped(known)) == known


def _unordered(value: Any) -> Any:
    """The value with every list in one order."""
    if isinstance(value, dict):
        return {key: _unordered(inner) for key, inner in value.items()}
    return sorted(map(_unordered, value), key=repr) if isinstance(value, list) else value


def _holds(merged: Merged, base: Any, one: Any, other: Any) -> None:
    """What one version alone changed is so in the result, or part of a clash."""
    others = [found.way for found in differences(base, other)]
    # An entry without a name of its own is one of :1, :2 and so on to the merge, and something else to the differences.
    clashes = [tuple(takewhile(lambda step: step[:1] != ":", clash.way)) for clash in merged.clashes]
    # An approval and what opened the minutes again are one thing.
    clashes += APPROVED if not set(APPROVED).isdisjoint(clashes) else ()
    lost = [found.way for found in differences(one, merged.value)]
    for way in (found.way for found in differences(base, one)):
        if not any(_meet(way, another) for another in (*others, *clashes)) and _is_named(way, base, one):
            assert not [another for another in lost if _meet(way, another) and not _is_list(another, way)], way

    said = {found.way: str(found.after or "") for found in differences(base, merged.value)}
    for found in differences(base, one):
        if found.way in said and _is_named(found.way, base, one) and "\n" in f"{found.before}{found.after}":
            new = _lines(found.after) - _lines(found.before)
            assert new <= _lines(said[found.way]) or any(_meet(found.way, one) for one in clashes), found.way


def _is_named(way: Sequence[str], *versions: Any) -> bool:
    """Whether every entry of a list that a way leads through has a name."""
    for version in versions:
        inside = version
        for step in way:
            if isinstance(inside, tuple) and all(map(is_part, inside)):
                if not isinstance(step, Key) or step == UNNAMED:
                    return False
                inside = next((entry for entry in inside if name_of(entry) == step), None)
            else:
                inside = (
                    inside.get(step)
                    if isinstance(inside, dict)
                    else getattr(inside, f"{step}_", getattr(inside, step, None))
                )
    return True


def _is_list(way: Sequence[str], inside: Sequence[str]) -> bool:
    """Whether a way leads to a list of which the other leads to an entry: another order, or an entry without a name."""
    return len(way) < len(inside) and isinstance(inside[len(way)], Key)


def _lines(text: Any) -> Counter[str]:
    return Counter(str(text or "").splitlines())


def _meet(way: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two ways leads to what the other leads to, or to a part of it."""
    shorter = min(len(way), len(other))
    return way[:shorter] == other[:shorter]


# -- all of them -----------------------------------------------------------------------------------------------------------


def _made(target: Any) -> tuple[Callable[[bytes], Collection[str]], Seeds, Words]:
    return target, target.seeds(), target.words()


TARGETS = {"yaml": lambda: _made(Yaml()), "sheet": lambda: _made(Sheet()), "merge": lambda: _made(Merge())}

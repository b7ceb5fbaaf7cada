"""YAML that people and hostile people write is read as text or refused with its line; what is written reads the same."""

import json
import unicodedata
from datetime import date
from typing import Any

import pytest
import ruamel.yaml
import yaml
import yaml_by_hand as by_hand
from conftest import Program, git
from faults import DONE, ITEM, commits, with_item
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atbtst_cli.language import use
from atbtst_cli.store import splice, yamlfile
from atbtst_cli.store.layout import KINDS

HEAD = "# head\n"
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=100)
GOOD = "id: i-0000001\ntitle: Ring\nnetwork: rad\nadded: 2026-01-10\n"


def problem(data: str | bytes) -> yamlfile.YamlProblem:
    """Why a text is no record, in English."""
    use("en")
    with pytest.raises(yamlfile.YamlProblem) as caught:
        yamlfile.read(data.encode() if isinstance(data, str) else data)
    return caught.value


# -- hostile texts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["NO", "10:30", "0701234567", "1_000", "2026-02-31", "0x1F", ".inf", "yes", "Null", "1e3", "=", "12:30:45"]
)
def test_a_scalar_is_text_as_it_stands(text: str) -> None:
    assert yamlfile.read(f"title: {text}\n".encode()) == {"title": text}


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_only_an_empty_value_is_none(text: str) -> None:
    assert yamlfile.read(f"title: {text}\n".encode()) == {"title": None}
    assert yamlfile.read(f"title: '{text}'\n".encode()) == {"title": text}


HOSTILE = {
    "key twice": (GOOD + "title: Mejla\n", 5, 1, "title"),
    "key twice within": (GOOD + "log:\n  - date: 2026-01-11\n    date: 2026-01-12\n", 7, 5, "date"),
    "key twice, quoted": (GOOD + '"title": Mejla\n', 5, 1, "title"),
    "anchor": (GOOD + "due: &day 2026-02-01\n", 5, 6, "&"),
    "alias": (GOOD + "due: *day\n", 5, 6, "*"),
    "alias as a key": (GOOD + "*day : x\n", 5, 1, "*"),
    "merge": (GOOD + "<<: {due: next}\n", 5, 1, "<<"),
    "tag": (GOOD + "due: !!python/object/apply:os.system [ls]\n", 5, 6, "!"),
    "own tag": (GOOD + "due: !day next\n", 5, 6, "!"),
    "list as a key": (GOOD + "? [a, b]\n: c\n", 5, 3, ""),
    "two documents": (GOOD + "---\n" + GOOD, 5, 1, ""),
    "a list": ("- id\n", 1, 1, ""),
    "a word": ("id", 1, 1, ""),
    "nothing": ("", 1, 1, ""),
    "a comment": ("# nothing\n", 1, 1, ""),
    "tab": ("id: x\nlog:\n\t- a\n", 3, 1, ""),
    "NUL": ("# å\nid: x\ntitle: a\x00b\n", 3, 1, ""),
    "ESC": ("# åäö\nid: x\ntitle: a\x1b[31mb\n", 3, 1, ""),
    "C1": ("id: x\ntitle: a\x9bb\n", 2, 1, ""),
    "not UTF-8": ("id: x\ntitle: Bö\n".encode("latin-1"), 2, 1, "UTF-8"),
    "UTF-16": ("id: x\n".encode("utf-16"), 1, 1, "UTF-8"),
    "unfinished merge": (GOOD + "<<<<<<< HEAD\ndue: next\n=======\n>>>>>>> other\n", 5, 1, "merge"),
    "pointer of Git LFS": ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", 1, 1, "LFS"),
    "brackets": (GOOD + "log: " + "[" * 100_000 + "\n", 5, 45, ""),
    "braces": (GOOD + "log: " + "{" * 100_000 + "\n", 5, 7, ""),
    "braces in brackets": (GOOD + "log: " + "[{" * 50_000 + "\n", 5, 8, ""),
    "deep lists": (GOOD + "log:\n" + "".join(" " * depth + "-\n" for depth in range(1, 90)), 45, 1, ""),
    "question marks": (GOOD + "? " * 50_000 + "\n", 5, 1, ""),
    "colons": (GOOD + "log: " + "a: " * 50_000 + "\n", 5, 7, ""),
    "unended quote": (GOOD + 'due: "next\n', 6, 1, ""),
    "directive": ("%YAML 3.0\n---\nid: x\n", 1, 1, ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_with_its_line(council: Program, name: str) -> None:
    """By the reader at once, and by the check with path, line and column."""
    text, line, column, word = HOSTILE[name]
    found = problem(text)
    assert found.line == line
    assert column in (found.column, 1)
    assert word in found.message
    file = council.folder / ITEM
    file.parent.mkdir(parents=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    [told] = [entry for entry in json.loads(council("check", "--json", code=4).out) if entry["path"] == ITEM]
    assert (told["rule"], told["line"], told["column"]) == ("yaml", line, found.column)
    assert f"{ITEM}:{line}:{found.column}: " in council("check", code=4).out


def test_a_huge_file_is_refused_unread(council: Program) -> None:
    assert str(yamlfile.LARGEST) in problem(b"id: " + b"x" * yamlfile.LARGEST).message
    file = with_item(council)
    with file.open("ab") as stream:
        stream.truncate(200_000_000)
    assert ITEM in council("check", code=4).out


def test_a_record_that_would_be_too_large_to_be_read_is_not_written(council: Program) -> None:
    with_item(council)
    before = commits(council.folder)
    said = council("--language", "en", "item", "note", "i-0000001", "x" * yamlfile.LARGEST, code=3).err
    assert str(yamlfile.LARGEST) in said
    assert commits(council.folder) == before


BAD_DATES = ("2026-02-31", "2026-13-01", "26-02-01", "2026-2-1", "１２-01-01", "today", "20260201", "2026-02-01T10:00")


@pytest.mark.parametrize("text", BAD_DATES)
def test_a_day_that_is_none_has_file_line_and_column(council: Program, text: str) -> None:
    file = with_item(council)
    file.write_text(GOOD.replace("2026-01-10", text))
    assert f"{ITEM}:4:1: " in council("check", code=4).out


@pytest.mark.parametrize("text", ["NO", "no", "10:30", "0701234567", "1_000", "2026-02-31", "Null", "~a", "0x1F"])
def test_what_other_readers_would_change_comes_through_a_change_unchanged(council: Program, text: str) -> None:
    """Read from a file, edited elsewhere in it, written by a command, and read again by this and by other programs."""
    file = with_item(council)
    file.write_text(GOOD.replace("Ring", text))
    git(council.folder, "commit", "-q", "-a", "-m", "Title")
    council(*DONE)
    assert f"title: {text}\n" in file.read_text()
    council("item", "edit", "i-0000001", "--what", f"{text} ")
    council("item", "add", text, "--network", "RÅD")
    [new] = [path for path in file.parent.iterdir() if path != file]
    for reader in (
        yaml.safe_load,
        ruamel.yaml.YAML(typ="safe", pure=True).load,
        lambda data: yamlfile.read(data.encode()),
    ):
        assert reader(new.read_text())["title"] == text


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("BOM", lambda text: "\ufeff" + text),
        ("CRLF", lambda text: text.replace("\n", "\r\n")),
        ("CR", lambda text: text.replace("\n", "\r")),
        ("NFD", lambda text: unicodedata.normalize("NFD", text)),
        ("a document's marks", lambda text: f"---\n{text}...\n"),
        ("no last line end", lambda text: text.rstrip("\n")),
        ("blank lines at the end", lambda text: text + "\n\n"),
    ],
)
def test_what_editors_leave_is_read_and_written_plainly(council: Program, name: str, change: Any) -> None:
    """Written with line feeds, without a byte order mark, new texts composed; and the record is the same."""
    file = with_item(council)
    text = GOOD.replace("Ring", "Ring Åsa") + "log:\n  - date: 2026-01-11\n    note: |\n      Två\n      rader\n"
    file.write_bytes(change(text).encode())
    git(council.folder, "commit", "-q", "-a", "-m", name)
    council("check")
    council("item", "note", "i-0000001", "Tredje raden")
    data = file.read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    record = KINDS["items"].model.model_validate(yamlfile.read(data)).model_dump()
    assert record["title"] == "Ring Åsa"
    assert [entry["note"].rstrip("\n") for entry in record["log"]] == ["Två\nrader", "Tredje raden"]
    council("check")


def test_ids_are_ascii(council: Program) -> None:
    file = with_item(council)
    for name in ("i-000000å", "i-０００００01", "../i-0000001", "i-0000001\n"):
        file.write_text(GOOD.replace("i-0000001", json.dumps(name)), "utf-8")
        assert f"{ITEM}:1:1: " in council("check", code=4).out


def test_a_list_of_places_ends_where_the_file_breaks() -> None:
    places = yamlfile.locate(b"id: x\nlog:\n  - a\n  - b: c\ntitle: [\n")
    assert places["id",] == (1, 1)
    assert places["log", 1, "b"] == (4, 5)


# -- what is written reads the same ----------------------------------------------------------------------------------------


@PATIENT
@given(by_hand.records, st.lists(by_hand.keys, max_size=2))
def test_what_is_written_reads_the_same_by_every_reader(record: dict[str, Any], apart: list[str]) -> None:
    data = yamlfile.new(record, HEAD, apart)
    assert yamlfile.read(data) == record
    assert ruamel.yaml.YAML(typ="safe", pure=True).load(data.decode()) == record
    assert yaml.safe_load(data) == record


@PATIENT
@given(st.data())
def test_the_quick_reader_agrees_with_the_slow_one(data: st.DataObject) -> None:
    """On whatever a hand writes; types aside, since only the slow one has any."""
    text = "".join(one.above + one.lines for one in data.draw(by_hand.records.flatmap(by_hand.chunks)))
    slow = ruamel.yaml.YAML(typ="rt", pure=True)
    slow.Constructor = _Untyped
    assert yamlfile.read(text.encode()) == slow.load(text)


class _Untyped(ruamel.yaml.constructor.SafeConstructor):
    """The slow reader without any opinion on what a scalar is."""


def _as_text(constructor: Any, node: Any) -> str | None:
    text = str(constructor.construct_scalar(node))
    return None if node.style is None and text in ("", "~", "null") else text


for _name in ("null", "bool", "int", "float", "timestamp", "str"):
    _Untyped.add_constructor(f"tag:yaml.org,2002:{_name}", _as_text)


def test_a_record_in_house_style_is_written_as_the_house_does() -> None:
    record = {
        "id": "x",
        "title": "NO",
        "text": "En rad\noch en till\n",
        "owners": ["a", "b"],
        "due": date(2026, 4, 21),
        "internal": True,
        "log": [{"date": date(2026, 1, 11), "note": "Hej: du"}],
    }
    assert yamlfile.new(record, HEAD, ("owners", "log")).decode() == (
        "# head\nid: x\ntitle: 'NO'\ntext: |\n  En rad\n  och en till\n\nowners:\n  - a\n  - b\ndue: 2026-04-21\ninternal: true\n"
        "\nlog:\n  - date: 2026-01-11\n    note: 'Hej: du'\n"
    )


# -- edits -----------------------------------------------------------------------------------------------------------------


@PATIENT
@given(st.data(), st.lists(by_hand.keys, max_size=2))
def test_a_file_in_house_style_stays_in_it(data: st.DataObject, apart: list[str]) -> None:
    before = data.draw(by_hand.records)
    after = data.draw(by_hand.changed(before))
    written = splice.edit(yamlfile.new(before, HEAD, apart), before, after, HEAD, apart)
    assert written == yamlfile.new(after, HEAD, apart)


@PATIENT
@given(st.data(), st.sampled_from(["\n", "\r\n"]))
def test_an_edit_says_what_was_meant_and_leaves_the_rest_byte_for_byte(data: st.DataObject, end: str) -> None:
    """A file in any style: keys that did not change, and every comment between keys, stand as they stood."""
    chunks = data.draw(by_hand.records.flatmap(by_hand.chunks))
    text = "".join(one.above + one.lines for one in chunks)
    before = yamlfile.read(text.encode())
    after = data.draw(by_hand.changed(before))
    written = splice.edit(text.replace("\n", end).encode(), before, after, HEAD).decode()
    assert yamlfile.read(written.encode()) == after
    assert "\r" not in written
    for one in chunks:
        assert one.above.strip() in written
        if before[one.key] == after.get(one.key):
            assert one.lines in written
    if before == after:
        assert written == text


EDITED = """\
# Vad det gäller
id: x   # aldrig ändrad
title:   'Ring'  # kort
owners:
  - bo   # i första hand
  # sedan
  - alva

# Vad som hänt
log:
- date: 2026-01-11
  note: >
    En lång
    rad

- date: 2026-01-12
  # om vem
  by: bo
# Slut
due: 2026-02-31
"""


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("title:   'Ring'  # kort", "title:   Mejla  # kort", lambda record: record.update(title="Mejla")),
        ("title:   'Ring'  # kort", "title:   |  # kort\n  En\n  två", lambda record: record.update(title="En\ntvå\n")),
        ("due: 2026-02-31\n", "", lambda record: record.pop("due")),
        ("due: 2026-02-31\n", "due:\n  name: Bo\n", lambda record: record.update(due={"name": "Bo"})),
        ("  - alva\n", "  - alva\n  - disa\n", lambda record: record["owners"].append("disa")),
        ("  - bo   # i första hand\n", "", lambda record: record["owners"].pop(0)),
        ("  - alva\n", "", lambda record: record["owners"].pop()),
        ("owners:\n  - bo   # i första hand\n  # sedan\n  - alva\n\n", "\n", lambda record: record.pop("owners")),
        ("- date: 2026-01-12\n  # om vem\n  by", "  # om vem\n- by", lambda record: record["log"][1].pop("date")),
        ("- date: 2026-01-12\n  # om vem\n  by: bo\n", "", lambda record: record["log"].pop()),
        ("  by: bo\n", "  by: bo\n  note: Klart\n", lambda record: record["log"][1].update(note="Klart")),
        ("  note: >\n    En lång\n    rad\n", "  note: Kort\n", lambda record: record["log"][0].update(note="Kort")),
        ("id: x ", "id: z ", lambda record: record.update(id="z")),
    ],
)  # fmt: skip
def test_an_edit_changes_its_own_lines_and_no_other(old: str, new: str, change: Any) -> None:
    before = yamlfile.read(EDITED.encode())
    after = yamlfile.read(EDITED.encode())
    change(after)
    assert EDITED.count(old) == 1
    assert splice.edit(EDITED.encode(), before, after, HEAD).decode().replace("\n\n\n", "\n\n") == EDITED.replace(
        old, new
    ).replace("\n\n\n", "\n\n")


def test_new_keys_come_where_the_record_has_them() -> None:
    before = {"id": "x", "due": "next"}
    after = {"id": "x", "title": "Ring", "owners": ["bo"], "due": "next", "log": ["a"]}
    text = splice.edit(b"id:  x\n# nar\ndue: next\n", before, after, HEAD, ("owners", "log")).decode()
    assert text == "id:  x\ntitle: Ring\n\nowners:\n  - bo\n# nar\ndue: next\n\nlog:\n  - a\n"


@pytest.mark.parametrize(
    "text",
    [
        "{id: x, title: Ring, log: [a, b]}\n",
        "? id\n: x\n? title\n: Ring\n? log\n: - a\n  - b\n",
        "id: x\ntitle: Ring\nlog: [a,\n  b]\n",
        "id: x\ntitle:\n  Ring\nlog:\n  -\n    a\n  - b",
        "id: x\ntitle: \"Ri\\\n  ng\"\nlog: ['a', b]",
    ],
)
def test_a_style_that_cannot_be_mended_in_place_says_the_same_afterwards(text: str) -> None:
    before = yamlfile.read(text.encode())
    assert before == {"id": "x", "title": "Ring", "log": ["a", "b"]}
    for after in (
        {**before, "title": "Mejla"},
        {**before, "log": ["a"]},
        {**before, "log": ["a", "b", "c"]},
        {"id": "x", "log": ["b"]},
    ):
        assert yamlfile.read(splice.edit(text.encode(), before, after, HEAD)) == after


@pytest.mark.parametrize("gone", [("due",), ("due", "by"), ("due", "by", "end"), ("end",)])
def test_a_text_that_keeps_its_blank_lines_gets_no_more_of_them(gone: tuple[str, ...]) -> None:
    text = "id: x # nar\nnote: |+\n  En rad\n\n\ndue: next\n\nby: bo\n\n\nend: z\n"
    before = yamlfile.read(text.encode())
    after = {key: value for key, value in before.items() if key not in gone}
    assert yamlfile.read(splice.edit(text.encode(), before, after, HEAD)) == after


@pytest.mark.parametrize("gone", ["a", "b"])
def test_a_list_after_such_a_text_keeps_it_too(gone: str) -> None:
    text = "id: x # nar\nlog:\n  - note: |+\n      En rad\n\n  - a: 1\n\n    # om b\n\n    b: 2\n"
    before = yamlfile.read(text.encode())
    after = yamlfile.read(text.encode())
    del after["log"][1][gone]
    written = splice.edit(text.encode(), before, after, HEAD)
    assert yamlfile.read(written) == after
    assert b"# om b" in written


@pytest.mark.parametrize("sign", ["|", "|-", "|+", ">", "|2"])
def test_a_text_at_the_end_of_a_file_without_line_end_does_not_grow_one(sign: str) -> None:
    text = f"id: x # nar\nnote: {sign}\n  En\n  rad"
    before = yamlfile.read(text.encode())
    after = {**before, "id": "y", "more": "z"}
    assert yamlfile.read(splice.edit(text.encode(), before, after, HEAD)) == after


def test_a_command_leaves_comments_and_order_of_a_file_written_by_hand(council: Program) -> None:
    file = with_item(council)
    before = file.read_text()
    council(*DONE)
    assert file.read_text().startswith(before)
    assert "+closed:" in git(council.folder, "show", "--format=", "HEAD")
    assert "\n-" not in git(council.folder, "show", "--format=", "HEAD").partition("@@")[2]


def test_an_edit_touches_as_few_lines_of_history_as_can_be(council: Program) -> None:
    """A whole body, written by hand with comments: one seat more is some added lines and none taken away."""
    file = council.folder / "records/networks/ron-at.yaml"
    file.write_text("# Egen anteckning\n" + file.read_text().replace("\nseats:", "\n# Platserna\nseats:"))
    git(council.folder, "commit", "-q", "-a", "-m", "Comments")
    council("member", "add", "Fia Exempel", "--seat", "ron-at/primarvarden", "--from", "2026-03-02")
    shown = git(council.folder, "show", "--numstat", "--format=", "HEAD", "--", "records/networks")
    assert shown.split()[1] == "0"
    assert "# Egen anteckning" in file.read_text()
    assert "# Platserna" in file.read_text()


@pytest.mark.parametrize("loader", [yamlfile.LOADER, yaml.BaseLoader], ids=["quick", "plain"])
@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("title:\n\t- a\n", "a tab", 2),
        ("title: |\n\ta\n", "a tab", 2),
        ("title: Ärende: lokal\n", "a colon too many", 1),
        ("title: a\n  place: b\n", "a colon too many", 2),
        ("id: x\ntitle\nplace: b\n", "no colon stands after the key in line 2", 3),
        ('id: x\ntitle: "å\nplace: b\n', "the quotation mark in line 2 is never closed", 4),
        ("title: [å, ö\nplace: b\n", "a bracket is opened and never closed", 2),
        ("title: {å: ö\nplace: b\n", "a bracket is opened and never closed", 2),
        ("title: å\nplace: @bo\n", "begins with @ has to stand in quotation marks", 2),
        ("title: ]\n", "begins with ] has to stand in quotation marks", 1),
        ('title: "a\\q"\n', "a backslash is written twice", 1),
        ("with:\n  - a\n - b\n", "does not fit those above", 3),
        ("title: |\n  å\n ö\nplace: b\n", "does not fit those above", 3),
    ],
)
def test_what_is_no_yaml_is_told_in_words_for_people(
    monkeypatch: pytest.MonkeyPatch, loader: object, text: str, words: str, line: int
) -> None:
    """The same words whichever of the library's readers is there."""
    monkeypatch.setattr(yamlfile, "LOADER", loader)
    found = problem(text)
    assert words in found.message
    assert found.line == line


def test_what_the_library_says_seldom_is_told_in_its_words() -> None:
    assert "alphabetic" in problem("title: &\n").message


@pytest.mark.parametrize(
    ("text", "change", "written"),
    [
        ("a: |+\nb: x\n # om c\nc: y\n", {"b": None}, "a: |+\n# om c\nc: y\n"),
        ("log:\n  - |\n  - x\n    # om y\n  - y\n", {"log": ["", "y"]}, "log:\n  - |\n  # om y\n  - y\n"),
        ("a: x\n    \nb: y\n", {"a": "En\nrad"}, "a: |-\n  En\n  rad\n\nb: y\n"),
        ("a: x\n  \t", {"b": "z"}, "a: x\nb: z\n"),
        ("a: x\n  \t\nb: z\n", {"a": "'"}, 'a: "\'"\n\nb: z\n'),
        ("a: 'x'\nb: y\n  \t\nc: z\n", {"b": None}, "a: 'x'\n\nc: z\n"),
        ("a:\n  - b:\n      ? c\nd: x\n", {"a": [{"b": {"c": None}}, "e"]}, "a:\n  - b:\n      ? c\n  - e\nd: x\n"),
        ("a:\n  - b:\n      ?", {"a": [{"b": {"": None}}, "e"]}, "a:\n  - b:\n      ?\n  - e\n"),
    ],
)
def test_blank_lines_and_comments_beside_an_edit_become_no_part_of_a_value(
    text: str, change: dict[str, Any], written: str
) -> None:
    before = yamlfile.read(text.encode())
    after = {key: value for key, value in (before | change).items() if key not in change or change[key] is not None}
    assert splice.edit(text.encode(), before, after, HEAD).decode() == written
    assert yamlfile.read(written.encode()) == after


@pytest.mark.parametrize("end", ["", "\n", "# x\r\n", "a: x\n"])
def test_a_sign_of_the_order_of_bytes_stands_nowhere_but_first(end: str) -> None:
    """At the beginning of another line it is a letter to one reader, and nothing to the next."""
    assert problem(f"\ufeff{end}\ufeffid: x\n").line == end.count("\n") + 1
    assert yamlfile.read("\ufeffid: 'x\ufeff'\n".encode()) == {"id": "x\ufeff"}

"""Every message speaks Swedish: the catalogue is complete, has nothing stale, and is compiled from what it says."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from conftest import ROOT

from atbtst_cli.language import CATALOGUES, LANGUAGES, words

PO = CATALOGUES / "sv" / "LC_MESSAGES" / "atbtst.po"
MO = PO.with_suffix(".mo")
PLACEHOLDER = re.compile(r"{\w*}")


def extracted() -> Catalog:
    """The messages in the program's source."""
    catalogue = Catalog(project="atbtst", charset="utf-8")
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    found = extract_from_dir(ROOT / "atbtst_cli", keywords=keywords, comment_tags=())
    for name, line, message, _comments, context in found:
        catalogue.add(message, None, [(f"atbtst_cli/{name}", line)], context=context)
    return catalogue


def swedish() -> Catalog:
    return read_po(io.BytesIO(PO.read_bytes()), locale="sv")


def compiled(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def write(path: Path, catalogue: Catalog) -> None:
    stream = io.BytesIO()
    write_po(stream, catalogue, no_location=True, omit_header=False, sort_output=True, width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())


@pytest.fixture(scope="module", autouse=True)
def _written(request: pytest.FixtureRequest) -> None:
    """With --update: new messages go into the catalogue untranslated, old ones out of it, and it is compiled."""
    if not request.config.getoption("--update"):
        return
    catalogue = swedish() if PO.exists() else Catalog(locale="sv", project="atbtst", charset="utf-8")
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.mime_headers  # noqa: B018  fills in the header
    write(PO, catalogue)
    MO.write_bytes(compiled(swedish()))


def test_the_catalogue_has_every_message_and_no_other() -> None:
    wanted = {message.id for message in extracted() if message.id}
    assert {message.id for message in swedish() if message.id} == wanted


def test_every_message_is_translated() -> None:
    for message in swedish():
        if message.id:
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            assert all(forms), message.id
            assert not message.fuzzy, message.id


def test_a_translation_fills_in_the_same_values() -> None:
    for message in swedish():
        if not message.id:
            continue
        singular, plural = message.id if isinstance(message.id, tuple | list) else (message.id, message.id)
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for form, source in zip(forms, (singular, plural), strict=False):
            assert sorted(set(PLACEHOLDER.findall(form))) == sorted(set(PLACEHOLDER.findall(source))), message.id


def test_the_compiled_catalogue_is_what_the_text_says() -> None:
    assert MO.read_bytes() == compiled(swedish())


@pytest.mark.parametrize("name", ["SHEET", "DOCUMENT"])
def test_each_language_has_every_word(name: str) -> None:
    """Both languages fill every field of both tables."""
    for code in LANGUAGES:
        table = getattr(words(code), name)
        assert not {field for field, word in table._asdict().items() if word in ("", (), {}, None)}, code

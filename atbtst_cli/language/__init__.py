"""The words of the program: messages through gettext, and one typed table a language for sheets and documents."""

import gettext as _gettext
import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from atbtst_cli.language.tables import DocumentWords, SheetWords

LANGUAGES = ("sv", "en")
CATALOGUES = Path(__file__).parent / "catalogues"


class Table(Protocol):
    """What each language's module holds."""

    SHEET: "SheetWords"
    DOCUMENT: "DocumentWords"


_messages: _gettext.NullTranslations = _gettext.NullTranslations()
_code = "en"


def use(code: str) -> None:
    """Make ``code`` ("sv" or "en") the language of every message from now on."""
    global _messages, _code  # noqa: PLW0603  a process speaks one language at a time
    _code = code if code in LANGUAGES else "en"
    _messages = _gettext.translation("atbtst", CATALOGUES, languages=[_code], fallback=True)


def current() -> str:
    """The language of messages now."""
    return _code


def _(message: str) -> str:
    """The message in the current language; its English text is its key."""
    return _messages.gettext(message)


def N_(message: str) -> str:  # noqa: N802  gettext's customary name for "translate this later"
    """The message itself, marked for translation where it is used."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The message for ``count`` things in the current language."""
    return _messages.ngettext(one, many, count)


def words(code: str) -> "Table":
    """The typed tables of that language: ``SHEET`` for sheets, ``DOCUMENT`` for documents."""
    return cast("Table", importlib.import_module(f"atbtst_cli.language.{code if code in LANGUAGES else 'en'}"))

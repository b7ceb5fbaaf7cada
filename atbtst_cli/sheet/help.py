"""The grammar of sheets on one screen."""

from atbtst_cli.language import words


def grammar(language: str) -> str:
    """How the text of minutes is written, in lines of at most 80 characters."""
    return words(language).SHEET.grammar

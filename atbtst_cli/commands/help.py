"""atbtst help: the pages that are no command's own help."""

from contextlib import suppress
from typing import Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError, UsageError
from atbtst_cli.language import _, current

app = typer.Typer(rich_markup_mode=None, add_completion=False)

TOPICS = ("sheet",)


@app.command("help")
def help_(ctx: typer.Context, topic: Annotated[str, typer.Argument(metavar="TOPIC", help="sheet")] = "sheet") -> None:
    """Show how the text of the minutes is written, on one screen.

    Example: atbtst help sheet
    """
    from atbtst_cli.sheet.help import grammar

    session: Session = ctx.obj
    if topic not in TOPICS:
        raise UsageError(
            _("There is no help page {topic}.").format(topic=topic),
            _("Pages: {topics}. For a command: atbtst COMMAND --help").format(topics=", ".join(TOPICS)),
        )
    with suppress(AtbtstError):  # outside a workspace the page is shown in the language of the system
        session.workspace()
    session.output.result(grammar(current()))

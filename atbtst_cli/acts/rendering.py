"""The documents of a meeting by their names, as somebody needs them who has its record."""

from atbtst_cli.acts import agenda, minutes
from atbtst_cli.acts.remaking import as_called
from atbtst_cli.documents.looks import Looks
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.store.tree import Tree


def document(tree: Tree, council: Council, meeting: Meeting, name: str, form: str, edition: str) -> bytes:
    """The agenda as it was called, or the minutes in an edition, with the looks of a workspace."""
    looks = Looks.of(tree)
    if name == "agenda":
        return agenda.render(council, as_called(meeting), looks, form, "internal")
    return minutes.render(council, meeting, looks, form, "public" if edition == "public" else "internal")

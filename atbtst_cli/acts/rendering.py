"""The documents of a meeting by their names, as somebody needs them who has its record."""

from atbtst_cli.acts.merging import Render
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.store.tree import Tree


def in_looks_of(tree: Tree) -> Render:
    """What makes the agenda as it was called, or the minutes in an edition, with the looks of a workspace."""

    def document(council: Council, meeting: Meeting, name: str, form: str, edition: str) -> bytes:
        from atbtst_cli.acts import agenda, minutes  # needed seldom, and it takes long to be there
        from atbtst_cli.acts.remaking import as_called
        from atbtst_cli.documents.looks import Looks

        looks = Looks.of(tree)
        if name == "agenda":
            return agenda.render(council, as_called(meeting), looks, form, "internal")
        return minutes.render(council, meeting, looks, form, "public" if edition == "public" else "internal")

    return document

"""Whether documents lie beside their record as they were made: those that were approved above all."""

from collections.abc import Iterable, Iterator

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import seals
from atbtst_cli.store.marks import marked_documents
from atbtst_cli.store.tree import Tree, content


def changed(tree: Tree, record: str, signs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The documents beside a record, given by name and fingerprint, that are other ones, each with what is wrong."""
    for name, sign in signs:
        data = content(tree, f"{record.rpartition('/')[0]}/{name}")
        if data is None:
            yield name, _("it is gone")
        elif seals.fingerprint(data) != sign:
            yield name, _("it is not the document that was approved")


def marked(tree: Tree, paths: Iterable[str]) -> Iterator[Finding]:
    """An error for each document among some files that holds the marks of an unfinished merge."""
    for path in marked_documents(tree, paths):
        hint = _("Give the merge up or decide about the file; for the commands see: {command}")
        yield Finding(
            "marks",
            "error",
            _("the file holds the marks of an unfinished merge"),
            path,
            hint=hint.format(command="atbtst doctor"),
        )


def findings(tree: Tree, meeting: Meeting, path: str) -> Iterator[Finding]:
    """An error for each document of approved minutes, whose record lies at a path, that is not what was approved."""
    sealed = meeting.approval.sealed if meeting.approval else None
    for name, said in changed(tree, path, sealed.documents.items()) if sealed else ():
        hint = _("See: {command}").format(command=f"atbtst minutes verify {meeting.id}")
        yield Finding("seal-broken", "error", said, f"{path.rpartition('/')[0]}/{name}", hint=hint)

"""What is told and asked of a person who is to be forgotten: what it touches, what is left, what Git still holds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Declined, UsageError
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from atbtst_cli.acts.forgetting import Forgotten
    from atbtst_cli.store.workspace import Workspace

MOST = 12
"""So many files that nobody can look into are named on one line."""


def show(session: Session, workspace: "Workspace", plan: "Forgotten", *, whole: bool) -> None:
    """Print what forgetting would touch, with ``whole`` every file of it, and what it leaves for somebody to decide."""
    from atbtst_cli.store.tree import WorkTree
    from atbtst_cli.views.findings import placed
    from atbtst_cli.views.traces import in_files

    output = session.output
    name = plan.member.name(session.today)
    output.say(_("{was} becomes {name} ({id}).").format(was=plan.was, name=name, id=plan.member.id), "strong")
    for text in _counts(plan):
        output.say("  " + text)
    for path in (*plan.records, *plan.documents) if whole else ():
        output.result(path)
    found, unread = in_files(WorkTree(workspace.root), plan.erasure, {*plan.records, *plan.documents})
    output.findings([*placed(plan.left, workspace.tree), *found])
    if unread:
        names = ", ".join(unread[:MOST]) + (" …" if len(unread) > MOST else "")
        told = ngettext(
            "{count} file is no plain text and was not looked into: {names}",
            "{count} files are no plain text and were not looked into: {names}",
            len(unread),
        )
        output.say(told.format(count=len(unread), names=names), "warn")


def ask(session: Session, plan: "Forgotten") -> None:
    """Ask whether the person is to be forgotten; UsageError where nobody sits at a terminal."""
    if not session.interactive:
        raise UsageError(
            _("This rewrites records and sealed minutes, so it has to be said in so many words."),
            _("Look at it with --dry-run, then say --yes."),
        )
    if not session.confirm(
        _("Forget {id}? This cannot be taken back by a command.").format(id=plan.was), default=False
    ):
        raise Declined(_("{id} was left as it is.").format(id=plan.was))


def tell(session: Session, done: "Forgotten") -> None:
    """Print what was done, and what is beyond the present records."""
    said = _("{name} ({id}) stands in place of {was} in all present records and documents.")
    name = done.member.name(session.today)
    session.output.say(said.format(was=done.was, name=name, id=done.member.id), "good")
    for tag in done.resealed:
        session.output.say("  " + _("Amended and sealed anew, with the tag {tag}").format(tag=tag))
    session.output.say(_("Nothing in Git's history was rewritten. The name is still in:"), "warn")
    for text in _beyond(done):
        session.output.say("  – " + text)
    session.output.say(_("What an administrator can do about that, and what it costs: docs/privacy.md of atbtst."))


def _counts(plan: "Forgotten") -> Iterator[str]:
    records, documents, seals = len(plan.records), len(plan.documents), len(plan.resealed)
    yield ngettext("{count} record is rewritten", "{count} records are rewritten", records).format(count=records)
    yield ngettext("{count} document is made anew", "{count} documents are made anew", documents).format(
        count=documents
    )
    if seals:
        text = ngettext(
            "{count} approved meeting is amended and sealed anew: {tags}",
            "{count} approved meetings are amended and sealed anew: {tags}",
            seals,
        )
        yield text.format(count=seals, tags=", ".join(plan.resealed))


def _beyond(done: "Forgotten") -> Iterator[str]:
    yield _("earlier commits of the record: their files, their messages, and whoever is named as their author")
    if done.superseded:
        yield _("the messages and documents of earlier approvals: {tags}").format(tags=", ".join(done.superseded))
    yield _("papers and other files that are no record, as far as they name the person")
    yield _("texts and letters that are not in the record yet: see atbtst minutes resume, and .git/atbtst")
    yield _("every other copy: clones on other computers and on the server, backups, what was sent or printed")

"""What stands although a change is taken back: approved minutes, what was sent, and that somebody was forgotten."""

from collections.abc import Iterator, Mapping

from atbtst_cli.acts.deeds import Deed, Recorded, Sides, forgotten
from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.rules.erasure import Erasure
from atbtst_cli.store.load import load
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import CommitTree


def refuse(council: Council, deed: Deed, sides: Sides, tip: CommitTree) -> None:
    """Refused where minutes that were approved would change, or minutes that were sent would be gone."""
    for path, (now, new) in sides.items():
        if isinstance(now, Meeting) and now != new:
            if tip.entries.get(path) != deed.after.entries.get(path):
                _refuse_approved(deed, now, new)
            _refuse_sent(council, deed, now, new)


def _refuse_approved(deed: Deed, now: Meeting, new: Recorded) -> None:
    approved = now.approval or (new.approval if isinstance(new, Meeting) else None)
    if approved:
        raise Refused(
            _("{change} is not taken back: the minutes {id} are not as it left them, and were approved {date}.").format(
                change=deed.named(), id=now.id, date=approved.date
            ),
            _("Change them with: {command}").format(
                command=f"atbtst minutes edit {now.id}" + (f' --reason "{_("why")}"' if now.approval else "")
            ),
        )


def _refuse_sent(council: Council, deed: Deed, now: Meeting, new: Recorded) -> None:
    if not now.held or (isinstance(new, Meeting) and new.held):
        return
    sent = (one for one in council.mailings.values() if (one.kind, one.meeting) == ("minutes", now.id))
    if mailing := next(sent, None):
        raise Refused(
            _("{change} is not taken back: the minutes {id} were sent out on {date}.").format(
                change=deed.named(), id=now.id, date=mailing.date
            ),
            _("Put them right with: {command}").format(command=f"atbtst minutes edit {now.id}"),
        )


def refuse_forgotten(
    store: Store, council: Council, deed: Deed, sides: Sides, files: Mapping[str, bytes | None]
) -> None:
    """Refused where something would come back that names a person who was forgotten since."""
    if not any(one.forgotten for one in council.members.values()):
        return
    for erasure, member in _erasures(store, deed):
        records = (new for now, new in sides.values() if new is not None and now != new)
        texts = (data.decode("utf-8", "replace") for data in files.values() if data is not None)
        if any(erasure.record(one) != one for one in records) or any(map(erasure.surely, texts)):
            raise Refused(
                _("{change} is not taken back: it would bring back somebody's personal data, now {id}.").format(
                    change=deed.named(), id=member.id
                ),
                _("Put it right with the command for it, without the person."),
            )


def _erasures(store: Store, deed: Deed) -> Iterator[tuple[Erasure, Member]]:
    """Whoever was forgotten after a commit: how to find them in records, and the pseudonym in their place."""
    for commit, before, after in store.commits(deed.commit.step["commit"], ("records/members",)):
        later = Deed(commit, before, after)
        if len(commit.parents) == 1 and forgotten(later):
            old, new = (
                next(one for one in versions if isinstance(one, Member))
                for versions in zip(*later.records.values(), strict=True)
            )
            yield Erasure(load(store.at(commit.parents[0])), old, new), new

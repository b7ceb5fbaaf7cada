"""Minutes are approved: sealed, tagged, published, and opened again only for a reason."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from atbtst_cli import naming
from atbtst_cli.acts import publishing
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.makers import made_with, published
from atbtst_cli.errors import AtbtstError, Finding, Invalid, Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.language.controls import printable
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Amendment, Approval, ApprovalBlock, Meeting, Sealed
from atbtst_cli.models.problems import made
from atbtst_cli.rules import seals
from atbtst_cli.rules.checks import check
from atbtst_cli.sheet.doubt import MARK, doubtful
from atbtst_cli.views.meetings import citation


def approve(council: Council, meeting_id: str, approval: Approval, looks: Looks) -> Change[Meeting]:
    """The approval of minutes: the record with its seal, every document in both editions, and the tag.

    Nothing but that meeting is touched, so the change may be joined to that of the later meeting that approves.
    Refused where the minutes cannot be approved as they are; Invalid where their record holds errors.
    """
    meeting = council.meetings[meeting_id]
    _refuse_unready(council, meeting, approval.date)
    return seal(council, meeting, approval, looks)


def seal(council: Council, meeting: Meeting, approval: Approval, looks: Looks) -> Change[Meeting]:
    """The minutes with that approval and its seal, whether they are ready for it or not."""
    documents = published(meeting.model_copy(update={"approval": approval}), council, looks)
    sealed = Sealed(
        record=seals.of_record(meeting),
        documents={name: seals.fingerprint(data) for name, data in documents.items()},
        made_with=made_with(looks, council.settings.logo),
    )
    approved = meeting.model_copy(update={"approval": approval.model_copy(update={"sealed": sealed})})
    path, tag = council.paths["meetings", meeting.id], seals.name(meeting.id, seals.number(meeting))
    folder, body = path.rpartition("/")[0], Directory(council, meeting.date).body(meeting.network)
    return Change(
        approved,
        subject=f"minutes({body} {meeting.date}): {_said(council, meeting, approval)}",
        body=approval.changes or "",
        trailers=(("Meeting", meeting.id), (seals.TRAILER, tag)),
        records={path: approved},
        documents={f"{folder}/{name}": data for name, data in documents.items()},
        tags={tag: _message(council, meeting, approval, sealed)},
    )


def by_members(
    meeting: str, by: Sequence[str], day: date | None, changes: str | None, *, today: date, looks: Looks
) -> Callable[[Council], Change[Meeting]]:
    """Approve minutes outside a meeting, in the name of those members."""

    def act(council: Council) -> Change[Meeting]:
        on = day or today
        if on > today:
            raise UsageError(_("{date} has not come yet.").format(date=on), _("Give the day of the approval."))
        if not by:
            raise UsageError(_("Who approved the minutes?"), _("Name each with --by, such as --by alva-exempel."))
        approval = made(
            Approval,
            date=on,
            by=tuple(dict.fromkeys(naming.member_id(council, one, today) for one in by)),
            outcome="adopted_with_changes" if changes else "adopted",
            changes=changes,
        )
        return approve(council, naming.meeting(council, meeting, today).id, approval, looks)

    return act


def by_lines(council: Council, meeting: Meeting, looks: Looks) -> tuple[list[Change[Meeting]], list[Finding]]:
    """What the marked lines of a meeting's minutes approve, and warnings: of lines that cannot, of what goes public.

    They approve in the name of the meeting's chair, or of its adjusters where no chair is known. A line approves once:
    minutes that were opened again since do not become approved because those that hold the line are saved anew.
    """
    before = council.meetings.get(meeting.id)
    known = {item.approves for item, _block in _approving(before)} if before else set()
    changes, findings = [], []
    for item, block in _approving(meeting):
        earlier = council.meetings.get(item.approves or "")
        if earlier is None or earlier.approval or (item.approves in known and earlier.amendments):
            continue
        try:
            change = approve(council, earlier.id, _by_line(meeting, item, block), looks)
        except AtbtstError as error:
            said = _("the line does not approve {id}: {reason}").format(id=earlier.id, reason=error.message)
            findings.append(Finding("not-approved", "warning", said, hint=error.hint))
        else:
            changes.append(change)
            findings += publishing.minutes(council, change.answer, draft=False)
    return changes, findings


def _by_line(meeting: Meeting, item: AgendaItem, block: ApprovalBlock) -> Approval:
    is_changed = block.approval == "adopted_with_changes"
    return Approval(
        date=meeting.date,
        by=(meeting.chair,) if meeting.chair else meeting.adjusters,
        at=f"{meeting.id}/{item.id}",
        outcome="adopted_with_changes" if is_changed else "adopted",
        changes=(block.text or None) if is_changed else None,
    )


def _approving(meeting: Meeting) -> Iterator[tuple[AgendaItem, ApprovalBlock]]:
    """The agenda items that approve earlier minutes by a marked line, each with its last one."""
    for item in meeting.items():
        lines = [block for block in item.body if isinstance(block, ApprovalBlock)]
        if item.approves and lines and lines[-1].approval != "rejected":
            yield item, lines[-1]


def open_again(meeting: Meeting, amendment: Amendment | None) -> Meeting:
    """Minutes as they can be changed: as they are, or where they are approved with the approval taken off for a reason.

    Refused for approved minutes without a reason; UsageError for a reason that nothing asks for.
    """
    if amendment and meeting.approval:
        return seals.amended(meeting, amendment)
    if meeting.approval:
        raise Refused(
            _("The minutes {id} were approved on {date}; a change now needs a reason, and a new approval.").format(
                id=meeting.id, date=meeting.approval.date
            ),
            _("Give the reason with: {command}").format(
                command=f'atbtst minutes edit {meeting.id} --reason "{_("why")}"'
            ),
        )
    if amendment:
        raise UsageError(
            _("The minutes {id} are not approved, so a change of them needs no reason.").format(id=meeting.id),
            _("Leave --reason out."),
        )
    return meeting


def _refuse_unready(council: Council, meeting: Meeting, day: date) -> None:
    if meeting.approval:
        raise Refused(
            _("The minutes {id} were approved already, on {date}.").format(id=meeting.id, date=meeting.approval.date),
            _("See: {command}").format(command=f"atbtst minutes verify {meeting.id}"),
        )
    if not meeting.held or meeting.cancelled:
        raise Refused(
            _("The meeting {id} was not held, so it has no minutes to approve.").format(id=meeting.id),
            _("See: {command}").format(command=f"atbtst meeting show {meeting.id}"),
        )
    if day < meeting.date:
        raise Refused(
            _("The minutes {id} cannot have been approved on {date}, before the meeting.").format(
                id=meeting.id, date=day
            ),
            _("Give the day of the approval."),
        )
    _refuse_doubtful(meeting)
    found = check(council, day, {("meetings", meeting.id)})
    if errors := tuple(finding for finding in found if finding.level == "error"):
        raise Invalid(
            _("The minutes {id} hold errors, so they were not approved.").format(id=meeting.id),
            _("Mend them with: {command}").format(command=f"atbtst minutes edit {meeting.id}"),
            errors,
        )


def _refuse_doubtful(meeting: Meeting) -> None:
    if lines := doubtful(meeting):
        raise Refused(
            _("The minutes {id} still hold lines that were not understood, such as: {line}").format(
                id=meeting.id, line=lines[0]
            ),
            _("Mend them, and take {mark} away, with: {command}").format(
                mark=MARK, command=f"atbtst minutes edit {meeting.id}"
            ),
        )


def _said(council: Council, meeting: Meeting, approval: Approval) -> str:
    """Approved when and by whom, in words."""
    names = ", ".join(map(Directory(council, meeting.date).name, approval.by))
    said = _("approved {date} by {names}") if names else _("approved {date}")
    return said.format(date=approval.date, names=names)


def _message(council: Council, meeting: Meeting, approval: Approval, sealed: Sealed) -> str:
    """What the tag says: which minutes were approved, when, by whom, how, and their fingerprints."""
    heading = f"{citation(council, meeting)} ({meeting.id}): {_said(council, meeting, approval)}"
    parts = [heading]
    if approval.at:
        parts.append(_("At the meeting {at}.").format(at=approval.at.partition("/")[0]))
    if approval.changes:
        parts.append(_("With changes:") + "".join(f"\n  {line}" for line in approval.changes.splitlines()))
    parts.append(_("sha256 of the record without approval and amendments, and of each document beside it:"))
    parts.append("\n".join(seals.lines(sealed)))
    return printable("\n\n".join(parts) + "\n")

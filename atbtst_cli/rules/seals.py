"""Seals: the fingerprints by which approved minutes are known again, and what may become of them."""

import hashlib
import json
import re
from datetime import date

from atbtst_cli.models.meeting import Amendment, Meeting, Sealed

FOLDER = "approved"
"""What the names of all tags of approvals begin with."""
TRAILER = "Approval"
"""What a commit that approves minutes says at its end, before the name of its tag."""
APART = frozenset(("approval", "amendments"))
"""What the record's fingerprint leaves out: it tells of the approval, and is not what was approved."""


def fingerprint(data: bytes) -> str:
    """The sha256 of a document, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def of_record(meeting: Meeting) -> str:
    """The sha256 of a meeting's record without approval and amendments, whatever way its file is written.

    It is that of the record as one line of JSON in UTF-8: keys as in the file and in the order of their characters at
    every level, no blanks between them, fields that stand at their default left out, dates and times as in the file.
    """
    data = meeting.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(APART))
    return fingerprint(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def holds(meeting: Meeting) -> bool:
    """Whether the record is what was approved, as far as its own seal tells; true of one without a seal."""
    sealed = meeting.approval.sealed if meeting.approval else None
    return sealed is None or sealed.record == of_record(meeting)


def number(meeting: Meeting) -> int:
    """Which approval of the minutes theirs is, or the coming one will be: each but the first follows one amendment."""
    return len(meeting.amendments) + 1


def approvals(meeting: object) -> tuple[date | None, ...]:
    """The days of the approvals that minutes have had, those too that an amendment opened; none of anything else."""
    if not isinstance(meeting, Meeting):
        return ()
    opened = tuple(one.approved for one in meeting.amendments)
    return (*opened, meeting.approval.date) if meeting.approval else opened


def on_top(mine: Meeting, theirs: Meeting) -> Meeting:
    """Minutes that are open here, opened after the approvals that others know in the place of mine, if as many."""
    days = approvals(theirs)
    if mine.approval or not mine.amendments or len(approvals(mine)) != len(days):
        return mine
    last = mine.amendments[-1].model_copy(update={"approved": days[-1]})
    return mine.model_copy(update={"amendments": (*theirs.amendments[: len(days) - 1], last)})


def name(meeting_id: str, approval: int) -> str:
    """The name of an approval's tag, such as approved/2026-02-17-rad/1."""
    return f"{FOLDER}/{meeting_id}/{approval}"


def named(tag: str) -> tuple[str, int] | None:
    """The meeting and the number of the approval whose tag has that name; None for any other name."""
    found = re.fullmatch(rf"{FOLDER}/([a-z0-9-]+)/([1-9]\d{{0,5}})", tag, re.ASCII)
    return (found[1], int(found[2])) if found else None


def lines(sealed: Sealed) -> tuple[str, ...]:
    """The fingerprints as lines, those of the documents as the program sha256sum reads them."""
    documents = (f"{sign}  {document}" for document, sign in sorted(sealed.documents.items()))
    return (f"record: {sealed.record}", *documents)


def amended(meeting: Meeting, amendment: Amendment) -> Meeting:
    """The meeting with its approval taken off and the reason put down, to be changed and approved again."""
    approved = meeting.approval.date if meeting.approval else None
    noted = (*meeting.amendments, amendment.model_copy(update={"approved": approved}))
    return meeting.model_copy(update={"approval": None, "amendments": noted})


def is_amended(sealed: Meeting, now: Meeting) -> bool:
    """Whether minutes that were approved have been opened again as they should be: by one amendment that says why."""
    if now.approval or not now.amendments:
        return False
    return amended(sealed, now.amendments[-1]).amendments == now.amendments

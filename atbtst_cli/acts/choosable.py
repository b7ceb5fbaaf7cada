"""What may be chosen: no approval is taken back, nothing is typed that commands set, and no value that cannot stand."""

from atbtst_cli.acts import ways
from atbtst_cli.acts.choosing import to_open, typed
from atbtst_cli.errors import NotFound, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import seals
from atbtst_cli.rules.merging import Conflict
from atbtst_cli.store.choices import How
from atbtst_cli.store.crossing import Crossing
from atbtst_cli.store.layout import KINDS, model_at
from atbtst_cli.store.load import record_at

FIXED = frozenset(("id", "format")) | seals.APART
"""The fields that tell what a record is, or that it was approved: nobody types them."""


def may_take(crossing: Crossing, path: str, how: How) -> bool:
    """Whether one side's version can be taken without an approval being lost; it always can of one of the two.

    Mine can where it stands on top of what is approved in the shared record, or where nothing is; theirs where they had
    as many approvals as mine, which then stand in the place of mine.
    """
    mine, theirs = (record_at(tree, path) for tree in (crossing.mine, crossing.theirs))
    if how == "theirs":
        return len(seals.approvals(mine)) <= len(seals.approvals(theirs))
    if how != "mine" or not isinstance(theirs, Meeting) or not seals.approvals(theirs):
        return True
    if not isinstance(mine, Meeting):
        return False
    more = len(mine.amendments) - len(theirs.amendments)
    return more >= 0 if theirs.approval is None else more > 0 or mine.approval == theirs.approval


def refuse_unapproving(crossing: Crossing, path: str, how: How) -> None:
    """UsageError where an approval would be lost by the choice of a side: only an amendment opens approved minutes."""
    if may_take(crossing, path, how):
        return
    meeting = KINDS["meetings"].id_in(path)
    if how == "mine":
        raise UsageError(
            _("The minutes {id} were approved in the shared record, and that approval stays.").format(id=meeting),
            _("Choose --theirs. Approved minutes are changed with: {command}").format(command=to_open(meeting)),
        )
    raise UsageError(
        _("The minutes {id} were approved here, and theirs would take that back.").format(id=meeting),
        _("Take yours, with: {command}").format(command=f"atbtst resolve {meeting} --whole --mine"),
    )


def refuse_typed(path: str, field: str) -> None:
    """UsageError where a field is none that somebody types."""
    if field.split("/", maxsplit=1)[0] in FIXED and model_at(path):
        raise UsageError(
            _("{field} is not typed; commands set it.").format(field=field),
            _("Take the record as one side has it, with: {command}").format(
                command="atbtst resolve ID --whole --mine|--theirs"
            ),
        )


def refuse_unfit(crossing: Crossing, conflict: Conflict, value: str) -> None:
    """UsageError where a value can stand neither in the record here nor in the shared one."""
    refuse_typed(conflict.path, conflict.field)
    refusals: list[UsageError] = []
    for tree in (crossing.mine, crossing.theirs):
        known = record_at(tree, conflict.path)
        try:
            if known is not None:
                ways.changed(known, conflict.field, typed(value, conflict.clash))
        except NotFound:
            continue
        except UsageError as error:
            refusals.append(error)
        else:
            return
    if refusals:
        raise refusals[0]

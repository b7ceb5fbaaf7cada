"""What a change may not do: leave errors in the record that were not there before."""

from datetime import date
from typing import Any

from atbtst_cli.errors import Finding
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.rules.checks import added, unseated
from atbtst_cli.store.layout import key_of


def judge(before: Council, after: Council, change: Change[Any], today: date) -> list[Finding]:
    """The errors that a change would add, in the records it touches and in those that refer to them.

    Where it changes who sits where, warnings too, of every record that says otherwise from then on.
    """
    touched = {key for path in change.records if (key := key_of(path))}
    errors = added(before, after, touched, today)
    return errors or (unseated(before, after, today) if any(kind == "networks" for kind, _id in touched) else [])

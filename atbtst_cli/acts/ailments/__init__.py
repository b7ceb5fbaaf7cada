"""What a crash or a hand can leave wrong in a clone: a tuple of ailments, each found by one small function."""

from collections.abc import Iterator

from atbtst_cli.acts.ailments.ailment import Ailment, Look, Patient
from atbtst_cli.acts.ailments.branch import LOOKS as OF_BRANCH
from atbtst_cli.acts.ailments.files import LOOKS as OF_FILES
from atbtst_cli.acts.ailments.leftovers import LOOKS as OF_LEFTOVERS
from atbtst_cli.acts.ailments.settings import LOOKS as OF_SETTINGS
from atbtst_cli.errors import AtbtstError
from atbtst_cli.store.disk import told

LOOKS: tuple[Look, ...] = (*OF_LEFTOVERS, *OF_SETTINGS, *OF_BRANCH, *OF_FILES)
"""Everything that is looked at, in the order in which it is mended: what stands in the way of others first."""


def examine(patient: Patient, *, mend: bool) -> Iterator[Ailment]:
    """What ails a clone, each with what became of it; nothing is changed unless it is to be mended.

    What cannot be looked at is an ailment too, and hides none of the others.
    """
    for look in LOOKS:
        found = _seen(look, patient)
        if not (mend and any(ailment.mend for ailment in found)):
            yield from found
            continue
        tried = [ailment.tried() for ailment in found]
        left = {ailment.message for ailment in _seen(look, patient)}
        yield from (ailment.mended() if ailment.mend and ailment.message not in left else ailment for ailment in tried)


def _seen(look: Look, patient: Patient) -> list[Ailment]:
    try:
        return list(look(patient))
    except AtbtstError as error:
        return [Ailment(look.__name__.replace("_", "-"), error.message, error.hint)]
    except OSError as error:
        refused = told(error)
        return [Ailment(look.__name__.replace("_", "-"), refused.message, refused.hint)]

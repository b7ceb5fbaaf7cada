"""What Git's merge driver makes of three versions of a file."""

from dataclasses import dataclass

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.rules.merging import Clash, Decide, merge
from atbtst_cli.store import marks, merging
from atbtst_cli.store.layout import Version, key_of, model_at
from atbtst_cli.store.load import parsed
from atbtst_cli.store.yamlfile import LARGEST


@dataclass(frozen=True, slots=True)
class Driven:
    """The merged file: its bytes, and whether all that both versions say is in it without marks.

    ``clashes`` are what both changed of mine, the ``record``, in different ways. Where the file
    could only be merged line by line, ``findings`` say why.
    """

    data: bytes
    whole: bool
    record: Version | None = None
    clashes: tuple[Clash, ...] = ()
    findings: tuple[Finding, ...] = ()


def home(path: str) -> tuple[str, str]:
    """Of a record's path in a repository the workspace's folder, and the path in it; nothing of what is no record."""
    steps = path.split("/")
    for start in range(len(steps)):
        inside = "/".join(steps[start:])
        if key_of(inside):
            return "/".join(steps[:start]), inside
    return "", ""


def drive(path: str, base: bytes, mine: bytes, theirs: bytes) -> Driven:
    """Merge three versions of a file, as a record where they are one, else by lines; an empty base is none.

    ``path`` is that of the file in the workspace.
    """
    if len(mine) + len(theirs) - len(base) > LARGEST:
        return Driven(marks.both(mine, theirs), whole=False, findings=(_too_large(path),))
    model = model_at(path)
    before = base if base.strip() else None
    readings = [parsed(text, path, model, "") for text in (before, mine, theirs) if text is not None] if model else []
    *old, own, other = [record for record, _findings in readings] or [None, None]
    if own is None or other is None or None in old:
        text, whole = marks.joined(mine, base, theirs)
        return Driven(text, whole, findings=tuple(finding for _record, found in readings for finding in found))
    first = old[0] if old else None

    def joined(decide: Decide) -> bytes:
        return merging.merged(path, before, mine, theirs, merge(first, own, other, decide).value)

    found = merge(first, own, other)
    text = joined(lambda clash: clash.mine)
    if not found.clashes:
        return Driven(text, whole=True)
    marked = marks.marked(text, joined(lambda clash: clash.base) if first else None, joined(lambda clash: clash.theirs))
    return Driven(marked, whole=False, record=own, clashes=found.clashes)


def _too_large(path: str) -> Finding:
    message = _("with what both wrote the file would be larger than {size} bytes").format(size=LARGEST)
    return Finding("yaml", "error", message, path)

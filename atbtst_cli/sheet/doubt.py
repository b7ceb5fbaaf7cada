"""Lines that are kept although they were not understood, and the mark by which they are known until mended."""

from atbtst_cli.errors import Finding
from atbtst_cli.language import current, words
from atbtst_cli.models.meeting import InternalBlock, Meeting, TextBlock
from atbtst_cli.sheet.read import Reading

MARK = "(?)"
"""What stands before such a line."""


def marked(text: str, reading: Reading) -> str:
    """The text with a mark before every line that was not understood and is kept, as text or as internal text.

    What was taken as internal stays internal; what was taken as something else is left as it was taken.
    """
    lines = text.split("\n")
    kept = [block for _item, block in reading.meeting.blocks()]
    for finding in reading.findings:
        said = lines[finding.line - 1].strip() if finding.level == "error" and finding.line else ""
        if said and any(said in block.text for block in kept if isinstance(block, TextBlock)):
            lines[finding.line - 1] = f"{MARK} {said}"
        elif said and any(said in block.internal for block in kept if isinstance(block, InternalBlock)):
            lines[finding.line - 1] = f"{_marker(finding)}{MARK} {said}"
    return "\n".join(lines)


def _marker(finding: Finding) -> str:
    """What makes a marked line internal: the marker above it does where it stands open, else it gets one of its own."""
    return "" if finding.rule == "open-internal" else f"{words(current()).SHEET.markers['internal'][0]}: "


def doubtful(meeting: Meeting) -> list[str]:
    """The lines of minutes that still carry the mark, in order."""
    kept = (block for _item, block in meeting.blocks())
    texts = (getattr(block, "internal", "") or getattr(block, "text", "") for block in kept)
    return [line for text in texts for line in text.split("\n") if line.startswith(MARK)]

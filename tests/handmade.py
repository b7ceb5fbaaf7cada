"""Records written by hand into a council's folder, as somebody with a text editor would, and committed."""

from pathlib import Path

from conftest import Program, git

PLANNED = "2026-04-21-rad"
HELD = "2026-02-17-rad"


def write(council: Program, path: str, text: str) -> Path:
    """Write one file of the workspace."""
    file = council.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def commit(council: Program) -> None:
    """Commit everything that lies in the workspace."""
    git(council.folder, "add", "-A")
    git(council.folder, "commit", "-q", "-m", "By hand")


def commits(council: Program) -> int:
    """How many commits the branch has."""
    return int(git(council.folder, "rev-list", "--count", "HEAD"))


def message(council: Program) -> str:
    """The message of the latest commit."""
    return git(council.folder, "log", "-1", "--format=%B")


def contents(council: Program) -> dict[str, tuple[bytes, int]]:
    """Every file of the workspace, those of Git too: its bytes, and when it was last written."""
    files = [path for path in sorted(council.folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(council.folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def item(
    council: Program, number: int, title: str, rest: str = "", *, network: str = "rad", added: str = "2026-01-10"
) -> str:
    """Write an item; its id, whose seven characters are the number."""
    item_id = f"i-{number:07}"
    text = f"id: {item_id}\ntitle: {title}\nnetwork: {network}\nadded: {added}\n{rest}"
    write(council, f"records/items/{added[:4]}/{item_id}.yaml", text)
    return item_id


def meeting(council: Program, meeting_id: str, rest: str = "") -> None:
    """Write a meeting; its day and body are those of its id."""
    text = f"id: {meeting_id}\nnetwork: {meeting_id[11:]}\ndate: {meeting_id[:10]}\n{rest}"
    write(council, f"records/meetings/{meeting_id[:4]}/{meeting_id}/meeting.yaml", text)

"""Programs to measure beside: installed into environments of their own, and given the same records to work on."""

import re
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path

PARENTS = {"REF": ("networks", "members", "meetings"), "ITEM": ("items",)}
"""The documents that doorstop keeps; whatever an item names by id is a link to the first one."""


class NotInstalled(Exception):
    """A program that could not be installed here; its text says why."""


def environment(folder: Path, *packages: str) -> Path:
    """The folder of programs of a new virtual environment with those packages; NotInstalled where pip cannot."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    command = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        reasons = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise NotInstalled(reasons[-1] if reasons else "pip gave no reason")
    return programs


def version(programs: Path, package: str) -> str:
    """The version of a package in an environment."""
    line = f"import importlib.metadata as found; print(found.version({package!r}))"
    return subprocess.run([programs / "python", "-c", line], check=True, capture_output=True, text=True).stdout.strip()


def repository(folder: Path, surroundings: Mapping[str, str]) -> None:
    """Make a folder a Git repository, if it is none, with all that lies in it committed and tagged ``start``."""
    steps = [] if (folder / ".git").exists() else [("init", "--quiet", "--initial-branch", "main")]
    for step in (
        *steps,
        ("add", "--all"),
        ("commit", "--quiet", "--message", "Everything that was made up"),
        ("tag", "start"),
    ):
        subprocess.run(["git", "-C", folder, *step], check=True, env=surroundings)


# -- todoman -----------------------------------------------------------------------------------------------------------


def todos(store: Path, folder: Path) -> Path:
    """The configuration of a todoman that has a todo for each action item, in a list for each body."""
    for path in (store / "records/items").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        target = folder / "todos" / (_value("network", text) or "") / f"{path.stem}.ics"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\r\n".join(_todo(path.stem, text)), encoding="utf-8", newline="")
    settings = {
        "path": f"{folder}/todos/*",
        "cache_path": f"{folder}/cache.sqlite3",
        "date_format": "%Y-%m-%d",
        "time_format": "%H:%M",
        "default_list": "rad",
        "default_due": 0,
    }
    configuration = folder / "config.py"
    configuration.write_text("".join(f"{key} = {value!r}\n" for key, value in settings.items()), encoding="utf-8")
    return configuration


def _todo(name: str, text: str) -> Iterator[str]:
    added = (_value("added", text) or "").replace("-", "")
    due = re.search(r"^due: (\d{4})-(\d\d)-(\d\d)", text, re.MULTILINE)
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//atbtst//benchmarks//EN", "BEGIN:VTODO")
    yield from (f"UID:{name}", f"DTSTAMP:{added}T120000Z", f"CREATED:{added}T120000Z")
    yield f"SUMMARY:{_value('title', text)}"
    if due:
        yield f"DUE;VALUE=DATE:{''.join(due.groups())}"
    yield from ("STATUS:NEEDS-ACTION", "END:VTODO", "END:VCALENDAR", "")


def _value(key: str, text: str) -> str | None:
    found = re.search(rf"^{key}: (.*)$", text, re.MULTILINE)
    return found[1] if found else None


# -- doorstop ----------------------------------------------------------------------------------------------------------


def requirements(store: Path, folder: Path) -> None:
    """Doorstop items that say the same as the records: every field an attribute, every id a link, all reviewed."""
    records = {
        document: [(_name(path), path) for kind in kinds for path in sorted((store / "records" / kind).rglob("*.yaml"))]
        for document, kinds in PARENTS.items()
    }
    references = {name: f"REF{number:05}" for number, (name, _path) in enumerate(records["REF"], 1)}
    for document, known in records.items():
        (folder / document).mkdir(parents=True)
        parent = "" if document == "REF" else "  parent: REF\n"
        settings = f"settings:\n  digits: 5\n  itemformat: yaml\n{parent}  prefix: {document}\n  sep: ''\n"
        (folder / document / ".doorstop.yml").write_text(settings, encoding="utf-8")
        for number, (name, path) in enumerate(known, 1):
            text = path.read_text(encoding="utf-8").partition("\n")[2].replace("id: ", "key: ", 1)
            links = [] if document == "REF" else _links(text, references)
            target = folder / document / f"{document}{number:05}.yml"
            target.write_text(_requirement(name, number, links) + text, encoding="utf-8")


def _name(path: Path) -> str:
    return path.parent.name if path.name == "meeting.yaml" else path.stem


def _links(text: str, references: dict[str, str]) -> list[str]:
    words = dict.fromkeys(re.findall(r"(?<=[ /])[a-z0-9-]+", text))
    return [references[word] for word in words if word in references]


def _requirement(name: str, number: int, links: list[str]) -> str:
    linked = "".join(f"\n- {link}: true" for link in links) or " []"
    return (
        f"active: true\nderived: false\nheader: ''\nlevel: {1 + number // 100}.{number % 100}1\nlinks:{linked}\n"
        f"normative: true\nref: ''\nreviewed: true\ntext: |\n  {name}\n"
    )

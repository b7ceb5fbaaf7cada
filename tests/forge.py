"""Where a council shares its record: a forge over HTTPS on the loopback, and programs that stand in for SSH."""

import base64
import contextlib
import getpass
import gzip
import os
import shlex
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from conftest import git

USER, SECRET = "rad", "hemligt-42"
LAST = 'for last; do :; done; exec sh -c "$last"'
"""What a program for SSH does at the other computer, which here is this one."""


def shared(folder: Path, name: str = "shared.git") -> Path:
    """A new, empty shared folder."""
    path = folder / name
    git(folder, "init", "-q", "--bare", "-b", "main", str(path))
    return path


def by_ssh(folder: Path, script: str = LAST) -> Path:
    """Let Git reach other computers by a script in the place of SSH; the file in which its words are kept."""
    program, words = folder / "ssh", folder / "words"
    program.write_text(f'#!/bin/sh\necho "$@" >>{shlex.quote(str(words))}\n{script}\n')
    program.chmod(0o755)
    git(folder, "config", "--global", "core.sshCommand", shlex.quote(str(program)))
    return words


SSHD = "/usr/sbin/sshd"
"""OpenSSH's server; it wants to be called by its whole name."""


def by_openssh(folder: Path) -> tuple[Path, Path]:
    """Let Git reach forge.example.org by OpenSSH, whose server runs here for each visit; no port is opened.

    The files in which whoever comes puts the host's key, and the host the keys of those who may come.
    """
    known, allowed = folder / "known_hosts", folder / "authorized_keys"
    for key in ("host", "own"):
        path = folder / f"{key}-key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # what the system makes where the server is a service
    server = {
        "HostKey": folder / "host-key", "AuthorizedKeysFile": allowed, "StrictModes": "no", "UsePAM": "no",
        "PermitRootLogin": "yes", "PasswordAuthentication": "no", "PidFile": "none",
    }  # fmt: skip
    ours = {
        "ProxyCommand": f"{SSHD} -i -f {folder / 'sshd_config'} 2>{folder / 'sshd.log'}",
        "User": getpass.getuser(), "IdentityFile": folder / "own-key", "IdentitiesOnly": "yes",
        "UserKnownHostsFile": known,
    }  # fmt: skip
    for name, lines in (("sshd_config", server), ("ssh_config", ours)):
        (folder / name).write_text("".join(f"{key} {value}\n" for key, value in lines.items()))
    git(folder, "config", "--global", "core.sshCommand", shlex.join(["ssh", "-F", str(folder / "ssh_config")]))
    return known, allowed


def stuck(folder: Path) -> str:
    """A script that goes nowhere, and says in a file which process it is."""
    return f"echo $$ >{shlex.quote(str(folder / 'stuck'))}; exec sleep 1000"


def is_gone(folder: Path) -> bool:
    """Whether the script that went nowhere has ended, or does within seconds."""
    pid = int((folder / "stuck").read_text())
    for _turn in range(500):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        known = Path(f"/proc/{pid}/stat")
        if known.exists() and known.read_text().rpartition(")")[2].split()[0] == "Z":
            return True  # it has ended, and nobody has asked how
        time.sleep(0.01)
    return False


class Forge(ThreadingHTTPServer):
    """Serves the repositories of a folder; whoever comes needs the password, if there is one."""

    daemon_threads = True

    def __init__(self, folder: Path, context: ssl.SSLContext, secret: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.folder, self.secret = folder, secret
        self.readers: set[str] = set()
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.address = f"https://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Let those go who do not trust the certificate."""


class Visit(BaseHTTPRequestHandler):
    """One request, answered by Git's own program."""

    server: Forge

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)

    def _answer(self, body: bytes) -> None:
        wanted = base64.b64encode(f"{USER}:{self.server.secret}".encode()).decode()
        if self.server.secret and self.headers.get("Authorization") != f"Basic {wanted}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="forge"')
            self.end_headers()
            return
        path, _mark, query = self.path.partition("?")
        if "receive-pack" in self.path and path.split("/")[1] in self.server.readers:
            self.send_error(403)
            return
        head, _blank, rest = self._git(path, query, body).partition(b"\r\n\r\n")
        facts = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(facts.pop("Status", "200").split()[0]))
        for name, value in facts.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest)

    def _git(self, path: str, query: str, body: bytes) -> bytes:
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "REMOTE_USER": USER,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        return subprocess.run(
            ["git", "http-backend"], env=environment, input=body, capture_output=True, check=True
        ).stdout

    def log_message(self, *_ignored: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def forge(folder: Path, context: ssl.SSLContext, secret: str = "") -> Iterator[Forge]:
    """A forge that serves a folder."""
    server = Forge(folder, context, secret)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

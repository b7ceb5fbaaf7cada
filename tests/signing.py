"""Keys made for a test, and Git set up to sign with them and to know them."""

import subprocess
from pathlib import Path

from conftest import git

SIGNER = "cilla@example.org"


def key(folder: Path, name: str = "key") -> Path:
    """A new SSH key without a passphrase; the file of its private half."""
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)], check=True)
    return path


def sign_with(folder: Path, private: Path, *settings: str) -> None:
    """Let Git sign with a key in a repository, by those of its settings that say so."""
    git(folder, "config", "gpg.format", "ssh")
    git(folder, "config", "user.signingKey", f"{private}.pub")
    for setting in settings or ("tag.gpgSign", "commit.gpgSign"):
        git(folder, "config", setting, "true")


def know(folder: Path, *keys: Path, name: str = SIGNER) -> None:
    """Let Git know whose keys these are, in a repository."""
    listed = folder.parent / "signers"
    listed.write_text("".join(f'{name} namespaces="git" {Path(f"{one}.pub").read_text()}' for one in keys))
    git(folder, "config", "gpg.ssh.allowedSignersFile", str(listed))

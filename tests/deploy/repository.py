"""A signed repository, made by the project's own script with a key of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

FLEET = Path(__file__).parents[2] / "kiosk" / "deploy" / "fleet"
TOOLS = ("apt-ftparchive", "dpkg-deb", "gpg")


def missing() -> str:
    """Return why none can be made here; empty if one can."""
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    return f"not installed: {', '.join(lacking)}" if lacking else ""


class Repository:
    """A folder for any web server. `environment` is the one in which its key is found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self._home = folder / "gnupg"
        self._home.mkdir(mode=0o700)
        self.environment = dict(os.environ) | {"GNUPGHOME": str(self._home), "PROMOTE_NOW": "1"}
        who = ("--quick-gen-key", "Visitor Kiosk test", "ed25519", "sign", "never")
        self.run("gpg", "--batch", "--passphrase", "", *who)
        listed = self.run("gpg", "--batch", "--with-colons", "--list-secret-keys").stdout
        self.key = next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))

    def run(self, *command: object) -> subprocess.CompletedProcess[str]:
        """Run a program that may need the key."""
        settled = self.environment
        words = [*map(str, command)]
        return subprocess.run(words, env=settled, capture_output=True, text=True, timeout=60, check=False)

    def export(self, place: Path) -> Path:
        """Write the public key, as a technician hands it on."""
        place.write_text(self.run("gpg", "--armor", "--export", self.key).stdout)
        return place

    def publish(self, suite: str, *packages: Path) -> subprocess.CompletedProcess[str]:
        """Run the project's script."""
        named = os.path.relpath(self.folder)  # as somebody writes it who stands beside it
        return self.run(FLEET / "publish.sh", named, suite, self.key, *packages)

    def offer(self, package: Path) -> Path:
        """Put a package into both suites."""
        for suite in ("canary", "stable"):
            done = self.publish(suite, package)
            assert done.returncode == 0, done.stderr
        return package

    def close(self) -> None:
        """End the helper that gpg left running."""
        self.run("gpgconf", "--kill", "gpg-agent")

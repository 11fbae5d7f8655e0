"""An image in two slots by RAUC, Debian 13's own: what is taken, what is refused, and which slot is next.

With the recipe of kiosk/deploy/image/rauc, but for what a kernel may not have: slots are files, bundles have
the plain format (verity wants dm-verity), and a script is the boot loader. Nothing is booted here.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal import image
from tests.terminal.image import Layer
from tests.terminal.terminal import marks

TOOLS = ("mke2fs", "chroot", "openssl")
pytestmark = [*marks(image.missing(*TOOLS)), pytest.mark.apart]
RECIPE = image.ROOT / "kiosk/deploy/image/rauc"
LOADER = """#!/bin/sh
# The boot loader of the tests: a folder of words. RAUC, "Custom Bootloader Backend".
cd /slots/loader
case "$1" in
    get-primary) cat primary ;;
    set-primary) echo "$2" > primary; echo good > "$2" ;;
    get-state) cat "$2" ;;
    set-state) echo "$3" > "$2" ;;
esac
"""


class Slots:
    """A Debian with RAUC in it, two slots, and bundles; `booted` is the slot it believes to run from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.booted = "A"
        for name in ("slots/loader", "etc/rauc", "bundles", "var/lib/visitor-kiosk"):
            (root / name).mkdir(parents=True, exist_ok=True)
        for slot in "AB":
            shutil.copy(self.picture(b"the first system"), root / f"slots/{slot}")
            (root / f"slots/loader/{slot}").write_text("good\n")
        (root / "slots/loader/primary").write_text("A\n")
        (root / "etc/rauc/loader").write_text(LOADER)
        (root / "etc/rauc/loader").chmod(0o755)
        settings = (RECIPE / "system.conf").read_text()
        settings = settings.replace("bootloader=grub", "bootloader=custom")
        settings = settings.replace("bundle-formats=verity", "bundle-formats=plain")
        settings = "\n".join(line for line in settings.splitlines() if not line.startswith("grubenv="))
        for slot in "ab":
            settings = settings.replace(f"/dev/disk/by-partlabel/kiosk-{slot}", f"/slots/{slot.upper()}")
        settings += "\n[handlers]\nbootloader-custom-backend=/etc/rauc/loader\n"
        (root / "etc/rauc/system.conf").write_text(settings)
        for name in ("ours", "foreign"):
            self.key(name)
        shutil.copy(root / "bundles/ours.cert", root / "etc/rauc/keyring.pem")

    def picture(self, words: bytes) -> Path:
        """Make a small file system with these words in it."""
        folder, made = self.root / "bundles/system", self.root / "bundles/root.img"
        folder.mkdir(exist_ok=True)
        (folder / "words").write_bytes(words)
        made.unlink(missing_ok=True)
        command = ["mke2fs", "-q", "-F", "-t", "ext4", "-d", folder, made, "8M"]
        subprocess.run(command, check=True, capture_output=True)
        return made

    def key(self, name: str) -> None:
        """Make a key and its certificate."""
        place = self.root / "bundles"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-batch"]
        files = ["-subj", f"/CN={name}", "-keyout", place / f"{name}.key", "-out", place / f"{name}.cert"]
        subprocess.run([*command, *files], check=True, capture_output=True)

    def bundle(
        self, version: str, words: bytes, key: str = "ours", kind: str = "visitor-kiosk-amd64"
    ) -> Path:
        """Pack and sign a system by the manifest of the recipe."""
        folder = self.root / "bundles/folder"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.move(self.picture(words), folder / "root.img")
        told = (RECIPE / "manifest.raucm").read_text().replace("version=0.1.0", f"version={version}")
        told = told.replace("format=verity", "format=plain").replace("visitor-kiosk-amd64", kind)
        (folder / "manifest.raucm").write_text(told)
        made = self.root / f"bundles/{version}-{key}.raucb"
        made.unlink(missing_ok=True)
        signer = (
            f"--cert=/bundles/{key}.cert",
            f"--key=/bundles/{key}.key",
            f"--keyring=/bundles/{key}.cert",
        )
        done = self.run("rauc", "bundle", *signer, "/bundles/folder", f"/bundles/{made.name}")
        assert done.returncode == 0, done.stdout + done.stderr
        return made

    def rauc(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Start RAUC's service on a bus of its own, and ask it."""
        service = f"rauc --override-boot-slot={self.booted} service > /bundles/log 2>&1 & served=$!"
        waited = "for n in $(seq 50); do rauc status > /dev/null 2>&1 && break; sleep 0.1; done"
        asked = f'{service}\n{waited}\nrauc "$@"; code=$?; kill $served; exit $code'
        bus = ("dbus-run-session", "--", "env", "DBUS_STARTER_BUS_TYPE=session")
        return self.run(*bus, "sh", "-c", asked, "sh", *words)

    def install(self, bundle: Path) -> subprocess.CompletedProcess[str]:
        return self.rauc("install", f"/bundles/{bundle.name}")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["chroot", self.root, *command], capture_output=True, text=True, check=False, timeout=120
        )

    def holds(self, slot: str, words: bytes) -> bool:
        return words in (self.root / f"slots/{slot}").read_bytes()

    @property
    def next(self) -> str:
        return (self.root / "slots/loader/primary").read_text().strip()


@pytest.fixture(scope="module")
def slots(deb) -> Iterator[Slots]:
    with Layer(image.debian(deb), image.RUN / "slots") as layer, ExitStack() as mounted:
        more = ("rauc", "squashfs-tools", "dbus", "dbus-daemon")
        done = layer.run("apt-get", "install", "-y", "--no-install-recommends", *more)
        assert done.returncode == 0, done.stdout + done.stderr
        for what, place in (("/dev", "dev"), ("/proc", "proc"), ("/sys", "sys")):
            subprocess.run(["mount", "--rbind", what, layer.root / place], check=True)
            subprocess.run(["mount", "--make-rslave", layer.root / place], check=True)
            command = ["umount", "--recursive", "--lazy", layer.root / place]
            mounted.callback(subprocess.run, command, check=False)
        (layer.root / "run/rauc").mkdir(parents=True, exist_ok=True)
        yield Slots(layer.root)


def test_an_update_goes_into_the_other_slot_which_is_next(slots):
    done = slots.install(slots.bundle("0.2.0", b"the second system"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (slots.next, slots.holds("B", b"the second system")) == ("B", True)
    assert slots.holds("A", b"the first system")
    assert not slots.holds("A", b"the second system")


def test_from_the_other_slot_it_goes_back_into_the_first(slots):
    slots.booted = "B"
    assert slots.rauc("status", "mark-good").returncode == 0
    done = slots.install(slots.bundle("0.3.0", b"the third system"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (slots.next, slots.holds("A", b"the third system")) == ("A", True)
    assert slots.holds("B", b"the second system")


def test_a_slot_that_does_not_do_well_is_left(slots):
    assert slots.next == "A"
    slots.booted = "A"
    assert slots.rauc("status", "mark-bad", "booted").returncode == 0
    assert (slots.root / "slots/loader/A").read_text() == "bad\n"
    assert slots.rauc("status", "mark-active", "other").returncode == 0
    assert slots.next == "B"
    slots.booted = "B"


def refused(slots: Slots, bundle: Path) -> str:
    """Install it, expect that nothing is changed, and return what RAUC says."""
    before = [(slots.root / f"slots/{name}").read_bytes() for name in ("A", "B", "loader/primary")]
    done = slots.install(bundle)
    assert done.returncode != 0
    assert [(slots.root / f"slots/{name}").read_bytes() for name in ("A", "B", "loader/primary")] == before
    return done.stdout + done.stderr


def test_a_foreign_key_is_refused(slots):
    assert "signature" in refused(slots, slots.bundle("0.4.0", b"foreign", "foreign")).lower()


def test_one_changed_byte_is_refused(slots):
    bundle = slots.bundle("0.4.0", b"the fourth system")
    torn = bytearray(bundle.read_bytes())
    torn[len(torn) // 3] ^= 1
    bundle.write_bytes(torn)
    assert "signature" in refused(slots, bundle).lower() or "digest" in refused(slots, bundle).lower()


def test_half_a_bundle_is_refused(slots):
    bundle = slots.bundle("0.4.0", b"the fourth system")
    bundle.write_bytes(bundle.read_bytes()[: bundle.stat().st_size // 2])
    refused(slots, bundle)


def test_a_bundle_for_other_machines_is_refused(slots):
    assert "compatible" in refused(slots, slots.bundle("0.4.0", b"other", kind="other-amd64")).lower()


def test_an_older_one_than_the_settings_allow_is_refused(slots):
    assert "version" in refused(slots, slots.bundle("0.0.9", b"old")).lower()

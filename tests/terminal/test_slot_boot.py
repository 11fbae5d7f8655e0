"""Two slots on one disk, booted by GRUB as the recipe says: an update, a trial that fails, and the way back.

The recipe is kiosk/deploy/image/rauc as it is, with more words on the kernel line for the wire of the tests.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal import image
from tests.terminal.container import until
from tests.terminal.image import Layer
from tests.terminal.machine import QUIET, Machine
from tests.terminal.panel import settled
from tests.terminal.processor import AMD64
from tests.terminal.terminal import marks

FIRMWARE = Path("/usr/share/OVMF")
TOOLS = ("qemu-system-x86_64", "mke2fs", "openssl", "sfdisk", "mformat", "mcopy", "grub-mkimage")
LACKING = image.missing(*TOOLS) or ("" if FIRMWARE.is_dir() else "not installed: ovmf")
pytestmark = [*marks(LACKING), pytest.mark.apart]
RECIPE = image.ROOT / "kiosk/deploy/image/rauc"
SLOT_MIB, SMALL_MIB = 1900, 64
TABLE = f"""label: gpt
start=1MiB, size={SMALL_MIB}MiB, type=U, name=esp
size={SLOT_MIB}MiB, name=kiosk-a
size={SLOT_MIB}MiB, name=kiosk-b
size={SMALL_MIB}MiB, name=kiosk-data
"""
MOUNTS = """PARTLABEL=esp /boot/efi vfat umask=0077 0 0
PARTLABEL=kiosk-data /var/lib/visitor-kiosk ext4 nodev,nosuid,noexec 0 0
"""
MODULES = ["part_gpt", "fat", "ext2", "normal", "linux", "loadenv", "test", "regexp", "reboot"]
WORDS = "ORDER=A B", "A_OK=1", "A_TRY=0", "B_OK=1", "B_TRY=0"
"""As the head of grub.cfg says."""
MARK = "visitor-kiosk-mark-good"


def run(*command: str | Path) -> None:
    """Run a program; what it said is in the fault."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


class Terminal:
    """A disk with two slots, the first one filled, and a second disk with bundles to install from."""

    def __init__(self, layer: Layer, folder: Path) -> None:
        self.layer, self.folder = layer, folder
        self.disk, self.stick = folder / "disk.img", folder / "stick.img"
        folder.mkdir(parents=True, exist_ok=True)
        self._prepare()
        first, second = self._system("1"), self._system("2")
        self._partitions(first)
        self._bundles(second)

    def _prepare(self) -> None:
        """Do to the system what the recipe says."""
        more = ("rauc", "rauc-service", "squashfs-tools", "grub-common")
        done = self.layer.run("apt-get", "install", "-y", "--no-install-recommends", *more)
        assert done.returncode == 0, done.stdout + done.stderr
        subject = ("-subj", "/CN=kiosk", "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem")
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-batch", *subject)
        self.layer.write("etc/rauc/system.conf", (RECIPE / "system.conf").read_text())
        self.layer.write("etc/rauc/keyring.pem", (self.folder / "cert.pem").read_text())
        self.layer.write("etc/fstab", MOUNTS)
        unit = RECIPE / "visitor-kiosk-mark-good.service"
        self.layer.write(f"etc/systemd/system/{unit.name}", unit.read_text())
        self.layer.make_bootable()
        assert self.layer.run("systemctl", "enable", unit.name).returncode == 0
        (self.layer.root / "boot/efi").mkdir(exist_ok=True)

    def _system(self, version: str) -> Path:
        self.layer.write("etc/image-version", f"{version}\n")
        return self.layer.disk(self.folder / f"system-{version}.img", f"{SLOT_MIB}M")

    def _partitions(self, system: Path) -> None:
        run("truncate", "-s", f"{2 * SLOT_MIB + 2 * SMALL_MIB + 4}M", self.disk)
        subprocess.run(["sfdisk", "-q", self.disk], input=TABLE, text=True, check=True, capture_output=True)
        data = self.folder / "data.img"
        content = self.layer.root / "var/lib/visitor-kiosk"
        run("mke2fs", "-q", "-F", "-t", "ext4", "-d", content, data, f"{SMALL_MIB}M")
        for part, start in ((system, 1 + SMALL_MIB), (data, 1 + SMALL_MIB + 2 * SLOT_MIB)):
            run("dd", f"if={part}", f"of={self.disk}", "bs=1M", f"seek={start}", "conv=notrunc,sparse")
            part.unlink()
        loader, words, menu = (self.folder / name for name in ("BOOTX64.EFI", "grubenv", "grub.cfg"))
        run("grub-mkimage", "-O", "x86_64-efi", "-p", "/visitor-kiosk", "-o", loader, *MODULES)
        run("grub-editenv", words, "create")
        run("grub-editenv", words, "set", *WORDS)
        more = QUIET.format(serial=AMD64.serial)
        menu.write_text((RECIPE / "grub.cfg").read_text().replace(" ro quiet ", f" ro quiet {more} "))
        efi = f"{self.disk}@@1M"
        run("mformat", "-i", efi, "-F", "-T", str(SMALL_MIB * 2048), "::")
        run("mmd", "-i", efi, "::EFI", "::EFI/BOOT", "::visitor-kiosk")
        run("mcopy", "-i", efi, loader, "::EFI/BOOT/")
        run("mcopy", "-i", efi, words, menu, "::visitor-kiosk/")

    def _bundles(self, system: Path) -> None:
        """Pack the second system as the recipe says, and the same with a byte changed."""
        place = self.layer.root / "srv/bundle"
        place.mkdir(parents=True)
        shutil.move(system, place / "root.img")
        shutil.copy(RECIPE / "manifest.raucm", place)
        for name in ("key.pem", "cert.pem"):
            shutil.copy(self.folder / name, self.layer.root / "srv")
        signer = ("--cert=/srv/cert.pem", "--key=/srv/key.pem", "--keyring=/srv/cert.pem")
        quick = "--mksquashfs-args=-comp lz4"
        done = self.layer.run("rauc", "bundle", *signer, quick, "/srv/bundle", "/srv/good.raucb")
        assert done.returncode == 0, done.stdout + done.stderr
        sticks = self.folder / "stick"
        sticks.mkdir()
        shutil.move(self.layer.root / "srv/good.raucb", sticks)
        torn = bytearray((sticks / "good.raucb").read_bytes())
        torn[len(torn) // 3] ^= 1
        (sticks / "torn.raucb").write_bytes(torn)
        mib = 2 * len(torn) // 2**20 + 64
        run("mke2fs", "-q", "-F", "-t", "ext4", "-d", sticks, self.stick, f"{mib}M")
        shutil.rmtree(sticks)

    @contextmanager
    def started(self, version: str) -> Iterator[Machine]:
        """Switch it on and wait for the lobby; the system that has started must be this one."""
        settings = self.folder / "vars.fd"
        shutil.copy(FIRMWARE / "OVMF_VARS_4M.fd", settings)
        firmware = ("-drive", f"if=pflash,format=raw,readonly=on,file={FIRMWARE}/OVMF_CODE_4M.fd")
        firmware += ("-drive", f"if=pflash,format=raw,file={settings}")
        stick = ("-drive", f"file={self.stick},format=raw,if=virtio,readonly=on")
        with Machine(self.folder, self.disk, None, "", *firmware, *stick, snapshot=False) as machine:
            machine.wait_until_up(900)
            assert machine.sh("cat /etc/image-version") == version
            settled(machine, 300)
            yield machine


def wait_until_marked(machine: Machine) -> None:
    """Wait until the unit of the recipe has marked the slot good; what systemd says is in the fault."""
    try:
        until(lambda: machine.sh(f"systemctl is-active {MARK}") == "active", 400, 5)
    except TimeoutError as error:
        said = machine.sh(f"systemctl status --no-pager -l {MARK}; journalctl -b --no-pager | tail -40")
        raise TimeoutError(said) from error


def words(machine: Machine) -> set[str]:
    """Return what the boot loader will find."""
    return set(machine.sh("grub-editenv /boot/efi/visitor-kiosk/grubenv list").splitlines())


@pytest.fixture(scope="module")
def terminal(installed) -> Iterator[Terminal]:
    folder = image.RUN / "slot-boot"
    with Layer(installed.root, folder / "layer") as layer:
        yield Terminal(layer, folder)
        shutil.rmtree(folder, ignore_errors=True)


def test_an_update_is_tried_once_left_when_it_is_not_well_and_kept_when_it_is(terminal):
    with terminal.started("1") as machine:
        wait_until_marked(machine)
        assert "A_TRY=0" in words(machine)
        machine.sh("mount -o ro /dev/vdb /mnt")
        torn = machine.sh("rauc install /mnt/torn.raucb; echo code $?", 600)
        assert torn.splitlines()[-1] != "code 0", torn
        assert machine.sh("rauc install /mnt/good.raucb > /dev/null 2>&1; echo code $?", 1200) == "code 0"
        assert {"ORDER=B A", "B_OK=1", "B_TRY=0"} <= words(machine)
    with terminal.started("2") as machine:
        assert "B_TRY=1" in words(machine)  # and it is switched off before it was marked good
    with terminal.started("1") as machine:
        machine.sh("rauc status mark-active other")
    with terminal.started("2") as machine:
        wait_until_marked(machine)
        assert {"ORDER=B A", "B_TRY=0"} <= words(machine)
        assert "visitor-kiosk" in machine.sh("rauc status")
    with terminal.started("2"):
        pass

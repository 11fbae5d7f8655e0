"""Makes a minimal Debian 13 from nothing, with the package in it, to boot in a container or a machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Self

from kiosk.agency.keep import keep_good_set
from kiosk.house import last_good
from tests.terminal.processor import AMD64, Processor

ROOT = Path(__file__).parents[2]
KEEP = Path(os.environ.get("TERMINAL_FOLDER", "/var/tmp/visitor-kiosk-terminal"))
RUN = KEEP / f"run-{os.getpid()}"
"""What one run of the tests makes and takes away again; what a killed one has left goes with the next."""
SYSTEM = (
    "systemd",
    "systemd-sysv",
    "udev",
    "dbus",
    "initramfs-tools",
    "login",
    "passwd",
)
WATCHING = ("grim", "strace")  # for the tests only
NEEDED = ("mmdebstrap", "systemd-nspawn", "dpkg-deb", "mount")
PROGRAM = (sys.executable, str(ROOT / "run_kiosk.py"))


def missing(*programs: str) -> str:
    """Return why the tests cannot run here; empty if they can."""
    lacking = [program for program in (*NEEDED, *programs) if not shutil.which(program)]
    if os.geteuid() != 0:
        return "these tests need root"
    if lacking:
        return f"not installed: {', '.join(lacking)}"
    tried = ["unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    may_mount = subprocess.run(tried, capture_output=True, check=False).returncode == 0
    return "" if may_mount else "this root may not mount and make namespaces"


def sweep() -> None:
    """Take away what runs left that were killed."""
    for folder in KEEP.glob("run-*"):
        if not Path("/proc", folder.name.removeprefix("run-")).exists():
            mounted = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
            for place in reversed([each for each in mounted if each.startswith(f"{folder}/")]):
                subprocess.run(["umount", "--lazy", place], check=False)
            shutil.rmtree(folder, ignore_errors=True)


def package(out: Path, *more: str | Path) -> Path:
    """Build the package of this checkout."""
    command = [*PROGRAM, "package", "--out", out, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def dependencies(deb: Path) -> list[str]:
    """Return the names of the packages it depends on."""
    command = ["dpkg-deb", "-f", deb, "Depends"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [re.split(r"[ (|]", each.strip())[0] for each in said.split(",")]


def debian(deb: Path, processor: Processor = AMD64) -> Path:
    """Return a minimal Debian with the dependencies; made once from the network, then kept.

    What a kept one lacks comes with the package when that is installed: apt fetches it, as on a terminal.
    """
    name = "debian" if processor == AMD64 else f"debian-{processor.debian}"
    folder, list_ = KEEP / name, KEEP / f"{name}.list"
    wanted = sorted({*SYSTEM, f"linux-image-{processor.debian}", *WATCHING, *dependencies(deb)})
    if list_.is_file() and {*SYSTEM, *WATCHING} <= set(list_.read_text().split()) <= set(wanted):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    KEEP.mkdir(parents=True, exist_ok=True)
    kind = (f"--architectures={processor.debian}", "--variant=minbase", "--format=directory")
    command = ["mmdebstrap", *kind, f"--include={','.join(wanted)}"]
    lean = ['--aptopt=APT::Install-Recommends "false"', "--skip=cleanup/apt/lists"]
    subprocess.run([*command, *lean, "trixie", folder], check=True)
    list_.write_text("\n".join(wanted))
    return folder


SHELL = """\
[Unit]
Description=Root shell on the serial line, for the tests
After=systemd-user-sessions.service
[Service]
Type=simple
ExecStartPre=/bin/sh -c 'echo TERMINAL-IS-UP > /dev/{serial}'
ExecStart=/bin/sh -i
StandardInput=tty-force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/{serial}
TTYRows=50
TTYColumns=500
Environment=PS1= TERM=dumb HOME=/root LC_ALL=C.UTF-8
Restart=always
[Install]
WantedBy=multi-user.target
"""

FONTS = "find /usr/share/fonts /usr/local/share/fonts -type d -exec touch -d @1790000000 {} + ; fc-cache -sf"
"""As the README has it: mke2fs keeps whole seconds, and fontconfig compares all of a time with its cache."""
SLOW = "[Service]\nTimeoutStartSec=10min\nWatchdogSec=2min\n"


REAL = {
    "demo = true\n": "",
    "This is a demonstration. Your site writes here who runs this screen.": "Run by the front desk.",
    "width_mm = 268.0\n": "width_mm = 268.0\nlower_edge_mm = 700\n",
}
"""What turns the demonstration site into one of an agency, and its panel into one that was measured."""


class Layer:
    """A copy of a system that costs nothing: an overlay. Everything written goes with it."""

    def __init__(self, below: Path, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root"
        for name in ("upper", "work", "root"):
            (folder / name).mkdir(parents=True)
        parts = f"lowerdir={below},upperdir={folder}/upper,workdir={folder}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", parts, self.root], check=True)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program in it, with /proc, /sys and /dev; no systemd."""
        nspawn = [
            "systemd-nspawn",
            "--quiet",
            "--register=no",
            "--keep-unit",
            "--timezone=off",  # or it would be the one of this machine
            "--pipe",
            "-D",
            self.root,
            "--",
        ]
        return subprocess.run([*nspawn, *command], capture_output=True, text=True, check=False)

    def install(self, deb: Path) -> None:
        """Install the package as an administrator does."""
        shutil.copy(deb, self.root / "root")
        self.add(f"/root/{deb.name}")
        (self.root / "root" / deb.name).unlink()

    def add(self, *packages: str) -> None:
        """Install more packages of Debian's, or files."""
        command = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
        done = self.run("env", "DEBIAN_FRONTEND=noninteractive", *command)
        assert done.returncode == 0, done.stdout + done.stderr

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Write a file in it."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        place.chmod(mode)

    def take_content(self, folder: Path) -> None:
        """Build this content into one file, and lead the link that the kiosk reads to it; keep it as good."""
        place = self.root / "var/lib/visitor-kiosk"
        built, content = place / "directory.kiosk", place / "content"
        command = [*PROGRAM, "build", "--content", folder, "--out", built]
        subprocess.run(command, check=True, capture_output=True)
        content.unlink()
        content.symlink_to(built.name)
        keep_good_set(content, last_good(content))

    def take_site(self) -> None:
        """Make the demonstration a site that is none, with all that its technician measures and sets."""
        place = self.root / "etc/visitor-kiosk/site.toml"
        said = place.read_text()
        for words, instead in REAL.items():
            assert words in said
            said = said.replace(words, instead)
        place.write_text(said)
        (zone,) = re.findall(r'^time_zone = "(.+)"$', said, re.MULTILINE)
        (self.root / "etc/localtime").unlink(missing_ok=True)
        (self.root / "etc/localtime").symlink_to(f"/usr/share/zoneinfo/{zone}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        subprocess.run(["umount", "--lazy", self.root], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_bootable(self, processor: Processor = AMD64) -> None:
        """Lock it as an administrator does, and give the tests a shell on the serial line."""
        self.write("etc/systemd/system/test-shell.service", SHELL.format(serial=processor.serial))
        for unit in ("visitor-kiosk", "visitor-kiosk-display"):  # an emulated processor is slow
            self.write(f"etc/systemd/system/{unit}.service.d/slow.conf", SLOW)
        self.write("root/touch.py", (Path(__file__).parent / "touch.py").read_text())
        self.write("etc/machine-id", "0123456789abcdef0123456789abcdef\n")
        (self.root / "var/lib/systemd/linger").mkdir(parents=True, exist_ok=True)
        for command in (
            ("sh", "-c", FONTS),
            ("systemctl", "enable", "test-shell.service"),
            ("passwd", "-l", "root"),
            ("visitor-kiosk", "lock"),
        ):
            done = self.run(*command)
            assert done.returncode == 0, done.stdout + done.stderr

    def disk(self, image: Path, size: str = "3G") -> Path:
        """Write it into a disk image."""
        image.unlink(missing_ok=True)
        command = ["mke2fs", "-q", "-F", "-t", "ext4", "-d", self.root, "-L", "root", image, size]
        subprocess.run(command, check=True, capture_output=True)
        return image


def verity(deb: Path, out: Path) -> Path:
    """Make the verified image by the shipped script, with a shell for the tests in it; return `out`."""
    units = out / "units"
    units.mkdir(parents=True)
    (units / "test-shell.service").write_text(SHELL.format(serial=AMD64.serial))
    for unit in ("visitor-kiosk", "visitor-kiosk-display"):
        (units / f"{unit}.service.d").mkdir()
        (units / f"{unit}.service.d/slow.conf").write_text(SLOW)
    more = [f"copy-in {path} /etc/systemd/system" for path in sorted(units.iterdir())]
    hooks = [f"--customize-hook={each}" for each in (*more, 'chroot "$1" systemctl enable test-shell')]
    build = ROOT / "kiosk/deploy/image/build.sh"
    done = subprocess.run([build, deb, out, *hooks], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return out

"""Builds the Debian package from this folder: one file for all machines, bit-identical when built twice.

dpkg-deb writes it. Times are those of SOURCE_DATE_EPOCH (reproducible-builds.org), else of the last commit;
owners are root, modes are settled here, and nothing of this machine goes into it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.shipped import BUILT_AT, ROOT_JSON, as_built

ROOT: Final = Path(__file__).parents[2]
DEPLOY: Final = Path(__file__).parent
HOME: Final = "usr/share/visitor-kiosk"
UPDATE_ENV: Final = "etc/visitor-kiosk/update.env"
UNITS: Final = "usr/lib/systemd/system"
PLACES: Final = {
    "visitor-kiosk.service": UNITS,
    "visitor-kiosk-display.service": UNITS,
    "visitor-kiosk-measure.service": UNITS,
    "visitor-kiosk-print.service": UNITS,
    "visitor-kiosk-update.service": UNITS,
    "visitor-kiosk-update.timer": UNITS,
    "visitor-kiosk-update-usb@.service": UNITS,
    "seatd.conf": f"{UNITS}/seatd.service.d/60-visitor-kiosk.conf",
    "visitor-kiosk.preset": "usr/lib/systemd/system-preset/60-visitor-kiosk.preset",
    "visitor-kiosk.sysusers": "usr/lib/sysusers.d/visitor-kiosk.conf",
    "visitor-kiosk.tmpfiles": "usr/lib/tmpfiles.d/visitor-kiosk.conf",
    "visitor-kiosk-command": "usr/bin/visitor-kiosk",
    "visitor-kiosk-generator": "usr/lib/systemd/system-generators/visitor-kiosk",
    "visitor-kiosk-touch": "usr/lib/udev/visitor-kiosk-touch",
    "visitor-kiosk-touch.rules": "usr/lib/udev/rules.d/90-visitor-kiosk-touch.rules",
    "weston.conf": "usr/share/doc/visitor-kiosk/examples/weston.conf",
    "weston.ini": "usr/share/doc/visitor-kiosk/examples/weston.ini",
}
"""Where each file of `units` goes; a folder keeps the name of the file."""
PROGRAMS: Final = (
    "usr/bin/visitor-kiosk",
    "usr/lib/systemd/system-generators/visitor-kiosk",
    "usr/lib/udev/visitor-kiosk-touch",
)
LEFT_OUT: Final = ("assets/pictures/", "kiosk/deploy/ansible/", "kiosk/deploy/fleet/")
_SECONDS: Final = re.compile(r"[0-9]{1,10}", re.ASCII)
"""Until 2286: one digit more is milliseconds, and terminals would take all content as expired."""
_VERSION: Final = re.compile(r"[0-9][A-Za-z0-9.+~]*", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9\[][A-Za-z0-9!#%&()*+,./:;=?@_~\[\]-]*", re.ASCII)
"""What means the same in a file of systemd's for the environment (systemd.exec(5)) as in a command."""
_MAINTAINER: Final = re.compile(r"[^<>\s][^<>\n]* <[^<>@\s]+@[^<>@\s]+>")


class NotBuiltError(Exception):
    """The package cannot be built; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Updates:
    """Whose content the terminals take: the bytes of the agency's root.json, and the server they ask."""

    root_json: bytes
    update_from: str | None = None


def build(
    out: Path, version: str | None = None, maintainer: str | None = None, updates: Updates | None = None
) -> Path:
    """Build `visitor-kiosk_VERSION_all.deb` in the folder `out` and return its path.

    `maintainer` is who answers for the package: "IT of the city <it@city.example>", as Debian writes it.
    Without `updates` whoever installs it says on the terminal whom it may trust.
    Raises NotBuiltError, and OSError when `out` cannot be written. What was there stays until it is whole.
    """
    version = version or version_of(ROOT)
    if not _VERSION.fullmatch(version):
        raise NotBuiltError(f'"{version}" is no version of a package; write one such as 0.1.0 or 0.1.0+city1')
    maintainer = maintainer or maintainer_in(os.environ)
    if not _MAINTAINER.fullmatch(maintainer):
        raise NotBuiltError(
            f'"{maintainer}" names nobody; write a name and an address: IT of the city <it@city.example>'
        )
    if updates and updates.update_from is not None and not _ADDRESS.fullmatch(updates.update_from):
        raise NotBuiltError(
            f'"{updates.update_from}" is no address of a web server; write one such as https://city.example/kiosk'
        )
    if not shutil.which("dpkg-deb"):
        raise NotBuiltError("dpkg-deb is missing. Install it: apt-get install dpkg")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".package-") as folder:
        tree = Path(folder) / "tree"
        seconds = built_at(ROOT)
        stage(tree, version, maintainer, seconds, updates)
        settle(tree, seconds)
        fresh = Path(folder) / f"visitor-kiosk_{version}_all.deb"
        _write(tree, fresh)
        return fresh.replace(out / fresh.name)


def stage(tree: Path, version: str, maintainer: str, seconds: int, updates: Updates | None = None) -> None:
    """Lay out below `tree` what the package installs, and its control files; `seconds` is its time."""
    for source in sources():
        _copy(ROOT / source, tree / HOME / source)
    for name, place in PLACES.items():
        target = tree / place
        _copy(DEPLOY / "units" / name, target / name if place == UNITS else target)
    _copy(ROOT / "data" / "sites" / "police-lobby.toml", tree / "etc/visitor-kiosk/site.toml")
    (tree / HOME / BUILT_AT).write_text(as_built(seconds), encoding="ascii")
    if updates:
        _lay_out_updates(tree, updates)
    papers = tree / "usr/share/doc/visitor-kiosk"
    _copy(ROOT / "README.md", papers / "README.md")
    _copy(DEPLOY / "debian" / "copyright", papers / "copyright")
    with (papers / "copyright").open("a", encoding="utf-8") as file:
        lines = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()
        file.writelines(f" {line.strip() or '.'}\n" for line in lines)
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    for name in ("control", "conffiles", "postinst", "prerm", "postrm"):
        _copy(DEPLOY / "debian" / name, tree / "DEBIAN" / name)
    if (tree / UPDATE_ENV).exists():
        with (tree / "DEBIAN" / "conffiles").open("a", encoding="ascii") as file:
            file.write(f"/{UPDATE_ENV}\n")
    control = tree / "DEBIAN" / "control"
    told = {"version": version, "maintainer": maintainer, "installed_kb": size // 1024 + 1}
    control.write_text(control.read_text(encoding="utf-8").format(**told), encoding="utf-8")


def _lay_out_updates(tree: Path, updates: Updates) -> None:
    (tree / HOME / ROOT_JSON).write_bytes(updates.root_json)
    if updates.update_from is not None:
        (tree / UPDATE_ENV).write_text(
            "# The folder of signed content, asked every night. What you change here is kept.\n"
            f"UPDATE_FROM={updates.update_from}\n",
            encoding="ascii",
        )


def sources() -> Iterator[str]:
    """Every file of the program and its content, by its path from here; no caches, no hidden files."""
    for path in sorted(
        (*(ROOT / "kiosk").rglob("*"), *(ROOT / "assets").rglob("*"), *(ROOT / "data").rglob("*"))
    ):
        name = path.relative_to(ROOT).as_posix()
        hidden = any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
        if path.is_file() and not hidden and not name.startswith(LEFT_OUT):
            yield name


def settle(tree: Path, seconds: int) -> None:
    """Give every file and folder below `tree` the same time, and a mode that is not this machine's."""
    programs = {tree / name for name in PROGRAMS} | {
        tree / "DEBIAN" / n for n in ("postinst", "prerm", "postrm")
    }
    for path in (*tree.rglob("*"), tree):
        path.chmod(0o755 if path.is_dir() or path in programs or path.suffix == ".sh" else 0o644)
        os.utime(path, (seconds, seconds))


def maintainer_in(environment: Mapping[str, str]) -> str:
    """Return who builds this by DEBFULLNAME and DEBEMAIL (devscripts(1)), else the authors.

    Whoever builds a package answers for it: the authors have no address for the packages of others.
    """
    name = environment.get("DEBFULLNAME", "").strip() or "The Visitor Kiosk authors"
    return f"{name} <{environment.get('DEBEMAIL', '').strip() or 'root@localhost'}>"


def version_of(root: Path) -> str:
    """Return the version in pyproject.toml. Raises NotBuiltError where this is no folder of the sources."""
    try:
        with (root / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])
    except FileNotFoundError:
        raise NotBuiltError(f"{root} has no pyproject.toml; run this in the folder of the sources") from None


def built_at(root: Path) -> int:
    """Return the seconds since 1970 that stand in the package: SOURCE_DATE_EPOCH, or the last commit."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if told:
        if not _SECONDS.fullmatch(told):
            raise NotBuiltError(
                f'SOURCE_DATE_EPOCH is "{told}"; write seconds since 1970, such as 1790000000'
            )
        return int(told)
    command = ("git", "-C", str(root), "log", "-1", "--format=%ct")
    try:
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603 - nothing of it comes from outside
    except (OSError, ValueError, subprocess.CalledProcessError):
        told = "this folder has no history of git, so nobody knows the time of the sources"
        raise NotBuiltError(f"{told}; set SOURCE_DATE_EPOCH to seconds since 1970") from None


def _write(tree: Path, fresh: Path) -> None:
    settled = {"SOURCE_DATE_EPOCH": str(int(tree.stat().st_mtime)), "PATH": os.environ["PATH"], "LC_ALL": "C"}
    command = ("dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(fresh))
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=settled)  # noqa: S603 - nothing of it comes from outside
    if done.returncode:
        raise NotBuiltError(f"dpkg-deb failed: {done.stderr.strip()}")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)

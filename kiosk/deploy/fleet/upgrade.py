#!/usr/bin/python3 -I
"""Upgrades the kiosk's package on a terminal, and puts the version before back where it is not healthy.

It stands on its own, outside the package: what it judges cannot break it. Healthy means that for some time
the units run without being restarted, that doctor finds nothing wrong that was not wrong before, and that a
terminal that was locked is locked: a new version may close more, so its lock is written before it is asked.
A version that was put back is not tried again. Cut short at any point, the next run goes on: judge it, keep
it or put the old one back.

Exit codes: 0 nothing to do, or upgraded; 1 the version before was put back; 2 it could not. It says nothing
of visitors and talks to nothing but the repositories that apt has.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGE: Final = "visitor-kiosk"
UNITS: Final = ("seatd.service", "visitor-kiosk-display.service", "visitor-kiosk.service")
"""In the order in which they are started."""
DOCTOR: Final = (
    *("visitor-kiosk", "doctor", "--json", "--site", "/etc/visitor-kiosk/site.toml"),
    *("--content", "/var/lib/visitor-kiosk/content"),
)
LOCK: Final = ("visitor-kiosk", "lock")
NO_STICKS: Final = Path("/etc/modprobe.d/60-visitor-kiosk.conf")
"""A file of the lock; it names usb-storage where no stick is to be used."""
APT: Final = ("apt-get", "-y", "-q", "-o", "Dpkg::Options::=--force-confold")
LONGEST_S: Final = 1800
MOST_RESTARTS: Final = 2
"""More than this while it settles, and a version is not healthy."""
LOOK_EVERY_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A new version in the place of an old one; `wrong` is what doctor found wrong before it."""

    old: str
    new: str
    wrong: frozenset[str]
    locked: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What outlives a run: packages that were good, the trial under way, versions that were put back."""

    folder: Path

    def package(self, version: str) -> Path:
        """Where the package of a version is kept."""
        return self.folder / f"{PACKAGE}_{re.sub('[^A-Za-z0-9.+~-]', '_', version)}.deb"

    def trial(self) -> Trial | None:
        """The trial that was cut short."""
        try:
            noted = json.loads(_read(self.folder / "trial"))
            wrong = frozenset(map(str, noted["wrong"]))
            return Trial(str(noted["old"]), str(noted["new"]), wrong, noted.get("locked") is True)
        except (ValueError, KeyError, TypeError):
            return None

    def begin(self, trial: Trial) -> None:
        """Note a trial before anything is changed."""
        noted = {"old": trial.old, "new": trial.new, "wrong": sorted(trial.wrong), "locked": trial.locked}
        _write(self.folder / "trial", json.dumps(noted))

    def end(self) -> None:
        """The trial is decided."""
        (self.folder / "trial").unlink(missing_ok=True)

    def refused(self) -> list[str]:
        """The versions that were put back."""
        return _read(self.folder / "refused").split()

    def refuse(self, version: str) -> None:
        """Never try this version again."""
        _write(self.folder / "refused", "\n".join([*self.refused(), version, ""]))

    def clear(self, keep: str) -> None:
        """Keep one package only."""
        for path in self.folder.glob(f"{PACKAGE}_*.deb"):
            if path != self.package(keep):
                path.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    """Go on with a trial that was cut short, else try the newest version that was not put back."""
    options = _parser().parse_args(arguments)
    options.state.mkdir(parents=True, exist_ok=True)
    with (options.state / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return _say("another upgrade is under way", 2)
        return _upgrade(Shelf(options.state), options.settle)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Upgrade the kiosk, and go back where it is not healthy.")
    state = os.environ.get("STATE_DIRECTORY", "/var/lib/visitor-kiosk-upgrade")
    parser.add_argument("--state", type=Path, default=Path(state), metavar="DIR", help="what it keeps")
    parser.add_argument(
        "--settle", type=float, default=60, metavar="SECONDS", help="how long it must run well"
    )
    return parser


def _upgrade(shelf: Shelf, settle_s: float) -> int:
    if trial := shelf.trial():
        _run("dpkg", "--configure", "-a", "--force-confold")
        if _installed() != trial.old:
            return _judge(shelf, trial, settle_s)
        shelf.end()  # nothing had been changed yet
    if _run(*APT, "update").returncode:
        return _say("the lists of apt cannot be renewed", 2)
    old, new = _installed(), _candidate()
    if not old:
        return _say(f"{PACKAGE} is not installed", 2)
    if not new or new in shelf.refused() or not _is_newer(new, old):
        return _say(f"{old} stays", 0)
    if not _kept(shelf, old):
        return _say(
            f"{old} cannot be fetched, so there would be no way back from {new}; nothing is changed", 2
        )
    trial = Trial(old, new, _wrong(), _is_locked())
    shelf.begin(trial)
    if _run(*APT, "install", f"{PACKAGE}={new}").returncode:
        _run("dpkg", "--configure", "-a", "--force-confold")
    return _judge(shelf, trial, settle_s)


def _judge(shelf: Shelf, trial: Trial, settle_s: float) -> int:
    """Keep the new version, or put the old one back."""
    old, new = trial.old, trial.new
    why = "it was not installed" if _installed() != new else _not_healthy(trial, settle_s)
    if not why:
        _kept(shelf, new)
        shelf.end()
        shelf.clear(new)
        return _say(f"{new} is healthy", 0)
    shelf.refuse(new)
    package = shelf.package(old)
    done = _run(*APT, "install", "--allow-downgrades", str(package.resolve()))
    if trial.locked:
        _lock_anew()
    said = f"{new} is not healthy ({why})"
    if done.returncode or _installed() != old:
        by_hand = f"apt-get install --allow-downgrades {package}"
        return _say(f"{said}, and {old} could not be put back; do it by hand: {by_hand}", 2)
    shelf.end()
    return _say(f"{said}; {old} is put back", 1)


def _not_healthy(trial: Trial, settle_s: float) -> str:
    """Return why the kiosk is not healthy; empty when it is."""
    if trial.locked:
        _lock_anew()
    _run("systemctl", "restart", *UNITS)  # or the processes of the old version would be judged
    began = {unit: _restarts(unit) for unit in UNITS}
    end = time.monotonic() + settle_s
    while True:
        time.sleep(min(LOOK_EVERY_S, max(0.0, end - time.monotonic())))
        for unit in UNITS:
            state = _run("systemctl", "is-active", unit).stdout.strip()
            if _restarts(unit) - began[unit] > MOST_RESTARTS:
                return f"{unit} was restarted more than {MOST_RESTARTS} times"
            if time.monotonic() >= end and state != "active":
                return f"{unit} is {state or 'unknown'}"
        if time.monotonic() >= end:
            break
    if worse := _wrong() - trial.wrong:
        return f"doctor: {', '.join(sorted(worse))}"
    return "it is not locked any more" if trial.locked and not _is_locked() else ""


def _wrong() -> frozenset[str]:
    """Return the checks of doctor that are wrong; "doctor" itself when it does not answer."""
    try:
        findings = json.loads(_run(*DOCTOR).stdout)["findings"]
        return frozenset(str(each["check"]) for each in findings if each["level"] == 2)
    except (ValueError, KeyError, TypeError):
        return frozenset({"doctor"})


def _is_locked() -> bool:
    return _run(*LOCK, "--check").returncode == 0


def _lock_anew() -> None:
    """Write the lock of the version that is installed, and give its settings to the kernel."""
    sticks = () if "usb-storage" in _read(NO_STICKS) else ("--usb-sticks",)
    _run(*LOCK, *sticks)
    _run("systemctl", "daemon-reload")
    _run("systemctl", "restart", "systemd-sysctl.service")


def _restarts(unit: str) -> int:
    said = _run("systemctl", "show", "--property=NRestarts", "--value", unit).stdout.strip()
    return int(said) if said.isdigit() else 0


def _installed() -> str:
    """Return the version that is installed as a whole; empty for one whose scripts failed."""
    words = _run(
        "dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", PACKAGE
    ).stdout.split()
    return words[1] if len(words) == 2 and words[0] == "installed" else ""


def _candidate() -> str:
    found = re.search(r"^  Candidate: (\S+)$", _run("apt-cache", "policy", PACKAGE).stdout, re.MULTILINE)
    return found[1] if found and found[1] != "(none)" else ""


def _is_newer(new: str, old: str) -> bool:
    return _run("dpkg", "--compare-versions", new, "gt", old).returncode == 0


def _kept(shelf: Shelf, version: str) -> bool:
    """Have the package of a version on the shelf; apt checks what it fetches against the signed list."""
    package = shelf.package(version)
    if package.is_file():
        return True
    fetched = shelf.folder / "fetched"
    fetched.mkdir(exist_ok=True)
    for rest in fetched.iterdir():
        rest.unlink()
    _run("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", f"{PACKAGE}={version}", folder=fetched)
    found = next(iter(fetched.glob("*.deb")), None)
    if found:
        found.replace(package)
    fetched.rmdir()
    return found is not None


def _run(*command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; a missing or hanging one counts as failed."""
    settled = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own commands, no shell
            command,
            cwd=folder,
            env=settled,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))
    if command[0] == "apt-get":  # apt-get update ends well with lists it refused; it only warns of them
        sys.stderr.write(done.stderr[-2000:])
    return done


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _write(path: Path, words: str) -> None:
    """Write a file whole, on the disk before this returns."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _say(words: str, code: int) -> int:
    sys.stdout.write(f"visitor-kiosk-upgrade: {words}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())

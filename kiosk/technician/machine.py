"""What the doctor says of the machine: clock, time zone, swap, memory, exposure, printer, voices."""

from __future__ import annotations

import re
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.content.clips import FOLDER
from kiosk.content.faults import ContentError
from kiosk.content.stored import open_stored
from kiosk.deploy.exposure import MOST, OTHERS
from kiosk.fittings import Printer
from kiosk.slip.command import missing
from kiosk.speech.command import ESPEAK, PLAYER, VOICES, has_player, is_installed
from kiosk.technician.facts import Facts, Set
from kiosk.technician.finding import Finding, command, look, ok, plain, wrong
from kiosk.technician.update_state import warned_of_clock

HIGH_EXPOSURE: Final = 5.0
"""Of systemd-analyze security, 0 to 10; from here on systemd calls it medium."""
_EXPOSURE: Final = re.compile(r"Overall exposure level for ([^:\s]+): (\d+(?:\.\d+)?)")
_INSTANCE: Final = re.compile(r"@[^@]*(?=\.service$)")
"""systemd-analyze judges a template by an instance of its own making."""
_FREED: Final = re.compile(r"(?:^|\s)init_on_free=(\S+)")
TURN_SWAP_OFF: Final = "turn it off: swapoff -a, and take it out of /etc/fstab"
MEND_SITE: Final = "mend the site file first"
INSTALL: Final = "install the package, so that it can reach neither network nor disk, then lock it"
ERASE: Final = "add init_on_free=1 to the kernel's command line"


def clock(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether the clock can be right."""
    newest = _newest(kiosk)
    if newest and facts.now.date() < newest.date():
        told = f"The clock says {facts.now:%Y-%m-%d}, but numbers were checked on {newest:%Y-%m-%d}."
        return wrong("clock", told, "set the clock; a dead battery of the clock chip sets it back")
    if warned := warned_of_clock(facts):
        return wrong("clock", f"The last update found that {warned}.", "set the clock, then start an update")
    if facts.is_synchronised:
        return ok("clock", "Something keeps the clock right.")
    told = "Nothing that can be seen here keeps the clock right."
    if not facts.has_clock_chip:
        told = (
            "Nothing keeps the clock right, and no clock chip that runs while the power is off can be seen."
        )
    return look("clock", told, "turn on a time service, or compare the clock with a telephone each month")


def time_zone(facts: Facts, kiosk: Set) -> Finding:
    """Say what time it is where the kiosk stands, and whether the machine itself goes by another zone."""
    if kiosk.settings is None:
        return look("time zone", "The time zone cannot be read.", MEND_SITE)
    zone = kiosk.settings.time_zone
    there = facts.now.astimezone(ZoneInfo(zone))
    said = f"By {zone} of the site file it is {there:%H:%M on %A}; compare it with a watch."
    if facts.zone is None or _same_time(facts.now, zone, facts.zone):
        return ok("time zone", said)
    apart = (
        f" The machine itself goes by {plain(facts.zone)}: visitors see no difference, but what it does at "
        "night and the times in its log follow that."
    )
    return look("time zone", f"{said}{apart}", f"timedatectl set-timezone {zone}")


def _same_time(now: datetime, one: str, other: str) -> bool:
    """True for two zones with the same time now and in half a year, such as two names of one."""
    try:
        zones = ZoneInfo(one), ZoneInfo(other)
    except (OSError, ValueError, LookupError):
        return False
    days = (now, now + timedelta(days=182))
    return all(day.astimezone(zones[0]).utcoffset() == day.astimezone(zones[1]).utcoffset() for day in days)


def swap(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether memory can reach a disk."""
    if facts.swaps is None:
        return look("swap", "Whether there is swap cannot be seen.", "run this on the kiosk itself")
    lines = [line.split() for line in facts.swaps.splitlines()[1:] if line.strip()]
    if not lines:
        return ok("swap", "There is no swap: what a visitor saw cannot reach a disk.")
    if all(words[0].startswith("/dev/zram") for words in lines):
        return look("swap", "Memory is swapped into memory (zram); pages may live on longer.", TURN_SWAP_OFF)
    return wrong("swap", "There is swap: what a visitor saw can be written to a disk.", TURN_SWAP_OFF)


def erasing(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether the kernel wipes memory when a process gives it back."""
    if facts.command_line is None:
        return look(
            "memory erasing", "The kernel's command line cannot be seen.", "run this on the kiosk itself"
        )
    asked = _FREED.findall(facts.command_line)
    built = "CONFIG_INIT_ON_FREE_DEFAULT_ON=y" in (facts.kernel_settings or "").splitlines()
    if asked[-1] in {"1", "y", "Y", "on"} if asked else built:
        return ok("memory erasing", "The kernel erases memory that a visit gives back.")
    return look("memory erasing", "The kernel does not erase memory that a visit gives back.", ERASE)


def exposure(facts: Facts, kiosk: Set) -> Finding:
    """Judge what the services of the kiosk and seatd may do; what a site file opens is not counted."""
    if not facts.units:
        return look("exposure", "The kiosk is not a service of this machine.", INSTALL)
    found = {name: float(level) for name, level in _EXPOSURE.findall(facts.exposure or "")}
    if not found:
        return look(
            "exposure", "What the services may do cannot be judged.", "look at systemd-analyze security"
        )
    worst = max(found, key=lambda name: found[name] - most_of(name))
    said = f"{worst} has {found[worst]} of 10, and may have {most_of(worst)}"
    if found[worst] <= most_of(worst):
        told = f"None of {len(found)} services may do more than it should. The nearest is {said}."
        return ok("exposure", told)
    judge = wrong if found[worst] >= HIGH_EXPOSURE else look
    todo = f"look for a file of somebody else: systemctl cat {worst}, systemd-analyze security {worst}"
    return judge("exposure", f"A service may do more than it should: {said}.", todo)


def most_of(unit: str) -> float:
    """Return the most that a unit may have, as systemd-analyze names it."""
    return MOST.get(_INSTANCE.sub("@", unit), OTHERS)


def locked(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether the ways from the screen into the system are closed.

    Only a lock that is not there at all is wrong: a new version may close more than the lock of the old one
    did, and an upgrade must not be undone for that.
    """
    if not facts.units:
        return look("lock", "The kiosk is not installed here, so nothing is locked.", INSTALL)
    if facts.lock is None:
        return look("lock", "Whether the machine is locked cannot be seen.", "run this as root")
    count = len(facts.lock.open)
    if not count:
        return ok("lock", "The ways from the screen into the system are closed.")
    todo = f"{command('lock')}, restart, then look at all of it: {command('lock --check')}"
    if not facts.lock.stands:
        return wrong("lock", "The machine is not locked: a keyboard at it reaches the system.", todo)
    return look("lock", f"The lock is not whole; {count} open, the first: {facts.lock.open[0]}.", todo)


def printer(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether slips can be printed."""
    if kiosk.settings is None:
        return look("printer", "What the site wants to print cannot be read.", MEND_SITE)
    wanted = kiosk.settings.printer
    if wanted is None:
        return ok("printer", "The site has no printer.")
    if program := missing(wanted):
        return wrong("printer", f"The program {program} is not installed; nothing is printed.", "install it")
    return _queue(wanted, facts.printer_state) if wanted.queue else _device(Path(wanted.device))


def _queue(wanted: Printer, state: str | None) -> Finding:
    if state is None:
        todo = "start its print server, and add the queue with kiosk/deploy/cups/add-printer.sh"
        return wrong("printer", f'The queue "{wanted.queue}" does not answer.', todo)
    if "disabled" in state:
        return wrong("printer", f'The queue "{wanted.queue}" is stopped.', f"cupsenable {wanted.queue}")
    return ok("printer", f'The queue "{wanted.queue}" takes slips.')


def _device(device: Path) -> Finding:
    try:
        is_device = stat.S_ISCHR(device.stat().st_mode)
    except OSError:
        return wrong("printer", f"The printer {device} is not there.", "switch it on and plug it in")
    if not is_device:
        return wrong("printer", f"{device} is no device.", "delete that file, then plug the printer in again")
    return ok("printer", f"The printer {device} is there.")


def voices(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether each language of the site has a voice."""
    if kiosk.settings is None:
        return look("voices", "Whether the site wants a voice cannot be read.", MEND_SITE)
    if kiosk.settings.speech is None:
        return ok("voices", "The site has no voice.")
    if not is_installed():
        return wrong(
            "voices", f"{ESPEAK} is not installed; Listen is not shown.", f"apt-get install {ESPEAK}"
        )
    if facts.voices is None:
        return look("voices", "The voices cannot be listed.", f"look at {ESPEAK} --voices")
    there = {words[1] for line in facts.voices.splitlines()[1:] if len(words := line.split()) > 1}
    lacking = [code for code in kiosk.settings.languages if VOICES.get(code) not in there]
    if lacking:
        todo = f"apt-get install {ESPEAK} espeak-ng-data"
        return wrong("voices", f"There is no voice for: {', '.join(lacking)}.", todo)
    return _recordings(kiosk.folder)


def _recordings(content: Path) -> Finding:
    if not has_player() and ((content / FOLDER).is_dir() or _has_built_in(content)):
        told = f"There are recordings, but {PLAYER} is not installed; the voice says all."
        return look("voices", told, "apt-get install alsa-utils")
    return ok("voices", "There is a voice for each language of the site.")


def _has_built_in(content: Path) -> bool:
    """Whether a built file has recordings. What is wrong with the file is told of the content."""
    if not content.is_file():
        return False
    try:
        stored = open_stored(content)
    except ContentError:
        return False
    found = stored.clips(VOICES)
    stored.close()
    return bool(found)


def _newest(kiosk: Set) -> datetime | None:
    services = kiosk.library.services.values() if kiosk.library else ()
    newest = max((service.checked for service in services), default=None)
    return datetime(newest.year, newest.month, newest.day) if newest else None  # noqa: DTZ001

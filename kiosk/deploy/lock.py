"""Closes every way from the screen into the system, by drop-ins of its own below /etc; and opens them again.

It keeps no record of what was there: a file named 60-visitor-kiosk.conf, and a unit file that is empty, are
the lock's. An empty unit file masks the unit (systemd.unit(5)), and so does an administrator's link to
/dev/null, which is never touched. Sources: proc_sys_kernel(5), logind.conf(5), journald.conf(5),
coredump.conf(5), systemd-system.conf(5), modprobe.d(5), each of Debian 13.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NAME: Final = "60-visitor-kiosk.conf"
HEAD: Final = "# Written by `visitor-kiosk lock`; `visitor-kiosk lock --undo` takes it away.\n"
SETTINGS: Final = {
    "sysctl.d": (
        "kernel.sysrq = 0",
        "kernel.core_pattern = |/bin/false",
        "fs.suid_dumpable = 0",
        "kernel.yama.ptrace_scope = 2",
        "kernel.dmesg_restrict = 1",
        "kernel.kptr_restrict = 2",
        "kernel.kexec_load_disabled = 1",
        "kernel.unprivileged_bpf_disabled = 1",
        "vm.memfd_noexec = 2",  # no program that was only ever in memory
        "kernel.panic = 10",
        "kernel.panic_on_oops = 1",
    ),
    "systemd/logind.conf.d": (
        "[Login]",
        "NAutoVTs=0",
        "ReserveVT=0",
        "KillUserProcesses=yes",
        *(
            f"Handle{key}=ignore"
            for key in (
                *("PowerKey", "PowerKeyLongPress", "RebootKey", "RebootKeyLongPress"),
                *("SuspendKey", "SuspendKeyLongPress", "HibernateKey", "HibernateKeyLongPress"),
                *("LidSwitch", "LidSwitchExternalPower", "LidSwitchDocked"),
            )
        ),
        "IdleAction=ignore",
    ),
    "systemd/journald.conf.d": ("[Journal]", "Storage=volatile", "RuntimeMaxUse=16M", "ForwardToConsole=no"),
    "systemd/coredump.conf.d": ("[Coredump]", "Storage=none", "ProcessSizeMax=0"),
    "systemd/system.conf.d": (
        "[Manager]",
        "CtrlAltDelBurstAction=none",
        "RuntimeWatchdogSec=30s",
        "RebootWatchdogSec=2min",
        "DumpCore=no",
        "CrashShell=no",
        "CrashChangeVT=no",
        "DefaultLimitCORE=0",
        "ShowStatus=no",
    ),
    "modprobe.d": ("install usb-storage /bin/false", "install uas /bin/false"),
}
"""Lines of the lock's file in each folder below /etc."""
STICKS: Final = "modprobe.d"
STICKS_STAY: Final = ("# USB storage stays usable, for updates by stick.",)
MASKED: Final = (
    "ctrl-alt-del.target",
    "getty@.service",
    "autovt@.service",
    "serial-getty@.service",
    "container-getty@.service",
    "console-getty.service",
    "debug-shell.service",
    "emergency.service",
    "rescue.service",
    "systemd-firstboot.service",
    "swap.target",
    "sleep.target",
    "suspend.target",
    "hibernate.target",
    "hybrid-sleep.target",
    "suspend-then-hibernate.target",
)
LIVE: Final = {"kernel.sysrq": "0", "kernel.core_pattern": "|/bin/false"}
COMMAND_LINE: Final = ("init_on_free=1", "init_on_alloc=1", "panic=10", "vt.global_cursor_default=0")
UNWANTED: Final = {
    "usr/libexec/udisks2/udisksd": "udisks2 can mount what is plugged in; apt-get purge udisks2",
    "usr/sbin/rsyslogd": "rsyslog writes logs to the disk; apt-get purge rsyslog",
    "usr/bin/plymouth": "plymouth draws on the first terminal; apt-get purge plymouth",
    "var/log/journal": "an older journal lies on the disk; rm -r /var/log/journal",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What `check` found: what stands open, and what is advised but not written by the lock.

    `stands` is whether any part of the lock is there.
    """

    open: tuple[str, ...]
    notes: tuple[str, ...]
    stands: bool = True


def lock(root: Path, *, usb_sticks: bool = False) -> tuple[Path, ...]:
    """Write the lock below `root`. Return the unit files of somebody else, which stay. Raises OSError.

    Each file is whole or not there, so that a run that was cut short can be run again.
    """
    for folder, lines in SETTINGS.items():
        kept = STICKS_STAY if usb_sticks and folder == STICKS else lines
        _write(root / "etc" / folder / NAME, _text(kept))
    foreign = []
    for unit in MASKED:
        place = _mask(root, unit)
        if not os.path.lexists(place):
            _write(place, "")
        elif not _is_masked(place):
            foreign.append(place)
    return tuple(foreign)


def undo(root: Path) -> None:
    """Take away what `lock` wrote below `root`, and nothing else; also after half of it. Raises OSError."""
    for folder in SETTINGS:
        place = root / "etc" / folder / NAME
        place.unlink(missing_ok=True)
        _fresh(place).unlink(missing_ok=True)
        if folder.endswith(".conf.d"):  # the others belong to packages, also when they are empty
            with contextlib.suppress(OSError):  # it is not empty, or was never there
                place.parent.rmdir()
    for unit in MASKED:
        place = _mask(root, unit)
        _fresh(place).unlink(missing_ok=True)
        if _is_ours(place):
            place.unlink()


def check(root: Path) -> Found:
    """Compare every file, and on the running system also its kernel. Nothing is written."""
    found = [*_open_files(root)]
    notes = [told for path, told in UNWANTED.items() if _is_there(root / path)]
    if root == Path("/"):
        found += _open_now()
        notes += _lacks_at_boot()
    stands = any((root / "etc" / folder / NAME).exists() for folder in SETTINGS)
    return Found(tuple(found), tuple(notes), stands)


def _open_files(root: Path) -> Iterator[str]:
    for folder, lines in SETTINGS.items():
        place = root / "etc" / folder / NAME
        right = {_text(lines), _text(STICKS_STAY)} if folder == STICKS else {_text(lines)}
        if _read(place) not in right:
            yield f"{place} is missing or was changed; run lock"
        for other in _that_come_later(root, folder):
            yield f"{other} comes later than the lock and may undo it; rename it to one before {NAME}"
    for unit in MASKED:
        place = _mask(root, unit)
        if not _is_masked(place):
            whose = (
                "is somebody else's; delete it and run lock"
                if os.path.lexists(place)
                else "is open; run lock"
            )
            yield f"{unit} {whose}"


def _that_come_later(root: Path, folder: str) -> Iterator[Path]:
    """Files that are read after the lock's and speak of the same keys."""
    keys = {line.partition("=")[0].strip() for line in SETTINGS[folder] if "=" in line}
    for above in ("etc", "run", "usr/local/lib", "usr/lib"):
        for path in sorted((root / above / folder).glob("*.conf")):
            said = {line.partition("=")[0].strip().lstrip("-") for line in _read(path).splitlines()}
            if path.name > NAME and keys & said:
                yield path


def _open_now() -> Iterator[str]:
    """What the running kernel still allows; a restart closes it."""
    for key, wanted in LIVE.items():
        if (value := _read(Path("/proc/sys", *key.split("."))).strip()) != wanted:
            yield f"{key} is {value or 'unknown'} until the machine is restarted"
    if len(_read(Path("/proc/swaps")).splitlines()) > 1:
        yield "swap is on: memory of a visit may reach the disk; swapoff -a, and take it out of /etc/fstab"
    if any(_read(path).strip() == "agetty" for path in Path("/proc").glob("[0-9]*/comm")):
        yield "a login prompt is running; restart the machine"


def _lacks_at_boot() -> Iterator[str]:
    given = set(_read(Path("/proc/cmdline")).split())
    if lacking := [word for word in COMMAND_LINE if word not in given]:
        yield f"the kernel was started without {' '.join(lacking)}; see the README, Kernel and boot loader"
    menu = _read(Path("/boot/grub/grub.cfg"))
    if menu and "password" not in menu:
        yield "the boot menu can be edited by anybody; see the README, Kernel and boot loader"


def _mask(root: Path, unit: str) -> Path:
    return root / "etc" / "systemd" / "system" / unit


def _is_ours(place: Path) -> bool:
    """True for an empty file, which no other tool makes there."""
    return not place.is_symlink() and place.is_file() and place.stat().st_size == 0


def _is_masked(place: Path) -> bool:
    return _is_ours(place) or (place.is_symlink() and str(place.readlink()) == os.devnull)


def _text(lines: tuple[str, ...]) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines)


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = _fresh(place)
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.chmod(0o644)
    fresh.replace(place)


def _fresh(place: Path) -> Path:
    return place.with_name(f".{place.name}.new")


def _is_there(path: Path) -> bool:
    """True for a file, and for a folder with something in it."""
    return path.is_file() or (path.is_dir() and any(path.iterdir()))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""

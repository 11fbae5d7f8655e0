"""What every kiosk process does before any content is loaded, so that nothing can be written by accident.

Sources: prctl(2), setrlimit(2), Qt's environment variables (doc.qt.io, "Qt for Linux/X11"), fontconfig.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import resource
import signal
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
M_MMAP_THRESHOLD: Final = -3
LARGE: Final = 1 << 20
"""Bytes. The C library would raise its own threshold to the size of the first picture that is freed, and keep
the memory of all later ones, with what was painted there, for the next (mallopt(3))."""
EASY: Final = 10
LEAST: Final = 19  # nice(2): the last in the queue
PRESSING: Final = -10
THREADS: Final = Path("/proc/self/task")
BUS: Final = "DBUS_SESSION_BUS_ADDRESS"
NOWHERE: Final = "/proc/self/nowhere"  # no process can make a folder there

SETTLED: Final = {
    "XDG_CACHE_HOME": NOWHERE,  # fontconfig, Mesa and Qt keep caches below it
    "XDG_CONFIG_HOME": NOWHERE,
    "XDG_DATA_HOME": NOWHERE,
    "XDG_STATE_HOME": NOWHERE,
    "QT_DISABLE_SHADER_DISK_CACHE": "1",
    "QML_DISABLE_DISK_CACHE": "1",
    "MESA_SHADER_CACHE_DISABLE": "true",
    "QT_XCB_GL_INTEGRATION": "none",  # widgets are drawn by the processor: no OpenGL, no driver files
    "QT_IM_MODULE": "none",  # no input method: they learn words
    "XMODIFIERS": "@im=none",
    "QT_QPA_PLATFORMTHEME": "generic",  # no desktop theme: those ask D-Bus
    "QT_ACCESSIBILITY": "0",
    "NO_AT_BRIDGE": "1",
    BUS: "disabled:",
    "DBUS_SYSTEM_BUS_ADDRESS": "disabled:",
    "QT_LOGGING_RULES": "*=false",
    "QT_NO_SESSION_MANAGER": "1",
}
DROPPED: Final = (
    "SESSION_MANAGER",
    "QT_PLUGIN_PATH",
    "PYTHONFAULTHANDLER",
    "PYTHONDEVMODE",
    "DEBUGINFOD_URLS",
    "SBK_EMBED",  # Qt for Python would unpack files at each start
)
PLACES: Final = ("XDG_RUNTIME_DIR",)
"""Empty is unset (XDG Base Directory Specification); a sound client would make a folder in the root."""


def harden(environment: MutableMapping[str, str] = os.environ) -> str | None:
    """No core dumps, no bytecode, no caches, no session bus, no input method; memory of pictures goes back
    to the kernel when they are freed. Raises OSError.

    Returns the session bus that the environment named, which `allow_assistive_technology` may give back.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(PR_SET_DUMPABLE, 0)
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
    faulthandler.disable()
    sys.dont_write_bytecode = True
    bus = environment.get(BUS)
    environment.update(SETTLED)
    for name in (*DROPPED, *(name for name in PLACES if not environment.get(name))):
        environment.pop(name, None)
    return bus


def allow_assistive_technology(bus: str | None, environment: MutableMapping[str, str] = os.environ) -> None:
    """Let programs on the session bus see the screen of this process. Qt reads this when it starts."""
    for name in (BUS, "NO_AT_BRIDGE"):
        environment.pop(name, None)
    if bus:
        environment[BUS] = bus
    environment["QT_ACCESSIBILITY"] = "1"
    environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"  # without it Qt asks the desktop whether to begin


def mute_libraries() -> None:
    """From now on only what this program itself writes to sys.stderr reaches the log.

    Libraries write to the same descriptors, some a line at each start: such lines would count the visits.
    """
    own = os.dup(sys.stderr.fileno())  # not inherited by programs that this process runs
    nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    for standard in (1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    sys.stderr = os.fdopen(own, "w", buffering=1, errors="backslashreplace")


def die_with(parent: int) -> None:
    """End this process when its parent ends, however that happens."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended between the fork and here
        os._exit(0)


def ease() -> None:
    """Start a standby behind everybody else, where this process may come to the front later.

    It may as root, or with RLIMIT_NICE of at least 30 (systemd: LimitNICE=30); setpriority(2).
    """
    if press_on():
        os.setpriority(os.PRIO_PROCESS, 0, EASY)


def give_way() -> None:
    """Come after everybody else from now on, as work that nobody waits for."""
    os.nice(LEAST)


def press_on() -> bool:
    """Come before everybody else; where that is not allowed, stay as it is and return False.

    Linux counts each thread by itself. What the display says is read by a thread that Qt has for it: while
    that one waits behind others, Hide does.
    """
    try:
        os.setpriority(os.PRIO_PROCESS, 0, PRESSING)
    except PermissionError:
        return False
    for thread in _threads():
        with contextlib.suppress(OSError):  # it has ended
            os.setpriority(os.PRIO_PROCESS, thread, PRESSING)
    return True


def _threads() -> list[int]:
    """Return the threads of this process; none where they cannot be seen, which must not hinder a visit."""
    with contextlib.suppress(OSError):
        return [int(thread.name) for thread in THREADS.iterdir()]
    return []


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")

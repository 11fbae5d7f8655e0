"""What each unit may do, as lists. Whatever the probe finds beyond them, or misses of them, is a fault.

A star stands for a version or the name of an architecture. The sockets are those of a Debian with nothing but
the package.
"""

from __future__ import annotations

import re
from typing import Any

Lists = dict[str, tuple[str, ...]]

PROGRAMS = (
    "/usr/bin/python3.*",
    "/usr/lib/*-linux-gnu/ld-linux-*.so.*",
    "/usr/lib/*-linux-gnu/libc.so.6",
    # Of Qt and GLib: they can start nothing that is not in this list.
    "/usr/lib/python3/dist-packages/shiboken6_generator/shiboken6",
    "/usr/lib/*-linux-gnu/glib-2.0/gio-launch-desktop",
    "/usr/lib/*-linux-gnu/glib-2.0/gio-querymodules",
    "/usr/lib/*-linux-gnu/glib-2.0/glib-compile-schemas",
    # The loader of the small programs of the initramfs, which themselves are not let.
    "/usr/lib/klibc-*.so",
)
"""A script counts as the program that its first line names; those of Python's library name Python."""
DEVICES = (
    *("/dev/full rw", "/dev/null rw", "/dev/random rw", "/dev/tty rw", "/dev/urandom rw", "/dev/zero rw"),
    "/dev/pts/ptmx rw",
)
PROCESS = (
    *(f"self/attr/{name}" for name in ("current", "exec", "fscreate", "keycreate", "sockcreate")),
    *(
        "self/autogroup",
        "self/clear_refs",
        "self/comm",
        "self/coredump_filter",
        "self/gid_map",
        "self/loginuid",
    ),
    *("self/mem", "self/oom_adj", "self/oom_score_adj", "self/projid_map", "self/sched"),
    *("self/timens_offsets", "self/timerslack_ns", "self/uid_map"),
)
"""Of a process itself. A kernel that is built otherwise has fewer of them."""
OF_OTHER_KERNELS = (
    *("self/attr/apparmor/current", "self/attr/apparmor/exec", "self/attr/smack/current"),
    *("self/fail-nth", "self/make-it-fail"),
)
IN_MEMORY = "a shell copied into memory"
"""No setting of a unit forbids it; a locked machine does, for all its programs: vm.memfd_noexec."""
BUSES = (
    "/run/dbus/system_bus_socket",
    *(f"/run/systemd/io.systemd.{name}" for name in ("Credentials", "Hostname", "ManagedOOM")),
    *(f"/run/systemd/journal/{name}" for name in ("dev-log", "socket", "stdout")),
    "/run/systemd/notify",
    "/run/systemd/userdb/io.systemd.DynamicUser",
)
"""Open to every user of the machine: what is answered to whom is for those who listen there."""
SHARED = ("/dev/mqueue", "/dev/shm", "/run/lock", "/tmp", "/var/tmp")
"""The last two are the unit's own, by PrivateTmp=."""
PRESSURE = "/sys/fs/cgroup/system.slice/*.service/memory.pressure"
"""Its own: systemd lets each service ask to be told when memory is short."""

KIOSK: Lists = {
    "writable": (),
    "sockets": ("/run/systemd/notify", "/run/visitor-kiosk-display/wayland-0"),
    "families": ("AF_UNIX",),
    "interfaces": ("lo",),
    "devices": DEVICES,
    "programs": PROGRAMS,
    "processes_writable": PROCESS,
    "allowed": (IN_MEMORY,),
}
DISPLAY: Lists = {kind: listed for kind, listed in KIOSK.items() if kind != "interfaces"} | {
    "writable": (*SHARED, PRESSURE, "/run/visitor-kiosk-display", "/run/visitor-kiosk-screen"),
    "sockets": (*BUSES, "/run/seatd.sock"),
    "families": ("AF_NETLINK", "AF_UNIX"),
    "programs": (*PROGRAMS, "/usr/bin/cage", "/usr/bin/wlr-randr"),
    "allowed": (IN_MEMORY, "a socket without a file"),
}
UPDATE_USB: Lists = KIOSK | {
    "writable": (*SHARED, PRESSURE.replace("/*", "/*/*"), "/var/lib/visitor-kiosk"),
    "sockets": BUSES,
}
UPDATE: Lists = {kind: listed for kind, listed in UPDATE_USB.items() if kind != "interfaces"} | {
    "writable": (*SHARED, PRESSURE, "/var/lib/visitor-kiosk"),
    "families": ("AF_INET", "AF_INET6", "AF_UNIX"),
    "allowed": (IN_MEMORY, "a socket without a file"),
}


def beyond(seen: dict[str, Any], allowed: Lists) -> dict[str, list[str]]:
    """Return what a unit may do and is not listed (+), and what is listed and it may not (-)."""
    found = {}
    for kind, wanted in allowed.items():
        there = [each for each in wanted if kind != "processes_writable" or each in seen["processes_there"]]
        known = (*wanted, *OF_OTHER_KERNELS)
        more = [f"+ {each}" for each in seen[kind] if not any(_is(each, name) for name in known)]
        less = [f"- {name}" for name in there if not any(_is(each, name) for each in seen[kind])]
        if more or less:
            found[kind] = more + less
    others = [f"+ {each}" for each in seen["processes"] if each != seen["self"]]
    return found | ({"processes": others} if others else {})


def _is(path: str, name: str) -> bool:
    return re.fullmatch(re.escape(name).replace(r"\*", "[^/]*"), path) is not None

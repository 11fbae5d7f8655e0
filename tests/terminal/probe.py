"""Runs in a unit's sandbox: tries what it could write, execute, open and talk to, and prints it as JSON.

Everything is tried for real where that changes nothing: files and devices are opened, sockets connected to.
"""

import contextlib
import ctypes
import errno
import glob
import json
import mmap
import os
import socket
import stat
import tempfile
from collections.abc import Callable

LISTENER = "\0visitor-kiosk-tests"
"""A socket without a file, on which something listens outside."""
NOT_THERE = {errno.ENXIO, errno.ENODEV, errno.EIO}
"""The policy let it be opened; only the device itself is not there."""
ELSEWHERE = {"task", "map_files", "fd", "fdinfo", "cwd", "root"}
"""Of a process: its threads, which are alike, and ways to files that are looked at under their own names."""
READ, WRITE = os.O_RDONLY, os.O_WRONLY
TRY = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def may(what: Callable[[], object]) -> bool:
    """Return True when it is allowed."""
    try:
        what()
    except OSError as fault:
        return fault.errno in NOT_THERE
    return True


def opens(path: str, how: int) -> bool:
    """Return True when a file can be opened; it is not changed by that."""
    return may(lambda: os.close(os.open(path, how | TRY)))


def makes_file(folder: str) -> bool:
    """Return True when a file can be made in a folder; it is gone again."""
    return may(lambda: tempfile.TemporaryFile(dir=folder).close())


def connects(path: str) -> bool:
    """Return True when a listening socket takes a connection, or a socket of datagrams can be sent to."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        with socket.socket(socket.AF_UNIX, kind) as end:
            end.settimeout(2)
            if may(lambda end=end: end.connect(path)):
                return True
    return False


def look() -> dict[str, list[str]]:
    """Go through all files but those of processes."""
    found: dict[str, list[str]] = {kind: [] for kind in ("writable", "programs", "devices", "sockets")}
    for top, folders, files in os.walk("/"):
        folders[:] = [each for each in folders if os.path.join(top, each) != "/proc"]
        if os.access(top, os.W_OK) and makes_file(top):
            found["writable"].append(top)
        for name in files:
            with contextlib.suppress(OSError):
                note(os.path.join(top, name), found)
    return {kind: sorted(set(paths)) for kind, paths in found.items()}


def executed(path: str) -> str:
    """Return the program that the kernel would execute for a file: of a script, what its first line names.

    Return "" for none: access(2) asks for the mount as well, as execve(2) does. Raises OSError.
    """
    if not os.access(path, os.X_OK):
        return ""
    with open(path, "rb") as file:
        head = file.read(256)
    if head.startswith(b"#!"):
        named = os.fsdecode(head[2:].split()[0])
        return executed(os.path.realpath(named))
    return path if head.startswith(b"\x7fELF") else ""


def note(path: str, found: dict[str, list[str]]) -> None:
    """Put one file where it belongs. Raises OSError when it cannot be looked at."""
    mode = os.lstat(path).st_mode
    if stat.S_ISREG(mode):
        if opens(path, WRITE):
            found["writable"].append(path)
        if program := executed(path):
            found["programs"].append(program)
    elif stat.S_ISSOCK(mode) and connects(path):
        found["sockets"].append(path)
    elif stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        ways = "".join(letter for letter, how in (("r", READ), ("w", WRITE)) if opens(path, how))
        if ways:
            found["devices"].append(f"{path} {ways}")


def of_processes() -> dict[str, list[str]]:
    """Return what can be opened for writing below /proc (without threads), and what is there."""
    there, writable = [], []
    for top, folders, files in os.walk("/proc"):
        inside = top.removeprefix("/proc/").split("/")
        if top == "/proc":
            folders[:] = [each for each in folders if not each.isdigit() or each == str(os.getpid())]
        else:
            folders[:] = [each for each in folders if each not in ELSEWHERE]
        for name in files:
            path = "/".join((*(part.replace(str(os.getpid()), "self") for part in inside), name))
            there.append(path)
            if opens(os.path.join(top, name), WRITE):
                writable.append(path)
    return {"processes_writable": sorted(writable), "processes_there": sorted(there)}


def copied_program() -> None:
    """Execute a copy of a shell that is in memory only. Raises OSError when it is not let."""
    with open("/usr/bin/dash", "rb") as shell:
        content = shell.read()
    memory = os.memfd_create("copy")
    os.write(memory, content)
    ran(f"/proc/self/fd/{memory}", "-c", "true")


def code_in_memory() -> None:
    """Make memory that can be written and executed. Raises OSError when it is not let."""
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def code_later() -> None:
    """Write to memory first and make it executable then. Raises OSError when it is not let."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long)
    libc.mprotect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    place = libc.mmap(None, 4096, mmap.PROT_READ | mmap.PROT_WRITE, private, -1, 0)
    ctypes.memset(place, 0xC3, 4096)
    if libc.mprotect(place, 4096, mmap.PROT_READ | mmap.PROT_EXEC) != 0:
        raise OSError(ctypes.get_errno(), "mprotect")


def ran(*command: str) -> None:
    """Run a program until it ends. Raises OSError when it is not let, or fails."""
    child = os.posix_spawn(command[0], command, {})
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise PermissionError(command[0])


def loaded() -> None:
    """Have the dynamic loader start a shell, which is only read then. Raises OSError when it is not let."""
    loader = glob.glob("/usr/lib/*-linux-gnu/ld-linux-*")[0]
    ran(loader, "/usr/bin/dash", "-c", "true")


def connected() -> None:
    """Reach the listener. Raises OSError when it is not there for this unit."""
    with socket.socket(socket.AF_UNIX) as end:
        end.connect(LISTENER)


def device_made() -> None:
    """Make a device. Raises OSError when it is not let."""
    os.mknod("/dev/made", 0o600 | stat.S_IFBLK, os.makedev(8, 0))


FAMILIES = ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_UNIX", "AF_BLUETOOTH", "AF_VSOCK", "AF_ALG")
TRIED = {
    "/bin/sh": lambda: ran("/bin/sh", "-c", "true"),
    "/usr/lib/klibc/bin/sh": lambda: ran("/usr/lib/klibc/bin/sh", "-c", "true"),
    "a script of the shell": lambda: ran("/usr/bin/ldd", "/usr/bin/dash"),
    "a shell by the dynamic loader": loaded,
    "a shell copied into memory": copied_program,
    "memory to write and execute": code_in_memory,
    "memory written, then executed": code_later,
    "/etc/shadow": lambda: open("/etc/shadow").close(),
    "setuid": lambda: os.setuid(0),
    "a namespace": lambda: os.unshare(os.CLONE_NEWUSER),
    "a socket without a file": connected,
    "a device": device_made,
}


def family(name: str) -> bool:
    """Return True when a socket of this family can be made."""
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
        with contextlib.suppress(OSError):
            socket.socket(getattr(socket, name), kind).close()
            return True
    return False


def main() -> None:
    """Print it all."""
    seen: dict[str, object] = dict(look())
    seen |= of_processes()
    seen["families"] = [each for each in FAMILIES if family(each)]
    seen["allowed"] = [name for name, what in TRIED.items() if may(what)]
    seen["processes"] = [int(each) for each in os.listdir("/proc") if each.isdigit()]
    seen["self"] = os.getpid()
    seen["groups"] = sorted(os.getgroups())
    with open("/proc/self/net/dev") as interfaces:
        seen["interfaces"] = sorted(line.partition(":")[0].strip() for line in interfaces if ":" in line)
    print("PROBE" + json.dumps(seen), flush=True)


main()

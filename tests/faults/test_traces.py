"""Nothing written, nothing sent: whole visits by real input, watched system call by system call."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.faults.running import RunningKiosk, has

VISITS = 6
PAGES = ["resource-alive", "resource-ndvh", "category-legal", "guide-movans", "mycode", "staff"]
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")
MAKING = re.compile(
    r"^(?:\d+ +)?(?:creat|rename\w*|mkdir\w*|mknod\w*|link\w*|symlink\w*|unlink\w*|rmdir|truncate|ftruncate"
    r"|chmod|fchmod\w*|chown|utime\w*|setxattr)\("
)
WROTE = re.compile(r"\bp?writev?(?:64)?\(\d+<(?!pipe:|socket:|UNIX|/dev/null|anon_inode)")
CALLS = "%file,ftruncate,fchmod,%network,write,writev,pwrite64,sendto,sendmsg,memfd_create,inotify_init1"
needs_strace = pytest.mark.skipif(not has("strace"), reason="strace is not installed")


def traced(screen, tmp_path: Path, **environment: str) -> list[str]:
    """Return the system calls of some visits by all processes of the kiosk, the start left out."""
    trace = tmp_path / "trace"
    kiosk = RunningKiosk(
        screen, ["strace", "-f", "-y", "-qq", "-o", str(trace), "-e", f"trace={CALLS}"], **environment
    )
    kiosk.wait_for_standby(10)
    for page in (PAGES * VISITS)[:VISITS]:
        kiosk.walk(page)
        assert not kiosk.shows_lobby()
        kiosk.hide()
        kiosk.wait_for_lobby()
        kiosk.wait_for_standby(10)
    lines = trace.read_text(errors="replace").splitlines()
    assert len(lines) > 500
    return lines


def written(lines: list[str]) -> list[str]:
    """Return the calls that opened something for writing or changed a file system, and succeeded."""
    done = [line for line in lines if not re.search(r"= -1 E", line)]
    opened = [line for line in done if "open" in line and WRITING.search(line)]
    made = [line for line in done if MAKING.search(line) and "memfd:" not in line]
    wrote = [
        line
        for line in done
        if re.search(r"\bp?writev?(?:64)?\(\d+<(?!pipe:|socket:|UNIX|/dev/null|anon_inode)", line)
    ]
    quiet = re.compile(r"/dev/null|/memfd:|/dev/shm/|program\.log|/proc/self/(?:setgroups|uid_map)")
    return [line for line in [*opened, *made, *wrote] if not quiet.search(line)]


def sockets(lines: list[str]) -> set[str]:
    """Return the families of the sockets that were made."""
    return {match[1] for line in lines if (match := re.search(r"\bsocket\((\w+)", line))}


def connected(lines: list[str]) -> set[str]:
    """Return the addresses that were connected to."""
    return {match[1] for line in lines if (match := re.search(r'connect\(.*sun_path=@?"([^"]+)"', line))}


@needs_strace
def test_no_visit_writes_a_file_or_talks_to_anything_but_the_display(screen, tmp_path):
    lines = traced(screen, tmp_path)
    assert written(lines) == []
    assert sockets(lines) == {"AF_UNIX"}
    assert all(".X11-unix/" in address for address in connected(lines))


@needs_strace
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a network namespace")
def test_without_a_network_and_a_home_nothing_changes(screen, tmp_path):
    trace = tmp_path / "trace"
    wrapper = ["unshare", "--net", "strace", "-f", "-y", "-qq", "-o", str(trace), "-e", f"trace={CALLS}"]
    kiosk = RunningKiosk(screen, wrapper, HOME="/proc/self/nowhere", TMPDIR="/proc/self/nowhere")
    kiosk.wait_for_standby(10)
    for page in PAGES[:3]:
        kiosk.walk(page)
        assert not kiosk.shows_lobby()
        kiosk.hide()
        kiosk.wait_for_lobby()
        kiosk.wait_for_standby(10)
    assert written(trace.read_text(errors="replace").splitlines()) == []


def test_the_rule_sees_what_it_should():
    lines = [
        '12 openat(AT_FDCWD</x>, "/tmp/a", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 3</tmp/a>',
        '12 openat(AT_FDCWD</x>, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 3</etc/hosts>',
        '12 mkdir("/root/.cache", 0700) = 0',
        '12 mkdir("/proc/self/nowhere", 0700) = -1 ENOENT (No such file or directory)',
        '12 write(5</tmp/a>, "x", 1) = 1',
        '12 write(5<pipe:[123]>, "alive", 6) = 6',
    ]
    assert written(lines) == [lines[0], lines[2], lines[4]]

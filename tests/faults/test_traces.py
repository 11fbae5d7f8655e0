"""Nothing written, nothing sent: whole visits by real input, watched system call by system call."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Sequence
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pytest

from kiosk.agency.build import build
from kiosk.host.link import Word
from tests.faults.running import DATA, RUN, RunningKiosk, has, short_and_long
from tests.faults.sites import HASTY, LONGEST_S, SPEAKING, site_with

PAGES = [
    *("resource-alive", "resource-ndvh", "category-legal", "guide-movans", "mycode", "staff", "about"),
    *("take-movans", "mynumbers", "topic-hours", "help", "guide-case"),
]
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")
MAKING = re.compile(
    r"^(?:\d+ +)?(?:creat|rename\w*|mkdir\w*|mknod\w*|link\w*|symlink\w*|unlink\w*|rmdir|truncate|ftruncate"
    r"|chmod|fchmod\w*|chown|utime\w*|setxattr)\("
)
WROTE = re.compile(r"\bp?writev?(?:64)?\(\d+<(?!pipe:|socket:|UNIX|/dev/null|anon_inode)")
CUT = "<unfinished ...>"
RESUMED = re.compile(r"\s*<\.\.\. \w+ resumed>(.*)")
SERVERS = re.compile(r"\.X11-unix/|/pulse/native$")  # the display, and for the voice a sound server
CALLS = "%file,ftruncate,fchmod,%network,write,writev,pwrite64,sendto,sendmsg,memfd_create,inotify_init1"
NO_PLACE = {"HOME": "/proc/self/nowhere", "TMPDIR": "/proc/self/nowhere"}
# Every place that could be written becomes read-only for the kiosk; /proc, /sys and /dev are the kernel's.
ALL_READ_ONLY = """
set -e
for place in $(cut -d' ' -f2 /proc/mounts | grep -Ev '^/(proc|sys|dev)(/|$)'); do
    mount -o remount,bind,ro "$place"
done
if (: > /tmp/can-write) 2>/dev/null || (: > "$0") 2>/dev/null; then exit 9; fi
exec "$@"
"""
WITH_NETWORK = """
set -e
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add way-out type veth peer name far-end
ip address add 192.0.2.1/24 dev way-out
ip link set far-end up
ip link set way-out up
ip route add default via 192.0.2.2
exec "$@"
"""
needs_strace = pytest.mark.skipif(not has("strace"), reason="strace is not installed")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a namespace")


def traced(
    screen,
    trace: Path,
    visits: int,
    wrapper: Sequence[str] = (),
    site: Path | None = None,
    program: Sequence[str] = RUN,
    **environment: str,
) -> list[str]:
    """Return the system calls of some visits by all processes of the kiosk, the start left out."""
    strace = ["strace", "-f", "-y", "-qq", "-s", "64", "-o", str(trace), "-e", f"trace={CALLS}"]
    kiosk = RunningKiosk(
        screen, [*strace, *wrapper], program, site or site_with(trace.parent, HASTY), **environment
    )
    kiosk.wait_for_standby(20)
    begun = trace.stat().st_size
    pages = [page for page in PAGES if page in kiosk.ways()]
    for number, page in zip(range(visits), cycle(pages), strict=False):
        kiosk.walk(page)
        if number % 3 == 1:
            kiosk.use_controls()
        assert not kiosk.shows_lobby()
        if number % 50 == 49:
            kiosk.wait_for_next(kiosk.visits()[0], LONGEST_S + 20)
        else:
            kiosk.end_visit(20)
    with trace.open("rb") as file:
        file.seek(begun)
        lines = joined(file.read().decode(errors="replace").splitlines())
    kiosk.kill(kiosk.host, signal.SIGTERM)  # strace itself hears no such wish
    assert len(lines) > 50 * visits
    return lines


def joined(lines: list[str]) -> list[str]:
    """Put the halves of a call together that another process's line has cut: only then its result shows."""
    begun: dict[str, str] = {}
    whole = []
    for line in lines:
        pid, _, call = line.partition(" ")
        if call.endswith(CUT):
            begun[pid] = line.removesuffix(CUT)
        elif (rest := RESUMED.match(call)) and pid in begun:
            whole.append(begun.pop(pid) + rest[1])
        else:
            whole.append(line)
    return [*whole, *begun.values()]


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


def said(lines: list[str]) -> set[str]:
    """Return everything that went through a pipe of the kiosk, line by line."""
    found = (re.search(r'\bwrite\(\d+<pipe:[^>]*>, "((?:[^"\\]|\\.)*)"', line) for line in lines)
    return {word for match in found if match for word in match[1].split("\\n") if word}


def check(lines: list[str]) -> None:
    check_speaking(lines)
    assert said(lines) <= {word.value for word in Word} | {"\\21"}  # a signal's number wakes the host


def check_speaking(lines: list[str]) -> None:
    """The same but for the pipes: the voice reads its sentences from one that nobody else can open."""
    assert written(lines) == []
    assert sockets(lines) <= {"AF_UNIX"}
    assert all(SERVERS.search(address) for address in connected(lines))
    assert Word.OVER in said(lines)


@needs_strace
def test_the_first_visit_reads_nothing_that_was_read_beside_the_start(screen, tmp_path):
    """Only the child that tells the faults and the standby do: the first visit has it from the child."""
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=openat"]
    kiosk = RunningKiosk(screen, strace)
    kiosk.wait_for_standby(20)
    lines = trace.read_text(errors="replace").splitlines()
    readers = {line.split()[0] for line in lines if "/data/categories.toml" in line}
    kiosk.kill(kiosk.host, signal.SIGTERM)
    assert len(readers) == 2
    assert readers.isdisjoint({str(kiosk.visits()[0])} if kiosk.visits() else set())


@needs_strace
@pytest.mark.parametrize("visits", short_and_long(2, 200))
def test_no_visit_writes_a_file_or_talks_to_anything_but_the_display(screen, tmp_path, visits):
    check_speaking(traced(screen, tmp_path / "trace", visits, site=site_with(tmp_path, HASTY, SPEAKING)))


@needs_strace
@pytest.mark.parametrize("visits", short_and_long(1, 50))
def test_visits_to_a_built_file_open_it_to_read_and_write_nothing(screen, tmp_path, visits):
    """No journal, no lock file: one name is opened, and it is the file itself."""
    file = tmp_path / "directory.kiosk"
    file.write_bytes(build(DATA, date.max)[0])
    lines = traced(screen, tmp_path / "trace", visits, program=(*RUN, "--content", str(file)))
    check(lines)
    opened = [line for line in lines if f'"{file}' in line and re.search(r"\bopen", line)]
    assert opened
    assert all(f'"{file}"' in line and "O_RDONLY" in line for line in opened)


@needs_strace
@needs_root
@pytest.mark.parametrize("visits", short_and_long(2, 200))
def test_nothing_changes_where_nothing_can_be_written(screen, tmp_path, visits):
    (tmp_path / "probe").touch()
    wrapper = ["unshare", "--mount", "sh", "-c", ALL_READ_ONLY, str(tmp_path / "probe")]
    if subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no root can be made read-only here, as in a chroot")
    check(traced(screen, tmp_path / "trace", visits, wrapper, **NO_PLACE))


@needs_strace
@needs_root
@pytest.mark.parametrize("visits", short_and_long(1, 50))
def test_without_any_network_nothing_changes(screen, tmp_path, visits):
    check(traced(screen, tmp_path / "trace", visits, ["unshare", "--net"]))


@needs_root
@pytest.mark.skipif(not has("ip"), reason="iproute2 is not installed")
@pytest.mark.parametrize("visits", short_and_long(1, 50))
def test_nothing_is_sent_where_there_is_a_network(screen, visits):
    """The interface has an address and a way out, and counts what leaves; the kernel's own IPv6 is off."""
    kiosk = RunningKiosk(screen, ["unshare", "--net", "sh", "-c", WITH_NETWORK, "sh"])
    kiosk.wait_for_standby()
    for page in islice(cycle(PAGES[:5]), visits):
        kiosk.walk(page)
        kiosk.end_visit()
    table = Path(f"/proc/{kiosk.host}/net/dev").read_text()
    name, counts = next(line.split(":") for line in table.splitlines() if "way-out" in line)
    assert name.strip() == "way-out"
    assert counts.split()[8:10] == ["0", "0"]  # bytes and packets sent


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

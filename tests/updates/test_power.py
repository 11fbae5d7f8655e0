"""The power fails, or the disk is full, at any write: the content is wholly old or wholly new."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.running import has
from tests.updates.agency import ROOT, Terminal

WRITING = (
    *(
        "write",
        "pwrite64",
        "rename",
        "renameat",
        "renameat2",
        "unlink",
        "unlinkat",
        "rmdir",
        "mkdir",
        "mkdirat",
    ),
    *(
        "symlink",
        "symlinkat",
        "link",
        "linkat",
        "fsync",
        "fdatasync",
        "ftruncate",
        "truncate",
        "chmod",
        "fchmod",
    ),
    *("fchmodat", "sendfile", "copy_file_range"),
)
MAKING = "openat"
"""Makes a file only with O_CREAT; most of these calls only read."""
CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\(")

needs_strace = pytest.mark.skipif(not has("strace"), reason="strace is not installed")


def one_update(kiosk: Terminal) -> list[str]:
    places = (kiosk.task.state, kiosk.task.content, kiosk.task.root)
    return [sys.executable, "-B", "-m", "tests.updates.one_update", kiosk.task.source, *map(str, places)]


def traced(kiosk: Terminal, *options: str) -> subprocess.CompletedProcess[str]:
    command = ["strace", "-f", "-qq", *options, *one_update(kiosk)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def calls_of_an_update(kiosk: Terminal, log: Path) -> dict[str, list[int]]:
    """Let one update through; return its writing calls by name, numbered as strace's `when` counts."""
    known = [name for name in WRITING if _is_known(name)]
    assert traced(kiosk, "-o", str(log), "-e", f"trace={','.join((*known, MAKING))}").returncode == 0
    seen: Counter[str] = Counter()
    found = defaultdict(list)
    for line in log.read_text().splitlines():
        if match := CALL.match(line):
            seen[match[1]] += 1
            if match[1] != MAKING or "O_CREAT" in line:
                found[match[1]].append(seen[match[1]])
    return found


def struck(log: Path, name: str) -> bool:
    """Whether strace struck a call that writes: of `openat`, one that makes a file."""
    found = [
        line
        for line in log.read_text().splitlines()
        if f" {name}(" in line and line.endswith(("= ?", "(INJECTED)"))
    ]
    return len(found) == 1 and (name != MAKING or "O_CREAT" in found[0])


def _is_known(name: str) -> bool:
    done = subprocess.run(["strace", "-e", f"trace={name}", "true"], capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def with_second_edition(agency, kiosk) -> Iterator[None]:
    """Content 2 is published; afterwards this kiosk has it, without anything left over."""
    agency.publish("two")
    yield
    assert kiosk.edition in {"one", "two"}
    assert kiosk.update().result in {"updated", "current"}
    assert kiosk.edition == "two"
    assert [name.partition("-")[0] for name in kiosk.sets()] == ["1", "2"]
    left = sorted(path.name for path in kiosk.task.content.parent.iterdir())
    assert left == ["content", "content.versions", "root.json", "state"]
    assert sorted(path.name for path in kiosk.task.state.iterdir()) == ["health.json", "trust.json"]


def again(begun, tmp_path, number: int):
    """The same agency and kiosk once more, with content 1."""
    import copy
    import shutil

    place = tmp_path / str(number)
    shutil.copytree(begun.folder, place, symlinks=True)
    agency = copy.copy(begun)
    agency.folder, agency.repository = place, place / "published"
    return agency, Terminal(place / "kiosk", agency), place


def spots(calls: dict[str, list[int]], most: int | None) -> list[tuple[str, int]]:
    """Return each call by name and number; with `most`, that many, spread over all."""
    found = [(name, number) for name, numbers in sorted(calls.items()) for number in numbers]
    if most is None or len(found) <= most:
        return found
    late = [
        (name, calls[name][-1]) for name in ("rename", "symlink", MAKING) if calls[name]
    ]  # the switch itself
    step = len(found) / (most - len(late))
    return [*late, *(found[int(step * at)] for at in range(most - len(late)))]


SOME_OR_ALL = [pytest.param(5, id="some"), pytest.param(None, id="all", marks=pytest.mark.slow)]


@needs_strace
@pytest.mark.parametrize("most", SOME_OR_ALL)
def test_power_cut_at_every_write(begun, place, most):
    agency, kiosk, _ = again(begun, place, 0)
    agency.publish("two")
    calls = calls_of_an_update(kiosk, place / "log")
    assert len(calls["fsync"]) > 10
    assert len(calls["rename"]) >= 4
    assert len(calls[MAKING]) > 10
    cut = 0
    for number, (name, count) in enumerate(spots(calls, most), 1):
        agency, kiosk, folder = again(begun, place, number)
        with with_second_edition(agency, kiosk):
            log = folder / "log"
            only = ("-o", str(log), "-e", f"trace={name}")
            done = traced(kiosk, *only, "-e", f"inject={name}:signal=KILL:when={count}")
            cut += done.returncode != 0 and struck(log, name)
        _remove(folder)
    told("cut at", cut, calls, most)


@needs_strace
@pytest.mark.parametrize(
    ("most", "fault"),
    [
        pytest.param(4, "EIO", id="some"),
        pytest.param(None, "EIO", id="all-EIO", marks=pytest.mark.slow),
        pytest.param(None, "ENOSPC", id="all-ENOSPC", marks=pytest.mark.slow),
    ],
)
def test_a_full_or_broken_disk_at_every_write(begun, place, most, fault):
    agency, kiosk, _ = again(begun, place, 0)
    agency.publish("two")
    calls = calls_of_an_update(kiosk, place / "log")
    failed = 0
    for number, (name, count) in enumerate(spots(calls, most), 1):
        agency, kiosk, folder = again(begun, place, number)
        with with_second_edition(agency, kiosk):
            log = folder / "log"
            only = ("-o", str(log), "-e", f"trace={name}")
            done = traced(kiosk, *only, "-e", f"inject={name}:error={fault}:when={count}")
            assert "Traceback" not in done.stderr, (name, count, done.stderr)
            failed += struck(log, name)
        _remove(folder)
    told(f"{fault} at", failed, calls, most)


def told(what: str, struck_at: int, calls: dict[str, list[int]], most: int | None) -> None:
    """Print how many calls were struck; nearly all must have been."""
    wanted = len(spots(calls, most))
    makes = f"{len(calls[MAKING])} calls of an update make a file"
    print(f"\n{what} {struck_at} of {wanted} writing calls; {makes}")
    assert struck_at >= wanted * 0.9  # scratch names differ in length: counts vary a little


@needs_strace
def test_nothing_gets_its_name_before_it_is_on_the_disk(agency, kiosk, place):
    """What a power cut loses is what fsync(2) was not called for: it comes before each rename of ours."""
    agency.publish("two")
    log = place / "log"
    trace = "trace=openat,write,fsync,rename,symlink"
    assert traced(kiosk, "-y", "-s", "0", "-o", str(log), "-e", trace).returncode == 0
    home = str(kiosk.task.content.parent)
    unsettled: set[str] = set()
    named = []
    for line in log.read_text().splitlines():
        if match := re.search(r" write\(\d+<([^>]+)>", line):
            unsettled.add(match[1])
        elif match := re.search(r" fsync\(\d+<([^>]+)>", line):
            unsettled.discard(match[1])
        elif (match := re.search(r' rename\("([^"]+)", "([^"]+)"', line)) and "/work/" not in line:
            early = [path for path in unsettled if path.startswith(match[1])]
            assert early == [], line
            named.append(Path(match[2]).name)
    assert [name for name in named if not re.match(r"\d", name)] == ["trust.json", "content", "health.json"]
    assert [path for path in unsettled if path.startswith(home) and "/work/" not in path] == []


@needs_strace
def test_stick_pulled_while_it_is_read(agency, kiosk):
    agency.publish("two")
    newest = max((agency.repository / "targets").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    done = traced(kiosk, "-P", str(newest), "-e", "inject=read:error=EIO")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert kiosk.edition == "one"
    assert kiosk.health()["result"] == "unreachable"
    assert kiosk.update().result == "updated"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("free_kb", [8, 40])
def test_full_disk(agency, kiosk, place, free_kb):
    """A disk with hardly anything left: the old content stays, and it goes on once there is room."""
    import shutil

    disk = place / "disk"
    disk.mkdir()
    used = sum(path.lstat().st_size + 4096 for path in (place / "kiosk").rglob("*")) // 1024
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        shutil.copytree(place / "kiosk", disk / "kiosk", symlinks=True)
        small = Terminal(disk / "kiosk", agency)
        agency.publish("two")
        (disk / "filler").write_bytes(b"x" * (os.statvfs(disk).f_bavail * 4096 - free_kb * 1024))
        done = subprocess.run(one_update(small), cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2, (done, used)
        assert "No space left" in done.stderr
        assert small.edition == "one"
        (disk / "filler").unlink()
        assert small.update().result == "updated"
        assert small.edition == "two"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder)

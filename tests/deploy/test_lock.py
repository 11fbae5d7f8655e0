"""The lock, written into a made-up root folder: what it writes, what it leaves alone, what it takes away."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.deploy.lock import MASKED, SETTINGS, check, lock, undo

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path) -> Path:
    """A system that an administrator has settled in their own way."""
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    (units / "debug-shell.service").symlink_to("/dev/null")
    (units / "getty.target.wants").mkdir()
    (tmp_path / "etc/sysctl.d").mkdir()
    (tmp_path / "etc/sysctl.d/10-own.conf").write_text("kernel.sysrq = 438\n")
    return tmp_path


def everything(root: Path) -> dict[str, str]:
    """Return {path: what it is}."""
    return {
        str(path.relative_to(root)): f"-> {path.readlink()}" if path.is_symlink() else path.read_text()
        for path in root.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_locked_it_is_locked_and_locking_again_changes_nothing(root):
    assert check(root).open
    assert lock(root) == ()
    once = everything(root)
    assert check(root).open == ()
    lock(root)
    assert everything(root) == once


def test_undone_it_is_as_it_was(root):
    before = everything(root)
    lock(root)
    undo(root)
    assert everything(root) == before
    undo(root)
    assert everything(root) == before


def test_it_writes_only_below_etc_and_only_under_its_own_names(root):
    before = set(everything(root))
    lock(root)
    new = set(everything(root)) - before
    assert all(name.startswith("etc/") for name in new)
    assert {name.rpartition("/")[2] for name in new} <= {"60-visitor-kiosk.conf", *MASKED}


@pytest.mark.parametrize("seed", range(12))
def test_cut_short_anywhere_it_can_be_run_again_or_undone(root, seed):
    before = everything(root)
    chance = random.Random(seed)
    lock(root)
    whole = everything(root)
    for name in sorted(set(whole) - set(before)):
        path = root / name
        if chance.random() < 0.5:
            path.unlink()  # the run ended before this file
            if chance.random() < 0.3:
                path.with_name(f".{path.name}.new").write_text("half of")  # or in the middle of it
    assert check(root).open or everything(root) == whole
    if seed % 2:
        lock(root)
        assert everything(root) == whole
    undo(root)
    assert everything(root) == before


def test_what_somebody_else_wrote_stays_and_is_told(root):
    own = root / "etc/systemd/system/rescue.service"
    own.write_text("[Service]\nExecStart=/bin/own\n")
    assert lock(root) == (own,)
    assert [line for line in check(root).open if "rescue.service" in line]
    undo(root)
    assert own.read_text().startswith("[Service]")


def test_a_file_that_was_changed_or_comes_later_is_told(root):
    lock(root)
    (root / "etc/systemd/logind.conf.d/60-visitor-kiosk.conf").write_text("[Login]\n")
    (root / "etc/sysctl.d/99-later.conf").write_text("kernel.sysrq=1\n")
    told = "\n".join(check(root).open)
    assert "logind.conf.d/60-visitor-kiosk.conf" in told
    assert "99-later.conf" in told


def test_sticks_may_stay_usable(root):
    lock(root, usb_sticks=True)
    assert check(root).open == ()
    assert "usb-storage" not in (root / "etc/modprobe.d/60-visitor-kiosk.conf").read_text()


def test_every_part_of_the_lock_is_missed_when_it_is_gone(root):
    lock(root)
    for path in [root / "etc" / folder / "60-visitor-kiosk.conf" for folder in SETTINGS] + [
        root / "etc/systemd/system" / unit for unit in MASKED if unit != "debug-shell.service"
    ]:
        kept = path.read_text()
        path.unlink()
        assert len(check(root).open) == 1, path
        path.write_text(kept)
    assert check(root).open == ()


def test_the_command_says_what_is_open_and_what_it_cannot_do(root):
    def run(*more: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, ROOT / "run_kiosk.py", "lock", *more]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run("--check", "--root", root).returncode == 1
    assert run("--root", root).returncode == 0
    assert run("--check", "--root", root).stdout.endswith("Locked.\n")
    assert run("--undo", "--root", root).returncode == 0
    assert run("--root", root / "none").returncode == 2
    (root / "etc/modprobe.d").rmdir()
    (root / "etc/modprobe.d").write_text("a file where a folder should be")
    done = run("--root", root)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr

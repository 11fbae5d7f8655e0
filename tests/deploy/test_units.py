"""The units as they are shipped: how much of the system each can reach, by systemd's own measure."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.deploy import openings
from kiosk.deploy.exposure import MOST

UNITS = Path(__file__).parents[2] / "kiosk/deploy/units"
OPENED = {
    "speech": ({"speech": {"on": True}}, 0.5),
    "headset": ({"speech": {"on": True, "headset": "/dev/input/event5"}}, 0.5),
    "printer": ({"printer": {"device": "/dev/usb/lp0"}}, 0.5),
    "queue": ({"printer": {"queue": "slip"}}, 0.5),
    "own-queue": ({"printer": {"queue": "slip", "server": "/run/visitor-kiosk-print/cups.sock"}}, 0.5),
    "loopback": ({"printer": {"queue": "slip", "server": "localhost:6310"}}, 1.3),
    "assistive": ({"assistive": {"technology": True}}, 0.8),
}
"""What a site turns on, and how exposed the kiosk's unit may be with it: a network of its own weighs most."""
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SEATD = "[Unit]\nDescription=Seat management daemon\n[Service]\nExecStart=seatd -g video\nRestart=always\n"
analyzed = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


def exposure(unit: Path, most: float) -> subprocess.CompletedProcess[str]:
    """Ask whether a unit is at most this exposed; systemd counts in tenths."""
    command = [
        "systemd-analyze",
        "security",
        "--no-pager",
        "--offline=yes",
        f"--threshold={round(most * 10)}",
        unit,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def as_debian_has_it(name: str, folder: Path) -> Path:
    """Put a unit beside its drop-ins; of seatd only the drop-in is ours."""
    unit = folder / name
    if name == "seatd.service":
        unit.write_text(SEATD)
        (folder / "seatd.service.d").mkdir()
        shutil.copy(UNITS / "seatd.conf", folder / "seatd.service.d")
        own = (UNITS / "seatd.conf").read_text().partition("[Service]\n")[2]
        unit.write_text(SEATD + own)  # systemd before 257 reads no drop-ins of a unit offline
    else:
        shutil.copy(UNITS / name, unit)
    return unit


def test_what_lies_below_usr_lib_is_taken_from_all_alike():
    """But for the print server, whose filters are shell scripts and programs of /usr/lib/cups."""
    taken = {
        name: [line for line in text.splitlines() if line.startswith("NoExecPaths=-")]
        for name, text in ((unit.name, unit.read_text()) for unit in UNITS.iterdir())
        if " /usr/lib" in text and name != "visitor-kiosk-print.service"
    }
    assert len(taken) >= 6
    assert {name: lines for name, lines in taken.items() if lines != taken["visitor-kiosk.service"]} == {}


@analyzed
@pytest.mark.parametrize("name", MOST)
def test_a_unit_is_no_more_exposed_than_promised(tmp_path, name):
    done = exposure(as_debian_has_it(name, tmp_path), MOST[name])
    assert done.returncode == 0, done.stdout + done.stderr


@analyzed
@pytest.mark.parametrize("name", OPENED)
def test_what_a_site_turns_on_exposes_the_kiosk_no_more_than_promised(tmp_path, name):
    tables, most = OPENED[name]
    found = openings.drop_ins(tables)
    assert found
    unit = tmp_path / "visitor-kiosk.service"
    whole, _, install = (UNITS / unit.name).read_text().partition("[Install]\n")
    # In one file: systemd before 257 reads no drop-ins of a unit offline.
    unit.write_text("\n".join([whole, *found.values(), f"[Install]\n{install}"]))
    done = exposure(unit, most)
    assert done.returncode == 0, done.stdout + done.stderr


@analyzed
def test_the_measure_bites(tmp_path):
    plain = tmp_path / "plain.service"
    plain.write_text("[Service]\nExecStart=/bin/true\n")
    assert exposure(plain, 1.5).returncode != 0


def test_the_kiosk_command_of_the_unit_and_of_the_bus_are_one():
    unit = (UNITS / "visitor-kiosk.service").read_text()
    assert f"ExecStart={openings.COMMAND}\n" in unit


def test_every_file_of_the_folder_is_installed():
    from kiosk.deploy.package import PLACES

    assert {path.name for path in UNITS.iterdir()} == set(PLACES)


def test_every_service_that_is_shipped_has_its_limit():
    assert {path.name for path in UNITS.glob("*.service")} == set(MOST) - {"seatd.service"}


def test_the_readme_gives_the_same_limits():
    table = README.split("| unit | user |")[1].split("\n\n")[0]
    for name, most in MOST.items():
        (row,) = [line for line in table.splitlines() if line.startswith(f"| `{name}`")]
        assert row.endswith(f"| {most} |")


def test_the_display_has_a_larger_share_than_the_kiosk_and_both_have_more_than_others():
    """A standby that is made must not keep the compositor waiting; systemd gives 100 where none is named."""
    display, kiosk = (
        int(re.search(r"^CPUWeight=(\d+)$", (UNITS / name).read_text(), re.MULTILINE)[1])
        for name in ("visitor-kiosk-display.service", "visitor-kiosk.service")
    )
    assert display > kiosk > 100

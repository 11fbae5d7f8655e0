"""What a process has settled before it reads any content; tried in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.host.hardening import allow_assistive_technology

ROOT = Path(__file__).parents[2]
SETTLED = """
import ctypes, faulthandler, json, os, resource, sys
faulthandler.enable()
from kiosk.host.hardening import harden
harden()
libc = ctypes.CDLL(None)
print(json.dumps({
    "core": resource.getrlimit(resource.RLIMIT_CORE),
    "dumpable": libc.prctl(3, 0, 0, 0, 0),
    "faulthandler": faulthandler.is_enabled(),
    "bytecode": sys.dont_write_bytecode,
    "environment": dict(os.environ),
}))
"""


def settled() -> dict:
    noisy = {"SESSION_MANAGER": "local/x", "QT_IM_MODULE": "ibus", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}
    noisy |= {"XDG_RUNTIME_DIR": "", "SBK_EMBED": "0"}
    done = subprocess.run(
        [sys.executable, "-c", SETTLED], cwd=ROOT, env=noisy, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_nothing_can_be_dumped_cached_or_asked_of_a_bus():
    found = settled()
    assert found["core"] == [0, 0]
    assert found["dumpable"] == 0
    assert found["faulthandler"] is False
    assert found["bytecode"] is True
    environment = found["environment"]
    assert environment["DBUS_SESSION_BUS_ADDRESS"] == "disabled:"
    assert environment["QT_IM_MODULE"] == "none"
    assert "SESSION_MANAGER" not in environment
    assert "SBK_EMBED" not in environment, "Qt for Python would write files at each start"
    assert "XDG_RUNTIME_DIR" not in environment
    assert not Path(environment["XDG_CACHE_HOME"]).exists()


FREED = """
import ctypes, sys
from kiosk.host.hardening import harden
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = (ctypes.c_void_p,)
SIZE = 1080 * 1920 * 4
if "hardened" in sys.argv:
    harden()
for _ in range(3):  # the C library learns from the first that is freed
    picture = libc.malloc(SIZE)
    ctypes.memset(picture, ord("Z"), SIZE)
    libc.free(picture)
maps = open("/proc/self/maps").read().splitlines()
start, end = next(line for line in maps if line.endswith("[heap]")).split()[0].split("-")
heap = ctypes.string_at(int(start, 16), int(end, 16) - int(start, 16))
print(heap.count(b"Z" * 64) * 64 // 1_000_000)
"""


def test_nothing_of_a_picture_is_left_when_it_is_freed():
    """Pictures of pages are large: without this the C library keeps the memory of the last one as it is."""
    kept = [
        subprocess.run(
            [sys.executable, "-c", FREED, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        for arguments in ([], ["hardened"])
    ]
    assert kept == ["8", "0"]


def test_only_the_program_itself_reaches_the_log():
    """A library writes to the descriptors, not to Python's files; so does a program that is run."""
    works = (
        "import os, subprocess, sys\nfrom kiosk.host.hardening import mute_libraries\nmute_libraries()\n"
        "os.write(1, b'library')\nos.write(2, b'library')\n"
        "subprocess.run(['sh', '-c', 'echo program; echo program >&2'])\n"
        "sys.stderr.write('a fault\\n')\nos._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", works], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "a fault\n")


@pytest.mark.parametrize("bus", ["unix:path=/x", None])
def test_the_bus_comes_back_only_where_the_site_lets_a_screen_reader_see(bus):
    environment = {"DBUS_SESSION_BUS_ADDRESS": "disabled:", "QT_ACCESSIBILITY": "0", "NO_AT_BRIDGE": "1"}
    allow_assistive_technology(bus, environment)
    assert environment.get("DBUS_SESSION_BUS_ADDRESS") == bus
    assert environment["QT_ACCESSIBILITY"] == environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] == "1"
    assert "NO_AT_BRIDGE" not in environment


def test_no_folder_can_be_made_where_caches_would_go():
    nowhere = Path(settled()["environment"]["XDG_CACHE_HOME"])
    done = subprocess.run(["mkdir", "-p", nowhere], capture_output=True, check=False)
    assert done.returncode != 0


PRIORITIES = """
import os
from kiosk.host.hardening import ease, press_on
ease()
eased = os.getpriority(os.PRIO_PROCESS, 0)
press_on()
print(eased, os.getpriority(os.PRIO_PROCESS, 0))
"""


def priorities(*wrapper: str) -> str:
    """Return the nice value of a standby and of a visit on screen."""
    command = [*wrapper, sys.executable, "-c", PRIORITIES]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def may(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may("nice", "-n", "-10", "true"), reason="no process may come to the front here")
def test_a_standby_waits_behind_and_a_visit_on_screen_comes_first():
    assert priorities() == "10 -10"


@pytest.mark.skipif(not may("nice", "-n", "-10", "true"), reason="no process may come to the front here")
def test_a_visit_comes_first_where_nobody_can_see_its_threads():
    unseen = PRIORITIES.replace(
        "ease()", "import kiosk.host.hardening as h; h.THREADS = h.Path('/nowhere'); ease()", 1
    )
    told = subprocess.run(
        [sys.executable, "-c", unseen], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "10 -10\n"


@pytest.mark.parametrize("limit", [0, 20, 30])
def test_an_ordinary_user_needs_the_limit_that_a_service_unit_sets(limit):
    """By LimitNICE; a standby that could not come back never goes behind."""
    limited = ["prlimit", f"--nice={limit}:{limit}"]
    if os.geteuid() != 0 or not may(*limited, "true"):
        pytest.skip("only root can set a limit and become somebody else")
    somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    # It may still read a Python that only root may see.
    somebody += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    assert priorities(*limited, *somebody) == ("10 -10" if limit == 30 else "0 0")

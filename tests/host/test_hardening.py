"""What a process has settled before it reads any content; tried in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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
    assert not Path(environment["XDG_CACHE_HOME"]).exists()


def test_no_folder_can_be_made_where_caches_would_go():
    nowhere = Path(settled()["environment"]["XDG_CACHE_HOME"])
    done = subprocess.run(["mkdir", "-p", nowhere], capture_output=True, check=False)
    assert done.returncode != 0

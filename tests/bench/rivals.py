"""The programs compared: the kiosk, and Chromium showing the same directory as a page with two ways to leave.

Each has the same walks, named alike, so that both are pressed on the same pages in the same order.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from latency import ROOT, Walk
from peer.site import Exit, write_site
from watching import Pixels

from kiosk.house import House
from tests.faults.cage import ORDINARY

CHROMIUM = "chromium"
FLAGS = (
    *("--kiosk", "--window-position=0,0", "--force-device-scale-factor=1"),
    *(
        "--disable-gpu",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
    ),
    *("--disable-sync", "--disable-quic", "--disable-features=Translate,MediaRouter"),
    *("--no-first-run", "--no-default-browser-check", "--noerrdialogs", "--password-store=basic"),
)
"""What a careful operator of a machine without network would give it; nothing that slows it down."""
BARE = ("--no-sandbox", "--test-type")
"""Only where its sandbox cannot work: nobody would show the public a browser without."""


@dataclass
class Rival:
    """One program, where to press it, and what has been learned of its screens."""

    name: str
    command: tuple[str, ...]
    walks: list[Walk]
    codes: list[Walk]
    overlay_page: Path | None = None
    wrapper: tuple[str, ...] = ()
    """What the command is started by, such as a compositor; it stands at the beginning of `command`."""
    environment: dict[str, str] = field(default_factory=dict)
    leaves: bool = False
    """True where Hide goes to another page, and the first tap of a visit therefore to another one again."""
    lobby: Pixels | None = None
    first: Pixels | None = None
    overlay: Pixels | None = None
    profiles: list[int] = field(default_factory=list)
    """Bytes in the profile folder when the program ended, for each start."""

    @contextmanager
    def started_with(self) -> Iterator[list[str]]:
        """Give the command line, with a fresh profile folder that is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="profile-", ignore_cleanup_errors=True) as profile:
            if self.wrapper:
                Path(profile).chmod(0o777)  # it may run as somebody else
            yield [part.replace("PROFILE", profile) for part in self.command]
            self.profiles.append(size_of(Path(profile)))


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    total = 0
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            total += path.stat().st_size
    return total


def kiosk(content: Path, site: Path, size: tuple[int, int], most: int = 8) -> Rival:
    """Return the kiosk as the README starts it, on a content set."""
    route = [sys.executable, str(ROOT / "tests" / "bench" / "route.py"), f"{size[0]}x{size[1]}"]
    route += [str(content), str(site), str(most)]
    places = json.loads(subprocess.run(route, check=True, capture_output=True, text=True).stdout)
    command = (sys.executable, "run_kiosk.py", "--content", str(content), "--site", str(site))
    return Rival("kiosk", command, _walks(places["walks"]), _walks(places["codes"]))


def peer(house: House, folder: Path, size: tuple[int, int], leaving: Exit) -> Rival:
    """Write the house as a web page into `folder` and return Chromium showing it."""
    start = write_site(house, folder, size, leaving)
    places = json.loads((folder / "places.json").read_text())
    command = chromium(start, size)
    rival = Rival(f"peer {leaving.value}", command, _walks(places["walks"]), _walks(places["codes"]))
    rival.wrapper = ordinary()
    if leaving is Exit.GOV_UK:
        rival.leaves, rival.overlay_page = True, folder / "overlay.html"
    return rival


def chromium(page: Path, size: tuple[int, int]) -> tuple[str, ...]:
    """Return the command line for a local page; PROFILE stands for the profile folder."""
    place = (f"--window-size={size[0]},{size[1]}", "--user-data-dir=PROFILE", page.resolve().as_uri())
    return (*ordinary(), CHROMIUM, *FLAGS, *(() if has_sandbox() else BARE), *place)


def ordinary() -> tuple[str, ...]:
    """Return what starts a browser as a site would: by a user who is not root, at home in its profile."""
    return (*ORDINARY, "env", "HOME=PROFILE", "XDG_RUNTIME_DIR=PROFILE") if os.geteuid() == 0 else ()


@cache
def has_sandbox() -> bool:
    """Return whether Chromium's sandbox can work here: an ordinary user may make a user namespace."""
    tried = [*(ORDINARY if os.geteuid() == 0 else ()), "unshare", "--user", "true"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def same_walks(rivals: list[Rival]) -> None:
    """Keep the walks that all have, in the same order. On small panels there may be no common codes."""
    for key in ("walks", "codes"):
        common = set.intersection(*({walk.page for walk in getattr(rival, key)} for rival in rivals))
        for rival in rivals:
            kept = sorted((w for w in getattr(rival, key) if w.page in common), key=lambda w: w.page)
            setattr(rival, key, kept)
        if not common and key == "walks":
            raise RuntimeError(f"the programs have no {key} in common")


def missing() -> str | None:
    """Return one sentence about what has to be installed first; None when all is there."""
    wanted = {CHROMIUM: "chromium", "Xvfb": "xvfb", "setpriv": "util-linux"}
    lacking = [package for program, package in wanted.items() if not shutil.which(program)]
    if not lacking:
        return None
    return (
        f"compare.py needs the Debian packages {' and '.join(lacking)}: apt-get install {' '.join(lacking)}"
    )


def _walks(raw: list[dict]) -> list[Walk]:
    return [Walk(item["page"], tuple((x, y) for x, y in item["taps"])) for item in raw]

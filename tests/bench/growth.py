"""How both programs grow with the directory: start, memory and tap to page for 10 to 100,000 services.

The contents are synthetic (directory.py). The kiosk reads its files at every start; the peer's page is made
beforehand, as a website's would be. From 1,001 services on the peer keeps its entries in files of their own.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from directory import write_directory
from latency import ROOT
from peer.site import Exit
from probe import VirtualScreen, settle
from report import NAMES
from resources import pss_mb, tree
from rivals import Rival, kiosk, peer, same_walks
from stage import Stage

from kiosk.house import open_house

SETTLE_S = 3.0
VISITS = 4


@dataclass(frozen=True)
class Grown:
    """What one program came to with `services` services; None where it did not come up."""

    services: int
    program: str
    start_ms: float | None = None
    pss_mb: float | None = None
    page_ms: float | None = None
    hide_ms: float | None = None
    fault: str = ""


def grow(screen: VirtualScreen, size: tuple[int, int], services: int) -> list[Grown]:
    """Measure the kiosk and the page that covers in place on one synthetic directory."""
    folder = Path(tempfile.mkdtemp(prefix="directory-"))
    try:
        content = folder / "data"
        site = write_directory(content, ROOT / "data", services)
        house = open_house(content, site)
        if len(house.library.services) != services:
            raise RuntimeError("the kiosk refuses the synthetic content set: see above")
        rivals = [
            kiosk(content, site, size, most=2),
            peer(house, folder / "peer", size, Exit.IN_PLACE),
        ]
        del house
        same_walks(rivals)
        return [_measured(screen, rival, services) for rival in rivals]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(screen: VirtualScreen, rival: Rival, services: int) -> Grown:
    stage = Stage(screen)
    stage.quiet_s = 0.4
    try:
        with stage.running(rival):
            pass  # learns the lobby
        with stage.running(rival) as pid:
            settle(screen.pixels(), SETTLE_S, 2 * SETTLE_S)
            memory = pss_mb(tree(pid))
            for walk in (rival.walks * VISITS)[:VISITS]:
                stage.visit(rival, walk, "idle")
    except (RuntimeError, OSError) as fault:
        return Grown(services, rival.name, fault=str(fault).splitlines()[0])
    found = {key: _median(stage, key, rival) for key in ("start", "page, idle", "hide, idle")}
    fault = stage.faults[0] if stage.faults else ""
    times = (found["page, idle"], found["hide, idle"])
    return Grown(services, rival.name, found["start"], memory, *times, fault)


def _median(stage: Stage, figure: str, rival: Rival) -> float | None:
    known = [r.last_ms for _, r in stage.readings[figure, rival.name] if r.last_ms is not None]
    return median(known) if known else None


def table(grown: list[Grown]) -> str:
    """Return the growth as one table."""
    lines = [f"{'services':>9}  {'program':<14}{'start ms':>10}{'PSS MB':>9}{'page ms':>9}{'hide ms':>9}"]
    for one in grown:
        values = (one.start_ms, one.pss_mb, one.page_ms, one.hide_ms)
        shown = [f"{v:.0f}" if v is not None else "-" for v in values]
        line = f"{one.services:>9,}  {one.program:<14}{shown[0]:>10}" + "".join(f"{s:>9}" for s in shown[1:])
        lines.append(f"{line}  {one.fault}".rstrip())
    assert all(one.program in NAMES for one in grown)
    return "\n".join(lines)

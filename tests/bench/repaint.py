"""How long does a change of language, text size or colours take? Press the controls, watch the pixels.

    python tests/bench/repaint.py [--rounds 10] [--size 1080x1920]

Measured from outside, as in latency.py: from the release of the finger to the last changed pixel, on the
lobby, the page of needs, a list and an entry. A round changes the language twice, the size three times and
the colours four times on each, and so ends where it began. Exit status 1 if a press changed nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

MILLIMETRES = 268.0  # the lit width of the panel, as in the site file that is measured
GOAL_MS = 33.0
Taps = list[tuple[int, int]]


def plan(size: str, site: str) -> None:
    """Print as JSON where to press: {"page", "taps", "changes": [[what, x, y], ...]}. Without a screen."""
    import plan as without_a_screen  # noqa: F401 - chooses the platform
    from route import middle

    from kiosk.house import open_house
    from kiosk.ui.picture import built
    from kiosk.ui.run import make_application
    from kiosk.ui.theme import Panel
    from kiosk.visit.actions import Open, SetLanguage, SetLook, SetSize
    from kiosk.visit.places import CategoryPlace, HelpPlace, ResourcePlace
    from kiosk.visit.step import step
    from kiosk.visit.visit import Visit

    application = make_application()
    width, height = (int(number) for number in size.split("x"))
    house = open_house(Path(__file__).parents[2] / "data", Path(site))
    panel = Panel.measured(width, height, MILLIMETRES)

    def press(visit: Visit, wanted: type, place: type | None = None) -> tuple[Visit, tuple[int, int]]:
        page = built(house, visit, panel)
        for button in page.buttons():
            if isinstance(button.action, wanted) and (
                place is None or isinstance(button.action.place, place)
            ):
                return step(visit, button.action), middle(button, page)
        raise SystemExit(f"no {wanted.__name__} on {visit.place}")

    visit, taps, found = Visit(), [], []
    for place in (None, HelpPlace, CategoryPlace, ResourcePlace):
        if place:
            visit, at = press(visit, Open, place)
            taps = [*taps, at]
        changed, changes = visit, []
        for what, wanted, times in (
            ("language", SetLanguage, 2),
            ("size", SetSize, 3),
            ("colours", SetLook, 4),
        ):
            for _ in range(times):
                changed, at = press(changed, wanted)
                changes.append((what, *at))
        found.append({"page": type(visit.place).__name__, "taps": taps, "changes": changes})
    json.dump(found, sys.stdout)
    del application


def measure(options: argparse.Namespace) -> int:
    """Press, watch and print one table."""
    from latency import SITE, Bench, kiosk_at_night, strip_middle
    from probe import VirtualScreen, figures, pace_ms, surroundings, table
    from shares import come_first
    from steady import steady_site
    from watching import settle

    command = [sys.executable, __file__, "--plan", options.size, str(steady_site(SITE))]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    width, height = (int(number) for number in options.size.split("x"))
    rows = defaultdict(list)
    come_first()
    with VirtualScreen(width, height) as screen:
        bench = Bench(screen, kiosk_at_night(), strip_middle(width, height, MILLIMETRES), 0.0)
        bench.start()
        settle(screen.pixels(), 1.5, 20.0)
        for number in range(options.rounds):
            for each in listed:
                for at in each["taps"]:
                    bench.tap(f"to {each['page']}", tuple(at))
                for what, x, y in each["changes"]:
                    bench.tap(f"{what} on {each['page']}, round {number + 1}", (x, y))
                    rows[what].append(bench.pages[-1])
                bench.press_strip()
                bench.release_strip()
                settle(screen.pixels(), 1.0, 5.0)
        for name, value in surroundings(screen).items():
            print(f"{name:<13} {value}")
        print(f"{'pace':<13} {pace_ms():.0f} ms for a loop of a million steps\n")
    counted = {name: figures(kept) for name, kept in rows.items()}
    print(table(counted))
    for name, each in counted.items():
        met = each is not None and each.median_ms <= GOAL_MS
        print(f"{name}: a median of at most {GOAL_MS:.0f} ms is {'met' if met else 'missed'}")
    print(f"\n{len(bench.faults)} faults", *bench.faults, sep="\n  ")
    return 1 if bench.faults else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10, help="of nine changes on each of four pages")
    parser.add_argument("--size", default="1080x1920", metavar="WxH", help="screen, px")
    parser.add_argument("--plan", nargs=2, metavar=("WxH", "SITE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.plan:
        plan(*options.plan)
        return 0
    return measure(options)


if __name__ == "__main__":
    sys.exit(main())

"""What compare.py is asked for on its command line, and what it does when it is not asked."""

from __future__ import annotations

import argparse

from latency import parse_size
from loads import LOADS

PARTS = ("hide", "work", "apart", "resources", "compositors", "visits", "growth")


def parse_options(description: str) -> argparse.Namespace:
    """Read the command line of compare.py, whose docstring is the description."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--presses", type=int, help="of Hide, for each load (1000; quick: 6)")
    parser.add_argument("--peers", type=int, help="of Hide, for each page in the browser (as many)")
    parser.add_argument("--visits", type=int, help="in a row, for the part visits (10000; quick: 20)")
    parser.add_argument("--peer-visits", type=int, help="of the page in the browser (a tenth; 20 at least)")
    parser.add_argument("--quick", action="store_true", help="few presses, to see that it works")
    parser.add_argument("--json", action="store_true", help="print JSON with every reading")
    parser.add_argument("--size", default="1080x1920", metavar="WxH,...", help="screens, px (%(default)s)")
    parser.add_argument("--parts", default=",".join(PARTS[:-1]), help="of %(default)s,growth")
    parser.add_argument("--loads", default=",".join(LOADS), help="of %(default)s, for the part hide")
    parser.add_argument(
        "--services", default="10,100,1000,10000,100000", help="sizes for the part growth (%(default)s)"
    )
    options = parser.parse_args()
    options.parts = options.parts.split(",")
    options.loads = options.loads.split(",")
    if unknown := set(options.loads) - set(LOADS):
        parser.error(f"there is no load {unknown.pop()}; the loads are {', '.join(LOADS)}")
    options.sizes = [parse_size(size) for size in options.size.split(",")]
    options.services = [int(number) for number in options.services.split(",")]
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {unknown.pop()}; the parts are {', '.join(PARTS)}")
    options.presses = options.presses or (6 if options.quick else 1000)
    options.peers = options.peers or options.presses
    options.visits = options.visits or (20 if options.quick else 10_000)
    options.peer_visits = options.peer_visits or max(20, options.visits // 10)
    options.idle_s = 5.0 if options.quick else 30.0
    options.counted = 6 if options.quick else 20
    return options

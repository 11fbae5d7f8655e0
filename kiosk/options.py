"""What the command line of the kiosk itself takes, and how a command says that it cannot run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.shipped import HOME, SHOWN, SITE, is_installed

ROOT = HOME
DATA = HOME / "data"
CONTENT = SHOWN if is_installed() else DATA
"""What this kiosk shows if nobody says: on a terminal what its unit names, in a checkout its own folder."""
SITE_FILE = SITE if is_installed() else None
"""The site file of this terminal; None in a checkout, which has several."""


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `run`, the default."""
    parser.add_argument(
        "--content",
        type=Path,
        default=CONTENT,
        metavar="DIR",
        help="the folder with the content, or a built file",
    )
    parser.add_argument("--site", type=Path, default=SITE_FILE, metavar="FILE", help="the site file")
    parser.add_argument("--single", action="store_true", help="one process without a host, for development")
    parser.add_argument(
        "--window", type=panel_size, metavar="WxH", help="a window of this size, for development"
    )


def panel_size(words: str) -> tuple[int, int]:
    """Return (1080, 1920) for "1080x1920"."""
    width, _, height = words.partition("x")
    if not (width.isdigit() and height.isdigit() and 320 <= int(width) <= 16384 >= int(height) >= 320):
        raise argparse.ArgumentTypeError(f"{words} is not a size; write width x height, such as 1080x1920")
    return int(width), int(height)


def refuse(message: str) -> int:
    """Say what is in the way, and return the exit code for it."""
    print(message, file=sys.stderr)
    return 2

"""The command `edit`: a window beside the editor of who writes the content."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.display import NO_LIBRARIES
from kiosk.house import DEMO_SITE

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction
    from collections.abc import Callable

    Commands = _SubParsersAction[ArgumentParser]

HIGHEST = 0.86
"""The share of the screen's height that the picture of the panel takes."""


def add_commands(commands: Commands, folder: Path, size: Callable[[str], tuple[int, int]]) -> None:
    """Add edit; `folder` is the content if nobody says, `size` reads "540x960"."""
    edit = commands.add_parser("edit", help="show the page you edit, anew at each save, with its faults")
    edit.add_argument(
        "--content", type=Path, default=folder, metavar="DIR", help="the folder with the content"
    )
    edit.add_argument("--site", type=Path, metavar="FILE", help="the site file")
    edit.add_argument("--window", type=size, metavar="WxH", help="the page as large as this")
    edit.set_defaults(command=_edit)


def _edit(options: Namespace) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it
    try:
        from PySide6.QtCore import QSize

        from kiosk.preview.window import Files, Preview
        from kiosk.ui.run import make_application
    except ImportError as error:
        sys.stderr.write(f"{NO_LIBRARIES.format(fault=error)}\n")
        return 2
    application = make_application()
    site = options.site or options.content / "sites" / DEMO_SITE
    height = int(application.primaryScreen().availableGeometry().height() * HIGHEST)
    size = QSize(*options.window) if options.window else QSize(height * 9 // 16, height)
    files = Files(options.content.resolve(), site.resolve(), date.today)
    preview = Preview(files, size, _tell)
    preview.show()
    return application.exec()


def _tell(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()

"""Every command but `run`: proof, said and words are here, the others come from those who own them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.agency.commands import add_commands
from kiosk.agency.texts import overlay_words, word_entries
from kiosk.agency.whole_file import write_whole
from kiosk.content.faults import ContentError
from kiosk.deploy.commands import add_deploy_commands
from kiosk.display import NO_LIBRARIES
from kiosk.house import open_house
from kiosk.options import CONTENT, DATA, ROOT, SITE_FILE, refuse
from kiosk.preview.commands import add_commands as add_preview_commands
from kiosk.progress import bar
from kiosk.technician.commands import add_commands as add_technician_commands
from kiosk.updates.commands import add_update_commands


def parser_with(run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; `run` is what `run` does."""
    parser = argparse.ArgumentParser(
        prog=Path(sys.argv[0]).name, description="Visitor information for lobbies and waiting rooms."
    )
    _add_run_options(parser)
    parser.set_defaults(command=run)
    commands = parser.add_subparsers(title="commands", metavar="")
    shown = commands.add_parser("run", help="show the kiosk on this screen (the default)")
    _add_run_options(shown)
    shown.set_defaults(command=run)
    add_commands(commands, CONTENT, SITE_FILE)
    add_deploy_commands(commands)
    add_update_commands(commands)
    proof = commands.add_parser("proof", help="draw every page as a picture, for sign-off")
    proof.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the pictures go")
    proof.add_argument("--content", type=Path, default=CONTENT, metavar="DIR")
    proof.add_argument("--site", type=Path, default=SITE_FILE, metavar="FILE", help="one site only")
    proof.add_argument(
        "--panel", type=panel_size, metavar="WxH", help="one panel size only, such as 1080x1920"
    )
    proof.add_argument("--language", metavar="CODE", help="one language only")
    proof.set_defaults(command=_proof)
    said = commands.add_parser("said", help="list all that the voice says, to record it")
    said.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the list goes")
    said.add_argument("--content", type=Path, default=CONTENT, metavar="DIR")
    said.add_argument("--site", type=Path, required=True, metavar="FILE", help="a site with speech")
    said.add_argument("--language", required=True, metavar="CODE", help="one language of the site")
    said.set_defaults(command=_said)
    words = commands.add_parser("words", help="bring the translations in step with the English texts")
    words.add_argument("--content", type=Path, default=DATA, metavar="DIR")
    words.add_argument("--check", action="store_true", help="only say what is out of step")
    words.set_defaults(command=_words)
    add_technician_commands(commands, CONTENT, SITE_FILE, panel_size)
    add_preview_commands(commands, CONTENT, panel_size)
    return parser


def panel_size(words: str) -> tuple[int, int]:
    """Return (1080, 1920) for "1080x1920"."""
    width, _, height = words.partition("x")
    if not (width.isdigit() and height.isdigit() and 320 <= int(width) <= 16384 >= int(height) >= 320):
        raise argparse.ArgumentTypeError(f"{words} is not a size; write width x height, such as 1080x1920")
    return int(width), int(height)


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `run`, the default; `plain_start` reads the first two where there are no others."""
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


def _proof(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from kiosk.ui.proof import Wanted, draw_proof
    except ImportError as error:
        return refuse(NO_LIBRARIES.format(fault=error))
    house = open_house(options.content, options.site)
    panel = "{}x{}".format(*options.panel) if options.panel else None
    wanted = Wanted(panel, options.language)
    for line in draw_proof(house, options.out, wanted, bar):
        print(line)
    return 0


def _said(options: argparse.Namespace) -> int:
    """Write the list, and say which recordings nothing says any more: these are never played."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from kiosk.ui.said import all_said, as_lines
    except ImportError as error:
        return refuse(NO_LIBRARIES.format(fault=error))
    house = open_house(options.content, options.site)
    if house.settings.speech is None:
        return refuse("This site has no voice; name one whose file has [speech] with on = true: --site FILE")
    if options.language not in house.settings.languages:
        known = ", ".join(house.settings.languages)
        return refuse(f'"{options.language}" is no language of this site; write one of: {known}')
    found = all_said(house, options.language, bar)
    recorded = house.clips.get(options.language, {})
    write_whole(options.out, as_lines(found, recorded).encode())
    print(f"{options.out}: {len(found)} texts, {len(recorded.keys() & found.keys())} of them recorded.")
    for utterance in (each for each in recorded if each not in found):
        print(f'speech/{options.language}/clips.toml: no page says this, so it is not played: "{utterance}"')
    return 0


def _words(options: argparse.Namespace) -> int:
    from kiosk.words.workshop import refresh, refresh_files

    folders = (ROOT / "assets" / "words", options.content / "words")
    try:
        problems = refresh(*folders, *word_entries(options.content), check=options.check, along=bar)
        for files, entries in overlay_words(options.content):
            problems += refresh_files(files, entries, check=options.check, along=bar)
    except ModuleNotFoundError:
        return refuse('The translation tools are missing. Install them: pip install ".[test]"')
    except ContentError as error:
        return refuse(f"Mend the content first:\n{error}")
    for problem in problems:
        print(problem)
    return 1 if problems else 0

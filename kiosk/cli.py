"""One command line: run (default), proof and words here; the others come from those who own them."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.agency.commands import add_commands
from kiosk.agency.whole_file import write_whole
from kiosk.content.faults import ContentError
from kiosk.deploy.commands import add_deploy_commands
from kiosk.display import NO_LIBRARIES
from kiosk.house import House, built_in_house, open_house, overlay_words, tell_of_built, word_entries
from kiosk.preview.commands import add_commands as add_preview_commands
from kiosk.progress import bar
from kiosk.technician.commands import add_commands as add_technician_commands
from kiosk.updates.commands import add_update_commands

if TYPE_CHECKING:
    from kiosk.host.link import Link

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TURN_S = 0.0001


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 faults found, 2 cannot run."""
    options = _parser().parse_args(arguments)
    sys.dont_write_bytecode = True
    try:
        return int(options.command(options))
    except OSError as error:  # a full disk, a folder that cannot be written
        return _refuse(f"visitor-kiosk: {error.strerror or error}: {error.filename or 'no file'}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=Path(sys.argv[0]).name, description="Visitor information for lobbies and waiting rooms."
    )
    _add_run_options(parser)
    parser.set_defaults(command=_run)
    commands = parser.add_subparsers(title="commands", metavar="")
    run = commands.add_parser("run", help="show the kiosk on this screen (the default)")
    _add_run_options(run)
    run.set_defaults(command=_run)
    add_commands(commands, DATA)
    add_deploy_commands(commands)
    add_update_commands(commands)
    proof = commands.add_parser("proof", help="draw every page as a picture, for sign-off")
    proof.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the pictures go")
    proof.add_argument("--content", type=Path, default=DATA, metavar="DIR")
    proof.add_argument("--site", type=Path, metavar="FILE", help="one site only")
    proof.add_argument("--panel", type=_size, metavar="WxH", help="one panel size only, such as 1080x1920")
    proof.add_argument("--language", metavar="CODE", help="one language only")
    proof.set_defaults(command=_proof)
    said = commands.add_parser("said", help="list all that the voice says, to record it")
    said.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the list goes")
    said.add_argument("--content", type=Path, default=DATA, metavar="DIR")
    said.add_argument("--site", type=Path, required=True, metavar="FILE", help="a site with speech")
    said.add_argument("--language", required=True, metavar="CODE", help="one language of the site")
    said.set_defaults(command=_said)
    words = commands.add_parser("words", help="bring the translations in step with the English texts")
    words.add_argument("--content", type=Path, default=DATA, metavar="DIR")
    words.add_argument("--check", action="store_true", help="only say what is out of step")
    words.set_defaults(command=_words)
    add_technician_commands(commands, DATA, _size)
    add_preview_commands(commands, DATA, _size)
    return parser


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content",
        type=Path,
        default=DATA,
        metavar="DIR",
        help="the folder with the content, or a built file",
    )
    parser.add_argument("--site", type=Path, metavar="FILE", help="the site file")
    parser.add_argument("--single", action="store_true", help="one process without a host, for development")
    parser.add_argument("--window", type=_size, metavar="WxH", help="a window of this size, for development")


def _size(words: str) -> tuple[int, int]:
    """Return (1080, 1920) for "1080x1920"."""
    width, _, height = words.partition("x")
    if not (width.isdigit() and height.isdigit() and 320 <= int(width) <= 16384 >= int(height) >= 320):
        raise argparse.ArgumentTypeError(f"{words} is not a size; write width x height, such as 1080x1920")
    return int(width), int(height)


def _run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it; Qt's loop would never see Python's own
    from kiosk.host.hardening import harden

    bus = harden()
    try:
        from kiosk.ui import served
        from kiosk.ui.run import run
    except ImportError as error:
        return _refuse(NO_LIBRARIES.format(fault=error))
    if not (options.single or options.window):
        return _host(options.content, options.site, served.serve, bus)
    house = _opened(options.content, options.site)
    _settle_bus(house, bus)
    _settle_interpreter()
    return run(house, options.window)


def _host(
    content: Path, site: Path | None, serve: Callable[[Link, House, bool], int], bus: str | None
) -> int:
    """Run the host; each of its children is one visit. The host itself never holds the content."""
    from kiosk.host.edition import Edition, hold
    from kiosk.host.hardening import ease
    from kiosk.host.health import Health
    from kiosk.host.host import Host, in_a_child
    from kiosk.takeaway.code import prepare

    def visit(link: Link, built_in: bool, hurried: bool) -> int:
        if not hurried:
            ease()
        hold(content)
        house = built_in_house(content) if built_in else _opened(content, site, _say_nothing)
        _settle_bus(house, bus)
        _settle_interpreter()
        return serve(link, house, hurried)

    def tell_faults() -> None:
        in_a_child(lambda: tell_of_built(_opened(content, site), sys.stderr.write))

    edition = Edition(content)
    tell_faults()  # once for each edition of the content: a visit says nothing
    return Host(visit, Health(), prepare, edition, tell_faults).run()


def _opened(content: Path, site: Path | None, tell: Callable[[str], object] = sys.stderr.write) -> House:
    """Return the house as this machine can show it: without a voice or printer whose programs are missing."""
    house = _with_printer(open_house(content, site, tell), tell)
    if house.settings.speech is None:
        return house
    from kiosk.speech.command import ESPEAK, PLAYER, has_player, is_installed

    if is_installed():
        if not house.clips or has_player():
            return house
        tell(f"visitor-kiosk: there are recordings, but {PLAYER} is not installed; the voice says all\n")
        return replace(house, clips={})
    tell(f"visitor-kiosk: speech is on in the site file, but {ESPEAK} is not installed; it stays off\n")
    return replace(house, settings=replace(house.settings, speech=None))


def _with_printer(house: House, tell: Callable[[str], object]) -> House:
    if house.settings.printer is None:
        return house
    from kiosk.slip.command import missing

    if program := missing(house.settings.printer):
        tell(f"visitor-kiosk: a printer is in the site file, but {program} is not installed; it stays off\n")
        return replace(house, settings=replace(house.settings, printer=None))
    return house


def _settle_bus(house: House, bus: str | None) -> None:
    """Give the session bus back to this process where the site lets a screen reader see the screen."""
    from kiosk.host.hardening import allow_assistive_technology

    if house.settings.assistive_technology:
        allow_assistive_technology(bus)


def _settle_interpreter() -> None:
    """Keep the collector away from the directory, which never changes, and from the visitor's taps.

    The window collects in quiet moments instead: a quarter of the time to a page was the collector's.
    And should anything compute in a thread, Hide does not wait 5 ms for each of its turns.
    """
    gc.freeze()
    gc.disable()
    sys.setswitchinterval(TURN_S)


def _say_nothing(_: str) -> None:
    """A visit says nothing of the content: lines in the log would count the visits."""


def _proof(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from kiosk.ui.proof import Wanted, draw_proof
    except ImportError as error:
        return _refuse(NO_LIBRARIES.format(fault=error))
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
        return _refuse(NO_LIBRARIES.format(fault=error))
    house = open_house(options.content, options.site)
    if house.settings.speech is None:
        return _refuse("This site has no voice; name one whose file has [speech] with on = true: --site FILE")
    if options.language not in house.settings.languages:
        known = ", ".join(house.settings.languages)
        return _refuse(f'"{options.language}" is no language of this site; write one of: {known}')
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
        return _refuse('The translation tools are missing. Install them: pip install ".[test]"')
    except ContentError as error:
        return _refuse(f"Mend the content first:\n{error}")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2

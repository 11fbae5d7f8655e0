"""The door: shows the kiosk, or hands the command line to `commands`."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kiosk.display import NO_LIBRARIES
from kiosk.house import House, built_in_house, open_house, tell_of_built
from kiosk.options import add_run_options, refuse

if TYPE_CHECKING:
    from kiosk.host.link import Link
    from kiosk.host.reading import Reading

TURN_S = 0.0001


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 faults found, 2 cannot run."""
    options = _options(arguments)
    sys.dont_write_bytecode = True
    try:
        return int(options.command(options))
    except OSError as error:  # a full disk, a folder that cannot be written
        return refuse(f"visitor-kiosk: {error.strerror or error}: {error.filename or 'no file'}")


def leave(code: int) -> NoReturn:
    """End this process with an exit code.

    Qt's Wayland client can wait for ever when it is taken apart at the end (seen with Qt 6.8 in cage, after
    every second `measure`), and by then nothing is left to do. What was printed is written first.
    """
    if "PySide6" not in sys.modules:
        sys.exit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads it any more, or the disk is full
        code = code or 2
    os._exit(code)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line. A kiosk that starts does not wait for the code of all other commands."""
    only_run = argparse.ArgumentParser(prog=Path(sys.argv[0]).name, add_help=False)
    add_run_options(only_run)
    only_run.set_defaults(command=_run)
    options, others = only_run.parse_known_args(arguments)
    if not others:
        return options
    from kiosk.commands import parser_with

    gc.enable()  # the door turned it off; a start of the kiosk turns it off again
    return parser_with(_run).parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it; Qt's loop would never see Python's own
    gc.disable()  # a start makes much and drops little; the host turns it on again when it is through
    from kiosk.host.hardening import harden

    bus = harden()
    if not (options.single or options.window):
        return _host(options.content, options.site, bus)
    try:
        from kiosk.ui.run import run
    except ImportError as error:
        return refuse(NO_LIBRARIES.format(fault=error))
    house = _opened(options.content, options.site)
    _settle_bus(house, bus)
    _settle_interpreter()
    return run(house, options.window)


def _read_ahead(content: Path, site: Path | None) -> Reading[House] | None:
    """Begin to read a folder beside the first visit, which loads Qt meanwhile; faults are told there.

    A built file is opened by each visit in less time than it would wait for another process to do it.
    """
    from kiosk.host.reading import Reading

    return None if content.is_file() else Reading(lambda: _held(content, site), _tell_of_built)


def _held(content: Path, site: Path | None) -> House:
    """Open the house of a set that no update takes away while this process reads it; tell its faults."""
    from kiosk.host.edition import hold

    hold(content)
    return _opened(content, site)


def _tell_of_built(house: House) -> None:
    """Read a built file whole, which nobody waits for."""
    from kiosk.host.hardening import give_way

    give_way()
    tell_of_built(house, sys.stderr.write)


def _host(content: Path, site: Path | None, bus: str | None) -> int:
    """Run the host; each of its children is one visit. The host itself never holds the content."""
    from kiosk.host.edition import Edition

    edition = Edition(content)  # first: what changes from now on is noticed
    reading = _read_ahead(content, site)
    from kiosk.host.hardening import ease, give_way, mute_libraries
    from kiosk.host.health import Health
    from kiosk.host.host import Host
    from kiosk.host.reading import in_a_child

    def visit(link: Link, built_in: bool, hurried: bool) -> int:
        if not hurried:
            ease()
        try:
            from kiosk.ui.served import serve  # the first loads Qt itself; the host has it for all others
        except ImportError as error:
            return refuse(NO_LIBRARIES.format(fault=error))
        mute_libraries()  # not before: what hinders Qt itself must be told
        house = _house_of_a_visit(content, site, reading, built_in)
        _settle_bus(house, bus)
        _settle_interpreter()
        return serve(link, house, hurried)

    def prepare() -> None:
        if reading:
            reading.drop()  # only what comes before anything is on the screen takes it
        else:
            tell_faults()
        _prepare()

    def read_for_faults() -> None:
        give_way()
        _tell_of_built(_held(content, site))

    def tell_faults() -> None:  # once for each edition of the content: a visit says nothing
        in_a_child(read_for_faults)

    return Host(visit, Health(), prepare, edition, tell_faults).run()


def _house_of_a_visit(
    content: Path, site: Path | None, reading: Reading[House] | None, built_in: bool
) -> House:
    """Return what was read beside the start if this is the visit that takes it, else what it opens itself."""
    from kiosk.host.edition import hold

    hold(content)
    if built_in:
        return built_in_house(content)
    return (reading and reading.take()) or _opened(content, site, _say_nothing)


def _prepare() -> None:
    """Import Qt and all pages; visits that are forked after this have them from the host."""
    import kiosk.content.clips
    import kiosk.content.library
    import kiosk.site_file
    import kiosk.ui.pages.find
    import kiosk.ui.served  # noqa: F401
    from kiosk.ui.pages import load_others

    for _ in load_others():
        pass


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

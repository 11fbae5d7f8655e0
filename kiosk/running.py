"""Runs the kiosk: the host with its visits, or one process by itself."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.display import NO_LIBRARIES
from kiosk.host.edition import Edition, hold
from kiosk.host.forking import VisitMain, fork_visit
from kiosk.host.hardening import allow_assistive_technology, ease, give_way, mute_libraries
from kiosk.host.health import Health
from kiosk.host.link import Link
from kiosk.host.reading import Reading, in_a_child
from kiosk.house import House, built_in_house, names_assistive, open_house, tell_of_built
from kiosk.options import refuse

TURN_S = 0.0001


def run_alone(content: Path, site: Path | None, panel: tuple[int, int] | None, bus: str | None) -> int:
    """Run one visit after the other in this process, for development."""
    try:
        from kiosk.ui.run import run
    except ImportError as error:
        return refuse(NO_LIBRARIES.format(fault=error))
    house = _opened(content, site)
    _settle_bus(house, bus)
    _settle_interpreter()
    return run(house, panel)


def run_host(content: Path, site: Path | None, bus: str | None) -> int:
    """Run the host; each of its children is one visit. The host itself never holds the content."""
    edition = Edition(content)  # first: what changes from now on is noticed
    health = Health()  # before any visit: none inherits whom to tell
    reading = _read_ahead(content, site)
    visit = _visit_main(content, site, reading, bus)
    first = fork_visit(visit, built_in=False, hurried=True)
    from kiosk.host.host import Host  # while the first visit loads Qt, which takes longest

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

    return Host(visit, health, prepare, edition, tell_faults, first).run()


def _visit_main(
    content: Path, site: Path | None, reading: Reading[House] | None, bus: str | None
) -> VisitMain:
    """Return what each visit does; the first takes what is being read."""

    def visit(link: Link, built_in: bool, hurried: bool) -> int:
        if not hurried:
            ease()
        try:
            from kiosk.ui.served import serve  # the first loads Qt itself; the host has it for all others
        except ImportError as error:
            return refuse(NO_LIBRARIES.format(fault=error))
        mute_libraries()  # not before: what hinders Qt itself must be told

        def opened() -> House:
            house = _house_of_a_visit(content, site, reading, built_in)
            _settle_interpreter()
            return house

        if reading and not built_in and not names_assistive(content, site):
            return serve(link, opened, hurried)  # Qt begins while the house is read
        house = opened()
        _settle_bus(house, bus)
        return serve(link, lambda: house, hurried)

    return visit


def _read_ahead(content: Path, site: Path | None) -> Reading[House] | None:
    """Begin to read a folder beside the first visit, which loads Qt meanwhile; faults are told there.

    A built file is opened by each visit in less time than it would wait for another process to do it.
    """
    return None if content.is_file() else Reading(lambda: _held(content, site), _tell_of_built)


def _held(content: Path, site: Path | None) -> House:
    """Open the house of a set that no update takes away while this process reads it; tell its faults."""
    hold(content)
    return _opened(content, site)


def _tell_of_built(house: House) -> None:
    """Read a built file whole, which nobody waits for."""
    give_way()
    tell_of_built(house, sys.stderr.write)


def _house_of_a_visit(
    content: Path, site: Path | None, reading: Reading[House] | None, built_in: bool
) -> House:
    """Return what was read beside the start if this is the visit that takes it, else what it opens itself."""
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

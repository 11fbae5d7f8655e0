"""The commands of whoever mounts and keeps the machine."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.display import NO_LIBRARIES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Callable

    from kiosk.content.source import Source

    Commands = _SubParsersAction[ArgumentParser]
    Size = Callable[[str], tuple[int, int]]


SCREEN_WITHIN_S: Final = 20.0


def add_commands(commands: Commands, folder: Path, site_file: Path | None, size: Size) -> None:
    """Add doctor, site, measure and keys; `size` reads "1080x1920".

    `folder` is the content if nobody says, `site_file` the site file of this terminal.
    """
    doctor = commands.add_parser("doctor", help="tell what is wrong with this kiosk and what to do")
    doctor.add_argument("--site", type=Path, default=site_file, metavar="FILE", help="the site file")
    doctor.add_argument("--content", type=Path, default=folder, metavar="DIR")
    doctor.add_argument("--json", action="store_true", help="answer as JSON, for another program")
    doctor.add_argument("--prometheus", type=Path, metavar="FILE", help="write figures for Prometheus there")
    doctor.set_defaults(command=_doctor)
    site = commands.add_parser("site", help="what may stand in a site file")
    way = site.add_mutually_exclusive_group(required=True)
    way.add_argument("--reference", action="store_true", help="every key, as Markdown")
    way.add_argument("--check", type=Path, metavar="FILE", help="every fault of one site file")
    site.add_argument("--content", type=Path, default=folder, metavar="DIR")
    site.set_defaults(command=_site)
    measure = commands.add_parser("measure", help="measure the panel with a bank card")
    measure.add_argument("--site", type=Path, metavar="FILE", help="write [panel] into this site file")
    measure.add_argument("--window", type=size, metavar="WxH", help="a window of this size")
    measure.add_argument("--print", action="store_true", help="print it, also with a site file")
    measure.add_argument(
        "--turn", action="store_true", help="first turn the picture of cage as the site says"
    )
    measure.set_defaults(command=_measure)
    keys = commands.add_parser("keys", help="learn the keys of a keypad, one after the other")
    keys.add_argument("--site", type=Path, metavar="FILE", help="write the [keys] table into this site file")
    keys.add_argument("--window", type=size, metavar="WxH", help="a window of this size")
    keys.set_defaults(command=_keys)


def _doctor(options: Namespace) -> int:
    """Say each finding. Return the worst: 0 ok, 1 something to look at, 2 something wrong."""
    from kiosk.agency.whole_file import write_whole
    from kiosk.technician.content_state import oldest_days
    from kiosk.technician.doctor import as_json, as_prometheus, as_text, examine, worst
    from kiosk.technician.facts import gather, read_set
    from kiosk.technician.update_state import days_since_good

    kiosk = read_set(options.content, options.site, date.today())  # noqa: DTZ011 - the day of this machine
    facts = gather(kiosk.settings)
    findings = examine(facts, kiosk)
    if options.prometheus:
        figures = as_prometheus(findings, oldest_days(kiosk, facts.now.date()), days_since_good(facts))
        write_whole(options.prometheus, figures.encode())
    if options.json or not options.prometheus:
        print((as_json if options.json else as_text)(findings), end="")
    return int(worst(findings))


def _site(options: Namespace) -> int:
    """Print the reference, or the faults of one file. Return 1 for a fault."""
    if options.check:
        from kiosk.technician.facts import read_set

        faults = read_set(options.content, options.check, date.today()).site_faults  # noqa: DTZ011 - today here
        print("\n".join(map(str, faults)) if faults else f"{options.check}: no fault found.")
        return 1 if faults else 0
    from kiosk.technician.reference import reference

    print(reference(), end="")
    return 0


def _measure(options: Namespace) -> int:
    """Show the measuring screen, then write what was measured, or print it.

    Root on an installed terminal has the kiosk make room for it, and writes the terminal's own site file.
    """
    from kiosk.content.source import read_source
    from kiosk.shipped import SITE
    from kiosk.technician import on_glass

    on_terminal = not (options.window or options.turn) and on_glass.is_terminal()
    site = options.site or (SITE if on_terminal else None)
    source = read_source(site, str(site)) if site else None
    if source and source.faults:
        return _refuse("\n".join(map(str, source.faults)))
    try:
        numbers = on_glass.asked_on_the_glass() if on_terminal else _asked_here(options, source)
    except ImportError as error:
        return _refuse(NO_LIBRARIES.format(fault=error))
    if numbers is None:
        print("Nothing was measured; nothing is written.", file=sys.stderr)
        return 1
    code = _written(None if options.print else site, numbers)
    if on_terminal and not code:
        on_glass.read_anew()
    return code


def _asked_here(options: Namespace, source: Source | None) -> dict[str, float | int] | None:
    """Ask on the screen of this session; None when it was left. Raises ImportError without Qt."""
    from kiosk.technician.facts import connectors_in
    from kiosk.ui.measure import measure

    if options.turn:  # before Qt asks how large the screen is
        _turn(options.site)
    plugged = [each for each in connectors_in(Path("/sys/class/drm")) if each.is_connected]
    says = plugged[0].size_mm if len(plugged) == 1 else None
    measured = measure(options.window, says, _lower_edge(source))
    return (
        {name: value for name, value in asdict(measured).items() if value is not None} if measured else None
    )


def _turn(site: Path | None) -> None:
    """Wait for a screen, some seconds, and turn it as the site file says."""
    from kiosk.deploy.openings import read_tables, rotation_of
    from kiosk.host.screen import outputs_now, turn

    end, found = time.monotonic() + SCREEN_WITHIN_S, outputs_now() or []
    while not any(each.get("enabled") for each in found) and time.monotonic() < end:
        time.sleep(0.5)
        found = outputs_now() or []
    turn(found, rotation_of(read_tables(site) if site else {}))


def _written(site: Path | None, numbers: dict[str, float | int]) -> int:
    """Write the numbers into the site file, or print them without one, or where it cannot be written."""
    from kiosk.technician.site_file import NotWrittenError, table_of, write_numbers

    table = table_of("panel", numbers)
    if not site:
        print(table, end="")
        return 0
    try:
        write_numbers(site, "panel", numbers)
    except NotWrittenError:
        return _refuse(f"{site} has a form that cannot be changed here; write this into it:\n{table}")
    except OSError as error:
        return _refuse(f"{site} cannot be written ({error.strerror}); write this into it:\n{table}")
    print(f"{site}: " + ", ".join(f"{name} = {value}" for name, value in numbers.items()) + " is written.")
    return 0


def _lower_edge(source: Source | None) -> float | None:
    tables = source.root.tables.get("panel", ()) if source and source.root else ()
    lower = tables[0].values.get("lower_edge_mm") if tables else None
    return lower if isinstance(lower, int | float) and not isinstance(lower, bool) else None


def _keys(options: Namespace) -> int:
    from kiosk.content.source import read_source
    from kiosk.technician.keys_table import KeysNotWrittenError, table_of, write_keys

    site = options.site
    if site and (faults := read_source(site, str(site)).faults):
        return _refuse("\n".join(map(str, faults)))
    try:
        from kiosk.ui.learn import learn
    except ImportError as error:
        return _refuse(NO_LIBRARIES.format(fault=error))
    codes = learn(options.window)
    if not codes:
        print("No key was learned; nothing is written.", file=sys.stderr)
        return 1
    if not site:
        print(table_of(codes), end="")
        return 0
    try:
        write_keys(site, codes)
    except KeysNotWrittenError:
        return _refuse(
            f"{site} has a form that cannot be changed here; write this into it:\n{table_of(codes)}"
        )
    print(f"{site}: the [keys] table is written.")
    return 0


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2

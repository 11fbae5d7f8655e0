"""Every code, read back from the picture of its page as a phone would, and measured in pixels.

The default run reads every entry on the portrait panel and turns through all panels, pixel ratios and looks
for the others; `-m slow` takes every entry on every panel at every ratio in every look.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import product

import pytest
from qrcode.exceptions import DataOverflowError

from kiosk.takeaway.code import CodeTooLargeError, entry_modules, modules
from kiosk.takeaway.payload import choices_of, printed, shared_contact
from kiosk.ui.gallery import examples
from kiosk.ui.picture import built, picture
from kiosk.ui.proof import PANELS, panel_named
from kiosk.ui.widgets.code_view import CodeView
from kiosk.ui.widgets.payload import PayloadText
from kiosk.visit.places import ResourcePlace
from kiosk.visit.visit import Look, TextSize
from tests.ui import codes
from tests.ui.codes import Offered, drawing_faults, kept, offered, page_with_code, printed_on, read_codes
from tests.ui.houses import FURTHER, FURTHER_SITE, LANGUAGES, ROOT, parts

RATIOS = (1.0, 1.5, 2.0)
SETTINGS = [
    (panel, ratio, look)
    for panel, ratio, look in product(PANELS, RATIOS, Look)
    if panel != "3840x2160" or ratio == 1.0  # no 8K panel is promised; the slow run draws some all the same
]
KEPT = (1, 2, 8)
SHOWN = 20
needs_zbar = pytest.mark.skipif(codes.ZBAR is None, reason="zbarimg is not installed")


def faults_of(house, each: Offered, panel_name: str, ratio: float, look: Look) -> list[str]:
    """What a phone would find wrong with one page; nothing for a panel whose page has no code of its own."""
    panel = panel_named(panel_name)
    visit = replace(each.visit, look=look)
    page = page_with_code(house, visit, panel, ratio)
    if page is None:
        return [] if isinstance(visit.place, ResourcePlace) else [f"{each.name}: no code on any part"]
    image = picture(page, ratio)
    told = drawing_faults(image, page, panel, is_entry=each.is_entry)
    read = read_codes(image)
    if read != [each.payload.encode("ascii")]:
        told.append(f"decoded {read}")
    if printed_on(house, visit, panel).split() != printed(each.payload).split():
        told.append(f"printed {printed_on(house, visit, panel)!r}")
    return [f"{each.name} on {panel_name} x{ratio} {look.value}: {fault}" for fault in told]


def assert_none(found: list[str]) -> None:
    more = "" if len(found) <= SHOWN else f"\n... and {len(found) - SHOWN} more"
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:SHOWN]) + more


def shared(house, words, count: int) -> Offered:
    visit = kept(house, count)
    services = [house.library.services[id_] for id_ in visit.kept]
    payload = shared_contact(services, words.english["mine.contact_name"])
    return Offered(f"my code of {count}", visit, payload, is_entry=False)


# Read back


def test_every_code_is_read_back_on_the_portrait_panel(qapp, house):
    assert_none(
        [f for each in offered(house) for f in faults_of(house, each, "1080x1920", 1.0, Look.DEFAULT)]
    )


def test_every_code_is_read_back_in_some_other_setting(qapp, house):
    found = []
    for index, each in enumerate(offered(house)):
        panel, ratio, look = SETTINGS[index * 7 % len(SETTINGS)]
        found += faults_of(house, each, panel, ratio, look)
    assert_none(found)


def test_one_code_is_read_back_in_every_setting(qapp, house):
    longest = max((o for o in offered(house) if "TakePlace" in o.name), key=lambda each: len(each.payload))
    assert_none([fault for setting in SETTINGS for fault in faults_of(house, longest, *setting)])


@pytest.mark.parametrize("count", KEPT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_my_code_is_read_back_on_every_panel(qapp, house, count, language):
    found = []
    for index, panel in enumerate(PANELS):
        each = shared(house, house.words[language], count)
        each = replace(each, visit=replace(each.visit, language=language))
        look = list(Look)[index % len(Look)]
        ratio = 1.0 if panel == "3840x2160" else RATIOS[index % len(RATIOS)]
        found += faults_of(house, each, panel, ratio, look)
    assert_none(found)


@pytest.mark.parametrize("language", FURTHER)
def test_codes_are_read_back_in_the_further_languages(qapp, houses, language):
    """A sample of the entries, each on another panel, and the code for all kept numbers."""
    house, turn = houses[FURTHER_SITE], FURTHER.index(language)
    every = offered(house)[turn :: 2 * len(FURTHER)]
    every.append(shared(house, house.words[language], KEPT[turn % len(KEPT)]))
    found = []
    for index, each in enumerate(every):
        panel, ratio, look = SETTINGS[(index * 7 + turn) % len(SETTINGS)]
        if panel != "3840x2160":  # those pictures take seconds each; the digits are the same
            read = replace(each, visit=replace(each.visit, language=language))
            found += faults_of(house, read, panel, ratio, look)
    assert_none(found)


@pytest.mark.slow
@pytest.mark.parametrize("language", FURTHER)
def test_every_code_is_read_back_in_the_further_languages(qapp, houses, language):
    house, found = houses[FURTHER_SITE], []
    for each in offered(house):
        read = replace(each, visit=replace(each.visit, language=language))
        for panel in ("1080x1920", "1024x600"):
            found += faults_of(house, read, panel, 1.0, Look.DEFAULT)
    assert_none(found)


@pytest.mark.parametrize("size", TextSize)
def test_my_code_is_read_back_in_every_text_size(qapp, house, size):
    each = shared(house, house.words["en"], 8)
    each = replace(each, visit=replace(each.visit, size=size))
    assert_none([f for panel in PANELS for f in faults_of(house, each, panel, 1.0, Look.DEFAULT)])


@pytest.mark.slow
@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("panel_name", PANELS)
def test_every_code_is_read_back_in_every_setting(qapp, house, panel_name, ratio, look):
    every = [*offered(house), *(shared(house, house.words["en"], count) for count in KEPT)]
    if panel_name == "3840x2160":
        every = every[:: 1 if ratio == 1.0 else 8]  # 8K pictures take seconds each
    assert_none([fault for each in every for fault in faults_of(house, each, panel_name, ratio, look)])


@needs_zbar
@pytest.mark.parametrize("panel_name", PANELS)
def test_another_decoder_reads_the_same(qapp, house, panel_name, tmp_path):
    panel = panel_named(panel_name)
    ratio = 1.0 if panel_name == "3840x2160" else RATIOS[list(PANELS).index(panel_name) % len(RATIOS)]
    at = list(PANELS).index(panel_name)
    chosen = [each for each in offered(house) if "TakePlace" in each.name][at :: 2 * len(PANELS)]
    assert_none(zbar_faults(house, [*chosen, shared(house, house.words["en"], 8)], panel, ratio, tmp_path))


@needs_zbar
@pytest.mark.slow
@pytest.mark.parametrize("panel_name", PANELS)
def test_another_decoder_reads_every_code(qapp, house, panel_name, tmp_path):
    assert_none(zbar_faults(house, offered(house), panel_named(panel_name), 1.0, tmp_path))


def zbar_faults(house, chosen, panel, ratio, folder) -> list[str]:
    found = []
    for each in chosen:
        page = page_with_code(house, each.visit, panel, ratio)
        if page is None:
            continue
        read = codes.read_by_zbar(picture(page, ratio), folder)
        if [text.rstrip(b"\n") for text in read] != [each.payload.encode("ascii").rstrip(b"\n")]:
            found.append(f"{each.name} x{ratio}: zbarimg read {read}")
    return found


@pytest.mark.parametrize("panel_name", PANELS)
def test_an_entry_shows_its_code_at_once_or_one_tap_away(qapp, house, panel_name):
    panel = panel_named(panel_name)
    for each in offered(house):
        if not isinstance(each.visit.place, ResourcePlace):
            continue
        page = page_with_code(house, each.visit, panel)
        if page is not None:
            assert len(page.findChildren(CodeView)) == len(page.findChildren(PayloadText)) == 1
            assert page.shows_code


# On real glass, where a widget knows the pixel ratio before it is painted

REAL_GLASS = """
import sys
from dataclasses import replace
from PySide6.QtWidgets import QApplication
application = QApplication([])
from kiosk.ui.proof import PANELS, panel_named
from kiosk.ui.theme import Panel
from tests.ui.codes import drawing_faults, offered, page_with_code, read_codes
from tests.ui.houses import SITES, open_houses
house = open_houses()[SITES[0]]
ratio = float(sys.argv[1])
every = [each for each in offered(house) if "TakePlace" in each.name][::9]
for size in ("1080x1920", "1920x1080", "1280x800", "800x1280"):
    glass = panel_named(size)
    panel = Panel(round(glass.width / ratio), round(glass.height / ratio), glass.px_per_mm / ratio)
    for each in every:
        page = page_with_code(house, each.visit, panel, ratio)
        page.show()
        image = page.grab().toImage()
        assert image.devicePixelRatio() == ratio, image.devicePixelRatio()
        told = drawing_faults(image.convertToFormat(image.Format.Format_RGB32), page, panel, is_entry=True)
        read = read_codes(image.convertToFormat(image.Format.Format_RGB32))
        if read != [each.payload.encode()]:
            told.append(f"decoded {read}")
        for fault in told:
            print(f"{each.name} on {size} at {ratio}: {fault}")
        page.close()
"""


@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_codes_are_exact_on_glass_of_another_ratio(ratio):
    surroundings = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", REAL_GLASS, ratio]
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-2000:]


# What there is no code for


def test_there_is_no_code_for_911(qapp, house):
    emergency = [service for service in house.library.services.values() if service.is_emergency]
    assert emergency
    for service in emergency:
        assert choices_of(service) == ()
    for service in house.library.services.values():
        dialled = [choice.payload for choice in choices_of(service)]
        assert not [payload for payload in dialled if ":911" in payload or ":+1911" in payload]


@pytest.mark.parametrize("panel_name", PANELS)
def test_no_page_shows_a_code_for_911(qapp, house, panel_name):
    panel = panel_named(panel_name)
    emergency = {service.id for service in house.library.services.values() if service.is_emergency}
    for example in examples(house):
        if getattr(example.visit.place, "service", None) not in emergency:
            continue
        for _, page in parts(house, example.visit, panel):
            assert page.findChild(CodeView) is None
            assert not page.shows_code
            assert read_codes(picture(page)) == []


@pytest.mark.parametrize("panel_name", ["1080x1920", "1024x600"])
def test_pages_without_a_code_hold_nothing_that_reads_as_one(qapp, house, panel_name):
    panel = panel_named(panel_name)
    for example in examples(house)[::3]:
        page = built(house, example.visit, panel)
        if page.findChild(CodeView) is None:
            assert read_codes(picture(page)) == []


# What no code can hold


@pytest.mark.parametrize("payload", ["tel:+1314\u20115551234", "https://example.org/é", "‎tel:988"])
def test_what_is_not_ascii_is_refused(payload):
    with pytest.raises(ValueError, match="plain letters"):
        entry_modules(payload)


def test_what_needs_a_larger_version_is_refused():
    assert len(entry_modules("a" * 106)) == 17 + 4 * 6  # ISO/IEC 18004: 6-M holds 106 bytes
    with pytest.raises(CodeTooLargeError, match="version 7"):
        entry_modules("a" * 107)


@pytest.mark.parametrize("length", [2331, 2332, 5000])
def test_what_fits_no_version_is_refused(length):
    # qrcode raises DataOverflowError or ValueError by its release; neither may get out as itself
    try:
        found = modules("a" * length, 40)
    except CodeTooLargeError as error:
        assert length > 2331
        assert isinstance(error.__cause__, DataOverflowError | ValueError)
    else:
        assert (length, len(found)) == (2331, 177)

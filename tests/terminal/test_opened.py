"""What a site opens in the kiosk's unit: what it turns on, tried from inside of it.

A file of its own: two containers at once share the control groups of this machine, and
what the unit of one may not open its namesake in the other may not either.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal import allowed, image
from tests.terminal.container import Container, until
from tests.terminal.image import Layer
from tests.terminal.sandbox import Seen, listen, probed

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]
SITE = "etc/visitor-kiosk/site.toml"
PROGRAMS = ("cups-client", "cups-daemon", "espeak-ng", "alsa-utils", "dbus", "at-spi2-core")
NODES = {
    "/dev/ttyS3": (4, 67),
    "/dev/usb/lp0": (180, 0),
    "/dev/input/event5": (13, 69),
    "/dev/snd/timer": (116, 33),
}
"""Devices as udev makes them: systemd lets a unit open a number, whether or not something is plugged in."""
KERNEL = Path("/proc/devices").read_text().split()
SPEAKS = ("/usr/bin/setpriv", "/usr/bin/espeak-ng", "/usr/bin/aplay")
SOUND = ("/dev/snd/timer rw",) if "alsa" in KERNEL else ()
USB = ("/dev/usb/lp0 rw",) if "usb" in KERNEL else ()
"""systemd opens a kind of device by its name, which a kernel without such a driver does not know."""
PRINTS = ("/usr/bin/setpriv", "/usr/bin/timeout")
OWN = "/run/visitor-kiosk-print/cups.sock"
LIBEXEC = ("/usr/libexec/*", "/usr/libexec/*/*")
"""As the drop-in says: a screen reader is the site's own, and its programs are there."""
QUEUE = {"programs": (*PRINTS, "/usr/bin/lp", "/usr/bin/cancel")}
OPENED = {
    "speech": ("[speech]\non = true", {"programs": SPEAKS, "devices": SOUND}),
    "headset": (
        '[speech]\non = true\nheadset = "/dev/input/event5"',
        {"programs": SPEAKS, "devices": (*SOUND, "/dev/input/event5 r")},
    ),
    "serial printer": (
        '[printer]\ndevice = "/dev/ttyS3"',
        {"programs": (*PRINTS, "/usr/bin/dd"), "devices": ("/dev/ttyS3 rw",)},
    ),
    "USB printer": (
        '[printer]\ndevice = "/dev/usb/lp0"',
        {"programs": (*PRINTS, "/usr/bin/dd"), "devices": USB},
    ),
    "queue": ('[printer]\nqueue = "slip"', QUEUE | {"sockets": ("/run/cups/cups.sock",)}),
    "queue of its own": (f'[printer]\nqueue = "slip"\nserver = "{OWN}"', QUEUE | {"sockets": (OWN,)}),
    "queue on the loopback": (
        '[printer]\nqueue = "slip"\nserver = "localhost:6310"',
        QUEUE
        | {
            "families": ("AF_INET", "AF_INET6"),
            "allowed": ("a socket without a file",),
            "interfaces": ("*",),
        },
    ),
    "assistive technology": (
        "[assistive]\ntechnology = true",
        {
            "programs": ("/usr/bin/dbus-daemon", "/usr/bin/dbus-run-session", *LIBEXEC),
            "writable": ("/run/visitor-kiosk-bus", "/tmp"),
        },
    ),
}
"""What a site file turns on: what the README says is opened, and not one thing more."""


SERVER = """\
import os, socket, time
with socket.socket(socket.AF_UNIX) as end:
    os.umask(0o007)
    end.bind("/run/visitor-kiosk-print/cups.sock")
    os.chown("/run/visitor-kiosk-print/cups.sock", 0, os.stat("/run/visitor-kiosk-print").st_gid)
    end.listen()
    time.sleep(10**6)
"""
"""A print server of the kiosk alone, as far as anybody can knock at it."""


@pytest.fixture(scope="module")
def equipped(installed) -> Iterator[Container]:
    """A container with the programs of all that a site can turn on, and with devices."""
    with Layer(installed.root, image.RUN / "equipped") as layer:
        layer.add(*PROGRAMS)
        with Container(layer.root) as container:
            container.wait_until_up()
            for path, (major, minor) in NODES.items():
                container.make_device(path, major, minor)
            listen(container)
            container.run("systemctl", "start", "cups.socket")
            container.run("systemd-run", "--quiet", "--unit=tests-printing", "/usr/bin/python3", "-c", SERVER)
            until(lambda: container.run("ls", str(Path(OWN).parent)).strip() == Path(OWN).name, 20)
            yield container


SAYS = """\
import json, subprocess, sys
sys.path.insert(0, "/usr/share/visitor-kiosk")
from kiosk.speech.command import COMMAND, Manner, arguments
said = [*COMMAND, *arguments(Manner("en", 4, 5)), "--stdout"]
done = subprocess.run(said, input=b"You can press Hide at any time.", capture_output=True, check=False)
print("PROBE" + json.dumps({"kind": done.stdout[:4].decode("latin-1"), "bytes": len(done.stdout),
                            "told": done.stderr.decode("latin-1")}), flush=True)
"""
"""The kiosk's own command, which speaks into a WAV file here: a container has no sound."""


@pytest.fixture(scope="module")
def closed(equipped) -> Seen:
    return probed(equipped, "visitor-kiosk")


@contextmanager
def turned_on(terminal: Container, written: str) -> Iterator[None]:
    """A site file with these lines more; as before, and the kiosk started anew, at the end."""
    site = terminal.root / SITE
    before = site.read_text()
    try:
        site.write_text(f"{before}\n{written}\n")
        yield
    finally:
        site.write_text(before)
        terminal.run("sh", "-c", "systemctl daemon-reload; systemctl restart visitor-kiosk")
        terminal.wait_until_up()


def test_the_voice_speaks_from_inside_the_unit(equipped):
    with turned_on(equipped, OPENED["speech"][0]):
        said = probed(equipped, "visitor-kiosk", program=SAYS)
    assert (said["kind"], said["told"]) == ("RIFF", "")
    assert said["bytes"] > 50_000, "more than a second at 22,050 Hz"


@pytest.mark.parametrize("name", OPENED)
def test_a_site_opens_what_it_turns_on_and_nothing_else(equipped, closed, name):
    written, wanted = OPENED[name]
    with turned_on(equipped, written):
        opened = probed(equipped, "visitor-kiosk")
    kinds = allowed.KIOSK
    assert {kind: gone for kind in kinds if (gone := sorted(set(closed[kind]) - set(opened[kind])))} == {}
    more = {kind: sorted(set(opened[kind]) - set(closed[kind])) for kind in kinds}
    assert allowed.beyond(opened | more, dict.fromkeys(kinds, ()) | wanted) == {}

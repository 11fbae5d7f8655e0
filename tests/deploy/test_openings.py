"""What a site file opens in the unit: what it turns on, and nothing for anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.deploy.openings import display_drop_ins, drop_ins, generate, read_tables, rotation_of

ROOT = Path(__file__).parents[2]
SITES = sorted((ROOT / "data/sites").glob("*.toml"))


def test_the_shipped_sites_open_what_they_turn_on():
    found = {site.stem: sorted(drop_ins(read_tables(site))) for site in SITES}
    assert found == {"hospital-waiting-room": ["50-speech.conf"], "police-lobby": []}


def test_speech_opens_the_voice_and_the_sound_and_nothing_else():
    (text,) = drop_ins({"speech": {"on": True}}).values()
    assert "ExecPaths=/usr/bin/setpriv -/usr/bin/espeak-ng -/usr/bin/aplay\n" in text
    assert "DeviceAllow=char-alsa rw\n" in text
    assert "Network" not in text


@pytest.mark.parametrize("program", ["espeak-ng", "aplay", "lp", "cancel"])
def test_a_program_that_is_not_installed_does_not_keep_the_kiosk_from_starting(program):
    """systemd refuses to start a unit whose path is not there, unless it has a "-" before it."""
    opened = {**drop_ins({"speech": {"on": True}}), **drop_ins({"printer": {"queue": "slip"}})}
    paths = [word for text in opened.values() for word in text.split() if word.endswith(f"/{program}")]
    assert paths == [f"-/usr/bin/{program}"]


@pytest.mark.parametrize("is_there", [True, False])
def test_without_a_session_bus_the_unit_stays_as_it_is(tmp_path, capsys, is_there):
    """What starts the kiosk on the bus would be missing, and with it the kiosk."""
    site, bus = tmp_path / "site.toml", tmp_path / "usr/bin/dbus-run-session"
    site.write_text("[assistive]\ntechnology = true\n[speech]\non = true\n")
    if is_there:
        bus.parent.mkdir(parents=True)
        bus.touch()
    generate(str(tmp_path / "out"), site, tmp_path)
    written = {path.name for path in (tmp_path / "out").rglob("*.conf")}
    assert written == {"50-speech.conf"} | ({"50-assistive.conf"} if is_there else set())
    assert ("dbus-run-session is not installed" in capsys.readouterr().err) is not is_there


def test_a_printer_opens_its_own_way_only():
    (device,) = drop_ins({"printer": {"device": "/dev/usb/lp0"}}).values()
    assert "BindPaths=-/dev/usb\n" in device
    assert "/usr/bin/lp" not in device
    (serial,) = drop_ins({"printer": {"device": "/dev/ttyS1"}}).values()
    assert "BindPaths=-/dev/ttyS1\n" in serial
    (queue,) = drop_ins(
        {"printer": {"queue": "slip", "server": "/run/visitor-kiosk-print/cups.sock"}}
    ).values()
    assert "BindReadOnlyPaths=-/run/visitor-kiosk-print\n" in queue
    assert "DeviceAllow" not in queue
    assert "PrivateNetwork" not in queue
    (local,) = drop_ins({"printer": {"queue": "slip", "server": "localhost:6310"}}).values()
    assert "IPAddressAllow=localhost\n" in local


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ('queue = "slip"\nserver = "/run/visitor-kiosk-print/cups.sock"', True),
        ('queue = "slip"\nserver = "localhost:6310"', False),
        ('queue = "slip"', False),
        ('device = "/dev/usb/lp0"', False),
        ('device = "/dev/usb/lp0"\nserver = "/run/visitor-kiosk-print/cups.sock"', False),
    ],
)
def test_the_print_server_is_started_for_a_queue_at_its_socket_only(tmp_path, table, wanted):
    site = tmp_path / "site.toml"
    site.write_text(f"[printer]\n{table}\n")
    generate(str(tmp_path), site)
    link = tmp_path / "visitor-kiosk.service.wants/visitor-kiosk-print.service"
    assert link.is_symlink() is wanted
    if wanted:
        from kiosk.deploy.package import PLACES

        assert link.readlink() == Path("/", PLACES[link.name], link.name)
    nothing = tmp_path / "nothing"
    assert generate(str(nothing), tmp_path / "none.toml") == 0
    assert not nothing.exists()


def test_every_program_of_setpriv_may_start_it():
    """setpriv(1) calls capset(2) always; the unit refuses it unless a drop-in lets it through."""
    turned_on = (
        {"speech": {"on": True}},
        {"printer": {"device": "/dev/usb/lp0"}},
        {"printer": {"queue": "slip"}},
    )
    for tables in turned_on:
        (text,) = drop_ins(tables).values()
        assert "/usr/bin/setpriv" in text
        assert "SystemCallFilter=capset\n" in text


@pytest.mark.parametrize(
    "tables",
    [
        {},
        {"speech": {"on": False}},
        {"speech": {"on": "true"}},
        {"speech": "on"},
        {"printer": {}},
        {"printer": {"device": "/dev/usb/lp0", "queue": "slip"}},
        {"printer": {"device": "/etc/passwd"}},
        {"printer": {"device": "/dev/../etc/shadow"}},
        {"printer": {"device": "/dev/x rw\nExecPaths=/"}},
        {"printer": {"device": "/dev/%i"}},
        {"printer": {"queue": "slip", "server": "/cups.sock"}},
        {"printer": {"queue": "slip", "server": "/run/a b/cups.sock"}},
        {"assistive": {"technology": 1}},
    ],
)
def test_anything_else_opens_nothing(tables):
    assert drop_ins(tables) == {}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[speech\non = true", b"speech = 1", None])
def test_a_site_file_that_cannot_be_read_opens_nothing(tmp_path, content, capsys):
    site = tmp_path / "site.toml"
    if content is not None:
        site.write_bytes(content)
    assert generate(str(tmp_path / "out"), site) == 0
    assert not (tmp_path / "out").exists()


def test_the_generator_writes_below_the_folder_it_is_given(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text("[speech]\non = true\n")
    generate(str(tmp_path), site)
    assert (tmp_path / "visitor-kiosk.service.d/50-speech.conf").is_file()


@pytest.mark.parametrize(
    ("written", "degrees"), [(90, 90), (270, 270), (0, 0), (45, 0), ("90", 0), (None, 0), (90.0, 0)]
)
def test_only_a_quarter_turn_is_a_rotation(written, degrees):
    assert rotation_of({"panel": {"rotation": written}}) == degrees


@pytest.mark.parametrize(
    ("device", "opened"),
    [
        ("/dev/input/by-path/pci-0000:00:1f.3-platform-skl-event", True),
        ("/dev/input/event5", True),
        ("/dev/input/../sda", False),
        ("/dev/sda", False),
        ("/dev/input/event5\nDeviceAllow=/dev/sda", False),
    ],
)
def test_a_headset_opens_its_one_device_for_reading(device, opened):
    found = drop_ins({"speech": {"on": True, "headset": device}}).get("51-headset.conf", "")
    assert (f"DeviceAllow={device} r\n" in found) is opened
    assert bool(found) is opened
    assert "51-headset.conf" not in drop_ins({"speech": {"on": False, "headset": device}})


def test_the_older_way_of_a_driver_goes_to_the_display_and_opens_nothing(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text("[panel]\nwidth_mm = 300\nplain_driver = true\n")
    generate(str(tmp_path / "out"), site)
    written = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.conf")}
    assert written == {"visitor-kiosk-display.service.d/50-driver.conf"}
    text = (tmp_path / "out/visitor-kiosk-display.service.d/50-driver.conf").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == ["[Service]", "Environment=WLR_DRM_NO_ATOMIC=1 WLR_DRM_NO_MODIFIERS=1"]


@pytest.mark.parametrize("written", [False, "true", 1, None, []])
def test_only_true_asks_for_the_older_way(written):
    assert display_drop_ins({"panel": {"plain_driver": written}}) == {}
    assert display_drop_ins({"panel": written}) == {}

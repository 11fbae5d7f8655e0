"""The doctor: each finding from what a machine says of itself, and no crash whatever it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.agency.build import build
from kiosk.content.folders import MOST_READ_AT_START
from kiosk.deploy.exposure import MOST
from kiosk.deploy.lock import Found, lock
from kiosk.technician import content_state, glass, machine
from kiosk.technician.doctor import CHECKS, as_json, as_prometheus, as_text, examine, worst
from kiosk.technician.facts import Facts, gather, read_set
from kiosk.technician.finding import Level
from kiosk.technician.panel import Connector, size_of
from kiosk.technician.probe import answer_of
from kiosk.technician.touch import touch_screens
from kiosk.ui import theme
from tests.speech.recordings import write_ledger, write_wav
from tests.technician.machines import (
    DATA,
    GOOD,
    KEYBOARD,
    MULTITOUCH,
    PANEL,
    ROOT,
    TODAY,
    TOUCH,
    device,
    edid,
    site,
)

OK, LOOK, WRONG = Level


def test_a_good_machine_with_a_good_site_is_ok_in_every_finding(tmp_path):
    findings = examine(GOOD, site(tmp_path))
    assert [finding for finding in findings if finding.level] == []
    assert len(findings) == len(CHECKS) >= 19
    assert not any(finding.todo for finding in findings)
    assert f"{len(CHECKS)} ok, 0 look at this, 0 wrong." in as_text(findings)


def with_panel(*connectors: Connector) -> Facts:
    return replace(GOOD, connectors=connectors)


def exposed(unit: str, level: float) -> Facts:
    """A machine with a service this exposed beside one that is far below its limit."""
    said = [
        f"→ Overall exposure level for {name}: {found:.1f} X\n"
        for name, found in (("seatd.service", 0.1), (unit, level))
    ]
    return replace(GOOD, exposure="".join(said[unit == "seatd.service" :]))


SMALL = replace(PANEL, modes="800x480\n")
CASES = [
    (glass.panel, with_panel(), LOOK, "No panel can be seen"),
    (glass.panel, with_panel(SMALL), WRONG, "800 x 480"),
    (glass.panel, with_panel(replace(PANEL, modes="")), LOOK, "how many pixels"),
    (glass.panel, with_panel(replace(PANEL, modes="7680x4320")), LOOK, "more than was ever tried"),
    (glass.panel, with_panel(PANEL, replace(PANEL, name="card0-DP-2")), LOOK, "2 panels"),
    (glass.panel, replace(GOOD, outputs='HDMI-A-1 "ACME"\n  Enabled: no\n'), WRONG, "shows nothing on it"),
    (glass.panel, replace(GOOD, outputs=""), WRONG, "shows nothing on it"),
    (glass.size, with_panel(replace(PANEL, edid=edid(600, 340))), LOOK, "says 600 x 340 mm"),
    (glass.size, with_panel(replace(PANEL, edid=b"")), OK, "268 mm wide"),
    (glass.size, with_panel(replace(PANEL, modes="800x480")), LOOK, "coarse"),
    (
        glass.rotation,
        replace(GOOD, outputs="  Enabled: yes\n  Transform: normal\n"),
        WRONG,
        "the picture is not turned.",
    ),
    (glass.rotation, replace(GOOD, outputs=None), LOOK, "the picture is not turned by the site file."),
    (glass.rotation, with_panel(), LOOK, "cannot be told"),
    (glass.touch, replace(GOOD, input_devices=None), LOOK, "cannot be seen"),
    (glass.touch, replace(GOOD, input_devices=KEYBOARD), WRONG, "no touch screen"),
    (glass.fonts, replace(GOOD, fonts=None), LOOK, "cannot be listed"),
    (glass.fonts, replace(GOOD, fonts="DejaVu Sans\n"), WRONG, "Noto Sans"),
    (machine.clock, replace(GOOD, is_synchronised=False), LOOK, "keeps the clock right"),
    (machine.clock, replace(GOOD, is_synchronised=None, has_clock_chip=False), LOOK, "no clock chip"),
    (machine.clock, replace(GOOD, now=datetime(2000, 1, 1, tzinfo=UTC)), WRONG, "The clock says 2000-01-01"),
    (machine.time_zone, GOOD, OK, "By America/Chicago of the site file it is 10:00 on Saturday"),
    (machine.swap, replace(GOOD, swaps=None), LOOK, "cannot be seen"),
    (machine.swap, replace(GOOD, swaps="Filename\n/dev/sda2 partition 2 0 -2\n"), WRONG, "to a disk"),
    (machine.swap, replace(GOOD, swaps="Filename\n/dev/zram0 partition 2 0 -2\n"), LOOK, "zram"),
    (machine.erasing, replace(GOOD, command_line="quiet"), LOOK, "does not erase"),
    (machine.erasing, replace(GOOD, command_line="init_on_free=1 init_on_free=0"), LOOK, "does not erase"),
    (machine.erasing, replace(GOOD, command_line="noinit_on_free=1"), LOOK, "does not erase"),
    (machine.erasing, replace(GOOD, command_line=None), LOOK, "cannot be seen"),
    (
        machine.erasing,
        replace(GOOD, command_line="quiet", kernel_settings="# x\nCONFIG_INIT_ON_FREE_DEFAULT_ON=y\n"),
        *(OK, "erases memory"),
    ),
    (machine.exposure, replace(GOOD, units=()), LOOK, "not a service"),
    (machine.exposure, replace(GOOD, exposure=None), LOOK, "cannot be judged"),
    (machine.exposure, exposed("a.service", 9.2), WRONG, "a.service has 9.2 of 10, and may have 2.0."),
    (machine.exposure, exposed("a.service", 3.1), LOOK, "3.1"),
    (machine.exposure, exposed("a.service", 2.0), OK, "2.0"),
    *(
        (machine.exposure, exposed(unit.replace("@.", "@test_instance."), most + above), level, str(most))
        for unit, most in MOST.items()
        for above, level in ((0.0, OK), (0.1, LOOK))
    ),
    (
        machine.locked,
        replace(GOOD, lock=Found(("x is open", "y"), ())),
        LOOK,
        "2 open, the first: x is open.",
    ),
    (machine.locked, replace(GOOD, lock=Found(("x",), (), stands=False)), WRONG, "is not locked"),
    (machine.locked, replace(GOOD, lock=None), LOOK, "cannot be seen"),
    (machine.locked, replace(GOOD, units=()), LOOK, "not installed here"),
    (machine.locked, replace(GOOD, lock=Found((), ("a note",))), OK, "are closed"),
    (machine.time_zone, replace(GOOD, zone="UTC"), LOOK, "The machine itself goes by UTC: visitors see no"),
    (machine.time_zone, replace(GOOD, zone="US/Central"), OK, "10:00 on Saturday"),
    (machine.time_zone, replace(GOOD, zone="America/Costa_Rica"), LOOK, "goes by America/Costa_Rica"),
    (machine.time_zone, replace(GOOD, zone="../../etc/passwd"), LOOK, "goes by ../../etc/passwd"),
    (machine.time_zone, replace(GOOD, zone=None), OK, "10:00 on Saturday"),
    (content_state.age, replace(GOOD, now=GOOD.now + timedelta(days=200)), LOOK, "201 days"),
    (content_state.age, replace(GOOD, now=GOOD.now + timedelta(days=400)), WRONG, "401 days"),
    (content_state.age, replace(GOOD, now=GOOD.now - timedelta(days=9)), OK, "0 days"),
]


@pytest.mark.parametrize(
    ("check", "facts", "level", "said"), CASES, ids=lambda each: getattr(each, "__name__", None)
)
def test_each_thing_that_can_be_wrong_is_told_with_what_to_do(tmp_path, check, facts, level, said):
    finding = check(facts, site(tmp_path))
    assert finding.level is level
    assert said in finding.said
    assert bool(finding.todo) is (level is not OK)
    assert finding.said.endswith(".")


TABLES = [
    (glass.rotation, "width_mm = 268\nrotation = 90", OK, "on its side, and so is the picture"),
    (glass.rotation, "width_mm = 268\nrotation = 90", OK, "rotation = 90 is set, and only an eye can tell"),
    (glass.rotation, "width_mm = 268\nrotation = 270", OK, "whether it should be 90."),
    (glass.rotation, "width_mm = 476\nrotation = 90", WRONG, "as it was built, but the picture is turned."),
    (glass.reach, "", LOOK, "Nobody says"),
    (glass.reach, "lower_edge_mm = 1100\nwidth_mm = 268", WRONG, "1100 mm above the floor"),
    (glass.size, "", LOOK, "does not say how wide the panel is. The panel says 476 x 268 mm"),
    (machine.printer, '[printer]\ndevice = "/dev/visitor-kiosk-none"', WRONG, "is not there"),
    (machine.printer, '[printer]\ndevice = "/dev/shm"', WRONG, "is no device"),
    (machine.printer, '[printer]\ndevice = "/dev/null"', OK, "/dev/null is there"),
    (machine.printer, '[printer]\nqueue = "slip"', WRONG, "does not answer"),
    (machine.voices, "[speech]\non = true", LOOK, "cannot be listed"),
]


@pytest.mark.parametrize(("check", "lines", "level", "said"), TABLES)
def test_what_the_site_file_says_is_held_against_the_machine(tmp_path, check, lines, level, said):
    path = tmp_path / "site.toml"
    text = (DATA / "sites/police-lobby.toml").read_text(encoding="utf-8")
    lines = f"[panel]\n{lines}" if "mm" in lines else lines
    path.write_text(text.replace("[panel]\nwidth_mm = 268.0", lines), encoding="utf-8")
    finding = check(GOOD, read_set(DATA, path, TODAY))
    assert (finding.level, said in finding.said) == (level, True), finding


def test_seatd_is_judged_with_the_units_of_the_kiosk_and_never_alone(tmp_path):
    units = tmp_path / "usr/lib/systemd/system"
    units.mkdir(parents=True)
    (units / "seatd.service").touch()
    assert gather(None, tmp_path, lambda *_: None).units == ()
    for name in ("visitor-kiosk.service", "visitor-kiosk-upgrade.service", "visitor-kiosk-update.timer"):
        (units / name).touch()
    own = tmp_path / "etc/systemd/system/seatd.service"
    own.parent.mkdir(parents=True)
    own.touch()
    assert gather(None, tmp_path, lambda *_: None).units == (str(own), str(units / "visitor-kiosk.service"))


def test_the_lock_is_looked_at_where_the_machine_is(tmp_path):
    found = []
    for change in (
        lambda: None,
        lambda: lock(tmp_path),
        (tmp_path / "etc/sysctl.d/60-visitor-kiosk.conf").unlink,
    ):
        change()
        finding = machine.locked(
            replace(GOOD, lock=gather(None, tmp_path, lambda *_: None).lock), site(tmp_path)
        )
        found.append(finding.level)
    assert found == [WRONG, OK, LOOK]


@pytest.mark.parametrize(
    ("target", "zone"),
    [
        ("/usr/share/zoneinfo/America/Chicago", "America/Chicago"),
        ("../usr/share/zoneinfo/Etc/UTC", "Etc/UTC"),
        ("/srv/own", None),
        (None, "UTC"),
    ],
)
def test_the_time_zone_of_the_machine_is_where_its_link_leads(tmp_path, target, zone):
    (tmp_path / "etc").mkdir()
    if target:
        (tmp_path / "etc/localtime").symlink_to(target)
    assert gather(None, tmp_path, lambda *_: None).zone == zone
    (tmp_path / "etc/localtime").unlink(missing_ok=True)
    (tmp_path / "etc/localtime").write_bytes(b"TZif2")
    assert gather(None, tmp_path, lambda *_: None).zone is None


@pytest.mark.parametrize(
    ("state", "level"), [("printer slip is idle", OK), ("printer slip disabled since", WRONG)]
)
def test_a_stopped_queue_is_told(tmp_path, state, level):
    kiosk = site(tmp_path, '[printer]\nqueue = "slip"')
    assert machine.printer(replace(GOOD, printer_state=state), kiosk).level is level


def test_a_language_without_a_voice_is_named(tmp_path):
    kiosk = site(tmp_path, name="hospital-waiting-room")
    listed = "Pty Language Age/Gender VoiceName\n" + "".join(
        f" 5  {voice}  --/M  X  x/{voice}\n" for voice in ("en-us", "es-419", "bs", "vi", "ar")
    )
    finding = machine.voices(replace(GOOD, voices=listed), kiosk)
    assert (finding.level, "voice for: zh." in finding.said) == (WRONG, True)
    assert machine.voices(replace(GOOD, voices=gather(kiosk.settings).voices), kiosk).level is OK


def test_recordings_without_a_player_are_told(tmp_path, monkeypatch):
    kiosk = replace(site(tmp_path, name="hospital-waiting-room"), folder=tmp_path)
    good = replace(GOOD, voices=gather(kiosk.settings).voices)
    monkeypatch.setattr(machine, "has_player", lambda: False)
    assert machine.voices(good, kiosk).level is OK
    (tmp_path / "speech").mkdir()
    finding = machine.voices(good, kiosk)
    assert (finding.level, "aplay is not installed" in finding.said) == (LOOK, True)
    monkeypatch.setattr(machine, "has_player", lambda: True)
    assert machine.voices(good, kiosk).level is OK


def test_recordings_of_a_built_file_without_a_player_are_told(tmp_path, monkeypatch):
    content, built = tmp_path / "content", tmp_path / "directory.kiosk"
    copytree(DATA, content)
    kiosk = replace(site(tmp_path, name="hospital-waiting-room"), folder=built)
    good = replace(GOOD, voices=gather(kiosk.settings).voices)
    monkeypatch.setattr(machine, "has_player", lambda: False)
    levels = []
    for has_recordings in (False, True):
        if has_recordings:
            write_wav(content / "speech/en/hide.wav")
            write_ledger(content / "speech/en", hide="Hide, button.")
        built.write_bytes(build(content, TODAY)[0])
        levels.append(machine.voices(good, kiosk).level)
    assert levels == [OK, LOOK]
    built.write_bytes(b"no directory")
    assert machine.voices(good, kiosk).level is OK


def test_faults_drafts_and_demonstrations_are_told(tmp_path):
    demo = read_set(DATA, None, TODAY)
    assert "demonstration" in content_state.site(GOOD, demo).said
    assert "reviewed: es" in content_state.translations(GOOD, demo).said
    assert "no last good set" in content_state.content(GOOD, demo).said
    broken = tmp_path / "broken.toml"
    broken.write_text("schema = 1\n[look]\nbrand = '#CCCCCC'\n", encoding="utf-8")
    kiosk = read_set(DATA, broken, TODAY)
    assert content_state.site(GOOD, kiosk).level is WRONG
    assert glass.colours(GOOD, kiosk).level is WRONG
    assert machine.time_zone(GOOD, kiosk).level is LOOK
    assert "1.6:1" in glass.colours(GOOD, kiosk).said
    nothing = read_set(tmp_path / "none", tmp_path / "none.toml", TODAY)
    assert content_state.content(GOOD, nothing).level is WRONG
    assert worst(examine(GOOD, nothing)) is WRONG


def test_a_folder_too_big_to_be_read_at_each_start_is_told(tmp_path):
    small = site(tmp_path)
    service = next(iter(small.library.services.values()))
    for entries, level in ((MOST_READ_AT_START, OK), (MOST_READ_AT_START + 1, LOOK)):
        services = dict.fromkeys(map(str, range(entries)), service)
        kiosk = replace(small, library=replace(small.library, services=services))
        assert content_state.start(GOOD, kiosk).level is level
    finding = content_state.start(GOOD, kiosk)
    assert "1,001 entries are read anew" in finding.said
    assert f"build --content {small.folder}" in finding.todo


def test_a_built_file_is_judged_as_its_folder_is(tmp_path):
    file = tmp_path / "directory.kiosk"
    file.write_bytes(build(DATA, TODAY)[0])
    folder, built = read_set(DATA, None, TODAY), read_set(file, None, TODAY)
    for check in (content_state.site, content_state.age, content_state.translations):
        assert check(GOOD, built) == check(GOOD, folder)
    assert "one file that opens at once" in content_state.start(GOOD, built).said
    assert "no last good set" in content_state.content(GOOD, built).said
    built.stored.close()
    file.write_bytes(file.read_bytes()[:-1])
    torn = read_set(file, None, TODAY)
    assert content_state.content(GOOD, torn).level is WRONG
    assert "copy the file again" in content_state.content(GOOD, torn).said


def test_a_touch_screen_is_told_from_a_touchpad_a_pen_and_a_mouse():
    pad = device("pad", PROP={0, 2}, EV={0, 1, 3}, KEY={0x110, 0x145, 0x14A}, ABS=MULTITOUCH)
    pen = device("pen", PROP={1}, EV={0, 1, 3}, KEY={0x140, 0x14A, 0x14B}, ABS={0, 1, 0x18})
    mouse = device("mouse", PROP=set(), EV={0, 1, 2}, KEY={0x110}, REL={0, 1, 8})
    old = device("resistive", PROP={1}, EV={0, 1, 3}, KEY={0x14A}, ABS={0, 1})
    assert touch_screens(pad + pen + mouse + KEYBOARD) == ()
    assert touch_screens(pad + TOUCH + old) == ("eGalax P80H60", "resistive")
    short = device("on 32 bits", 32, PROP={1}, EV={0, 1, 3}, KEY={0x14A}, ABS={0x2F, 0x35, 0x36, 0x39})
    assert touch_screens(short, 32) == ("on 32 bits",)


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        (edid(476, 268), (476, 268)),
        (edid(0, 0, (52, 32)), (520, 320)),
        (edid(160, 90, (93, 52)), (930, 520)),  # a television that writes its shape
        (edid(4000, 90, (0, 0)), None),
        (edid(476, 268)[:-1] + b"\x01", None),  # its sum is wrong
        (edid(476, 268)[:100], None),
        (b"", None),
    ],
)
def test_the_size_in_an_edid(raw, size):
    assert size_of(raw) == size


def test_fonts_of_the_doctor_are_those_of_the_pages():
    assert {name for names in glass.FONTS.values() for name in names} == set(theme.FAMILIES) - {"DejaVu Sans"}
    assert (glass.HIGHEST_REACH_MM, glass.LEAST_IN_REACH_MM) == (
        theme.HIGHEST_REACH_MM,
        theme.LEAST_IN_REACH_MM,
    )


JUNK = st.none() | st.text(max_size=200)


@given(st.data())
def test_no_junk_stops_it(data):
    kiosk = read_set(DATA, None, TODAY) if not SETS else SETS[0]
    SETS[:] = [kiosk]
    texts = {field.name: data.draw(JUNK) for field in fields(Facts) if field.type == "str | None"}
    panel = Connector(
        "card0-X-1", "connected", *data.draw(st.tuples(st.text(max_size=20), st.binary(max_size=200)))
    )
    findings = examine(replace(GOOD, connectors=(panel,), **texts), kiosk)
    assert not any("could not be judged:" in finding.said for finding in findings)
    json.loads(as_json(findings))


SETS: list = []


def test_a_check_that_fails_hides_no_other_finding(tmp_path, monkeypatch):
    def fails(*_):
        raise RuntimeError("private")

    monkeypatch.setattr("kiosk.technician.doctor.CHECKS", (fails, machine.swap))
    findings = examine(GOOD, site(tmp_path))
    assert [finding.level for finding in findings] == [LOOK, OK]
    assert findings[0].said == "This could not be judged: RuntimeError."


def test_a_system_of_junk_and_pipes_is_examined(tmp_path):
    for name in ("proc/swaps", "proc/cmdline", "sys/class/drm/card0-X/edid", "sys/class/drm/card0-X/status"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(3000))
    (tmp_path / "proc/bus/input").mkdir(parents=True)
    os.mkfifo(tmp_path / "proc/bus/input/devices")
    (tmp_path / "sys/class/rtc").mkdir()
    facts = gather(None, tmp_path, lambda *_: None)
    assert facts.input_devices == ""
    assert len(examine(facts, read_set(tmp_path, None, TODAY))) == len(CHECKS)


def test_the_figures_say_nothing_of_visits(tmp_path):
    figures = as_prometheus(examine(GOOD, site(tmp_path)), 1, None)
    samples = [line for line in figures.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r'visitor_kiosk_finding\{check="[a-z ]+"\} [012]', line) for line in samples[:-1])
    assert samples[-1] == "visitor_kiosk_oldest_check_days 1"
    assert figures.endswith("\n")


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "run_kiosk.py", "doctor", *map(str, arguments)],
        env=dict(os.environ) | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_runs_here_as_text_as_json_and_as_figures(tmp_path):
    done = run("--json")
    said = json.loads(done.stdout)
    assert done.returncode == said["level"] == max(each["level"] for each in said["findings"])
    assert [each for each in said["findings"] if each["level"] and not each["todo"]] == []
    figures = tmp_path / "kiosk.prom"
    done = run("--prometheus", figures)
    assert (done.stdout, done.stderr) == ("", "")
    assert figures.read_text().count("visitor_kiosk_finding{") == len(CHECKS)
    assert [path.name for path in tmp_path.iterdir()] == ["kiosk.prom"]
    assert "look at this" in run().stdout


def test_programs_that_are_missing_or_hang_are_waited_for_no_longer(tmp_path, monkeypatch):
    assert "The fonts cannot be listed" in run(PATH=str(tmp_path)).stdout
    monkeypatch.setattr("kiosk.technician.probe.LONGEST_S", 0.3)
    monkeypatch.setattr("kiosk.technician.probe.LARGEST_BYTES", 4096)
    hangs = tmp_path / "hangs"
    mark = {"KIOSK_MARK": str(tmp_path)}
    for body in ("/bin/sleep 300 &\nexec /bin/sleep 300", "/bin/sleep 300 & exec >&-", "exec /usr/bin/yes"):
        hangs.write_text(f"#!/bin/sh\n{body}\n")
        hangs.chmod(0o755)
        assert answer_of((str(hangs),), mark) in (None, "")
        end = time.monotonic() + 10  # a killed process that was left over dies when the kernel finds time
        while _left(f"MARK={tmp_path}".encode()) and time.monotonic() < end:
            time.sleep(0.02)
        assert _left(f"MARK={tmp_path}".encode()) == []
    hangs.write_text("#!/bin/sh\necho well; exit 1\n")
    assert answer_of((str(hangs),)) is None
    assert answer_of(("printf", "\\377x")) == "\ufffdx"


def _left(words: bytes) -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/environ") if _has(path, words)]


def _has(path: Path, words: bytes) -> bool:
    try:
        return words in path.read_bytes()
    except OSError:
        return False


def test_figures_that_cannot_be_written_leave_the_old_ones(tmp_path):
    done = run("--prometheus", tmp_path / "none" / "kiosk.prom")
    assert done.returncode == 2
    assert "none" in done.stderr
    assert "Traceback" not in done.stderr

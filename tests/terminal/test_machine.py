"""A whole terminal in an emulated machine: real boot, a DRM screen, keys, touch, power button, disk.

A minute or more for each boot. Screens are read by QEMU, not by the kiosk, and held against pages that were
drawn without one. What is left in memory, on the disk and of a changed image has modules of its own.
"""

from __future__ import annotations

import json

from tests.terminal import image
from tests.terminal.terminal import (
    check_each_comes_back,
    check_it_is_locked,
    check_keys,
    check_no_core,
    check_sysrq_is_off,
    check_touches,
    marks,
)

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs"))
LACKING = {
    "clock": "the machine has no network, so nothing can ask for the time",
    "translations": "a person reviews them: no machine can",
}
"""What the doctor must say of an emulated terminal; anything else would be a fault of the terminal."""
DOCTOR = (
    "visitor-kiosk doctor --json --content /var/lib/visitor-kiosk/content --site /etc/visitor-kiosk/site.toml"
)


def test_it_boots_into_the_lobby_of_the_site_and_is_locked(machine, drawn):
    check_it_is_locked(machine, drawn, "lobby")


def test_the_doctor_finds_nothing_but_what_an_emulated_terminal_lacks(machine):
    findings = json.loads(machine.sh(DOCTOR, 300))["findings"]
    judged = {each["check"]: (each["level"], each["said"]) for each in findings if each["level"]}
    print(f"\nof {len(findings)} findings of the doctor, not ok: {judged}")
    assert len(findings) >= 20
    assert {check: level for check, (level, _) in judged.items()} == dict.fromkeys(LACKING, 1)


def test_every_touch_brings_the_right_page(machine, drawn):
    check_touches(machine, drawn)


def test_sysrq_is_heard_by_the_kernel_only_where_it_is_allowed(machine):
    check_sysrq_is_off(machine)


def test_no_key_changes_anything(machine, drawn):
    check_keys(machine, drawn.lobby)


def test_each_part_comes_back_and_leaves_no_core(machine, drawn):
    check_each_comes_back(machine, drawn.lobby)
    check_no_core(machine)


def test_nothing_was_written_to_the_disk(machine, drawn):
    """After all of the above, from power-on: the root is read-only."""
    assert machine.written() == (0, 0)

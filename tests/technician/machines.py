"""Machines to examine: files and answers in the very forms of the kernel and its programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.deploy.lock import Found
from kiosk.technician.facts import Facts, Set, read_set
from kiosk.technician.panel import Connector

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
TODAY = date(2026, 11, 21)


def words(bits: set[int], word_bits: int = 64) -> str:
    """Write numbered bits as the kernel does: hexadecimal words, the highest first."""
    number = sum(1 << bit for bit in bits)
    parts = []
    while number or not parts:
        parts.append(f"{number & ((1 << word_bits) - 1):x}")
        number >>= word_bits
    return " ".join(reversed(parts))


def device(name: str, word_bits: int = 64, **bits: set[int]) -> str:
    """One device of /proc/bus/input/devices."""
    lines = [f"B: {kind}={words(numbers, word_bits)}" for kind, numbers in bits.items()]
    head = f'I: Bus=0003 Vendor=0eef Product=c000 Version=0111\nN: Name="{name}"\nP: Phys=usb-1/input0'
    return "\n".join([head, "H: Handlers=mouse0 event4 ", *lines]) + "\n\n"


MULTITOUCH = {0x00, 0x01, 0x2F, 0x35, 0x36, 0x39}
KEYBOARD = device("AT keyboard", PROP=set(), EV={0, 1, 4}, KEY=set(range(1, 200)))
TOUCH = device("eGalax P80H60", PROP={1}, EV={0, 1, 3}, KEY={0x14A}, ABS=MULTITOUCH)


def edid(width: int, height: int, header_cm: tuple[int, int] | None = None) -> bytes:
    """An EDID block with one detailed timing of this size in mm."""
    block = bytearray(128)
    block[:8] = bytes.fromhex("00ffffffffffff00")
    block[21:23] = bytes(header_cm or (width // 10, height // 10))
    block[54:56] = (14850).to_bytes(2, "little")
    block[66:69] = bytes([width & 255, height & 255, width >> 8 << 4 | height >> 8])
    block[127] = -sum(block) % 256
    return bytes(block)


PANEL = Connector("card0-HDMI-A-1", "connected\n", "1920x1080\n1280x720\n", edid(476, 268))
GOOD = Facts(
    now=datetime(2026, 11, 21, 16, 0, tzinfo=UTC),
    connectors=(PANEL, Connector("card0-DP-1", "disconnected\n", "", b"")),
    outputs='HDMI-A-1 "ACME"\n  Enabled: yes\n  Position: 0,0\n  Transform: 90\n  Scale: 1.000000\n',
    input_devices=KEYBOARD + TOUCH,
    swaps="Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n",
    command_line="quiet init_on_alloc=1 init_on_free=1\n",
    has_clock_chip=True,
    is_synchronised=True,
    zone="America/Chicago",
    fonts="Noto Sans\nNoto Sans CJK SC,思源\nNoto Sans Arabic UI\n"
    "Noto Sans Ethiopic\nNoto Sans Devanagari\nNoto Sans Myanmar,Noto Sans Myanmar Light\n",
    units=("/usr/lib/systemd/system/visitor-kiosk.service",),
    exposure="→ Overall exposure level for visitor-kiosk.service: 0.4 SAFE 😀\n",
    lock=Found((), ()),
)


def site(tmp_path: Path, lines: str = "", name: str = "police-lobby") -> Set:
    """Read the shipped content with a site that is no demonstration, mounted at 740 mm."""
    text = (DATA / "sites" / f"{name}.toml").read_text(encoding="utf-8")
    text = text.replace("demo = true\n", "").replace('["en", "es"]', '["en"]')
    text = text.replace("[panel]\n", f"{lines}\n[panel]\nlower_edge_mm = 740\n")
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")
    return replace(read_set(DATA, path, TODAY), has_last_good=True)

"""The processors a terminal may have, and the machine that QEMU makes with each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Processor:
    """One architecture of Debian, and how QEMU emulates a terminal with it."""

    debian: str
    emulator: str
    machine: tuple[str, ...]
    graphics: str
    serial: str


EMULATED = ("-accel", "tcg,thread=single,tb-size=1024", "-smp", "1", "-m", "2048")
AMD64 = Processor(
    "amd64", "qemu-system-x86_64", (*EMULATED, "-cpu", "Nehalem", "-vga", "none"), "virtio-vga", "ttyS0"
)
ARM64 = Processor(
    "arm64",
    "qemu-system-aarch64",
    (*EMULATED, "-machine", "virt,gic-version=3", "-cpu", "cortex-a72"),
    "virtio-gpu-pci",
    "ttyAMA0",
)
"""A Raspberry Pi 4 has the Cortex-A72; the rest of this machine is no board that exists."""

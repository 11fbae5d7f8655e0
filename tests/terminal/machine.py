"""A whole terminal in QEMU: real boot, real DRM screen, keyboard, power button, guest memory.

Emulated (TCG), so its times say nothing of a product; what happens does. A serial line carries a root shell
that only the image of the tests has.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import subprocess
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.terminal.processor import AMD64, Processor

READY = "TERMINAL-IS-UP"
QUIET = (
    "console=tty0 console={serial} loglevel=3 systemd.show_status=0 "
    "systemd.tty.term.console=dumb systemd.tty.term.{serial}=dumb"  # systemd asks nothing of the serial line
)
LINE = "root=/dev/vda ro quiet init_on_free=1 init_on_alloc=1 panic=10 vt.global_cursor_default=0"
"""As the README has it, with a root that is read-only."""


class Machine:
    """Boots an image at once; `sh` runs a command in it, `keys` presses keys, `shot` takes the screen."""

    def __init__(
        self,
        folder: Path,
        image: Path,
        boot: Path | None,
        line: str,
        *more: str,
        snapshot: bool = True,
        processor: Processor = AMD64,
    ) -> None:
        """Start the newest kernel of `boot`; without one, the disk by itself, with the firmware in `more`."""
        self.folder = folder
        self.rotation = 0
        folder.mkdir(parents=True, exist_ok=True)
        drive = f"file={image},format=raw,if=virtio,id=root,snapshot={'on' if snapshot else 'off'}"
        kernel: tuple[str, ...] = ()
        if boot:
            files = ("-kernel", str(newest(boot, "vmlinuz-*")), "-initrd", str(newest(boot, "initrd.img-*")))
            kernel = (*files, "-append", f"{line} {QUIET.format(serial=processor.serial)}")
        screens = f"{processor.graphics},xres=1080,yres=1920"
        devices = ("-device", screens, "-device", "virtio-keyboard-pci")
        rest = ("-device", "virtio-rng-pci", "-nic", "none", "-nodefaults", "-no-reboot")
        wires = (
            "-serial",
            f"unix:{folder}/serial,server=on,wait=off",
            "-qmp",
            f"unix:{folder}/qmp,server=on,wait=off",
        )
        screen = () if "-vnc" in more else ("-display", "none")
        command = (processor.emulator, *processor.machine, *kernel, "-drive", drive)
        self.log = (folder / "qemu.log").open("w")
        for wire in ("serial", "qmp"):
            (folder / wire).unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [*command, *devices, *rest, *wires, *screen, *more], stdout=self.log, stderr=subprocess.STDOUT
        )
        self._said = self.heard = ""
        self._serial = self._joined("serial")
        self._wire = self._joined("qmp")
        self._control = self._wire.makefile("rw")
        self._control.readline()
        self.qmp("qmp_capabilities")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, ValueError):
            self.qmp("quit")
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for each in (self._serial, self._control, self._wire, self.log):
            with contextlib.suppress(OSError):  # a guest that panics takes QEMU with it: nobody reads "quit"
                each.close()

    def wait_until_up(self, seconds: float = 300) -> None:
        """Wait for the shell on the serial line."""
        self.wait_for(READY, seconds)
        for _ in range(10):  # what is typed before the shell reads is lost
            with contextlib.suppress(TimeoutError):
                self.sh("stty -echo", 15)
                break
        self.sh("dmesg -n 1")

    def wait_for(self, pattern: str, seconds: float) -> re.Match[str]:
        """Wait until the serial line has said `pattern`. Raises TimeoutError with its last words."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := re.search(pattern, self._said):
                return found
            self.hear()
        raise TimeoutError(f"no {pattern!r}; last said: {self._said[-800:]}")

    def hear(self) -> None:
        """Take in what the serial line has to say; `heard` has all of it, and so has a file."""
        self._serial.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            said = self._serial.recv(65536).decode(errors="replace")
            self._said += said
            self.heard += said
            with (self.folder / "serial.log").open("a") as file:
                file.write(said)

    def sh(self, command: str, seconds: float = 120) -> str:
        """Run a line in the root shell and return what it printed."""
        mark = uuid.uuid4().hex[:8]
        self._said = ""
        self._serial.sendall(f"\n{command}\necho _{mark[:4]}''{mark[4:]}_ $?\n".encode())
        found = self.wait_for(rf"_{mark}_ (\d+)", seconds)
        said = self._said[: found.start()].replace("\r", "")
        return "\n".join(each for each in said.split("\n") if each.strip() and mark[:4] not in each)

    def qmp(self, order: str, **arguments: Any) -> Any:
        """Give QEMU an order and return its answer."""
        self._control.write(json.dumps({"execute": order, "arguments": arguments}) + "\n")
        self._control.flush()
        while line := self._control.readline():
            answer = json.loads(line)
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise OSError(str(answer["error"]))
        raise OSError("QEMU is gone")

    def keys(self, *names: str) -> None:
        """Press keys together, by their QKeyCode."""
        self.qmp("send-key", keys=[{"type": "qcode", "data": name} for name in names])

    def shot(self) -> bytes:
        """Return the pixels of the screen as a PPM."""
        path = self.folder / "screen.ppm"
        self.qmp("screendump", filename=str(path))
        return path.read_bytes()

    def memory(self, mebibytes: int = 2048) -> Path:
        """Write all memory of the guest to a file."""
        path = self.folder / "memory"
        self.qmp("pmemsave", val=0, size=mebibytes * 2**20, filename=str(path))
        return path

    def written(self) -> tuple[int, int]:
        """Writes to the disk since the start: how many, and their bytes."""
        found = self.qmp("query-blockstats")[0]["stats"]
        return int(found["wr_operations"]), int(found["wr_bytes"])

    def _joined(self, wire: str) -> socket.socket:
        end = time.monotonic() + 20
        while True:
            joined = socket.socket(socket.AF_UNIX)
            try:
                joined.connect(str(self.folder / wire))
            except OSError:
                joined.close()
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return joined


def newest(folder: Path, pattern: str) -> Path:
    """The last of the files of this pattern."""
    return sorted(folder.glob(pattern))[-1]

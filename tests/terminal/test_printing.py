"""Printing as a site sets it up: the README's lines in a container, and a real IPP printer that keeps files.

The slip is sent by the kiosk's own code in the sandbox of its unit; its code is read off what came out.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.takeaway.payload import choices_of
from tests.slip.receipts import codes_on, papers
from tests.terminal import image
from tests.terminal.container import Container, until
from tests.terminal.image import Layer
from tests.terminal.terminal import marks
from tests.terminal.urf import pages

pytestmark = marks(image.missing())
ADDRESS = "ipp://localhost:8631/ipp/print"
HOME = "usr/share/visitor-kiosk"
SITE = "/etc/visitor-kiosk/site.toml"
OURS = '\n[printer]\nqueue = "slip"\nserver = "/run/visitor-kiosk-print/cups.sock"\n'
LOOPBACK = OURS.replace("/run/visitor-kiosk-print/cups.sock", "localhost:6310")
CUPS = "CUPS_SERVER=/run/visitor-kiosk-print/cups.sock"
SPOOL = "/run/visitor-kiosk-print-server/spool"
PRINTER = ("ippeveprinter", "-k", "-d", "/srv/paper", "-p", "8631", "-r", "off", "-n", "localhost", "Paper")
OTHER_SERVER = """set -e
mkdir -p /run/other/etc
cp -r /etc/visitor-kiosk/cups/. /run/other/etc
cd /usr/share/visitor-kiosk/kiosk/deploy/cups
cp cupsd.conf cups-files.conf /run/other/etc
sed -i 's#/run/visitor-kiosk-print-server#/run/other#' /run/other/etc/*.conf
sed -i 's#^Listen .*#Listen localhost:6310#' /run/other/etc/cupsd.conf
files="-c /run/other/etc/cupsd.conf -s /run/other/etc/cups-files.conf"
systemd-run --unit=other --collect /usr/sbin/cupsd -f $files
"""
TESTS_OWN = ("cups-ipp-utils", "avahi-daemon")
QUIETLY = "DEBIAN_FRONTEND=noninteractive apt-get install -y"
SEND = f"[Service]\nExecStartPre=/usr/bin/python3 -IB /{HOME}/slip.py\n"


def lines_of_the_readme() -> list[str]:
    """The block of commands that sets up a queue, without what stands behind them."""
    blocks = re.findall(r"```sh\n(.*?)```", (image.ROOT / "README.md").read_text(), re.DOTALL)
    (block,) = [each for each in blocks if "add-printer.sh" in each]
    return [re.sub(r"\s+# .*", "", line) for line in block.splitlines()]


class Office:
    """A terminal in a container and its printer; `said` is what the README's lines printed."""

    def __init__(self, layer: Layer, container: Container) -> None:
        self.layer, self.container = layer, container
        self.go_on = layer.root / HOME / "go-on"
        self.said: dict[str, str] = {}

    def sh(self, line: str, seconds: float = 120) -> str:
        return self.container.run("sh", "-c", f"exec 2>&1; {line}\necho rc=$?", seconds=seconds)

    def switch_on(self) -> None:
        self.sh(f"mkdir -p /srv/paper; systemd-run --unit=printer --collect {' '.join(PRINTER)}")
        until(lambda: "rc=0" in self.sh("grep -q :21B7 /proc/net/tcp /proc/net/tcp6"), 30)  # 8631

    def switch_off(self) -> None:
        self.sh("systemctl stop printer")

    def site(self, table: str) -> None:
        """Write the site file with this table of a printer; "" for none."""
        shipped = (image.ROOT / "data/sites/police-lobby.toml").read_text()
        (self.layer.root / SITE.lstrip("/")).write_text(shipped + table)

    def walk(self) -> None:
        for line in lines_of_the_readme():
            if line.startswith("editor "):
                self.site(OURS)
                continue
            asked = line.replace("apt-get install", QUIETLY)
            self.said[line] = self.sh(re.sub(r"ipp://\S+", ADDRESS, asked), 300)

    def send(self) -> str:
        """Start the kiosk anew, with a slip sent from its sandbox before it, and wait there."""
        self.go_on.unlink(missing_ok=True)
        self.container.run("mkdir", "-p", "/run/systemd/system/visitor-kiosk.service.d")
        place = "/run/systemd/system/visitor-kiosk.service.d/99-slip.conf"
        since = self.cursor()
        self.sh(
            f"printf '{SEND}' > {place}; systemctl daemon-reload; systemctl restart --no-block visitor-kiosk"
        )
        try:
            return until(lambda: self.sent(since), 60)
        finally:
            self.sh(f"rm {place}; systemctl daemon-reload")

    def sent(self, since: str) -> str:
        """Return what was said since, when all programs have run."""
        said = self.journal("visitor-kiosk", since)
        return said if "ALL SENT" in said else ""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The queue takes slips and prints none."""
        assert "rc=0" in self.sh(f"{CUPS} cupsdisable slip")
        yield
        assert "rc=0" in self.sh(f"{CUPS} cupsenable slip")

    def let_go_on(self) -> None:
        before = self.container.ready_at()
        self.go_on.touch()
        until(lambda: self.container.ready_at() > before, 60)

    def cursor(self) -> str:
        said = self.container.run("journalctl", "-b", "-n", "0", "--show-cursor")
        return said.strip().rpartition("cursor: ")[2]

    def journal(self, unit: str, since: str) -> str:
        return self.container.run(
            "journalctl", "-b", "-u", unit, f"--after-cursor={since}", "-o", "cat", "--quiet"
        )

    @property
    def jobs(self) -> str:
        return self.container.run("env", CUPS, "lpstat", "-W", "all", "-o").strip()

    @property
    def spooled(self) -> str:
        return self.container.run("find", SPOOL, "-type", "f").strip()

    def papers(self) -> list[Path]:
        """What the printer got, by name."""
        return sorted((self.layer.root / "srv/paper").rglob("*.*"))

    def codes(self, paper: Path) -> list[bytes]:
        """Read the codes on all pages of what the printer got."""
        return [code for page in pages(paper.read_bytes()) for code in codes_on(page)]


@pytest.fixture(scope="module")
def office(installed) -> Iterator[Office]:
    with Layer(installed.root, image.RUN / "printing") as layer:
        for package in TESTS_OWN:
            layer.add(package)
        layer.run(
            "apt-get", "install", "-y", "-d", "--no-install-recommends", *lines_of_the_readme()[0].split()[2:]
        )
        layer.write(f"{HOME}/slip.py", (Path(__file__).parent / "slip.py").read_text())
        with Container(layer.root, "--private-network") as container:
            container.wait_until_up()
            office = Office(layer, container)
            office.switch_on()
            office.walk()
            yield office


@pytest.fixture
def payload(house) -> bytes:
    return choices_of(house.library.services["alive"])[0].payload.encode()


def test_each_line_of_the_readme_does_what_it_says(office):
    for line, said in office.said.items():
        print(f"\n$ {line}\n{said[-400:]}")
        if "doctor" not in line:  # it also looks for a panel and a touch screen, which are not here
            assert said.endswith("rc=0\n"), line
    assert 'The queue "slip" takes slips.' in office.sh(f"visitor-kiosk doctor --site {SITE}")
    assert office.container.show("visitor-kiosk-print", "ActiveState") == "active"
    assert office.container.run("systemctl", "--failed", "--no-legend").strip() == ""


def test_a_slip_comes_out_with_its_code_and_nothing_of_it_is_left(office, payload):
    since, before = office.cursor(), office.papers()
    assert sent(office.send()) == [("cancel", "0"), ("lp", "0")]
    until(lambda: office.papers() != before and office.jobs == "", 60)
    (paper,) = set(office.papers()) - set(before)
    assert office.codes(paper) == [payload]
    until(lambda: office.spooled == "", 20)
    assert office.journal("visitor-kiosk-print", since) == ""
    office.let_go_on()


def test_a_slip_that_waits_is_dropped_when_the_next_visit_is_shown(office):
    before = office.papers()
    with office.paused():
        office.send()
        assert "slip-" in office.jobs
        office.let_go_on()
        until(lambda: office.jobs == "" and office.spooled == "", 60)
    time.sleep(3)
    assert office.papers() == before


def test_a_slip_that_waits_is_gone_when_the_server_crashes(office):
    before = office.papers()
    with office.paused():
        office.send()
        assert "slip-" in office.jobs
        office.container.kill(office.container.pid("visitor-kiosk-print"))
        until(lambda: "slip" in office.sh(f"{CUPS} lpstat -p"), 30)
    time.sleep(3)
    assert (office.jobs, office.spooled, office.papers()) == ("", "", before)
    office.let_go_on()


def test_a_slip_for_a_printer_that_is_off_is_dropped_and_no_log_tells_of_it(office):
    since, before = office.cursor(), office.papers()
    office.switch_off()
    try:
        assert sent(office.send()) == [("cancel", "0"), ("lp", "0")]
        until(lambda: office.jobs == "" and office.spooled == "", 150)
        assert office.journal("visitor-kiosk-print", since) == ""
    finally:
        office.switch_on()
    time.sleep(3)
    assert office.papers() == before
    office.let_go_on()


def test_a_wrong_address_is_told_and_the_queue_stays_as_it_was(office):
    kept = office.sh("cat /etc/visitor-kiosk/cups/printers.conf")
    (line,) = [each for each in lines_of_the_readme() if "add-printer.sh" in each]
    said = office.sh(re.sub(r"ipp://\S+", "ipp://localhost:9/ipp/print", line), 120)
    assert "No printer answers at ipp://localhost:9/ipp/print" in said
    assert said.endswith("rc=1\n")
    assert office.sh("cat /etc/visitor-kiosk/cups/printers.conf") == kept
    until(lambda: ADDRESS in office.sh(f"{CUPS} lpstat -v slip"), 30)


def test_by_a_server_on_loopback_a_slip_comes_out_as_well(office, payload):
    """A print server of the site's own at localhost:6310, which the drop-in opens."""
    office.site(LOOPBACK)
    assert "rc=0" in office.sh(OTHER_SERVER)
    until(lambda: "slip" in office.sh("CUPS_SERVER=localhost:6310 lpstat -v"), 30)
    office.sh("rm -f /srv/paper/*")  # a printer that was switched off counts its papers from 1 again
    before = office.papers()
    try:
        assert sent(office.send()) == [("cancel", "0"), ("lp", "0")]
        until(lambda: office.papers() != before, 60)
        (paper,) = set(office.papers()) - set(before)
        assert office.codes(paper) == [payload]
        office.let_go_on()
        assert office.container.show("visitor-kiosk-print", "ActiveState") == "inactive"
    finally:
        office.sh("systemctl stop other")


def test_a_receipt_printer_gets_its_slip_from_the_sandbox(office, payload):
    """A file stands where the device would be: what dd writes into it is what comes out."""
    office.site('\n[printer]\ndevice = "/dev/usb/lp0"\n')
    place = "/dev/usb/lp0"
    office.sh(f"mkdir -p /dev/usb; : > {place}; chgrp lp {place}; chmod 660 {place}")
    assert sent(office.send()) == [("dd", "0")]
    stream = bytes.fromhex(office.container.run("od", "-An", "-v", "-tx1", place))
    (paper,) = papers(stream, 384)
    assert codes_on(paper) == [payload]
    office.let_go_on()


def test_the_print_server_is_no_more_exposed_than_promised(office):
    said = office.container.run("systemd-analyze", "security", "--no-pager", "visitor-kiosk-print")
    exposure = float(re.search(r"exposure level for visitor-kiosk-print.service: ([\d.]+)", said)[1])
    print(f"\nvisitor-kiosk-print: {exposure}")
    assert exposure <= 1.3


def sent(said: str) -> list[tuple[str, str]]:
    """Return each program that the kiosk ran, and its exit code."""
    found = re.findall(r"SENT (\w+) (\d+)(.*)", said)
    assert [more for _, _, more in found if more.strip()] == []
    return [(program, code) for program, code, _ in found]

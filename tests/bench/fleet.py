"""What a fleet asks of one static web server: real clients and nginx here, the rest worked out from them.

How it works
    An agency publishes the shipped content. `--clients` kiosks, each a process of its own with a state of
    its own, install it, ask again with nothing new, and take a changed set. nginx on loopback writes one line
    for each request; its processor time is read from /proc, whose step is counted against it. Without nginx,
    Python's web server stands in, and no processor time of a server is given.

What is worked out, and assumed
    The timer's RandomizedDelaySec spreads the kiosks evenly and independently, so the number in one second is
    Poisson distributed; "the busiest" is exceeded in at most one second of the spread, on average. Bytes are
    HTTP without TLS and TCP: `--tls-bytes` is added for each connection. No kiosk tries again, and no cache
    stands between.

    python tests/bench/fleet.py [--kiosks 10000] [--clients 20] [--spread-minutes 120]
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.server
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.updates.agency import Agency, Terminal  # noqa: E402

AT_ONCE = 2
CONF = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 256; }}
http {{
  log_format lines '$connection $request_length $bytes_sent $status $uri';
  access_log {folder}/access.log lines; sendfile on; keepalive_timeout 15;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one update costs on average: bytes up and down; s of the server and of a kiosk."""

    name: str
    requests: float
    connections: float
    up: float
    down: float
    server_s: float
    kiosk_s: float


class Nginx:
    """nginx on loopback; `lines` are (connection, bytes in, bytes out) of the newest requests."""

    def __init__(self, folder: Path, root: Path, port: int) -> None:
        self._log, self._seen = folder / "access.log", 0
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(CONF.format(folder=folder, root=root, port=port, user=user))
        command = [
            "nginx",
            "-c",
            str(folder / "nginx.conf"),
            "-p",
            str(folder),
            "-e",
            str(folder / "error.log"),
        ]
        self.process = subprocess.Popen(command)
        while not self._log.exists():
            time.sleep(0.05)
        time.sleep(0.3)

    def lines(self) -> list[tuple[str, int, int]]:
        found = self._log.read_text().splitlines()
        fresh, self._seen = found[self._seen :], len(found)
        return [(words[0], int(words[1]), int(words[2])) for words in map(str.split, fresh)]

    def processor_s(self) -> float:
        ticks = 0
        for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(words[11]) + int(words[12])
        return ticks / os.sysconf("SC_CLK_TCK")


class Plain:
    """Python's web server in place of nginx: bytes as in the files, one connection for each kiosk assumed."""

    def __init__(self, root: Path, port: int) -> None:
        found = self._found = []

        class Answer(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_request(self, *_: object) -> None:
                path = Path(self.translate_path(self.path))
                down = 200 + (path.stat().st_size if path.is_file() else 400)
                found.append((str(self.client_address), 150, down))

            def log_message(self, *_: object) -> None:
                pass

        handler = functools.partial(Answer, directory=str(root))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def lines(self) -> list[tuple[str, int, int]]:
        fresh = self._found[:]
        self._found.clear()
        return fresh

    def processor_s(self) -> float:
        return math.nan


@contextlib.contextmanager
def web_server(folder: Path, root: Path, port: int) -> Iterator[Nginx | Plain]:
    if not shutil.which("nginx"):
        yield Plain(root, port)
        return
    server = Nginx(folder, root, port)
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(10)


def round_of(name: str, kiosks: list[Terminal], url: str, server: Nginx | Plain) -> Cost:
    """Let each kiosk update once, two at a time."""
    server.lines()
    before = server.processor_s()
    times = []

    def one(kiosk: Terminal) -> None:
        began = time.monotonic()
        done = kiosk.run(url)
        assert done.returncode == 0, done
        times.append(time.monotonic() - began)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, kiosks))
    lines, number = server.lines(), len(kiosks)
    return Cost(
        name,
        len(lines) / number,
        len({connection for connection, _, _ in lines}) / number,
        sum(up for _, up, _ in lines) / number,
        sum(down for _, _, down in lines) / number,
        (server.processor_s() - before + 1 / os.sysconf("SC_CLK_TCK")) / number,
        statistics.median(times),
    )


def busiest(mean: float, seconds: int) -> int:
    """Return the number that a Poisson count exceeds in at most one of `seconds` seconds on average."""
    count, chance = 0, math.exp(-mean)
    covered = chance
    while 1 - covered > 1 / seconds:
        count += 1
        chance *= mean / count
        covered += chance
    return count


def report(cost: Cost, options: argparse.Namespace) -> None:
    seconds = options.spread_minutes * 60
    mean, kiosks = options.kiosks / seconds, options.kiosks
    worst = busiest(mean, seconds)
    sent = cost.down + cost.connections * options.tls_bytes
    print(f"\n{cost.name}")
    print(f"  one kiosk: {cost.requests:.1f} requests on {cost.connections:.1f} connections")
    print(f"  one kiosk: {cost.up / 1000:.1f} kB up, {cost.down / 1000:.1f} kB down, in {cost.kiosk_s:.1f} s")
    print(f"  {kiosks} kiosks: {kiosks * cost.requests:.0f} requests, {kiosks * sent / 1e9:.2f} GB with TLS")
    print(f"  a second, on average: {mean:.1f} kiosks, {mean * cost.requests:.1f} requests", end=", ")
    print(f"{mean * sent * 8 / 1e6:.1f} Mbit")
    print(f"  in the busiest second: {worst} kiosks, {worst * cost.requests:.0f} requests", end=", ")
    print(f"{worst * sent * 8 / 1e6:.1f} Mbit")
    print(f"  the web server: at most {cost.server_s * 1000:.1f} ms of a processor for a kiosk", end=", ")
    print(f"{cost.server_s * kiosks:.0f} s for all, {100 * cost.server_s * mean:.2f} % of one processor")


def main() -> None:
    parser = argparse.ArgumentParser(description="what a fleet asks of one static web server")
    parser.add_argument("--kiosks", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--spread-minutes", type=int, default=120)
    parser.add_argument("--tls-bytes", type=int, default=6000, help="assumed for each connection")
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        agency = Agency(folder)
        agency.take_all()
        agency.begin()
        kiosks = [Terminal(folder / f"kiosk-{number}", agency) for number in range(options.clients)]
        with web_server(folder, agency.repository, options.port) as server:
            url = f"http://127.0.0.1:{options.port}"
            print(f"{type(server).__name__}, {options.clients} real clients, {AT_ONCE} at a time; python-tuf")
            print(
                f"Assumed: spread evenly over {options.spread_minutes} min; {options.tls_bytes} bytes of TLS"
            )
            print("for each connection; nobody tries again; no cache between")
            report(
                round_of("First content, or any changed content on a new kiosk", kiosks, url, server), options
            )
            report(round_of("Nothing new (every night)", kiosks, url, server), options)
            agency.publish("two")
            report(round_of("Changed content", kiosks, url, server), options)
            agency.renew()
            report(round_of("Renewed timestamp, same content (every month)", kiosks, url, server), options)


if __name__ == "__main__":
    main()

"""An agency with three people, a published folder, a web server on this machine, and kiosks that ask it."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from securesystemslib.signer import CryptoSigner

from kiosk.updates.commands import checker
from kiosk.updates.draft import add_content, change_keys, read_draft, sign, start
from kiosk.updates.install import installed
from kiosk.updates.repository import release, renew
from kiosk.updates.roles import NAME
from kiosk.updates.update import Outcome, Task, update

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
FEW = ("categories.toml", "sites/police-lobby.toml", "organizations/10-alive.toml", "words/es.mo")
PHRASE = "five words and a number 7"


def signer(name: str) -> CryptoSigner:
    made = CryptoSigner.generate_ed25519()
    made.public_key.unrecognized_fields[NAME] = name
    return made


class Agency:
    """`edition` writes one word into the content, so that editions differ."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = folder / "published"
        self.ada, self.ben, self.cho, self.web = map(signer, ("ada", "ben", "cho", "web"))
        self.now = datetime.now(UTC)
        self.count = 0
        self.files = FEW

    def content(self, edition: str = "one") -> Path:
        place = self.folder / f"content-{edition}"
        if not place.exists():
            for name in self.files:
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(DATA / name, place / name)
            site = place / "sites" / "police-lobby.toml"
            text = site.read_text(encoding="utf-8")
            line = next(line for line in text.splitlines() if line.startswith("operator = "))
            site.write_text(text.replace(line, f'operator = "Edition {edition}."'), encoding="utf-8")
        return place

    def take_all(self) -> None:
        """Publish the whole shipped set, which the kiosk's own check passes."""
        self.files = tuple(path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file())

    def begin(self, edition: str = "one") -> None:
        people = [each.public_key for each in (self.ada, self.ben, self.cho)]
        start(self._draft(), people, self.web.public_key, self.content(edition), check_nothing, self.now)
        self._finish()

    def publish(self, edition: str) -> None:
        self.publish_folder(self.content(edition))

    def publish_folder(self, content: Path) -> None:
        from kiosk.updates.repository import open_repository

        add_content(self._draft(), open_repository(self.repository), content, check_nothing, self.now)
        self._finish()

    def replace_key(self, lost: str, new: CryptoSigner, *signers: CryptoSigner) -> None:
        from kiosk.updates.repository import open_repository

        opened = open_repository(self.repository)
        change_keys(self._draft(), opened, [lost], [new.public_key], self.now)
        self._finish(*signers)

    def renew(self) -> None:
        renew(self.repository, self.web, self.now)

    def copy(self, name: str) -> Path:
        """A copy of what is published now, such as an attacker or a stick has."""
        place = self.folder / name
        shutil.copytree(self.repository, place)
        return place

    def _draft(self) -> Path:
        self.count += 1
        return self.folder / f"draft-{self.count}"

    def _finish(self, *signers: CryptoSigner) -> None:
        draft = self.folder / f"draft-{self.count}"
        for each in signers or (self.ada, self.ben):
            sign(draft, each, check_nothing)
        release(read_draft(draft), self.repository, self.web, self.now)


def check_nothing(_: Path) -> tuple:
    """For tests of something else: the shipped content is checked in the tests of content."""
    return ()


class Terminal:
    """One kiosk: what it trusts, and the link to its content."""

    def __init__(self, folder: Path, agency: Agency) -> None:
        folder.mkdir(exist_ok=True)
        self.agency = agency
        self.root = folder / "root.json"
        shutil.copy(agency.repository / "metadata" / "1.root.json", self.root)
        source = agency.repository.as_uri()
        self.task = Task(source, folder / "state", folder / "content", self.root, 20.0)

    def update(
        self,
        source: Path | str | None = None,
        check: Callable = check_nothing,
        now: Callable[[], datetime] | None = None,
        longest_s: float = 20.0,
    ) -> Outcome:
        asked = source.as_uri() if isinstance(source, Path) else source
        task = replace(self.task, source=asked or self.task.source, longest_s=longest_s)
        outcome = update(task, check, **({"now": now} if now else {}))
        assert not (self.task.state / "work").exists()
        assert self.health()["result"] == outcome.result
        return outcome

    def health(self) -> dict:
        return json.loads((self.task.state / "health.json").read_bytes())

    @property
    def edition(self) -> str:
        """The word that the content in use holds; fails if any file of it is not that of the agency."""
        return edition_of(self.task.content, self.agency.files)

    @property
    def version(self) -> int:
        return installed(self.task.content)[0]

    def sets(self) -> list[str]:
        return sorted(path.name for path in (self.task.content.parent / "content.versions").iterdir())

    def command(self, source: Path | str, *more: str) -> list[str]:
        asked = str(source)
        words = ["update", "--from", asked, "--state", self.task.state, "--content", self.task.content]
        return [sys.executable, str(ROOT / "run_kiosk.py"), *map(str, words), "--root", str(self.root), *more]

    def run(
        self, source: Path | str, *more: str, wrapper: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*wrapper, *self.command(source, *more)], capture_output=True, text=True, timeout=120, check=False
        )


def edition_of(content: Path, files: tuple[str, ...]) -> str:
    """Return the edition of a set that is there whole."""
    shipped = sorted(map(Path, files))
    found = sorted(path.relative_to(content) for path in content.rglob("*") if path.is_file())
    assert found == shipped
    for name in found:
        if name.name != "police-lobby.toml":
            assert (content / name).read_bytes() == (DATA / name).read_bytes()
    text = (content / "sites" / "police-lobby.toml").read_text(encoding="utf-8")
    return text.partition('operator = "Edition ')[2].partition(".")[0]


class Served:
    """A real web server on loopback. `spoil(path, content)` may change what is sent, or send it itself."""

    def __init__(self, folder: Path) -> None:
        outer = self
        self.folder = folder
        self.asked: list[str] = []
        self.spoil: Callable[[http.server.BaseHTTPRequestHandler], bool] = lambda _: False

        class Answer(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                try:
                    if not outer.spoil(self):
                        super().do_GET()
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        handler = functools.partial(Answer, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Served:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def set_clock(monkeypatch: pytest.MonkeyPatch, to: datetime) -> Callable[[], datetime]:
    """Let python-tuf and the updater read another time from this machine's clock."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):  # noqa: ARG003
            return to

    module = "tuf.ngclient._internal.trusted_metadata_set.datetime"
    monkeypatch.setattr(module, SimpleNamespace(datetime=Clock, timezone=SimpleNamespace(utc=UTC)))
    return lambda: to


def real_check(site: Path | None = None) -> Callable:
    return checker(date.max, site)


def later(**parts: float) -> datetime:
    return datetime.now(UTC) + timedelta(**parts)


def environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}

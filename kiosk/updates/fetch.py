"""Asks a web server or a stick what is new, by python-tuf's own client, within bounds of bytes and time."""

from __future__ import annotations

import inspect
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from tuf.api import exceptions as tuf
from tuf.api.metadata import TargetFile
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

try:
    from tuf.ngclient.urllib3_fetcher import Urllib3Fetcher as NetworkFetcher
except ImportError:  # before python-tuf 6
    from tuf.ngclient import RequestsFetcher as NetworkFetcher  # type: ignore[attr-defined,no-redef]

from kiosk.updates.archive import LARGEST_ARCHIVE
from kiosk.updates.faults import RefusedError, UnreachableError
from kiosk.updates.roles import CONTENT
from kiosk.updates.trust import ROLES, Trust, read

LONGEST_S: Final = 600.0
"""Seconds for everything that is asked and fetched, however slowly it comes."""

LIMITS: Final = UpdaterConfig(
    max_root_rotations=64,
    max_delegations=1,  # there are none
    root_max_length=64 * 1024,
    timestamp_max_length=16 * 1024,
    snapshot_max_length=64 * 1024,
    targets_max_length=64 * 1024,
)
CHUNK: Final = 64 * 1024
NOTHING_THERE: Final = frozenset({403, 404})


class FolderFetcher(FetcherInterface):
    """Reads file:// addresses: a USB stick, a mounted share."""

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = Path(unquote(urlsplit(url).path))
        try:
            file = path.open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise tuf.DownloadHTTPError(f"{path} is not there", 404) from None

        def chunks() -> Iterator[bytes]:
            with file:
                while piece := file.read(CHUNK):
                    yield piece

        return chunks()


@dataclass(frozen=True, slots=True)
class WholeFetcher(FetcherInterface):
    """Passes on what another fetcher reads; a pulled stick or a cut line is a DownloadError."""

    inner: FetcherInterface

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            yield from self.inner.fetch(url)
        except tuf.DownloadError:
            raise
        except Exception as error:
            raise tuf.DownloadError(f"{url} broke off") from error


class TooLongError(BaseException):
    """Time is up. Not an Exception, so that no library on the way takes it for one of its own."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer. Raises TooLongError; for the main thread only (setitimer(2))."""

    def ring(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(slots=True)
class Client:
    """One look at a repository. `work` is an empty folder of its own; `trust` is what is known so far.

    After any outcome `trust` holds what was verified, to be kept: python-tuf writes only that.
    """

    source: str
    work: Path
    trust: Trust
    _updater: Updater = field(init=False, repr=False)

    def refresh(self, now: datetime) -> tuple[int, TargetFile]:
        """Return the version of the content offered and what it is. Raises RefusedError, UnreachableError."""
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # each of its retries; the outcome says it once
        with _plainly(self.source):
            self._updater = self._begun()
            try:
                self._updater.refresh()
            finally:
                self.trust = self._learned()
        self._judge_age(now)
        target = self._updater.get_targetinfo(CONTENT)
        if target is None:
            raise RefusedError(f"the signed list does not name {CONTENT}")
        if target.length > LARGEST_ARCHIVE:
            raise RefusedError(
                f"{CONTENT} is said to have {target.length} bytes; at most {LARGEST_ARCHIVE} are taken"
            )
        return read(self.trust.files["targets"]).version, target

    def download(self, target: TargetFile) -> bytes:
        """Return the verified archive. Raises RefusedError, UnreachableError, OSError."""
        with _plainly(self.source):
            return Path(self._updater.download_target(target)).read_bytes()

    def _begun(self) -> Updater:
        metadata, targets = self.work / "metadata", self.work / "targets"
        metadata.mkdir()
        targets.mkdir()
        for role, text in self.trust.files.items():
            (metadata / f"{role}.json").write_bytes(text.encode())
        base = self.source.rstrip("/")
        fetcher = WholeFetcher(FolderFetcher() if base.startswith("file://") else NetworkFetcher())
        # python-tuf before 7 (Debian 13 has 5.1) starts from root.json in its folder and knows no `bootstrap`
        seed = {"bootstrap": self.trust.root} if "bootstrap" in inspect.signature(Updater).parameters else {}
        return Updater(
            str(metadata), f"{base}/metadata/", str(targets), f"{base}/targets/", fetcher, LIMITS, **seed
        )

    def _learned(self) -> Trust:
        found = {role: self.work / "metadata" / f"{role}.json" for role in ROLES}
        texts = {role: path.read_bytes().decode() for role, path in found.items() if path.is_file()}
        return Trust({**self.trust.files, **texts}, self.trust.floor).raised(None)

    def _judge_age(self, now: datetime) -> None:
        """Judge expiry at the floor too: python-tuf knows only this machine's clock."""
        at = self.trust.at(now)
        for role, text in self.trust.files.items():
            if (signed := read(text)).is_expired(at):
                raise RefusedError(
                    f"{role} expired on {signed.expires:%Y-%m-%d}, and {at:%Y-%m-%d} has certainly passed"
                )
        self.trust = self.trust.raised(now)


# python-tuf's exceptions in plain words, the narrowest first: does it count as an attack, and what to say.
_REFUSED: Final = (
    (tuf.DownloadLengthMismatchError, "endless data: more came than was signed for"),
    (
        tuf.ExpiredMetadataError,
        "too old: nobody renewed it, or somebody keeps the new one from this kiosk, or its clock is ahead",
    ),
    (tuf.BadVersionNumberError, "older than what this kiosk has seen, or parts of different editions"),
    (tuf.UnsignedMetadataError, "not signed by those who may"),
    (tuf.LengthOrHashMismatchError, "damaged or changed on the way"),
    (tuf.RepositoryError, "cannot be understood"),
    (UnicodeDecodeError, "cannot be understood"),
)


@contextmanager
def _plainly(source: str) -> Iterator[None]:
    """Say in plain words what python-tuf found. Raises RefusedError, UnreachableError."""
    try:
        yield
    except (tuf.RepositoryError, tuf.DownloadLengthMismatchError, UnicodeDecodeError) as error:
        words = next(words for kind, words in _REFUSED if isinstance(error, kind))
        raise RefusedError(f"{words} ({error})") from error
    except tuf.SlowRetrievalError as error:
        raise UnreachableError(f"{source} answers too slowly, or not at all") from error
    except tuf.DownloadHTTPError as error:
        if error.status_code in NOTHING_THERE:
            raise UnreachableError(f"nothing to update from at {source} ({error})") from error
        raise UnreachableError(f"{source} answered with an error ({error})") from error
    except tuf.DownloadError as error:
        raise UnreachableError(f"{source} cannot be reached or read ({_root_cause(error)})") from error


def _root_cause(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error)[:200] or type(error).__name__

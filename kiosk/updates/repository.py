"""The published folder: what a web server hands out, or a stick carries. It changes in one step.

metadata/  1.root.json, 2.root.json ..., N.targets.json, N.snapshot.json, timestamp.json
targets/   SHA256.content.zip of the newest contents
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Signed, Snapshot, Targets, Timestamp

from kiosk.updates.disk import BusyError, alone_in, exchange, settle, settle_all
from kiosk.updates.faults import PublishError, RefusedError, UnreachableError
from kiosk.updates.fetch import Client
from kiosk.updates.roles import CONTENT, DAYS, names, new_snapshot, new_timestamp
from kiosk.updates.trust import LONG_AGO, Trust

if TYPE_CHECKING:
    from kiosk.updates.draft import Draft

KEPT: Final = 3
"""Contents that stay published: a kiosk that is just fetching the one before is not cut off."""

Part = TypeVar("Part", Root, Timestamp, Snapshot, Targets)


@dataclass(frozen=True, slots=True)
class Repository:
    """The newest metadata of a published folder."""

    folder: Path
    root_metadata: Metadata[Root]
    targets: Targets
    snapshot: Snapshot
    timestamp: Timestamp

    @property
    def root(self) -> Root:
        """Who may sign."""
        return self.root_metadata.signed

    def archive(self) -> bytes:
        """Return the newest content. Raises OSError."""
        return (self.folder / "targets" / _archive_name(self.targets)).read_bytes()

    def expiries(self) -> dict[str, datetime]:
        """Return until when each role holds (UTC)."""
        parts: dict[str, Signed] = {
            "root": self.root,
            "targets": self.targets,
            "snapshot": self.snapshot,
            "timestamp": self.timestamp,
        }
        return {role: part.expires for role, part in parts.items()}

    def due(self, now: datetime) -> list[str]:
        """Return what two people have to sign again soon, in words."""
        soon = now + timedelta(days=DAYS["timestamp"])
        ways = {"targets": "publish content", "root": "publish change-keys"}
        dates = self.expiries()
        return [
            f"{role} expires on {dates[role]:%Y-%m-%d}: two people renew it with `{way}`."
            for role, way in ways.items()
            if dates[role] < soon
        ]


def open_repository(folder: Path) -> Repository:
    """Return the newest state of a published folder. Raises PublishError."""
    metadata = folder / "metadata"
    try:
        versions = [int(path.name.partition(".")[0]) for path in metadata.glob("*.root.json")]
        root = _read(metadata / f"{max(versions)}.root.json", Root)
        timestamp = _read(metadata / "timestamp.json", Timestamp).signed
        snapshot = _read(metadata / f"{timestamp.snapshot_meta.version}.snapshot.json", Snapshot).signed
        targets = _read(metadata / f"{snapshot.meta['targets.json'].version}.targets.json", Targets).signed
        targets.targets[CONTENT]
    except (OSError, ValueError, KeyError, RepositoryError) as error:
        raise PublishError(
            f"{folder} is no whole repository ({error}); copy it back from the web server."
        ) from None
    return Repository(folder, root, targets, snapshot, timestamp)


def release(draft: Draft, folder: Path, renewal: CryptoSigner, now: datetime) -> None:
    """Publish a draft that two people have signed. Raises PublishError, with nothing changed; OSError."""
    if lacks := draft.missing():
        said = "\n".join(f"- {what}: {words}" for what, words in lacks.items())
        raise PublishError(f"Not enough signatures; nothing is published. It lacks:\n{said}")
    old = open_repository(folder) if folder.exists() else None
    _judge_order(draft, old)
    _may_renew(draft.judge, renewal)
    targets = draft.targets.signed

    def write(fresh: Path) -> None:
        metadata, number = fresh / "metadata", old.snapshot.version + 1 if old else 1
        if draft.root:
            (metadata / f"{draft.root.signed.version}.root.json").write_bytes(draft.root.to_bytes())
        (metadata / f"{targets.version}.targets.json").write_bytes(draft.targets.to_bytes())
        archive = fresh / "targets" / _archive_name(targets)
        archive.unlink(missing_ok=True)  # the name may be linked into the old folder
        archive.write_bytes(draft.packed)
        _signed(metadata / f"{number}.snapshot.json", new_snapshot(number, targets.version, now), renewal)
        version = old.timestamp.version + 1 if old else 1
        _signed(metadata / "timestamp.json", new_timestamp(version, number, now), renewal)
        _drop_old_archives(fresh, targets.version)

    _switch(folder, write, now)


def renew(folder: Path, renewal: CryptoSigner, now: datetime) -> Repository:
    """Sign anew that this is the newest content. Raises PublishError, with nothing changed; OSError."""
    old = open_repository(folder)
    _may_renew(old.root, renewal)

    def write(fresh: Path) -> None:
        number = old.snapshot.version
        if old.snapshot.expires < now + timedelta(days=2 * DAYS["timestamp"]):
            number += 1
            snapshot = new_snapshot(number, old.targets.version, now)
            _signed(fresh / "metadata" / f"{number}.snapshot.json", snapshot, renewal)
        timestamp = new_timestamp(old.timestamp.version + 1, number, now)
        _signed(fresh / "metadata" / "timestamp.json", timestamp, renewal)

    _switch(folder, write, now)
    return open_repository(folder)


def _judge_order(draft: Draft, old: Repository | None) -> None:
    """Refuse a draft that was made from another state of the repository than the published one."""
    if old is None:
        if draft.current is not None:
            raise PublishError("This draft continues a repository that is not there; give its folder.")
        return
    if draft.current is None:
        raise PublishError(f"{old.folder} is already a repository; this draft would begin another one.")
    expected = old.root.version + 1 if draft.root else old.root.version
    is_next = draft.targets.signed.version == old.targets.version + 1 and draft.judge.version == expected
    if not is_next or draft.current.signed != old.root:
        raise PublishError(
            f"This draft was made from an older state; content {old.targets.version} is published by now. "
            "Make a new draft and let two people sign it."
        )


def _may_renew(root: Root, renewal: CryptoSigner) -> None:
    for role in ("snapshot", "timestamp"):
        if renewal.public_key.keyid not in root.roles[role].keyids:
            holder = ", ".join(names(root, role).values())
            raise PublishError(f"This key may not publish. The renewal key is that of: {holder}.")


def _signed(path: Path, part: Part, signer: CryptoSigner) -> None:
    metadata = Metadata(part)
    metadata.sign(signer)
    path.unlink(missing_ok=True)  # never write into what the old folder is linked to
    path.write_bytes(metadata.to_bytes())


def _switch(folder: Path, write: Callable[[Path], None], now: datetime) -> None:
    """Make the next state beside the published one, try it as a kiosk would, and change over in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.new")
    with _alone(folder.parent):
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            if folder.exists():
                shutil.copytree(folder, fresh, copy_function=_linked)
            for name in ("metadata", "targets"):
                (fresh / name).mkdir(parents=True, exist_ok=True)
            write(fresh)
            settle_all(fresh)
            _try_as_kiosk(fresh, now)
            if folder.exists():
                exchange(fresh, folder)
            else:
                fresh.rename(folder)
                settle(folder.parent)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with alone_in(folder):
            yield
    except BusyError:
        raise PublishError("Somebody else publishes into this folder just now; wait and try again.") from None


def _try_as_kiosk(folder: Path, now: datetime) -> None:
    """Fetch everything with the kiosk's own client, from the first root on. Raises PublishError."""
    first = (folder / "metadata" / "1.root.json").read_bytes().decode()
    with tempfile.TemporaryDirectory() as scratch:
        client = Client(folder.absolute().as_uri(), Path(scratch), Trust({"root": first}, LONG_AGO))
        try:
            _, target = client.refresh(now)
            client.download(target)
        except (RefusedError, UnreachableError) as error:
            raise PublishError(f"Kiosks would refuse this, so nothing is published: {error}.") from None


def _drop_old_archives(folder: Path, newest: int) -> None:
    paths = [
        folder / "metadata" / f"{number}.targets.json" for number in range(newest, max(0, newest - KEPT), -1)
    ]
    wanted = {_archive_name(_read(path, Targets).signed) for path in paths if path.exists()}
    for path in (folder / "targets").iterdir():
        if path.name not in wanted:
            path.unlink()


def _archive_name(targets: Targets) -> str:
    return f"{targets.targets[CONTENT].hashes['sha256']}.{CONTENT}"


def _read(path: Path, kind: type[Part]) -> Metadata[Part]:
    metadata = Metadata[Part].from_file(str(path))
    if not isinstance(metadata.signed, kind):
        raise ValueError(f"{path.name} holds something else")  # noqa: TRY004 - one kind of fault for the caller
    return metadata


def _linked(source: str, target: str) -> None:
    """Give a file a second name where the disk can; what changes is written anew."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

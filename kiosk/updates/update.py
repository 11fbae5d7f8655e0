"""One update: ask, verify, check, switch; or leave the old content and say why in health.json."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path

from kiosk.updates import trust as trusts
from kiosk.updates.disk import BusyError, alone_in, put_whole
from kiosk.updates.faults import RefusedError, UnreachableError
from kiosk.updates.fetch import LONGEST_S, Client, TooLongError, within
from kiosk.updates.install import Check, install, installed, versions_of
from kiosk.updates.trust import Trust


class Exit(IntEnum):
    """What the program ends with."""

    WELL = 0
    REFUSED = 1
    CANNOT = 2
    NOBODY_THERE = 3


def utc_now() -> datetime:
    """Return this machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Task:
    """`source` is http(s):// or file://; `root` is the root.json this kiosk came with.

    `built` is when the package with this program was built (UTC); None in a checkout.
    """

    source: str
    state: Path
    content: Path
    root: Path
    longest_s: float = LONGEST_S
    built: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an update, in words for an administrator."""

    code: Exit
    result: str
    reason: str = ""


def update(task: Task, check: Check, now: Callable[[], datetime] = utc_now) -> Outcome:
    """Take what is newer and right; the outcome says what was wrong."""
    if task.content.exists() and not task.content.is_symlink():
        return Outcome(
            Exit.CANNOT,
            "failed",
            f"{task.content} is a folder, not a link: move it to {versions_of(task.content)}/0 and "
            f"link it: ln -s {versions_of(task.content).name}/0 {task.content}",
        )
    try:
        return _alone(task, check, now)
    except BusyError:
        return Outcome(Exit.NOBODY_THERE, "busy", "another update is at work; this one does nothing")
    except OSError as error:
        return _failed(task, error)


def _alone(task: Task, check: Check, now: Callable[[], datetime]) -> Outcome:
    """Hold both folders against a second updater, and work in a folder that is gone afterwards."""
    versions = versions_of(task.content)
    warning = _clock_warning(task, now())
    for folder in (task.state, versions):
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        held.enter_context(alone_in(task.state))
        held.enter_context(alone_in(versions))
        work = task.state / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        held.callback(shutil.rmtree, work, ignore_errors=True)
        before, tempfile.tempdir = tempfile.tempdir, str(work)  # python-tuf's own scratch files too
        held.callback(setattr, tempfile, "tempdir", before)
        outcome = _tried(task, work, check, now)
        with suppress(OSError):  # a full disk: the exit code and standard error say it
            _tell_health(task, outcome, warning, now())
        return outcome


def _tried(task: Task, work: Path, check: Check, now: Callable[[], datetime]) -> Outcome:
    try:
        return _updated(task, work, check, now)
    except UnreachableError as error:
        return Outcome(Exit.NOBODY_THERE, "unreachable", str(error))
    except RefusedError as error:
        return Outcome(Exit.REFUSED, "refused", str(error))
    except TooLongError:
        reason = f"slow data: {task.source} took longer than {task.longest_s:g} seconds"
        return Outcome(Exit.NOBODY_THERE, "unreachable", reason)
    except OSError as error:
        return _failed(task, error)


def _failed(task: Task, error: OSError) -> Outcome:
    return Outcome(Exit.CANNOT, "failed", f"{error.strerror or error}: {error.filename or task.state}")


def _updated(task: Task, work: Path, check: Check, now: Callable[[], datetime]) -> Outcome:
    trust, lost = _known(task)
    client = Client(task.source, work, trust)
    have, digest = installed(task.content)
    with within(task.longest_s):
        try:
            version, target = client.refresh(now())
        finally:
            if client.trust != trust:
                trusts.save(task.state, client.trust)
        offered = target.hashes.get("sha256", "")
        if version < have:
            raise RefusedError(f"rollback: version {version} is offered, and {have} is already here")
        if (version, offered[:12]) == (have, digest) and not check(task.content):
            return Outcome(Exit.WELL, "current", lost)
        packed = client.download(target)
    install(packed, version, offered, task.content, check)
    return Outcome(Exit.WELL, "updated", lost)


def _known(task: Task) -> tuple[Trust, str]:
    return trusts.load(task.state, task.root.read_bytes(), task.built)


def _clock_warning(task: Task, now: datetime) -> str:
    """Say that this machine's clock is behind a time that has certainly passed."""
    with suppress(OSError, RefusedError):
        trust, _ = _known(task)
        if now < trust.floor:
            return f"the clock says {now:%Y-%m-%d}, but {trust.floor:%Y-%m-%d} has passed; set the clock"
    return ""


def _tell_health(task: Task, outcome: Outcome, warning: str, now: datetime) -> None:
    """Write health.json for the site's own monitoring: about this machine and the content, never visitors."""
    kept: dict[str, object] = {}
    path = task.state / "health.json"
    with suppress(OSError, ValueError):
        kept = json.loads(path.read_bytes())
    version, digest = installed(task.content)
    said = {
        "result": outcome.result,
        "reason": outcome.reason,
        "clock": warning,
        "checked_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "last_good_check_at": kept.get("last_good_check_at") if isinstance(kept, dict) else None,
        "content_version": version,
        "content_sha256_begins": digest,
        "valid_until": _valid_until(task),
    }
    if outcome.code is Exit.WELL:
        said["last_good_check_at"] = said["checked_at"]
    put_whole(path, json.dumps(said, indent=1).encode() + b"\n")
    path.chmod(0o644)


def _valid_until(task: Task) -> str | None:
    """Return the day on which the first of the signatures this kiosk has seen runs out."""
    with suppress(OSError, RefusedError):
        trust, _ = _known(task)
        return f"{min(trusts.read(text).expires for text in trust.files.values()):%Y-%m-%d}"
    return None


def address(source: str) -> str:
    """Return where to ask: an http(s) address as it is, a folder as file://. Raises ValueError."""
    if source.startswith(("http://", "https://")):
        return source
    if "://" in source:
        raise ValueError(f"{source}: give an address that begins with https:// or http://, or a folder")
    return Path(os.path.abspath(source)).as_uri()  # noqa: PTH100 - resolve() would follow a link of the stick

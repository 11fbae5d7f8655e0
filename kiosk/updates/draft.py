"""A draft is a folder that goes from one person to the next, by mail or stick, until two have signed it.

root.json           who may sign, where that begins or changes
current-root.json   who may sign so far, in a repository that is already published
targets.json        what the content is
content.zip         the content itself
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.exceptions import LengthOrHashMismatchError, RepositoryError
from tuf.api.metadata import Metadata, Root, TargetFile, Targets

from kiosk.content.faults import Fault
from kiosk.updates.archive import BUILT, pack, set_in, unpack
from kiosk.updates.disk import put_whole, settle, settle_all
from kiosk.updates.faults import PublishError, RefusedError
from kiosk.updates.repository import Repository
from kiosk.updates.roles import CONTENT, expiry, name_of, names, new_root, new_targets, stamped

Check = Callable[[Path], tuple[Fault, ...]]
Parts = Mapping[str, Metadata[Root] | Metadata[Targets]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the files of a draft say. `current` is None where the repository only begins."""

    folder: Path
    root: Metadata[Root] | None
    current: Metadata[Root] | None
    targets: Metadata[Targets]
    packed: bytes

    @property
    def judge(self) -> Root:
        """The root that says who may sign the content: the new one where there is one."""
        metadata = self.root or self.current
        assert metadata is not None  # noqa: S101 - read_draft sees to it
        return metadata.signed

    def missing(self) -> dict[str, str]:
        """Return what still lacks signatures: {"the list of people": "1 more, by ben or cho"}."""
        lacks = {}
        if self.root and (words := self._lacking_root(self.root)):
            lacks["who may sign"] = words
        result = self.judge.get_verification_result(
            "targets", self.targets.signed_bytes, self.targets.signatures
        )
        if not result.verified:
            lacks["the content"] = _words(result.missing, result.unsigned.values())
        return lacks

    def _lacking_root(self, root: Metadata[Root]) -> str:
        previous = self.current.signed if self.current else None
        result = root.signed.get_root_verification_result(previous, root.signed_bytes, root.signatures)
        if result.verified:
            return ""
        sides = [side for side in (result.first, result.second) if not side.verified]
        return "; ".join(dict.fromkeys(_words(side.missing, side.unsigned.values()) for side in sides))


def start(
    folder: Path, people: Sequence[Key], renewal: Key, content: Path, check: Check, now: datetime
) -> None:
    """Write the first draft of a repository. Raises PublishError, OSError."""
    packed = _checked(content, check)
    targets = new_targets(1, TargetFile.from_data(CONTENT, packed, ["sha256"]), now)
    _write(folder, {"root": Metadata(new_root(people, renewal, now)), "targets": Metadata(targets)}, packed)


def add_content(folder: Path, repository: Repository, content: Path, check: Check, now: datetime) -> None:
    """Write a draft of the next content. Raises PublishError, OSError."""
    packed = _checked(content, check)
    archive = TargetFile.from_data(CONTENT, packed, ["sha256"])
    targets = new_targets(repository.targets.version + 1, archive, now)
    _write(folder, {"current-root": repository.root_metadata, "targets": Metadata(targets)}, packed)


def change_keys(
    folder: Path, repository: Repository, lost: Sequence[str], new: Sequence[Key], now: datetime
) -> None:
    """Write a draft in which each lost key gives way to a new one, with the same content signed anew.

    With nothing lost it only lengthens the time for which the list of people holds. Raises PublishError,
    OSError.
    """
    if len(lost) != len(new):
        raise PublishError("Give one --new for each --lost.")
    root = deepcopy(repository.root)
    for name, key in zip(lost, new, strict=True):
        _replace(root, name, key)
    root.version, root.expires = root.version + 1, expiry("root", now)
    stamped(root, now)
    targets = new_targets(repository.targets.version + 1, repository.targets.targets[CONTENT], now)
    files: Parts = {
        "root": Metadata(root),
        "current-root": repository.root_metadata,
        "targets": Metadata(targets),
    }
    _write(folder, files, repository.archive())


def read_draft(folder: Path) -> Draft:
    """Return a draft whose parts belong together. Raises PublishError."""
    try:
        targets = Metadata[Targets].from_bytes(_bytes(folder / "targets.json"))
        root, current = (_root(folder / f"{name}.json") for name in ("root", "current-root"))
        packed = _bytes(folder / CONTENT)
        targets.signed.targets[CONTENT].verify_length_and_hashes(packed)
        is_whole = isinstance(targets.signed, Targets) and (root or current)
    except LengthOrHashMismatchError:
        raise PublishError(
            f"{folder}: {CONTENT} is not the one in the list; copy the whole draft again."
        ) from None
    except (RepositoryError, KeyError, OSError) as error:
        raise PublishError(f"{folder} is no whole draft ({error}); copy the whole folder again.") from None
    if not is_whole:
        raise PublishError(f"{folder} is no whole draft; copy the whole folder again.")
    return Draft(folder, root, current, targets, packed)


def sign(folder: Path, signer: CryptoSigner, check: Check) -> Draft:
    """Sign whatever in a draft this key may sign, after checking the content again. Raises PublishError."""
    draft = read_draft(folder)
    with unpacked(draft) as content:
        _refuse_faults(check(set_in(content)))
    key = signer.public_key.keyid
    parts: dict[str, tuple[Metadata[Root] | Metadata[Targets], set[str]]] = {}
    parts["targets"] = draft.targets, set(draft.judge.roles["targets"].keyids)
    if draft.root:
        roots = [root for root in (draft.root, draft.current) if root]
        parts["root"] = draft.root, {keyid for root in roots for keyid in root.signed.roles["root"].keyids}
    if not any(key in keyids for _, keyids in parts.values()):
        holders = ", ".join(sorted(names(draft.judge, "targets").values()))
        raise PublishError(f"This key may not sign here. Those who may: {holders}.")
    for name, (metadata, keyids) in parts.items():
        if key in keyids:
            metadata.sign(signer, append=True)
            put_whole(folder / f"{name}.json", metadata.to_bytes())
    return draft


@contextmanager
def unpacked(draft: Draft) -> Iterator[Path]:
    """Give the content of a draft as a folder, for as long as it is looked at. Raises PublishError."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "content")
        try:
            unpack(draft.packed, folder)
        except RefusedError as error:
            raise PublishError(f"{draft.folder / CONTENT}: {error}.") from None
        yield folder


def differences(draft: Draft, own: Path) -> list[str]:
    """Return how the content of a draft differs from a folder of one's own: "changed: guides/case.toml"."""
    with unpacked(draft) as content:
        theirs, mine = _contents(content), _contents(own)
    return [
        *(f"new: {name}" for name in sorted(theirs.keys() - mine.keys())),
        *(f"gone: {name}" for name in sorted(mine.keys() - theirs.keys())),
        *(f"changed: {name}" for name in sorted(theirs.keys() & mine.keys()) if theirs[name] != mine[name]),
    ]


def _contents(folder: Path) -> dict[str, bytes]:
    if folder.is_file():
        return {BUILT: folder.read_bytes()}
    paths = (path for path in folder.rglob("*") if path.is_file())
    plain = ((path.relative_to(folder), path) for path in paths)
    return {
        name.as_posix(): path.read_bytes()
        for name, path in plain
        if not any(part.startswith(".") for part in name.parts)
    }


def _replace(root: Root, name: str, key: Key) -> None:
    held = {name_of(old): keyid for keyid, old in root.keys.items()}
    if name not in held:
        raise PublishError(f"Nobody here is called {name}; there are: {', '.join(sorted(held))}.")
    if key.keyid in root.keys:
        raise PublishError(f"{name_of(key)} already holds a key here; make a new one with `publish keys`.")
    if name_of(key) in held and name_of(key) != name:
        raise PublishError(
            f"Somebody else here is already called {name_of(key)}; give the new key another name."
        )
    for role in [role for role, rules in root.roles.items() if held[name] in rules.keyids]:
        root.revoke_key(held[name], role)
        root.add_key(key, role)


def _checked(content: Path, check: Check) -> bytes:
    _refuse_faults(check(content))
    return pack(content)


def _refuse_faults(faults: Sequence[Fault]) -> None:
    if faults:
        said = "\n".join(map(str, faults))
        raise PublishError(f"The content has faults; mend them first, nothing is signed:\n{said}")


def _write(folder: Path, parts: Parts, packed: bytes) -> None:
    """Write a whole draft under its name, or nothing."""
    if folder.exists():
        raise PublishError(f"{folder} is already there; give the draft a new name, or delete the old one.")
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(parents=True)
        for name, metadata in parts.items():
            (fresh / f"{name}.json").write_bytes(metadata.to_bytes())
        (fresh / CONTENT).write_bytes(packed)
        settle_all(fresh)
        fresh.rename(folder)
        settle(folder.parent)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64 * 1024 * 1024)


def _root(path: Path) -> Metadata[Root] | None:
    if not path.exists():
        return None
    metadata = Metadata[Root].from_bytes(_bytes(path))
    if not isinstance(metadata.signed, Root):
        raise RepositoryError(f"{path.name} is no list of people")
    return metadata


def _words(count: int, keys: Iterable[Key]) -> str:
    people = " or ".join(sorted(name_of(key) for key in keys))
    return f"{count} more, by {people}"

"""Notices saves. Many editors write a new file and put it in the place of the old one; both are seen."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

QUIET_MS: Final = 200
"""An editor that saves touches a folder several times; this long after the last one it is done."""

ENDINGS: Final = (".toml", ".po", ".mo")
State = dict[Path, tuple[int, int, int]]


class Saves(QObject):
    """Says `saved` with the files that changed, once for each save.

    Folders are watched for files that come, go and are replaced, files for those that are written in place.
    """

    saved = Signal(list)

    def __init__(self, folders: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = tuple(folders)
        self._watcher = QFileSystemWatcher(self)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._settle)
        self._watcher.fileChanged.connect(self._quiet.start)
        self._watcher.directoryChanged.connect(self._quiet.start)
        self._state = self._look()

    @Slot()
    def _settle(self) -> None:
        before, self._state = self._state, self._look()
        changed = [path for path in {**before, **self._state} if before.get(path) != self._state.get(path)]
        if changed:
            self.saved.emit(sorted(changed))

    def _look(self) -> State:
        """Return what every file is like now, and watch those that are not watched yet."""
        files, folders = self._found()
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if fresh := [str(path) for path in (*files, *folders) if str(path) not in watched]:
            self._watcher.addPaths(fresh)
        return files

    def _found(self) -> tuple[State, list[Path]]:
        files: State = {}
        folders: list[Path] = []
        for top in self._folders:
            for name, _, inside in os.walk(top):  # what goes in this moment is passed over
                folders.append(Path(name))
                for path in (Path(name, each) for each in inside):
                    with contextlib.suppress(OSError):  # as the spare files of editors do
                        about = path.stat()
                        if path.suffix in ENDINGS:
                            files[path] = (about.st_ino, about.st_size, about.st_mtime_ns)
        return files, folders

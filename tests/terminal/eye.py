"""What was on the screen of a container from moment to moment; see looking.py, which looks."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """One picture: when it was begun and when it was there, s of CLOCK_MONOTONIC."""

    began: float
    ended: float
    is_lobby: bool


class Eye:
    """Takes note of each look while the program runs."""

    def __init__(self, looking: subprocess.Popen[bytes]) -> None:
        self._looking = looking
        self._looks: list[Look] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def close(self) -> None:
        """Wait until all that was seen is read; the program has been ended."""
        self._reader.join(20)

    def _read(self) -> None:
        assert self._looking.stdout
        for line in iter(self._looking.stdout.readline, b""):
            began, ended, is_lobby = line.split()
            self._looks.append(Look(float(began), float(ended), is_lobby == b"1"))

    def sees_lobby(self) -> bool:
        """Return whether the lobby was there at the last look."""
        return bool(self._looks) and self._looks[-1].is_lobby

    def is_back(self, since: float, quiet: float) -> bool:
        """Return whether the lobby has been there again for so many seconds, after what happened."""
        if not self.sees_lobby():
            return False
        return self._looks[-1].began - since - self.back_after(since) > quiet

    def back_after(self, since: float) -> float:
        """Return the seconds from what happened to the first look after the last that saw no lobby.

        Never early: the time that counts is when that picture was there. Where each look saw the lobby, it is
        the end of the first that was begun afterwards.
        """
        looks = [each for each in self._looks if each.began >= since]
        missed = [at for at, each in enumerate(looks) if not each.is_lobby]
        good = looks[missed[-1] + 1 if missed else 0 :]
        return (good[0].ended if good else float("inf")) - since

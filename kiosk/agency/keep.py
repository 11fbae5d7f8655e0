"""Keeps a checked content set beside the one in use, as the last good one (`house.last_good`)."""

from __future__ import annotations

import shutil
from pathlib import Path


def keep_good_set(content: Path, kept: Path) -> None:
    """Copy a checked set to `kept` so that it is there whole or not at all. Raises OSError."""
    fresh = kept.with_name(f"{kept.name}.new")
    old = kept.with_name(f"{kept.name}.old")
    for rest in (fresh, old):
        _remove(rest)
    if content.is_dir():
        shutil.copytree(content, fresh)
    else:
        shutil.copyfile(content, fresh)
    if kept.exists():
        kept.rename(old)
    fresh.rename(kept)
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)

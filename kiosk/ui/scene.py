"""Everything a page may see: the directory, the site, the words and the theme of this visit. Read-only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from kiosk.content.age import Today
from kiosk.content.model import Library
from kiosk.house import House
from kiosk.later import dataclass
from kiosk.settings import Settings
from kiosk.takeaway.code import nothing
from kiosk.ui.colours import colours_for
from kiosk.ui.theme import Panel, Theme
from kiosk.visit.visit import Visit
from kiosk.words.catalog import Words

if TYPE_CHECKING:
    from kiosk.find.finder import Finder


@dataclass(frozen=True)
class Scene:
    """One visit seen on one panel. A page that takes long to build calls `between` every few ms."""

    house: House
    visit: Visit
    panel: Panel
    words: Words
    theme: Theme
    when: datetime
    today: Today
    between: Callable[[], object] = nothing

    @property
    def library(self) -> Library:
        """The directory of this day."""
        return self.house.shown(self.today)

    @property
    def finder(self) -> Finder:
        """What looks things up in the directory."""
        return self.house.finder(self.today)

    @property
    def settings(self) -> Settings:
        """The site."""
        return self.house.settings


def scene_for(house: House, visit: Visit, panel: Panel, between: Callable[[], object] | None = None) -> Scene:
    """Return what the pages of this visit may see."""
    words = house.words[visit.language or house.default_language]
    right = Qt.LayoutDirection.RightToLeft
    left = Qt.LayoutDirection.LeftToRight
    theme = Theme(
        panel,
        visit.size,
        visit.look,
        colours_for(visit.look, house.settings.brand),
        house.settings.motif,
        right if words.is_right_to_left else left,
    )
    when = house.when()
    return Scene(house, visit, panel, words, theme, when, house.today(when), between or nothing)

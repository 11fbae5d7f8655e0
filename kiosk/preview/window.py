"""The window beside the editor: the page as visitors see it, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from kiosk.checkup import check_folder
from kiosk.content.faults import Fault
from kiosk.content.overlay import folder_of
from kiosk.house import House, icon_names, open_house
from kiosk.preview.edited import place_of_edit
from kiosk.preview.saves import Saves
from kiosk.ui.pages import page_for
from kiosk.ui.scene import scene_for
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.page import Page
from kiosk.visit.actions import Action, Open
from kiosk.visit.places import LobbyPlace, Place
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

SIDE_PX = 380
Tell = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Files:
    """What is edited: the content folder and one site file, and the day up to which it can be checked."""

    content: Path
    site: Path
    today: Callable[[], date]

    def faults(self) -> tuple[Fault, ...]:
        """Every fault there is now."""
        if not self.site.is_file():
            return (Fault(str(self.site), 1, "this site file is missing; put it back"),)
        return check_folder(self.content, self.today(), icon_names(), self.site)

    def house(self) -> House:
        """What the kiosk would show now."""
        return open_house(self.content, self.site, lambda _: None)

    def folders(self) -> list[Path]:
        """Every folder in which a save may change something."""
        overlay = folder_of(self.site)
        outside = [] if self.site.is_relative_to(self.content) else [self.site.parent]
        return [self.content, *outside, *([overlay] if overlay.is_dir() and outside else [])]


class Preview(QWidget):
    """Shows the page that was edited last. With a fault in the files the last good pages stay."""

    def __init__(self, files: Files, size: QSize, tell: Tell) -> None:
        super().__init__()
        self.setWindowTitle("Preview")
        self._files, self._tell = files, tell
        self._size = size
        self._visit = Visit()
        self._house = files.house()
        self._page: Page | None = None
        self.status = QLabel()
        self.faults = QListWidget()
        self._lay_out()
        self._saves = Saves(files.folders(), self)
        self._saves.saved.connect(self._on_saved)
        self._report(files.faults())
        self._show_visit()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def place(self) -> Place:
        """Where the preview is."""
        return self._visit.place

    def _lay_out(self) -> None:
        self._paper = QWidget()
        self._paper.setFixedSize(self._size)
        self.status.setWordWrap(True)
        self.status.setAccessibleName("State of the files")
        self.status.setFont(QFont("Noto Sans", 12, QFont.Weight.Bold))
        self.faults.setFont(QFont("Noto Sans", 12))
        self.faults.setSpacing(5)
        self.faults.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.faults.setWordWrap(True)
        self.faults.setAccessibleName("Faults")
        side = QVBoxLayout()
        side.addWidget(self.status)
        side.addWidget(self.faults, 1)
        box = QWidget()
        box.setLayout(side)
        box.setFixedWidth(SIDE_PX)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self._paper, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(box)

    @Slot(list)
    def _on_saved(self, changed: list[Path]) -> None:
        faults = self._files.faults()
        if not faults:
            before, self._house = self._house, self._files.house()
            place = place_of_edit(
                (before.library, before.settings), (self._house.library, self._house.settings)
            )
            if place is not None:
                start = Visit(language=self._visit.language, size=self._visit.size, look=self._visit.look)
                self._visit = start if place == LobbyPlace() else step(start, Open(place))
            self._show_visit()
        self._report(faults, [path for path in changed if path.suffix == ".po"])

    def _report(self, faults: tuple[Fault, ...], translations: list[Path] | None = None) -> None:
        """Say it in the window and in the terminal."""
        self.faults.clear()
        self.faults.addItems([str(fault) for fault in faults])
        for fault in faults:
            self._tell(f"{fault}\n")
        if faults:
            said = f"Faults: {len(faults)}. The page shows what was good before."
        elif translations:
            said = "No fault. Run words, so that the translation is shown."
        else:
            said = "No fault. The page shows what is saved."
        self.status.setText(said)
        self._tell(f"{said}\n")

    def _show_visit(self) -> None:
        site = self._house.settings
        panel = Panel.measured(
            self._size.width(), self._size.height(), _width_mm(site.panel_width_mm, self._size)
        )
        old, self._page = self._page, page_for(self._visit.place, scene_for(self._house, self._visit, panel))
        self._page.setParent(self._paper)
        self._page.chosen.connect(self._on_chosen)
        self._page.show()
        if old:
            old.hide()
            old.deleteLater()

    @Slot(object)
    def _on_chosen(self, action: Action) -> None:
        self._visit = step(self._visit, action)
        self._show_visit()


def _width_mm(measured: float | None, size: QSize) -> float | None:
    """Return the width of the site's panel, which this window is a smaller picture of."""
    portrait = size.height() > size.width()
    if measured is None or (measured < 400) == portrait:
        return measured
    return measured * size.width() / size.height()

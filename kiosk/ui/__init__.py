"""How it looks: the only Qt in the kiosk. A page is a function of a visit; nothing here decides anything."""

from kiosk.ui.loading import load_qt

load_qt()

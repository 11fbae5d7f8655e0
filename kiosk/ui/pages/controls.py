"""The controls every banner offers: back, kept numbers, language, text size, colours, perhaps the voice."""

from __future__ import annotations

from kiosk.ui.scene import Scene
from kiosk.ui.widgets.banner import Control
from kiosk.visit.actions import Back, Open, Pause, SetLanguage, SetLook, SetSize, SetSpeech
from kiosk.visit.places import LanguagePlace, MyCodePlace, MyNumbersPlace, Place, VoicePlace, is_ordinary
from kiosk.visit.visit import Look, TextSize


def lead_icon(scene: Scene, name: str) -> str:
    """Return "back" or "forward" as it points in the reading direction."""
    if not scene.theme.is_mirrored:
        return name
    return {"back": "forward", "forward": "back"}[name]


def back_control(scene: Scene) -> Control:
    """Return the way back."""
    word = scene.words("page.back")
    return Control(lead_icon(scene, "back"), word, word, Back())


def controls(place: Place, scene: Scene) -> list[Control]:
    """Return the controls of a page, My numbers only where something was kept."""
    words, visit = scene.words, scene.visit
    found = []
    kept = sum(id_ in scene.library.services for id_ in visit.kept)
    if kept and not is_ordinary(place) and not isinstance(place, MyNumbersPlace | MyCodePlace):
        label = words("mine.count", count=kept)
        found.append(Control("list", label, label, Open(MyNumbersPlace()), short=str(kept)))
    found += _language_controls(place, scene)
    sizes, looks = list(TextSize), list(Look)
    size = sizes[(sizes.index(visit.size) + 1) % len(sizes)]
    look = looks[(looks.index(visit.look) + 1) % len(looks)]
    found.append(Control("text-size", "", words("page.text_size"), SetSize(size)))
    found.append(Control("contrast", "", words("page.contrast"), SetLook(look)))
    if scene.settings.speech:
        if visit.speaks:
            found.append(Control("pause", "", words("speech.pause"), Pause()))
        if not visit.speaks:
            found.append(Control("listen", "", words("page.listen"), SetSpeech(True)))
        elif not isinstance(place, VoicePlace):
            found.append(
                Control("listen", "", words("voice.title"), Open(VoicePlace(not is_ordinary(place))))
            )
    return found


def _language_controls(place: Place, scene: Scene) -> list[Control]:
    """Return the other one of two languages, or the way to all of them behind the first other one."""
    languages = scene.settings.languages
    others = [code for code in languages if code != scene.words.language]
    if not others or isinstance(place, LanguagePlace):
        return []
    name, short = scene.words.native(others[0]), others[0].upper()
    if len(others) == 1:
        return [Control("globe", name, name, SetLanguage(others[0]), short=short)]
    label, short = f"{name} …", f"{short} …"
    said = scene.words("language.button", name=label)
    return [Control("globe", label, said, Open(LanguagePlace(not is_ordinary(place))), short=short)]

"""What a page says about opening hours, in the site's time zone."""

from __future__ import annotations

from typing import assert_never

from kiosk.content.age import is_old_entry
from kiosk.content.hours import Closed, Open24h, OpenUntil, Unknown, state
from kiosk.content.listing import spoken_lines
from kiosk.content.model import Phone, PhoneKind, Service
from kiosk.ui.scene import Scene
from kiosk.words.clock import opening, time_of_day, weekday


def badge(phone: Phone, scene: Scene) -> str:
    """Return "Open now ..." or "Closed now ..."; empty when nobody wrote the hours down."""
    words = scene.words
    now = state(phone, scene.when)
    match now:
        case Open24h():
            return words("state.always" if phone.kind is not PhoneKind.TEXT else "state.text_always")
        case OpenUntil(minutes):
            return words("state.open_until", time=time_of_day(words, minutes))
        case Closed(day, minutes):
            time = time_of_day(words, minutes)
            if day == scene.when.weekday() and minutes > scene.when.hour * 60 + scene.when.minute:
                return words("state.opens_today", time=time)
            return words("state.opens", day=weekday(words, day), time=time)
        case Unknown():
            return ""
        case _:
            assert_never(now)


def service_badge(service: Service, scene: Scene) -> str:
    """Return the badge of the first voice line that has hours; "Call first" where they are old."""
    if is_old_entry(service, scene.today) and not service.is_open_24h:
        return scene.words("old.call_first") if service.phones else ""
    return next((text for phone in spoken_lines(service) if (text := badge(phone, scene))), "")


def weekly(phone: Phone, scene: Scene) -> str:
    """Return the weekly hours of one number, one opening after the other."""
    return ". ".join(opening(scene.words, s.byday, s.opens_at, s.closes_at) for s in phone.schedules)

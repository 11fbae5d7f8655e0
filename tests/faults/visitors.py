"""Visitors of several kinds, as quick as the screen takes them. Each leaves the kiosk in any state at all."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from kiosk.visit.actions import SetLanguage, SetLook, SetSize, SetSpeech
from kiosk.visit.places import HelpPlace
from tests.faults.fingers import Fingers, Spot

Visitor = Callable[[Fingers, random.Random], None]
STEPS = ("Down", "Down", "Down", "Up", "Right", "Left", "Tab", "Return", "Return", "space", "BackSpace")
VOICE = {"F5": "louder", "F6": "softer", "F7": "faster", "F8": "slower", "F9": "repeat"}
VOICE_KEYS = "[keys]\n" + "".join(f"{word} = {71 + i}\n" for i, word in enumerate(VOICE.values()))
"""For a site file: the scan codes of F5 to F9."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
IMPATIENT_S = 0.15
HOPS = SetLanguage | SetSize | SetLook


def some_page(fingers: Fingers, dice: random.Random, *kinds: str) -> list[Spot]:
    """Return the way to a page of these kinds, which are the beginnings of their names."""
    ways = fingers.kiosk.ways()
    return ways[dice.choice([page for page in ways if page.startswith(kinds or ("help", "staff", "about"))])]


def hurried(fingers: Fingers, dice: random.Random) -> None:
    """Knows the way, does not wait for pages, is gone at once."""
    for spot in some_page(fingers, dice, "resource", "category", "guide"):
        fingers.keep_apart(spot)
        fingers.tap(spot, dice.uniform(0.002, 0.04), dice.uniform(0.0, 0.06))
    time.sleep(dice.uniform(0, 0.15))


def lost(fingers: Fingers, dice: random.Random) -> None:
    """Taps what looks like a button, without a plan."""
    spots = [spot for way in fingers.kiosk.ways().values() for spot in way]
    for _ in range(dice.randint(4, 10)):
        fingers.tap(dice.choice(spots), answer_s=IMPATIENT_S)


def child(fingers: Fingers, dice: random.Random) -> None:
    """Hits everything: screen, strip and keys."""
    screen = fingers.kiosk.screen
    for _ in range(dice.randint(15, 40)):
        spot = dice.randrange(2, screen.width - 2), dice.randrange(2, screen.height - 2)
        screen.tap(*spot, hold_s=dice.choice((0.0, 0.01, 0.05)))
        if dice.random() < 0.2:
            screen.key(dice.choice(LETTERS))
        time.sleep(dice.uniform(0, 0.05))


def keypad(fingers: Fingers, dice: random.Random) -> None:
    """Never touches the screen."""
    for _ in range(dice.randint(6, 16)):
        fingers.kiosk.screen.key(dice.choice(STEPS))
        time.sleep(dice.uniform(0.03, 0.12))


def listener(fingers: Fingers, dice: random.Random) -> None:
    """Turns the voice on, opens a page, and has it louder or softer."""
    fingers.walk(fingers.kiosk.ways()["help"])
    for spot in fingers.kiosk.spots_of(HelpPlace(), SetSpeech)[:1]:
        fingers.tap(spot, answer_s=IMPATIENT_S)
    fingers.tap(some_page(fingers, dice, "category")[-1], answer_s=IMPATIENT_S)
    time.sleep(dice.uniform(0.0, 0.5))
    fingers.kiosk.screen.key(dice.choice(list(VOICE)))
    time.sleep(dice.uniform(0.0, 0.2))


def collector(fingers: Fingers, dice: random.Random) -> None:
    """Wants every code there is."""
    fingers.walk(some_page(fingers, dice, "take", "my", "resource"))
    for _ in range(dice.randint(1, 4)):
        fingers.tap(some_page(fingers, dice, "take", "my")[-1], answer_s=IMPATIENT_S)


def hopper(fingers: Fingers, dice: random.Random) -> None:
    """Changes language, size and colours again and again."""
    fingers.walk(fingers.kiosk.ways()["help"])
    spots = fingers.kiosk.spots_of(HelpPlace(), HOPS)
    for _ in range(dice.randint(3, 8)):
        fingers.tap(dice.choice(spots), answer_s=IMPATIENT_S)


KINDS: tuple[Visitor, ...] = (hurried, lost, child, keypad, listener, collector, hopper)

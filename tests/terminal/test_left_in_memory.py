"""What a visitor typed and chose is in the memory of the machine while it is shown, and nowhere after it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kiosk.house import House
from kiosk.takeaway.payload import Way, choices_of, printed, shared_contact
from kiosk.visit.actions import Action, Clear, Keep, Open, Turn, Type
from kiosk.visit.places import FindPlace, HelpPlace, MyCodePlace, MyNumbersPlace, ResourcePlace
from tests.terminal import image
from tests.terminal.lobby import in_lobby, rested
from tests.terminal.machine import Machine
from tests.terminal.memory import both, copies, taken
from tests.terminal.pages import Touch, draw, wait_for_page
from tests.terminal.panel import STRIP, tap
from tests.terminal.terminal import marks
from tests.ui.larger import open_larger

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs"))
TOUCHED, KEYED = "qzjxkw", "vy"
TYPED = TOUCHED + KEYED
"""In no word of any language here: it finds nothing, and stands in no file."""
SOUGHT, FOUND = "harbor", "example-7"
"""What then finds an entry, on the emulated keyboard; the directory has its name, one byte a letter."""


def code_of(house: House) -> str:
    """Return the contact of the entry, which is put together only for a visitor who asks for it."""
    service = house.library.services[FOUND]
    return next(choice.payload for choice in choices_of(service) if choice.way is Way.CONTACT)


def steps(house: House) -> dict[str, list[tuple[Action, bool]]]:
    """Return what the visitor does until each of three pages is there; True where it is a key."""
    service = house.library.services[FOUND]
    way = [choice.way for choice in choices_of(service)].index(Way.CONTACT)
    entry = ResourcePlace(FOUND)
    return {
        "typed": [
            *((Open(place), False) for place in (HelpPlace(), FindPlace())),
            *((Type(letter), False) for letter in TOUCHED),
            *((Type(letter), True) for letter in KEYED),
        ],
        "found": [
            (Clear(), False),
            *((Type(letter), True) for letter in SOUGHT),
            *((action, False) for action in (Open(entry), Turn(replace(entry, choice=way)))),
        ],
        "kept": [
            *((action, False) for action in (Keep(FOUND), Open(MyNumbersPlace()), Open(MyCodePlace()))),
        ],
    }


def signs(house: House) -> dict[str, tuple[bytes, ...]]:
    """Return, for each page, what stands in memory because of it, in each form that it may have.

    The name of the entry is the only thing that the directory has as well: as Qt holds it, it has been shown.
    """
    service = house.library.services[FOUND]
    single, shared = code_of(house), shared_contact([service], "Info")
    return {
        "typed": both(TYPED),
        "found": (*both(printed(single)), *both(single), both(service.name)[1]),
        "kept": (*both(printed(shared)), *both(shared)),
    }


@pytest.fixture(scope="module")
def house(larger) -> House:
    return open_larger(larger, "police-lobby")


def do(machine: Machine, plan: Sequence[tuple[tuple[Action, bool], Touch]]) -> None:
    """Touch or type one after the other; each touch when the page before it is there."""
    for (action, by_key), touch in plan:
        if by_key and isinstance(action, Type):
            machine.keys(action.letter)
            time.sleep(1)
        else:
            assert touch.place, "this is chosen by no touch"
            tap(machine, touch.place)
            wait_for_page(machine, touch.page)
    time.sleep(3)


def test_what_was_typed_and_chosen_is_nowhere_in_memory_a_second_after_the_swap(locked, machine, house):
    parts, wanted = steps(house), signs(house)
    actions = [step for part in parts.values() for step in part]
    drawn = draw(locked, [[action for action, _ in actions]])
    plan = iter(zip(actions, drawn.walks[0], strict=True))
    in_lobby(machine, drawn.lobby)
    _, visit, _ = rested(machine)
    for name, part in parts.items():
        do(machine, [next(plan) for _ in part])
        with taken(machine) as memory:
            there = copies(memory, wanted[name])
        print(f"\n{name}, while it is shown: {list(there.values())} copies")
        assert sum(there.values()) > 0
    machine.sh(f"echo {STRIP} > /run/taps; while [ -d /proc/{visit} ]; do sleep 0.1; done", 60)
    time.sleep(1)
    with taken(machine) as memory:
        left = copies(memory, [each for some in wanted.values() for each in some])
    print(f"of {len(left)} forms of it, a second after the swap: {list(left.values())} copies")
    assert sum(left.values()) == 0
    in_lobby(machine, drawn.lobby)

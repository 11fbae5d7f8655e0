"""What a visitor typed and chose is in the memory of the machine while it is shown, and nowhere after it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from kiosk.house import House
from kiosk.takeaway.payload import Way, choices_of, printed, shared_contact
from kiosk.visit.actions import Action, Clear, Keep, Open, Turn, Type
from kiosk.visit.places import FindPlace, HelpPlace, MyCodePlace, MyNumbersPlace, ResourcePlace
from tests.terminal import image
from tests.terminal.lobby import follow, in_lobby, rested
from tests.terminal.memory import both, copies, taken
from tests.terminal.pages import draw
from tests.terminal.panel import STRIP
from tests.terminal.terminal import marks
from tests.ui.larger import open_larger

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs"))
TYPED = "qzjxkwvy"
"""In no word of any language here: it finds nothing, and stands in no file."""
SOUGHT, FOUND = "harbor", "example-7"
"""What then finds an entry; the directory has its name as one byte a letter."""


def code_of(house: House) -> str:
    """Return the contact of the entry, which is put together only for a visitor who asks for it."""
    service = house.library.services[FOUND]
    return next(choice.payload for choice in choices_of(service) if choice.way is Way.CONTACT)


def steps(house: House) -> dict[str, list[Action]]:
    """Return what the visitor does until each of three pages is there."""
    service = house.library.services[FOUND]
    way = [choice.way for choice in choices_of(service)].index(Way.CONTACT)
    entry = ResourcePlace(FOUND)
    return {
        "typed": [Open(HelpPlace()), Open(FindPlace()), *map(Type, TYPED)],
        "found": [Clear(), *map(Type, SOUGHT), Open(entry), Turn(replace(entry, choice=way))],
        "kept": [Keep(FOUND), Open(MyNumbersPlace()), Open(MyCodePlace())],
    }


def signs(house: House) -> dict[str, tuple[bytes, ...]]:
    """Return, for each page, what stands in memory because of it, in each form that it may have.

    Only the name of the entry stands in the directory as well: as Qt holds it, it has been shown.
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


def test_what_was_typed_and_chosen_is_nowhere_in_memory_a_second_after_the_swap(locked, machine, house):
    parts, wanted = steps(house), signs(house)
    drawn = draw(locked, [[action for part in parts.values() for action in part]])
    walk = iter(drawn.walks[0])
    in_lobby(machine, drawn.lobby)
    _, visit, _ = rested(machine)
    for name, part in parts.items():
        follow(machine, [next(walk) for _ in part])
        time.sleep(3)
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

"""A need with more entries than anybody looks through: the first of them, and a word about the others."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from types import MappingProxyType

import pytest

from kiosk.content.listing import MOST_LISTED, rank
from kiosk.content.model import CategoryId, Service, ServiceId
from kiosk.content.store import Edition
from kiosk.content.store import built as built_file
from kiosk.content.stored import open_stored
from kiosk.house import House
from kiosk.ui.picture import built, with_part
from kiosk.ui.proof import PANELS, panel_named
from kiosk.ui.samples import sample_places
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.tiles import Row
from kiosk.visit.actions import Open
from kiosk.visit.places import CategoryPlace, HelpPlace, LobbyPlace, ResourcePlace
from kiosk.visit.visit import TextSize, Visit
from kiosk.words.numbers import plain

pytestmark = pytest.mark.usefixtures("qapp")
MANY = 240
TALK = CategoryId("talk")


def grown(house: House, count: int) -> House:
    """The shipped entries again and again under new ids, the closed ones first."""
    library, when = house.library, house.now(None)
    kinds = sorted(library.services.values(), key=lambda service: -rank(service, when))
    entries: list[Service] = [
        replace(kinds[n * len(kinds) // count], id=ServiceId(f"entry-{n}"), categories=(TALK,))
        for n in range(count)
    ]
    services = MappingProxyType({entry.id: entry for entry in entries})
    return replace(house, library=replace(library, services=services))


@pytest.fixture
def file_of(tmp_path):
    """Returns a function: the same house with its directory built into a file."""
    opened = []

    def build(house: House) -> House:
        path = tmp_path / f"{len(opened)}.kiosk"
        path.write_bytes(built_file({"": Edition(house.library, {})}, {}))
        opened.append(open_stored(path))
        return replace(house, library=opened[-1].library)

    yield build
    for stored in opened:
        with closing(stored):
            pass


def visit(*, in_writing: bool = False, size: TextSize = TextSize.NORMAL, language: str = "en") -> Visit:
    place = CategoryPlace(TALK, in_writing=in_writing)
    return Visit(trail=(LobbyPlace(), HelpPlace(), place), size=size, language=language)


def shown_in(house: House, seen: Visit, panel: str) -> tuple[list[ServiceId], list[str]]:
    """The entries and the notes on all parts of the page, in their order."""
    entries, notes, part, count = [], [], 0, 1
    while part < count:
        page = built(house, with_part(seen, part), panel_named(panel))
        count = page.part_count
        rows = page.findChildren(Row)
        rows.sort(key=lambda row: (row.y(), row.x()))
        places = [row.action.place for row in rows if isinstance(row.action, Open)]
        entries += [place.service for place in places if isinstance(place, ResourcePlace)]
        notes += [plain(note.text()) for note in page.findChildren(Note) if note.parent() is not None]
        page.deleteLater()
        part += 1
    return entries, notes


@pytest.mark.parametrize("panel", PANELS)
def test_the_first_of_many_are_shown_and_the_rest_is_said(house, file_of, panel):
    many = grown(house, MANY)
    entries, notes = shown_in(file_of(many), visit(), panel)
    assert len(entries) == MOST_LISTED
    when = many.now(None)
    ranks = [rank(many.library.services[id_], when) for id_ in entries]
    assert ranks == sorted(ranks)
    best = sorted(rank(service, when) for service in many.library.services.values())
    assert ranks == best[:MOST_LISTED]
    said = [note for note in notes if f"{MOST_LISTED}" in note and f"{MANY}" in note]
    assert said
    assert all("touch Text, chat or video" in note for note in said)


@pytest.mark.parametrize("size", TextSize)
def test_a_folder_and_its_file_show_the_same(house, file_of, size):
    many = grown(house, 60)
    for in_writing in (False, True):
        seen = visit(in_writing=in_writing, size=size)
        assert shown_in(many, seen, "1024x600") == shown_in(file_of(many), seen, "1024x600")


def test_nothing_is_said_where_all_are_shown(house, file_of):
    few = grown(house, MOST_LISTED)
    entries, notes = shown_in(file_of(few), visit(), "1080x1920")
    assert len(entries) == MOST_LISTED
    assert not any(f"{MOST_LISTED}" in note for note in notes)


def test_the_filter_is_no_way_where_it_is_on_already(house, file_of):
    _, notes = shown_in(file_of(grown(house, MANY)), visit(in_writing=True), "1080x1920")
    said = [note for note in notes if f"You see {MOST_LISTED} of" in note]
    assert said
    assert not any("chat" in note for note in said)


def test_pages_of_a_large_directory_read_no_more_than_those_of_a_small_one(house, file_of):
    """Work is counted in steps of SQLite's machine, which no other program on this computer can slow."""
    steps = {}
    for count in (100, 2_000):
        many = file_of(grown(house, count))
        entry = ResourcePlace(next(iter(many.library.services)))
        taken: list[int] = []
        many.library.index.connection.set_progress_handler(lambda taken=taken: taken.append(1), 1)
        for place in (LobbyPlace(), HelpPlace(), CategoryPlace(TALK), CategoryPlace(TALK, part=2), entry):
            built(many, Visit(trail=(LobbyPlace(), place)), panel_named("1080x1920")).deleteLater()
        assert sample_places(many)
        steps[count] = len(taken)
    assert 0 < steps[2_000] < 1.5 * steps[100]

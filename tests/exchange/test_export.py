"""The export is valid HSDS 3.1, gives away nothing, stays the same, and reads back as what it was made of."""

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.content.hours import MIDNIGHT
from kiosk.content.library import load_library
from kiosk.content.model import (
    Category,
    CategoryId,
    How,
    Library,
    Organization,
    OrganizationId,
    Phone,
    PhoneKind,
    Schedule,
    Service,
    ServiceId,
    StaffCard,
    Text,
)
from kiosk.exchange.hsds import id_of, json_of, page_of
from kiosk.exchange.losses import losses_of

from .published import SCHEMA, faults_of
from .reading import read, said_by

ROOT = Path(__file__).parents[2]
SETS = {"data": ROOT / "data", "good": ROOT / "tests" / "content" / "good"}
# What HSDS can say; each other field must be in the list of losses.
SAID = {
    Service: {
        *("id", "organization", "name", "categories", "summary", "checked", "programme", "phones", "website"),
        *("has_chat", "offers", "eligibility", "cost", "area", "cautions"),
    },
    Phone: {"kind", "digits", "number", "label"},
    Category: {"id", "title", "lead"},
    Organization: {"id", "name", "alternate_name", "services"},
}
LOST = {
    Service: ({"hint", "instead", "save_as", "is_confidential", "languages", "address"}, "service"),
    Phone: (
        {"source", "how", "called_by", "checked", "keyword", "shown_as", "open_24h", "schedules"},
        "phone",
    ),
    Category: ({"hint", "icon", "urgent"}, "category"),
    Organization: (set(), "organization"),
}


@pytest.fixture(params=SETS, scope="module")
def library(request):
    return load_library(SETS[request.param], date.max)


def test_it_holds_to_the_published_schema(library):
    assert faults_of(json.loads(json_of(library))) == []


def test_it_reads_back_as_what_it_was_made_of(library):
    assert read(json.loads(json_of(library))) == said_by(library)


def test_it_is_the_same_each_time_and_each_id_is_used_once(library):
    assert json_of(library) == json_of(load_library_again(library))
    services = page_of(library)["contents"]
    own = [each["id"] for service in services for each in (service, *service.get("phones", ()))]
    assert len(own) == len(set(own))
    assert id_of("service", "alive") == "666f5e8f-2879-54b0-83e4-193314552872"


def load_library_again(library):
    return next(load_library(path, date.max) for path in SETS.values() if has_all(path, library))


def has_all(path, library):
    return load_library(path, date.max).services.keys() == library.services.keys()


def test_it_names_no_person_and_no_place_that_is_not_public(library):
    page = page_of(library)
    text = json_of(library).decode()
    for word in ("contacts", "metadata", "assurer_email", "email"):
        assert f'"{word}"' not in text
    for service, record in zip(library.services.values(), page["contents"], strict=True):
        is_public = service.address is not None and not service.is_confidential
        assert ("service_at_locations" in record) == is_public
        assert "locations" not in record["organization"]
    secret = replace(some_service(), is_confidential=True, address=Text("a", "1 Oak Street, St. Louis"))
    assert b"Oak" not in json_of(library_of(secret))


def test_a_line_keeps_its_id_when_another_is_put_before_it():
    before = full_service()
    after = replace(
        before, phones=(replace(before.phones[0], digits="22522", number="22522"), *before.phones)
    )
    ids = [
        [each["id"] for each in page_of(library_of(service))["contents"][0]["phones"]]
        for service in (before, after)
    ]
    assert ids[1][1:] == ids[0]
    assert ids[1][0] not in ids[0]


def test_day_and_night_is_said_only_where_the_file_says_it(library):
    for service, record in zip(library.services.values(), page_of(library)["contents"], strict=True):
        said = sum("day and night" in each["description"] for each in record.get("schedules", ()))
        assert said == sum(phone.open_24h for phone in service.phones)
    nearly = Phone(PhoneKind.VOICE, "2025550123", "202-555-0123", "s", date(2026, 1, 1), How.READ)
    nearly = replace(nearly, schedules=(Schedule(tuple(range(7)), 0, 1439),))
    page = page_of(library_of(replace(some_service(), phones=(nearly,))))
    assert page["contents"][0]["schedules"][0]["description"].startswith("Hours of")
    assert "notes" not in page["contents"][0]["schedules"][0]


def test_only_an_address_with_all_its_parts_is_taken_apart():
    whole = Text("a", "10 N Tucker Blvd, Room 2, St. Louis, MO 63101")
    (place,) = page_of(library_of(replace(some_service(), address=whole)))["contents"][0][
        "service_at_locations"
    ]
    (parts,) = place["location"]["addresses"]
    assert [parts[key] for key in ("address_1", "city", "state_province", "postal_code", "country")] == [
        "10 N Tucker Blvd, Room 2",
        *("St. Louis", "MO", "63101", "US"),
    ]
    short = library_of(replace(some_service(), address=Text("a", "10 N Tucker Blvd, St. Louis")))
    (place,) = page_of(short)["contents"][0]["service_at_locations"]
    assert "addresses" not in place["location"]
    assert faults_of(json.loads(json_of(short))) == []


@pytest.mark.parametrize("kind", SAID, ids=lambda kind: kind.__name__)
def test_each_field_is_either_said_or_in_the_list_of_losses(kind):
    lost, prefix = LOST[kind]
    assert {field.name for field in fields(kind)} - {"schedules"} == (SAID[kind] | lost) - {"schedules"}
    everything = library_of(full_service())
    named = {loss.field for loss in losses_of(everything)}
    assert {f"{prefix}.{field}" for field in lost} <= named


def test_the_losses_of_the_shipped_directory_are_counted():
    library = load_library(ROOT / "data", date.max)
    counts = {loss.field: loss.count for loss in losses_of(library)}
    phones = [phone for service in library.services.values() for phone in service.phones]
    assert counts["phone.source"] == len(phones)
    assert counts["phone.keyword"] == sum(bool(phone.keyword) for phone in phones)
    assert counts["guide"] == len(library.guides)
    assert counts["service.is_confidential"] == 3
    assert all(count > 0 for count in counts.values())


def test_empty_optional_parts_and_unused_categories_are_left_out_and_told():
    library = library_of(some_service())
    (record,) = page_of(library)["contents"]
    assert not {"phones", "url", "alert", "schedules", "program", "service_areas"} & set(record)
    assert None not in record.values()
    unused = Category(CategoryId("none"), Text("t", "Nobody"), Text("h", "h"), Text("l", "l"), "care")
    more = replace(library, categories=MappingProxyType({**library.categories, unused.id: unused}))
    assert json_of(more) == json_of(library)
    assert {loss.field: loss.count for loss in losses_of(more)}["category"] == 1
    nothing = replace(library, services=MappingProxyType({}))
    assert faults_of(page_of(nothing)) == []
    assert page_of(nothing)["empty"] is True


def some_service():
    summary = Text("service.x.summary", "Helps.")
    category = (CategoryId("talk"),)
    return Service(
        ServiceId("x"), OrganizationId("o"), "X", category, summary, date(2026, 11, 20), website=None
    )


def full_service():
    line = Phone(PhoneKind.TEXT, "88788", "88788", "their page", date(2026, 11, 19), How.CALLED)
    other = replace(line, kind=PhoneKind.VOICE, digits="2025550123", number="202-555-0123")
    closing = Schedule((0, 4), 60, MIDNIGHT)
    return replace(
        some_service(),
        hint=Text("h", "Hint"),
        instead=(ServiceId("y"),),
        save_as="Info X",
        is_confidential=True,
        address=Text("a", "1 Oak Street"),
        languages=Text("l", "Spanish"),
        phones=(
            replace(line, called_by="night advocate", keyword="START", open_24h=True),
            replace(other, shown_as="202-555-0ABC", schedules=(closing,), checked=date(2026, 11, 20)),
        ),
        checked=date(2026, 11, 19),
    )


def library_of(service):
    category = Category(CategoryId("talk"), Text("t", "Talk"), Text("h", "h"), Text("l", "l"), "care", True)
    owner = Organization(OrganizationId("o"), "O", None, (service.id,))
    return Library(
        MappingProxyType({owner.id: owner}),
        MappingProxyType({service.id: service}),
        MappingProxyType({category.id: category}),
        MappingProxyType({}),
        StaffCard(Text("r", "r"), Text("n", "n")),
    )


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")), min_size=1)
TEXTS = st.one_of(WORDS, st.sampled_from(['"quoted" \\ back', "é" * 240, "</script>", "עברית ', 中"])).map(
    lambda words: Text("t", words)
)
HOURS = st.builds(
    lambda days, opens, length: Schedule(tuple(sorted(days)), opens, min(opens + length, MIDNIGHT)),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, MIDNIGHT - 1),
    st.integers(1, MIDNIGHT),
)
LINES = st.builds(
    Phone,
    kind=st.sampled_from(PhoneKind),
    digits=st.just("2025550123"),
    number=st.sampled_from(["202-555-0123", "988", "1-202-555-0123"]),
    source=WORDS,
    checked=st.dates(),
    how=st.sampled_from(How),
    shown_as=st.none() | st.just("202-555-0ABC"),
    label=st.none() | TEXTS.filter(lambda text: len(text.english) <= 40),
    keyword=st.none() | st.just("START"),
    open_24h=st.booleans(),
    schedules=st.lists(HOURS, max_size=3).map(tuple),
)
SERVICES = st.builds(
    lambda **parts: replace(some_service(), **parts),
    name=WORDS,
    summary=TEXTS,
    checked=st.dates(),
    **{
        key: st.none() | TEXTS
        for key in ("hint", "offers", "eligibility", "cost", "languages", "area", "address")
    },
    cautions=st.lists(TEXTS, max_size=3).map(tuple),
    phones=st.lists(LINES, max_size=3).map(tuple),
)


@settings(max_examples=25)
@given(SERVICES)
def test_any_text_goes_out_and_comes_back(service):
    library = library_of(service)
    page = json.loads(json_of(library))
    assert faults_of(page) == []
    assert read(page) == said_by(library)


def test_the_schema_says_its_licence_and_bites():
    assert "licenses/by-sa/4.0" in (SCHEMA / "LICENSE.md").read_text()
    page = page_of(library_of(some_service()))
    (record,) = page["contents"]
    for wrong in ({"status": "open"}, {"id": "1"}, {"url": "nowhere"}, {"hnt": "x"}, {"name": 1}):
        assert faults_of(page | {"contents": [record | wrong]})

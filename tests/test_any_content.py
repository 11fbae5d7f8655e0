"""Any text in any field that `check` lets pass: it is shown, spoken, coded, printed and exported.

What a code or slip cannot hold is a counted refusal of `check`, never a page that fails before a visitor.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from kiosk.content.library import load_library
from kiosk.content.model import How, Phone, PhoneKind
from kiosk.exchange.authoring import Draft, Lines
from kiosk.exchange.hours_text import Times, lines_of
from kiosk.exchange.hsds import page_of
from kiosk.slip.slip import entry_slip
from kiosk.speech.script import Tongues, script
from kiosk.takeaway.code import LARGEST_SHARED_VERSION, CodeTooLargeError, entry_modules, modules
from kiosk.takeaway.payload import choices_of, contact_of, shared_contact
from kiosk.ui.listening import parts_of
from kiosk.ui.slip_picture import slip_picture
from kiosk.visit.places import CategoryPlace, HelpPlace, LobbyPlace, ResourcePlace, TakePlace
from kiosk.visit.visit import MOST_KEPT, Visit
from tests.exchange.contents import TODAY, as_text, nasty, services, texts
from tests.exchange.published import faults_of as faults_in_export
from tests.exchange.staff import content_in, faults_in
from tests.exchange.test_export import some_service
from tests.ui.houses import WAYS_TO_SEE, in_view, parts
from tests.ui.rules import faults_of

# Of a failure Hypothesis says everything, also the house: its warning of that would hide the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

SEEN = st.sampled_from(WAYS_TO_SEE)


ENTRIES = st.builds(
    lambda service, hint, address, save_as: replace(service, hint=hint, address=address, save_as=save_as),
    services(most_lines=4),
    as_text(texts(60)),
    as_text(texts(120)),
    st.sampled_from(["I", "Info Abcdefghijk"]),
)


NASTY = st.builds(
    lambda service, hint, address: replace(service, hint=hint, address=address, save_as="Info Abcdefghijk"),
    services(most_lines=3, words=nasty),
    as_text(nasty(60)),
    as_text(nasty(120)),
)


AS_MADE = settings(  # a page that fails fails at once; to shrink it takes minutes
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@settings(AS_MADE, max_examples=3)
@given(ENTRIES, SEEN)
def test_any_entry_is_shown_spoken_coded_printed_and_exported(qapp, house, service, seen):
    assert_it_holds(house, service, seen)


@settings(AS_MADE, max_examples=2)
@given(NASTY, SEEN)
def test_the_worst_entry_that_check_lets_pass_breaks_nothing(qapp, house, service, seen):
    assert_it_holds(house, service, seen)


@pytest.mark.slow
@settings(AS_MADE, max_examples=100)
@given(ENTRIES | NASTY, SEEN)
def test_many_entries_are_shown_spoken_coded_printed_and_exported(qapp, house, service, seen):
    assert_it_holds(house, service, seen)


def assert_it_holds(house, service, seen):
    with TemporaryDirectory() as folder:
        content = content_in(Path(folder) / "data")
        (content / "organizations" / "10-any.toml").write_bytes(authored(service))
        assume(not faults_in(content, TODAY))
        read = load_library(content, TODAY)
    assert faults_in_export(page_of(read)) == []
    library = replace(house.library, services=read.services, organizations=read.organizations)
    house = replace(house, library=library)
    words = house.words[seen.language]
    for place in places(library.services["x"]):
        visit = in_view(Visit(trail=(LobbyPlace(), HelpPlace(), place)), seen)
        for _, page in parts(house, visit, seen.panel):
            assert faults_of(page, seen.panel, seen.size) == []
            assert all(each.text.strip() for each in script(parts_of(page), words, Tongues()))
    for choice in choices_of(library.services["x"]):
        assert entry_modules(choice.payload)
        slip = entry_slip(library.services["x"], choice, words, house.today(house.when()))
        assert slip_picture(slip, 384).height


def places(service):
    yield CategoryPlace(service.categories[0])
    for number, _ in enumerate(choices_of(service) or (None,)):
        yield ResourcePlace(service.id, choice=number)
        if choices_of(service):
            yield TakePlace(service.id, choice=number)


def authored(service):
    """The organization file of an entry."""
    cells = {"name": service.name, "programme": service.programme or "", "website": service.website}
    for key in ("hint", "summary", "offers", "eligibility", "cost", "languages", "area", "address"):
        text = getattr(service, key)
        cells[key] = text.english if text else ""
    draft = Draft(1, "x", {**cells, "save_as": service.save_as})
    draft.categories = ("talk",)
    draft.cautions = tuple(text.english for text in service.cautions)
    draft.has_chat = service.has_chat
    draft.checked = service.checked
    for phone in service.phones:
        of_line = {"kind": str(phone.kind), "number": phone.number, "shown_as": phone.shown_as or ""}
        of_line |= {"label": phone.label.english if phone.label else "", "keyword": phone.keyword or ""}
        of_line |= {"hours": "; ".join(hours(phone)), "source": "a test", "record": "1"}
        draft.phones.append((1, of_line, phone.checked, phone.open_24h))
    lines = Lines()
    lines.organization(1, "o", service.name, "")
    lines.service(draft)
    return lines.content()


def hours(phone):
    return lines_of(Times(frozenset(each.byday), each.opens_at, each.closes_at) for each in phone.schedules)


@pytest.mark.parametrize("save_as", ["A", "Info Ab", "Info Abcdefghijk"])
@pytest.mark.parametrize("count", range(1, 8))
def test_check_refuses_what_no_code_holds_and_only_that(save_as, count, tmp_path):
    line = Phone(PhoneKind.VOICE, "", "", "s", TODAY, How.READ)
    phones = tuple(
        replace(line, digits=f"314555012{n}", number=f"314-555-012{n}", kind=list(PhoneKind)[-n % 2 * 3])
        for n in range(count)
    )
    service = replace(some_service(), save_as=save_as, phones=phones)
    content = content_in(tmp_path / "data")
    (content / "organizations" / "10-any.toml").write_bytes(authored(service))
    told = [fault.message for fault in faults_in(content, TODAY)]
    try:
        fits = bool(entry_modules(contact_of(service)))
    except CodeTooLargeError:
        fits = False
    assert fits == (not told)
    assert all("too many for one code" in each for each in told)


def test_eight_kept_entries_with_all_numbers_that_check_allows_fit_one_code():
    line = Phone(PhoneKind.VOICE, "3145550123", "314-555-0123", "s", TODAY, How.READ)
    full = [replace(some_service(), save_as=f"Info {n}", phones=(line,) * 3) for n in range(MOST_KEPT)]
    payload = shared_contact(full, "Info")
    assert modules(payload, LARGEST_SHARED_VERSION)
    assert payload.count("+13145550123") == 3 * MOST_KEPT

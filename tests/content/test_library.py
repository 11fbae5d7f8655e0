from dataclasses import FrozenInstanceError
from datetime import date
from shutil import copytree, rmtree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkup import check_folder
from kiosk.content.faults import ContentError
from kiosk.content.library import load_library
from kiosk.content.model import How, Schedule

from .conftest import HERE, ICONS, TODAY

ODD_VALUES = (
    "1",
    "true",
    '""',
    "[]",
    "[1]",
    "2026-01-01T00:00:00",
    "nan",
    '[["a"]]',
    '"<b>"',
    '[""]',
    "-1",
    '"911"',
)
LINES = [
    (path.relative_to(HERE / "good"), number)
    for path in sorted((HERE / "good").rglob("*.toml"))
    for number, _ in enumerate(path.read_text(encoding="utf-8").splitlines())
]


def faults_of(folder):
    return [str(fault) for fault in check_folder(folder, TODAY, ICONS)]


def test_the_good_set_has_no_faults():
    assert faults_of(HERE / "good") == []


def test_the_good_set_is_read_whole():
    library = load_library(HERE / "good", TODAY, ICONS)
    assert list(library.organizations) == ["emergency", "hill", "lake"]
    assert list(library.services) == ["911", "hill", "lake-desk"]
    assert list(library.categories) == ["danger", "talk"]
    hill, desk = library.services["hill"], library.services["lake-desk"]
    assert hill.is_confidential
    assert hill.address is None
    assert hill.checked == date(2026, 11, 12)
    assert hill.phones[0].how is How.CALLED
    assert hill.phones[1].keyword == "START"
    assert [text.id for text in hill.cautions] == ["service.hill.cautions.0", "service.hill.cautions.1"]
    assert desk.address.english == "12 Oak Street, St. Louis"
    assert desk.phones[0].digits == "8665556682"
    assert desk.phones[0].number == "1-866-555-6682"
    assert desk.phones[0].label.id == "service.lake-desk.phone.0.label"
    assert desk.phones[0].schedules == (Schedule((0, 1, 2, 3, 4), 510, 960), Schedule((5,), 540, 720))
    assert library.staff_card.request.english == "I would like to talk to someone in private."


def test_only_active_entries_are_shown_or_linked():
    library = load_library(HERE / "good", TODAY, ICONS)
    assert "lake-old" not in library.services
    assert library.organizations["lake"].services == ("lake-desk",)
    assert library.services["lake-desk"].instead == ("911",)
    assert [step.service for step in library.guides["first-steps"].steps] == ["hill", None]


def test_a_library_cannot_be_changed():
    library = load_library(HERE / "good", TODAY, ICONS)
    with pytest.raises(TypeError):
        library.services["hill"] = None
    with pytest.raises(FrozenInstanceError):
        library.services = {}


def test_icons_are_only_checked_when_they_are_known():
    assert check_folder(HERE / "good", TODAY) == ()
    assert len(check_folder(HERE / "good", TODAY, frozenset())) == 5


@pytest.mark.parametrize("name", ["categories.toml", "staff_card.toml"])
def test_a_missing_file_is_one_fault(name, good_set):
    (good_set / name).unlink()
    assert faults_of(good_set) == [
        f"{name}:1: this file is missing; put it back, or copy it from the last good set"
    ]
    with pytest.raises(ContentError, match="this file is missing"):
        load_library(good_set, TODAY, ICONS)


@pytest.mark.parametrize("name", ["organizations", "guides", "sites"])
def test_a_missing_folder_is_one_fault(name, good_set):
    rmtree(good_set / name)
    (fault,) = check_folder(good_set, TODAY, ICONS)
    assert (fault.file, fault.line) == (name, 1)
    (good_set / name).mkdir()
    assert faults_of(good_set) == [f"{name}:1: this folder is empty; put its .toml files back"]


def test_a_set_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ContentError, match="this folder is missing"):
        load_library(tmp_path / "nothing", TODAY, ICONS)
    assert check_folder(tmp_path / "nothing", TODAY, ICONS)


def test_a_file_with_a_hidden_ending_is_not_overlooked(good_set):
    (good_set / "organizations/hill.toml").rename(good_set / "organizations/hill.toml.txt")
    assert faults_of(good_set)[0].startswith("organizations/hill.toml.txt:1: only .toml files belong here;")


def test_an_unreadable_file_does_not_make_every_link_to_it_a_fault(good_set):
    (good_set / "organizations/hill.toml").write_text("schema = \n", encoding="utf-8")
    assert [fault.split(":")[0] for fault in faults_of(good_set)] == ["organizations/hill.toml"]


def test_faults_of_many_files_come_together_in_order(good_set):
    (good_set / "organizations/hill.toml").write_text("schema = 1\nid = \n", encoding="utf-8")
    (good_set / "categories.toml").write_bytes(b"\xff\n")
    (good_set / "guides/first-steps.toml").write_text("schema = 1\n", encoding="utf-8")
    faults = check_folder(good_set, TODAY, ICONS)
    assert {fault.file for fault in faults} == {
        "categories.toml",
        "guides/first-steps.toml",
        "organizations/hill.toml",
    }
    assert list(faults) == sorted(faults)


@pytest.fixture(scope="module")
def mutable_set(tmp_path_factory):
    return copytree(HERE / "good", tmp_path_factory.mktemp("mutable") / "set")


@given(place=st.sampled_from(LINES), value=st.sampled_from(ODD_VALUES), keep=st.booleans())
def test_a_line_lost_or_changed_is_read_or_refused(mutable_set, place, value, keep):
    path, number = place
    lines = (HERE / "good" / path).read_text(encoding="utf-8").splitlines()
    lines[number] = f"{lines[number].partition('=')[0]} = {value}" if keep else ""
    (mutable_set / path).write_text("\n".join(lines), encoding="utf-8")
    try:
        faults = check_folder(mutable_set, TODAY, ICONS)
    finally:
        (mutable_set / path).write_bytes((HERE / "good" / path).read_bytes())
    for fault in faults:
        assert (mutable_set / fault.file).exists()
        assert fault.line >= 1
        assert ";" in fault.message

"""What a site adds, hides and rewords, and what it cannot; each conflict names both places."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.agency.texts import overlay_words, word_entries
from kiosk.checkup import check_folder
from kiosk.cli import main
from kiosk.content.check import Check
from kiosk.content.faults import ContentError
from kiosk.content.library import libraries_of, load_library
from kiosk.content.listed import listed_phones
from kiosk.content.overlay import place_of, read_overlay
from kiosk.house import open_house
from kiosk.words.numbers import plain
from kiosk.words.workshop import refresh_files
from tests.words.shipped import ROOT

DATA = ROOT / "data"
SITE = "sites/police-lobby.toml"
TODAY = date(2026, 11, 20)

ADDED = """schema = 1

[organization]
id = "front-desk"
name = "Front Desk Advocate"

[[service]]
id = "front-desk"
name = "Front Desk Advocate"
category = ["talk"]
summary = "Somebody in this building who listens."
save_as = "Info FD"

[[service.phone]]
number = "314-555-0142"
source = "the house list"
checked = 2026-11-20
how = "read"
"""


@pytest.fixture
def content(tmp_path) -> Path:
    return copytree(DATA, tmp_path / "data")


def write(content: Path, changes: str = "", **files: str) -> Path:
    folder = content / SITE.removesuffix(".toml")
    folder.mkdir(exist_ok=True)
    if changes:
        (folder / "changes.toml").write_text(f"schema = 1\n{changes}", encoding="utf-8")
    for name, text in files.items():
        kind, _, stem = name.partition("_")
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{stem.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return folder


def faults(content: Path) -> list[str]:
    return [str(fault) for fault in check_folder(content, TODAY)]


REWORD = '[[reword]]\nservice = "alive"\nsummary = "Call from our quiet room."\n'


def test_a_site_adds_hides_and_rewords_and_the_others_stay_as_they_are(content):
    write(content, f'hide = ["movans"]\n\n{REWORD}', organizations_front_desk=ADDED)
    assert faults(content) == []
    shared = load_library(content, TODAY)
    own = load_library(content, TODAY, None, content / SITE)
    assert load_library(content, TODAY, None, content / "sites/hospital-waiting-room.toml") == shared
    assert set(own.services) == set(shared.services) - {"movans"} | {"front-desk"}
    assert own.services["alive"].summary.english == "Call from our quiet room."
    assert own.services["alive"].phones == shared.services["alive"].phones
    assert own.organizations["movans"].services == ()
    assert own.guides["movans"].steps[0].service is None
    assert [service.id for service in own.in_category("talk")][-1] == "front-desk"


def test_a_site_file_elsewhere_has_its_overlay_beside_it(content, tmp_path):
    elsewhere = tmp_path / "etc" / "lobby.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes((content / SITE).read_bytes())
    folder = write(content, 'hide = ["movans", "movans"]')
    folder.rename(elsewhere.with_suffix(""))
    (fault,) = check_folder(content, TODAY, site=elsewhere)
    assert str(fault).startswith(f'{elsewhere.with_suffix("")}/changes.toml:2: "movans" is in the list twice')
    (elsewhere.with_suffix("") / "changes.toml").write_text(
        'schema = 1\nhide = ["movans"]\n', encoding="utf-8"
    )
    assert check_folder(content, TODAY, site=elsewhere) == ()
    assert "movans" not in open_house(content, elsewhere, str).library.services


CONFLICTS = {
    "an unknown entry": (
        'hide = ["movan"]',
        'changes.toml:2: there is no service "movan"; did you mean "movans"?',
    ),
    "an unknown reworded entry": (
        REWORD.replace("alive", "alife"),
        'changes.toml:3: there is no service "alife"; did you mean "alive"?',
    ),
    "911": ('hide = ["911"]', "changes.toml:2: 911 must stay on every screen; take it out of this list"),
    "hidden and reworded": (
        f'hide = ["alive"]\n{REWORD}',
        f'changes.toml:4: "alive" is hidden in {SITE[:-5]}/changes.toml line 2; delete one of the two',
    ),
    "reworded twice": (
        f"{REWORD}{REWORD}",
        f'changes.toml:7: "summary" of "alive" is already reworded in {SITE[:-5]}/changes.toml line 4;',
    ),
    "nothing reworded": (
        '[[reword]]\nservice = "alive"\n',
        "changes.toml:2: nothing is reworded here; write a text",
    ),
    "a number": (
        '[[reword]]\nservice = "alive"\nsummary = "Call."\nnumber = "314-993-2777"\n',
        'changes.toml:5: "number" is not known in [[reword]]; ',
    ),
    "a text too long": (
        REWORD.replace("quiet", "very " * 40 + "quiet"),
        "changes.toml:4: the text has 225 characters; shorten it to at most 160",
    ),
    "a promise": (
        REWORD.replace("quiet", "safe"),
        'changes.toml:4: the word "safe" is a promise, and no text may promise that',
    ),
    "an address beside a confidential place": (
        REWORD.replace("from our quiet room", "at 12 Oak Street"),
        "changes.toml:4: this looks like a street address",
    ),
    "a misspelled key": (
        'hid = ["movans"]',
        'changes.toml:2: "hid" is not known at the top of this file; did you',
    ),
}


@pytest.mark.parametrize(("changes", "message"), CONFLICTS.values(), ids=CONFLICTS)
def test_each_conflict_is_one_message(content, changes, message):
    write(content, changes)
    (fault,) = faults(content)
    assert fault.startswith(f"{SITE[:-5]}/{message}")


def test_a_set_with_a_conflict_is_refused(content):
    write(content, 'hide = ["911"]')
    with pytest.raises(ContentError, match="911 must stay"):
        load_library(content, TODAY, None, content / SITE)


def test_an_id_that_is_shared_names_both_places(content):
    write(content, organizations_front_desk=ADDED.replace('id = "front-desk"', 'id = "alive"', 2))
    told = faults(content)
    assert len(told) == 2  # the organization and its entry
    assert told[1].startswith(
        f'{SITE[:-5]}/organizations/front-desk.toml:8: the id "alive" is already used in '
    )
    assert "organizations/10-alive.toml line 10; choose another id" in told[1]


@pytest.mark.parametrize("changes", ['hide = ["front-desk"]', REWORD.replace("alive", "front-desk")])
def test_an_entry_of_the_site_is_changed_where_it_stands(content, changes):
    write(content, changes, organizations_front_desk=ADDED)
    (fault,) = faults(content)
    assert (
        f"is an entry of this site, in {SITE[:-5]}/organizations/front-desk.toml line 8; change it" in fault
    )


def test_a_number_of_a_shared_organization_names_both_places(content):
    write(content, organizations_front_desk=ADDED.replace("314-555-0142", "314-993-2777"))
    (fault,) = faults(content)
    assert fault.startswith(
        f"{SITE[:-5]}/organizations/front-desk.toml:15: 3149932777 is already the number of"
    )
    assert "organizations/10-alive.toml line 21" in fault


def test_the_last_day_and_night_line_stays(content):
    always = [s.id for s in load_library(content, TODAY).services.values() if s.is_open_24h and s.id != "911"]
    listed = ", ".join(f'"{id_}"' for id_ in always)
    write(content, f"hide = [{listed}]")
    assert any(
        "hides the last line that answers day and night; keep one of" in fault for fault in faults(content)
    )
    write(content, f"hide = [{listed.partition(', ')[2]}]")
    assert not any("day and night" in fault for fault in faults(content))


def test_hiding_the_only_way_out_of_an_entry_names_it(content):
    lone = ADDED.partition("[[service.phone]]")[0].replace(
        'save_as = "Info FD"', 'instead = ["movans"]\nchecked = 2026-11-20'
    )
    write(content, 'hide = ["movans"]', organizations_front_desk=lone)
    (fault,) = faults(content)
    assert '"front-desk" in ' in fault
    assert "leads only here; hide it too, or keep this one" in fault


def test_a_folder_or_file_that_nobody_reads_is_a_fault(content):
    folder = write(content, 'hide = ["movans"]')
    (folder / "organisations").mkdir()
    (content / "sites" / "polic-lobby").mkdir()
    told = faults(content)
    assert told[0].startswith("sites/polic-lobby:1: no site file has this name; ")
    assert told[1].startswith(f"{SITE[:-5]}/organisations:1: only changes.toml and the folders ")


def test_a_confidential_place_of_the_site_guards_the_shared_files_too(content):
    secret = ADDED.replace('save_as = "Info FD"', 'save_as = "Info FD"\nlocation = "confidential"')
    with (content / "staff_card.toml").open("a", encoding="utf-8") as file:
        file.write("# Front Desk Advocate: 12 Oak Street\n")
    assert faults(content) == []
    write(content, organizations_front_desk=secret)
    (fault,) = faults(content)
    assert fault.startswith("staff_card.toml:")


def test_the_last_good_set_takes_over_with_its_own_overlay(content):
    write(content, 'hide = ["movans"]')
    copytree(content, content.with_name("data.last-good"))
    write(content, 'hide = ["911"]')
    told = []
    house = open_house(content, content / SITE, told.append)
    assert "movans" not in house.library.services
    assert "911" in house.library.services
    assert sum("911 must stay" in line for line in told) == 1


def test_a_reworded_text_shows_its_new_translation_or_the_english_never_the_old(content):
    write(content, REWORD)
    site = content / SITE
    house = open_house(content, site, str)
    text = house.library.services["alive"].summary
    spanish = house.words["es"]
    assert plain(spanish.text(text)) == "Call from our quiet room."
    ((files, entries),) = overlay_words(content)
    assert entries == [("service.alive.summary", "Call from our quiet room.")]
    assert len(refresh_files(files, entries)) == 1
    po = content / SITE.removesuffix(".toml") / "words" / "es.po"
    filled = po.read_text(encoding="utf-8").replace('msgstr ""\n\n', "", 1)
    head, _, tail = filled.rpartition('msgstr ""')
    po.write_text(
        f'{head}msgstr "Llame desde la sala."{tail}'.replace("status: missing", "status: draft"),
        encoding="utf-8",
    )
    assert refresh_files(files, entries) == []
    assert open_house(content, site, str).words["es"].text(text) == "Llame desde la sala."
    shared = open_house(content, content / "sites/hospital-waiting-room.toml", str)
    assert shared.words["es"].text(shared.library.services["alive"].summary).startswith("Contesta")
    write(content, REWORD.replace("quiet", "back"))
    again = open_house(content, site, str)
    assert (
        plain(again.words["es"].text(again.library.services["alive"].summary)) == "Call from our back room."
    )
    assert any(
        "fuzzy" in line or "stale" in line
        for line in refresh_files(files, [("service.alive.summary", "Call from our back room.")])
    )
    assert ("service.alive.summary", "Call from our back room.") not in word_entries(content)[1]


def test_calls_and_release_know_the_numbers_of_every_site(content):
    from kiosk.agency.calls import rows_of
    from kiosk.agency.release import lacks_of

    write(content, f'hide = ["movans"]\n{REWORD}', organizations_front_desk=ADDED)
    row = rows_of(libraries_of(content, TODAY), content)[-1]
    assert row.number == "Call 314-555-0142"
    assert f"{SITE[:-5]}/organizations/front-desk.toml, line 14" in row.lines[0]
    assert [each.number for each in listed_phones(content)][-1] == "314-555-0142"
    lacks = [str(lack) for lack in lacks_of(content, TODAY)]
    assert any(
        lack.startswith(f"{SITE[:-5]}/organizations/front-desk.toml:18: nobody has called") for lack in lacks
    )
    assert any(
        lack.startswith(f"{SITE[:-5]}/words/es.po:1: this language has no such file") for lack in lacks
    )
    assert any("1-866-566-8267" in lack for lack in lacks)  # hidden in one lobby, shown in the other


def test_a_site_without_a_folder_has_no_overlay(content):
    assert place_of(content / SITE, content) is None


def test_a_folder_that_cannot_be_opened_is_a_fault(content, monkeypatch):
    folder = write(content, 'hide = ["movans"]')
    (folder / "changes.toml").unlink()
    (folder / "changes.toml").mkdir()
    assert all(fault.startswith(f"{SITE[:-5]}/changes.toml:1: ") for fault in faults(content))
    (folder / "changes.toml").rmdir()

    def refused(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(folder), "iterdir", refused)
    assert f"{SITE[:-5]}:1: this folder cannot be opened; " in str(
        read_overlay(place_of(content / SITE, content), (), check := Check(TODAY, None)) and check.faults[0]
    )


def test_odd_site_paths_have_no_overlay(content):
    for odd in (Path(), Path("/"), content, content / "sites" / "none.toml"):
        assert place_of(odd, content) is None or odd == content


def test_the_commands_show_what_the_site_shows(content, tmp_path, capsys):
    write(content, f'hide = ["movans"]\n{REWORD}', organizations_front_desk=ADDED)
    out = tmp_path / "directory.json"
    site = str(content / SITE)
    assert main(["export", "--content", str(content), "--out", str(out), "--site", site]) == 0
    exported = out.read_text(encoding="utf-8")
    assert "Call from our quiet room." in exported
    assert "Front Desk Advocate" in exported
    assert "Missouri Victim Automated" not in exported
    assert main(["check", str(content), "--site", site]) == 0
    write(content, 'hide = ["911"]')
    assert main(["check", str(content)]) == 1
    assert "911 must stay on every screen" in capsys.readouterr().out

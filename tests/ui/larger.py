"""A content set that is large enough for Find: the shipped one, and made-up organizations beside it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.house import House, open_house
from tests.bench.directory import number
from tests.ui.houses import DATA, NOW

WORDS = ("Elm Street", "Riverside", "Northside", "Gateway", "Prairie", "Lakeview", "Maple", "Harbor")
KINDS = ("Family Center", "Legal Aid Desk", "Counseling Group", "Women's Network", "Senior Services")
AREAS = ("St. Louis County", "Jefferson County", "St. Charles County", "City of St. Louis", "Missouri")
SPOKEN = ("English, Spanish", "English, Bosnian", "English, Vietnamese", "English, Arabic", "English")
NEEDS = ("talk", "stay", "legal", "police", "heal", "more")


def organization(index: int) -> str:
    """Return the file of a made-up organization; its number is one that is set aside for fiction."""
    name = f"{WORDS[index % 8]} {KINDS[index % 5]} {index}"
    hours = "open_24h = true" if index % 4 == 0 else 'hours = ["Mon-Fri 8:30-16:30"]'
    text = f"""
[[service.phone]]
kind = "text"
number = "{number(index + 50)}"
no_keyword = true
source = "tests/ui/larger.py"
checked = 2026-11-20
how = "read"
"""
    return f"""schema = 1
[organization]
id = "example-{index}"
name = "{name}"
[[service]]
id = "example-{index}"
name = "{name}"
category = ["{NEEDS[index % 6]}"]
hint = "A made-up entry for tests"
summary = "Answers in a made-up way, and stands here so that there is more to look through."
offers = "Counting and waiting."
languages = "{SPOKEN[index % 5]}"
area = "{AREAS[index % 5]}"
save_as = "Info {index}"
[[service.phone]]
number = "{number(index)}"
label = "Made-up line"
{hours}
source = "tests/ui/larger.py"
checked = 2026-11-20
how = "read"
{text if index % 3 == 0 else ""}"""


def write_larger(folder: Path, more: int = 30) -> Path:
    """Copy the shipped content into `folder` and add `more` organizations (at most 50); return `folder`."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    for index in range(more):
        (folder / "organizations" / f"90-{index:02d}.toml").write_text(organization(index))
    return folder


def open_larger(folder: Path, site: str = "hospital-waiting-room") -> House:
    """Return a house of `write_larger` with a stopped clock."""
    house = open_house(folder, folder / "sites" / f"{site}.toml")
    assert house.settings.id == site, "the made-up content has faults"
    return replace(house, now=lambda zone: NOW.astimezone(ZoneInfo(str(zone))))

"""Writes a synthetic directory of any size, to see how both programs grow. Nothing in it is real.

The first hundred numbers are 314-555-0100 to 0199, which are set aside for fiction. The checker demands that
no two organizations share a number, so larger directories go on with lines of the exchange 555 in other area
codes: those are synthetic too, and must never be shown to anybody who might dial them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Container
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from kiosk.content.library import load_library
from kiosk.content.model import Library, Organization, Service, Text

CATEGORIES = ("danger", "talk", "stay", "police", "legal", "alerts", "heal", "more")
AREAS = ("636", "573", "417", "660", "816", "618", "217", "309", "815", "773", "708")
TOO_OLD = date(2025, 6, 1)
"""More than a year before all other checks."""
GUIDE = """schema = 1
[guide]
id = "synthetic"
title = "A guide"
lead = "A synthetic guide, so that there is one."
icon = "book"
numbered = true
[[step]]
title = "The only step"
text = "There is nothing to do here."
"""


def number(index: int) -> str:
    """Return the telephone number of the synthetic service `index`."""
    if index < 100:
        return f"314-555-01{index:02d}"
    area, line = divmod(index - 100, 10_000)
    return f"{AREAS[area]}-555-{line:04d}"


def organization(index: int) -> str:
    """Return the TOML file of one synthetic organization with one service, as rich as a real one."""
    first, second = CATEGORIES[index % 8], CATEGORIES[(index * 3 + 1) % 8]
    needs = f'"{first}", "{second}"' if first != second else f'"{first}"'
    hours = "open_24h = true" if index % 2 else 'hours = ["Mon-Fri 8:30-16:30"]'
    return f"""schema = 1
[organization]
id = "example-{index}"
name = "Example Organization {index}"
alternate_name = "A synthetic organization, number {index}"
[[service]]
id = "service-{index}"
name = "Example Service {index}"
category = [{needs}]
hint = "A synthetic entry for measuring"
summary = "Answers in a made-up way. Helps to measure how a long list behaves, and offers nothing else."
offers = "Counting, waiting, and a number that nobody answers."
eligibility = "For measuring only."
website = "https://example.org/{index}"
save_as = "Info {index}"
[[service.phone]]
number = "{number(index)}"
label = "Synthetic line"
{hours}
source = "tests/bench/directory.py"
checked = 2026-11-20
how = "read"
"""


def write_directory(folder: Path, data: Path, services: int) -> Path:
    """Write a content set of that many services, with the needs and sites of `data`; return its site file."""
    (folder / "organizations").mkdir(parents=True)
    (folder / "guides").mkdir()
    for name in ("categories.toml", "staff_card.toml"):
        shutil.copy(data / name, folder / name)
    shutil.copytree(data / "sites", folder / "sites")
    (folder / "guides" / "synthetic.toml").write_text(GUIDE)
    for index in range(services):
        (folder / "organizations" / f"{index:06d}.toml").write_text(organization(index))
    return folder / "sites" / "police-lobby.toml"


def made_up(data: Path, services: int) -> Library:
    """Return the directory that `write_directory` writes, without its files: 100,000 take minutes to read."""
    with tempfile.TemporaryDirectory(prefix="directory-") as folder:
        write_directory(Path(folder) / "data", data, 8)  # every kind of entry there is
        small = load_library(Path(folder) / "data", date.max)
    kinds = tuple(zip(small.organizations.values(), small.services.values(), strict=True))
    pairs = [_copied(*kinds[index % 8], index) for index in range(services)]
    return replace(
        small,
        organizations=MappingProxyType({owner.id: owner for owner, _ in pairs}),
        services=MappingProxyType({service.id: service for _, service in pairs}),
    )


def aged(library: Library, places: Container[int]) -> Library:
    """Return the directory with entries so old, at these places, that they have left."""
    entries = {}
    for place, service in enumerate(library.services.values()):
        checked = TOO_OLD if place in places else service.checked
        phones = tuple(replace(phone, checked=checked) for phone in service.phones)
        entries[service.id] = replace(service, phones=phones, checked=checked)
    return replace(library, services=MappingProxyType(entries))


def _copied(owner: Organization, service: Service, new: int) -> tuple[Organization, Service]:
    """Return an entry of the same kind with another number."""
    first = f"service.service-{new}"
    texts = {
        name: Text(f"{first}.{name}", text.english)
        for name in ("summary", "hint", "offers", "eligibility")
        if (text := getattr(service, name))
    }
    (phone,) = service.phones
    digits = number(new).replace("-", "")
    label = Text(f"{first}.phone.0.label", phone.label.english if phone.label else "")
    return (
        replace(
            owner,
            id=f"example-{new}",
            name=f"Example Organization {new}",
            alternate_name=f"A synthetic organization, number {new}",
            services=(f"service-{new}",),
        ),
        replace(
            service,
            id=f"service-{new}",
            organization=f"example-{new}",
            name=f"Example Service {new}",
            website=f"https://example.org/{new}",
            save_as=f"Info {new}",
            phones=(replace(phone, digits=digits, number=number(new), label=label),),
            **texts,
        ),
    )

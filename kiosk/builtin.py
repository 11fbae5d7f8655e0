"""What is shown when no content set can be read: 911 and the lines that answer day and night.

The last resort is in the program itself, so that no broken or missing file can take it away. The texts have
the ids and the wording of the shipped files, so that their translations fit; a test compares the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kiosk.content.model import (
    Category,
    CategoryId,
    How,
    Library,
    Organization,
    OrganizationId,
    Phone,
    PhoneKind,
    Service,
    ServiceId,
    StaffCard,
    Text,
)
from kiosk.settings import DEFAULT_BRAND, MOTIFS, Settings, Start, Tile

CHECKED = date(2026, 11, 20)
"""The day on which the numbers below were read in their sources. Nobody has called them."""

_DANGER, _TALK, _STAY = CategoryId("danger"), CategoryId("talk"), CategoryId("stay")
_SEED = "seed-dart.txt (slmpd.org/domesticabuse)"


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    organization: str
    name: str
    number: str
    label: str
    categories: tuple[CategoryId, ...]
    summary: str
    save_as: str
    source: str
    is_confidential: bool = False


_ENTRIES = (
    _Entry(
        "911",
        "emergency",
        "911",
        "911",
        "Emergency",
        (_DANGER,),
        "Call if you or someone else is in danger. Police can come right away, at any hour.",
        "",
        _SEED,
    ),
    _Entry(
        "alive",
        "alive",
        "ALIVE",
        "314-993-2777",
        "24-hour hotline",
        (_TALK, _STAY),
        "Answers day or night. Helps you make a safety plan, offers counseling, "
        "and may find you a place to stay.",
        "Info AL",
        _SEED,
        is_confidential=True,
    ),
    _Entry(
        "safe-connections",
        "safe-connections",
        "Safe Connections",
        "314-531-2003",
        "24-hour hotline",
        (_TALK,),
        "Call at any hour to reach an advocate. You can ask about counseling and where else to turn.",
        "Info SC",
        _SEED,
    ),
    _Entry(
        "ywca-dv-sart",
        "ywca",
        "YWCA DV-SART",
        "314-531-7273",
        "24-hour hotline",
        (_TALK,),
        "Supports you in a crisis and in court. Helps you make a safety plan and offers counseling.",
        "Info YW",
        _SEED,
    ),
    _Entry(
        "womens-safe-house",
        "womens-safe-house",
        "The Women's Safe House",
        "314-772-4535",
        "24-hour hotline",
        (_TALK, _STAY),
        "Takes in women and their children who need shelter right away. "
        "Call at any hour and ask for a place.",
        "Info WH",
        _SEED,
        is_confidential=True,
    ),
    _Entry(
        "saint-marthas-hall",
        "saint-marthas-hall",
        "St. Martha's Hall",
        "314-533-1313",
        "24-hour hotline",
        (_TALK, _STAY),
        "Takes in women and their children in an emergency. You do not have to need shelter to call.",
        "Info SM",
        _SEED,
        is_confidential=True,
    ),
    _Entry(
        "ndvh",
        "ndvh",
        "National Domestic Violence Hotline",
        "800-799-7233",
        "24-hour hotline",
        (_DANGER, _TALK, _STAY),
        "Free help by phone, text or chat, day or night. They can help you plan and look for help near you.",
        "Info NH",
        "ovc.ojp.gov, National Domestic Violence Hotline (2022-01-20)",
    ),
    _Entry(
        "988",
        "988",
        "988 Suicide & Crisis Lifeline",
        "988",
        "24-hour line",
        (_TALK,),
        "Call or text if you feel hopeless or think about hurting yourself. "
        "Someone will listen, day or night.",
        "Info LL",
        "dmh.mo.gov, crisis services",
    ),
)


_CATEGORIES = (
    (
        _DANGER,
        "In danger now",
        "Call 911",
        "Call 911 if you or someone else is in danger. Police can come at any hour.",
        "danger",
    ),
    (
        _TALK,
        "Talk to someone, day or night",
        "Help lines that answer at any hour",
        "These lines are listed as open day and night. Pick the one that fits you best.",
        "phone",
    ),
    (
        _STAY,
        "A safe place to stay",
        "Emergency shelter",
        "Shelters do not give out their address. Call first and ask what comes next.",
        "bed",
    ),
)


def built_in_library() -> Library:
    """The entries that need no file. Always the same, and never empty."""
    services = tuple(_service(entry) for entry in _ENTRIES)
    return Library(
        organizations=MappingProxyType({each.organization: _organization(each) for each in services}),
        services=MappingProxyType({each.id: each for each in services}),
        categories=MappingProxyType({row[0]: _category(*row) for row in _CATEGORIES}),
        guides=MappingProxyType({}),
        staff_card=StaffCard(
            Text("staff_card.request", "I would like to talk to someone in private."),
            Text(
                "staff_card.note",
                "Please take me to a quiet room, or tell me who I can speak with. "
                "Please do not ask me questions here.",
            ),
        ),
    )


def built_in_settings() -> Settings:
    """A lobby that fits any house: the front desk, and the way to the directory."""
    return Settings(
        id="built-in",
        name=Text("site.built-in.name", "Visitor information"),
        welcome=Text("site.built-in.welcome", "Welcome"),
        lead=Text("site.built-in.lead", "Touch a topic to find your way around."),
        operator=Text("site.built-in.operator", "Please ask the front desk who runs this screen."),
        time_zone="America/Chicago",
        languages=("en", "es"),
        start=Start.LOBBY,
        is_demo=False,
        tiles=(
            _tile("check-in", "door", "Check in", "Please see the front desk", "Please see the front desk."),
            _tile("help", "care", "Help and community services", "Health, family, housing, legal"),
        ),
        here=(),
        category_order=(),
        brand=DEFAULT_BRAND,
        motif=MOTIFS[0],
        panel_width_mm=None,
        still_here_after_s=60,
        end_after_s=20,
        hide_key=None,
    )


def _service(entry: _Entry) -> Service:
    text_id = f"service.{entry.id}"
    phone = Phone(
        kind=PhoneKind.VOICE,
        digits=entry.number.replace("-", ""),
        number=entry.number,
        source=entry.source,
        checked=CHECKED,
        how=How.READ,
        label=Text(f"{text_id}.phone.0.label", entry.label),
        open_24h=True,
    )
    return Service(
        id=ServiceId(entry.id),
        organization=OrganizationId(entry.organization),
        name=entry.name,
        categories=entry.categories,
        summary=Text(f"{text_id}.summary", entry.summary),
        checked=CHECKED,
        phones=(phone,),
        save_as=entry.save_as,
        is_confidential=entry.is_confidential,
    )


def _organization(service: Service) -> Organization:
    return Organization(service.organization, service.name, None, (service.id,))


def _category(id_: CategoryId, title: str, hint: str, lead: str, icon: str) -> Category:
    name = f"category.{id_}"
    texts = (Text(f"{name}.title", title), Text(f"{name}.hint", hint), Text(f"{name}.lead", lead))
    return Category(id_, *texts, icon, urgent=id_ == _DANGER)


def _tile(id_: str, icon: str, title: str, hint: str, *lines: str) -> Tile:
    name = f"site.built-in.tile.{id_}"
    return Tile(
        id=id_,
        icon=icon,
        title=Text(f"{name}.title", title),
        hint=Text(f"{name}.hint", hint),
        lines=tuple(Text(f"{name}.line.{number}", line) for number, line in enumerate(lines)),
        opens_help=not lines,
    )

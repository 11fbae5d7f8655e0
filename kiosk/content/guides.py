"""The files beside the organizations: categories, guides, and the card that is shown to staff."""

from __future__ import annotations

from kiosk.content.check import Check, Mention
from kiosk.content.headers import Shape, Table
from kiosk.content.model import Category, CategoryId, Guide, GuideId, ServiceId, StaffCard, Step
from kiosk.content.reader import Reader, read_root
from kiosk.content.source import Section
from kiosk.content.wording import LONGEST_TITLE

MOST_CATEGORIES = 8
_CATEGORY_KEYS = ("id", "title", "hint", "lead", "icon", "urgent")
_CARD_KEYS = ("request", "note")
_GUIDE_KEYS = ("id", "title", "lead", "icon", "category", "numbered", "cautions")
_STEP_KEYS = ("title", "text", "service")
CATEGORIES_SHAPE: Shape = (Table("", ("schema",)), Table("[[category]]", _CATEGORY_KEYS))
CARD_SHAPE: Shape = (Table("", ("schema", *_CARD_KEYS)),)
GUIDE_SHAPE: Shape = (
    Table("", ("schema",)),
    Table("[guide]", _GUIDE_KEYS),
    Table("[[step]]", _STEP_KEYS),
)


def read_categories(root: Section, check: Check) -> tuple[Category, ...]:
    """The needs of the Help page, in their order. Faults go to `check`."""
    reader = read_root(root, check, ("category",))
    return tuple(_category(each, check) for each in reader.tables("category", 1, MOST_CATEGORIES))


def read_staff_card(root: Section, check: Check) -> StaffCard:
    """The card. Faults go to `check`."""
    reader = read_root(root, check, (), _CARD_KEYS)
    return StaffCard(
        reader.text("request", "staff_card.request", 120), reader.text("note", "staff_card.note", 240)
    )


def read_guide(root: Section, check: Check) -> Guide | None:
    """One guide. None when its own table is missing; faults go to `check`."""
    reader = read_root(root, check, ("guide", "step"))
    table = reader.table("guide")
    sections = reader.tables("step", at_least=1)
    if table is None:
        return None
    about = Reader(table, check, _GUIDE_KEYS)
    id_ = about.id("guide")
    return Guide(
        id=GuideId(id_),
        title=about.text("title", f"guide.{id_}.title", 60),
        lead=about.text("lead", f"guide.{id_}.lead", 240),
        icon=about.icon(),
        categories=tuple(map(CategoryId, about.mentions("category", "category", required=False))),
        numbered=about.flag("numbered", required=True),
        steps=tuple(_step(each, check, f"guide.{id_}.step.{number}") for number, each in enumerate(sections)),
        cautions=about.texts("cautions", f"guide.{id_}.cautions", 240),
    )


def _category(section: Section, check: Check) -> Category:
    reader = Reader(section, check, _CATEGORY_KEYS)
    id_ = reader.id("category")
    return Category(
        id=CategoryId(id_),
        title=reader.text("title", f"category.{id_}.title", 40),
        hint=reader.text("hint", f"category.{id_}.hint", 60),
        lead=reader.text("lead", f"category.{id_}.lead", 200),
        icon=reader.icon(),
        urgent=reader.flag("urgent"),
    )


def _step(section: Section, check: Check, text_id: str) -> Step:
    reader = Reader(section, check, _STEP_KEYS)
    service = reader.word("service", required=False)
    if service:
        check.mentions.append(Mention("service", service, reader.spot("service"), reader.here, names=True))
    return Step(
        title=reader.text("title", f"{text_id}.title", LONGEST_TITLE),
        text=reader.text("text", f"{text_id}.text", 320),
        service=ServiceId(service) if service else None,
    )

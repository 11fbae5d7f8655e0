from kiosk.builtin import built_in_settings
from kiosk.content.library import load_library
from kiosk.content.texts import texts_of
from kiosk.site_file import load_settings

from .conftest import HERE, ICONS, TODAY


def test_every_text_of_the_set_once_and_in_order():
    texts = texts_of(load_library(HERE / "good", TODAY, ICONS))
    ids = [text.id for text in texts]
    assert len(ids) == len(set(ids))
    assert ids[0] == "service.911.summary"
    assert ids.index("service.hill.cautions.0") < ids.index("service.lake-desk.hint")
    assert {
        "category.danger.title",
        "category.talk.lead",
        "staff_card.note",
        "service.lake-desk.phone.0.label",
        "service.lake-desk.address",
        "guide.first-steps.cautions.0",
        "guide.first-steps.step.1.text",
    } <= set(ids)
    assert not any(id_.startswith("service.lake-old") for id_ in ids)


def test_every_text_of_a_site():
    ids = [text.id for text in texts_of(load_settings(HERE / "good/sites/lobby.toml", None))]
    assert ids == [
        "site.lobby.name",
        "site.lobby.welcome",
        "site.lobby.lead",
        "site.lobby.operator",
        "site.lobby.tile.check-in.title",
        "site.lobby.tile.check-in.hint",
        "site.lobby.tile.check-in.line.0",
        "site.lobby.tile.check-in.line.1",
        "site.lobby.tile.help.title",
        "site.lobby.tile.help.hint",
        "site.lobby.here.0",
    ]
    assert len(texts_of(built_in_settings())) == 9

"""The proper names of a directory, as far as the texts of a site are checked against them."""

from __future__ import annotations

from kiosk.content.model import Library, Names
from kiosk.words.promises import broken_promises


def names_of(library: Library) -> Names:
    """The names with a word that a text may not promise, and the names of confidential places, each once."""
    allowed: dict[str, None] = {}
    secret: dict[str, None] = {}
    for service in library.services.values():
        names = [name for name in (service.name, service.programme) if name]
        allowed |= dict.fromkeys(name for name in names if broken_promises(name, "en"))
        if service.is_confidential:
            owner = library.organizations[service.organization]
            also = [name for name in (owner.name, owner.alternate_name) if name]
            secret |= dict.fromkeys((*names, *also))
    return Names(tuple(allowed), tuple(secret))

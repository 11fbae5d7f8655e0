"""What is gathered while a set of files is read: its faults, and what can only be judged across the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kiosk.content.addresses import words_of
from kiosk.content.along import Along, silently
from kiosk.content.faults import Fault


class Spot(NamedTuple):
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file} line {self.line}"


class Written(NamedTuple):
    """One authored string: where it stands, in which table, under which key.

    `is_name` marks proper names, which may hold any word. `is_public_address` marks the one key that is
    meant to hold an address.
    """

    spot: Spot
    table: Spot
    text: str
    is_name: bool = False
    is_public_address: bool = False


class Mention(NamedTuple):
    """One id that points to something else; `kind` is "category" or "service".

    `names` is True where the texts of the same table are about what the id points to.
    """

    kind: str
    id: str
    spot: Spot
    table: Spot
    names: bool = False


class Line(NamedTuple):
    """Where one telephone line is authored, and whose it is."""

    organization: str
    organization_name: str
    spot: Spot


@dataclass(slots=True)
class Check:
    """One pass over one set. `today` bounds dates; `icons` are the known icon names, None to let all pass.

    `known` holds where each id was first given, by kind and id. A kind in `incomplete` had a file that could
    not be read, so ids of that kind cannot be called unknown. `secret` maps the file of a confidential place
    to the service's id, `secret_names` its names as `addresses.words_of` gives them. `along` shows how far
    the reading is.
    """

    today: date
    icons: frozenset[str] | None
    faults: list[Fault] = field(default_factory=list)
    known: dict[tuple[str, str], Spot] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    written: list[Written] = field(default_factory=list)
    comments: list[tuple[Spot, str]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    secret: dict[str, str] = field(default_factory=dict)
    secret_ids: set[str] = field(default_factory=set)
    secret_names: set[str] = field(default_factory=set)
    along: Along = silently

    def fork(self) -> Check:
        """A second pass over what was read, with faults of its own; this one stays as it is."""
        return Check(
            self.today,
            self.icons,
            [],
            dict(self.known),
            set(self.incomplete),
            list(self.written),
            list(self.comments),
            list(self.mentions),
            dict(self.lines),
            list(self.names),
            dict(self.secret),
            set(self.secret_ids),
            set(self.secret_names),
            self.along,
        )

    def fault(self, spot: Spot, message: str) -> None:
        """Note a fault; `message` says "what is wrong; what to write instead"."""
        self.faults.append(Fault(spot.file, spot.line, message))

    def claim(self, kind: str, id_: str, spot: Spot) -> None:
        """Note that `id_` is given here; a fault when it was given before."""
        first = self.known.setdefault((kind, id_), spot)
        if first != spot:
            self.fault(spot, f'the id "{id_}" is already used in {first}; choose another id')

    def ids(self, kind: str) -> tuple[str, ...]:
        """All ids of one kind, in the order of the files."""
        return tuple(id_ for each, id_ in self.known if each == kind)

    def hide(self, names: Iterable[str]) -> None:
        """Note the names of a confidential place."""
        self.secret_names.update(words_of(name) for name in names if name)

    def all_faults(self) -> tuple[Fault, ...]:
        """Everything found, each once, in file and line order."""
        return tuple(sorted(set(self.faults)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: a likely spelling, or what there is to choose from."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is wrong

    choices = sorted(known)
    if near := get_close_matches(word, choices, n=1, cutoff=0.6):
        return f'did you mean "{near[0]}"?'
    return f"write one of: {', '.join(choices)}" if choices else "delete it"

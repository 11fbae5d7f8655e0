"""One service of a feed as rows for staff: what can be put forward, what is only shown, what is left out.

Put forward are names, numbers and what the feed says in fields of their own. Sentences of a feed are only
shown beside: staff writes what visitors read. An export of our own is known by its taxonomy; its texts
passed `check`, so they are put forward. Nothing here ever says that somebody answers day and night.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from kiosk.content.model import PhoneKind
from kiosk.content.phones import digits_of
from kiosk.exchange.feed.rows import Body
from kiosk.exchange.feed.store import Gathered, Part
from kiosk.exchange.feed.tally import Tally
from kiosk.exchange.hours_text import lines_of, times_of
from kiosk.exchange.hsds import (
    BETWEEN_PARTS,
    CHAT,
    DAY_AND_NIGHT,
    HOURS,
    KEYWORD,
    SPELLING,
    TYPES,
    id_of,
)
from kiosk.exchange.phone_pieces import PRIVATE
from kiosk.exchange.phone_text import FoundNumber, for_eyes, numbers_in
from kiosk.exchange.plain_text import (
    NAME_LEFT_OUT,
    as_it_is,
    bars_from_screen,
    for_staff,
    has_email,
    one_line,
    plain,
    says_day_and_night,
)

ASK_DAY_AND_NIGHT = "speaks of day and night: write yes in open_24h only if somebody does answer at any hour"
ASK_WHERE = "may be a place that is kept secret: write yes in confidential if it is"
NO_NAME = "a service has no name"
NO_ORGANIZATION = "a service belongs to no organization of the feed"
CLOSED = "a service is closed or inactive"
PRIVATE_SERVICE = "a service is marked as private"
OF_PERSON = "a number belongs to a contact person"
SAME = "a number was there already"
NAMED = "a text may name a person"
NOT_NEEDED = "a number of the whole organization, where the service has its own"

_SHELTER = re.compile(
    r"shelter|safe ?house|safe haven|refuge|domestic (?:violence|abuse)|undisclosed|confidential",
    re.IGNORECASE,
)
_ONE_VISITOR = re.compile(
    r"[?&#;](?:\w*token|sess\w*|sid|sig|key|auth|pass\w*|user|expires|e-?mail|utm_)\w*=|[0-9a-f]{24}"
    r"|//(?:[\d.]+|localhost|[\w-]+)(?:[:/]|$)|//(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd)/"
    r"|/(?:staff|people|team|user)/",
    re.IGNORECASE,
)
"""An address of one visitor or person, of a machine inside, or one that hides where it leads."""

_WHOLE_DAY = re.compile(r"\b0:00-(?:23:5|24:00)|\b(?:00?:?00|24:?00)\s+(?:00?:?00|23:?59|24:?00)")
_KINDS = {hsds: kind for kind, hsds in TYPES.items()}
_WHOSE = {
    "organization": "the number of the whole organization",
    "contact": "the number of a department",
    "also a person": "also the number of a contact person",
}
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Judge:
    """Makes the rows of one service after the other; what is left out is counted in `tally`."""

    tally: Tally
    is_a_contact: Callable[[str], bool]
    feed: str

    def rows(self, service: Gathered) -> Iterator[Row]:
        """Yield one row for each number of a service, one without a number when it has none."""
        reason = _reason_against(service)
        if reason or service.organization is None:
            self.tally.left_out[reason] += 1
            return
        self.tally.staged_services += 1
        common = self._common(service, service.organization)
        numbers, lost = self._numbers(service)
        for number in (*numbers, *([] if numbers else [None])):
            self.tally.staged_rows += 1
            yield self._row(service, common, number, lost)

    def _common(self, service: Gathered, organization: Body) -> Row:
        """What is the same in all rows of one service."""
        row: Row = {
            "entry": str(self.tally.staged_services),
            "source": self.feed,
            "record": one_line(service.id)[:100],
        }
        doubts: list[str] = []
        for key, name, limit in (
            ("organization", organization.get("name", ""), 80),
            ("alternate_name", organization.get("alternate_name", ""), 120),
            ("name", service.body.get("name", ""), 80),
        ):
            row[key] = self._name(name, key, limit, doubts)
        row["website"] = _website(service.body)
        row["found_website"] = _website_for_staff(service.body)
        row |= {f"found_{key}": self._shown(service, *fields) for key, fields in _FOUND.items()}
        row["found_hours"] = self._hours(service)
        if named := sum(NAME_LEFT_OUT in text for text in row.values()):
            self.tally.left_out[NAMED] += named
        row["confidential"] = "yes" if service.is_secret else ""
        if not service.is_secret and any(_SHELTER.search(value) for value in row.values()):
            doubts.append(ASK_WHERE)
        if _is_ours(service):
            row |= self._ours(service, doubts)
        said = (*row.values(), service.body.get("description", ""))
        if any(says_day_and_night(text) for text in said) or _WHOLE_DAY.search(row["found_hours"]):
            doubts.append(ASK_DAY_AND_NIGHT)
        row["unsure"] = "; ".join(doubts)
        return row

    def _ours(self, service: Gathered, doubts: list[str]) -> Row:
        """The texts of our own export; anybody can write its mark, so that none is trusted."""
        texts = _texts_of_ours(service)
        for key, text in texts.items():
            if bar := bars_from_screen(text, self.is_a_contact):
                doubts.append(f"the {key} found holds {bar}: write it yourself")
                texts[key] = ""
        cautions = "\n".join(map(as_it_is, filter(None, texts.pop("cautions").split("\n"))))
        return {"cautions": cautions, **{key: as_it_is(text) for key, text in texts.items() if text}}

    def _name(self, name: str, key: str, limit: int, doubts: list[str]) -> str:
        said = one_line(name[:1_000])
        if bar := bars_from_screen(said, self.is_a_contact):
            doubts.append(f"the {key} found holds {bar}: write it yourself")
            return ""
        if len(said) > limit:
            doubts.append(f"the {key} is longer than {limit} characters: shorten it")
        elif said.isupper() and " " in said:
            doubts.append(f"the {key} is in capitals")
        return said[:300]

    def _shown(self, service: Gathered, *fields: str) -> str:
        """Texts for staff to read, from fields of the service and from its parts of that kind."""
        texts = [service.body.get(field, "") for field in fields]
        texts += [part.body.get("name", "") for field in fields for part in service.parts.get(field, ())]
        return for_staff("\n".join(dict.fromkeys(filter(None, texts))), self.is_a_contact)

    def _hours(self, service: Gathered) -> str:
        schedules = [part.body for part in service.parts.get("schedule", ()) if part.at != "organization"]
        lines = lines_of(times for each in schedules if (times := times_of(each)))
        odd = [_odd(each) for each in schedules if not times_of(each)]
        prose = "\n".join(each.get(key, "") for each in schedules for key in ("description", "notes"))
        return "\n".join(filter(None, ("; ".join(lines), *odd, for_staff(prose, self.is_a_contact))))

    def _numbers(self, service: Gathered) -> tuple[list[tuple[Part, FoundNumber]], list[str]]:
        """The numbers of a service, each once, and the reasons why others cannot be used."""
        own: list[tuple[Part, FoundNumber]] = []
        whole: list[tuple[Part, FoundNumber]] = []
        lost: list[str] = []
        for part in service.parts.get("phone", ()):
            found, reasons = _found(part)
            self.tally.left_out.update(reasons)
            lost += reasons
            (whole if part.at == "organization" else own).extend((part, each) for each in found)
        if own and whole:
            self.tally.left_out[NOT_NEEDED] += len(whole)
        is_ours = _is_ours(service)  # check lets the same line stand twice
        numbers: dict[object, tuple[Part, FoundNumber]] = {}
        for part, each in own or whole:
            line = (digits_of(each.number, text_code=True), each.kind, each.extension, is_ours and part.id)
            if numbers.setdefault(line, (part, each))[1] is not each:
                self.tally.left_out[SAME] += 1
        return list(numbers.values()), list(dict.fromkeys(lost))

    def _row(
        self, service: Gathered, common: Row, number: tuple[Part, FoundNumber] | None, lost: list[str]
    ) -> Row:
        row = dict(common)
        doubts = [row["unsure"]]
        if number is None:
            doubts += [f"no number: {reason}" for reason in lost] or ["the feed has no number"]
        else:
            part, found = number
            row |= {"kind": found.kind, "number": found.number, "shown_as": found.shown_as}
            row |= {"label": found.extension, "keyword": found.keyword}
            row["found_number"] = for_eyes(part.body.get("number", ""))
            doubts += [_WHOSE.get(part.at, ""), *found.unsure]
            if any(says_day_and_night(part.body.get(key, "")) for key in ("description", "number")):
                doubts.append(ASK_DAY_AND_NIGHT)
            if _is_ours(service):
                row |= _our_line(service, part.body, found, self.is_a_contact)
        row["unsure"] = "; ".join(dict.fromkeys(filter(None, doubts)))
        return row


_FOUND = {
    "description": ("description", "application_process"),
    "eligibility": ("eligibility_description",),
    "cost": ("fees_description",),
    "languages": ("interpretation_services", "languages", "language"),
    "area": ("service_areas", "area"),
    "alert": ("alert",),
}
"""Columns of what is only shown, with the fields and kinds of parts that they come from."""


def _reason_against(service: Gathered) -> str:
    if service.is_private:
        return PRIVATE_SERVICE
    if service.body.get("status", "active").lower() not in ("active", ""):
        return CLOSED
    if not one_line(service.body.get("name", "")):
        return NO_NAME
    has_owner = service.organization is not None and one_line(service.organization.get("name", ""))
    return "" if has_owner else NO_ORGANIZATION


def _found(part: Part) -> tuple[tuple[FoundNumber, ...], tuple[str, ...]]:
    if part.is_private:
        return (), (PRIVATE,)
    if part.at == "person":
        return (), (OF_PERSON,)
    body = part.body
    fields = (body.get(key, "") for key in ("number", "type", "description", "extension", "vanity"))
    return numbers_in(*fields)


def _odd(schedule: Body) -> str:
    """Times that are not plain weekly ones, as the feed has them: only signs that times are made of."""
    said = " ".join(schedule.get(key, "") for key in ("freq", "byday", "opens_at", "closes_at"))
    return " ".join(re.sub(r"[^\w:,+ -]", " ", said).split())[:80]


def _website(body: Body) -> str:
    url = body.get("url", "")
    is_plain = url.startswith("https://") and len(url) <= 100 and plain(url) == url and " " not in url
    if not is_plain or "@" in url or has_email(unquote(url)) or _ONE_VISITOR.search(url):
        return ""
    return url


def _website_for_staff(body: Body) -> str:
    url = one_line(body.get("url", "")[:1_000])
    if has_email(unquote(url)):
        return "[e-mail left out]"
    return "[an address of one visitor left out]" if _ONE_VISITOR.search(url) else url[:200]


def _is_ours(service: Gathered) -> bool:
    return any(part.body.get("taxonomy") == id_of("taxonomy") for part in service.parts.get("need", ()))


def _texts_of_ours(service: Gathered) -> Row:
    """The texts of our own export, each in its column."""
    body = service.body
    summary, _, offers = body.get("description", "").partition(BETWEEN_PARTS)
    programmes = [part.body.get("name", "") for part in service.parts.get("program", ())]
    is_chat = any(part.body.get("label") == CHAT for part in service.parts.get("url", ()))
    return {
        "category": ", ".join(part.body.get("code", "") for part in service.parts["need"]),
        "summary": summary,
        "offers": offers,
        "programme": programmes[0] if programmes else "",
        "eligibility": body.get("eligibility_description", ""),
        "cost": body.get("fees_description", ""),
        "languages": body.get("interpretation_services", ""),
        "area": "".join(part.body.get("name", "") for part in service.parts.get("area", ())[:1]),
        "cautions": body.get("alert", ""),
        "chat": "yes" if is_chat else "",
    }


def _our_line(service: Gathered, phone: Body, found: FoundNumber, is_a_contact: Callable[[str], bool]) -> Row:
    """What our own export says of one line in sentences, and its hours, which name it."""
    row = {"kind": str(_KINDS.get(phone.get("type", ""), PhoneKind.VOICE)), "shown_as": "", "keyword": ""}
    for line in phone.get("description", "").split("\n"):
        for key, sentence in (("keyword", KEYWORD), ("shown_as", SPELLING)):
            if match := re.fullmatch(re.escape(sentence).replace(r"\{word\}", "(.+)"), line):
                row[key] = match[1]
                break
        else:
            row["label"] = "" if bars_from_screen(line, is_a_contact) else as_it_is(line)
    line = f"{found.number} ({phone.get('type', '')})"
    own = [part.body for part in service.parts.get("schedule", ())]
    named = [each for each in own if each.get("description") == HOURS.format(line=line)]
    times = [times_of(each) for each in named]
    row["hours"] = "; ".join(lines_of(each for each in times if each))
    if any(each.get("description") == DAY_AND_NIGHT.format(line=line) for each in own):
        row["found_hours"] = DAY_AND_NIGHT.format(line=line)
    return row

"""What can only be judged when every file is read: ids that lead nowhere, promises, addresses given away."""

from __future__ import annotations

import re
from collections import defaultdict

from kiosk.content.addresses import looks_like_address, names_in
from kiosk.content.check import Check, Spot, Written, did_you_mean
from kiosk.words.promises import broken_promises

_MAIL = re.compile(r"[\w.+-]@[\w-]+\.\w")
_OURS = ("organizations/", "guides/")
_NO_PROMISE = "no text may promise that; say it in other words"
_GIVEN_AWAY = "this looks like a street address, a P.O. box or a ZIP code, and"


def check_across(check: Check) -> None:
    """Add the faults that show only across the files of `check`."""
    _lost_mentions(check)
    _promises(check)
    _mail(check)
    _addresses_in_secret_files(check)
    _addresses_beside_secret_names(check)


def _lost_mentions(check: Check) -> None:
    for mention in check.mentions:
        if (mention.kind, mention.id) not in check.known and mention.kind not in check.incomplete:
            hint = did_you_mean(mention.id, check.ids(mention.kind))
            check.fault(mention.spot, f'there is no {mention.kind} "{mention.id}"; {hint}')


def _promises(check: Check) -> None:
    names = tuple(check.names)
    for written in check.written:
        if not written.is_name:
            for word in broken_promises(written.text, "en", names):
                check.fault(written.spot, f'the word "{word}" is a promise, and {_NO_PROMISE}')


def _mail(check: Check) -> None:
    """A visitor cannot write from here, and an address for mail is often a person's. A lobby may have one."""
    for written in check.written:
        if not written.is_name and written.spot.file.startswith(_OURS) and _MAIL.search(written.text):
            check.fault(
                written.spot, "this holds an e-mail address; take it out, and write a number or website"
            )


def _addresses_in_secret_files(check: Check) -> None:
    strings = [(written.spot, written.text) for written in check.written]
    for spot, text in (*strings, *check.comments):
        secret = check.secret.get(spot.file)
        if secret and looks_like_address(text):
            check.fault(spot, f'{_GIVEN_AWAY} "{secret}" in this file is a confidential place; take it out')


def _addresses_beside_secret_names(check: Check) -> None:
    tables: dict[Spot, list[Written]] = defaultdict(list)
    for written in check.written:
        if written.spot.file not in check.secret:
            tables[written.table].append(written)
    names = tuple(sorted(check.secret_names))
    pointed = {each.table for each in check.mentions if each.names and each.id in check.secret_ids}
    for table, strings in tables.items():
        if table in pointed or any(names_in(written.text, names) for written in strings):
            _address_beside_name(check, strings, names)
    for spot, words in check.comments:
        if spot.file not in check.secret and names_in(words, names) and looks_like_address(words):
            check.fault(spot, f"{_GIVEN_AWAY} this note names a confidential place; delete the note")


def _address_beside_name(check: Check, strings: list[Written], names: tuple[str, ...]) -> None:
    for written in strings:
        if written.is_public_address and not names_in(written.text, names):
            continue
        if looks_like_address(written.text):
            message = f"{_GIVEN_AWAY} a confidential place is named beside it; take one of the two out"
            check.fault(written.spot, message)

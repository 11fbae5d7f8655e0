"""What the doctor says of what visitors read: faults, age, translations, demonstration."""

from __future__ import annotations

from datetime import date
from typing import Final

from kiosk.content.age import CALL_FIRST_DAYS, LEAVES_DAYS
from kiosk.content.folders import slow_start
from kiosk.content.texts import texts_of
from kiosk.house import ASSETS
from kiosk.technician.facts import Facts, Set
from kiosk.technician.finding import Finding, command, look, ok, wrong
from kiosk.words.catalog import ENGLISH, load_words, read_english

MOST_ALIKE: Final = 12
"""Names and addresses are alike in English and in another language; more than so many are missing."""


def content(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether the content can be used as it is."""
    if kiosk.library_faults:
        first = kiosk.library_faults[0]
        instead = "the last good set" if kiosk.has_last_good else "the built-in page"
        told = f"The content has {len(kiosk.library_faults)} faults; {instead} is shown. The first: {first}."
        return wrong("content", told, f"{command('check')} {kiosk.folder} lists all of them")
    if not kiosk.has_last_good:
        todo = command(f"check {kiosk.folder} --keep {kiosk.folder}.last-good")
        return look("content", "The content has no fault, but no last good set lies beside it.", todo)
    return ok("content", "The content has no fault, and a last good set lies beside it.")


def start(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether each start waits for the reading of a big folder."""
    if kiosk.library is None:
        return look("start", "How long a start reads cannot be told.", "mend the content first")
    entries = len(kiosk.library.services)
    if kiosk.stored:
        return ok("start", f"{entries:,} entries lie in one file that opens at once.")
    if told := slow_start(entries):
        build = command(f"build --content {kiosk.folder} --out directory.kiosk")
        return look("start", f"{told}.", f"make one file of them, which opens at once: {build}")
    return ok("start", f"{entries:,} entries are read at each start, which is quick.")


def site(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether the site file can be used as it is."""
    if kiosk.site_faults:
        told = f"The site file has {len(kiosk.site_faults)} faults. The first: {kiosk.site_faults[0]}."
        return wrong("site file", told, f"mend it; {command('site --reference')} lists all keys")
    if kiosk.settings and kiosk.settings.is_demo:
        todo = "copy it, write what is true in your building, and take demo = true away"
        return look("site file", "The site file is a demonstration.", todo)
    return ok("site file", "The site file has no fault.")


def age(facts: Facts, kiosk: Set) -> Finding:
    """Judge how long ago the numbers were checked."""
    days = oldest_days(kiosk, facts.now.date())
    if days is None:
        return look("content age", "How old the numbers are cannot be told.", "mend the content first")
    said = f"The oldest check of a number is {days} days old."
    todo = f'call every number: {command("calls")}, see "Call every number" in README.md'
    if days > LEAVES_DAYS:
        return wrong("content age", f"{said} Numbers leave the screen.", todo)
    if days > CALL_FIRST_DAYS:
        return look("content age", f"{said} Visitors are told to call first.", todo)
    return ok("content age", said)


def oldest_days(kiosk: Set, today: date) -> int | None:
    """Return the days since the oldest check of a number; None when there is none. Never below 0."""
    if kiosk.library is None:
        return None
    checked = [phone.checked for service in kiosk.library.services.values() for phone in service.phones]
    return max(0, (today - min(checked)).days) if checked else None


def translations(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether somebody qualified has read the languages of the site."""
    if kiosk.settings is None or kiosk.library is None:
        return look("translations", "The translations cannot be judged.", "mend content and site file first")
    english = read_english(ASSETS / "words" / "en.toml")
    folders = (ASSETS / "words", kiosk.folder / "words")
    shown = [text for part in (kiosk.library, kiosk.settings) for text in texts_of(part)]
    drafts, gaps = [], []
    for code in kiosk.settings.languages:
        more = kiosk.stored.catalog(code) if kiosk.stored else None
        words = load_words(code, english, folders, more=more, shows_unapproved=kiosk.settings.is_demo)
        if code != ENGLISH and words.is_draft:
            drafts.append(code)
        if (lacking := sum(not words.has(text) for text in shown)) > MOST_ALIKE:
            gaps.append(f"{lacking} in {code}")
    todo = "let somebody qualified review them; see Translations in README.md"
    if drafts:
        gaps_told = f" Texts as in English: {', '.join(gaps)}." if gaps else ""
        return look("translations", f"Nobody has reviewed: {', '.join(drafts)}.{gaps_told}", todo)
    if gaps:
        return look("translations", f"Texts as in English: {', '.join(gaps)}.", todo)
    return ok("translations", "Each language of the site was reviewed and is whole.")

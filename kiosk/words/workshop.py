"""Where translations are kept in step with the English: for authors and tests, never for the running kiosk.

A language is a file LANGUAGE.po in `assets/words` (the interface) and one in `data/words` (the content).
Beside each lies the compiled LANGUAGE.mo that the kiosk reads. Each entry carries its ledger in a comment,
see `kiosk/words/ledger.py`. A text is never shown in a language while
its translation is fuzzy: somebody has to read it again first, and to take the mark away by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.content.along import Along, silently
from kiosk.content.wording import LONGEST_LABEL, LONGEST_TITLE, TEXT_LIMITS, text_problems
from kiosk.words.catalog import UNAPPROVED, Translatable
from kiosk.words.compiled import machine_object
from kiosk.words.ledger import NOBODY, REVIEWED, Entry, entry_of, review_faults, stale, stamped
from kiosk.words.po import Unit, UnreadableError, block_of, header_of, put, quoted, read_units
from kiosk.words.safety import is_safety

Pairs = Sequence[tuple[str, str]]
"""The ids of texts with their English, in the order in which they stand in the file."""

REVIEW = "review.status"

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
_NUMBER = re.compile(r"\d(?:[\dA-Z-]*[\dA-Z])?")
_LIMITS = TEXT_LIMITS | {"label": LONGEST_LABEL, "title": LONGEST_TITLE}
_LONGEST = 400
_GROWS = 1.6
"""How much longer than the English limit a translation may be."""
_WIDE_SIGN = re.compile("[\u201c\u201d\u2018\u2019\uff01-\uff0f\uff1a-\uff20\uff5e]")
"""Stops and quotes of Chinese and other languages: every font with their signs has them."""
_MONTH = "month."  # some languages call a month by its number


def pairs_of(texts: Iterable[Translatable]) -> Pairs:
    """Return the (id, English) pairs of authored texts, each id once, in their order."""
    return tuple({text.id: text.english for text in texts}.items())


def refresh(
    assets: Path,
    data: Path,
    entries_interface: Pairs,
    entries_content: Pairs,
    *,
    check: bool = False,
    along: Along = silently,
) -> list[str]:
    """Bring all languages in step with the English and compile them; return what is left to do, in words.

    `assets` and `data` are the two folders with the .po files (`assets/words`, `data/words`). With `check`
    nothing is written, and what the other way would have put right is reported too.
    """
    found: list[str] = []
    for folder, entries in ((assets, entries_interface), (data, entries_content)):
        files = sorted(folder.glob("*.po"))
        found += [] if files else [f"{folder}: there is no language file (LANGUAGE.po) in this folder"]
        found += refresh_files(files, entries, check=check, along=along)
    return found + _review_faults(assets, data)


def refresh_files(
    files: Sequence[Path], entries: Pairs, *, check: bool = False, along: Along = silently
) -> list[str]:
    """Do so for some files. Return what is left to do."""
    found: list[str] = []
    for po in along(files, "languages"):
        try:
            if not check:
                update(po, entries)
                write_compiled(po)
            found += faults(po, entries)
        except UnreadableError as error:
            found.append(str(error))
    return found


def update(po: Path, entries: Pairs) -> None:
    """Bring a .po in step with the (id, English) pairs. A file that does not exist is begun.

    What is still right stays as it is. A translation whose English changed stays as a fuzzy one, which is not
    shown. New ids get an empty one; ids that are gone are dropped. The header is kept as it is.
    """
    known = read_units(po)
    units = [_renewed(id_, english, known.get(id_)) for id_, english in entries]
    blocks = [header_of(po), *(block_of(unit) for unit in units)]
    put(po, "\n".join(blocks).encode())


def compile_catalog(po: Path) -> bytes:
    """Return the .mo of a .po without fuzzy and empty entries; the same bytes for the same translations.

    Written here rather than by a library, whose name and version would stand in the file.
    """
    header = f"Content-Type: text/plain; charset=UTF-8\nLanguage: {po.stem}\n"
    usable = [unit for unit in read_units(po).values() if unit.is_usable]
    words = {"": header} | {f"{_context(unit)}\x04{unit.english}": unit.translation for unit in usable}
    return machine_object(sorted((key.encode(), text.encode()) for key, text in words.items()))


def _context(unit: Unit) -> str:
    """Return the id that the kiosk looks for; one that only demonstrations know for unapproved safety."""
    waits = is_safety(unit.id, unit.english) and _entry(unit).status != "approved"
    return f"{UNAPPROVED}{unit.id}" if waits else unit.id


def write_compiled(po: Path) -> None:
    """Write the .mo beside its .po."""
    put(po.with_suffix(".mo"), compile_catalog(po))


def ledger(po: Path) -> tuple[Entry, ...]:
    """Return who reviewed what, in the order of the file."""
    return tuple(_entry(unit) for unit in read_units(po).values())


def faults(po: Path, entries: Pairs) -> list[str]:
    """Return all that keeps a language from being complete and right, in words; empty when it is."""
    units = read_units(po)
    english = dict(entries)
    found = [
        f"{po}:{units[id_].line if id_ in units else 1}: {id_}: {fault}"
        for id_ in english
        for fault in _faults(units.get(id_), english[id_])
    ]
    gone = "no text has this id any more; run words, which takes it out"
    found += [f"{po}:{unit.line}: {id_}: {gone}" for id_, unit in units.items() if id_ not in english]
    compiled = po.with_suffix(".mo")
    if not compiled.is_file() or compiled.read_bytes() != compile_catalog(po):
        found.append(f"{compiled}: it does not hold what {po.name} says; compile it again")
    return found


def _faults(unit: Unit | None, english: str) -> list[str]:
    if unit is None or not unit.translation:
        return [f'missing: translate "{english}"']
    if unit.is_fuzzy or unit.english != english:
        return [f'stale: the English is now "{english}"; translate it again, then take away the fuzzy mark']
    found = list(text_problems(_WIDE_SIGN.sub("\u3001", unit.translation), _limit(unit.id)))
    for kind, pattern in (("placeholders", _PLACEHOLDER), ("digits", _NUMBER)):
        if kind == "digits" and unit.id.startswith(_MONTH):
            continue
        same = "write the same ones in the translation"
        wanted, given = sorted(pattern.findall(english)), sorted(pattern.findall(unit.translation))
        if wanted != given:
            found.append(f"the {kind} differ: {_listed(wanted)} in English, {_listed(given)} here; {same}")
    if unit.id == REVIEW and unit.translation not in {"draft", "reviewed"}:
        found.append(f'"{unit.translation}" is no state of a language; write "draft" or "reviewed"')
    found += review_faults(entry_of(unit.id, unit.comments), unit.english)
    return found


def _limit(id_: str) -> int:
    """The most ordinary letters of a translation, by the last word of its id."""
    return round(_GROWS * _LIMITS.get(id_.rpartition(".")[2], _LONGEST))


def _review_faults(assets: Path, data: Path) -> list[str]:
    """Return the languages that call themselves reviewed while some of their texts are not."""
    found = []
    for language in sorted({po.stem for folder in (assets, data) for po in folder.glob("*.po")}):
        files = [folder / f"{language}.po" for folder in (assets, data)]
        found += [f"{po}: this language has no such file yet; begin it" for po in files if not po.is_file()]
        try:
            units = {id_: unit for po in files for id_, unit in read_units(po).items()}
        except UnreadableError:
            continue  # already reported
        waiting = sum(_entry(unit).status not in REVIEWED for id_, unit in units.items() if id_ != REVIEW)
        if waiting and REVIEW in units and units[REVIEW].translation == "reviewed":
            found.append(f'{files[0]}: {REVIEW} says "reviewed", but {waiting} texts are not')
    return found


def _listed(parts: Sequence[str]) -> str:
    return " ".join(parts) or "none"


def _entry(unit: Unit) -> Entry:
    entry = entry_of(unit.id, unit.comments)
    if not unit.translation:
        return replace(entry, status="missing")
    return entry if unit.is_usable else replace(entry, status="stale")


def _renewed(id_: str, english: str, unit: Unit | None) -> Unit:
    if unit is None and id_ == REVIEW:  # a language begins as a draft, whatever its English says
        return Unit(id_, english, "draft", (f"status: draft; reviewed-by: {NOBODY}",))
    if unit is None:
        return Unit(id_, english)
    if unit.english == english:
        return unit if unit.is_fuzzy else replace(unit, comments=stamped(unit.comments, english))
    if not unit.translation:
        return replace(unit, english=english, is_fuzzy=False, previous=())
    if unit.is_fuzzy and unit.previous:  # the oldest English is the one that this translation renders
        return replace(unit, english=english)
    previous = tuple(f"msgid {quoted(unit.english)}".splitlines())
    return replace(unit, english=english, comments=stale(unit.comments), previous=previous, is_fuzzy=True)

"""What a content set without faults still lacks before it may go live: calls, reviews, texts of one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kiosk.agency.texts import overlay_entries, word_entries
from kiosk.content.faults import Fault
from kiosk.content.listed import Listed, listed_phones
from kiosk.content.model import How
from kiosk.content.overlay import place_of
from kiosk.content.source import Section, read_source
from kiosk.house import ASSETS
from kiosk.words.catalog import ENGLISH, load_words
from kiosk.words.interpreters import InterpretersError, read_interpreters
from kiosk.words.ledger import REVIEWED, Entry
from kiosk.words.po import UnreadableError
from kiosk.words.safety import is_safety
from kiosk.words.workshop import REVIEW, faults, ledger

LONGEST_DAYS = 180
"""Days after which a number has to be called again."""

NEVER_CALLED = "911"
"""Nobody may call this number to see whether it answers."""

DEMO_WORDS = "this is a demonstration"


def lacks_of(folder: Path, today: date) -> tuple[Fault, ...]:
    """Return what the set in `folder` lacks, each as file, line and what to do; () when it may go live.

    The set must be without faults. Raises ContentError when it is not, OSError, and ModuleNotFoundError
    without Babel, which reads the translations.
    """
    calls = [fault for listed in listed_phones(folder) for fault in _of_number(listed, today)]
    sites = [
        root
        for path in sorted((folder / "sites").glob("[!.]*.toml"))
        if (root := read_source(path, f"sites/{path.name}").root)
    ]
    demo = [fault for site in sites for fault in _of_site(site)]
    words = (*_of_words(folder, _languages(sites)), *_of_overlays(folder, sites), *_of_interpreters())
    return (*calls, *words, *demo)


def _of_number(listed: Listed, today: date) -> Iterator[Fault]:
    table, number = listed.table, listed.number
    if number == NEVER_CALLED:
        return
    checked = table.values.get("checked")
    if table.values.get("how") != How.CALLED:
        todo = f'call it, then write how = "called", called_by = "..." and checked = {today} here'
        yield Fault(table.file, table.line_of("how"), f"nobody has called {number} yet; {todo}")
        return
    if not table.values.get("called_by"):
        todo = 'write the role of who called, never a name: called_by = "night advocate"'
        yield Fault(table.file, table.line, f"nobody stands for the call to {number}; {todo}")
    if isinstance(checked, date) and (days := (today - checked).days) > LONGEST_DAYS:
        old = f"{number} was last called {days} days ago; call it again, then write checked = {today}"
        yield Fault(table.file, table.line_of("checked"), old)


def _of_site(root: Section) -> Iterator[Fault]:
    for section in _sections(root):
        if section.values.get("demo") is True:
            line = section.line_of("demo")
            todo = "write demo = false when its words are yours, or delete this file"
            yield Fault(section.file, line, f"this site is a demonstration; {todo}")
        for key, value in section.values.items():
            texts = value if isinstance(value, list) else [value]
            for item, text in enumerate(texts):
                if isinstance(text, str) and DEMO_WORDS in text.casefold():
                    line = section.line_of(key, item if isinstance(value, list) else None)
                    wrong = f'"{text}" is for demonstrations; write what is true in your building'
                    yield Fault(section.file, line, wrong)


def _sections(section: Section) -> Iterator[Section]:
    yield section
    for tables in section.tables.values():
        for table in tables:
            yield from _sections(table)


def _languages(sites: Sequence[Section]) -> list[str]:
    """Return every language but English that a site offers, each once."""
    named: dict[str, None] = {}
    for root in sites:
        for site in root.tables.get("site", ()):
            languages = site.values.get("languages")
            named |= dict.fromkeys(map(str, languages if isinstance(languages, list) else ()))
    return [language for language in named if language != ENGLISH]


def _of_words(folder: Path, languages: Sequence[str]) -> Iterator[Fault]:
    interface, content = map(dict, word_entries(folder))
    folders = (("assets/words", ASSETS / "words", interface), ("words", folder / "words", content))
    for language in languages:
        found: list[Fault] = []
        for called, place, english in folders:
            found += _of_catalog(f"{called}/{language}.po", place / f"{language}.po", english)
        yield from found
        if not found and load_words(language, interface, [place for _, place, _ in folders]).is_draft:
            todo = f'the language still says that it is a draft; write "reviewed" as the msgstr of {REVIEW}'
            line = _line_of(folders[0][1] / f"{language}.po", REVIEW)
            yield Fault(f"assets/words/{language}.po", line, f"{todo}, then run words")


def _of_overlays(folder: Path, sites: Sequence[Section]) -> Iterator[Fault]:
    """What the words of each site's own folder lack, in the languages of that site."""
    for root in sites:
        place = place_of(folder / root.file, folder)
        if place is None:
            continue
        english = dict(overlay_entries(folder, folder / root.file))
        for language in _languages([root]) if english else ():
            po = place.folder / "words" / f"{language}.po"
            yield from _of_catalog(f"{place.called}/words/{language}.po", po, english)


def _of_catalog(called: str, po: Path, english: dict[str, str]) -> Iterator[Fault]:
    if not po.is_file():
        yield Fault(called, 1, "this language has no such file; make an empty one, then run words")
        return
    try:
        entries = {entry.id: entry for entry in ledger(po)}
    except UnreadableError as error:
        yield Fault(called, error.line, error.message)
        return
    if problems := faults(po, tuple(english.items())):
        todo = "run words, and mend what it lists"
        yield Fault(called, 1, f"{len(problems)} places are out of step with the English; {todo}")
    status = {id_: _status(entries.get(id_)) for id_ in english if id_ != REVIEW}
    waiting = [id_ for id_, each in status.items() if each not in REVIEWED]
    if waiting:
        kinds = Counter(status[id_] for id_ in waiting)
        listed = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
        todo = "let somebody qualified read them, then write status: reviewed, reviewed-by: and reviewed-on:"
        wrong = f"{len(waiting)} of {len(status)} texts are not reviewed ({listed}); {todo}"
        yield Fault(called, _line_of(po, waiting[0]), wrong)
    safety = [id_ for id_ in status if is_safety(id_, english[id_]) and status[id_] != "approved"]
    if safety:
        todo = "let somebody who answers for them write status: approved, with the names"
        wrong = f"{len(safety)} safety texts are not approved and would stay English; {todo}"
        yield Fault(called, _line_of(po, safety[0]), wrong)


def _of_interpreters() -> Iterator[Fault]:
    called, path = "assets/words/interpreters.toml", ASSETS / "words" / "interpreters.toml"
    try:
        cards = read_interpreters(path)
    except InterpretersError as error:
        yield Fault(called, 1, str(error).removeprefix(f"{path}: "))
        return
    if waiting := [card.english for card in cards if not card.is_reviewed]:
        todo = 'let somebody who speaks each read it, then write status = "reviewed" and reviewed_by = "name"'
        wrong = (
            f"{len(waiting)} of {len(cards)} interpreter cards are not reviewed and would show English only"
        )
        yield Fault(called, 1, f"{wrong} ({', '.join(waiting)}); {todo}")


def _status(entry: Entry | None) -> str:
    """Return what the ledger says of one text; a review by nobody is none."""
    if entry is None:
        return "missing"
    if entry.is_reviewed and not entry.reviewed_by:
        return f"{entry.status} by nobody"
    if entry.is_reviewed and not entry.reviewed_on:
        return f"{entry.status} on no day"
    return entry.status or "without a status"


def _line_of(po: Path, id_: str) -> int:
    """Return the line of a text in its file; 1 when it is not there."""
    lines = po.read_text(encoding="utf-8").split("\n")
    wanted = f'msgctxt "{id_}"'
    return lines.index(wanted) + 1 if wanted in lines else 1

"""Typical mistakes of somebody new: each gives one message, with file and line, that says what to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from kiosk.agency.texts import word_entries
from kiosk.checkup import check_folder
from kiosk.house import icon_names
from kiosk.words.workshop import refresh_files

TODAY = date(2026, 11, 20)
ALIVE = "organizations/10-alive.toml"
COALITION = "organizations/46-missouri-coalition.toml"
MOVANS = "guides/movans.toml"
LOBBY = "sites/police-lobby.toml"
CHANGES = "sites/police-lobby/changes.toml"
NUMBER = 'number = "314-993-2777"'


@dataclass(frozen=True)
class Slip:
    """`old` is written as `new` in `file` (a new file for no `old`); `says` is the advice of the message."""

    file: str
    old: str
    new: str
    line: int
    says: str


MISTAKES = {
    # numbers
    "a digit is missing": Slip(
        ALIVE, NUMBER, 'number = "314-993-277"', 21, 'write ten digits as "314-993-2777"'
    ),
    "a letter for a digit": Slip(
        ALIVE, NUMBER, 'number = "314-993-2O77"', 21, "write the digit 0 for the letter O"
    ),
    "brackets": Slip(ALIVE, NUMBER, 'number = "(314) 993-2777"', 21, 'write "314-993-2777"'),
    "a number without quotes": Slip(
        ALIVE, NUMBER, "number = 314-993-2777", 21, "write text between straight quotes"
    ),
    "two numbers in one line": Slip(
        ALIVE, NUMBER, 'number = "314-993-2777, 314-993-2778"', 21, "write ten digits as"
    ),
    "somebody else's number": Slip(
        "organizations/41-united-way-211.toml",
        'number = "211"',
        'number = "314-993-2777"',
        -1,
        "compare both with their sources",
    ),
    "the spelling does not fit": Slip(
        "organizations/40-movans.toml", '"1-866-5-MOVANS"', '"1-866-5-MOVAN"', -1, "compare the two"
    ),
    "an extension": Slip(
        ALIVE,
        NUMBER,
        'number = "(314) 993-2777 ext. 3"',
        21,
        'write number = "314-993-2777" and label = "Extension 3"',
    ),
    "a number that costs": Slip(ALIVE, NUMBER, 'number = "1-900-993-2777"', 21, "take it out"),
    # the form of a line
    "the header of a number is missing": Slip(
        ALIVE, "[[service.phone]]\n", "", 20, "write it below a [[service.phone]] header"
    ),
    "the header of a number misspelled": Slip(
        ALIVE, "[[service.phone]]", "[[service.phones]]", 20, "write [[service.phone]]"
    ),
    "hours beside the summary": Slip(
        ALIVE, "save_as", 'hours = ["Mon-Fri 8:30-16:30"]\nsave_as', 17, "below a [[service.phone]] header"
    ),
    "a key of other directories": Slip(
        ALIVE, "save_as", 'description = "We help."\nsave_as', 17, "write summary = "
    ),
    "a quote inside a text": Slip(
        ALIVE, "Answers day", 'The "best" line. Answers day', 14, 'write \\" for it'
    ),
    "a backslash": Slip(ALIVE, "Answers day", "C:\\new Answers day", 14, "\\\\ for a backslash"),
    "two versions in one file": Slip(
        ALIVE, "save_as", "<<<<<<< HEAD\nsave_as", 17, "keep one of them, and delete this line"
    ),
    "nothing in a file": Slip("organizations/70-new.toml", "", " \n", 1, "copy another file of this folder"),
    "a document in a file": Slip(
        "organizations/70-new.toml", "", "{\\rtf1\\ansi Help}", 1, "save it there as plain text"
    ),
    "a key misspelled": Slip(ALIVE, "hint = ", "hnt = ", 13, 'did you mean "hint"?'),
    "a closing quote is missing": Slip(
        ALIVE, NUMBER, 'number = "314-993-2777', 21, 'end the text with " on the same line'
    ),
    "curly quotes": Slip(ALIVE, 'save_as = "Info AL"', "save_as = “Info AL”", 17, "type the straight"),
    "a colon for =": Slip(ALIVE, "label = ", "label: ", 22, "write key ="),
    "a note without #": Slip(
        ALIVE, "schema = 1", "schema = 1\nask Maria on Monday", 3, "begin a note with #"
    ),
    "a key twice": Slip(ALIVE, NUMBER, f"{NUMBER}\n{NUMBER}", 22, "delete one of the two"),
    "a comma is missing": Slip(
        "organizations/40-movans.toml",
        'plan.", "The person',
        'plan." "The person',
        -1,
        'write ["one", "two"]',
    ),
    "single brackets": Slip(ALIVE, "[[service.phone]]", "[service.phone]", 20, "write [[service.phone]]"),
    "a text without quotes": Slip(
        ALIVE, '"24-hour hotline"', "24-hour hotline", 22, "write text between straight quotes"
    ),
    "a list without brackets": Slip(
        ALIVE, '["talk", "stay", "heal"]', '"talk"', 12, "write a list of texts: category ="
    ),
    "yes for true": Slip(ALIVE, "open_24h = true", "open_24h = yes", 23, "true or"),
    "true in quotes": Slip(ALIVE, "open_24h = true", 'open_24h = "true"', 23, "write open_24h = true or"),
    "a key is missing": Slip(
        ALIVE, 'save_as = "Info AL"\n', "", 9, 'write a neutral one: save_as = "Info AL"'
    ),
    # days and hours
    "a day in quotes": Slip(
        ALIVE, "checked = 2026-11-20", 'checked = "2026-11-20"', 25, "write a day without quotes"
    ),
    "an American day": Slip(ALIVE, "checked = 2026-11-20", "checked = 11/20/2026", 25, "2026-11-20"),
    "a day to come": Slip(
        ALIVE, "checked = 2026-11-20", "checked = 2027-11-20", 25, "write the day it was done"
    ),
    "no such day": Slip(
        ALIVE, "checked = 2026-11-20", "checked = 2026-11-31", 25, "write a date as year-month-day"
    ),
    "hours by the 12-hour clock": Slip(
        ALIVE, "open_24h = true", 'hours = ["Mon-Fri 8:30am-4pm"]', 23, 'write it as "Mon-Fri 8:30-16:00"'
    ),
    "hours beside day and night": Slip(
        ALIVE,
        "open_24h = true",
        'open_24h = true\nhours = ["Mon-Fri 8:30-16:00"]',
        24,
        "delete one of the two",
    ),
    "how it was checked": Slip(ALIVE, 'how = "read"', 'how = "phoned"', 26, "write one of: called, read"),
    "a month in words": Slip(ALIVE, "checked = 2026-11-20", "checked = Nov 20, 2026", 25, "2026-11-20"),
    "half a day": Slip(ALIVE, "checked = 2026-11-20", "checked = 2026-11", 25, "2026-11-20"),
    "hours that say day and night": Slip(
        ALIVE, "open_24h = true", 'hours = ["24/7"]', 23, "write open_24h = true in place of hours"
    ),
    # texts
    "an address for mail": Slip(
        ALIVE, "Answers day", "Write to ann@example.org. Answers day", 14, "write a number or website"
    ),
    "a text too long": Slip(
        ALIVE, "Answers day", "Answers " + "always " * 20 + "day", 14, "shorten it to at most 160"
    ),
    "HTML": Slip(ALIVE, "Answers day", "<b>Answers</b> day", 14, "write plain words without marks"),
    "a promise": Slip(ALIVE, "Answers day", "A safe line. Answers day", 14, "say it in other words"),
    "a telling contact": Slip(ALIVE, "Info AL", "Abuse Help", 17, 'write a neutral name: "Info AL"'),
    "an address of a confidential place": Slip(
        ALIVE, "Answers day", "At 12 Oak Street. Answers day", 14, "take it out"
    ),
    "a web address without https": Slip(
        ALIVE,
        "save_as",
        'website = "www.alivestl.org"\nsave_as',
        17,
        'write it as "https://example.org/help"',
    ),
    # ids and links
    "an id that is taken": Slip(
        COALITION, '[[service]]\nid = "mocadsv"', '[[service]]\nid = "alive"', 10, "choose another id"
    ),
    "a need that is not there": Slip(ALIVE, '"talk", ', '"tlak", ', 12, 'did you mean "talk"?'),
    "an entry that is not there": Slip(
        MOVANS, 'service = "movans"', 'service = "movan"', -1, 'did you mean "movans"?'
    ),
    "a state": Slip(
        ALIVE, 'save_as = "Info AL"', 'save_as = "Info AL"\nstatus = "pause"', 18, 'did you mean "paused"?'
    ),
    # guides
    "one step in single brackets": Slip(MOVANS, "[[step]]", "[step]", 13, "write [[step]]"),
    "numbered in quotes": Slip(MOVANS, "numbered = true", 'numbered = "yes"', -1, "write numbered = true or"),
    "a step without text": Slip(
        MOVANS, "text = ", "# text = ", -1, 'write text between quotes: text = "..."'
    ),
    "a guide without numbered": Slip(
        MOVANS, "numbered = true", "# numbered", -1, "write numbered = true or numbered = false"
    ),
    "an icon that is not there": Slip(MOVANS, 'icon = "bell"', 'icon = "bel"', -1, 'did you mean "bell"?'),
    # sites
    "a language": Slip(LOBBY, '["en", "es"]', '["en", "sp"]', 11, "write one of: ar, bs, en, es, vi, zh"),
    "a time zone": Slip(LOBBY, "America/Chicago", "America/StLouis", 10, "America/"),
    "a telling lobby": Slip(
        LOBBY, "Rooms, parking, bus stops", "Shelters and parking", -1, "write a neutral word"
    ),
    "a tile without a page": Slip(
        LOBBY, 'opens = "help"', 'lines = ["Ask us."]', -1, 'write opens = "help" in one [[tile]]'
    ),
    "a panel in inches": Slip(
        LOBBY, "width_mm = 268.0", 'width_mm = "21 in"', -1, "write a number of millimetres"
    ),
    # what one building changes
    "911 hidden": Slip(CHANGES, "", 'schema = 1\nhide = ["911"]\n', 2, "take it out of this list"),
    "a hidden entry misspelled": Slip(
        CHANGES, "", 'schema = 1\nhide = ["movan"]\n', 2, 'did you mean "movans"?'
    ),
    "a number reworded": Slip(
        CHANGES,
        "",
        'schema = 1\n[[reword]]\nservice = "alive"\nhint = "Ask us"\nnumber = "211"\n',
        5,
        "write one of: ",
    ),
}
TRANSLATIONS = {
    "a digit changed": ("911", "912", "write the same ones in the translation"),
    "a quote is missing": ('venir a cualquier hora"', "venir a cualquier hora", 'with a " at both ends'),
    "a quote inside": ("venir a cualquier hora", 'venir "a" cualquier hora', 'and \\" for a " inside'),
    "nothing translated": (
        "La policía puede venir a cualquier hora",
        "",
        'translate "Police can come at any hour"',
    ),
    "a sign that fonts lack": ("venir a cualquier hora", "venir \U0001f600", "write words instead"),
    "a wide letter": ("venir a", "venir \uff41", "type the plain letters instead"),
    "no room": ("venir a", "VENIR " * 20 + "A", "shorten it to at most 96"),
    "nobody stands for it": ("# status: draft", "# done", "write status: "),
}


@pytest.mark.parametrize("slip", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_gives_one_message_that_says_what_to_write(content, slip):
    path = content / slip.file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8") if slip.old else ""
    assert slip.old in text
    path.write_text(text.replace(slip.old, slip.new, 1) if slip.old else slip.new, encoding="utf-8")
    faults = check_folder(content, TODAY, icon_names())
    assert len(faults) == 1, "\n".join(map(str, faults))
    assert faults[0].file == slip.file
    assert slip.line in (-1, faults[0].line)
    _, semicolon, advice = faults[0].message.partition("; ")
    assert semicolon
    assert slip.says in advice, faults[0]


def test_a_file_in_the_encoding_of_windows_is_one_message(content):
    path = content / ALIVE
    path.write_bytes(path.read_text(encoding="utf-8").replace("ALIVE", "Alivé", 1).encode("cp1252"))
    (fault,) = check_folder(content, TODAY)
    assert str(fault).startswith(f"{ALIVE}:1: ")
    assert 'choose the encoding "UTF-8" when you save it' in fault.message


def test_a_file_with_a_wrong_ending_is_one_message(content):
    (content / ALIVE).rename(content / f"{ALIVE}.txt")
    (fault,) = check_folder(content, TODAY)
    assert str(fault) == f"{ALIVE}.txt:1: only .toml files belong here; rename it, or move it away"


@pytest.mark.parametrize(("old", "new", "says"), TRANSLATIONS.values(), ids=TRANSLATIONS)
def test_a_mistake_in_a_translation_gives_one_message_too(content, old, new, says):
    po = content / "words" / "es.po"
    text = po.read_text(encoding="utf-8")
    start = text.rindex("\n\n", 0, text.index('msgctxt "service.911.hint"'))
    if old == "911":
        start = text.rindex("\n\n", 0, text.index('msgstr "Llame al 911'))
    head, tail = text[:start], text[start:]
    place = tail.index("msgstr") if old == "911" else 0
    po.write_text(head + tail[:place] + tail[place:].replace(old, new, 1), encoding="utf-8")
    (message,) = refresh_files([po], word_entries(content)[1])
    assert message.startswith(f"{po}:")
    assert int(message.removeprefix(f"{po}:").partition(":")[0]) > 1
    assert says in message


def test_there_are_more_than_thirty():
    assert len(MISTAKES) + len(TRANSLATIONS) + 2 > 50

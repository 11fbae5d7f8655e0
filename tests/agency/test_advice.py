"""What `check` advises without refusing the set."""

import json
from datetime import date

from kiosk.checkup import judge_folder
from kiosk.cli import main

from .conftest import DATA
from .test_mistakes import ALIVE, CHANGES, LOBBY, MOVANS

TODAY = date(2026, 11, 29)


def test_the_shipped_texts_name_nobody():
    assert judge_folder(DATA, TODAY).persons == ()


def test_a_person_on_the_lobby_of_a_site_is_told(content):
    lobby = content / LOBBY
    text = lobby.read_text(encoding="utf-8")
    lobby.write_text(text.replace('hint = "', 'hint = "Ask for Maria Lopez, ', 1), encoding="utf-8")
    (named,) = judge_folder(content, TODAY).persons
    assert (named.file, "Maria Lopez" in named.message) == (LOBBY, True)


def test_a_person_in_an_entry_a_guide_or_a_site_is_told_with_the_line(content, capsys):
    for file, old in ((ALIVE, 'offers = "'), (MOVANS, 'text = "')):
        text = (content / file).read_text(encoding="utf-8")
        (content / file).write_text(text.replace(old, f"{old}Ask for Maria Lopez. ", 1), encoding="utf-8")
    (content / CHANGES).parent.mkdir()
    (content / CHANGES).write_text(
        'schema = 1\n[[reword]]\nservice = "alive"\nhint = "Ask for John Smith"\n', encoding="utf-8"
    )
    told = {(fault.file, fault.line): fault.message for fault in judge_folder(content, TODAY).persons}
    assert [file for file, _ in told] == [MOVANS, ALIVE, CHANGES]
    assert told[ALIVE, 15].startswith('"Maria Lopez" may be a person\'s name; ')
    assert told[CHANGES, 4].endswith(
        "; no screen names a person; take the name out, and write the role or the desk"
    )
    assert main(["check", str(content)]) == 0  # it may be none: no fault
    assert f'Advice: {ALIVE}:15: "Maria Lopez"' in capsys.readouterr().out
    assert main(["check", "--json", str(content)]) == 0
    assert [each["line"] for each in json.loads(capsys.readouterr().out)["persons"]][1] == 15

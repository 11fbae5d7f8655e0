"""What `check` advises without refusing the set."""

import json
from datetime import date

from kiosk.agency.advice import persons_named
from kiosk.cli import main

from .conftest import DATA
from .test_mistakes import ALIVE, CHANGES, MOVANS

TODAY = date(2026, 11, 29)


def test_the_shipped_texts_name_nobody():
    assert persons_named(DATA, TODAY) == ()


def test_a_person_in_an_entry_a_guide_or_a_site_is_told_with_the_line(content, capsys):
    for file, old in ((ALIVE, 'offers = "'), (MOVANS, 'text = "')):
        text = (content / file).read_text(encoding="utf-8")
        (content / file).write_text(text.replace(old, f"{old}Ask for Maria Lopez. ", 1), encoding="utf-8")
    (content / CHANGES).parent.mkdir()
    (content / CHANGES).write_text(
        'schema = 1\n[[reword]]\nservice = "alive"\nhint = "Ask for John Smith"\n', encoding="utf-8"
    )
    told = {(fault.file, fault.line): fault.message for fault in persons_named(content, TODAY)}
    assert [file for file, _ in told] == [MOVANS, ALIVE, CHANGES]
    assert told[ALIVE, 15].startswith('"Maria Lopez" may be a person\'s name; ')
    assert told[CHANGES, 4].endswith(
        "; no screen names a person; take the name out, and write the role or the desk"
    )
    assert main(["check", str(content)]) == 0  # it may be none: no fault
    assert f'Advice: {ALIVE}:15: "Maria Lopez"' in capsys.readouterr().out
    assert main(["check", "--json", str(content)]) == 0
    assert [each["line"] for each in json.loads(capsys.readouterr().out)["persons"]][1] == 15

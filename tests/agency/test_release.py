"""What keeps a set from going live is told line by line, and nothing else is."""

import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from kiosk import house
from kiosk.agency import release
from kiosk.agency.release import LONGEST_DAYS, lacks_of
from kiosk.agency.texts import word_entries
from kiosk.checkup import check_folder
from kiosk.cli import main
from kiosk.content.library import load_library
from kiosk.house import INTERPRETERS
from kiosk.words.workshop import update, write_compiled

GOOD = Path(__file__).parents[1] / "content" / "good"
TODAY = date(2026, 11, 20)


@pytest.fixture
def ready(tmp_path, monkeypatch):
    """A set that may go live, in English and Spanish; with interface words of its own."""
    assets, content = tmp_path / "assets", Path(copytree(GOOD, tmp_path / "data"))
    (assets / "words").mkdir(parents=True)
    (assets / "words" / "interpreters.toml").write_text(
        INTERPRETERS.read_text(encoding="utf-8").replace('"draft"', '"reviewed"\nreviewed_by = "A. Reader"')
    )
    (assets / "words" / "en.toml").write_text('[review]\nstatus = "reviewed"\n[page]\nback = "Back"\n')
    monkeypatch.setattr(house, "ASSETS", assets)
    monkeypatch.setattr(release, "ASSETS", assets)
    for path in content.glob("organizations/*.toml"):
        called = 'how = "called"\ncalled_by = "night advocate"\n'
        text = re.sub(r'how = "\w+"\n', called, path.read_text())
        path.write_text(text if path.stem != "emergency" else path.read_text())
    change(content / "sites" / "lobby.toml", r"languages = .*", 'languages = ["en", "es"]')
    change(content / "sites" / "lobby.toml", r"demo = true\n", "", at_least=0)
    (content / "words").mkdir()
    interface, texts = word_entries(content)
    for po, entries in (
        (assets / "words" / "es.po", interface),
        (content / "words" / "es.po", texts),
    ):
        update(po, entries)
        translated(po, entries)
    return content


def translated(po, entries):
    """Give each text a translation that somebody answers for."""
    text = po.read_text()
    text = re.sub(r'(msgid "(.*)"\nmsgstr )"\w*"\n', r'\1"\2 ES"\n', text)
    text = text.replace("reviewed ES", "reviewed").replace("es ES", "es")
    text = text.replace('msgid ""\nmsgstr " ES"', 'msgid ""\nmsgstr ""')
    po.write_text(
        re.sub(r"# status: .*", "# status: approved; reviewed-by: A. Reader; reviewed-on: 2026-12-01", text)
    )
    update(po, entries)
    write_compiled(po)


def change(path, pattern, new, at_least=1):
    text, count = re.subn(pattern, new, path.read_text())
    assert count >= at_least
    path.write_text(text)


def lacks(content, today=TODAY):
    assert check_folder(content, today) == ()
    return [str(lack) for lack in lacks_of(content, today)]


def test_a_set_that_lacks_nothing_may_go_live(ready):
    assert lacks(ready) == []


def test_a_number_that_was_only_read_is_named_with_its_line(ready):
    path = ready / "organizations" / "lake.toml"
    change(path, r'how = "called"\ncalled_by = .*\n', 'how = "read"\n')
    (lack,) = lacks(ready)
    line = path.read_text().split("\n").index('how = "read"') + 1
    assert lack.startswith(f"organizations/lake.toml:{line}: nobody has called 1-866-555-6682 yet; call it,")


def test_a_call_needs_a_role(ready):
    change(ready / "organizations" / "lake.toml", r"called_by = .*\n", "")
    (lack,) = lacks(ready)
    assert "nobody stands for the call to 1-866-555-6682" in lack


@pytest.mark.parametrize(("days", "expected"), [(LONGEST_DAYS, 0), (LONGEST_DAYS + 1, 1)])
def test_a_call_holds_for_half_a_year(ready, days, expected):
    day = TODAY - timedelta(days=days)
    change(ready / "organizations" / "lake.toml", r"checked = 2026-11-19", f"checked = {day}")
    assert len(lacks(ready)) == expected


def test_nobody_has_to_call_911_or_what_is_not_shown(ready):
    text = (ready / "organizations" / "emergency.toml").read_text()
    assert 'how = "read"' in text
    change(ready / "organizations" / "hill.toml", "called_by = .*\n", "")
    assert len(lacks(ready)) == 2
    change(ready / "organizations" / "hill.toml", 'save_as = "', 'status = "paused"\nsave_as = "')
    assert [lack for lack in lacks(ready) if lack.startswith("organizations/")] == []


def test_a_role_without_a_call_is_a_fault(ready):
    change(ready / "organizations" / "lake.toml", 'how = "called"', 'how = "read"')
    (fault,) = check_folder(ready, TODAY)
    assert 'write how = "called", or delete called_by' in str(fault)
    assert load_library(GOOD, date.max).services["hill"].phones[0].called_by is None


def test_texts_that_nobody_reviewed_are_counted_by_file(ready):
    po = ready / "words" / "es.po"
    change(po, "status: approved", "status: draft")
    write_compiled(po)
    found = lacks(ready)
    assert len(found) == 2
    assert re.match(
        r"words/es\.po:\d+: (\d+) of \1 texts are not reviewed \(draft \1\); let somebody", found[0]
    )
    assert "safety texts are not approved" in found[1]
    change(po, "status: draft", "status: reviewed")
    write_compiled(po)
    assert ["safety texts" in lack for lack in lacks(ready)] == [True]
    change(po, "; reviewed-by: A. Reader", "; reviewed-by: nobody yet")
    assert any("reviewed by nobody" in lack for lack in lacks(ready))


def test_a_language_without_a_file_or_out_of_step_is_named(ready):
    change(ready / "categories.toml", r'hint = ".*"', 'hint = "Other words"')
    assert any("out of step" in lack for lack in lacks(ready))
    (ready / "words" / "es.po").unlink()
    assert any("words/es.po:1: this language has no such file" in lack for lack in lacks(ready))


def test_a_language_that_calls_itself_a_draft_is_named(ready):
    po = ready.parent / "assets" / "words" / "es.po"
    change(po, 'msgstr "reviewed"', 'msgstr "draft"')
    write_compiled(po)
    (lack,) = lacks(ready)
    assert re.match(r"assets/words/es\.po:(?!1:)\d+: the language still says that it is a draft", lack)


def test_a_broken_translation_is_told_and_not_thrown(ready):
    (ready / "words" / "es.po").write_bytes(b'msgid "x\n\xff')
    assert [lack for lack in lacks(ready) if lack.startswith("words/es.po:1: ")]


def test_a_demonstration_is_named_by_its_mark_and_its_words(ready):
    site = ready / "sites" / "lobby.toml"
    change(site, r'operator = ".*"', 'operator = "This is a demonstration. Write here."\ndemo = true')
    found = [lack for lack in lacks(ready) if lack.startswith("sites/")]
    assert ["demo = false" in lack for lack in found] == [True, False]
    assert all(re.match(r"sites/lobby\.toml:\d+: ", lack) for lack in found)


def test_the_command_ends_with_one_while_something_lacks(ready, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("kiosk.agency.commands._icons", lambda: None)
    monkeypatch.setattr("kiosk.agency.commands._today", lambda: TODAY)
    kept = tmp_path / "kept"
    assert main(["check", str(ready), "--release"]) == 0
    assert "ready to go live" in capsys.readouterr().out
    change(ready / "organizations" / "lake.toml", r"called_by = .*\n", "")
    assert main(["check", str(ready), "--release", "--keep", str(kept)]) == 1
    assert "may go live: 1." in capsys.readouterr().out
    assert not kept.exists()
    assert main(["check", str(ready)]) == 0


def test_json_has_file_line_message_and_counts(ready, monkeypatch, capsys):
    monkeypatch.setattr("kiosk.agency.commands._icons", lambda: None)
    monkeypatch.setattr("kiosk.agency.commands._today", lambda: TODAY)
    assert main(["check", str(ready), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "path": str(ready),
        "faults": [],
        "lacks": None,
        "advice": None,
        "persons": [],
        "counts": {"faults": 0, "lacks": None},
    }
    change(ready / "organizations" / "lake.toml", r"called_by = .*\n", "")
    assert main(["check", str(ready), "--json", "--release"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["counts"] == {"faults": 0, "lacks": 1}
    assert set(said["lacks"][0]) == {"file", "line", "message"}
    change(ready / "organizations" / "lake.toml", "1-866-555-6682", "1-866-555-668")
    assert main(["check", str(ready), "--json", "--release"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["lacks"] is None
    assert said["counts"]["faults"] == len(said["faults"]) > 0
    assert all(isinstance(fault["line"], int) for fault in said["faults"])


def test_without_the_translation_tools_it_says_what_to_install(ready, monkeypatch, capsys):
    monkeypatch.setattr("kiosk.agency.commands._icons", lambda: None)
    monkeypatch.setattr("kiosk.agency.commands._today", lambda: TODAY)
    monkeypatch.setitem(sys.modules, "babel.messages.pofile", None)
    assert main(["check", str(ready), "--release"]) == 2
    assert 'pip install ".[test]"' in capsys.readouterr().err


def test_the_shipped_set_says_that_nobody_has_called(capsys):
    assert main(["check", "--release"]) == 1
    out = capsys.readouterr().out
    assert "nobody has called 314-993-2777 yet" in out
    assert "call it, then" in out
    assert "demonstration" in out


def test_interpreter_cards_that_nobody_read_are_listed(ready, tmp_path):
    cards = tmp_path / "assets" / "words" / "interpreters.toml"
    good = cards.read_text(encoding="utf-8")
    last = good.rindex('status = "reviewed"')
    cards.write_text(good[:last] + good[last:].replace("reviewed", "draft", 1), encoding="utf-8")
    (lack,) = lacks(ready)
    assert "1 of 25 interpreter cards are not reviewed and would show English only (Polish)" in lack
    cards.write_text("schema = 1", encoding="utf-8")
    (lack,) = lacks(ready)
    assert lack.startswith("assets/words/interpreters.toml:1: write schema = 1 and")


def test_a_review_on_no_day_is_none(ready):
    change(ready / "words" / "es.po", "; reviewed-on: 2026-12-01", "")
    assert any("approved on no day" in lack for lack in lacks(ready))

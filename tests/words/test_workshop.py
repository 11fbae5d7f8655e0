"""Keeping a .po in step with the English, compiling it, and what is said about it."""

import ast
import gettext
import io
from pathlib import Path

import pytest

from kiosk.words import workshop
from kiosk.words.catalog import UNAPPROVED
from kiosk.words.ledger import Entry, fingerprint
from kiosk.words.po import UnreadableError
from kiosk.words.workshop import (
    compile_catalog,
    faults,
    ledger,
    refresh,
    update,
    write_compiled,
)

HEADER = """# About this file.
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
HIDE = """
# Short: the button is narrow.
# status: reviewed; translated 2026-11-20; reviewed-by: Ana Pérez; reviewed-on: 2026-12-01; english: ac20a57b
msgctxt "strip.hide"
msgid "Hide"
msgstr "Ocultar"
"""
MORE = """
# status: draft; translated 2026-11-20; reviewed-by: nobody yet
msgctxt "page.more"
msgid "More ({part} of {count}), 24 hours"
msgstr "Más ({part} de {count}), 24 horas"
"""
ENTRIES = [("strip.hide", "Hide"), ("page.more", "More ({part} of {count}), 24 hours")]


@pytest.fixture
def po(tmp_path):
    path = tmp_path / "es.po"
    path.write_text(HEADER + HIDE + MORE, encoding="utf-8")
    return path


def shown(po: Path, id_: str, english: str) -> str:
    catalog = gettext.GNUTranslations(io.BytesIO(compile_catalog(po)))
    translated = catalog.pgettext(id_, english)
    return translated if translated != english else catalog.pgettext(UNAPPROVED + id_, english)


def test_a_file_in_step_stays_as_it_is(po):
    before = po.read_bytes()
    update(po, ENTRIES)
    assert po.read_bytes() == before
    write_compiled(po)
    assert faults(po, ENTRIES) == []


def test_the_order_is_that_of_the_entries(po):
    update(po, ENTRIES[::-1])
    assert po.read_text(encoding="utf-8") == HEADER + MORE + HIDE


def test_a_new_id_is_missing(po):
    update(po, [*ENTRIES, ("page.back", "Back")])
    block = '\n# status: missing\nmsgctxt "page.back"\nmsgid "Back"\nmsgstr ""\n'
    assert po.read_text(encoding="utf-8") == HEADER + HIDE + MORE + block
    assert shown(po, "page.back", "Back") == "Back"


def test_an_id_that_is_gone_is_dropped(po):
    update(po, ENTRIES[1:])
    assert po.read_text(encoding="utf-8") == HEADER + MORE


def test_changed_english_makes_a_translation_fuzzy(po):
    update(po, [("strip.hide", "Hide now"), ENTRIES[1]])
    block = """
# Short: the button is narrow.
# status: stale; translated 2026-11-20; reviewed-by: Ana Pérez; reviewed-on: 2026-12-01
#, fuzzy
#| msgid "Hide"
msgctxt "strip.hide"
msgid "Hide now"
msgstr "Ocultar"
"""
    assert po.read_text(encoding="utf-8") == HEADER + block + MORE
    assert shown(po, "strip.hide", "Hide now") == "Hide now"
    assert shown(po, "strip.hide", "Hide") == "Hide"


def test_fuzzy_stays_fuzzy_with_the_english_it_was_made_for(po):
    update(po, [("strip.hide", "Hide now")])
    once = po.read_text(encoding="utf-8")
    update(po, [("strip.hide", "Hide now")])
    assert po.read_text(encoding="utf-8") == once
    update(po, [("strip.hide", "Hide it all")])
    assert po.read_text(encoding="utf-8") == once.replace("Hide now", "Hide it all")


def test_english_that_comes_back_is_read_again_by_somebody(po):
    update(po, [("strip.hide", "Hide now")])
    update(po, [("strip.hide", "Hide")])
    assert shown(po, "strip.hide", "Hide") == "Hide"
    assert ledger(po)[0].status == "stale"


def test_changed_english_without_translation_is_just_missing(po):
    update(po, [("page.back", "Back")])
    update(po, [("page.back", "Go back")])
    assert "fuzzy" not in po.read_text(encoding="utf-8")
    assert ledger(po) == (Entry("page.back", "missing", ""),)


def test_a_new_language_begins_as_a_draft(tmp_path):
    po = tmp_path / "fr.po"
    update(po, [("review.status", "reviewed"), ("strip.hide", "Hide")])
    assert shown(po, "review.status", "reviewed") == "draft"
    assert '"Language: fr\\n"' in po.read_text(encoding="utf-8")
    assert "Date" not in po.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ['He said "no"', "two\nlines", "back\\slash", "tab\there", "¿Sigue aquí? 8:30\u00a0a.\u00a0m."]
)
def test_any_text_survives(tmp_path, text):
    po = tmp_path / "es.po"
    update(po, [("review.status", text)])
    update(po, [("review.status", text), ("a", "b")])
    assert [entry.status for entry in ledger(po)] == ["draft", "missing"]
    assert shown(po, "review.status", text) == "draft"


def test_nothing_is_left_beside_the_file(po):
    update(po, ENTRIES[1:])
    write_compiled(po)
    assert sorted(path.name for path in po.parent.iterdir()) == ["es.mo", "es.po"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Ocultar"', '"Ocultar'),
        ('"Ocultar"', 'Ocultar"'),
        ('msgstr "Ocultar"', 'msgstr"Ocultar"'),
        ('msgstr "Ocultar"', '<<<<<<< ours\nmsgstr "Ocultar"'),
        ('msgctxt "strip.hide"\n', ""),
        ('msgctxt "page.more"\n', 'msgctxt "strip.hide"\n'),
        ('msgid "Hide"\n', 'msgid "Hide"\nmsgid_plural "Hides"\n'),
    ],
)
def test_a_broken_file_is_left_alone(po, old, new):
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace(old, new), encoding="utf-8")
    before = po.read_bytes()
    with pytest.raises(UnreadableError, match=r"es\.po"):
        update(po, ENTRIES)
    assert po.read_bytes() == before


def test_a_broken_line_is_named(po):
    po.write_text(HEADER + HIDE.replace('"Ocultar"', '"Ocultar'), encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"es\.po:13: this line cannot be read"):
        ledger(po)


def test_another_encoding_is_refused(po):
    po.write_bytes((HEADER + HIDE).encode("latin-1"))
    with pytest.raises(UnreadableError):
        update(po, ENTRIES)


def test_the_compiled_file_is_sorted_and_always_the_same(po):
    once = compile_catalog(po)
    update(po, ENTRIES[::-1])
    assert compile_catalog(po) == once
    assert shown(po, "strip.hide", "Hide") == "Ocultar"
    assert shown(po, "", "Hide") == "Hide"


def test_a_safety_text_is_kept_apart_until_it_is_approved(po):
    found = gettext.GNUTranslations(io.BytesIO(compile_catalog(po)))
    assert found.pgettext("strip.hide", "Hide") == "Hide"
    assert found.pgettext(UNAPPROVED + "strip.hide", "Hide") == "Ocultar"
    po.write_text(
        po.read_text(encoding="utf-8").replace("status: reviewed", "status: approved"), encoding="utf-8"
    )
    found = gettext.GNUTranslations(io.BytesIO(compile_catalog(po)))
    assert found.pgettext("strip.hide", "Hide") == "Ocultar"


@pytest.mark.parametrize("name", ["11月", "tháng 11", "noviembre"])
def test_a_month_may_be_called_by_its_number(tmp_path, name):
    po = tmp_path / "zh.po"
    block = f'# status: draft\nmsgctxt "month.m11"\nmsgid "November"\nmsgstr "{name}"\n'
    po.write_text(HEADER + "\n" + block, encoding="utf-8")
    write_compiled(po)
    assert faults(po, [("month.m11", "November")]) == []


def test_the_ledger(po):
    assert ledger(po) == (
        Entry("strip.hide", "reviewed", "Ana Pérez", "2026-12-01", "2026-11-20", fingerprint("Hide")),
        Entry("page.more", "draft", "", origin="2026-11-20"),
    )


def test_a_fresh_review_is_stamped_with_the_english_that_was_read(po):
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace(f"; english: {fingerprint('Hide')}", ""), encoding="utf-8")
    assert any("run words" in fault for fault in faults(po, ENTRIES))
    update(po, ENTRIES)
    assert po.read_text(encoding="utf-8") == text


def test_a_review_of_another_english_counts_for_nothing_and_is_not_shown(po):
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace(fingerprint("Hide"), fingerprint("Hide it")), encoding="utf-8")
    assert shown(po, "strip.hide", "Hide") == "Hide"
    assert ledger(po)[0].status == "stale"
    assert any("another English was read" in fault for fault in faults(po, ENTRIES))


def test_changed_english_takes_the_stamp_away(po):
    update(po, [("strip.hide", "Hide it"), ENTRIES[1]])
    first = po.read_text(encoding="utf-8").split("msgctxt")[0]
    assert "status: stale" in first
    assert "english:" not in first


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"Ocultar"', '""', "strip.hide: missing"),
        ('msgid "Hide"', 'msgid "Hide it"', "strip.hide: stale"),
        ("({part} de {count})", "({parte} de {count})", "page.more: the placeholders differ"),
        ("({part} de {count})", "({part} de {count)", "page.more: the placeholders differ"),
        ("24 horas", "25 horas", "page.more: the digits differ: 24 in English, 25 here"),
        ("24 horas", "horas", "page.more: the digits differ: 24 in English, none here"),
        ("; reviewed-by: Ana Pérez", "", 'strip.hide: it is "reviewed" by nobody'),
        ("; reviewed-on: 2026-12-01", "", 'strip.hide: it is "reviewed" on no day'),
        ("2026-12-01", "last week", 'strip.hide: it is "reviewed" on no day'),
        ("status: draft", "status: missing", "page.more: its comment does not say"),
        ("page.more", "page.less", "page.more: missing"),
        ("page.more", "page.less", "page.less: no text has this id"),
    ],
)
def test_faults(po, old, new, fault):
    text = po.read_text(encoding="utf-8")
    assert old in text
    po.write_text(text.replace(old, new), encoding="utf-8")
    write_compiled(po)
    assert any(fault in each for each in faults(po, ENTRIES))


def test_a_compiled_file_out_of_step_is_a_fault(po):
    assert any("es.mo" in fault for fault in faults(po, ENTRIES))
    write_compiled(po)
    po.write_text(po.read_text(encoding="utf-8").replace("Ocultar", "Tapar"), encoding="utf-8")
    assert any("es.mo" in fault for fault in faults(po, ENTRIES))


@pytest.fixture
def folders(tmp_path):
    """Two folders as they are shipped: the interface and the content, here with one text each."""
    found = tmp_path / "assets", tmp_path / "data"
    for folder, block in zip(found, (HIDE, MORE), strict=True):
        folder.mkdir()
        (folder / "es.po").write_text(HEADER + block, encoding="utf-8")
    return found


def test_refresh_updates_and_compiles(folders):
    assert refresh(*folders, ENTRIES[:1], ENTRIES[1:]) == []
    assert all((folder / "es.mo").is_file() for folder in folders)
    assert refresh(*folders, ENTRIES[:1], ENTRIES[1:], check=True) == []


def test_refresh_says_what_is_left_to_do(folders):
    found = refresh(*folders, [("strip.hide", "Hide now")], [*ENTRIES[1:], ("page.back", "Back")])
    assert [fault.split(": ")[1:3] for fault in found] == [["strip.hide", "stale"], ["page.back", "missing"]]


def test_a_check_writes_nothing(folders):
    before = {path: path.read_bytes() for folder in folders for path in folder.iterdir()}
    assert len(refresh(*folders, [("strip.hide", "Hide now")], [], check=True)) == 4
    assert {path: path.read_bytes() for folder in folders for path in folder.iterdir()} == before


def test_refresh_goes_on_after_a_broken_file(folders):
    (folders[0] / "es.po").write_text('msgid "a\nmsgstr\n', encoding="utf-8")
    found = refresh(*folders, ENTRIES[:1], ENTRIES[1:])
    assert len(found) == 1
    assert "es.po:1: this line cannot be read" in found[0]
    assert (folders[1] / "es.mo").is_file()


def test_a_folder_without_languages_is_a_fault(tmp_path):
    assert len(refresh(tmp_path, tmp_path, ENTRIES, ENTRIES)) == 2


def test_a_language_in_one_folder_only_is_a_fault(folders):
    (folders[1] / "es.po").rename(folders[1] / "fr.po")
    found = refresh(*folders, ENTRIES[:1], ENTRIES[1:])
    assert sum("no such file yet" in fault for fault in found) == 2


def test_a_language_is_not_reviewed_while_one_text_is_a_draft(folders):
    entries = [("review.status", "reviewed"), *ENTRIES[:1]]
    assert refresh(*folders, entries, ENTRIES[1:]) == []
    po = folders[0] / "es.po"
    po.write_text(po.read_text(encoding="utf-8").replace('"draft"', '"reviewed"'), encoding="utf-8")
    found = refresh(*folders, entries, ENTRIES[1:])
    assert [fault.split(": ", 1)[1] for fault in found] == [
        'review.status says "reviewed", but 1 texts are not'
    ]


def test_the_running_kiosk_needs_no_babel():
    tree = ast.parse(Path(workshop.__file__).read_text(encoding="utf-8"))
    modules = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    modules += [name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names]
    assert not [module for module in modules if module and module.startswith("babel")]

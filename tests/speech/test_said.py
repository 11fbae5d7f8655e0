"""The list to record from: all that pages say is in it, and each line of it makes a clip."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import date
from shutil import copytree

import pytest

from kiosk.content.check import Check
from kiosk.content.clips import playable, read_clips
from kiosk.settings import KNOWN_LANGUAGES
from kiosk.ui import said
from tests.speech.recordings import write_ledger, write_wav
from tests.words.shipped import ROOT

HELP = "Help and community services, button. Health, family, housing, legal."
OLD = "Call 3 1 4, 5 5 5, 0 1 0 0."


def texts_of(lines: str) -> list[str]:
    return [tomllib.loads(line)["says"] for line in lines.splitlines() if line.startswith("says = ")]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_text_of_the_list_makes_a_clip(qapp, houses, tmp_path, monkeypatch, language):
    monkeypatch.setattr(said, "PANELS", ("1024x600",))
    found = said.all_said(houses["hospital-waiting-room"], language)
    listed = texts_of(said.as_lines(found, ()))
    assert listed == list(found)
    assert len(listed) > 300
    folder = tmp_path / "speech" / language
    lines = said.as_lines(found, ())
    entries = [
        f'[[clip]]\nfile = "a{number}.wav"\n{line}\nvoice = "advocate"\nrecorded = 2026-11-01\n'
        for number, line in enumerate(line for line in lines.splitlines() if line.startswith("says = "))
    ]
    write_wav(folder / "a0.wav", 0.01, 8000)
    for number in range(1, len(entries)):
        (folder / f"a{number}.wav").hardlink_to(folder / "a0.wav")
    (folder / "clips.toml").write_text("\n".join(["schema = 1", *entries]), encoding="utf-8")
    check = Check(date(2026, 11, 20), None)
    taken = read_clips(tmp_path, KNOWN_LANGUAGES, check)
    assert check.all_faults() == ()
    assert list(taken[language]) == listed


@pytest.mark.slow
def test_the_command_lists_what_is_said_and_names_what_is_said_no_more(tmp_path):
    content = tmp_path / "content"
    copytree(ROOT / "data", content)
    write_wav(content / "speech/en/help.wav")
    write_wav(content / "speech/en/old.wav")
    write_ledger(content / "speech/en", help=HELP, old=OLD)
    assert len(playable(content, ("en",), print)["en"]) == 2
    site = content / "sites/hospital-waiting-room.toml"
    out = tmp_path / "en.toml"
    command = [sys.executable, "run_kiosk.py", "said", "--content", content, "--out", out, "--site"]
    done = subprocess.run(
        [*command, site, "--language", "en"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert f'speech/en/clips.toml: no page says this, so it is not played: "{OLD}"' in done.stdout
    assert " texts, 1 of them recorded." in done.stdout
    assert f'says = "{HELP}"  # recorded' in out.read_text(encoding="utf-8")
    for arguments, told in (
        ([content / "sites/police-lobby.toml", "--language", "en"], "This site has no voice"),
        ([site, "--language", "xx"], '"xx" is no language of this site; write one of: en, es'),
    ):
        done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr

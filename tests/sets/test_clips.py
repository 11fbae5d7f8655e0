"""Recordings beside the content: what is taken, and what is refused by file and line; junk never raises."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkup import check_folder
from kiosk.cli import main
from kiosk.content import clips
from kiosk.content.check import Check
from kiosk.content.clips import Clip, as_wav, read_clip, read_clips
from kiosk.house import open_house
from kiosk.updates.archive import pack, unpack
from tests.speech.recordings import tone, write_ledger, write_wav
from tests.words.shipped import ROOT

DATA = ROOT / "data"
TODAY = date(2026, 11, 20)
SPEAKING = "hospital-waiting-room.toml"
HIDE = "Hide this screen now, button."


def read(folder: Path) -> tuple[clips.Clips, list[str]]:
    check = Check(TODAY, None)
    found = read_clips(folder, ("en", "es"), check)
    return found, [str(fault) for fault in check.all_faults()]


@pytest.fixture
def folder(tmp_path) -> Path:
    write_wav(tmp_path / "speech/es/hide.wav")
    write_ledger(tmp_path / "speech/es", hide="Oculte.")
    return tmp_path


def test_a_clip_is_found_by_exactly_what_it_says(folder):
    found, faults = read(folder)
    assert faults == []
    assert found == {"es": {"Oculte.": Clip(22050, tone(0.3).tobytes())}}


def test_a_set_without_recordings_has_none(tmp_path):
    assert read(tmp_path) == ({}, [])


def spoil_name(folder: Path) -> None:
    (folder / "speech/es/hide.wav").rename(folder / "speech/es/Mi voz.wav")
    write_ledger(folder / "speech/es", **{"Mi voz": "Oculte."})


FAULTS = [
    (lambda folder: (folder / "speech/en").touch(), "speech/en:1: this cannot be opened; make it a folder"),
    (lambda folder: (folder / "speech/es/hide.wav").unlink(), "es/clips.toml:4: hide.wav: this file is miss"),
    (lambda folder: write_wav(folder / "speech/es/b.wav"), "es/b.wav:1: no [[clip]] in clips.toml says what"),
    (
        lambda folder: (folder / "speech/es/clips.toml").unlink(),
        "es/clips.toml:1: the ledger of these record",
    ),
    (
        lambda folder: (folder / "speech/es/a.mp3").touch(),
        "es/a.mp3:1: only clips.toml and .wav files belong",
    ),
    (
        lambda folder: (folder / "speech/xx").mkdir(),
        "speech/xx:1: only folders of languages belong here; wri",
    ),
    (
        lambda folder: (folder / "speech/es/hide.wav").write_bytes(b"ID3"),
        "hide.wav: this is no WAV file that",
    ),
    (
        lambda folder: write_wav(folder / "speech/es/hide.wav", channels=2),
        "has 2 channels, 16 bit, 22050 Hz; s",
    ),
    (
        lambda folder: write_wav(folder / "speech/es/hide.wav", width=1),
        "recording has 1 channels, 8 bit, 22050",
    ),
    (
        lambda folder: write_wav(folder / "speech/es/hide.wav", hz=96000),
        "1 channels, 16 bit, 96000 Hz; save it",
    ),
    (
        lambda folder: write_wav(folder / "speech/es/hide.wav", 31, 8000),
        "is longer than 30 seconds; record one",
    ),
    (
        lambda folder: write_wav(folder / "speech/es/hide.wav", 90),
        "is larger than 2945536 bytes; save it as W",
    ),
    (
        lambda folder: write_wav(folder / "speech/es/hide.wav", 0.0),
        "this recording is silent; record it again",
    ),
    (
        lambda folder: write_ledger(folder / "speech/es", hide="One.", b="One."),
        "this says is already in line 5",
    ),
    (lambda folder: write_ledger(folder / "speech/es", hide=""), "clips.toml:5: the text is empty; write it"),
    (spoil_name, 'clips.toml:4: "Mi voz.wav" is no plain name; write small letters and digits: "hide.wav"'),
]


@pytest.mark.parametrize(("spoil", "told"), FAULTS, ids=[told[-30:] for _, told in FAULTS])
def test_each_fault_is_told_by_file_and_line_and_the_clip_left_out(folder, spoil, told):
    spoil(folder)
    found, faults = read(folder)
    assert any(told in fault for fault in faults), faults
    assert all(fault.startswith("speech/") and ";" in fault for fault in faults)
    if ".wav: this" in told:
        assert found == {"es": {}}


def test_a_recording_that_was_cut_off_is_told(folder):
    whole = (folder / "speech/es/hide.wav").read_bytes()
    (folder / "speech/es/hide.wav").write_bytes(whole[:-500])
    assert "cut off" in read(folder)[1][0]


def test_a_pipe_in_place_of_a_recording_holds_up_nobody(folder):
    (folder / "speech/es/hide.wav").unlink()
    os.mkfifo(folder / "speech/es/hide.wav")
    assert "this file is missing" in read(folder)[1][0]


def test_recordings_have_a_limit_in_all(folder, monkeypatch):
    monkeypatch.setattr(clips, "MOST_IN_ALL", 15_000)
    write_wav(folder / "speech/es/b.wav")
    write_ledger(folder / "speech/es", hide="Oculte.", b="Otra.")
    found, faults = read(folder)
    assert list(found["es"]) == ["Oculte."]
    assert "save them with 16000 Hz" in faults[0]


@given(st.binary(max_size=200), st.integers(0, 44))
def test_junk_is_refused_in_words_and_never_raises(tmp_path_factory, junk, kept):
    path = tmp_path_factory.getbasetemp() / "junk.wav"
    start = b"".join(as_wav(Clip(8000, b"\1\0" * 40), 1.0))
    path.write_bytes(start[:kept] + junk)
    try:
        assert read_clip(path).samples
    except ValueError as error:
        assert ";" in str(error)


@given(st.lists(st.integers(-32768, 32767), max_size=9000), st.floats(0.05, 1.0))
def test_what_is_handed_over_is_a_wav_file_with_every_sample_scaled(tmp_path_factory, samples, loudness):
    from array import array

    path = tmp_path_factory.getbasetemp() / "scaled.wav"
    path.write_bytes(b"".join(as_wav(Clip(8000, array("h", [*samples, 32767]).tobytes()), loudness)))
    clip = read_clip(path)
    assert clip.rate == 8000
    assert list(array("h", clip.samples)) == [int(each * loudness) for each in (*samples, 32767)]


@pytest.fixture
def content(tmp_path) -> Path:
    content = tmp_path / "content"
    copytree(DATA, content)
    write_wav(content / "speech/en/hide.wav")
    write_ledger(content / "speech/en", hide=HIDE)
    return content


def test_check_lists_faults_of_recordings_and_a_kiosk_goes_on_with_the_voice(content):
    assert check_folder(content, TODAY) == ()
    site = content / "sites" / SPEAKING
    told: list[str] = []
    assert list(open_house(content, site, told.append).clips["en"]) == [HIDE]
    (content / "speech/en/hide.wav").write_bytes(b"")
    assert [fault.file for fault in check_folder(content, TODAY)] == ["speech/en/clips.toml"]
    house = open_house(content, site, told.append)
    assert house.clips == {"en": {}}
    assert len(house.library.services) > 20
    assert any("speech/en/clips.toml:4: hide.wav: this is no WAV" in line for line in told)


def test_a_site_without_speech_reads_no_recording(content):
    assert open_house(content, content / "sites/police-lobby.toml").clips == {}


@pytest.fixture
def built(content, tmp_path) -> Path:
    out = tmp_path / "directory.kiosk"
    assert main(["build", "--content", str(content), "--out", str(out)]) == 0
    return out


def test_build_says_how_many_recordings_there_are(capsys, content, tmp_path):
    assert main(["build", "--content", str(content), "--out", str(tmp_path / "directory.kiosk")]) == 0
    assert ", 1 recordings, " in capsys.readouterr().out


def test_recordings_are_built_in_and_read_when_they_are_heard(content, built):
    house = open_house(built, Path(SPEAKING))
    assert house.clips["en"] == read(content)[0]["en"]
    assert list(house.clips) == ["en"]
    assert HIDE in house.clips["en"]
    assert "Hide, button." not in house.clips["en"]
    house.stored.close()
    house = open_house(built, Path("police-lobby.toml"))
    assert house.clips == {}  # a site without speech has no use for them
    house.stored.close()


def test_without_recordings_a_built_file_has_no_rows_for_them(content, tmp_path):
    (content / "speech/en/hide.wav").unlink()
    (content / "speech/en/clips.toml").unlink()
    (content / "speech/en").rmdir()
    out = tmp_path / "directory.kiosk"
    assert main(["build", "--content", str(content), "--out", str(out)]) == 0
    assert b"clip." not in out.read_bytes()


def test_a_damaged_recording_is_left_to_the_voice_and_told(built):
    raw = built.read_bytes()
    at = raw.index(b'{"rate":22050,"samples":"') + 1000
    built.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    house = open_house(built, Path(SPEAKING))
    assert HIDE in house.clips["en"]
    assert house.clips["en"].get(HIDE) is None
    assert [fault.file for fault in check_folder(built, TODAY)] == ["directory.kiosk"]
    house.stored.close()


def test_recordings_travel_with_a_published_set(content, tmp_path):
    unpack(pack(content), tmp_path / "there")
    assert read(tmp_path / "there") == read(content)
    assert read(content)[0]["en"].keys() == {HIDE}

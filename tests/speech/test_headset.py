"""What the kernel sends of a headset jack is understood, in whatever pieces it comes."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.headset import EV_SW, EVENT, SW_HEADPHONE_INSERT, Jack

PLUGGED = EVENT.pack(1700000000, 123456, EV_SW, SW_HEADPHONE_INSERT, 1)
PULLED = EVENT.pack(1700000001, 0, EV_SW, SW_HEADPHONE_INSERT, 0)
SYN = EVENT.pack(1700000001, 0, 0, 0, 0)
MICROPHONE = EVENT.pack(1700000001, 0, EV_SW, 4, 1)
A_KEY = EVENT.pack(1700000001, 0, 1, SW_HEADPHONE_INSERT, 1)  # of another type, with the same code


@pytest.fixture
def jack(tmp_path):
    os.mkfifo(tmp_path / "event5")
    fd = os.open(tmp_path / "event5", os.O_RDWR | os.O_NONBLOCK)
    found = Jack(str(tmp_path / "event5"))
    yield found, fd
    found.close()
    os.close(fd)


def test_an_event_is_24_bytes_on_this_machine_as_in_linux_input_h():
    assert EVENT.size == 24


def test_plugged_in_and_pulled_out_and_nothing_else(jack):
    found, fd = jack
    assert found.changes() == []
    os.write(fd, A_KEY + MICROPHONE + PLUGGED + SYN + PULLED + SYN)
    assert found.changes() == [True, False]
    assert found.changes() == []


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_it_does_not_matter_where_a_read_ends(tmp_path_factory, lengths):
    path = tmp_path_factory.mktemp("jack") / "event"
    os.mkfifo(path)
    fd = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    jack, sent, heard = Jack(str(path)), (SYN + PLUGGED + A_KEY + PULLED) * 2, []
    for length in [*lengths, len(sent)]:
        part, sent = sent[:length], sent[length:]
        os.write(fd, part)
        heard += jack.changes()
    jack.close()
    os.close(fd)
    assert heard == [True, False, True, False]


def test_a_device_that_is_gone_says_so(tmp_path):
    os.mkfifo(tmp_path / "event")
    jack = Jack(str(tmp_path / "event"))
    with pytest.raises(OSError, match="gone"):
        jack.changes()
    jack.close()
    with pytest.raises(OSError, match="No such file"):
        Jack(str(tmp_path / "none"))

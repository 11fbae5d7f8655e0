"""What is broken, huge or hostile: one clear message or a counted refusal, and nothing half."""

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import unicodedata
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.agency.imports import take
from kiosk.cli import main
from kiosk.exchange.feed import limits, opening, tally
from kiosk.exchange.feed.limits import FeedRefusedError
from kiosk.exchange.feed.tally import Tally
from kiosk.exchange.phone_text import numbers_in
from kiosk.exchange.plain_text import for_staff
from kiosk.exchange.staging import stage

from .feeds import a_service, page, zipped
from .staff import content_in, faults_in, filled, staged, table_of

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
ORGANIZATIONS = "id,name\no1,Agency\n"
SERVICES = "id,organization_id,name\ns1,o1,Help\n"


def refused(feed, out=None):
    with pytest.raises(FeedRefusedError) as told:
        stage(feed, BytesIO(), Tally())
    return str(told.value)


BROKEN = {
    "feed.json": (
        (b"", "no whole JSON"),
        (b'{"contents": [', "no whole JSON"),
        (b'{"contents": [{"id": "1", "name": "x"', "no whole JSON"),
        (b"[" * 100_000, "nests deeper than"),
        (b'{"a":' * 100_000, "nests deeper than"),
        (b'"text"', "JSON without records"),
        (b"{}", "nothing in this feed can be staged"),
        (b'{"contents": [1, null, "x", []]}', "an entry of a page is no object"),
        (b'{"id": "1"} {"id": "2"}', "no whole JSON"),
        (b'[{"id": "caf\xe9", "name": "x"}]', "Windows-1252"),
        (LAUGHS.encode(), "XML or HTML"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"%PDF-1.7", "PDF"),
        ('[{"id": "1"}]'.encode("utf-16-le"), "UTF-16 without its mark"),
        (b"[" + b'{"a": 1},' * 10 + b"]", "no whole JSON"),
        (b"[" + b"9" * 5_000 + b"]", "no whole JSON|no object"),
    ),
    "services.csv": (
        (b"", 'no column "id"'),
        (b"a,b\n1,2\n", 'no column "id"'),
        (b'id,name\n1,"never closed\n', "lone quote"),
        (b"id,name\n1," + b"x" * 1_100_000, "longer than"),
        (b'id,name\n1,"' + b"x" * 110_000 + b'"', "lone quote"),
        (b"id,name\n1,Caf\xe9\n", "Windows-1252"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "spreadsheet"),
        (b"id,name\n1,x\n", "belongs to no organization"),
        (b"id,name\n1,2,3\n", "too many or too few values"),
    ),
}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [(name, *each) for name, broken in BROKEN.items() for each in broken],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_is_broken_gets_one_clear_message(name, content, message, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    assert any(each in refused(path) for each in message.split("|"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / name).write_bytes(content)
    assert any(each in refused(tmp_path / "folder") for each in message.split("|"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_says_how_it_is_encoded_is_read(encoding, tmp_path):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([a_service(name="Caf\u00e9")], ensure_ascii=False), encoding=encoding)
    (row,) = staged(path)[0]
    assert row["name"] == "Caf\u00e9"
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "organizations.csv").write_text(ORGANIZATIONS, encoding=encoding)
    (tmp_path / "f" / "services.csv").write_text(SERVICES.replace("Help", "Caf\u00e9"), encoding=encoding)
    (row,) = staged(tmp_path / "f")[0]
    assert row["name"] == "Caf\u00e9"


def test_every_place_is_no_feed_unless_it_is_one(tmp_path):
    assert "there is no" in refused(tmp_path / "nothing.json")
    os.mkfifo(tmp_path / "pipe.json")
    assert "no plain file" in refused(tmp_path / "pipe.json")
    assert "has no file that ends in" in refused(tmp_path)
    (tmp_path / "feed.txt").write_text("x")
    assert "must end in" in refused(tmp_path / "feed.txt")


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    page(tmp_path, a_service(), name="real.json")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "feed.json").symlink_to(tmp_path / "real.json")
    assert "has no file that ends in" in refused(tmp_path / "folder")


def test_a_zip_bomb_stops_where_it_grows(tmp_path):
    bomb = zipped(tmp_path / "bomb.zip", {"feed.json": b"[" + b" " * 20_000_000 + b"]"})
    assert "grows more than" in refused(bomb)


def test_all_members_together_have_one_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(opening.Budget.__init__, "__defaults__", (150,))
    feed = zipped(tmp_path / "many.zip", {f"{n}.json": "[" + " " * 50 + "]" for n in range(4)})
    assert "larger than" in refused(feed)


@pytest.mark.parametrize(
    "name",
    ["../services.csv", "/etc/services.csv", "a/../../services.csv", "C:\\services.csv", "a\\..\\b.csv"],
)
def test_a_member_that_leads_elsewhere_refuses_the_whole(name, tmp_path):
    feed = zipped(tmp_path / "feed.zip", {"organizations.csv": ORGANIZATIONS, name: SERVICES})
    assert "leads elsewhere" in refused(feed)
    assert {path.name for path in tmp_path.iterdir()} == {"feed.zip"}


def test_zip_files_that_lie(tmp_path):
    whole = zipped(tmp_path / "feed.zip", {"organizations.csv": ORGANIZATIONS, "services.csv": SERVICES})
    good = whole.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(good[: len(good) // 2])
    assert "broken or cut off" in refused(cut)
    place = good.rindex(b"PK\x05\x06") + 12
    cut.write_bytes(good[:place] + struct.pack("<L", 2**30) + good[place + 4 :])
    assert "too many members" in refused(cut)
    for at in range(0, len(good), 3):  # every third byte wrong, one after the other
        cut.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        try:
            stage(cut, BytesIO(), Tally())
        except FeedRefusedError as error:
            assert str(error)
    with zipfile.ZipFile(whole, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("services.csv", SERVICES)
    assert "two members of one name" in refused(whole)
    nested = zipped(tmp_path / "nested.zip", {"services.csv": good})
    assert "in another file" in refused(nested)


def test_rows_are_limited_and_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(tally, "MOST_ROWS", 3)
    assert "more than 3 rows" in refused(page(tmp_path, a_service(), a_service(id="s2")))
    monkeypatch.undo()
    rows, counts = staged(page(tmp_path, a_service(), a_service(), a_service(id="")))
    assert len(rows) == 1
    assert counts.left_out == {
        "a service with this id was read before": 1,
        "a service has no id": 1,
        "a number belongs to nothing": 1,
    }


def test_records_that_point_at_each_other_end(tmp_path):
    (tmp_path / "organizations.csv").write_text("id,name,parent_organization_id\no1,A,o2\no2,B,o1\n")
    (tmp_path / "services.csv").write_text("id,organization_id,name,program_id\ns1,o1,Help,s1\n")
    (tmp_path / "locations.csv").write_text("id,organization_id,location_id\nl1,o1,l1\n")
    (tmp_path / "service_at_location.csv").write_text("id,service_id,location_id\nt1,s1,l1\nt1,s1,l1\n")
    (tmp_path / "contacts.csv").write_text("id,contact_id,service_id,name\nk1,k1,s1,\n")
    (tmp_path / "phones.csv").write_text("id,service_id,location_id,number\np1,s1,l1,314-555-0123\n")
    (row,) = staged(tmp_path)[0]
    assert row["number"] == "314-555-0123"


def test_text_that_is_no_text_stays_harmless(tmp_path):
    odd = '=HYPERLINK("http://x")<img src=x onerror=alert(1)>\u202egnp.\x00\x1b[31m\ud800&lt;b&gt;'
    service = a_service(
        id=odd, name=odd, description=odd, organization={"id": odd, "name": odd, "description": odd}
    )
    (row,) = staged(page(tmp_path, service))[0]
    for value in row.values():
        assert not set("\x00\x1b\u202e\ud800") & set(value)
        assert "<img" not in value
        assert "<b>" not in value
    assert table_of([row]).count(b"'=HYPERLINK") >= 3


@settings(max_examples=60)
@given(*[st.text(st.sampled_from("0123456789-() x.ext#AaTY,/+\u0663"), max_size=60)] * 3)
def test_no_number_is_made_of_other_digits(number, extension, vanity):
    found, reasons = numbers_in(number, "", "", extension, vanity)
    assert found or reasons
    digits = "".join(str(unicodedata.digit(sign)) for sign in number if sign.isdecimal())
    for each in found:
        staged_digits = each.number.replace("-", "")
        assert staged_digits in digits or each.shown_as
        if each.extension:
            assert each.extension.split()[1] in digits + extension


@pytest.mark.parametrize(
    "sign", ["a", "1", "-", "1-", "A1-", "(", "x ", "1 a ", "<a", "&lt;", "a.", "@", "a@a."]
)
def test_no_text_takes_longer_than_its_length_warrants(sign):
    text = sign * (100_000 // len(sign))
    for_staff(text, lambda _: False)
    numbers_in(text[:200], text, text, text, text)
    numbers_in("314-" + sign * 90)


def killed_while(code, *arguments):
    """Run `code` in a process that kills itself with SIGKILL; return how it ended."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, check=False, timeout=120
    ).returncode


def test_killed_while_it_reads_it_leaves_no_staging_file(tmp_path):
    feed = page(tmp_path, *(a_service(id=f"s{n}") for n in range(50)))
    code = (
        "import os, signal, sys\n"
        "from kiosk.exchange import judging\n"
        "rows = judging.Judge.rows\n"
        "def slain(self, service):\n"
        "    if service.id == 's30': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return rows(self, service)\n"
        "judging.Judge.rows = slain\n"
        "from kiosk.cli import main\n"
        "main(['import', sys.argv[1], '--out', sys.argv[2]])\n"
    )
    before = set(tmp_path.iterdir())
    assert killed_while(code, feed, tmp_path / "staging.csv") == -signal.SIGKILL
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("links", [0, 1, 2])
def test_killed_while_it_takes_the_same_take_ends_it(links, tmp_path):
    services = [a_service(id=f"s{n}", organization={"id": f"o{n}", "name": f"A {n}"}) for n in range(3)]
    rows = [filled(row) for row in staged(page(tmp_path, *services))[0]]
    rows = [{**row, "number": f"314-555-013{n}"} for n, row in enumerate(rows)]
    table = tmp_path / "staging.csv"
    table.write_bytes(table_of(rows))
    contents = [content_in(tmp_path / name) for name in ("killed", "whole")]
    code = (
        "import os, signal, sys\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from kiosk.agency import imports\n"
        "link, left = os.link, [int(sys.argv[3])]\n"
        "def slain(old, new):\n"
        "    if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    left[0] -= 1\n"
        "    link(old, new)\n"
        "os.link = slain\n"
        "imports.take(Path(sys.argv[1]), Path(sys.argv[2]), date(2026, 11, 20), lambda _: ())\n"
    )
    assert killed_while(code, contents[0], table, links) == -signal.SIGKILL
    assert faults_in(contents[0], TODAY) == ()
    assert len(list(contents[0].glob("organizations/70*"))) == links
    for content in contents:
        take(content, table, TODAY, lambda folder: faults_in(folder, TODAY))
    files = [{path.name: path.read_bytes() for path in each.glob("organizations/*")} for each in contents]
    assert files[0] == files[1]
    assert len(files[1]) == 4
    assert take(contents[0], table, TODAY, lambda folder: faults_in(folder, TODAY))[0] == ()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_million_rows_need_no_more_memory_than_a_few(kind, tmp_path):
    if kind == "csv":
        (tmp_path / "organizations.csv").write_text(ORGANIZATIONS)
        (tmp_path / "services.csv").write_text(SERVICES)
        with (tmp_path / "phones.csv").open("w") as file:
            file.write("id,service_id,number,description\n")
            file.writelines(f"p{n},s{n % 9},314-555-0123,{'x' * 60}\n" for n in range(1_000_000))
        feed = tmp_path
    else:
        feed = tmp_path / "feed.json"
        with feed.open("w") as file:
            file.write('{"contents": [' + json.dumps(a_service()))
            file.writelines(f',{{"id": "o{n}", "name": "A", "website": "x"}}' for n in range(1_000_000))
            file.write("]}")
    out = tmp_path / "staging.csv"
    done = subprocess.run(
        [sys.executable, "run_kiosk.py", "import", str(feed), "--out", str(out)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (400 * 1024 * 1024,) * 2),
    )
    assert done.returncode == 0, done.stderr
    assert "Read: 100000" in done.stdout
    assert out.is_file()


def test_the_command_writes_whole_or_nothing_and_says_why(tmp_path, capsys):
    out = tmp_path / "staging.csv"
    assert main(["import", str(tmp_path / "none.json"), "--out", str(out)]) == 1
    assert "Nothing is written." in capsys.readouterr().out
    assert not out.exists()
    feed = page(tmp_path, a_service(), a_service(id="s2", status="defunct"))
    assert main(["import", str(feed), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "Staged: 1 services in 1 rows." in told
    assert "1  left out: a service is closed or inactive" in told
    assert main(["import", "--out", str(out)]) == 2
    assert main(["import", str(feed), "--take", str(out)]) == 2
    with pytest.raises(SystemExit):
        main(["import", str(feed), "--out", str(tmp_path / "staging.xlsx")])
    assert main(["import", "--take", str(out), "--content", str(content_in(tmp_path / "data"))]) == 1
    assert limits.MOST_ROWS > 1_000_000

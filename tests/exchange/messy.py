"""A feed with every mess there is; `messy_forms` writes it as directories send theirs.

What is planted is never to be put forward for a screen: persons, their addresses for mail, streets, hours
that sound like day and night. Numbers come with what has to become of each.
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import NamedTuple

from kiosk.exchange.phone_pieces import COSTS, FAX, GONE, PRIVATE
from kiosk.exchange.phone_text import EMPTY, NO_NUMBER, NOT_TEXT

PERSONS = ("Maria Gonzalez", "Robert O'Hare", "Keisha Brown", "Jean-Luc Petit", "Jane Doe")
MAIL = (
    "jane.doe＠example.org",
    "jane.doe @ example.org",
    "jane.doe@example",
    "jane.doe@example.org",
    "r.ohare@example.com",
    "maria [at] example.org",
    "keisha at example dot org",
)
STREETS = (
    "1200 Market Street",
    "55 Oak Ave, Suite 4",
    "9 N Hidden Lane",
    "P.O. Box 12",
    "4411 N. Newstead",
    "One Memorial Drive",
    "RR 2 Box 45",
    "77 Elm St, MO 63101",
)


class Planted(NamedTuple):
    """A number as a feed writes it; what is staged of it as (number, kind, label, keyword); the reasons."""

    spelled: str
    staged: tuple[tuple[str, str, str, str], ...] = ()
    reasons: tuple[str, ...] = ()


def voice(number="314-555-{n}", label="", kind="voice", keyword=""):
    return (number, kind, label, keyword)


ONE, OTHER = voice(), voice("314-556-{n}")
NUMBERS = (
    Planted("314-555-{n} x12", (voice(label="Extension 12"),)),
    Planted("(314) 555-{n} ext. 3 or 4", (voice(label="Extension 3 or 4"),)),
    Planted("(314) 555-{n}, Exts 3/4", (voice(label="Extension 3 or 4"),)),
    Planted("314-555-{n} ext. twelve", (ONE,)),
    Planted("314-555-{n} ext 12 - Maria Gonzalez", (voice(label="Extension 12"),)),
    Planted("tel:+1-314-555-{n};ext=12", (voice(label="Extension 12"),)),
    Planted("1-800-HELP-NOW", (voice("1-800-435-7669"),)),
    Planted("(800)273-TALK", (voice("800-273-8255"),)),
    Planted("1-866-FOR-LIGHT", (), (NO_NUMBER,)),
    Planted("1-866-5-M0VANS", (), (NO_NUMBER,)),
    Planted("911", (voice("911"),)),
    Planted("Dial 9-1-1", (voice("911"),)),
    Planted("988 press 1", (voice("988", "Then press 1"),)),
    Planted("text HOME to 741741", (voice("741741", kind="text", keyword="HOME"),)),
    Planted('Text "HOME" to 741-741', (voice("741741", kind="text", keyword="HOME"),)),
    Planted(
        "Text LOVEIS to 22522 or call 314-555-{n}",
        (voice("22522", kind="text", keyword="LOVEIS"), ONE),
    ),
    Planted("741741", (), (NOT_TEXT,)),
    Planted("TTY 314-555-{n}", (voice(kind="tty"),)),
    Planted("314-555-{n}/TTY 314-556-{n}", (ONE, voice("314-556-{n}", kind="tty"))),
    Planted("314-555-{n} (Voice/TTY)", (ONE,)),
    Planted("TTY 711", (voice("711", kind="tty"),)),
    Planted("314-555-{n} or 314-556-{n}", (ONE, OTHER)),
    Planted("314-555-{n}; 314-556-{n} (fax)", (ONE,), (FAX,)),
    Planted("T 314-555-{n} F 314-556-{n}", (ONE,), (FAX,)),
    Planted("314-555-{n} (F)", (), (FAX,)),
    Planted("314-555-{n} (Maria cell)", (), (PRIVATE,)),
    Planted("314-555-{n} unlisted, staff only", (), (PRIVATE,)),
    Planted("do not publish 314-555-{n}", (), (PRIVATE,)),
    Planted("314-555-{n} (disconnected)", (), (GONE,)),
    Planted("OLD: 314-556-{n} NEW: 314-555-{n}", (ONE,), (GONE,)),
    Planted("1-900-555-{n}", (), (COSTS,)),
    Planted("1-284-555-{n}", (), (COSTS,)),
    Planted("314-555-{n} (c)", (), (PRIVATE,)),
    Planted("(h) 314-555-{n}", (), (PRIVATE,)),
    Planted("314-555-{n} law enforcement only", (), (PRIVATE,)),
    Planted("backline 314-555-{n}", (), (PRIVATE,)),
    Planted("314-555-{n} (efax)", (), (FAX,)),
    Planted("314-555-{n} Telefax", (), (FAX,)),
    Planted("314-555-{n} fx", (), (FAX,)),
    Planted("314-555-{n} not working", (), (GONE,)),
    Planted("314-556-{n} (moved to 314-555-{n})", (ONE,), (GONE,)),
    Planted("was 314-556-{n} now 314-555-{n}", (ONE,), (GONE,)),
    Planted("previously 314-556-{n}, now 314-555-{n}", (ONE,), (GONE,)),
    Planted("314\u00b7555\u00b7{n}", (ONE,)),
    Planted("314-555-{n} extn. 4", (voice(label="Extension 4"),)),
    Planted("٣١٤-555-{n}", (ONE,)),
    Planted("３１４－５５５－{n}", (ONE,)),
    Planted("\u202a314\u2011555\u2011{n}\u202c", (ONE,)),
    Planted("314\x00555\u200b{n}", (ONE,)),
    Planted("<a href='tel:314'>314-555-{n}</a>", (ONE,)),
    Planted("+44 20 7946 0958", (), (NO_NUMBER,)),
    Planted("314-555-O1OO", (), (NO_NUMBER,)),
    Planted("555-{n}", (), (NO_NUMBER,)),
    Planted("0", (), (NO_NUMBER,)),
    Planted("N/A", (), (NO_NUMBER,)),
    Planted(" \u00a0 ", (), (EMPTY,)),
    Planted("314-555-{n}" + " x" * 200, (), (NO_NUMBER,)),
)
HOURS = (
    "24 hrs except holidays",
    "Mon-Fri 9-5, hotline 24/7",
    "Open 24 hours; ask for Maria Gonzalez",
    "round the clock, 7 days a week",
    "always open",
    "By appointment at 1200 Market Street",
    "M-F 8:30a-4:30p; call Dr. Jane Doe after hours",
    "",
)
HOURS_OF_ANY_SPELLING = (
    *("24 x 7", "24x7x365", "24|7", "7/24", "24 hs", "24 horas", "las 24 horas", "24 ore", "24\u5c0f\u65f6"),
    *("anytime", "all day, every day", "365 days a year", "day & night", "day/night", "non-stop", "H24"),
    *("Open always", "abierta siempre", "midnight to midnight", "0000-2400", "12am-12am daily"),
    "Sun-Sat 12:00am-11:59pm",
)
NAMING = (
    *(
        "Contact M. Lopez for intake.",
        "Call Prof. Brown at the desk.",
        "POC: J.D. Smith",
        "Hablar con Jos\u00e9 Pe\u00f1a",
    ),
    *(
        "Intake worker Ngozi Okafor",
        "Therapist: LaToya O'Neal",
        "Run by SMITH, JOHN.",
        "Smith, John answers.",
    ),
    *(
        "MARIA LOPEZ answers.",
        "Xiu Chen, Executive Director, runs it.",
        "Ask for Rabbi Cohen.",
        "In memory of Ann Roe",
    ),
)
PLACES = (
    *(
        "Located at 4411 N. Newstead.",
        "4411 Newstead",
        "500 W Main",
        "123-B Elm",
        "Twelve Oak Court",
        "POB 12",
    ),
    *("RR 2 Box 45", "at the corner of Grand and Olive", "Go to 12th & Locust", "behind St. Mary's Church"),
    *("across from the Schnucks", "https://maps.google.com/?q=4411+Newstead", "Women's Shelter, 500 W Main"),
)
LETTERS = ("jane@example", "jane \uff20 example.org", "email Jane at example.org", "jane.doe @ example.org")
HARMLESS = (
    *(
        "988 Lifeline answers.",
        "Call 211 Helpline.",
        "Founded in 1982 Downtown.",
        "Apply online at stlouis.gov.",
    ),
    *(
        "We help at the door.",
        "Ask for the victim advocate.",
        "Alma Martinez House",
        "Barnes-Jewish Hospital",
    ),
)
TIMES = (
    ("0000", "2400"),
    ("24:00", "24:00"),
    ("00:00", "23:59"),
    ("00:00", "00:00"),
    ("12:00 AM", "12:00 AM"),
    ("0:00", "24:00"),
    ("00:00:00Z", "23:59:59Z"),
    ("8:00am", "5:00pm"),
    ("", ""),
    ("noon", "midnight"),
)
NAMES = (
    "FOOD PANTRY",
    "Counseling <b>Center</b>",
    "Women\u2019s Shelter",
    "24/7 Crisis Line",
    "Legal\x00 Aid\x07 \u202eevil",
    "Dr. Jane Doe",
    "Jane Doe, LCSW",
    "KEISHA BROWN, LCSW",
    "Law Office of Jane Doe",
    "LAW OFFICE OF JANE DOE",
    "Contact: Maria Gonzalez",
    "Safe House, 1200 Market Street",
    "Write to jane.doe@example.org",
    "Maria Gonzalez",
    "=HYPERLINK(\"http://x\")",
    "N\u00e4chstenhilfe \u5e2e\u52a9 \U0001f198",
    "x" * 400,
)  # fmt: skip
URLS = ("example.org", "http://example.org", "https://example.org/a", "https://jane.doe@example.org/",
        "https://example.org/?to=jane.doe%40example.org", "https://example.org/?token=abc123",
        "https://example.org/#access_token=1", "https://192.168.0.1/",
        "https://bit.ly/x", "https://example.org/staff/jane-doe", "javascript:alert(1)", "")  # fmt: skip


class Service(NamedTuple):
    """One planted service."""

    id: str
    name: str
    text: str
    url: str
    hours: str
    times: tuple[str, str]
    planted: Planted
    person: str
    mail: str
    street: str


def services(count):
    """Return services of which each has the next mess of every kind."""
    kinds = (NAMES, URLS, HOURS, TIMES, NUMBERS, PERSONS, MAIL, STREETS)
    rows = zip(*map(cycle, kinds), strict=True)
    return [_service(index, *row) for index, row in enumerate(islice(rows, count))]


def _service(index, name, url, hours, times, planted, person, mail, street):
    four = f"{index % 10_000:04}"
    text = (
        f"We help people. Contact {person} at {street}. {hours}. Mail {mail}. Director: {person}.\r\n"
        f"<script>alert(1)</script>&lt;img src=x&gt;\x07 \u202e"
    )
    here = Planted(
        planted.spelled.replace("{n}", four),
        tuple((number.format(n=four), *rest) for number, *rest in planted.staged),
        planted.reasons,
    )
    return Service(f"s{index}", f"{name} {index}", text, url, hours, times, here, person, mail, street)

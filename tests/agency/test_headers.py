"""A wrong or missing header gives one message that names the right one, and none for the keys below it."""

from __future__ import annotations

import pytest

from kiosk.checkup import check_folder
from kiosk.house import icon_names

from .test_mistakes import ALIVE, LOBBY, MOVANS, TODAY

HEADERS = {  # (file, the header as it is to be written): what is written in its place
    (ALIVE, "[[service.phone]]"): (
        *(
            "[[phone]]",
            "[phone]",
            "[[phones]]",
            "[service.phone]",
            "[[service.phones]]",
            "[[services.phone]]",
        ),
        *("[[organization.phone]]", "[[phone.service]]", "[service_phone]", "[[hours]]", "[[service.hours]]"),
        *("[[service.phone.hours]]", "[[service]]", "[[number]]", "[[contact]]", "[[service.phone]"),
        *("[[service phone]]", '[["service.phone"]]', "[[Service.Phone]]", "[[service.phone]]:"),
    ),
    (ALIVE, "[[service]]"): (
        *("[service]", "[[services]]", "[[Service]]", "[[organization.service]]", "[[entry]]", "[[service]"),
        "[[organization]]",
    ),
    (ALIVE, "[organization]"): ("[[organization]]", "[organisation]", "[org]", "[agency]", "[service]"),
    (MOVANS, "[[step]]"): ("[[steps]]", "[[guide.step]]", "[[guide]]", "[guide.step]", "[[part]]"),
    (MOVANS, "[guide]"): ("[[guide]]", "[guides]", "[movans]", "[step]"),
    ("categories.toml", "[[category]]"): ("[category]", "[[categories]]", "[[need]]", "[[danger]]"),
    (LOBBY, "[[here]]"): ("[here]", "[[note]]"),
    (LOBBY, "[panel]"): ("[[panel]]", "[site.panel]"),
}
LOST_HEADERS = (
    (ALIVE, "[[service]]\n", "[[service]]"),
    (ALIVE, "[organization]\n", "[organization]"),
    (MOVANS, "[[step]]\n", "[[step]]"),
    (LOBBY, "[[here]]\n", "[[here]]"),
    ("categories.toml", "[[category]]\n", "[[category]]"),
)
BELOW_THE_LAST_NUMBER = {
    '[[service.phone.hours]]\nday = "Mon"\nopens = "8:30"': 'write hours = ["Mon-Fri 8:30-16:00"] below',
    '[website]\nurl = "https://example.org"': "write website = ... below [[service]]",
    "[[service.phone]]": "write its keys there, or delete this line",
    'number = "211"\nlabel = "x"\nsource = "x"': "write [[service.phone]] above this line",
    'id = "x"\nname = "X"\ncategory = ["talk"]\nsummary = "Helps."': "write [[service]] above this line",
    '[organization]\nid = "x"\nname = "X"': "into a file of its own",
    "service.phone": "write [[name]] in double brackets",
}


def only_fault(content, file, text):
    (content / file).write_text(text, encoding="utf-8")
    faults = check_folder(content, TODAY, icon_names())
    assert len(faults) == 1, "\n".join(map(str, faults))
    assert faults[0].file == file
    return faults[0]


@pytest.mark.parametrize(
    ("file", "right", "wrong"), [(*place, wrong) for place, several in HEADERS.items() for wrong in several]
)
def test_a_wrong_header_is_one_message_that_names_the_right_one(content, file, right, wrong):
    text = (content / file).read_text(encoding="utf-8")
    fault = only_fault(content, file, text.replace(f"{right}\n", f"{wrong}\n", 1))
    assert f"write {right}" in fault.message
    assert (content / file).read_text(encoding="utf-8").split("\n")[fault.line - 1] == wrong


@pytest.mark.parametrize(("file", "lost", "says"), LOST_HEADERS)
def test_a_header_that_is_missing_is_one_message_that_names_it(content, file, lost, says):
    text = (content / file).read_text(encoding="utf-8")
    fault = only_fault(content, file, text.replace(lost, "", 1))
    assert fault.message.endswith(f"; write {says} above this line")


@pytest.mark.parametrize(("more", "says"), BELOW_THE_LAST_NUMBER.items())
def test_what_does_not_belong_below_a_number_is_one_message(content, more, says):
    text = (content / ALIVE).read_text(encoding="utf-8")
    assert says in only_fault(content, ALIVE, f"{text}\n{more}\n").message

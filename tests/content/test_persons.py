"""A person named in a text is noticed; agencies, programmes and houses named after somebody are not."""

import pytest

from kiosk.content.persons import person_in

PERSONS = {
    "Please ask for Maria Lopez.": "Maria Lopez",
    "contact: John Smith": "John Smith",
    "Dr. Jane Doe sees patients on Monday.": "Jane Doe",
    "Ask for Maria at the desk.": "Maria",
    "Maria Lopez answers on Mondays.": "Maria Lopez",
    "Ask for Ngozi Okafor.": "Ngozi Okafor",
    "Director: Keisha O'Hare": "Keisha O'Hare",
    "Talk to Officer Brown.": "Brown",
    "Judge Mary Smith hears cases.": "Mary Smith",
}
NONE = (
    *(
        "Call Crime Victims.",
        "Ask for the victim advocate.",
        "Ask for Victim Services.",
        "Call Safe Connections.",
    ),
    *(
        "Call Alma Martinez House.",
        "Go to Barnes-Jewish Hospital.",
        "Call Lydia's House.",
        "Officer in charge",
    ),
    *("Contact Legal Services of Eastern Missouri.", "Contact Catholic Charities.", "Call the Missouri Bar."),
    *(
        "The Martha Washington Home",
        "Contact Annie Malone Children and Family Services.",
        "Call Queen of Peace.",
    ),
    *("Ask for Juan Diego Center.", "the Karen Smith Foundation", "Executive Director, Peninsula Volunteers"),
    *("Ask for a Spanish interpreter.", "Speak with Victim Witness Unit.", "Mark the day.", "In May or June"),
)


@pytest.mark.parametrize(("text", "said"), PERSONS.items())
def test_a_person_is_noticed(text, said):
    assert person_in(text) == said


@pytest.mark.parametrize("text", NONE)
def test_houses_and_programmes_are_let_pass(text):
    assert person_in(text) == ""


def test_a_name_of_the_directory_is_let_pass():
    assert person_in("Call Susan Komen.") == "Susan Komen"
    assert person_in("Call Susan Komen.", ["Susan Komen Missouri"]) == ""

"""Names of persons in authored texts: a person who is named on a wall can be found, and moves on.

The signs are few and sure, for an author who is told wrongly stops reading: a title, a common first name
with a surname, and two capitals after "ask for". Names of the directory, and houses named after somebody, are
let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kiosk.content.check import Check
from kiosk.content.faults import Fault

_FIRST = """
Aaron Adam Ahmed Aisha Alejandra Alejandro Alex Alexander Ali Alice Alicia Allison Alma Amanda Amber Amina
Amy Ana Andrea Andrew Angela Ann Anna Anne Anthony Antonio Ashley Barbara Ben Benjamin Beth Betty Beverly
Bill Bob Bonnie Brandon Brenda Brian Brittany Bruce Carla Carlos Carmen Carol Caroline Carolyn Catherine
Charles Cheryl Chris Christina Christine Christopher Cindy Claire Claudia Connie Courtney Crystal Cynthia
Dan Daniel Danielle David Deborah Debra Denise Dennis Diana Diane Donald Donna Dorothy Douglas Edward Eileen
Elena Elizabeth Ellen Emily Emma Eric Erica Erin Eva Evelyn Fatima Fernando Frank Gary George Gloria Gregory
Hannah Heather Heidi Helen Henry Holly Ibrahim Irene Isabel Jacob Jacqueline James Jamie Jane Janet Janice
Jasmine Jason Jean Jeff Jeffrey Jennifer Jeremy Jessica Jill Jim Joan Joe John Jonathan Jorge Jose José Joseph
Joshua Joyce Juan Juanita Judith Judy Julia Julie Justin Karen Katherine Kathleen Kathryn Kathy Katie Kayla
Keisha Keith Kelly Kenneth Kevin Kim Kimberly Kristen Laura Lauren Leslie Linda Lisa Lori Luis Lynn Manuel
Marcus Margaret Maria Marie Marilyn Mario Martha Mary Matthew Megan Melissa Michael Michelle Miguel Mike
Mohamed Mohammed Monica Monique Nancy Natalie Nicholas Nicole Nina Olivia Omar Pamela Patricia Patrick Paul
Paula Peggy Peter Philip Priya Rachel Ralph Ramon Raymond Rebecca Renee Ricardo Richard Rita Robert Roberto
Roger Ronald Rosa Roy Ruth Ryan Samantha Samuel Sandra Sara Sarah Scott Sharon Shawn Sheila Shirley Sofia
Sophia Stacy Stephanie Stephen Steve Steven Sue Susan Suzanne Tamara Tammy Tanya Tara Teresa Theresa Thomas
Tiffany Tim Timothy Tina Tom Tony Tracy Tyler Valerie Vanessa Veronica Vicki Victor Victoria Vincent Walter
Wanda Wendy William Yolanda Yusuf
"""
"""Common first names that are no words, places or months."""

_THINGS = """
Abuse Academy Advocacy Advocate Advocates Agency Aid Alliance Apartments Assistance Association Attorney
Avenue Bar Behavioral Building Bureau Business Campus Care Catholic Center Centers Central Centre Charities
Child Children Church Circuit City Clerk Clinic Coalition College Commission Community Connections Council
Counseling County Court Crime Crisis Department Desk Development Disability District Division Domestic East
Education Elder Emergency Employment Entrance Families Family Federal First Food Foundation Foundations
Front Fund Future General Hall Haven Health Help Home Homes Hospital Hotline House Housing Human Immigration
Initiative Inn Institute Intake Justice Kids Law Legal Library Life Line Living Lodge Manor Medical Memorial
Men Mental Metro Ministries Ministry Mission Missouri Museum National Network New North Office Officer
Organization Outreach Pantry Parish Park Partnership Peace Place Police Prevention Prison Program Programme
Project Protection Public Recovery Referral Refuge Regional Relief Rescue Resource Resources Response Road
Safe Safety Saint Salvation School Security Senior Service Services Sexual Shelter Sheriff Social Society
South State States Station Street Suite Support Team Temple The Transitional Treatment Trust Union Unit
United University Urban Veterans Victim Victims Village Violence Volunteers Ward Way Wellness West Woman
Women Women's Working Worship Youth
"""
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_LANGUAGES = "English Spanish Arabic Bosnian Vietnamese Chinese"
_PART = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+"
_SURNAME = rf"(?:[A-Z]\. )?(?:de |del |van |von |al-|O'|Mc|Mac)?{_PART}(?:[-']{_PART})*"
_TITLE = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Sgt|Det|Capt|Lt|Detective|Officer|Pastor|Judge)\b"
    rf"\.? ({_SURNAME}(?: {_SURNAME})?)"
)
_NAMED = re.compile(rf"(?<![\w.'-])({'|'.join(_FIRST.split())}) (?=({_SURNAME}))")
_ASKED = re.compile(
    r"\b(?:[Aa]sk for|[Cc]ontact(?: person)?|[Cc]all|[Ss]peak (?:to|with)|[Tt]alk (?:to|with)|[Aa]ttn"
    rf"|[Aa]ttention|[Dd]irector|[Cc]oordinator|[Mm]anager|[Ss]upervisor)\b[.:]? ([A-Z][a-z]+ {_SURNAME})"
)
_ASKED_FIRST = re.compile(
    rf"\b(?:[Aa]sk for|[Ss]peak (?:to|with)|[Cc]ontact)\b:? ({'|'.join(_FIRST.split())})\b(?![-'])"
)
_NO_NAME = frozenset(f"{_THINGS} {_DAYS} {_LANGUAGES}".split())
TOLD = "no screen names a person; take the name out, and write the role or the desk"


def person_in(text: str, names: Iterable[str] = ()) -> str:
    """Return the words of a text that name a person, "" for none; `names` are proper names to let pass."""
    names = [name for name in names if " " in name]
    for pattern in (_TITLE, _NAMED, _ASKED):
        for match in pattern.finditer(text):
            end = match.end(2) if pattern is _NAMED else match.end()
            said = text[match.start() if pattern is _NAMED else match.start(1) : end]
            if not (_is_thing(said, text[end:]) or any(said in name or name in said for name in names)):
                return said
    for match in _ASKED_FIRST.finditer(text):
        if not _is_thing(match[1], text[match.end() :]) and not any(match[1] in name for name in names):
            return match[1]
    return ""


def _is_thing(said: str, after: str) -> bool:
    """Whether the words, or the capitals that go on behind them, are those of a house or an office."""
    if any(word.strip(".,") in _NO_NAME for word in said.split()):
        return True
    on = re.match(r"(?:[ -](?:[A-Z][\w'-]*|of|for|and))+", after)
    return bool(on and any(word in _NO_NAME for word in re.findall(r"[\w']+", on[0])))


def persons_in(check: Check) -> Iterator[Fault]:
    """Yield each text of a set that may name a person, as advice: it is no fault, for it may name none."""
    for written in check.written:
        if not written.is_name and (said := person_in(written.text, check.names)):
            yield Fault(written.spot.file, written.spot.line, f'"{said}" may be a person\'s name; {TOLD}')

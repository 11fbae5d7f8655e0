"""Words that tell a bystander what a visitor is looking for.

They may stand on the pages of the directory, but never in the lobby, in the name of a contact, or anywhere
else that stays in sight. All languages together: a lobby may be in any.
"""

from __future__ import annotations

import re
import unicodedata

_BEGINNINGS = """
abus advoca agred agres albergue amenaz asalt assault batterer coerc domestic harass helpline homicid hotline
kidnap maltrat molest rapist refugio sexual shelter sobreviv stalk strangl suicid surviv traffick trauma
victim violac violador violen
"""
_WHOLE_WORDS = """
acosador acoso battered beaten crisis dart dv dvip golpeada golpeado incest ipv movans rape raped rapes threat
threats trata vine violada violado
"""
_BOSNIAN_BEGINNINGS = "nasilj nasiln seksualn silov skloni samoubi uhođ zlostav zrtv"
_PIECES = re.compile(  # Vietnamese, Chinese and Arabic, where a word is no piece between spaces
    r"\b(bao luc|buon nguoi|cuong hiep|duong day nong|hiep dam|lenh bao ve|nan nhan|nguoc dai|rinh rap"
    r"|tam lanh|tinh duc)\b"
    "|(暴力|家暴|虐待|受虐|强奸|性侵|跟踪|骚扰|庇护|受害|自杀|热线|保护令|贩运)"
    r"|\b[وف]?[بلك]?(?:ال)?(عنف|اساءة|اغتصاب|تحرش|ملاحقة|ماوى|ضحية|ضحايا|انتحار|(?:امر|اوامر) حماية"
    r"|خط مساعدة)\b"
)
_STEMS = (*_BEGINNINGS.split(), *_BOSNIAN_BEGINNINGS.split())
_WORDS = frozenset(_WHOLE_WORDS.split())
_PHRASES = (
    "ex parte",
    "linea de ayuda",
    "orden de alejamiento",
    "orden de proteccion",
    "orden de restriccion",
    "ordenes de proteccion",
    "order of protection",
    "orders of protection",
    "protection order",
    "protective order",
    "restraining order",
    "safe house",
    "safe place",
    "safety plan",
)
_WORD = re.compile(r"[^\W\d_]+")


def telling_words(text: str) -> tuple[str, ...]:
    """The words and phrases of `text` that tell, in lower case without accents, each once."""
    folded = _folded(text)
    words = _WORD.findall(folded)
    run = f" {' '.join(words)} "
    found = [word for word in words if word in _WORDS or word.startswith(_STEMS)]
    found += [phrase for phrase in _PHRASES if f" {phrase} " in run or f" {phrase}s " in run]
    found += [match.group(match.lastindex or 0) for match in _PIECES.finditer(folded)]
    return tuple(dict.fromkeys(found))


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()

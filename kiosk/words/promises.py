"""Words that promise what no screen in a lobby can keep.

Cameras, bystanders and a watched phone remain, whatever a program does; so no text may say "safe", "secure",
"untraceable", "private" or "erases". Proper names and a few set phrases that promise nothing are let pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

PROPER_NAMES = (
    "Women's Safe House",
    "Safe Connections",
    "Safe at Home",
    "Safe House",
)
"""Names with a banned word that are always let pass, exactly as written."""

_ENGLISH = """
anonymity anonymous anonymously encrypted erase erased erases erasing foolproof guarantee guaranteed
guarantees invisible privacy private privately safe safely safest secure secured securely security
undetectable untraceable untracked
"""
_SPANISH = """
anonima anonimamente anonimas anonimato anonimo anonimos asegura asegurada asegurado aseguran blindada
blindado borra borrada borrado borran borrar borrara cifrada cifrado garantia garantiza garantizada
garantizado garantizan indetectable invisible irrastreable privacidad privada privadamente privadas
privado privados protegida protegido segura seguras seguro seguros
"""
_BOSNIAN = """
anonimna anonimne anonimni anonimno anonimnost anoniman brise garancija garantovano garantuje garantujemo
nevidljivo povjerljivo privatan privatna privatno privatnost siguran sigurna sigurne sigurni sigurno sigurnog
sigurnom sigurnost sigurnu sifrovano zajamceno zasticen zasticena zasticeno
"""
_VIETNAMESE = (
    "an danh|an toan|bao dam|bao mat|bi mat|dam bao|khong the theo doi|kin dao|ma hoa|rieng tu|"
    "vo hinh|xoa het"
)
_CHINESE = "安全|保密|保证|担保|匿名|隐私|私密|加密|抹除|清除|无痕|隐形|无法追踪"
_ARABIC = (
    "امن|امنة|امنا|امان|سري|سرية|سريا|خصوصية|مجهول|مجهولة|مضمون|مضمونة|مضمونا|يضمن|تضمن|نضمن|ضمان|"
    "مشفر|مشفرة|يمحو|تمحو|محمي|محمية"
)
_BANNED = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
    "bs": frozenset(_BOSNIAN.split()),
}
_BANNED_PIECES = {  # where a word is no piece between spaces
    "vi": rf"\b({_VIETNAMESE})\b",
    "zh": f"({_CHINESE})",
    "ar": rf"\b[وف]?[بلك]?(?:ال)?({_ARABIC})\b",
}
_ALLOWED = {  # no promise of ours, in lower case and without accents
    "en": (
        "a safe place",
        "safe place to stay",
        "talk to someone in private",
        "talk with someone in private",
        "social security",
        "homeland security",
        "private lawyer",
    ),
    "es": (
        "lugar seguro",
        "sitio seguro",
        "hablar con alguien en privado",
        "seguro social",
        "seguro medico",
        "seguro de salud",
        "estoy seguro",
        "estoy segura",
        "estas seguro",
        "estas segura",
        "esta seguro",
        "esta segura",
        "abogado privado",
    ),
    "bs": ("sigurno mjesto", "biti sigurni", "niste sigurni", "jeste li sigurni"),
    "vi": ("ke hoach an toan", "cho o an toan"),
    "zh": ("安全计划", "安全的住处"),
    "ar": ("خطة امان", "خطة امانك", "مكان امن"),
}
_WORD = re.compile(r"[^\W\d_]+")


def broken_promises(text: str, language: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """The banned words of `text`, in lower case without accents, each once; () when it promises nothing.

    `language` is a code such as "es"; English words are banned in every language. `names` are further
    proper names of two or more words to let pass, exactly as written.
    """
    spoken = ("en",) if language == "en" else ("en", language)
    banned = frozenset[str]().union(*(_BANNED.get(each, frozenset()) for each in spoken))
    pieces = _BANNED_PIECES.get(language)
    if not _found(_folded(text), banned, pieces):  # nearly every text: the names need not be looked for
        return ()
    rest = text
    there = {name for name in (*PROPER_NAMES, *names) if name in text}  # of 100,000, very few
    for name in sorted(there, key=len, reverse=True):
        if name in PROPER_NAMES or " " in name:  # a single word could let a promise pass as a name
            rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " # ", rest)
    rest = _folded(rest)
    for phrase in (phrase for each in spoken for phrase in _ALLOWED.get(each, ())):
        edge = "" if language == "zh" and not phrase.isascii() else r"\b"
        rest = re.sub(f"{edge}{phrase}{edge}", " # ", rest)
    return _found(rest, banned, pieces)


def _found(text: str, banned: frozenset[str], pieces: str | None) -> tuple[str, ...]:
    words = [word for word in _WORD.findall(text) if word in banned]
    if pieces:
        words += re.findall(pieces, text)
    return tuple(dict.fromkeys(words))


def _folded(text: str) -> str:
    if text.isascii():  # nearly every text, and it has no accents
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()

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
_BANNED = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
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
}
_WORD = re.compile(r"[^\W\d_]+")


def broken_promises(text: str, language: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """The banned words of `text`, in lower case without accents, each once; () when it promises nothing.

    `language` is a code such as "es"; English words are banned in every language. `names` are further
    proper names of two or more words to let pass, exactly as written.
    """
    spoken = ("en",) if language == "en" else ("en", language)
    banned = frozenset[str]().union(*(_BANNED.get(each, frozenset()) for each in spoken))
    if not _found(_folded(text), banned):  # nearly every text: the names need not be looked for
        return ()
    rest = text
    for name in sorted((*PROPER_NAMES, *names), key=len, reverse=True):
        if name in PROPER_NAMES or " " in name:  # a single word could let a promise pass as a name
            rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " # ", rest)
    rest = _folded(rest)
    for phrase in (phrase for each in spoken for phrase in _ALLOWED.get(each, ())):
        rest = re.sub(rf"(?<!\w){phrase}(?!\w)", " # ", rest)
    return _found(rest, banned)


def _found(text: str, banned: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in _WORD.findall(text) if word in banned))


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()

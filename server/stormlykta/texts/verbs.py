"""Whether a step begins as an order does: "Ring", "Kontrollera", "Call".

Rule: pure, and silent when in doubt: only a first word that can hardly be a verb in the imperative is told of.
"""

from __future__ import annotations

import re

from stormlykta.texts.findings import Language

FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
WORDS: dict[Language, str] = {
    "sv": (
        "en ett den det de dem denna detta dessa alla allt varje några någon något ingen inga inget vi ni du jag man han hon hen er ert vår vårt våra "
        "sin sitt sina om när medan innan efter under vid på i till från med utan genom enligt samt och eller men att som eftersom därför sedan därefter "
        "nu först sist snarast omedelbart genast alltid aldrig inte ej eventuellt även också kommunen staben stabschefen tib personalen chefen ansvarig "
        "är har kan ska skall bör måste får finns blir vill vem vilka vilken vad hur varför"
    ),
    "en": (
        "a an the this that these those all every each some any no we you i they he she it our your their its my his her "
        "if when while before after during at on in to from with without by according and or but because then next now first finally "
        "immediately always never not possibly also is are was has can could should shall must may might will would needs "
        "who what which how why where there municipality"
    ),
}
NEVER: dict[Language, frozenset[str]] = {language: frozenset(words.split()) for language, words in WORDS.items()}
# Nouns by their ending, and in Swedish the present tense: "kontroller", "kontrollerar" for "kontrollera".
ENDINGS: dict[Language, re.Pattern[str]] = {
    "sv": re.compile(
        r".{2,}(?:ning|ningar|ningen|ningarna|heten|heter|tion|tioner|tionen|elsen|elser|elserna|skapet|itet|iteten|ande|ende|orna|erna|eras|ades)"
        r"|.{3,}[bcdfghjklmnpqrstvxz][ae]r"
    ),
    "en": re.compile(r".{3,}(?:ness|ity|ship|ation|ations|ments|ities)"),
}
VERBS_ALL_THE_SAME = frozenset(["witness", "harness", "worship", "transship", "station", "ration"])


def begins_with_verb(text: str, language: Language) -> bool:
    """True also when nothing can be said: an empty text, a question, a figure, a name in capitals."""
    first = FIRST_WORD.match(text)
    if first is None or "?" in text:
        return True
    word = first[0].lower()
    if word in NEVER[language]:
        return False
    capitals = len(word) > 1 and first[0].isupper()
    return capitals or word in VERBS_ALL_THE_SAME or ENDINGS[language].fullmatch(word) is None

"""The label inventories of the model's heads; the trained model carries its own copy beside its weights."""

from __future__ import annotations

NAME_TYPES = (
    "PERSON", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "MISC", "DATE", "MONEY",
)  # fmt: skip
NAME_TAGS = ("O", *(f"{part}-{name}" for name in NAME_TYPES for part in "BI"))

# What a word tells of: something that happens, somebody saying so, or a state.
EVENT_TYPES = ("OCCURRENCE", "REPORTING", "STATE")
EVENT_TAGS = ("O", *(f"{part}-{name}" for name in EVENT_TYPES for part in "BI"))

# PropBank's numbered and modifier arguments; what is rarer than these is OTHER. "_" is no argument.
ROLES = (
    "_", "ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARGM-TMP", "ARGM-LOC", "ARGM-MNR", "ARGM-ADV", "ARGM-DIR",
    "ARGM-PRP", "ARGM-CAU", "ARGM-NEG", "ARGM-MOD", "ARGM-DIS", "ARGM-EXT", "ARGM-GOL", "ARGM-PRD", "ARGM-ADJ",
    "OTHER",
)  # fmt: skip

UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
)  # fmt: skip


def lemma_rule(word: str, lemma: str) -> str:
    """How the lower-cased word becomes its lemma: "2:y" cuts two characters and adds y; "=be" replaces it all."""
    word, lemma = word.lower(), lemma.lower()
    kept = 0
    while kept < min(len(word), len(lemma)) and word[kept] == lemma[kept]:
        kept += 1
    if kept == 0 and word != lemma:
        return f"={lemma}"
    return f"{len(word) - kept}:{lemma[kept:]}"


def apply_lemma_rule(word: str, rule: str) -> str:
    """The lemma that a rule makes of a word; the lower-cased word itself where the rule does not fit."""
    word = word.lower()
    if rule.startswith("="):
        return rule[1:]
    cut, _, added = rule.partition(":")
    if int(cut) >= len(word) and int(cut):
        return word
    return word[: len(word) - int(cut)] + added

"""Names in a text as mentions: trimmed of titles, articles and possessives, and dropped where they name nothing."""

from __future__ import annotations

from ingest.article import EntityType, MentionKind
from ingest.extract.lexicon import is_a, words
from ingest.extract.marks import Marks
from ingest.language.text import Text, Word

TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.FACILITY,
    "NORP": EntityType.GROUP,
    "PRODUCT": EntityType.PRODUCT,
    "WORK_OF_ART": EntityType.WORK,
    "EVENT": EntityType.OTHER,
    "MISC": EntityType.OTHER,
}
VAGUE = frozenset({EntityType.OTHER, EntityType.WORK, EntityType.PRODUCT})  # kinds that capitals alone suggest
EDGE = frozenset({"DET", "PUNCT", "ADP", "CCONJ", "PART", "SPACE", "PRON", "AUX", "SYM"})
NAMING = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "VERB"})


def mark_entities(marks: Marks) -> None:
    """Add a mention for every name."""
    doc = marks.doc
    cased = any(token.is_title for token in doc if token.is_alpha and not token.is_sent_start)
    for ent in doc.ents:
        kind = TYPES.get(ent.label_)
        if kind is None:
            continue
        if (ent.start, ent.end) in doc.given_names:
            add_name(marks, ent.start, ent.end, kind)
            continue
        start, end = trimmed(doc, ent.start, ent.end, kind)
        if start < end and is_a(doc.words[end - 1], "weapons"):
            kind = EntityType.PRODUCT
        if kind in VAGUE and in_heading(doc.words[ent.start]):
            continue  # in a heading every word has a capital
        if start < end and names_something(doc, start, end, cased):
            add_name(marks, start, end, kind)


def add_name(marks: Marks, start: int, end: int, kind: EntityType) -> None:
    """Make tokens start:end a mention of a thing."""
    index = marks.add_tokens(start, end, MentionKind.ENTITY, kind.value)
    for i in range(start, end):
        marks.entity_at[i] = index


def in_heading(token: Word) -> bool:
    """Whether a word stands in a line without a full stop whose words nearly all have capitals."""
    words_ = [word for word in token.sent if word.is_alpha and len(word) > 3]
    ended = any(word.text in ".!?" for word in token.sent)
    return not ended and sum(word.is_title or word.is_upper for word in words_) > 0.7 * len(words_)


def trimmed(doc: Text, start: int, end: int, kind: EntityType) -> tuple[int, int]:
    """The tokens of the name itself."""
    words_, changed = doc.words, True
    while start < end and changed:
        changed = False
        first, last = words_[start], words_[end - 1]
        if first.pos_ in EDGE and not (first.text[0].isupper() and first.pos_ == "X") and not opens_name(first):
            start, changed = start + 1, True
        elif ends_after_name(last) or (last.text == ")" and "(" not in doc[start:end].text):
            end, changed = end - 1, True
        elif first.pos_ == "ADJ" and first.is_lower and end - start > 1:
            start, changed = start + 1, True  # "southern Brazil"
        elif first.like_num and first.text.isdigit() and is_a(last, "weapons"):
            start, changed = start + 1, True  # "85-drone", "48 drones"
        elif kind is EntityType.PERSON and end - start > 1 and first.lemma_.lower().rstrip(".") in words("offices"):
            start, changed = start + 1, True
    return start, end


def ends_after_name(last: Word) -> bool:
    """Whether a name's last token is no part of it: a possessive, a comma, a preposition."""
    if last.lower_ in {"'s", "’s", "'", "’"}:
        return True
    return last.pos_ in EDGE and not last.text[-1].isalnum() and last.text not in {")", "."}


def opens_name(token: Word) -> bool:
    """Whether an article or preposition is part of the name that it opens ("Al Jazeera", "de Gaulle", "El Paso")."""
    return token.pos_ in ("ADP", "DET", "X") and token.lower_ not in {"the", "a", "an", "of", "in", "to", "and", "at"}


def names_something(doc: Text, start: int, end: int, cased: bool) -> bool:
    """Whether these tokens can name a thing: they have letters, capitals where the text has any, and are no date."""
    tokens = [token for token in doc.words[start:end] if not (token.form.is_space or token.form.is_punct)]
    letters = "".join([token.text for token in tokens])
    if not letters.isalpha() and not any(map(str.isalpha, letters)):
        return False
    if cased and not letters[0].isupper() and not any(map(str.isupper, letters)):
        return False
    if all(token.lower_ in words("calendar") or token.form.like_num for token in tokens):
        return False
    if is_a(tokens[-1], "kinds_of_place") and all(is_a(token, "ranks") for token in tokens[:-1]):
        return False  # a heading's "Second City"
    if len(tokens) == 1:
        token = tokens[0]
        if is_a(token, "weapons") and token.lower_.removesuffix("s") not in words("brands"):
            return False  # "UAVs"
        return len(token) > 1 and token.pos_ in NAMING and token.lower_ not in words("offices")
    return True

"""Who says it: the speaker of a clause."""

from __future__ import annotations

from ingest.article import EntityType
from ingest.extract.lexicon import is_a
from ingest.extract.marks import Marks
from ingest.extract.phrases import PERSONAL, case_of, noun_phrase
from ingest.language.text import Word

# "officials" and the like speak without a name; the paper's readers take them as a source all the same.
BODIES = frozenset({"it", "they"})
REACH = 60  # words before a sentence in which "it" is looked for
SPEAKING = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE})


def speaker_of(token: Word, marks: Marks) -> Word | None:
    """The word for whoever the article has say the clause around a word; None when it says so itself."""
    below = token
    for word in (token, *token.ancestors):
        finds = is_a(word, "finds") and below.dep_ == "ccomp"  # "a survey found that 54 percent ..."
        finds |= word.lemma_ == "accuse" and below.dep_ in (
            "advcl",
            "ccomp",
        )  # "accused them of an attack that killed 9"
        below = word
        if (finds or is_a(word, "speech")) and word.pos_ == "VERB" and word != token:
            found = subject(word, marks)
            if found is not None and not within_subject(token, word):
                return found
        for child in word.children:
            if child.dep_ == "parataxis" and is_a(child, "speech"):
                found = subject(child, marks)
                if found is not None:
                    return found
            if child.dep_.startswith("obl") and any(c.lower_ == "according" for c in child.children):
                return child
    return None


def words_for(head: Word, marks: Marks) -> str:
    """How the article calls a speaker, without article: "Ukrainian officials", "defence ministry of Kenya", "she"."""
    name = head if head.i in marks.entity_at else named_beside(head, marks)
    if name is not None:
        return marks.mentions[marks.entity_at[name.i]].text
    start, end = noun_phrase(head)
    owner = next((child for child in head.lefts if child.dep_ == "nmod:poss" and child.pos_ != "PRON"), None)
    of = next((child for child in head.rights if child.dep_ == "nmod" and child.i in marks.entity_at), None)
    if owner is not None:
        start = owner.left_edge.i
    if of is not None and case_of(of) in ("of", "in", "for") and of.i - end < 4:
        mention = marks.mentions[marks.entity_at[of.i]]
        return marks.text[head.doc[start].idx : mention.end]
    return head.doc[start:end].text


def named_beside(head: Word, marks: Marks) -> Word | None:
    """The name of an office's holder: "its director, Samer Qasim"."""
    beside = (child for child in head.children if child.dep_ in ("appos", "flat") and child.i in marks.entity_at)
    return next(beside, None)


def subject(verb: Word, marks: Marks) -> Word | None:
    """A verb's subject, when that is somebody who can speak; of several the one with a name."""
    found = [child for child in verb.children if child.dep_ == "nsubj" and can_speak(child, marks)]
    if found:
        return next((child for child in found if child.i in marks.entity_at), found[0])
    for child in verb.children:
        if child.dep_ == "nsubj" and child.lower_ in BODIES:
            return spoke_before(child, marks)
    shares = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")  # "denied it, saying that ..."
    if shares and verb.head != verb and not any(child.dep_.startswith("nsubj") for child in verb.children):
        return subject(verb.head, marks)
    return None


def can_speak(word: Word, marks: Marks) -> bool:
    """Whether a word can be a speaker: a noun that names a person, a body or nothing, or "she"."""
    if word.pos_ not in ("NOUN", "PROPN") and word.lower_ not in PERSONAL:
        return False
    kind = marks.entity_type(word)
    return kind is None or kind in SPEAKING


def spoke_before(pronoun: Word, marks: Marks) -> Word | None:
    """Whom "it said" means: who spoke last within two sentences, else the first subject of its own sentence."""
    doc, here = pronoun.doc, pronoun.sent.start
    for i in range(pronoun.i - 1, max(0, here - REACH) - 1, -1):
        word = doc[i]
        if (
            word.dep_ == "nsubj"
            and is_a(word.head, "speech")
            and word.lower_ not in PERSONAL
            and can_speak(word, marks)
        ):
            return word
    subjects = (word for word in doc[here : pronoun.i] if word.dep_ == "nsubj" and can_speak(word, marks))
    return next(subjects, None)


def within_subject(token: Word, verb: Word) -> bool:
    """Whether a word belongs to the verb's own subject, and so is not what is said."""
    chain = [token, *token.ancestors]
    below = [word for word in chain if word.head == verb and word != verb]
    return any(word.dep_.startswith("nsubj") for word in below)

"""Which words tell of an event, of what type, and made with what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ingest.article import EventType
from ingest.extract.causes import cause_of
from ingest.extract.entities import in_heading
from ingest.extract.lexicon import given_terms, is_a, is_person, modes, triggers, words, words_by_class
from ingest.extract.objects import (
    economic,
    fights_nobody,
    has_object,
    is_question,
    person_object,
    takes_goods,
    takes_office,
    tells_when,
    unlike_its_verb,
)
from ingest.extract.phrases import case_of, counted
from ingest.language.text import Span, Text, Word

NOMINAL = frozenset({"NOUN", "PROPN"})
# Verbs that mean this only when they are done to people: "executed a prisoner", but "executed a plan".
OF_PEOPLE = {
    "execute": EventType.ASSAULT, "dismiss": EventType.APPOINT, "replace": EventType.APPOINT,
    "promote": EventType.APPOINT, "succeed": EventType.APPOINT, "capture": EventType.COERCE,
    "discharge": EventType.APPOINT, "recruit": EventType.APPOINT, "release": EventType.CONCEDE,
}  # fmt: skip


PARTICLES = frozenset({"down", "in", "off", "on", "out", "over", "up"})
# Types whose words sport borrows: a goalkeeper saves, a striker slams.
BORROWED = frozenset({EventType.ASSAULT, EventType.AID, EventType.ACCUSE})
# Verbs that tell what became of somebody or something, whatever did it.
HARMS = ("damaged_words", "strikes", "killed_words", "injured_words")
# Nouns that mean this only of people: "a prisoner's release", but "a promotion of two menus".
NOMINAL_OF_PEOPLE = frozenset({"promotion", "release", "replacement", "recruitment"})


def phrase_type(token: Word) -> EventType | None:
    """The type of a verb with its particle or object, or of a noun with what modifies it: "took office", "tear gas"."""
    lemma = token.lemma_.lower()
    if lemma not in triggers().phrase_words:
        return None
    if token.pos_ in NOMINAL and lemma in PARTICLES:
        return None  # "the break-up of the group"
    if token.pos_ in NOMINAL:
        before = (child.lemma_.lower() for child in token.lefts if child.dep_ in ("compound", "amod"))
        return next(filter(None, (triggers().phrases.get((word, lemma)) for word in before)), None)
    for child in token.children:
        if child.dep_ in ("compound:prt", "obj", "advmod", "xcomp", "obl", "case", "mark", "nsubj:pass"):
            beside = (below for below in child.children if below.dep_ in ("case", "mark") and not tells_when(below))
            for word in (counted(child), *beside):
                found = triggers().phrases.get((lemma, word.lemma_.lower()))
                if found:
                    return found
    return None


def speaks_of(doc: Text, class_: str, least: int = 3) -> bool:
    """Whether a text holds so many different words of a class: what it is about, or what it does not touch at all."""
    return words_by_class(doc)[class_] >= least


def of_sport(doc: Text) -> bool:
    """Whether a text is about sport and nobody dies in it."""
    return speaks_of(doc, "sporting") and not speaks_of(doc, "killed_words", 1)


def contest(token: Word) -> EventType:
    """What is won and lost here: a match, an election, or something else (a contract, an auction)."""
    beside = [child for child in token.children if child.pos_ in NOMINAL]
    beside = [word for word in beside if word.lemma_ != "victory"]  # "won a victory" does not say in what
    if any(triggers().nouns.get(word.lemma_.lower()) is EventType.SPORT or is_a(word, "sporting") for word in beside):
        return EventType.SPORT
    if any(is_a(word, "voting") for word in beside):
        return EventType.ELECTION
    if speaks_of(token.doc, "sporting"):
        return EventType.SPORT
    return EventType.ELECTION if speaks_of(token.doc, "voting") else EventType.OTHER


def event_name(token: Word) -> Span | None:
    """The name of an event that a word is the head of: "Operation Sunrise", "the Rugby World Cup"."""
    if token.ent_type_ != "EVENT":
        return None
    doc, start, end = token.doc, token.i, token.i + 1
    while doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    name = doc[start:end]
    return name if name.root == token and not is_a(name[-1], "laws") else None


def event_type(token: Word) -> EventType:
    """The type that a word tells of, OTHER where none is known."""
    term = given_terms(token.doc).get(token.i)
    if term is not None:
        return term.type
    if token.ent_type_ == "EVENT" and (name := event_name(token)) is not None:
        return named_type(name)
    found = worded_type(token)
    if found is EventType.OTHER:
        return found
    if found is EventType.CONSULT and token.lemma_.lower() == "meeting" and of_sport(token.doc):
        return EventType.SPORT
    if found in BORROWED and is_a(token, "borrowed") and of_sport(token.doc):
        return (
            EventType.SPORT
            if token.pos_ in NOMINAL and token.lemma_.lower() in ("battle", "clash")
            else EventType.OTHER
        )
    if not is_a(token, "contested") or found not in (EventType.SPORT, EventType.ASSAULT):
        return found
    contested = contest(token)
    return found if contested is EventType.OTHER and person_object(token) and found is EventType.ASSAULT else contested


def named_by_noun(token: Word) -> Span | None:
    """The name of an event that stands before its noun: "the "Sunrise" operation"."""
    before = (child for child in token.lefts if child.dep_ == "compound" and token.pos_ == "NOUN")
    return next(filter(None, (event_name(child) for child in before)), None)


def named_type(name: Span) -> EventType:
    """The type of an event with a name: by a word of the name, else by what is said behind it."""
    for word in name:
        if word.lemma_.lower() in triggers().nouns:
            return triggers().nouns[word.lemma_.lower()]
    for child in name.root.children:
        if child.dep_ in ("acl:relcl", "appos"):  # "..., which struck two ports", "..., a raid on a port"
            found = worded_type(counted(child))
            if found is not EventType.OTHER:
                return found
    return EventType.OTHER


def worded_type(token: Word) -> EventType:
    """The type that a word tells of by itself and its clause."""
    lemma = token.lemma_.lower()
    if token.pos_ in NOMINAL:
        if lemma not in telling_nouns() and token.lower_ not in triggers().nouns:  # most nouns
            return in_capitals(token, lemma) or explained(token)
        if lemma == "bid" and any(child.dep_ == "acl" for child in token.children):
            return EventType.OTHER  # "a bid to stop the vote" is an attempt
        if lemma == "opposition" and case_below(token) not in ("to", "from", "by"):
            return EventType.OTHER  # a party
        found = phrase_type(token) or triggers().nouns.get(lemma) or triggers().nouns.get(token.lower_)
        if (
            found is EventType.ASSAULT
            and lemma in ("strike", "walkout")
            and (case_of(token) == "on" or worker_nearby(token))
        ):
            return EventType.PROTEST  # "are on strike"
        if found is EventType.ASSAULT and any(is_a(child, "bloodless") for child in token.lefts):
            return EventType.OTHER  # "a legal battle"
        if lemma == "fire" and is_gunfire(token):
            return EventType.ASSAULT
        if lemma in NOMINAL_OF_PEOPLE and not of_people(token):
            return EventType.OTHER
        if lemma == "demand" and not any(child.dep_ == "nmod:poss" for child in token.children):
            return EventType.OTHER if token.tag_ == "NN" else EventType.REQUEST
        if found is None and (by_verb := in_capitals(token, lemma)):
            return by_verb
        if found in (None, EventType.MOBILIZE) and lets_loose(token):
            return EventType.ASSAULT
        return found or explained(token)
    if token.pos_ == "ADJ" and (is_a(token, "killed_words") or is_a(token, "injured_words")):
        return EventType.DEATH if is_a(token, "killed_words") else EventType.ASSAULT
    if token.pos_ not in ("VERB", "ADJ", "AUX"):
        return EventType.OTHER
    if lemma not in telling_verbs():
        return EventType.ASSAULT if arms_at_work(token) else EventType.OTHER  # most verbs
    found = phrase_type(token) or triggers().verbs.get(lemma)
    if is_a(token, "undoes") or found is EventType.AGREE:
        found = undone(token) or found
    if found in (EventType.ASSAULT, EventType.REJECT) and by_protesters(token):
        return EventType.PROTEST
    if found is EventType.APPOINT and lemma == "take" and not takes_office(token):
        return EventType.OTHER
    if lemma == "ask" and is_question(token):
        return EventType.OTHER
    if lemma == "seek" and any(child.dep_ == "xcomp" for child in token.children):
        return EventType.OTHER  # "seeks to explain"
    if lemma == "confer" and has_object(token):
        return EventType.OTHER  # "confer a right"
    if (lemma in ("battle", "combat", "fight") and fights_nobody(token)) or (lemma == "erupt" and is_light(token)):
        return EventType.OTHER
    if lemma == "hit" and reaches(token):
        return EventType.OTHER  # "hit a record $412bn"
    if unlike_its_verb(token, lemma):
        return EventType.OTHER
    if found is EventType.RETREAT and lemma == "pull" and person_object(token):
        return EventType.AID  # "pulled a boy out of the rubble"
    if found is EventType.ECONOMY and lemma == "shut" and by_police(token):
        return EventType.COERCE
    if lemma == "decline" and has_object(token):
        return EventType.REJECT
    if found is EventType.PROTEST and lemma != "protest" and has_object(token):
        return EventType.OTHER  # "demonstrates resolve", "rallied support"
    if found is EventType.ECONOMY and is_a(token, "moves") and not economic(token):
        return EventType.OTHER  # "tensions rise"
    if lemma in ("raid", "seize") and by_police(token):
        return EventType.COERCE
    if lemma == "seize" and takes_goods(token):
        return EventType.COERCE
    if found in (None, EventType.ACCUSE, EventType.MOBILIZE) and arms_at_work(token):
        return EventType.ASSAULT
    if (
        found is EventType.ASSAULT
        and lemma in ("attack", "slam")
        and any(is_a(child, "criticised") for child in token.children if child.dep_ in ("obj", "nsubj:pass"))
    ):
        return EventType.ACCUSE  # "attacked the bill"
    if found is EventType.ASSAULT:
        cause = cause_of(token, of_harm=any(is_a(token, name) for name in HARMS))
        if cause is not None:
            return cause
    if lemma == "fire":
        return EventType.APPOINT if person_object(token) else EventType.ASSAULT
    if lemma in OF_PEOPLE and found is OF_PEOPLE[lemma] and not person_object(token):
        return EventType.REJECT if lemma == "dismiss" else EventType.OTHER
    return found or EventType.OTHER


@cache
def telling_nouns() -> frozenset[str]:
    """The nouns that may tell of an event of a type by themselves."""
    arms = words("looses") | words("catches")
    known = frozenset({*triggers().nouns, *triggers().phrase_words, "bid", "demand", "fire", "opposition"})
    return known | NOMINAL_OF_PEOPLE | arms | {f"{word}s" for word in arms}


@cache
def telling_verbs() -> frozenset[str]:
    """The verbs that may."""
    return frozenset({*triggers().verbs, *triggers().phrase_words}) | words("undoes")


def in_capitals(noun: Word, lemma: str) -> EventType | None:
    """The type of what is taken for a name in a heading and is a verb: "Rebels Attack Town"; None for any other."""
    if noun.pos_ != "PROPN" or noun.ent_type_ or not in_heading(noun):
        return None
    return triggers().verbs.get(lemma) or triggers().verbs.get(lemma.removesuffix("s")) or EventType.OTHER


def case_below(noun: Word) -> str:
    """The preposition of what a noun is followed by: "to" for "opposition to the law"."""
    return next((case_of(child) for child in noun.children if child.dep_ == "nmod"), "")


def explained(noun: Word) -> EventType:
    """The type of what a noun is said to be: "the operation, a series of air raids"."""
    for child in noun.children:
        if child.dep_ == "appos" and child.pos_ in NOMINAL and noun.pos_ == "NOUN" and noun.is_predicate:
            return triggers().nouns.get(counted(child).lemma_.lower(), EventType.OTHER)
    return EventType.OTHER


def lets_loose(noun: Word) -> bool:
    """Whether a noun tells of weapons let loose or caught: "the firing of 30 rockets", "interception of 2 missiles"."""
    if not (is_a(noun, "looses") or is_a(noun, "catches")):
        return False
    arms = (child for child in noun.children if child.dep_ == "nmod" and case_of(child) == "of")
    return any(is_a(word, "munitions") and any(c.dep_ == "nummod" for c in word.children) for word in arms)


def undone(token: Word) -> EventType | None:
    """What it is to end or ease something, or to agree to: "lifted the curfew", "agreed to withdraw"."""
    for child in token.children:
        if child.dep_ not in ("xcomp", "obj", "nsubj:pass", "nsubj"):
            continue
        below = worded_type(child)
        if not is_a(token, "undoes"):
            if child.dep_ == "xcomp" and below in (EventType.CONCEDE, EventType.RETREAT):
                return EventType.CONCEDE
            if child.dep_ == "obj" and below in (EventType.COERCE, EventType.SANCTION, EventType.ASSAULT):
                return EventType.THREATEN  # "promised arrests"
        elif below in (EventType.COERCE, EventType.SANCTION, EventType.PROTEST):
            return EventType.CONCEDE
        elif below is EventType.ASSAULT:
            return EventType.RETREAT
    return None


def by_police(token: Word) -> bool:
    """Whether those who act are there to enforce the law."""
    return any(child.dep_ in ("nsubj", "obl:agent") and is_a(child, "police") for child in token.children)


def by_protesters(token: Word) -> bool:
    """Whether those who act are there to protest: "protesters blocked the road"."""
    return any(child.dep_ in ("nsubj", "obl:agent") and is_a(child, "protesters") for child in token.children)


def is_light(token: Word) -> bool:
    """Whether what happens is said by a verb's subject: "riots erupted", but "the volcano erupted"."""
    subjects = (child for child in token.children if child.dep_ == "nsubj" and child.pos_ in NOMINAL)
    return any(worded_type(counted(child)) not in (EventType.OTHER, EventType.DISASTER) for child in subjects)


def reaches(token: Word) -> bool:
    """Whether "hit" strikes nothing: without an object, or with an amount or a record as one."""
    struck = [child for child in token.children if child.dep_ in ("obj", "nsubj:pass")]
    if not struck:
        return not any(is_a(child, "munitions") for child in token.children)
    for child in token.children:
        if child.dep_ == "nsubj" and child.pos_ == "NOUN" and not child.ent_type_:
            striking = is_person(child) or any(is_a(child, name) for name in ("weapons", "buildings", "collectives"))
            if not striking and worded_type(child) is EventType.OTHER:
                return True  # "the shortage hit schools"
    return any(word.ent_type_ == "MONEY" or is_a(word, "marks") for child in struck for word in child.subtree)


def arms_at_work(token: Word) -> bool:
    """Whether weapons are let loose or land: "used 500 drones", "drones sent by", "missiles slammed into homes"."""
    if not words_by_class(token.doc)["munitions"]:
        return False
    if token.dep_ == "acl" and token.tag_ == "VBN" and is_a(token.head, "munitions") and is_a(token, "looses"):
        return True
    for child in token.children:
        if is_a(child, "munitions"):
            if child.dep_ in ("obj", "nsubj:pass") and is_a(token, "looses"):
                return True
            landing = (word for word in token.children if word.dep_.startswith("obl") and word != child)
            if child.dep_ == "nsubj" and any(case_of(word) in ("into", "on", "onto") for word in landing):
                return True
    return False


def of_people(noun: Word) -> bool:
    """Whether an event noun has a person as its owner, or behind an "of"."""
    beside = (child for child in noun.children if child.dep_ in ("nmod:poss", "nmod", "compound"))
    return any(child.ent_type_ == "PERSON" or is_person(child) or child.pos_ == "PRON" for child in beside)


def is_gunfire(token: Word) -> bool:
    """Whether a fire is shot and not burnt: somebody's, some weapon's, or what people are killed by."""
    if token.dep_ == "obl:agent" and is_a(token.head, "killed_words"):
        return True
    return any(child.ent_type_ in ("NORP", "ORG", "PERSON") or is_a(child, "weapons") for child in token.children)


def worker_nearby(token: Word) -> bool:
    """Whether a strike is one of workers: they are told of in its sentence, or in a text that tells of no violence."""
    near: Iterable[Word] = token.sent if speaks_of(token.doc, "violent", 1) else token.doc
    return any(is_a(word, "workers") for word in near) and not any(is_a(word, "weapons") for word in token.sent)


def event_mode(token: Word, type_: EventType) -> str | None:
    """What an assault was made with, told by the trigger, its modifiers and its instruments."""
    term = given_terms(token.doc).get(token.i)
    if term is not None and term.mode is not None:
        return term.mode
    if type_ is not EventType.ASSAULT:
        return None
    near = [
        child
        for child in token.children
        if child.dep_ in ("compound", "amod", "obl", "nmod", "nsubj", "nsubj:pass", "obj")
        or (child.dep_ == "conj" and child.pos_ in NOMINAL)
    ]
    near += [grandchild for child in near for grandchild in child.children if grandchild.dep_ in ("compound", "conj")]
    if token.dep_ in ("compound", "conj"):
        near.append(token.head)
    if phrase_type(token) is None:  # "shot down" is done with anything
        near.append(token)
    found = {modes()[word.lemma_.lower()] for word in near if word.lemma_.lower() in modes()}
    if len(found) == 1:
        return found.pop()
    # Drones and missiles together are a strike from the air.
    return "aerial" if found and found <= {"drone", "missile", "aerial", "bombing"} else None

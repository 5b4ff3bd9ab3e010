"""Who takes part in an event: the arguments of its trigger by the semantic roles, and by the tree what they miss."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from ingest.article import EntityType, EventType, Role, Status
from ingest.extract.blame import blamed, is_proven
from ingest.extract.lexicon import is_a, is_person, triggers
from ingest.extract.marks import Marks
from ingest.extract.phrases import antecedent, case_of, counted, whole_of, with_conjuncts
from ingest.extract.types import NOMINAL
from ingest.language.text import Word

# Types whose ARG2 or "to" is one who gets something.
GIVING = frozenset({EventType.AID, EventType.CONCEDE, EventType.SUPPORT, EventType.AGREE})
ON = frozenset(["on", "against", "at", "upon", "targeting", "over", "toward", "towards"])
IN = frozenset(["in", "at", "near", "across", "outside", "around", "within", "inside", "throughout", "into"])
# Events that people are killed or hurt in.
HARMFUL = frozenset(
    {EventType.ASSAULT, EventType.DISASTER, EventType.ACCIDENT, EventType.HEALTH, EventType.PROTEST, EventType.DEATH}
)
LOCAL = (EntityType.PLACE, EntityType.FACILITY)
CHANGES_HANDS = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.ASSAULT})


@dataclass(slots=True)
class Draft:
    """An event mention in the making."""

    token: Word
    type: EventType
    mode: str | None
    status: Status
    arguments: dict[Role, list[Word]] = field(default_factory=dict)
    absorbed: set[int] = field(default_factory=set)  # tokens of event words that this one took over
    extent: tuple[int, int] | None = None  # the tokens of a trigger of several words; None: its token, or its name

    def add(self, role: Role, token: Word) -> None:
        """Add an argument head and what is coordinated with it."""
        kept = self.arguments.setdefault(role, [])
        parts = [whole_of(counted(antecedent(word))) for word in with_conjuncts(token)]
        kept += [word for word in parts if word not in kept and word is not self.token]


def carrier(token: Word) -> Word | None:
    """The light verb that carries an event noun: "launched" for "launched an attack"."""
    if token.pos_ in NOMINAL and token.dep_ in ("obj", "nsubj:pass", "obl", "nsubj", "conj"):
        head = next((word for word in token.ancestors if word.pos_ not in NOMINAL), token)
        if head == token.head and token.dep_ == "nsubj" and is_a(head, "occurs"):
            return head
        if head != token and is_a(head, "light"):
            return resumed(head) or head
    if token.pos_ == "NOUN":  # "talks set to resume in Muscat"
        for child in token.children:
            if child.dep_ == "acl" and is_a(child, "planned"):
                return resumed(child)
    return None


def resumed(verb: Word) -> Word | None:
    """The light verb that completes another: "set to resume"."""
    return next((word for word in verb.children if word.dep_ == "xcomp" and is_a(word, "light")), None)


def fill_roles(draft: Draft, verb: Word | None, marks: Marks) -> None:
    """Arguments from the semantic roles of the trigger and of its light verb, then from the tree."""
    token = draft.token
    for argument, role in arguments_of(token):
        place_argument(draft, argument, role, marks)
    if verb is not None:
        draft.absorbed.add(verb.i)
        for argument, role in arguments_of(verb):
            acts = not is_a(verb, "undergoes")  # who saw or suffered a raid did not make it
            if argument != token and (role in ("ARGM-LOC", "ARGM-TMP") or (acts and role in ("ARG0", "ARG2"))):
                place_argument(draft, argument, role, marks)
        enters = token.dep_ == "obl" and case_of(token) in ("to", "into", "in") and draft.type in CHANGES_HANDS
        if Role.AGENT not in draft.arguments and (token.dep_ == "obj" or enters):
            for child in verb.children:  # "workers began a strike", "Chad returned to talks"
                if child.dep_ == "nsubj" and child.pos_ in NOMINAL:
                    draft.add(Role.AGENT, child)
    from_tree(draft, verb, marks)
    from_phrase(draft)
    from_above(draft, marks)
    from_clause(draft)
    if token.dep_ == "amod" and token.tag_ == "VBG" and Role.AGENT not in draft.arguments:
        draft.add(Role.AGENT, token.head)  # "protesting workers"
    if Role.AGENT not in draft.arguments:
        culprit = blamed(token)
        if culprit is not None:
            draft.add(Role.AGENT, culprit)
            if draft.status is Status.HAPPENED and not is_proven(token):
                draft.status = Status.ALLEGED
    if draft.type is EventType.DEATH and token.pos_ == "VERB" and token.lemma_ not in ("claim", "take"):
        for victim in draft.arguments.pop(Role.AGENT, ()):
            draft.add(Role.TARGET, victim)
    # "Kharkiv was hit", "visited Lagos": what is struck or seen and is a place is also where it happened.
    if draft.type in (EventType.ASSAULT, EventType.DISASTER, EventType.ACCIDENT) or is_a(token, "visits"):
        for target in list(draft.arguments.get(Role.TARGET, ())):
            if marks.entity_type(target) is EntityType.PLACE:
                draft.add(Role.PLACE, target)
            for child in target.children:
                if child.dep_ in ("nmod", "compound") and marks.entity_type(child) is EntityType.PLACE:
                    draft.add(Role.PLACE, child)


def arguments_of(predicate: Word) -> list[tuple[Word, str]]:
    """A predicate's arguments without agents that the tree gives to another verb.

    Who reports a thing did not do it ("..., the mayor said"), and in "A accused B of attacking C" B attacks.
    """
    arguments: list[tuple[Word, str]] = predicate.arguments
    agents = [argument for argument, role in arguments if role == "ARG0"]
    dropped = set()
    for agent in agents:
        top = agent
        while top.dep_ in ("appos", "flat", "nmod:desc"):
            top = top.head
        shares = predicate.dep_ in ("conj", "xcomp", "advcl") and predicate.head == top.head
        beside = top.dep_ == "obl" and case_of(top) not in ("", "by") and predicate.dep_ == "advcl"  # "via Telegram"
        reports = top.dep_ == "nsubj" and top.head != predicate and is_a(top.head, "speech") and not shares
        if reports or beside or is_source(agent, predicate):
            dropped.add(agent.i)
    if len(agents) > 1 and predicate.dep_ in ("xcomp", "advcl", "ccomp"):
        patients = [agent for agent in agents if agent.head == predicate.head and agent.dep_ == "obj"]
        if patients:
            dropped |= {agent.i for agent in agents if agent.head == predicate.head and agent.dep_ == "nsubj"}
    if not dropped:
        return arguments
    return [(argument, role) for argument, role in arguments if role != "ARG0" or argument.i not in dropped]


def is_source(word: Word, predicate: Word) -> bool:
    """Whether a word stands in an "according to" phrase below a predicate."""
    for above in (word, *word.ancestors):
        if above == predicate:
            return False
        if any(child.lower_ == "according" for child in above.children):
            return True
    return False


def place_argument(draft: Draft, argument: Word, role: str, marks: Marks) -> None:
    """One PropBank argument as one of our roles."""
    preposition, argument = case_of(argument), counted(argument)
    kind = marks.entity_type(argument)
    if (argument.pos_ in ("VERB", "ADJ", "ADV") and kind is None) or is_a(argument, "measures"):
        return
    if argument.dep_ == "compound" and argument.ent_type_ == "EVENT" and argument.head == draft.token:
        return  # its name
    if argument.i in marks.time_at:
        draft.add(Role.TIME, argument)
    elif is_a(argument, "weapons") and draft.type is EventType.ASSAULT and not struck(argument, draft.token):
        draft.add(Role.INSTRUMENT, argument)
        for child in argument.children:  # "Russian drones struck": whose they are tells who acts
            if child.dep_ in ("amod", "nmod:poss", "compound") and child.i in marks.entity_at:
                draft.add(Role.AGENT, child)
    elif role == "ARG0":
        done_to = preposition == "against" or suffers(argument, draft.token) or is_passive(draft.token, argument)
        draft.add(Role.TARGET if done_to else Role.AGENT, argument)
    elif role == "ARGM-LOC" and preposition in ON and draft.type is EventType.ASSAULT and kind is not EntityType.PLACE:
        draft.add(Role.TARGET, argument)  # "strikes on homes"
    elif role == "ARGM-LOC" or (kind is EntityType.PLACE and preposition in IN):
        draft.add(Role.PLACE, argument)
    elif role == "ARGM-TMP":
        draft.add(Role.TIME, argument)
    elif preposition == "by" and is_a(argument, "buildings"):
        return  # "fled by boat"
    elif role == "ARG1" and preposition == "by":
        draft.add(Role.AGENT, argument)
    elif role in ("ARG1", "ARG2") and is_no_party(argument, role, preposition, draft):
        return
    elif role == "ARG1" or (role == "ARG2" and draft.type not in GIVING):
        draft.add(Role.TARGET, argument)
    elif role == "ARG2":
        draft.add(Role.RECIPIENT, argument)
    elif role == "ARGM-MNR" and preposition == "with":
        draft.add(Role.INSTRUMENT, argument)


def is_no_party(argument: Word, role: str, preposition: str, draft: Draft) -> bool:
    """Whether an argument tells why, from where or how, and not to whom: "blamed them for the deaths"."""
    if argument.dep_ == "compound" and draft.type in (EventType.ASSAULT, EventType.CONSULT):
        known = argument.ent_type_ or is_person(argument) or is_a(argument, "buildings")
        return not known and not is_a(argument, "weapons")  # "saturation attacks"
    if draft.type is EventType.DEATH and argument.lemma_ == "life":
        return True
    if role == "ARG2" and preposition in ("from", "for", "as", "than"):
        return True
    return preposition == "for" and draft.type in (EventType.ACCUSE, EventType.JUSTICE, EventType.COERCE)


def struck(word: Word, verb: Word) -> bool:
    """Whether a weapon is what a verb acts on, and not what it lets loose: "hit two tanks", but "fired missiles"."""
    before = word.doc[max(0, word.left_edge.i - 1)]
    top = before if before.pos_ == "NUM" and counted(before) == word else word  # "downed 21 of the 49 drones"
    if is_a(verb, "catches"):
        return True
    return top.head == verb and top.dep_ in ("obj", "nsubj:pass") and not is_a(verb, "looses")


def suffers(owner: Word, noun: Word) -> bool:
    """Whether the owner of an event noun is who it is done to: "his murder", but "their murder of the mayor"."""
    if owner.dep_ not in ("nmod:poss", "compound") or owner.head != noun or not is_a(noun, "suffered"):
        return False
    return not any(child.dep_ == "nmod" and case_of(child) == "of" for child in noun.children)


def is_passive(verb: Word, argument: Word) -> bool:
    """Whether a participle behind a noun tells what was done to it: "one of the towns attacked"."""
    behind = verb.tag_ in ("VBN", "VBD") and verb.dep_.startswith("acl")
    if not behind or not (verb.head == argument or verb.head.is_ancestor(argument)):
        return False
    return argument.i < verb.i and not any(child.dep_.startswith(("aux", "nsubj")) for child in verb.children)


def partner(place: Word) -> Word | None:
    """The other party behind a hyphen: the Chad of "Chad-Niger talks" for Niger."""
    doc = place.doc
    for step in (-1, 1):
        other = place.i + 2 * step
        if 0 <= other < len(doc) and doc[place.i + step].text in "-–" and doc[other].ent_type_:
            return doc[other]
    return None


def nominal_role(draft: Draft, child: Word, kind: EntityType | None, preposition: str) -> Role | None:
    """The role of a noun's modifier: "Russia's drone attack on Kharkiv", "talks between Iran and Oman"."""
    if child.dep_ in ("amod", "compound"):
        if kind in (EntityType.GROUP, EntityType.ORGANIZATION):
            return Role.AGENT
        if child.dep_ == "compound" and is_a(child, "weapons"):
            return Role.INSTRUMENT
        if child.dep_ == "compound" and kind is EntityType.PLACE:
            return Role.AGENT if partner(child) and draft.type in CHANGES_HANDS else Role.PLACE
        return None
    if child.dep_ == "nmod:poss":
        return Role.TARGET if suffers(child, draft.token) else Role.AGENT
    if child.dep_ != "nmod":
        return None
    if draft.type is EventType.ASSAULT and is_a(child, "weapons") and preposition in ("by", "with", "from", "of"):
        return Role.INSTRUMENT
    if preposition == "by" or (preposition in ("between", "with") and draft.type in CHANGES_HANDS):
        return Role.AGENT
    if preposition in IN and kind in LOCAL:
        return Role.PLACE
    return Role.TARGET if preposition in ON else None


def from_tree(draft: Draft, verb: Word | None, marks: Marks) -> None:
    """What the roles missed and the tree shows plainly; `verb` is the light one over a noun."""
    token, given = draft.token, {word for words_ in draft.arguments.values() for word in words_}
    for child in token.children:
        if child in given or antecedent(child) in given:
            continue
        kind, preposition = marks.entity_type(child), case_of(child)
        if child.i in marks.time_at:
            draft.add(Role.TIME, child)
            continue
        if token.pos_ in NOMINAL:
            role = nominal_role(draft, child, kind, preposition)
            if role is not None:
                draft.add(role, child)
                other = partner(child) if child.dep_ == "compound" else None
                if role is Role.AGENT and other is not None:
                    draft.add(role, other)
                for other in child.children:
                    if role is Role.TARGET and other.dep_ == "nmod" and case_of(other) == "by":
                        draft.add(Role.AGENT, other)  # "a raid on the port by Ruritanian forces"
            elif child.dep_.startswith("acl") and child.lemma_.lower() in ("target", "hit", "strike"):
                for below in child.children:
                    if below.dep_ == "obj":
                        draft.add(Role.TARGET, below)
        elif child.dep_ == "nsubj" and not is_a(child, "weapons"):
            draft.add(Role.AGENT, child)
        elif child.dep_ == "obj" and draft.type is EventType.DEATH and child.lemma_ == "life":
            continue  # "claimed the lives of 22 people"
        elif child.dep_ in ("obj", "nsubj:pass"):
            thing = counted(child)
            loose = is_a(thing, "weapons") and draft.type is EventType.ASSAULT and not struck(thing, token)
            draft.add(Role.INSTRUMENT if loose else Role.TARGET, child)
        elif child.dep_.startswith("obl") and preposition in IN and kind in LOCAL:
            draft.add(Role.PLACE, child)
        elif child.dep_ == "obl:agent" and preposition == "by":
            draft.add(Role.AGENT, child)
        elif child.dep_ == "iobj":
            draft.add(Role.RECIPIENT, child)
    # "a strike on homes in Kharkiv": the place of what was struck, when nothing nearer tells one.
    has_place = any(marks.entity_type(word) in LOCAL for word in draft.arguments.get(Role.PLACE, ()))
    places = [] if has_place else located(token.sentence, marks)
    if places:
        within = range(token.left_edge.i, token.right_edge.i + 1)
        beside = [child for child in (verb or token).children if child.i not in within]
        beside += [below for child in beside if child.dep_.startswith("obl") for below in child.children]
        around = [*(word for word in places if word.i in within), *(word for word in beside if word in places)]
        place = next((word for word in around if is_own(word, token)), None)
        if place is not None:
            draft.add(Role.PLACE, place)


def from_phrase(draft: Draft) -> None:
    """Whom the noun of a phrase is about, which itself is no target: "expressed their solidarity with Chad"."""
    token = draft.token
    for noun in token.children:
        if noun.dep_ != "obj" or (token.lemma_.lower(), noun.lemma_.lower()) not in triggers().phrases:
            continue
        about = [word for word in noun.children if word.dep_ == "nmod" and case_of(word) in ("with", "for", "to")]
        if about:
            draft.arguments[Role.TARGET] = [word for word in draft.arguments.get(Role.TARGET, ()) if word != noun]
        for word in about:
            draft.add(Role.TARGET, word)


def located(sentence: int, marks: Marks) -> list[Word]:
    """The words of the names of places in a sentence that something may have happened in."""
    known = marks.located.get(sentence)
    if known is None:
        known = marks.located[sentence] = [word for word in marks.places_in(sentence) if stands_in(word) in IN]
    return known


def stands_in(place: Word) -> str:
    """The preposition before a place, or before what it owns: "in Warri", "in Warri's centre"."""
    owned = place.dep_ == "nmod:poss" and is_a(place.head, "parts_of_place")
    return case_of(place.head) if owned else case_of(place)


def is_own(place: Word, token: Word) -> bool:
    """Whether nothing between a place and an event word above it has a better claim: a clause, or another event."""
    for word, above in pairwise([place, *place.ancestors]):
        if token in (word, above):
            return True
        clause = above.pos_ == "VERB" and not (above.dep_.startswith("acl") and above.head == token)
        below = token.is_ancestor(place)
        if below and (clause or (above.pos_ == "NOUN" and above.lemma_.lower() in triggers().nouns)):
            return False
    return True


def from_above(draft: Draft, marks: Marks) -> None:
    """What the verb over an event noun tells of it: "reported strikes on homes", "the town witnessed clashes"."""
    token = draft.token
    for word, verb in pairwise([token, *token.ancestors]):
        if word != token and word.pos_ in NOMINAL and not is_a(word, "weapons") and counted(word) != token:
            return
        if token.pos_ in NOMINAL and is_a(verb, "speech") and word == token:
            for child in verb.children:
                preposition = case_of(child)
                if child.dep_ == "obl" and child.i > token.i and child.i not in marks.time_at:
                    place = marks.entity_type(child) is EntityType.PLACE and preposition in IN
                    if preposition in ON or place:
                        draft.add(Role.PLACE if place else Role.TARGET, child)
                        for below in child.children:
                            if marks.entity_type(below) is EntityType.PLACE and case_of(below) in IN:
                                draft.add(Role.PLACE, below)
        if is_a(verb, "relocates") and word.dep_ in ("obj", "nsubj:pass"):
            for below in verb.subtree:  # "moved the next round of talks to Moscow"
                if marks.entity_type(below) is EntityType.PLACE and case_of(below) == "to":
                    draft.add(Role.PLACE, below)
        if is_a(verb, "undergoes") and word.pos_ in NOMINAL and word.dep_ in ("obj", "ccomp", "xcomp", "conj"):
            for child in verb.children:
                if child.dep_ == "nsubj" and not is_person(child):
                    draft.arguments[Role.AGENT] = [a for a in draft.arguments.get(Role.AGENT, ()) if a != child]
                    place = marks.entity_type(child) is EntityType.PLACE and draft.type is not EventType.ASSAULT
                    draft.add(Role.PLACE if place else Role.TARGET, child)


def from_clause(draft: Draft) -> None:
    """The subject that a clause without one shares: "he spoke on Telegram, condemning the raid"."""
    token = draft.token
    if draft.type in HARMFUL or Role.AGENT in draft.arguments or token.pos_ != "VERB" or token.dep_ != "advcl":
        return
    if token.tag_ == "VBG" and not any(child.dep_.startswith("nsubj") for child in token.children):
        for child in token.head.children:
            if child.dep_ == "nsubj":
                draft.add(Role.AGENT, child)

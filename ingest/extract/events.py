"""Event mentions of a Doc: triggers, participants by role, status."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Token

from ingest.article import EntityType, EventMention, EventType, MentionKind, Participant, Role, Status
from ingest.extract.lexicon import is_a, words
from ingest.extract.marks import Marks, Time
from ingest.extract.phrases import case_of, mention_of, with_conjuncts
from ingest.extract.types import NOMINAL, event_mode, event_type
from ingest.language.pipeline import EVENTS

# Types whose ARG2 or "to" is one who gets something.
GIVING = frozenset({EventType.AID, EventType.CONCEDE, EventType.SUPPORT, EventType.AGREE})
ON = frozenset(["on", "against", "at", "upon", "targeting", "over", "toward", "towards"])
IN = frozenset(["in", "at", "near", "across", "outside", "around", "within", "inside", "throughout", "into"])
# Events that people are killed or hurt in.
HARMFUL = frozenset(
    {EventType.ASSAULT, EventType.DISASTER, EventType.ACCIDENT, EventType.HEALTH, EventType.PROTEST, EventType.DEATH}
)
CHANGES_HANDS = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.ASSAULT})


@dataclass(slots=True)
class Draft:
    """An event mention in the making."""

    token: Token
    type: EventType
    mode: str | None
    status: Status
    arguments: dict[Role, list[Token]] = field(default_factory=dict)
    absorbed: set[int] = field(default_factory=set)  # tokens of event words that this one took over

    def add(self, role: Role, token: Token) -> None:
        """Add an argument head and what is coordinated with it."""
        kept = self.arguments.setdefault(role, [])
        kept += [word for word in with_conjuncts(token) if word not in kept and word != self.token]


def find_events(marks: Marks) -> list[Draft]:
    """The event mentions of a Doc, in order."""
    doc = marks.doc
    happening = {token.i: span.label_ for span in doc.spans[EVENTS] for token in (span.root, doc[span.start])}
    drafts: dict[int, Draft] = {}
    for token in doc:
        if token.pos_ in NOMINAL or token.pos_ == "VERB" or (token.pos_ == "ADJ" and token._.is_predicate):
            type_ = event_type(token)
            if not is_trigger(token, type_, happening.get(token.i), marks):
                continue
            draft = Draft(token, type_, event_mode(token, type_), status_of(token))
            fill_roles(draft, marks)
            drafts[token.i] = draft
    for draft in drafts.values():
        if draft.type in HARMFUL:  # "the assault wounded three": the assault is no attacker
            for tokens in draft.arguments.values():
                tokens[:] = [token for token in tokens if token.i not in drafts]
    absorb(drafts)
    return [draft for draft in drafts.values() if worth_keeping(draft, drafts, marks)]


def absorb(drafts: dict[int, Draft]) -> None:
    """Fold words that only tell more of an event into it: "a strike targeting Kharkiv", "killing three"."""
    for token_i in sorted(drafts, reverse=True):
        draft = drafts[token_i]
        home = home_of(draft, drafts)
        if home is None:
            continue
        for role, tokens in draft.arguments.items():
            if role is not Role.TARGET or not is_harm(draft) or Role.TARGET not in home.arguments:
                for token in tokens:
                    home.add(role, token)
        home.absorbed |= {token_i, *draft.absorbed}
        del drafts[token_i]


def home_of(draft: Draft, drafts: dict[int, Draft]) -> Draft | None:
    """The event that a word only tells more of, if there is one in its sentence."""
    token = draft.token
    if draft.type not in HARMFUL:
        return None
    by_word = {word: other for other in drafts.values() for word in (other.token.i, *other.absorbed)}
    above = next((by_word[word.i] for word in token.ancestors if word.i in by_word), None)
    if above is not None and above is not draft and above.type in HARMFUL and not is_harm(above):
        modifies = token.dep_ in ("acl", "acl:relcl", "advcl") and above.type is draft.type
        return above if modifies or is_harm(draft) else None
    if is_harm(draft) and token.dep_ == "conj" and token.head.i in drafts and is_harm(drafts[token.head.i]):
        return drafts[token.head.i]  # "22 were killed and more than 100 wounded"
    if is_harm(draft) or is_a(token, "damaged_words"):
        # "three people were killed in a strike", "the blast killed two", "a wildfire destroyed 120 homes"
        below = [drafts[word.i] for word in token.subtree if word.i in drafts and clause_of(word) == token]
        below = [other for other in below if other.type in HARMFUL and not is_harm(other)]
        return below[0] if below else None
    return None


def clause_of(noun: Token) -> Token | None:
    """The verb of the clause that a noun stands in."""
    return next((word for word in noun.ancestors if word.pos_ == "VERB"), None) if noun.pos_ in NOMINAL else None


def is_harm(draft: Draft) -> bool:
    """Whether an event word tells only what became of somebody: killed, wounded, lost their lives."""
    return draft.type is EventType.DEATH or is_a(draft.token, "killed_words") or is_a(draft.token, "injured_words")


def is_trigger(token: Token, type_: EventType, label: str | None, marks: Marks) -> bool:
    """Whether a word tells of an event: known by its type or by the event head, and no speech, no name, no modal."""
    if token.i in marks.entity_at or token.dep_ in ("aux", "aux:pass", "cop", "flat"):
        return False
    if token.dep_ == "compound" and is_a(token.head, "weapons"):
        return False  # "attack drones"
    if token.dep_ == "amod" and (is_a(token, "injured_words") or is_a(token, "killed_words")):
        return False  # "wounded soldiers were exchanged" tells of no wounding
    if type_ is EventType.CONCEDE and any(child.dep_ == "ccomp" for child in token.children):
        return False  # "conceded that there were doubts" is speech
    if type_ is not EventType.OTHER:
        # A noun before a noun ("ceasefire dialogue", "strike group") is the other noun's business.
        if token.dep_ in ("compound", "amod", "nmod:desc") and label is None:
            return False
        return label is not None or token._.is_predicate or carrier(token) is not None
    if is_a(token, "speech") or is_a(token, "light") or is_a(token, "states"):
        return False
    return label == "OCCURRENCE" and token._.is_predicate


def worth_keeping(draft: Draft, drafts: dict[int, Draft], marks: Marks) -> bool:
    """Untyped events only with somebody named in them; a light verb not beside the noun that it carries."""
    if draft.type is EventType.OTHER:
        if draft.token.dep_ == "advcl" and draft.token.tag_ == "VBG":
            return False  # ", prolonging the conflict": what the main clause means, not one more event
        named = {
            marks.entity_at[token.i]
            for role, tokens in draft.arguments.items()
            for token in tokens
            if role is not Role.TIME and token.i in marks.entity_at
        }
        return len(named) > 1
    if draft.type is EventType.ACCIDENT and draft.token.pos_ == "VERB":
        # Talks collapse and markets crash, but nobody is hurt.
        return not any(child.i in drafts for child in draft.token.children if child.dep_.startswith("nsubj"))
    if is_a(draft.token, "light"):
        return not any(child.i in drafts for child in draft.token.children if child.dep_ in ("obj", "nsubj:pass"))
    return True


def status_of(token: Token) -> Status:
    """Whether it happened, from negation, modals and the words it hangs on."""
    verb = carrier(token) or token
    near = [child.lemma_.lower() for word in {token, verb} for child in word.children
            if child.dep_ in ("aux", "advmod", "amod", "det", "compound")]  # fmt: skip
    if {"not", "n't", "never", "no"}.intersection(near):
        return Status.DENIED
    if words("planned").intersection(near):
        return Status.PLANNED
    if words("possible").intersection(near):
        return Status.POSSIBLE
    if words("alleged").intersection(near) or "alleged" in near or "suspected" in near:
        return Status.ALLEGED
    head = verb.head
    if head != verb and verb.dep_ in ("xcomp", "ccomp", "obj", "acl", "advcl", "nsubj:pass", "obl"):
        lemma = head.lemma_.lower()
        infinitive = any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children)
        called = lemma == "call" and case_of(verb) not in ("for", "on")  # "called it a raid" demands none
        if lemma in words("demanded") and (infinitive or (verb.dep_ in ("obj", "obl", "xcomp") and not called)):
            return Status.DEMANDED
        if lemma in words("planned") and (infinitive or verb.dep_ in ("obj", "xcomp")):
            return Status.PLANNED
        if lemma in words("denied"):
            return Status.DENIED
        if lemma in words("alleged") and verb.dep_ in ("ccomp", "xcomp", "obj", "obl"):
            return Status.ALLEGED
        if infinitive and lemma in words("possible"):
            return Status.POSSIBLE
    return Status.HAPPENED


def carrier(token: Token) -> Token | None:
    """The light verb that carries an event noun: "launched" for "launched an attack"."""
    if token.pos_ in NOMINAL and token.dep_ in ("obj", "nsubj:pass", "obl", "nsubj", "conj"):
        head = next((word for word in token.ancestors if word.pos_ not in NOMINAL), token)
        if head != token and is_a(head, "light"):
            return head
    return None


def fill_roles(draft: Draft, marks: Marks) -> None:
    """Arguments from the semantic roles of the trigger and of its light verb, then from the tree."""
    token = draft.token
    for argument, role in arguments_of(token):
        place_argument(draft, argument, role, marks)
    verb = carrier(token)
    if verb is not None:
        draft.absorbed.add(verb.i)
        for argument, role in arguments_of(verb):
            if argument != token and role in ("ARG0", "ARGM-LOC", "ARGM-TMP", "ARG2"):
                place_argument(draft, argument, role, marks)
        if Role.AGENT not in draft.arguments and token.dep_ == "obj":
            for child in verb.children:  # "workers began a strike": who begins it strikes
                if child.dep_ == "nsubj" and child.pos_ in NOMINAL:
                    draft.add(Role.AGENT, child)
    from_tree(draft, marks)
    from_above(draft, marks)
    from_clause(draft)
    if draft.type is EventType.DEATH and token.pos_ == "VERB":
        for victim in draft.arguments.pop(Role.AGENT, ()):
            draft.add(Role.TARGET, victim)
    # "Kharkiv was hit": what is struck and is a place is also where it happened.
    if draft.type in (EventType.ASSAULT, EventType.DISASTER, EventType.ACCIDENT):
        for target in list(draft.arguments.get(Role.TARGET, ())):
            if marks.entity_type(target) is EntityType.PLACE:
                draft.add(Role.PLACE, target)
            for child in target.children:
                if child.dep_ in ("nmod", "compound") and marks.entity_type(child) is EntityType.PLACE:
                    draft.add(Role.PLACE, child)


def arguments_of(predicate: Token) -> list[tuple[Token, str]]:
    """A predicate's arguments without agents that the tree gives to another verb.

    Who reports a thing did not do it ("..., the mayor said"), and in "A accused B of attacking C" B attacks.
    """
    arguments: list[tuple[Token, str]] = predicate._.arguments
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
    return [(argument, role) for argument, role in arguments if role != "ARG0" or argument.i not in dropped]


def is_source(word: Token, predicate: Token) -> bool:
    """Whether a word stands in an "according to" phrase below a predicate."""
    for above in (word, *word.ancestors):
        if above == predicate:
            return False
        if any(child.lower_ == "according" for child in above.children):
            return True
    return False


def place_argument(draft: Draft, argument: Token, role: str, marks: Marks) -> None:
    """One PropBank argument as one of our roles."""
    kind = marks.entity_type(argument)
    preposition = case_of(argument)
    if argument.pos_ in ("VERB", "ADJ", "ADV") and kind is None:
        return
    if argument.i in marks.time_at:
        draft.add(Role.TIME, argument)
    elif is_a(argument, "weapons") and draft.type is EventType.ASSAULT and not done_to(argument, draft.token):
        draft.add(Role.INSTRUMENT, argument)
        for child in argument.children:  # "Russian drones struck": whose they are tells who acts
            if child.dep_ in ("amod", "nmod:poss", "compound") and child.i in marks.entity_at:
                draft.add(Role.AGENT, child)
    elif role == "ARG0":
        draft.add(Role.AGENT, argument)
    elif role == "ARGM-LOC" and preposition in ON and draft.type is EventType.ASSAULT and kind is not EntityType.PLACE:
        draft.add(Role.TARGET, argument)  # "strikes on homes"
    elif role == "ARGM-LOC" or (kind is EntityType.PLACE and preposition in IN):
        draft.add(Role.PLACE, argument)
    elif role == "ARGM-TMP":
        draft.add(Role.TIME, argument)
    elif role == "ARG1" and preposition == "by":
        draft.add(Role.AGENT, argument)
    elif role == "ARG1" or (role == "ARG2" and draft.type not in GIVING):
        draft.add(Role.TARGET, argument)
    elif role == "ARG2":
        draft.add(Role.RECIPIENT, argument)
    elif role == "ARGM-MNR" and preposition == "with":
        draft.add(Role.INSTRUMENT, argument)


def done_to(word: Token, verb: Token) -> bool:
    """Whether a word is what a verb acts on."""
    return word.head == verb and word.dep_ in ("obj", "nsubj:pass")


def nominal_role(draft: Draft, child: Token, kind: EntityType | None, preposition: str) -> Role | None:
    """The role of a noun's modifier: "Russia's drone attack on Kharkiv", "talks between Iran and Oman"."""
    if child.dep_ in ("amod", "compound"):
        if kind in (EntityType.GROUP, EntityType.ORGANIZATION):
            return Role.AGENT
        if child.dep_ == "compound" and is_a(child, "weapons"):
            return Role.INSTRUMENT
        return Role.PLACE if child.dep_ == "compound" and kind is EntityType.PLACE else None
    if child.dep_ == "nmod:poss":
        return Role.AGENT
    if child.dep_ != "nmod":
        return None
    if draft.type is EventType.ASSAULT and is_a(child, "weapons") and preposition in ("by", "with", "from", "of"):
        return Role.INSTRUMENT
    if preposition == "by" or (preposition in ("between", "with") and draft.type in CHANGES_HANDS):
        return Role.AGENT
    if preposition in IN and kind in (EntityType.PLACE, EntityType.FACILITY):
        return Role.PLACE
    return Role.TARGET if preposition in ON else None


def from_tree(draft: Draft, marks: Marks) -> None:
    """What the roles missed and the tree shows plainly."""
    token, given = draft.token, {word for words_ in draft.arguments.values() for word in words_}
    for child in token.children:
        if child in given:
            continue
        kind, preposition = marks.entity_type(child), case_of(child)
        if child.i in marks.time_at:
            draft.add(Role.TIME, child)
            continue
        if token.pos_ in NOMINAL:
            role = nominal_role(draft, child, kind, preposition)
            if role is not None:
                draft.add(role, child)
            elif child.dep_.startswith("acl") and child.lemma_.lower() in ("target", "hit", "strike"):
                for below in child.children:
                    if below.dep_ == "obj":
                        draft.add(Role.TARGET, below)
        elif child.dep_ == "nsubj" and not is_a(child, "weapons"):
            draft.add(Role.AGENT, child)
        elif child.dep_ in ("obj", "nsubj:pass"):
            draft.add(Role.TARGET, child)
        elif child.dep_.startswith("obl") and preposition in IN and kind in (EntityType.PLACE, EntityType.FACILITY):
            draft.add(Role.PLACE, child)
        elif child.dep_ == "obl:agent" and preposition == "by":
            draft.add(Role.AGENT, child)
    # "a strike on homes in Kharkiv": the place of what was struck, when nothing nearer tells one.
    if Role.PLACE not in draft.arguments:
        around = [*token.subtree, *(carrier(token) or token).children]
        place = next(
            (word for word in around if marks.entity_type(word) is EntityType.PLACE and case_of(word) in IN), None
        )
        if place is not None:
            draft.add(Role.PLACE, place)


def from_above(draft: Draft, marks: Marks) -> None:
    """What the verb over an event noun tells of it: "reported strikes on homes", "the town witnessed clashes"."""
    token = draft.token
    for word, verb in pairwise([token, *token.ancestors]):
        if word != token and word.pos_ in NOMINAL and not is_a(word, "weapons"):
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
        if is_a(verb, "undergoes") and word.dep_ in ("obj", "ccomp", "xcomp", "conj"):
            for child in verb.children:
                if child.dep_ == "nsubj":
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


def finish(draft: Draft, marks: Marks, time: Time | None) -> EventMention:
    """The event mention with its mentions made."""
    participants: list[Participant] = []
    taken: set[int] = set()
    given: set[tuple[Role, int]] = set()
    order = (Role.PLACE, Role.AGENT, Role.TARGET, Role.RECIPIENT, Role.INSTRUMENT)
    for role in order:
        for token in draft.arguments.get(role, ()):
            mention = mention_of(marks, token)
            if mention is None or (mention in taken and role is not Role.TARGET) or (role, mention) in given:
                continue
            if role is Role.PLACE and not is_place(marks, mention):
                continue
            taken.add(mention)
            given.add((role, mention))
            participants.append(Participant(role=role, mention=mention))
    trigger = marks.add_tokens(draft.token.i, draft.token.i + 1, MentionKind.EVENT, draft.type.value)
    if time is not None:
        participants.append(Participant(role=Role.TIME, mention=time.mention))
    return EventMention(
        trigger=trigger, type=draft.type, mode=draft.mode, status=draft.status,
        verbal=draft.token.pos_ not in NOMINAL, participants=tuple(participants),
        interval=None if time is None else time.interval,
    )  # fmt: skip


def is_place(marks: Marks, mention: int) -> bool:
    """Whether a mention names a place."""
    return marks.mentions[mention].label in (EntityType.PLACE, EntityType.FACILITY)

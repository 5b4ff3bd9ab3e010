"""Event mentions of a text: triggers, what belongs to one event, status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ingest.article import EntityType, EventMention, EventType, MentionKind, Participant, Role, Status
from ingest.extract.causes import CAUSES
from ingest.extract.lexicon import classes_of, given_terms, is_a, triggers, words
from ingest.extract.marks import Marks, Time
from ingest.extract.objects import acts
from ingest.extract.phrases import case_of, counted, dateline, mention_of
from ingest.extract.roles import HARMFUL, Draft, carrier, fill_roles
from ingest.extract.story import headline_event
from ingest.extract.types import NOMINAL, event_mode, event_name, event_type, named_by_noun, of_sport
from ingest.language.text import Span, Text, Word

BESIDE = frozenset({"aux", "advmod", "amod", "det", "compound"})  # relations of words that tell whether it took place
NOBODY = frozenset({"nobody", "nothing", "none", "neither", "no", "no-one"})
INSTEAD = frozenset({"without", "instead", "rather"})  # "without a deal", "instead of suing", "rather than sue"
NO_EVENTS = frozenset({"speech", "light", "states", "buildings", "partitives"})  # classes of words
# What is said of an infinitive by the word over it.
INFINITIVES = {
    "not_done": Status.DENIED, "tried": Status.POSSIBLE, "ordered": Status.DEMANDED, "meant": Status.PLANNED,
}  # fmt: skip
Marked = tuple[int, list[tuple[Role, int]]]  # the mention of a trigger; those who take part and when


def find_events(marks: Marks) -> list[Draft]:
    """The event mentions of a text that are worth keeping, in order."""
    drafts = read_events(marks)
    return [draft for draft in drafts.values() if worth_keeping(draft, drafts, marks)]


def further_events(marks: Marks, kept: Sequence[Draft]) -> list[Draft]:
    """What else the event head marks, but no states: what is of no type, speech, what tells more of another event."""
    taken = {draft.token.i for draft in kept}
    found = []
    for span in marks.doc.events:
        if span.label_ != "STATE" and taken.isdisjoint(range(span.start, span.end)):
            draft = drafted(span.root, event_type(span.root), marks)
            draft.extent = span.start, span.end
            found.append(draft)
    return found


def read_events(marks: Marks) -> dict[int, Draft]:
    """The event mentions of a text by the token of their trigger."""
    doc = marks.doc
    happening = {i: span.label_ for span in doc.events for i in ends(span)}
    named = names_by_sentence(marks)
    main, main_type = headline_event(doc) or (-1, EventType.OTHER)
    drafts: dict[int, Draft] = {}
    for token in candidates(doc, happening):
        i = token.i
        type_ = main_type if i == main else event_type(token)
        if not is_trigger(token, type_, happening.get(i), marks):
            continue
        if type_ is EventType.OTHER and named.get(token.sentence, 0) < 2:
            drafts[i] = Draft(token, type_, None, Status.HAPPENED)  # not worth keeping, whatever its roles
        else:
            drafts[i] = drafted(token, type_, marks)
    datelines = dateline(doc)
    for draft in drafts.values():
        for role, tokens in draft.arguments.items():
            tokens[:] = [token for token in tokens if token.i not in datelines]
            if role is Role.AGENT or draft.type in HARMFUL:  # "the assault wounded three": the assault is no attacker
                tokens[:] = [token for token in tokens if token.i not in drafts]
    absorb(drafts)
    for part in [part for draft in drafts.values() for part in apart(draft, marks)]:
        drafts.setdefault(part.token.i, part)
    return dict(sorted(drafts.items()))


def apart(draft: Draft, marks: Marks) -> Iterator[Draft]:
    """What one word tells of two times, each with its own number: "fired 20 rockets on Monday and 9 on Tuesday".

    The later ones leave the draft, and have what was counted as their trigger.
    """
    for role in (Role.TARGET, Role.INSTRUMENT):
        tokens = draft.arguments.get(role, [])
        for token in tokens[1:]:
            days = own_days(token, draft, marks)
            if token.dep_ != "conj" or not days or not any(child.dep_ == "nummod" for child in token.children):
                continue
            part = Draft(token, draft.type, draft.mode, draft.status)
            tokens[:] = [word for word in tokens if word != token and not token.is_ancestor(word)]
            part.arguments = {other: list(words_) for other, words_ in draft.arguments.items() if other is not role}
            part.arguments |= {role: [token, *(word for word in token.conjuncts if token.is_ancestor(word))]}
            part.arguments[Role.TIME] = days
            draft.arguments[Role.TIME] = [day for day in draft.arguments.get(Role.TIME, ()) if day not in days]
            yield part


def own_days(counted: Word, draft: Draft, marks: Marks) -> list[Word]:
    """The times that stand right behind what was counted, below it or, as one of several, below the verb."""
    below = [child for child in counted.children if child.i in marks.time_at and child.i > counted.i]
    said = draft.arguments.get(Role.TIME, ())
    behind = [day for day in said if 0 < day.left_edge.i - counted.i <= 1] if len(said) > 1 else []
    return below or behind


def names_by_sentence(marks: Marks) -> Counter[int]:
    """How many names stand in each sentence, by its number."""
    first = {mention: token for token, mention in reversed(marks.entity_at.items())}
    return Counter(marks.doc.words[token].sentence for token in first.values())


def drafted(token: Word, type_: EventType, marks: Marks) -> Draft:
    """The event that one word tells of, and who takes part in it."""
    verb = carrier(token) if token.pos_ in NOMINAL else None
    draft = Draft(token, type_, event_mode(token, type_), status_of(token, verb))
    fill_roles(draft, verb, marks)
    return draft


def with_trigger(token: Word, drafts: Mapping[int, Draft], marks: Marks) -> Draft:
    """The event among `drafts` that a word tells of or tells more of, or one made of the word alone."""
    told = (draft for draft in drafts.values() if token.i == draft.token.i or token.i in draft.absorbed)
    found = next(told, None)
    return found if found is not None and found.arguments else drafted(token, event_type(token), marks)


def ends(span: Span) -> tuple[int, ...]:
    """The first word of an event span, and its highest."""
    return (span.start,) if span.end - span.start == 1 else (span.start, span.root.i)


def candidates(doc: Text, happening: Mapping[int, str]) -> list[Word]:
    """The words that may tell of an event: predicates, what the event head marks, nouns that the table knows."""
    known, given = triggers().nouns, given_terms(doc)
    named = (i for ent in doc.ents if ent.label_ == "EVENT" for i in range(ent.start, ent.end))
    marked = {*happening, *doc.roles, *named}
    found = []
    for i, word in enumerate(doc.words):
        class_ = word.pos_
        if class_ in NOMINAL:
            if i in marked or word.lemma_.lower() in known or word.lower_ in known or i in given:
                found.append(word)
        elif class_ == "VERB":
            if i in marked or i in given:
                found.append(word)
        elif (class_ == "ADJ" and i in doc.roles) or i in given:
            found.append(word)
    return found


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
        home.mode = home.mode or (draft.mode if draft.type is home.type else None)
        del drafts[token_i]


def home_of(draft: Draft, drafts: dict[int, Draft]) -> Draft | None:
    """The event that a word only tells more of, if there is one in its sentence."""
    token = draft.token
    if draft.type not in HARMFUL:
        return None
    by_word = {word: other for other in drafts.values() for word in (other.token.i, *other.absorbed)}
    above = next((by_word[word.i] for word in token.ancestors if word.i in by_word), None)
    if above is not None and above.type is draft.type and is_apposed(token, above.token):
        return above  # "the operation, a series of air raids"
    if above is not None and above is not draft and above.type in HARMFUL and not is_harm(above):
        modifies = token.dep_ in ("acl", "acl:relcl", "advcl") and above.type is draft.type
        modifies &= not is_a(token.head, "munitions")  # "shot down 21 of the drones sent by ..." is two events
        return above if modifies or is_harm(draft) else None
    if is_harm(draft) and token.dep_ == "conj" and token.head.i in drafts and is_harm(drafts[token.head.i]):
        return drafts[token.head.i]  # "22 were killed and more than 100 wounded"
    if is_harm(draft) or is_a(token, "damaged_words"):
        # "three people were killed in a strike", "the blast killed two", "a wildfire destroyed 120 homes"
        below = [drafts[word.i] for word in token.subtree if word.i in drafts and clause_of(word) == token]
        # "killed by gunmen after the earthquake": where somebody acts, no disaster did it.
        meant = HARMFUL - CAUSES if draft.type is EventType.ASSAULT else HARMFUL
        below = [other for other in below if other.type in meant and not is_harm(other)]
        return below[0] if below else None
    return None


def is_apposed(token: Word, noun: Word) -> bool:
    """Whether an event word says what another one is, itself or as what a word of number counts."""
    return any(child.dep_ == "appos" and counted(child) == token for child in noun.children)


def clause_of(noun: Word) -> Word | None:
    """The verb of the clause that a noun stands in."""
    return next((word for word in noun.ancestors if word.pos_ == "VERB"), None) if noun.pos_ in NOMINAL else None


def is_harm(draft: Draft) -> bool:
    """Whether an event word tells only what became of somebody: killed, wounded, lost their lives."""
    return draft.type is EventType.DEATH or is_a(draft.token, "killed_words") or is_a(draft.token, "injured_words")


def is_trigger(token: Word, type_: EventType, label: str | None, marks: Marks) -> bool:
    """Whether a word tells of an event: known by its type or by the event head, and no speech, no name, no modal."""
    if token.dep_ in ("aux", "aux:pass", "cop", "flat"):
        return False
    if token.i in given_terms(token.doc):
        return token.i not in marks.entity_at
    if type_ is EventType.OTHER and (label != "OCCURRENCE" or not token.is_predicate):
        return False
    if token.i in marks.entity_at:
        named = event_name(token) is not None and type_ is not EventType.OTHER and token.dep_ != "compound"
        return named and not is_a(token, "settings")
    if token.pos_ in NOMINAL and is_a(token, "settings") and carrier(token) is None:
        return False  # "as the war goes on"
    if token.dep_ == "compound" and is_a(token.head, "weapons"):
        return False  # "attack drones"
    if token.dep_ == "amod" and (is_a(token, "injured_words") or is_a(token, "killed_words")):
        return False  # "wounded soldiers were exchanged" tells of no wounding
    if type_ in HARMFUL and token.dep_ == "amod" and token.tag_ == "VBG" and not acts(token.head):
        return False  # "a smashing win"
    if type_ is EventType.CONCEDE and any(child.dep_ == "ccomp" for child in token.children):
        return False  # "conceded that there were doubts" is speech
    if type_ is not EventType.OTHER:
        # A noun before a noun ("ceasefire dialogue", "strike group") is the other noun's business.
        if token.dep_ in ("compound", "amod", "nmod:desc") and label is None:
            return False
        return label is not None or token.is_predicate or carrier(token) is not None
    return NO_EVENTS.isdisjoint(classes_of(token))


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
        subjects = (child for child in draft.token.children if child.dep_.startswith("nsubj"))
        return not any(counted(subject).i in drafts for subject in subjects)
    if is_a(draft.token, "light"):
        return not any(child.i in drafts for child in draft.token.children if child.dep_ in ("obj", "nsubj:pass"))
    return True


def status_of(token: Word, verb: Word | None) -> Status:
    """Whether it happened, from negation, modals and the words it hangs on; `verb` is the light one over a noun."""
    if verb is None or is_a(verb, "undoes"):
        verb = token  # what they failed to stop came about
    around = [token] if verb is token else [token, verb]
    if counted(token.head) is token:
        around.append(token.head)  # "the next round of talks"
    if (verb is token or token.dep_ == "obj") and lacks(verb):
        return Status.DENIED
    near = [child.lemma_.lower() for word in around for child in word.children if child.dep_ in BESIDE]
    for status, told in beside_words() if near else ():
        if not told.isdisjoint(near):
            return status
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
        if lemma in words("alleged") and verb.dep_ in ("ccomp", "xcomp", "obj", "obl", "advcl"):
            return Status.ALLEGED
        if (infinitive or verb.dep_ == "obj") and lemma in words("possible"):  # "threatened a strike"
            return Status.POSSIBLE
        if infinitive:
            return status_of_infinitive(verb)
        if verb.tag_ == "VBG":
            return status_of_gerund(verb)
    return Status.HAPPENED


def lacks(verb: Word) -> bool:
    """Whether nobody does it, it is done to nobody, or something else is done without it or in its place."""
    sides = [child for child in verb.children if child.dep_.split(":")[0] in ("nsubj", "obj")]
    if verb.pos_ == "VERB" and any(each.lower_ in NOBODY for side in sides for each in (side, *side.children)):
        return True
    return any(each.lower_ in INSTEAD for each in verb.children if each.dep_ in ("mark", "case"))


@cache
def beside_words() -> tuple[tuple[Status, frozenset[str]], ...]:
    """What words beside that of an event say of it; the first that fits counts."""
    return (
        (Status.DENIED, frozenset({"not", "n't", "never", "no"})),
        (Status.PLANNED, words("planned")),
        (Status.POSSIBLE, words("possible")),
        (Status.ALLEGED, words("alleged") | {"alleged", "suspected"}),
    )


def status_of_infinitive(verb: Word) -> Status:
    """Whether "to seize" came about: by the word that it hangs on, else as that word did; a purpose is a plan."""
    head = verb.head
    lemma = head.lemma_.lower()
    for name, status in INFINITIVES.items():
        if lemma in words(name):
            return status
    if lemma == "have" and head.tag_ not in ("VBD", "VBN"):
        return Status.PLANNED  # "will have to leave"; who had to leave left
    if head.pos_ in ("VERB", "AUX", "ADJ") and (above := status_of(head, carrier(head))) is not Status.HAPPENED:
        return above
    done = event_type(verb) is EventType.CONSULT or of_sport(verb.doc)  # "met to discuss it", "came back to win"
    return Status.PLANNED if verb.dep_ == "advcl" and not done else Status.HAPPENED


def status_of_gerund(verb: Word) -> Status:
    """Whether "into making a bid" came about: if its head did; "banned from selling": if its head did not."""
    behind = {child.lower_ for child in verb.children if child.dep_ in ("mark", "case")}
    if behind.isdisjoint({"from", "into"}):
        return Status.HAPPENED
    head = verb.head
    above = status_of(head, carrier(head))
    if "into" in behind:
        return above
    turned = any(child.lower_ in {"away", "back"} for child in head.children)  # "shied away from buying"
    if head.lemma_.lower() in words("keeps_from") or turned:
        return {Status.HAPPENED: Status.DENIED, Status.DENIED: Status.HAPPENED}.get(above, Status.POSSIBLE)
    return Status.HAPPENED


def marked(draft: Draft, marks: Marks, time: Time | None) -> Marked:
    """The mentions of an event's trigger and of all that take part, made where they are new."""
    taking_part = [(role, mention) for role, _, mention in parties(draft, marks)]
    name = event_name(draft.token)
    before = named_by_noun(draft.token)
    start, end = draft.extent or ((name.start, name.end) if name is not None else (draft.token.i, draft.token.i + 1))
    start = start if before is None else before.start
    trigger = marks.add_tokens(start, end, MentionKind.EVENT, draft.type.value)
    if time is not None:
        taking_part.append((Role.TIME, time.mention))
    return trigger, taking_part


def finished(draft: Draft, told: Marked, time: Time | None, moved: Sequence[int], vector: str = "") -> EventMention:
    """The event mention, once its mentions are in order; `moved` says where each went."""
    trigger, taking_part = told
    return EventMention(
        trigger=moved[trigger], type=draft.type, mode=draft.mode, status=draft.status,
        verbal=draft.token.pos_ not in NOMINAL,
        participants=tuple([Participant(role=role, mention=moved[mention]) for role, mention in taking_part]),
        interval=None if time is None else time.interval, vector=vector,
    )  # fmt: skip


def parties(draft: Draft, marks: Marks) -> Iterator[tuple[Role, Word, int]]:
    """Role, head and mention of each argument but times, a mention once, though a place can also be the target."""
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
            yield role, token, mention


def is_place(marks: Marks, mention: int) -> bool:
    """Whether a mention names a place."""
    return marks.mentions[mention].label in (EntityType.PLACE, EntityType.FACILITY)

"""Numbers of an article and what they count: killed, injured, launched, intercepted, damaged, money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.article import EventType, MentionKind, Quantity, Role
from ingest.extract.events import drafted, is_harm
from ingest.extract.lexicon import is_a, is_person, words
from ingest.extract.marks import Marks
from ingest.extract.phrases import PERSONAL, case_of, mention_of, noun_phrase
from ingest.extract.roles import HARMFUL, Draft
from ingest.extract.speech import speaker_of, words_for
from ingest.extract.types import event_type, speaks_of
from ingest.language.text import Span, Word
from ingest.numerals import Numeral, NumeralKind, find_numerals

HARM = ("killed", "injured", "missing", "detained", "displaced")
# Events that these numbers are told of besides.
ALSO = {
    "launched": (EventType.MOBILIZE,),
    "detained": (EventType.COERCE, EventType.JUSTICE),
    "displaced": (EventType.AID, EventType.RETREAT, EventType.COERCE),
}
# Relations of words behind a noun that tell of it: "three people killed", "49 drones deployed by the army".
TELLING = frozenset({"acl", "amod", "xcomp", "advcl", "conj", "appos"})
COUNTED = frozenset({NumeralKind.COUNT, NumeralKind.MONEY, NumeralKind.PERCENT})


@dataclass(slots=True, kw_only=True)
class Found:
    """A number and the words around it that tell what it counts."""

    numeral: Numeral
    token: Word  # the last word of the number
    anchor: Word  # the noun that it counts, or the number itself
    unit: Word | None


def find_quantities(marks: Marks, drafts: list[Draft]) -> list[Quantity]:
    """The quantities of a text; each belongs to one of the drafts, by index.

    A number that none of them fits adds one: the verb over it, whatever it tells of ("turnout stood at 68 percent").
    """
    quantities = []
    told: dict[int, str] = {}  # token of each number so far → its property
    by_token = {token: index for index, draft in enumerate(drafts) for token in (draft.token.i, *draft.absorbed)}
    for numeral in find_numerals(marks.text):
        if numeral.kind not in COUNTED:
            continue
        found = placed(marks, numeral)
        if found is None or found.token.i in marks.entity_at or found.token.i in marks.time_at:
            continue
        property_ = property_of(found)
        if property_ in (None, "count"):
            property_ = part_of(found, told) or property_
        before = case_of(found.anchor) == "from" and is_a(found.anchor.head, "moves")
        if property_ is None or (before and property_ not in HARM):
            continue  # "11 percent, up from 6"; a toll's "64 from 60" stands beside it as the earlier count
        own = found.anchor.head
        if property_ == "intercepted" and own.pos_ == "NOUN" and is_a(own, "intercepted_words"):
            event: int | None = index_of(own, marks, drafts, by_token)  # "the interception of 30 drones"
        else:
            event = event_of(found, property_, drafts, by_token)
        if event is None and property_ != "count":
            event = made_of(found, marks, drafts, by_token)
        if event is None:
            continue
        told[found.token.i] = property_
        mention = marks.add(numeral.start, numeral.end, MentionKind.NUMBER)
        start, end = clause(found)
        speaker = speaker_of(found.anchor, marks)
        quantities.append(
            Quantity(
                mention=mention, event=event, property=property_, value=numeral.value, upper=numeral.upper,
                qualifier=numeral.qualifier, unit=unit_of(found), start=start, end=end,
                speaker=None if speaker is None else mention_of(marks, speaker),
                said_by=None if speaker is None or speaker.lower_ in PERSONAL else words_for(speaker, marks),
            )
        )  # fmt: skip
    return quantities


def part_of(found: Found, told: dict[int, str]) -> str | None:
    """The property of the number that this one is a part of: "60 hurt, nine of them children", "including three"."""
    last = max((i for i in told if i < found.token.i and told[i] in (*HARM, "damaged")), default=None)
    if last is None:
        return None
    doc, first = found.token.doc, found.anchor.left_edge.i
    behind = [word.lower_ for word in doc[found.token.i + 1 : found.token.i + 3]]
    before = [word.lower_ for word in doc[max(0, first - 2) : first]]
    part = behind[:1] == ["of"] and behind[1:] in (["them"], ["whom"], ["those"], ["these"])
    part |= before[-1:] == ["including"] or before == ["among", "them"]
    if not part or doc[last].sent.end < found.token.sent.start:
        return None
    return told[last]


def made_of(found: Found, marks: Marks, drafts: list[Draft], by_token: dict[int, int]) -> int | None:
    """The event that the verb over a number tells of, added to the drafts when it is none of them yet."""
    for word in (found.anchor, *found.anchor.ancestors):
        telling = word.pos_ in ("VERB", "ADJ", "AUX") and word.lower_ != "worth" and not is_a(word, "speech")
        if telling and word.i not in marks.entity_at:
            return index_of(word, marks, drafts, by_token)
    return None


def index_of(word: Word, marks: Marks, drafts: list[Draft], by_token: dict[int, int]) -> int:
    """Which of the drafts a word tells of; one is added when it is none of them yet."""
    if word.i not in by_token:
        by_token[word.i] = len(drafts)
        drafts.append(drafted(word, event_type(word), marks))
    return by_token[word.i]


def placed(marks: Marks, numeral: Numeral) -> Found | None:
    """Where a numeral stands in the tree."""
    span = marks.doc.char_span(numeral.start, numeral.end, alignment_mode="expand")
    if span is None:
        return None
    token = span.root
    anchor = token
    if token.dep_ in ("nummod", "compound", "amod", "det") and token.head.pos_ in (
        "NOUN",
        "PROPN",
        "ADJ",
        "SYM",
        "NUM",
    ):
        anchor = token.head
    unit = anchor if anchor != token else None
    if unit is None:
        # "40 of the 60 aircraft", "two thirds of the homes"
        unit = next((c for c in token.children if c.dep_ == "nmod" and any(k.lower_ == "of" for k in c.children)), None)
    if unit is None:
        unit = shared_unit(token)
    return Found(numeral=numeral, token=token, anchor=anchor, unit=unit)


def shared_unit(token: Word) -> Word | None:
    """The noun of "21 (out) of the 49 drones" for the 21, wherever the tree hangs it."""
    rest = [word for word in token.doc[token.i + 1 : token.i + 6] if word.lower_ not in ("out", "the", "some", "all")]
    if len(rest) > 1 and rest[0].lower_ == "of" and rest[1].like_num and rest[1].dep_ == "nummod":
        return rest[1].head
    return None


def harm_of(lemma: str) -> str | None:
    """The property that a word tells of those counted."""
    return _harms().get(lemma)


@cache
def _harms() -> dict[str, str]:
    return {word: name for name in reversed(HARM) for word in words(f"{name}_words")}


def property_of(found: Found) -> str | None:
    """What the number says: one of HARM, launched, intercepted, damaged, money, percent, count."""
    if found.numeral.kind is NumeralKind.MONEY:
        return "money"
    if found.numeral.kind is NumeralKind.PERCENT:
        return "percent"
    unit = found.unit
    counted = unit or found.anchor
    if is_a(counted, "killed_nouns") and (counted.lemma_ != "body" or found_dead(found.anchor)):
        return "killed"
    if is_a(counted, "injured_nouns"):
        return "injured"
    if is_a(counted, "detained_nouns"):
        return "detained"
    if unit is None and found.token.pos_ == "NUM" and speaks_of(found.token.doc, "munitions", 1):
        fate = fate_of(found.anchor)
        if fate is not None:
            return fate
    about = [*right_behind(found.anchor), *right_before(found), *told_about(found.anchor)]
    if is_a(counted, "weapons"):
        if found.anchor.dep_ in ("obj", "nsubj:pass") and is_a(found.anchor.head, "strikes"):
            return "damaged"
        for word in about:  # the nearest word tells
            for name in ("intercepted", "launched"):
                if word in words(f"{name}_words") and (name == "intercepted" or is_a(counted, "munitions")):
                    return name
        return "count"
    if is_a(counted, "buildings"):
        return "damaged" if any(word in words("damaged_words") for word in about) else "count"
    if is_a(counted, "ballots") and not (counted.dep_ == "compound" and counted.tag_ == "NN"):
        return "votes"  # but not "seven-seat cars"
    if becomes_of(found.anchor):
        return becomes_of(found.anchor)
    if toll_of(found.anchor):
        return toll_of(found.anchor)
    if unit is None or is_person(counted):
        harm = next((harm for harm in map(harm_of, about) if harm), None)
        if harm:
            return harm
        if {"life", "lose"} <= set(about) or {"life", "claim"} <= set(about) or {"life", "take"} <= set(about):
            return "killed"
    return "count" if unit is not None and unit.pos_ in ("NOUN", "PROPN") else None


def toll_of(number: Word) -> str | None:
    """What a toll counts that a number is given as: "the death toll climbed to 56", "the toll stands at 12"."""
    verb = number.head
    if number.dep_ not in ("obl", "obj", "xcomp", "nummod") or not (is_a(verb, "moves") or is_a(verb, "stands")):
        return None
    toll = next((child for child in verb.children if child.dep_ == "nsubj" and child.lemma_.lower() == "toll"), None)
    if toll is None:
        return None
    said = {form for word in toll.subtree for form in forms(word)}
    return "injured" if said & (words("injured_words") | words("injured_nouns")) else "killed"


def fate_of(number: Word) -> str | None:
    """What a verb says became of arms that only a number stands for: "another 18 were jammed", "shot down 17"."""
    verb = number.head
    if verb.pos_ != "VERB" or number.dep_ not in ("nsubj:pass", "obj"):
        return None
    if verb.lemma_ == "shoot" and not any(child.lower_ == "down" for child in verb.children):
        return None
    return next((name for name in ("intercepted", "launched") if verb.lemma_ in words(f"{name}_words")), None)


def found_dead(body: Word) -> bool:
    """Whether a body is somebody dead, and not a council or a board: it is found, pulled out, buried."""
    return any(is_a(word, "recovers") for word in (body.head, *body.children))


def becomes_of(anchor: Word) -> str | None:
    """What a verb says becomes of its subject or object, whatever that is called: "three stewards were hurt"."""
    verb = anchor.head
    if anchor.dep_ not in ("nsubj", "nsubj:pass", "obj") or verb.pos_ not in ("VERB", "ADJ"):
        return None
    below = {form for child in verb.children if child.dep_ != "nsubj" for form in forms(child)}
    deep = {word.lemma_.lower() for word in verb.subtree if word.i > verb.i}
    passive = anchor.dep_ != "nsubj"
    if below & {"death", "dead"} and passive:
        return "killed"  # "were hacked to death", "shot dead"
    if is_a(verb, "drives_out") and passive and deep & words("homes"):
        return "displaced"
    if is_a(verb, "locks_up") and passive and deep & words("jails"):
        return "detained"
    if verb.lemma_ == "round" and passive and any(child.lower_ == "up" for child in verb.children):
        return "detained"
    if verb.lemma_.lower() == "suffer" and below & words("wounds"):
        return "injured"
    if verb.pos_ == "ADJ" or passive:
        harm = next((harm for harm in map(harm_of, forms(verb)) if harm), None)
        return None if harm == "missing" and anchor.dep_ == "obj" else harm  # "missing two facts"
    return "killed" if verb.lemma_.lower() in ("die", "perish", "drown") else None


def forms(word: Word) -> tuple[str, str]:
    """A word's lemma and the word itself: "missing" is no form of missing somebody."""
    return word.lemma_.lower(), word.lower_


def right_behind(anchor: Word) -> tuple[str, ...]:
    """The word that follows what is counted, when it tells what became of it: "60 others were injured"."""
    for word in anchor.doc[anchor.i + 1 : anchor.i + 5]:
        if word.pos_ not in ("AUX", "ADV"):
            harmed = any(harm_of(form) for form in forms(word)) and word.pos_ in ("VERB", "ADJ")
            return forms(word) if harmed and word.tag_ != "VBG" else ()
    return ()


def right_before(found: Found) -> tuple[str, ...]:
    """The verb that stands before a number, when it tells what was done to those counted: "injuring over 60"."""
    span = found.token.doc.char_span(found.numeral.phrase_start, found.numeral.phrase_end, alignment_mode="expand")
    if span is None or span.start == 0:
        return ()
    word = span.doc[span.start - 1]
    return forms(word) if word.pos_ == "VERB" and any(harm_of(form) for form in forms(word)) else ()


def told_about(anchor: Word) -> list[str]:
    """Lemmas that tell of a counted thing: what modifies it, what it is the subject or object of; nearest first."""
    near = [child for child in anchor.children if child.i > anchor.i and child.dep_.split(":")[0] in TELLING]
    found = [form for word in near if word.dep_ != "conj" or word.pos_ in ("VERB", "ADJ") for form in forms(word)]
    word = anchor
    for head in anchor.ancestors:
        if head.pos_ == "NUM":
            break  # "21 of the 49 drones deployed": what is told of the 21 is not told of the 49
        if word.dep_ == "conj" and word.head.pos_ in ("NOUN", "PROPN", "NUM"):
            word = head  # "48 drones, two missiles and four bombs" share what is told of the first
            continue
        if word.dep_ in (
            "nsubj",
            "nsubj:pass",
            "obj",
            "obl",
            "obl:agent",
            "nmod",
            "compound",
            "xcomp",
            "iobj",
            "ccomp",
        ):
            found += forms(head)
            if is_a(head, "moves") or is_a(head, "stands"):  # "the number of injured has risen to 64"
                found += [form for c in head.children if c.dep_ == "nsubj" for low in c.subtree for form in forms(low)]
            if word.dep_ in ("nsubj", "nsubj:pass"):
                found += [form for c in head.children if c.dep_ in ("obj", "xcomp") for form in forms(c)]
            elif word.dep_ == "obj":  # "left 22 people injured"
                found += [form for c in head.children if c.dep_ == "xcomp" and c.i > word.i for form in forms(c)]
            if head.pos_ == "VERB" and word.dep_ in ("obj", "nsubj", "nsubj:pass"):
                break
        elif word.dep_ not in ("nummod",):
            break
        word = head
    return found


def event_of(found: Found, property_: str, drafts: list[Draft], by_token: dict[int, int]) -> int | None:
    """The event that a number belongs to: above it in the tree, else in its sentence, else just before."""
    harm = property_ in (*HARM, "launched", "intercepted", "damaged")

    def fits(index: int) -> bool:
        if drafts[index].type in ALSO.get(property_, ()):
            return True
        return drafts[index].type in HARMFUL if harm else drafts[index].type is not EventType.OTHER

    if property_ == "count":
        index = by_token.get(found.anchor.head.i)
        return index if index is not None and fits(index) else None
    if property_ == "launched":  # "shot down 21 of the 49 drones that Russia launched"
        let_loose = [child.i for child in found.anchor.children if child.dep_.startswith("acl") and child.i in by_token]
        if let_loose:
            return by_token[let_loose[0]]
    above = [by_token[word.i] for word in (found.anchor, *found.anchor.ancestors) if word.i in by_token]
    fitting = [index for index in above if fits(index)]
    if fitting:
        # "a strike killed three": the strike, not the killing, is what the number is about.
        mild = [index for index in fitting if not is_harm(drafts[index])]
        own = fitting if found.anchor.i in by_token else []  # "12,000 deaths"
        return (mild or own or beside(found, drafts, fits) or fitting)[0]
    near = beside(found, drafts, fits)
    if near:
        return near[0]
    if not harm:
        return None
    sentence = found.token.sent
    before = [i for i, draft in enumerate(drafts) if draft.token.i < sentence.start and fits(i)]
    recent = [i for i in before if sentence.start - drafts[i].token.sent.end < 60]
    mild = [i for i in recent if not is_harm(drafts[i])]
    there = [i for i in before if i not in recent or i in mild]
    there = [i for i in there if {word.lower_ for word in where(drafts[i])} & names_in(sentence)]
    last = there or mild or recent
    return last[-1] if last else None


def where(draft: Draft) -> list[Word]:
    """The words for where an event took place or what it struck."""
    return [*draft.arguments.get(Role.PLACE, ()), *draft.arguments.get(Role.TARGET, ())]


def names_in(sentence: Span) -> set[str]:
    """The words of the names in a sentence, lower case: those that name places are compared."""
    return {word.lower_ for word in sentence if word.ent_type_}


def beside(found: Found, drafts: list[Draft], fits: object) -> list[int]:
    """Fitting events of the same sentence that are no mere harm, the nearest first."""
    assert callable(fits)
    sentence = found.token.sent
    inside = [
        i for i, draft in enumerate(drafts)
        if sentence.start <= draft.token.i < sentence.end and fits(i) and not is_harm(draft)
    ]  # fmt: skip
    return sorted(inside, key=lambda i: abs(drafts[i].token.i - found.token.i))


def unit_of(found: Found) -> str | None:
    """What is counted, as the text puts it; the currency for money."""
    if found.numeral.kind is NumeralKind.MONEY:
        return found.numeral.currency
    if found.numeral.kind is NumeralKind.PERCENT:
        return "%"
    if found.unit is None:
        return None
    start, end = noun_phrase(found.unit)
    while start < end and (
        found.unit.doc[start].like_num
        or (start <= found.token.i < end)
        or found.unit.doc[start].is_punct
        or found.numeral.start <= found.unit.doc[start].idx < found.numeral.phrase_end  # "200 or so injured"
    ):
        start += 1
    return found.unit.doc[start:end].text or None


def clause(found: Found) -> tuple[int, int]:
    """The characters of the clause around a number, the number among them, however the clause was read."""
    verb = next((word for word in found.anchor.ancestors if word.pos_ == "VERB"), found.anchor.sent.root)
    first, last = verb.left_edge, verb.right_edge
    while last.is_space and last.i > found.token.i:
        last = last.nbor(-1)
    return min(first.idx, found.numeral.start), max(last.idx + len(last), found.numeral.end)

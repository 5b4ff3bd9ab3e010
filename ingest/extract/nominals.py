"""Which phrases stand for somebody or something that takes part in what is told: "the man", "his attorney", "it".

How likely a phrase is to be one, and which of its words are marked, is learned from ECB+: nominals.tsv is made by
`python -m training.nominals`. A phrase is looked at with what its head is, which of its words are taken and which are
left out, what it is in its clause, and whether that clause tells of an event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.article import MentionKind, Wording
from ingest.extract.lexicon import is_a, is_person
from ingest.extract.marks import Marks
from ingest.extract.phrases import case_of
from ingest.extract.wording import PLURAL_TAGS, Phrase, Roles, determiner, relation_of, roles_of, top_of, wordings
from ingest.language.text import Word

HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
# Relations of the words before a noun that a mention may begin with, and behind it that it may end with.
BEFORE = frozenset({"det", "nmod:poss", "amod", "compound", "nummod", "flat", "goeswith", "advmod"})
BEFORE |= {"nmod:desc", "nmod:unmarked", "det:predet"}
BEHIND = frozenset({"flat", "goeswith"})
TOLD = ("ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARGM-LOC")
CLASSES = (
    "people", "callings", "offices", "police", "kin", "buildings", "weapons", "kinds_of_place", "partitives",
    "measures", "spans", "settings", "goods", "collectives", "economic",
)  # fmt: skip
SCALE = 100.0  # of the whole numbers in nominals.tsv
MOST = 4  # words and roles are counted up to here


@dataclass(frozen=True, slots=True)
class Candidate:
    """One choice of words around a head, and the most that could be taken."""

    phrase: Phrase
    first: int
    last: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the features of all phrases of a text look at."""

    marks: Marks
    roles: Roles
    happening: Mapping[int, str]  # token → what the event head says of it
    times: Counter[str]  # how often the text says each noun


@cache
def weights() -> Mapping[str, float]:
    """What each feature adds to the log-odds of a phrase; "" is what all start from."""
    lines = resources.files(__package__).joinpath("nominals.tsv").read_text("utf8").splitlines()
    return {name: float(weight) / SCALE for name, weight in (line.split("\t") for line in lines)}


def mark_nominals(marks: Marks) -> list[Wording]:
    """Mark the phrases of a text that take part in something; their wordings, and those of all names."""
    known, around = weights(), surroundings(marks)
    best: dict[int, tuple[float, Candidate]] = {}
    for candidate in candidates(marks):
        score = sum(known.get(feature, 0.0) for feature in features(candidate, around)) + known[""]
        head = candidate.phrase.head.i
        if head not in best or score > best[head][0]:
            best[head] = score, candidate
    chosen = [(each, score >= 0) for score, each in best.values() if score >= 0 or each.is_name]
    phrases = [each.phrase for each, _ in chosen]
    mentions = [marks.add_tokens(each.start, each.end, MentionKind.ENTITY) for each in phrases]
    for i, (each, _) in enumerate(chosen):
        if each.is_name:
            mentions[i] = marks.entity_at[each.phrase.head.i]
    return wordings(phrases, mentions, [takes_part for _, takes_part in chosen], marks, around.roles)


def surroundings(marks: Marks) -> Surroundings:
    """What is looked at around the phrases of a text; its names and times are marked already."""
    return Surroundings(
        marks=marks,
        roles=roles_of(marks.doc),
        happening={token.i: span.label_ for span in marks.doc.events for token in span},
        times=Counter(token.lemma_.lower() for token in marks.doc if token.pos_ in ("NOUN", "PROPN")),
    )


def candidates(marks: Marks) -> Iterator[Candidate]:
    """Every choice of words around every head; a name is marked as it is."""
    for head in marks.doc:
        named = marks.entity_at.get(head.i)
        if named is not None:
            mention = marks.mentions[named]
            span = marks.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None and span.root == head:
                yield Candidate(Phrase(span.start, span.end, head), span.start, span.end, is_name=True)
            continue
        if head.pos_ not in HEADS or head.i in marks.time_at or (head.dep_ in BEHIND and head.head.pos_ == "PROPN"):
            continue
        first = min((child.left_edge.i for child in head.lefts if is_before(child)), default=head.i)
        last = max((child.right_edge.i for child in head.rights if child.dep_ in BEHIND), default=head.i) + 1
        for start in range(first, head.i + 1):
            for end in sorted({head.i + 1, last}):
                yield Candidate(Phrase(start, end, head), first, last, is_name=False)


def is_before(child: Word) -> bool:
    """Whether a word before a noun may be the first of its mention."""
    return child.dep_ in BEFORE or relation_of(child) in BEFORE


def features(candidate: Candidate, around: Surroundings) -> list[str]:
    """What is known of a choice of words, by name."""
    phrase = candidate.phrase
    head, top = phrase.head, top_of(phrase.head)
    kind = "name" if candidate.is_name else head.pos_
    acts = around.roles.get(head.i, [])
    acts = acts + around.roles.get(top.i, []) if top != head else acts
    told = _told({around.happening.get(predicate, "") for predicate, _ in acts}) if acts else "nothing"
    roles = {role for _, role in acts}
    role = next((name for name in TOLD if name in roles), "other" if roles else "none")
    return [
        *_of_span(candidate, kind),
        *_of_head(head, kind, told, role, around),
        *_of_tree(head, top, kind, around),
        f"role {kind} {role}",
        f"told {kind} {told}",
        f"role {kind} {role} {told}",
        f"acts {kind} {min(len(acts), MOST)}",
    ]


def _told(labels: set[str]) -> str:
    """What the words say that a phrase takes part in: an event first."""
    return next((label for label in ("OCCURRENCE", "REPORTING") if label in labels), "state" if any(labels) else "none")


def _of_span(candidate: Candidate, kind: str) -> Iterator[str]:
    """Which words are taken, and which are left out."""
    start, end, head = candidate.phrase.start, candidate.phrase.end, candidate.phrase.head
    names = [(child.i, relation_of(child) if child.dep_ != "nmod:poss" else "poss") for child in head.lefts]
    inside = [name for i, name in names if i >= start and name != "case"]
    out = [name for i, name in names if candidate.first <= i < start]
    first = head.doc[start]
    det = determiner(top_of(head))
    yield f"in {kind} {'+'.join(sorted(set(inside)))}"
    yield f"out {kind} {'+'.join(sorted(set(out)))}"
    yield f"border {kind} {out[-1] if out else ''} {inside[0] if inside else ''}"
    yield f"end {kind} {end - head.i > 1} {candidate.last > end}"
    yield f"first {first.lower_ if first.pos_ in ('DET', 'PRON') else first.pos_} {start < head.i}"
    yield f"length {kind} {min(end - start, MOST + 2)}"
    yield f"capitals {kind} {head.text[0].isupper()} {first.text[0].isupper()}"
    yield f"determiner {kind} {det} {'det' in inside or 'poss' in inside}"


def _of_head(head: Word, kind: str, told: str, role: str, around: Surroundings) -> Iterator[str]:
    """What the head is: a pronoun by its word, a name by its type, any other by its class."""
    yield f"itself {kind} {around.happening.get(head.i, '')}"
    yield f"times {kind} {min(around.times[head.lemma_.lower()], MOST)}"
    yield f"number {kind} {head.like_num} {head.shape_ if kind == 'NUM' else ''}"
    if kind == "PRON":
        yield f"pronoun {head.lower_}"
        yield f"pronoun {head.lower_} {head.dep_}"
        yield f"pronoun {head.lower_} {told}"
        return
    for name in CLASSES:
        if is_a(head, name):
            yield f"class {name}"
            yield f"class {name} {told}"
    person = is_person(head)
    yield f"person {person} {told} {role}"
    yield f"plural {kind} {head.tag_ in PLURAL_TAGS} {person}"
    yield f"determiner of person {determiner(top_of(head))} {person} {told}"
    if kind == "name":
        label = around.marks.mentions[around.marks.entity_at[head.i]].label
        yield f"type {label}"
        yield f"type {label} {relation_of(top_of(head))} {told}"


def _of_tree(head: Word, top: Word, kind: str, around: Surroundings) -> Iterator[str]:
    """Where the phrase hangs, and what hangs on it."""
    above, case = around.happening.get(top.head.i, ""), case_of(top)
    yield f"relation {kind} {top.dep_}"
    yield f"above {kind} {above} {top.head.pos_} {relation_of(top)}"
    yield f"case {kind} {case}"
    yield f"case {case} {top.head.pos_} {above}"
    behind = {relation_of(child) for child in head.rights}
    for name in ("acl", "appos", "conj", "nmod"):
        if name in behind:
            yield f"behind {kind} {name}"
    if any(child.dep_ == "nmod" and case_of(child) == "of" for child in head.rights):
        yield f"behind {kind} of"
    if top.dep_ == "conj":
        yield f"joined {kind} {top.head.pos_} {bool(above)}"
    yield f"depth {kind} {min(sum(1 for _ in head.ancestors), MOST + 2)}"
    yield f"heading {kind} {not head.sent.text.rstrip().endswith(('.', '!', '?'))}"

"""When an event took place: the time expression that its clause gives."""

from __future__ import annotations

from datetime import date

from ingest.article import MentionKind, Role
from ingest.extract.lexicon import is_a
from ingest.extract.marks import Marks, Time
from ingest.extract.phrases import case_of, dateline
from ingest.extract.roles import Draft, carrier
from ingest.language.text import Word
from ingest.times import TimeKind, find_times

# Kinds of expression that date an event; durations and sets do not.
DATING = (TimeKind.DATE, TimeKind.TIME)


RELATIVE = frozenset({"after", "before", "following", "since", "until"})  # of an event to the time of its clause
Times = dict[int, Time]  # token → the time expression over it


def mark_times(marks: Marks, published: date | None) -> Times:
    """Add a mention for every time expression; returns those that date."""
    times: Times = {}
    before = dateline(marks.doc)
    for expression in find_times(marks.text, published):
        span = marks.doc.char_span(expression.start, expression.end, alignment_mode="expand")
        if span is None or any(token.i in marks.entity_at for token in span):
            continue
        index = marks.add(expression.start, expression.end, MentionKind.TIME, expression.value)
        for token in span:
            marks.time_at[token.i] = index
            if expression.kind in DATING and token.i not in before:
                times[token.i] = Time(index, expression.interval)
    return times


def when(draft: Draft, times: Times, triggers: frozenset[int]) -> Time | None:
    """The event's time: its own time argument, its carrier's or clause's, or the only time of its sentence."""
    token = draft.token
    sentence = token.sent
    here = [i for i in times if sentence.start <= i < sentence.end]
    if not here:
        return None
    own = [word for argument in draft.arguments.get(Role.TIME, ()) for word in argument.subtree]
    times = {i: times[i] for i in here if not compared(token.doc[i])}
    for word in [*own, *nearby(token)]:
        if word.i in times and not another(word, token, triggers):
            return times[word.i]
    if case_of(token) in RELATIVE:
        return None  # "introduced in May after a fire"
    verb = carrier(token)
    for head in ([verb] if verb is not None else []) + clause_heads(token):
        for word in nearby(head):
            if word.i in times and not another(word, token, triggers):
                return times[word.i]
    inside = {times[word.i] for word in sentence if word.i in times and not another(word, token, triggers)}
    return inside.pop() if len(inside) == 1 else None


def compared(word: Word) -> bool:
    """Whether a time is only what a figure is set against: "64 percent up on 2003", "than in May"."""
    before = {child.lower_ for child in word.children if child.dep_ == "case"}
    return "than" in before or (before == {"on"} and word.text.isdigit())


def another(word: Word, token: Word, triggers: frozenset[int]) -> bool:
    """Whether a time belongs to another event word than this one: "since the 2022 invasion"."""
    for head in word.ancestors:
        if head == token or head.is_ancestor(token):
            break
        if head.dep_.startswith("acl") and head.head != token:
            return True  # "the actor who played him in 2010 has died"
    owner = next((head.i for head in word.ancestors if head.i in triggers), token.i)
    return owner != token.i and owner not in {head.i for head in token.ancestors}


def nearby(head: Word) -> list[Word]:
    """A word's modifiers of time and place, and all below them."""
    return [
        word
        for child in head.children
        if child.dep_.split(":")[0] in ("obl", "nmod", "advmod", "compound", "amod", "obj", "appos")
        for word in child.subtree
    ]


def clause_heads(token: Word) -> list[Word]:
    """The verbs above a word, up to one of speech: when it was said is not when it was."""
    heads = []
    for head in token.ancestors:
        if is_a(head, "speech"):
            break
        if head.pos_ == "VERB":
            heads.append(head)
    return heads

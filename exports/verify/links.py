"""Whether things point at each other as they should, and nothing stands in the graph by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from exports.rdf.columns import BLANK, IRI
from exports.rdf.shapes import our_shapes
from exports.rdf.terms import shortened, term
from exports.verify.problem import Kind, Problem
from exports.verify.view import View
from graph.names import fold

TYPE = term("rdf:type").value
# What the graph says of entities besides what relations say.
OF_ENTITIES = frozenset(
    term(name).value
    for name in (
        "rdf:type", "schema:name", "skos:altLabel", "schema:description", "geo:hasGeometry", "schema:geo",
        "skos:closeMatch", "gaf:denotedBy",
    )
)  # fmt: skip
_WORD = re.compile(r"\w+")
REACH = 300  # characters around its evidence in which a relation's text stands


def check_links(view: View) -> Iterator[Problem]:
    """Everything that the shapes cannot say of how things hang together."""
    yield from _strays(view)
    yield from _one_sided(view)
    yield from _mentioned(view)
    yield from _events(view)
    yield from _relations(view)
    yield from _claims(view)


def _strays(view: View) -> Iterator[Problem]:
    """What is of no class that newsgraph has."""
    classes = {name for shape in our_shapes() for name in shape.target_classes}
    classes.add(term("schema:CreativeWork").value)
    known = {subject for subject, name in view.columns.pairs(TYPE) if name in classes}
    columns = chain.from_iterable(kinds.values() for kinds in view.columns.by_predicate.values())
    for subject in set[str]().union(*(column.first.keys() - known for column in columns)):
        types = ", ".join(sorted(view.columns.values(TYPE, subject))) or "none"
        yield view.problem(Kind.LINK, subject, "nothing in newsgraph's graphs is of such a class", found=types)


def _one_sided(view: View) -> Iterator[Problem]:
    """Mentions that do not stand for what has them as a mention, and the other way round."""
    named = view.one("schema:name").keys() | set(view.instances("sem:Event"))
    stands_for = view.columns.column(term("itsrdf:taIdentRef").value)
    first, more = stands_for.first, stands_for.more
    matched = 0
    for thing, mention in view.columns.pairs(term("gaf:denotedBy").value):
        if first.get(mention) == thing or thing in more.get(mention, ()):
            matched += 1
        elif thing in named:
            what = "a mention of this does not stand for it"
            yield view.problem(Kind.LINK, thing, what, found=view.called(mention), cites=mention)
    if matched == len(first) + sum(map(len, more.values())):
        return  # nearly always
    for mention, thing in stands_for.pairs():
        if mention not in view.mentions_of.get(thing, ()):
            what = "what the mention stands for does not have it as a mention"
            yield view.problem(Kind.LINK, mention, what, found=view.called(thing))


def _mentioned(view: View) -> Iterator[Problem]:
    """Articles said to mention what none of their phrases stands for, and the other way round."""
    article_of = view.one("nif:referenceContext")
    borne = {
        (article_of[phrase], thing)
        for phrase, thing in view.columns.pairs(term("itsrdf:taIdentRef").value)
        if phrase in article_of
    }
    said = set(view.columns.pairs(term("schema:mentions").value))
    for article, thing in sorted(said - borne):
        what = "no phrase of the article stands for what it is said to mention"
        yield view.problem(Kind.LINK, article, what, found=view.called(thing))
    for article, thing in sorted(borne - said):
        what = "the article is not said to mention what a phrase of it stands for"
        yield view.problem(Kind.LINK, article, what, expected=view.called(thing))


def _events(view: View) -> Iterator[Problem]:
    """Events whose parts and actors differ, parts in other words than their mentions', and events of two storylines."""
    player, types = view.columns.kinds(term("rdf:value").value), view.one("sem:roleType")
    entity_of = player[IRI].first if IRI in player else {}
    words_of = {
        role: text for kind, column in player.items() if kind not in (IRI, BLANK) for role, text in column.pairs()
    }
    roles, actors = view.all_values("ng:role"), view.all_values("sem:hasActor")
    setting = {term("ng:place").value, term("ng:time").value}
    for event in view.instances("sem:Event"):
        parts = [role for role in roles.get(event, ()) if role in entity_of and types.get(role) not in setting]
        playing, acting = {entity_of[role] for role in parts}, set(actors.get(event, ()))
        for entity in playing ^ acting:
            what = "an actor of the event has no part in it" if entity in acting else "who has a part is no actor"
            yield view.problem(Kind.LINK, event, what, found=view.called(entity))
    for role, words in words_of.items():
        cited = [view.mentions[each] for each in view.mentions_of.get(role, ()) if each in view.mentions]
        if cited and all(fold(each.text) != fold(words) for each in cited):
            found = ", ".join(sorted({f'"{each.text}"' for each in cited}))
            yield view.problem(
                Kind.LINK, role, "no mention has the words of the part", expected=f'"{words}"', found=found
            )
    told = dict[str, str]()
    for line, event in sorted(view.columns.pairs(term("schema:hasPart").value)):
        if told.setdefault(event, line) != line:
            yield view.problem(Kind.LINK, event, "the event is in two storylines", found=view.called(line))


def _relations(view: View) -> Iterator[Problem]:
    """Columns without evidence, evidence without a fact, and texts that are not said there."""
    subjects, predicates = view.one("rdf:subject"), view.one("rdf:predicate")
    objects = view.columns.kinds(term("rdf:object").value)
    stated = set[tuple[str, str, str, str]]()
    for kind, column in objects.items():
        for relation, value in column.pairs():
            subject, predicate = subjects.get(relation), predicates.get(relation)
            if subject is None or predicate is None:
                continue
            stated.add((subject, predicate, kind, value))
            if value not in _values_of(view, predicate, kind, subject):
                yield view.problem(
                    Kind.LINK, relation, "the fact that the relation states is not in the graph", found=value
                )
            yield from _evidence(view, relation, subject, None if kind == IRI else value)
    entities = view.one("schema:name").keys()
    for predicate, kinds in view.columns.by_predicate.items():
        for kind, column in kinds.items():
            if predicate in OF_ENTITIES or column.first.keys().isdisjoint(entities):
                continue
            for subject, value in column.pairs():
                if subject in entities and (subject, predicate, kind, value) not in stated:
                    what = f"no relation bears out {shortened(predicate)}"
                    yield view.problem(Kind.LINK, subject, what, found=view.called(value))


def _evidence(view: View, relation: str, subject: str, text: str | None) -> Iterator[Problem]:
    """What is wrong with the mentions of a relation."""
    mentions = [each for each in view.mentions_of.get(relation, ()) if each in view.mentions]
    if not mentions:
        return
    of_subject = set(view.mentions_of.get(subject, ()))
    if of_subject.isdisjoint(mentions):
        yield view.problem(
            Kind.LINK, relation, "none of its mentions is one of whom it is said of", cites=mentions[0],
            found=view.called(subject),
        )  # fmt: skip
    if text is not None and not any(_says(view, mention, text) for mention in mentions):
        yield view.problem(
            Kind.LINK, relation, "its words are not said there", expected=f'"{text}"', cites=mentions[0],
            found=f'"{view.mentions[mentions[0]].text}"',
        )  # fmt: skip


def _says(view: View, mention: str, words: str) -> bool:
    """Whether all words stand near a mention: an office is told without what is said between its words."""
    cited = view.mentions[mention]
    near = view.texts.get(cited.article, "")[max(0, cited.begin - REACH) : cited.end + REACH]
    return set(_WORD.findall(fold(near))).issuperset(_WORD.findall(fold(words)))


def _claims(view: View) -> Iterator[Problem]:
    """Claims that agree or conflict on one side only, stand to themselves, or are about different things."""
    about, properties = view.one("ng:about"), view.one("ng:property")
    for predicate in ("ng:agreesWith", "ng:conflictsWith", "ng:supersedes", "ng:countsPartOf"):
        is_mutual = predicate in ("ng:agreesWith", "ng:conflictsWith")
        pairs = set(view.columns.pairs(term(predicate).value))
        for claim, other in pairs:
            if claim == other:
                what = "leads to the claim itself"
            elif other not in about:
                continue  # the shapes tell of it
            elif (about.get(claim), properties.get(claim)) != (about[other], properties.get(other)):
                what = "leads to a claim about something else"
            elif is_mutual is ((other, claim) in pairs):
                continue
            else:
                what = "holds on one side only" if is_mutual else "holds in both directions"
            yield view.problem(Kind.LINK, claim, f"{predicate} {what}", found=view.called(other))


def _values_of(view: View, predicate: str, kind: str, subject: str) -> list[str]:
    column = view.columns.kinds(predicate).get(kind)
    return [] if column is None else column.values(subject)

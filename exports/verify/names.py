"""Whether every entity's name and other spellings are borne by a mention, and every mention names what it stands for.

What bears a name is said as the linker has it: case, marks, a possessive and "the" do not count, a title may stand
before a name, and a place that is only ever called by its initials goes by its name in the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from exports.verify.problem import Kind, Problem
from exports.verify.view import Cited, View
from graph.names import REFERENCE, fold, is_acronym, without_dress

BEFORE, BEHIND = 100, 20  # characters around a mention in which its title stands
AROUND = 300  # and in which its office is told
_PRONOUNS = frozenset().union(*(REFERENCE[kind] for kind in ("personal_pronouns", "mean_speakers")))
_WORD = re.compile(r"\w+")


def check_names(view: View) -> Iterator[Problem]:
    """Each entity against its mentions, and its description against their articles."""
    aliases, placed = view.all_values("skos:altLabel"), view.one("geo:hasGeometry")
    names, described = view.one("schema:name"), view.one("schema:description")
    owners = _owners(names, aliases)
    for entity, name in names.items():
        cited = [view.mentions[each] for each in view.mentions_of.get(entity, ()) if each in view.mentions]
        if not cited:
            continue  # the shapes tell of it
        borne = {each.text for each in cited}
        spellings = [name, *aliases.get(entity, ())]
        for spelling in spellings:
            if spelling in borne or _is_borne(spelling, cited, view.texts):
                continue
            if spelling == name and entity in placed and all(is_acronym(without_dress(text)) for text in borne):
                continue
            what = "no mention bears the name" if spelling == name else "no mention bears the other spelling"
            yield view.problem(Kind.NAME, entity, what, expected=f'"{spelling}"', found=_some(borne))
        if entity in described and not _is_said(_office(described[entity], owners), cited, view.texts):
            what = "no article that names this says all words of its description"
            yield view.problem(Kind.NAME, entity, what, expected=f'"{described[entity]}"')
        strange = borne.difference(spellings)
        if strange:
            yield from _strangers(view, entity, spellings, strange, owners)


def _strangers(
    view: View, entity: str, spellings: Sequence[str], strange: set[str], owners: Mapping[str, set[str]]
) -> Iterator[Problem]:
    """The mentions that bear somebody else's name, and no word of the entity's own.

    A mention that names nobody ("she", "the city", "Sir") may stand for anything.
    """
    known = set[str]().union(*map(_stems, spellings))
    strange = {text for text in strange if text != text.lower() and known.isdisjoint(_stems(text))}
    strange = {text for text in strange if owners.get(without_dress(text)) and text.lower() not in _PRONOUNS}
    if not strange:
        return
    for mention in view.mentions_of[entity]:
        cited = view.mentions.get(mention)
        if cited is not None and cited.text in strange:
            yield view.problem(
                Kind.NAME,
                mention,
                "the mention stands for what is never called so",
                expected=_some(spellings),
                found=f'"{cited.text}"',
            )


def _stems(name: str) -> set[str]:
    """The words of a name, of one or of many."""
    return {word.removesuffix("s") for word in fold(name).split()}


def _owners(names: Mapping[str, str], aliases: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Whom each name belongs to."""
    owners: dict[str, set[str]] = {}
    for entity, name in names.items():
        for spelling in (name, *aliases.get(entity, ())):
            owners.setdefault(spelling, set()).add(entity)
    return owners


def _is_borne(spelling: str, cited: Sequence[Cited], texts: Mapping[str, str]) -> bool:
    folded = fold(spelling)
    if any(folded in fold(each.text) for each in cited):
        return True
    return any(
        folded in fold(texts.get(each.article, "")[max(0, each.begin - BEFORE) : each.end + BEHIND]) for each in cited
    )


def _office(description: str, owners: Mapping[str, set[str]]) -> str:
    """The office in "mayor of Nairobi": articles may call the place where it is held by another name than the best."""
    office, _, where = description.partition(" of ")
    return office if where in owners else description


def _is_said(words: str, cited: Sequence[Cited], texts: Mapping[str, str]) -> bool:
    """Whether an article holds all words of a description: near a mention, else anywhere."""
    near = [texts.get(each.article, "")[max(0, each.begin - AROUND) : each.end + AROUND] for each in cited]
    if any(words in text for text in near):
        return True  # mostly, and far quicker
    wanted = set(fold(words).split())
    whole = (texts.get(article, "") for article in sorted({each.article for each in cited}))
    return any(wanted.issubset(_WORD.findall(fold(text))) for text in chain(near, whole))


def _some(texts: Sequence[str] | set[str]) -> str:
    """The first few of some texts."""
    ordered = sorted(texts)
    return ", ".join(f'"{text}"' for text in ordered[:3]) + (" …" if len(ordered) > 3 else "")

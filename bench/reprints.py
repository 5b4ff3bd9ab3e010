"""Makes reprints of articles, as papers make them of an agency's report: cut, reworded, with words of their own.

Each edit takes a report and chance, and gives the report as another paper would print it; what it did is its name in
`EDITS`. The same seed gives the same reprints.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.numerals.spelled import listed

SHORTEST = 25  # words that a cut leaves
_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE = re.compile(r"(?<=[.!?][\"'”’)]|.[.!?])\s+(?=[\"'“‘(]?[A-Z0-9])")
# Words that one desk writes so and the next so: British and American spelling, and words of one meaning.
_SWAPS = listed("""
said:stated killed:slain about:around nearly:almost government:administration officials:authorities however:but
company:firm also:too while:whilst began:started buy:purchase needed:required help:assist
before:prior show:reveal shows:reveals showed:revealed rise:increase fall:drop fell:dropped rose:climbed big:large
many:numerous people:persons against:versus told:informed plan:scheme plans:schemes get:obtain
expected:anticipated announced:declared attack:assault money:cash chief:head often:frequently enough:sufficient
workers:employees children:kids police:officers hit:struck major:main ask:request
centre:center colour:color labour:labor programme:program organisation:organization defence:defense theatre:theater
favour:favor honour:honor neighbour:neighbor harbour:harbor metre:meter metres:meters litre:liter travelled:traveled
cancelled:canceled realise:realize recognise:recognize organised:organized criticised:criticized analyse:analyze
licence:license tonnes:tons towards:toward amongst:among learnt:learned grey:gray cheque:check tyre:tire
percent:pct pct:percent dollars:dlrs dlrs:dollars cts:cents cents:cts mln:million million:mln billion:bln bln:billion
""")
SWAPS = {one: other for pair in _SWAPS for one, other in (pair.split(":"), pair.split(":")[::-1])}
_AGENCIES = ("Reuters", "AP", "AFP", "Xinhua", "Agency", "Interfax", "dpa", "PTI")
_TOWNS = ("London", "NAIROBI", "Washington, D.C.", "LAGOS, Nigeria", "Manila", "GENEVA", "Buenos Aires", "JAKARTA")
_PEOPLE = ("Ada Lind", "Kofi Mensah", "Maria Santos", "John O'Brien", "Li Wei", "Fatima Noor", "Jan Novak")
_CLOSINGS = (
    "Additional reporting by {0} in {2}; editing by {1}.",
    "(Reporting by {0}; Editing by {1})",
    "© {3} {4}. All rights reserved. This material may not be published, broadcast or rewritten.",
    "{0} contributed to this report.",
    "Copyright {3} {4}. Follow us on social media for more stories like this one.",
)
_HEADS = ("Update: {0}", "{0}, report says", "News in brief: {0}", "{0}", "World: {0}", "{0} - latest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article as a paper prints it: a headline, and paragraphs of sentences."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The headline and the paragraphs, with a blank line between."""
        return "\n\n".join(filter(None, (self.title, *(" ".join(each) for each in self.paragraphs))))

    @property
    def sentences(self) -> list[str]:
        """All sentences, in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    @property
    def words(self) -> int:
        """How many there are, without the headline."""
        return sum(len(sentence.split()) for sentence in self.sentences)


Edit = Callable[[Report, random.Random, Sequence[str]], Report]


def report(title: str, text: str) -> Report:
    """A report from running text; where it has no blank lines, lines that are drawn in begin a paragraph."""
    blocks = re.split(r"\n\s*\n|\n(?=[ \t]{2,})", text.replace("\r", "").strip())
    tidy = (" ".join(block.split()) for block in blocks)
    return Report(title=title, paragraphs=tuple(tuple(_SENTENCE.split(block)) for block in tidy if block))


def cut_at_the_end(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """The first 30 to 90 % of the words, to the end of a sentence."""
    return _first(told, chance.uniform(0.3, 0.9) * told.words)


def cut_at_the_start(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """The last 30 to 90 % of the words, from the start of a sentence."""
    backwards = Report(title=told.title, paragraphs=tuple(each[::-1] for each in told.paragraphs[::-1]))
    kept = _first(backwards, chance.uniform(0.3, 0.9) * told.words)
    return Report(title=told.title, paragraphs=tuple(each[::-1] for each in kept.paragraphs[::-1]))


def other_headline(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """A headline of words from the first sentence, or none."""
    words = told.sentences[0].split() if told.sentences else []
    start = chance.randrange(max(1, len(words) - 5))
    head = " ".join(words[start : start + chance.randint(4, 8)]).strip(string.punctuation)
    title = chance.choice(_HEADS).format(head[:1].upper() + head[1:]) if head and chance.random() < 0.9 else ""
    return replace(told, title=title)


def agency_line(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """A dateline before the first sentence and a line of credits behind the last, or one of the two."""
    town, agency = chance.choice(_TOWNS), chance.choice(_AGENCIES)
    paragraphs = list(told.paragraphs)
    which = chance.random()
    if which < 0.7 and paragraphs:
        month, dash = chance.choice(("March", "Jan.", "Sept")), chance.choice(("-", "—", "–"))
        opening = chance.choice((f"{town}, {month} {chance.randint(1, 28)} ({agency}) {dash}", f"({agency}) {dash}"))
        paragraphs[0] = (f"{opening} {paragraphs[0][0]}", *paragraphs[0][1:])
    if which > 0.3:
        one, other = chance.sample(_PEOPLE, 2)
        paragraphs.append((chance.choice(_CLOSINGS).format(one, other, town, chance.randint(1990, 2025), agency),))
    return replace(told, paragraphs=tuple(paragraphs))


def typos(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """1 to 5 % of the words with a letter more, less or another, or two that changed places."""
    share = chance.uniform(0.01, 0.05) / _long_share(told)

    def slip(match: re.Match[str]) -> str:
        word = match.group()
        if chance.random() >= share:
            return word
        at = chance.randrange(1, len(word) - 1)
        letter = chance.choice(string.ascii_lowercase)
        return chance.choice((
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
        ))  # fmt: skip

    return _worded(told, lambda sentence: _WORD.sub(slip, sentence))


def other_words(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """British for American spelling, and half to all of the words that have another of one meaning."""
    share = chance.uniform(0.5, 1.0)

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        other = SWAPS.get(word.lower())
        if other is None or chance.random() >= share:
            return word
        return other.capitalize() if word[0].isupper() else other

    return _worded(told, lambda sentence: re.sub(r"[^\W\d_]+", swap, sentence))


def paragraphs_moved(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """Two of the paragraphs behind the first change places; of running text, two runs of sentences."""
    paragraphs = _parts(told)
    if len(paragraphs) > 2:
        one, other = chance.sample(range(1, len(paragraphs)), 2)
        paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    else:
        paragraphs = paragraphs[::-1]
    return replace(told, paragraphs=tuple(paragraphs))


def paragraphs_dropped(told: Report, chance: random.Random, _: Sequence[str]) -> Report:
    """A quarter to a half of the paragraphs is left out, anywhere."""
    paragraphs = _parts(told)
    for _try in range(max(1, round(chance.uniform(0.25, 0.5) * len(paragraphs)))):
        at = chance.randrange(len(paragraphs))
        left = replace(told, paragraphs=tuple(paragraphs[:at] + paragraphs[at + 1 :]))
        if left.words >= SHORTEST:
            del paragraphs[at]
    return replace(told, paragraphs=tuple(paragraphs))


def sentences_added(told: Report, chance: random.Random, others: Sequence[str]) -> Report:
    """Two sentences of the paper's own, at the end or between paragraphs; together no longer than the report."""
    own: tuple[str, ...] = tuple(chance.sample(others, 2))
    while sum(len(sentence.split()) for sentence in own) > max(SHORTEST, told.words):
        own = tuple(chance.sample(others, 2))
    paragraphs = list(told.paragraphs)
    paragraphs.insert(len(paragraphs) if chance.random() < 0.5 else chance.randint(1, len(paragraphs)), own)
    return replace(told, paragraphs=tuple(paragraphs))


def mixed(told: Report, chance: random.Random, others: Sequence[str]) -> Report:
    """Two to four of the other edits, one after the other; no more than one of them shortens."""
    shorter = (cut_at_the_end, cut_at_the_start, paragraphs_dropped)
    alone = [edit for edit in EDITS.values() if edit is not mixed and edit not in shorter]
    for edit in chance.sample([*alone, chance.choice(shorter)], chance.randint(2, 4)):
        told = edit(told, chance, others)
    return told


EDITS: dict[str, Edit] = {
    "cut at the end": cut_at_the_end,
    "cut at the start": cut_at_the_start,
    "other headline": other_headline,
    "agency line": agency_line,
    "typos": typos,
    "other words": other_words,
    "paragraphs moved": paragraphs_moved,
    "paragraphs dropped": paragraphs_dropped,
    "sentences added": sentences_added,
    "mixed": mixed,
}


def _first(told: Report, words: float) -> Report:
    """The paragraphs up to so many words and the end of their sentence, but no fewer than SHORTEST."""
    kept: list[tuple[str, ...]] = []
    length = 0
    for paragraph in told.paragraphs:
        sentences = []
        for sentence in paragraph:
            if length >= SHORTEST and length + len(sentence.split()) / 2 > words:
                break
            sentences.append(sentence)
            length += len(sentence.split())
        if sentences:
            kept.append(tuple(sentences))
        if len(sentences) < len(paragraph):
            break
    return replace(told, paragraphs=tuple(kept))


def _parts(told: Report) -> list[tuple[str, ...]]:
    """The paragraphs; where there are hardly any, pairs of sentences."""
    if len(told.paragraphs) > 2:
        return list(told.paragraphs)
    sentences = told.sentences
    return [tuple(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def _long_share(told: Report) -> float:
    """Which share of the words typos are made in."""
    return max(0.1, len(_WORD.findall(told.text)) / max(1, len(told.text.split())))


def _worded(told: Report, change: Callable[[str], str]) -> Report:
    return Report(
        title=change(told.title),
        paragraphs=tuple(tuple(map(change, paragraph)) for paragraph in told.paragraphs),
    )

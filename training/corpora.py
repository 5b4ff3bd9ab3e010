"""Reads the training corpora into passages that carry whatever each corpus annotates, and masks what it does not."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Any

from ingest.language.labels import NAME_TYPES, ROLES, lemma_rule

# What each corpus calls a name → the types it may be; what a corpus does not annotate throughout may hide behind O.
ALL = frozenset(NAME_TYPES)
PLACE = ("LOC", "FAC")
MISC = ("MISC", "NORP", "EVENT", "WORK_OF_ART", "PRODUCT")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameScheme:
    """How one corpus marks names: its labels as sets of our types, and the types that its O rules out."""

    labels: dict[str, tuple[str, ...]]
    annotates: frozenset[str]
    share: float = 1.0  # of its passages, drawn anew each pass; below 1 for social media and legal text


CONLL = NameScheme(
    labels={"PER": ("PERSON",), "LOC": PLACE, "ORG": ("ORG",), "MISC": MISC},
    annotates=frozenset({"PERSON", "LOC", "ORG"}),
)
SCHEMES = {
    "worldwide": NameScheme(
        labels={
            "Person": ("PERSON",), "Location": ("LOC",), "Organization": ("ORG",), "NORP": ("NORP",),
            "Date": ("DATE",), "Misc": ("MISC", "EVENT", "WORK_OF_ART"), "Money": ("MONEY",),
            "Facility": ("FAC",), "Product": ("PRODUCT",),
        },
        annotates=ALL,
    ),
    "gum": NameScheme(
        labels={
            "person": ("PERSON", "NORP"), "place": PLACE, "organization": ("ORG",), "event": ("EVENT",),
            "time": ("DATE",), "object": ("PRODUCT", "FAC", "WORK_OF_ART", "MISC"), "abstract": MISC,
        },
        annotates=frozenset({"PERSON", "LOC", "ORG"}),
    ),
    "wikigold": CONLL,
    "secfilings": NameScheme(labels=CONLL.labels, annotates=CONLL.annotates, share=0.2),
    "btc": NameScheme(labels=CONLL.labels, annotates=CONLL.annotates, share=0.35),
    "wnut17": NameScheme(
        labels={
            "person": ("PERSON",), "location": PLACE, "corporation": ("ORG",), "group": ("ORG",),
            "product": ("PRODUCT",), "creative-work": ("WORK_OF_ART",),
        },
        annotates=frozenset({"PERSON", "LOC", "ORG", "PRODUCT", "WORK_OF_ART"}),
        share=0.35,
    ),
    "crossner": NameScheme(
        labels={
            **dict.fromkeys(
                ("person", "politician", "writer", "musicalartist", "scientist", "researcher"), ("PERSON",)
            ),
            **dict.fromkeys(("organisation", "politicalparty", "band", "university"), ("ORG",)),
            **dict.fromkeys(("location", "country"), PLACE),
            **dict.fromkeys(("event", "election", "conference"), ("EVENT",)),
            **dict.fromkeys(("album", "song", "book", "poem", "magazine", "academicjournal"), ("WORK_OF_ART",)),
            "product": ("PRODUCT",),
            "misc": MISC,
        },
        annotates=frozenset({"PERSON", "LOC", "ORG", "EVENT"}),
    ),
}  # fmt: skip
# Corpora whose texts may be used and whose licence or release says so; the others are left out by `--open-only`.
NOT_OPEN = frozenset({"worldwide"})


@dataclass(slots=True, kw_only=True)
class Passage:
    """Consecutive sentences of one document; a layer is None where the corpus does not annotate it."""

    words: list[str]
    sentences: list[int]  # index of each sentence's first word
    names: list[frozenset[str]] | None = None  # the tags that each word may carry
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemmas: list[str] | None = None  # rules, see labels.lemma_rule
    heads: list[int] | None = None  # index in words; -1 for a root
    relations: list[str] | None = None
    predicates: list[int | None] | None = None  # 1, 0, or None in sentences without role annotation
    roles: list[tuple[int, int, str]] = field(default_factory=list)  # predicate, argument head, role
    events: list[str] | None = None  # EVENT_TAGS
    splits: bool = False  # whether its sentence boundaries are gold

    def __len__(self) -> int:
        return len(self.words)


def open_text(path: Path) -> IO[str]:
    """A text file, gzipped or not."""
    return gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8")


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    with open_text(path) as lines:
        for line in lines:
            yield json.loads(line)


def told_by(corpora: Iterable[str]) -> frozenset[str]:
    """The types that at least one of these corpora annotates throughout."""
    return frozenset().union(*(SCHEMES[name].annotates for name in corpora))


def name_tags(
    length: int, spans: list[tuple[int, int, str]], scheme: NameScheme, told: frozenset[str] = ALL
) -> list[frozenset[str]]:
    """The tags that each word may carry: one where the corpus tells, several where it leaves it open.

    A choice is left open only between types that some corpus tells (`told`): where none does, nothing would settle it,
    and the model would fall anywhere. Such a type is then no reason to doubt an O, and yields to the others of its set.
    """
    hidden = {f"{part}-{name}" for name in told - scheme.annotates for part in "BI"}
    outside = frozenset({"O"} | hidden)
    tags = [outside] * length
    taken = [False] * length
    for start, end, label in sorted(spans, key=lambda span: span[0] - span[1]):  # longest first, nested ones dropped
        types = scheme.labels.get(label)
        if types is None or any(taken[start:end]):
            continue
        types = tuple(name for name in types if name in told) or types[:1]
        for i in range(start, end):
            tags[i] = frozenset(f"{'B' if i == start else 'I'}-{name}" for name in types)
            taken[i] = True
    return tags


def read_names(path: Path, told: frozenset[str] = ALL) -> Iterator[Passage]:
    """Passages with names from a file in the `ner/*` form; the scheme is told by the file's name."""
    scheme = SCHEMES[path.name.split(".")[0].split("_")[0]]
    for row in json_lines(path):
        tokens = row["tokens"]
        tags = name_tags(len(tokens), [(s, e, label) for s, e, label in row["spans"]], scheme, told)
        yield Passage(words=tokens, sentences=[s for s, e in row["sents"] if e > s], names=tags)


def event_type(tag: str) -> str:
    """Our event type for an ECB+ action tag, negated ones included."""
    if tag.endswith("REPORTING"):
        return "REPORTING"
    return "STATE" if tag.endswith(("STATE", "PERCEPTION")) else "OCCURRENCE"


def read_events(path: Path) -> Iterator[Passage]:
    """Passages of the sentences that ECB+ annotates throughout, with their event mentions."""
    for row in json_lines(path):
        chosen = set(row["selected_sents"])
        tags = ["O"] * len(row["tokens"])
        for mention in row["mentions"]:
            if mention["kind"] == "event":
                for place, i in enumerate(mention["tokens"]):
                    continues = place and mention["tokens"][place - 1] == i - 1
                    tags[i] = f"{'I' if continues else 'B'}-{event_type(mention['tag'])}"
        words: list[str] = []
        events: list[str] = []
        sentences: list[int] = []
        for (start, end), number in zip(row["sents"], row["sent_ids"], strict=True):
            if number in chosen and end > start:
                sentences.append(len(words))
                words += row["tokens"][start:end]
                events += tags[start:end]
        if words:
            yield Passage(words=words, sentences=sentences, events=events)


@dataclass(slots=True, kw_only=True)
class Sentence:
    """One sentence of a CoNLL-U file."""

    id: str
    document: str
    paragraph: bool  # whether it opens one
    rows: list[list[str]]
    spaces: list[bool]  # whether white space follows each word


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, multiword and empty tokens left out."""
    document, paragraph, name = "", True, ""
    rows: list[list[str]] = []
    spaces: list[bool] = []
    joined, space = 0, True  # the last word of a multiword token, and whether white space follows it
    with open_text(path) as lines:
        for line in chain(lines, [""]):  # the last sentence may lack its empty line
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield Sentence(id=name, document=document, paragraph=paragraph, rows=rows, spaces=spaces)
                rows, spaces, paragraph, joined = [], [], False, 0
            elif line.startswith("#"):
                if line.startswith("# newdoc"):
                    document, paragraph = line.split("=")[-1].strip(), True
                elif line.startswith("# newpar"):
                    paragraph = True
                elif line.startswith("# sent_id"):
                    name = line.split("=")[-1].strip()
            else:
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
                    inside = int(cells[0]) < joined
                    spaces.append(
                        not inside and (space if joined == int(cells[0]) else "SpaceAfter=No" not in cells[9])
                    )
                elif "-" in cells[0]:
                    joined, space = int(cells[0].split("-")[1]), "SpaceAfter=No" not in cells[9]


def argument_head(heads: list[int], start: int, end: int) -> int:
    """The word of a span whose head lies outside it; the first word where no such word is found."""
    return next((i for i in range(start, end) if not start <= heads[i] < end), start)


def read_syntax(
    path: Path, roles: Path | None = None, names: Path | None = None, told: frozenset[str] = ALL
) -> Iterator[Passage]:
    """One passage a document from CoNLL-U, joined by sentence id with PropBank roles and by document with names."""
    by_sentence = {row["id"]: row for row in json_lines(roles)} if roles else {}
    by_document = {row["id"]: row for row in json_lines(names)} if names else {}
    scheme = SCHEMES["gum"]
    current: Passage | None = None
    document = ""

    def finished(passage: Passage) -> Passage:
        row = by_document.get(document)
        if row and row["tokens"] == passage.words:
            inside = {i for i, tag in enumerate(passage.upos or []) if tag == "CCONJ"}
            spans = [(s, e, t) for s, e, t in row["spans"] if not inside.intersection(range(s, e))]
            passage.names = name_tags(len(passage), spans, scheme, told)
        return passage

    for sentence in read_conllu(path):
        if sentence.document != document and current:
            yield finished(current)
            current = None
        document = sentence.document
        current = current or Passage(
            words=[], sentences=[], upos=[], xpos=[], lemmas=[], heads=[], relations=[], predicates=[], splits=True
        )
        add_sentence(current, sentence, by_sentence.get(sentence.id))
    if current:
        yield finished(current)


def add_sentence(passage: Passage, sentence: Sentence, roles: dict[str, Any] | None) -> None:
    """Append one CoNLL-U sentence, with its PropBank row when the words agree."""
    first = len(passage)
    words = [cells[1] for cells in sentence.rows]
    heads = [int(cells[6]) - 1 for cells in sentence.rows]
    passage.sentences.append(first)
    passage.words += words
    passage.upos += [cells[3] for cells in sentence.rows]  # type: ignore[operator]
    passage.xpos += [cells[4] for cells in sentence.rows]  # type: ignore[operator]
    passage.lemmas += [lemma_rule(cells[1], cells[2]) for cells in sentence.rows]  # type: ignore[operator]
    passage.heads += [first + head if head >= 0 else -1 for head in heads]  # type: ignore[operator]
    passage.relations += [cells[7] for cells in sentence.rows]  # type: ignore[operator]
    known: list[int | None] = [None] * len(words)
    if roles and roles["tokens"] == words:
        known = [0] * len(words)
        for predicate in roles["predicates"]:
            known[predicate["token"]] = 1
            for start, end, role in predicate["args"]:
                if not role.startswith(("R-", "C-")):  # relatives and continuations point at the same argument
                    head = argument_head(heads, start, end)
                    role = role if role in ROLES else "OTHER"
                    passage.roles.append((first + predicate["token"], first + head, role))
    passage.predicates += known  # type: ignore[operator]


def read_training(corpora: Path, *, open_only: bool = False) -> list[tuple[str, float, list[Passage]]]:
    """Every training file as (name, share drawn each pass, passages)."""
    ud, srl, ner = corpora / "ud", corpora / "srl", corpora / "ner"
    chosen = {name: scheme for name, scheme in SCHEMES.items() if not (open_only and name in NOT_OPEN)}
    told = told_by(chosen)
    parts = [
        ("ewt", 1.0, list(read_syntax(ud / "en_ewt-ud-train.conllu.gz", srl / "propbank-ewt.train.jsonl.gz"))),
        (
            "gum",
            1.0,
            list(read_syntax(ud / "en_gum-ud-open-train.conllu.gz", names=ner / "gum.train.jsonl.gz", told=told)),
        ),
    ]
    parts.append(("ecb", 1.0, list(read_events(corpora / "cdcoref" / "ecbplus.train.jsonl.gz"))))
    for name, scheme in chosen.items():
        if name != "gum":
            # CrossNER's development sets are several times its training sets, and it is not what we are measured on.
            files = sorted(ner.glob(f"{name}*.jsonl.gz" if name == "crossner" else f"{name}.train.jsonl.gz"))
            files = files or [ner / f"{name}.jsonl.gz"]
            parts.append((name, scheme.share, [passage for file in files for passage in read_names(file, told)]))
    return parts

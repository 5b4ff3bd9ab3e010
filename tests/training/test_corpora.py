"""Corpora as passages: what is annotated is read, what is not is left open, and nothing is guessed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from ingest.language.labels import NAME_TYPES
from training.corpora import (
    CONLL,
    NOT_OPEN,
    SCHEMES,
    NameScheme,
    argument_head,
    event_type,
    json_lines,
    name_tags,
    read_conllu,
    read_events,
    read_names,
    read_syntax,
    read_training,
)

Rows = Iterable[Mapping[str, object]]


def write_rows(path: Path, rows: Rows) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def write_text(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.write(text)
    return path


def either(*names: str, part: str = "B") -> frozenset[str]:
    """The tags of a word that may be any of these."""
    return frozenset(f"{part}-{name}" for name in names)


# Names

NAMES = {
    "id": "1",
    "tokens": ["Ada", "Lind", "left", "Lima", ".", "It", "rained", "in", "the", "Andes"],
    "sents": [[0, 5], [5, 5], [5, 10]],
    "spans": [[0, 2, "PER"], [3, 4, "LOC"], [8, 10, "Mountains"]],
}


def test_names_become_the_tags_that_each_word_may_carry(tmp_path: Path) -> None:
    (passage,) = read_names(write_rows(tmp_path / "wikigold.jsonl.gz", [NAMES]))
    assert passage.words == NAMES["tokens"]
    assert passage.sentences == [0, 5]  # the empty sentence is dropped
    assert not passage.splits
    assert passage.names is not None
    assert passage.names[:2] == [either("PERSON"), either("PERSON", part="I")]
    assert passage.names[3] == either("LOC", "FAC")
    assert passage.upos is passage.heads is passage.predicates is passage.events is None


def test_what_a_corpus_does_not_annotate_may_hide_behind_outside() -> None:
    (outside,) = name_tags(1, [], CONLL)
    hidden = set(NAME_TYPES) - CONLL.annotates
    assert outside == {"O"} | either(*hidden) | either(*hidden, part="I")
    assert not outside & either("PERSON", "LOC", "ORG")


def test_types_that_no_corpus_tells_apart_are_not_left_open() -> None:
    told = frozenset({"PERSON", "LOC", "ORG"})
    place, misc, outside = name_tags(3, [(0, 1, "LOC"), (1, 2, "MISC")], CONLL, told)
    assert place == either("LOC")
    assert misc == either("MISC")
    assert outside == {"O"}


def test_a_type_that_another_corpus_tells_may_hide_behind_outside() -> None:
    (outside,) = name_tags(1, [], CONLL, frozenset({"PERSON", "LOC", "ORG", "PRODUCT"}))
    assert outside == {"O"} | either("PRODUCT") | either("PRODUCT", part="I")


def test_outside_is_outside_where_everything_is_annotated() -> None:
    assert name_tags(2, [], SCHEMES["worldwide"]) == [frozenset({"O"})] * 2


def test_a_label_without_meaning_leaves_its_words_open() -> None:
    open_, *_ = name_tags(1, [], CONLL)
    assert name_tags(2, [(0, 2, "Chemical")], CONLL) == [open_, open_]


def test_of_nested_names_the_longest_is_kept() -> None:
    scheme = NameScheme(labels={"ORG": ("ORG",), "LOC": ("LOC",)}, annotates=frozenset(NAME_TYPES))
    nested = [(3, 4, "LOC"), (1, 4, "ORG"), (5, 6, "LOC")]
    tags = name_tags(6, nested, scheme)
    assert [sorted(tag) for tag in tags] == [["O"], ["B-ORG"], ["I-ORG"], ["I-ORG"], ["O"], ["B-LOC"]]
    assert name_tags(6, nested[::-1], scheme) == tags


def test_the_scheme_is_told_by_the_name_of_the_file(tmp_path: Path) -> None:
    row = NAMES | {"spans": [[3, 4, "country"]]}
    (passage,) = read_names(write_rows(tmp_path / "crossner_politics.train.jsonl.gz", [row]))
    assert passage.names is not None
    assert passage.names[3] == either("LOC", "FAC")
    with pytest.raises(KeyError):
        list(read_names(write_rows(tmp_path / "unheard.train.jsonl.gz", [row])))


@pytest.mark.parametrize("name", SCHEMES)
def test_schemes_speak_of_our_types_only(name: str) -> None:
    scheme = SCHEMES[name]
    assert scheme.annotates <= set(NAME_TYPES)
    assert {type_ for types in scheme.labels.values() for type_ in types} <= set(NAME_TYPES)
    # A type whose absence counts must have a label that can say it is there.
    assert scheme.annotates <= {type_ for types in scheme.labels.values() for type_ in types}
    assert 0 < scheme.share <= 1


# Events


def test_events_are_read_from_the_sentences_that_are_annotated_throughout(tmp_path: Path) -> None:
    row = {
        "id": "1_1",
        "tokens": ["site", "com", "Rebels", "blew", "it", "up", ".", "He", "said", "so", "."],
        "sents": [[0, 2], [2, 7], [7, 11]],
        "sent_ids": [0, 1, 2],
        "selected_sents": [1, 2],
        "mentions": [
            {"kind": "event", "tag": "ACTION_OCCURRENCE", "tokens": [3, 5]},
            {"kind": "event", "tag": "NEG_ACTION_REPORTING", "tokens": [8]},
            {"kind": "entity", "tag": "HUMAN_PART", "tokens": [2]},
            {"kind": "event", "tag": "ACTION_OCCURRENCE", "tokens": [0, 1]},
        ],
    }
    (passage,) = read_events(write_rows(tmp_path / "ecbplus.train.jsonl.gz", [row]))
    assert passage.words == row["tokens"][2:]
    assert passage.sentences == [0, 5]
    assert passage.events == ["O", "B-OCCURRENCE", "O", "B-OCCURRENCE", "O", "O", "B-REPORTING", "O", "O"]
    assert passage.names is passage.heads is passage.predicates is None


def test_words_of_one_event_that_stand_together_are_one_span(tmp_path: Path) -> None:
    mention = {"kind": "event", "tag": "ACTION_STATE", "tokens": [0, 1, 3]}
    row = {"tokens": ["on", "strike", "all", "day"], "sents": [[0, 4]], "sent_ids": [0], "selected_sents": [0]}
    (passage,) = read_events(write_rows(tmp_path / "ecbplus.train.jsonl.gz", [row | {"mentions": [mention]}]))
    assert passage.events == ["B-STATE", "I-STATE", "O", "B-STATE"]


def test_a_document_without_annotated_sentences_gives_no_passage(tmp_path: Path) -> None:
    row = {"tokens": ["Rain"], "sents": [[0, 1]], "sent_ids": [0], "selected_sents": [], "mentions": []}
    assert list(read_events(write_rows(tmp_path / "ecbplus.train.jsonl.gz", [row]))) == []


@pytest.mark.parametrize(
    ("tag", "type_"),
    [
        ("ACTION_OCCURRENCE", "OCCURRENCE"), ("NEG_ACTION_OCCURRENCE", "OCCURRENCE"),
        ("ACTION_ASPECTUAL", "OCCURRENCE"), ("ACTION_REPORTING", "REPORTING"),
        ("NEG_ACTION_REPORTING", "REPORTING"), ("ACTION_STATE", "STATE"), ("NEG_ACTION_STATE", "STATE"),
        ("ACTION_PERCEPTION", "STATE"),
    ],
)  # fmt: skip
def test_tags_of_actions_become_our_three_kinds(tag: str, type_: str) -> None:
    assert event_type(tag) == type_


# Syntax and roles

SYNTAX = """\
# newdoc id = first
# newpar
# sent_id = first-1
# text = Ada can't sing.
1\tAda\tAda\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsing\tsing\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = first-2
# text = (Rebels' raids ended)
1\t(\t(\tPUNCT\t-LRB-\t_\t4\tpunct\t_\tSpaceAfter=No
2-3\tRebels'\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tRebels\trebel\tNOUN\tNNS\t_\t4\tnmod:poss\t_\t_
3\t'\t's\tPART\tPOS\t_\t2\tcase\t_\t_
4\traids\traid\tNOUN\tNNS\t_\t5\tnsubj\t_\t_
5\tended\tend\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
5.1\tended\tend\tVERB\tVBD\t_\t_\t_\t_\t_
6\t)\t)\tPUNCT\t-RRB-\t_\t5\tpunct\t_\t_

# newdoc id = second
# sent_id = second-1
1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\t_

"""
ROLES = [
    {
        "id": "first-2",
        "tokens": ["(", "Rebels", "'", "raids", "ended", ")"],
        "predicates": [
            {"token": 3, "roleset": "raid.01", "args": [[1, 3, "ARG0"], [3, 4, "R-ARG0"], [4, 5, "ARGM-LVB"]]},
            {"token": 4, "roleset": "end.01", "args": [[1, 4, "ARG1"], [0, 1, "C-ARG1"]]},
        ],
    },
    {"id": "second-1", "tokens": ["Rainfall"], "predicates": [{"token": 0, "args": []}]},
]


def test_conllu_sentences_keep_words_and_drop_multiword_and_empty_tokens(tmp_path: Path) -> None:
    sentences = list(read_conllu(write_text(tmp_path / "a.conllu.gz", SYNTAX)))
    assert [sentence.id for sentence in sentences] == ["first-1", "first-2", "second-1"]
    assert [sentence.document for sentence in sentences] == ["first", "first", "second"]
    assert [sentence.paragraph for sentence in sentences] == [True, True, True]
    assert [[cells[1] for cells in sentence.rows] for sentence in sentences] == [
        ["Ada", "ca", "n't", "sing", "."],
        ["(", "Rebels", "'", "raids", "ended", ")"],
        ["Rain"],
    ]


def test_spaces_follow_words_as_they_do_in_the_text(tmp_path: Path) -> None:
    first, second, _ = read_conllu(write_text(tmp_path / "a.conllu.gz", SYNTAX))
    assert first.spaces == [True, False, True, False, True]
    assert second.spaces == [False, False, False, True, False, True]


def test_a_sentence_inside_a_paragraph_opens_none(tmp_path: Path) -> None:
    text = SYNTAX.replace("# newpar\n# sent_id = first-2", "# sent_id = first-2")
    sentences = list(read_conllu(write_text(tmp_path / "a.conllu.gz", text)))
    assert [sentence.paragraph for sentence in sentences] == [True, False, True]


def test_a_document_becomes_one_passage_with_its_trees(tmp_path: Path) -> None:
    first, second = read_syntax(write_text(tmp_path / "a.conllu.gz", SYNTAX))
    assert len(first) == 11
    assert first.sentences == [0, 5]
    assert first.splits
    assert first.heads == [3, 3, 3, -1, 3, 8, 8, 6, 9, -1, 9]
    assert first.upos is not None
    assert first.upos[:3] == ["PROPN", "AUX", "PART"]
    assert first.lemmas is not None
    assert first.lemmas[1:3] == ["0:n", "2:ot"]
    assert first.relations is not None
    assert first.relations.count("root") == 2
    assert first.names is first.events is None
    assert second.words == ["Rain"]
    assert second.heads == [-1]


def test_roles_join_by_sentence_and_the_rest_stays_unknown(tmp_path: Path) -> None:
    roles = write_rows(tmp_path / "roles.jsonl.gz", ROLES)
    first, second = read_syntax(write_text(tmp_path / "a.conllu.gz", SYNTAX), roles)
    assert first.predicates == [None] * 5 + [0, 0, 0, 1, 1, 0]
    # Heads of the arguments' spans; relatives and continuations are left out, rare roles are OTHER.
    assert first.roles == [(8, 6, "ARG0"), (8, 9, "OTHER"), (9, 8, "ARG1")]
    # The words of the roles' row are others than those of the tree: it is not used.
    assert second.predicates == [None]
    assert second.roles == []


def test_names_join_by_document_when_the_words_agree(tmp_path: Path) -> None:
    conllu = write_text(tmp_path / "a.conllu.gz", SYNTAX)
    words = [word for passage in read_syntax(conllu) for word in passage.words][:11]
    rows = [
        {"id": "first", "tokens": words, "sents": [], "spans": [[0, 1, "person"], [6, 8, "organization"]]},
        {"id": "second", "tokens": ["Snow"], "sents": [], "spans": [[0, 1, "person"]]},
    ]
    first, second = read_syntax(conllu, names=write_rows(tmp_path / "gum.train.jsonl.gz", rows))
    assert first.names is not None
    assert first.names[0] == either("PERSON", "NORP")
    assert first.names[6:8] == [either("ORG"), either("ORG", part="I")]
    assert second.names is None


def test_joined_names_with_an_and_in_them_are_no_names(tmp_path: Path) -> None:
    text = "# newdoc id = d\n# sent_id = d-1\n" + "\n".join(
        f"{i}\t{word}\t{word}\t{pos}\t_\t_\t{head}\t_\t_\t_"
        for i, (word, pos, head) in enumerate([("Ada", "PROPN", 0), ("and", "CCONJ", 3), ("Bo", "PROPN", 1)], 1)
    )
    conllu = write_text(tmp_path / "a.conllu.gz", text + "\n\n")
    row = {"id": "d", "tokens": ["Ada", "and", "Bo"], "sents": [], "spans": [[0, 3, "person"], [2, 3, "person"]]}
    (passage,) = read_syntax(conllu, names=write_rows(tmp_path / "gum.train.jsonl.gz", [row]))
    assert passage.names is not None
    assert ["B-PERSON" in tags for tags in passage.names] == [False, False, True]


@pytest.mark.parametrize(
    ("span", "head"),
    [((0, 3), 2), ((0, 2), 0), ((1, 2), 1), ((3, 4), 3), ((0, 4), 3)],
)
def test_the_head_of_a_span_is_the_first_word_that_hangs_outside_it(span: tuple[int, int], head: int) -> None:
    # "two old men slept": two and old hang on men, men on slept, slept is the root.
    assert argument_head([2, 2, 3, -1], *span) == head


def test_a_span_that_hangs_on_itself_has_its_first_word_as_head() -> None:
    assert argument_head([1, 0], 0, 2) == 0


# All of it


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Every training file, each with next to nothing in it."""
    for name in ("en_ewt-ud-train", "en_gum-ud-open-train"):
        write_text(tmp_path / "ud" / f"{name}.conllu.gz", SYNTAX)
    write_rows(tmp_path / "srl" / "propbank-ewt.train.jsonl.gz", ROLES)
    write_rows(tmp_path / "cdcoref" / "ecbplus.train.jsonl.gz", [])
    for name in ("gum", "worldwide", "secfilings", "btc", "wnut17", "crossner_ai", "crossner_music"):
        write_rows(tmp_path / "ner" / f"{name}.train.jsonl.gz", [NAMES | {"spans": []}])
    write_rows(tmp_path / "ner" / "wikigold.jsonl.gz", [NAMES, NAMES])
    return tmp_path


def test_training_reads_every_corpus_with_its_share(corpora: Path) -> None:
    read = {name: (share, len(passages)) for name, share, passages in read_training(corpora)}
    assert read["ewt"] == (1.0, 2)
    assert read["gum"] == (1.0, 2)
    assert read["wikigold"] == (1.0, 2)
    assert read["crossner"] == (SCHEMES["crossner"].share, 2)
    assert read["btc"] == (SCHEMES["btc"].share, 1)
    assert set(read) == {"ewt", "gum", "ecb", *SCHEMES}


def test_open_only_leaves_out_what_states_no_licence(corpora: Path) -> None:
    read = {name for name, _, _ in read_training(corpora, open_only=True)}
    assert not read & NOT_OPEN
    assert read == {name for name, _, _ in read_training(corpora)} - NOT_OPEN


def test_json_lines_are_read_in_order(tmp_path: Path) -> None:
    rows = [{"a": 1}, {"b": "é"}]
    assert list(json_lines(write_rows(tmp_path / "rows.jsonl.gz", rows))) == rows

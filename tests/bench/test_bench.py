"""The scorecards: counts and figures, labels of other corpora, and full marks for the model's own reading."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from bench.names import CASES, GROUP_OF, OTHERWISE, Span, outermost, score_names
from bench.score import Counts, Scorecard, row
from bench.syntax import raw_text, read_given, score_given, score_raw, score_roles
from ingest.language.labels import NAME_TYPES
from ingest.language.model import LONGEST, LanguageModel
from ingest.language.pipeline import load
from training.corpora import read_conllu

ROOT = Path(__file__).parents[2]
TEXTS = {
    "one": "Maria Lopez met Peter Mwangi in Nairobi on Tuesday. Google and Microsoft had asked for the talks.",
    "two": "Brazil beat Argentina in Lima.\n\nPolice arrested six men after the attack on the stadium.",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def model(nlp: Language) -> LanguageModel:
    found: LanguageModel = nlp.get_pipe(nlp.pipe_names[-1]).model
    return found


def write(path: Path, lines: Iterable[str]) -> Path:
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return path


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    return write(path, map(json.dumps, rows))


# Counts


def test_figures_are_made_of_counts() -> None:
    counts = Counts(right=3, found=4, gold=6)
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.5, 0.6)


def test_nothing_found_and_nothing_wanted_is_no_division_by_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)


def test_counts_add_up() -> None:
    counts = Counts()
    counts.add(["a", "b", "b"], ["b", "c"])
    assert counts == Counts(right=1, found=2, gold=2)
    assert counts + counts == Counts(right=2, found=4, gold=4)


def test_a_scorecard_counts_by_label() -> None:
    card = Scorecard()
    card.add({(1, "PERSON"), (2, "LOC")}, {(1, "PERSON"), (2, "ORG"), (3, "LOC")})
    assert dict(card.by_label) == {
        "PERSON": Counts(right=1, found=1, gold=1),
        "LOC": Counts(right=0, found=1, gold=1),
        "ORG": Counts(right=0, found=0, gold=1),
    }
    assert card.total() == Counts(right=1, found=2, gold=3)
    assert card.total(["PERSON", "ORG", "DATE"]) == Counts(right=1, found=1, gold=2)


def test_the_most_frequent_label_comes_first() -> None:
    card = Scorecard()
    card.add([], [(1, "LOC"), (2, "ORG"), (3, "ORG"), (4, "DATE")])
    assert [line.split()[0] for line in card.lines()] == ["ORG", "DATE", "LOC"]


def test_a_row_shows_percentages_and_counts() -> None:
    assert row("LOC", Counts(right=3, found=4, gold=6)).split() == [
        "LOC", "P", "75.00", "R", "50.00", "F1", "60.00", "gold", "6", "found", "4",
    ]  # fmt: skip


# Labels of other corpora


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("PER", "PERSON"), ("Organisation", "ORG"), ("politicalparty", "ORG"), ("GPE", "LOC"), ("geo-loc", "LOC"),
        ("Facility", "FAC"), ("Nationality", "NORP"), ("Weapon", "PRODUCT"), ("Temporal", "DATE"), ("MISC", "MISC"),
    ],
)  # fmt: skip
def test_labels_of_other_corpora_have_their_place_among_ours(label: str, group: str) -> None:
    assert GROUP_OF[label.lower()] == group


def test_labels_lead_to_types_that_the_model_knows() -> None:
    assert set(GROUP_OF.values()) <= set(NAME_TYPES)
    assert set(OTHERWISE) | set(OTHERWISE.values()) <= set(NAME_TYPES)


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([], []),
        ([(0, 1, "LOC"), (0, 3, "ORG")], [(0, 3, "ORG")]),
        ([(0, 2, "ORG"), (2, 3, "LOC")], [(0, 2, "ORG"), (2, 3, "LOC")]),
        ([(0, 2, "ORG"), (1, 4, "LOC")], [(1, 4, "LOC")]),
        ([(5, 6, "LOC"), (0, 2, "PERSON"), (0, 2, "NORP")], [(0, 2, "NORP"), (5, 6, "LOC")]),
    ],
)
def test_names_inside_longer_ones_do_not_count(spans: list[Span], kept: list[Span]) -> None:
    assert sorted(outermost(spans)) == kept


# Names


def own_names(nlp: Language, label_of: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
    """What the model itself finds, as a corpus would write it down, one row a text."""
    for id_, text in TEXTS.items():
        words = [token.text for token in nlp.make_doc(text) if not token.is_space]
        doc = Doc(nlp.vocab, words=words)
        for _, component in nlp.pipeline:
            doc = component(doc)
        spans = [[ent.start, ent.end, (label_of or {}).get(ent.label_, ent.label_)] for ent in doc.ents]
        yield {"id": id_, "tokens": words, "sents": [[0, len(words)]], "spans": spans}


def test_names_get_full_marks_against_the_models_own(nlp: Language, tmp_path: Path) -> None:
    card = score_names(nlp, write_rows(tmp_path / "own.jsonl.gz", own_names(nlp)))
    assert {"PERSON", "LOC", "ORG"} <= set(card.by_label)
    assert all(counts.f1 == 1 for counts in card.by_label.values())


def test_stand_off_names_count_characters(nlp: Language, tmp_path: Path) -> None:
    rows = [
        {"text": text, "spans": [[ent.start_char, ent.end_char, ent.label_] for ent in nlp(text).ents]}
        for text in TEXTS.values()
    ]
    card = score_names(nlp, write_rows(tmp_path / "own.jsonl.gz", rows))
    assert card.total().gold > 4
    assert card.total().f1 == 1


def test_names_that_are_missed_and_made_up_cost_points(nlp: Language, tmp_path: Path) -> None:
    rows = list(own_names(nlp))
    place = next(i for i, span in enumerate(rows[0]["spans"]) if span[2] == "LOC")
    del rows[0]["spans"][place]
    rows[1]["spans"].append([len(rows[1]["tokens"]) - 1, len(rows[1]["tokens"]), "LOC"])  # the full stop
    counts = score_names(nlp, write_rows(tmp_path / "own.jsonl.gz", rows)).by_label["LOC"]
    assert counts.found == counts.gold == counts.right + 1


def test_a_label_that_the_corpus_lacks_is_not_scored(nlp: Language, tmp_path: Path) -> None:
    rows = [r | {"spans": [span for span in r["spans"] if span[2] == "PERSON"]} for r in own_names(nlp)]
    card = score_names(nlp, write_rows(tmp_path / "own.jsonl.gz", rows))
    assert set(card.by_label) == {"PERSON"}
    assert card.total().f1 == 1


def test_a_type_that_the_corpus_lacks_counts_as_the_next_wider_one(nlp: Language, tmp_path: Path) -> None:
    words = ["Kenyan", "police", "arrested", "Peter", "Mwangi", "in", "Mombasa", "."]
    spans = [[0, 1, "MISC"], [3, 5, "PER"], [6, 7, "LOC"]]
    path = write_rows(tmp_path / "a.jsonl.gz", [{"tokens": words, "sents": [[0, 8]], "spans": spans}])
    card = score_names(nlp, path)
    assert card.by_label["MISC"] == Counts(right=1, found=1, gold=1)  # a nationality, where there is only MISC


def test_labels_that_we_do_not_know_are_left_out(nlp: Language, tmp_path: Path) -> None:
    rows = [r | {"spans": [*r["spans"], [0, 1, "chemicalcompound"]]} for r in own_names(nlp)]
    card = score_names(nlp, write_rows(tmp_path / "own.jsonl.gz", rows))
    assert card.total().f1 == 1


def test_names_are_scored_in_three_cases_of_letters(nlp: Language, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "own.jsonl.gz", own_names(nlp))
    scores = {case: score_names(nlp, path, change).total() for case, change in CASES.items()}
    assert len({counts.gold for counts in scores.values()}) == 1
    assert scores["as written"].f1 == 1
    assert all(counts.f1 > 0.5 for counts in scores.values())


# Tags and trees


def own_conllu(nlp: Language) -> Iterator[str]:
    """The pipeline's own reading of the texts as CoNLL-U, words split as it splits them."""
    for id_, text in TEXTS.items():
        doc = nlp(text)
        yield f"# newdoc id = {id_}"
        fresh = True
        for number, sent in enumerate(doc.sents, 1):
            if fresh:
                yield "# newpar"
            yield f"# sent_id = {id_}-{number}"
            words = [token for token in sent if not token.is_space]
            place = {token.i: i for i, token in enumerate(words, 1)}
            for token in words:
                root = token.dep_ == "ROOT"
                head, relation = ("0", "root") if root else (str(place[token.head.i]), token.dep_)
                after = "_" if token.whitespace_ or token.i + 1 == len(doc) else "SpaceAfter=No"
                cells = (
                    place[token.i],
                    token.text,
                    token.lemma_,
                    token.pos_,
                    token.tag_,
                    "_",
                    head,
                    relation,
                    "_",
                    after,
                )
                yield "\t".join(map(str, cells))
            yield ""
            fresh = "\n" in sent.text


@pytest.fixture(scope="module")
def conllu(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("ud") / "own.conllu.gz", own_conllu(nlp))


def test_the_text_of_a_corpus_is_put_together_again(conllu: Path) -> None:
    for id_, text in TEXTS.items():
        sentences = [sentence for sentence in read_conllu(conllu) if sentence.document == id_]
        made, ranges = raw_text(sentences)
        assert made.strip() == text
        for sentence, spans in zip(sentences, ranges, strict=True):
            assert [made[start:end] for start, end in spans] == [cells[1] for cells in sentence.rows]


def test_raw_text_gets_full_marks_against_the_models_own(nlp: Language, conllu: Path) -> None:
    scores = score_raw(nlp, conllu)
    assert set(scores) == {"words", "sentences", "upos", "uas", "las", "lemmas"}
    for counts in scores.values():
        assert counts.gold == counts.found == counts.right > 0


def test_given_words_get_full_marks_against_the_models_own(model: LanguageModel, tmp_path: Path) -> None:
    path = write(tmp_path / "own.conllu.gz", given_conllu(model))
    assert score_given(model, path) == dict.fromkeys(("upos", "xpos", "uas", "las"), 1)


SENTENCES = [
    ["Maria", "Lopez", "met", "Peter", "Mwangi", "in", "Nairobi", "."],
    ["Police", "arrested", "six", "men", "after", "the", "attack", "on", "the", "stadium", "."],
    ["The", "strikes", "killed", "three", "children", "."],
]


def given_conllu(model: LanguageModel) -> Iterator[str]:
    """The model's own reading of given sentences as CoNLL-U."""
    labels = model.labels
    yield "# newdoc id = only"
    for number, first, reading in read_given(model, SENTENCES):
        yield f"# sent_id = {number}"
        for i, word in enumerate(SENTENCES[number], first):
            head = int(reading.heads[i])
            root = head < 0
            relation = "root" if root else labels["relations"][reading.relations[i]]
            upos, xpos = labels["upos"][reading.upos[i]], labels["xpos"][reading.xpos[i]]
            cells = (i - first + 1, word, word, upos, xpos, "_", 0 if root else head - first + 1, relation, "_", "_")
            yield "\t".join(map(str, cells))
        yield ""


def test_a_wrong_head_costs_a_point_of_attachment_only(model: LanguageModel, tmp_path: Path) -> None:
    lines = list(given_conllu(model))
    place = next(i for i, line in enumerate(lines) if line.split("\t")[1:2] == ["Nairobi"])
    cells = lines[place].split("\t")
    cells[6] = "1" if cells[6] != "1" else "2"
    lines[place] = "\t".join(cells)
    scores = score_given(model, write(tmp_path / "own.conllu.gz", lines))
    words = sum(len(sentence) for sentence in SENTENCES)
    assert scores["uas"] == scores["las"] == pytest.approx(1 - 1 / words)
    assert scores["upos"] == scores["xpos"] == 1


def test_given_sentences_are_read_in_order_and_in_windows_that_fit(model: LanguageModel) -> None:
    sentences = SENTENCES * 20
    found = list(read_given(model, sentences))
    assert [number for number, _, _ in found] == list(range(len(sentences)))
    for number, first, reading in found:
        assert reading.starts[first]
        assert len(reading.upos) >= first + len(sentences[number])
        assert len(reading.upos) <= LONGEST - 2


# Roles


def own_roles(model: LanguageModel) -> Iterator[dict[str, Any]]:
    """The model's own reading of given sentences in the form of the roles; an argument is one word."""
    for number, first, reading in read_given(model, SENTENCES):
        end = first + len(SENTENCES[number])
        yield {
            "doc": "only",
            "id": f"only-{number}",
            "tokens": SENTENCES[number],
            "upos": [model.labels["upos"][i] for i in reading.upos[first:end]],
            "head": [int(head) - first + 1 if head >= 0 else 0 for head in reading.heads[first:end]],
            "predicates": [
                {
                    "token": int(p) - first,
                    "args": [
                        [int(a) - first, int(a) - first + 1, model.labels["roles"][r]]
                        for q, a, r in reading.roles
                        if q == p
                    ],
                }
                for p in reading.predicates
                if first <= p < end
            ],
        }


def test_roles_get_full_marks_against_the_models_own(model: LanguageModel, tmp_path: Path) -> None:
    scores = score_roles(model, write_rows(tmp_path / "own.jsonl.gz", own_roles(model)))
    assert scores["predicates"].gold >= 3
    assert scores["core roles"].gold >= 3
    for counts in scores.values():
        assert counts.gold == counts.found == counts.right
    parts = scores["roles of verbs"], scores["roles of nouns"]
    assert parts[0] + parts[1] == scores["roles"]


def test_relatives_and_continuations_do_not_count(model: LanguageModel, tmp_path: Path) -> None:
    rows = list(own_roles(model))
    for one in rows:
        for predicate in one["predicates"]:
            predicate["args"] += [[0, 1, "R-ARG0"], [1, 2, "C-ARG1"]]
    assert score_roles(model, write_rows(tmp_path / "own.jsonl.gz", rows))["roles"].f1 == 1


# The command


def bench(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_prints_a_row_for_each_label_and_case(nlp: Language, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "own.jsonl.gz", own_names(nlp))
    done = bench("names", "--files", path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith(path.name)] == [f"{path.name}, {case}" for case in CASES]
    assert (
        sum(line.startswith("all ") for line in lines) == sum(line.startswith("PERSON ORG LOC") for line in lines) == 3
    )
    assert {"PERSON", "LOC", "ORG"} <= {line.split()[0] for line in lines if line}
    assert "F1 100.00" in done.stdout


def test_the_command_knows_what_it_can_score() -> None:
    done = bench("weather")
    assert done.returncode == 2
    assert "names" in done.stderr

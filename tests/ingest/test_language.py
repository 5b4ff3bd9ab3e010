"""The language model as a spaCy pipeline, and the parts that it is made of.

What is asked of the model here any decent one answers; how good it is, `bench` measures.
"""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from ingest.language.labels import UPOS
from ingest.language.pipeline import EVENTS, load, reader_of
from ingest.language.tokens import Tokens
from ingest.language.windows import cut
from ingest.setup import ModelMissing

# Easy sentences, and names in them that nobody should miss.
SENTENCES = {
    "President Emmanuel Macron met Chancellor Olaf Scholz in Berlin on Tuesday.": {
        "Emmanuel Macron": "PERSON",
        "Olaf Scholz": "PERSON",
        "Berlin": "LOC",
    },
    "Doctors from Nairobi work for the Red Cross in Sudan.": {"Nairobi": "LOC", "Red Cross": "ORG", "Sudan": "LOC"},
    "Protesters marched through Buenos Aires against President Javier Milei.": {
        "Buenos Aires": "LOC",
        "Javier Milei": "PERSON",
    },
    "Apple and Samsung reported lower profits than Nokia.": {"Apple": "ORG", "Samsung": "ORG", "Nokia": "ORG"},
    "Prime Minister Narendra Modi flew from New Delhi to Tokyo.": {
        "Narendra Modi": "PERSON",
        "New Delhi": "LOC",
        "Tokyo": "LOC",
    },
    "A court in Istanbul freed the journalist Ayse Demir on Friday.": {"Istanbul": "LOC", "Ayse Demir": "PERSON"},
    "Brazil beat Argentina in Rio de Janeiro.": {"Brazil": "LOC", "Argentina": "LOC", "Rio de Janeiro": "LOC"},
    "The European Union fined Google over its advertising business.": {"European Union": "ORG", "Google": "ORG"},
    "Kenyan police arrested Peter Mwangi in Mombasa.": {"Kenyan": "NORP", "Peter Mwangi": "PERSON", "Mombasa": "LOC"},
    "Japan and South Korea signed a trade agreement in Seoul.": {"Japan": "LOC", "South Korea": "LOC", "Seoul": "LOC"},
    "The United Nations said that Sudan needs more food.": {"United Nations": "ORG", "Sudan": "LOC"},
    "Maria Lopez, a nurse, lost her house in Mexico.": {"Maria Lopez": "PERSON", "Mexico": "LOC"},
}
MET = next(iter(SENTENCES))
NEWS = "\n\n".join(SENTENCES)
# Texts as careless files hold them; none may crash the pipeline.
STRANGE = {
    "nothing": "",
    "spaces": "   ",
    "line breaks": "\n\n \n\t\n",
    "one letter": "a",
    "space around": " \n Rome \n ",
    "emoji": "😀😀 Rome 👩‍👩‍👧‍👦 🇺🇦 burns 🔥",
    "right to left": "قال الرئيس في القاهرة إن السلام قريب. שלום לכולם בירושלים.",
    "mixed directions": "The paper \u200fالأهرام\u200e wrote so.",
    "lone combining marks": "\u0301 \u0301\u0301 e\u0301 \u0308",
    "zero width": "\u200b\u200b \u200d \ufeff",
    "control characters": "\x00 \x07 bad \x1b[0m",
    "no spaces": "x" * 3000,
    "only marks": "?!?! ... --- «»",
    "private use": "\ue000 \U000f0000 \ufffd",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def found(doc: Doc) -> dict[str, str]:
    return {ent.text: ent.label_ for ent in doc.ents}


def everything(doc: Doc) -> list[object]:
    """All that the pipeline writes on a Doc."""
    return [
        [
            (t.text, t.pos_, t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_iob_, t.ent_type_, t.is_sent_start)
            for t in doc
        ],
        [[(argument.i, role) for argument, role in t._.arguments] for t in doc if t._.is_predicate],
        [(span.start, span.end, span.label_) for span in doc.spans[EVENTS]],
    ]  # fmt: skip


def assert_well_formed(doc: Doc) -> None:
    """Sentences cover the Doc, each with words has one root, and every word of it leads there."""
    sentences = list(doc.sents)
    assert [t.i for sent in sentences for t in sent] == list(range(len(doc)))
    for sent in sentences:
        words = [t for t in sent if not t.is_space]
        assert [t.dep_ for t in words].count("ROOT") == [t.head == t for t in words].count(True) == min(1, len(words))
        for token in sent:
            assert sent.start <= token.head.i < sent.end
            steps = 0
            while token.head.i != token.i:
                token, steps = token.head, steps + 1
                assert steps <= len(sent)
    for token in doc:
        assert token.is_space or token.pos_ in UPOS
        for argument, role in token._.arguments:
            assert role
            assert token.sent.start <= argument.i < token.sent.end


# Names


@pytest.mark.parametrize(("sentence", "names"), SENTENCES.items())
def test_easy_names_are_found(nlp: Language, sentence: str, names: dict[str, str]) -> None:
    assert names.items() <= found(nlp(sentence)).items()


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_most_names_are_found_without_the_help_of_capitals(nlp: Language, case: type[str]) -> None:
    wanted = [(case(name), label) for names in SENTENCES.values() for name, label in names.items()]
    seen = [pair for sentence in SENTENCES for pair in found(nlp(case(sentence))).items()]
    assert sum(pair in seen for pair in wanted) >= 0.75 * len(wanted)


def test_plain_words_are_no_names(nlp: Language) -> None:
    assert not nlp("The men walked home because the road was wet and nobody had a car.").ents


# Sentences

SPLITS = {
    "office with full stops": ["U.S. Sen. Maria Lopez said on Monday that the bill was dead.", "Nobody disagreed."],
    "titles before names": ["Mr. Lee and Mrs. Cole left on Friday.", "Their son stayed."],
    "title of office": ["Gov. John Hale signed the law on Monday.", "Opponents will go to court."],
    "title and saint": ["Police arrested Dr. Khan at St. Mary's Hospital.", "He was not hurt."],
    "decimals and times": ["The firm earned $4.5 million in 2023.", "The shop opens at 9 a.m. on Sundays."],
    "country abbreviated": ["He moved to the U.S. in 1999.", "She followed him to the U.K. two years later."],
    "question": ["Who will pay for the damage?", "The government has not said.", "The inquiry goes on."],
    "quotation": ["“The water came at night,” said Anna Kovacs.", "She is now in a shelter."],
}


@pytest.mark.parametrize("sentences", SPLITS.values(), ids=SPLITS)
def test_sentences_split_where_they_end(nlp: Language, sentences: list[str]) -> None:
    assert [sent.text.strip() for sent in nlp(" ".join(sentences)).sents] == sentences


def test_a_headline_without_full_stop_is_its_own_sentence(nlp: Language) -> None:
    lines = ["Floods Kill Nine in Peru", "Rivers burst their banks on Sunday.", "The army was sent to help."]
    doc = nlp("\n\n".join(lines))
    assert [sent.text.strip() for sent in doc.sents] == lines


def test_no_sentence_runs_over_the_end_of_a_bullet_point(nlp: Language) -> None:
    bullets = ["- Four people were killed", "- Nearly sixty were hurt", "- Two houses burned down"]
    text = "\n".join(bullets)
    ends = {text.index(bullet) + len(bullet) for bullet in bullets}
    assert ends <= {sent.start_char + len(sent.text.rstrip()) for sent in nlp(text).sents}


def test_given_paragraphs_open_sentences(nlp: Language) -> None:
    doc = nlp.make_doc("Rain is expected in Lima Snow is expected in Oslo")
    doc.user_data["paragraphs"] = ((0, 24), (25, 49))
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert [sent.text for sent in doc.sents] == ["Rain is expected in Lima", "Snow is expected in Oslo"]


def test_white_space_hangs_on_the_word_before_it(nlp: Language) -> None:
    doc = nlp("Rain is expected.\n\nSnow is expected.")
    (space,) = (token for token in doc if token.is_space)
    assert space.head == doc[space.i - 1]
    assert space.pos_ == "SPACE"
    assert [sent.root.text for sent in doc.sents] == ["expected", "expected"]


# What a spaCy user looks for


def test_everything_is_where_a_spacy_user_looks(nlp: Language) -> None:
    doc = nlp(MET)
    by_word = {token.text: token for token in doc}
    met = by_word["met"]
    assert met.pos_ == "VERB"
    assert met.tag_ == "VBD"
    assert met.dep_ == "ROOT"
    assert [sent.root for sent in doc.sents] == [met]
    assert by_word["Emmanuel"].head.text in ("met", "Macron", "President")
    assert by_word["Berlin"].pos_ == "PROPN"
    assert by_word["Berlin"].lemma_ == "Berlin"
    assert {child.dep_.split(":")[0] for child in met.children} >= {"nsubj", "obj", "obl", "punct"}
    assert met._.is_predicate
    roles = {argument.text: role for argument, role in met._.arguments}
    assert roles["Berlin"] == "ARGM-LOC"
    assert roles["Tuesday"] == "ARGM-TMP"
    assert {"ARG0", "ARG1"} <= set(roles.values())
    assert not by_word["Berlin"]._.is_predicate
    assert by_word["Berlin"]._.arguments == []
    assert [(span.text, span.label_) for span in doc.spans[EVENTS]] == [("met", "OCCURRENCE")]


@pytest.mark.parametrize(
    ("sentence", "lemmas"),
    [
        ("The children were running through the streets.", {"children": "child", "were": "be", "running": "run"}),
        ("Police said that two bodies had been found.", {"said": "say", "bodies": "body", "found": "find"}),
    ],
)
def test_lemmas_are_dictionary_forms(nlp: Language, sentence: str, lemmas: dict[str, str]) -> None:
    doc = nlp(sentence)
    assert {token.text: token.lemma_ for token in doc if token.text in lemmas} == lemmas


def test_reporting_is_told_from_what_happens(nlp: Language) -> None:
    doc = nlp("The police said on Sunday that two men attacked a bank in Lyon.")
    labels = {span.root.text: span.label_ for span in doc.spans[EVENTS]}
    assert labels["said"] == "REPORTING"
    assert labels["attacked"] == "OCCURRENCE"


# Any text


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_texts_are_read_into_trees(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert_well_formed(doc)


def test_news_is_read_into_trees(nlp: Language) -> None:
    assert_well_formed(nlp(NEWS))


def test_a_paragraph_of_five_thousand_words_is_read_into_trees(nlp: Language) -> None:
    words = [word.strip(".,") for word in NEWS.split()]
    doc = nlp(" ".join((words * 80)[:5000]))
    assert len(doc) >= 5000
    assert_well_formed(doc)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_no_text_crashes_the_pipeline(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert_well_formed(doc)


def test_a_text_reads_the_same_alone_and_in_company(nlp: Language) -> None:
    texts = [*SENTENCES, "", NEWS, "   "]
    together = list(nlp.pipe(texts))
    assert [everything(doc) for doc in together] == [everything(nlp(text)) for text in texts]


@pytest.mark.parametrize("few", [1, 20, 60, 10_000])
def test_however_many_texts_are_encoded_together_each_is_read_as_alone(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    model = reader_of(nlp).model
    texts = [
        "",
        "Rain fell in Lima.",
        "Ada Lind left Oslo on Monday. " * 30,
        " ",
        "Snow is due.",
        "The mayor spoke. " * 9,
    ]
    windows = [[placed.window for placed in cut(Tokens.of(nlp.make_doc(text)), model.pieces)] for text in texts]
    alone = [model.read_whole(each) for each in windows]
    monkeypatch.setattr("ingest.language.model.FEW", few)
    together = model.read_texts(windows)
    assert list(map(repr, map(astuple, together))) == list(map(repr, map(astuple, alone)))


def test_company_in_another_order_changes_nothing(nlp: Language) -> None:
    texts = [*list(SENTENCES)[:4], NEWS]
    forward = [everything(doc) for doc in nlp.pipe(texts)]
    backward = [everything(doc) for doc in nlp.pipe(texts[::-1])]
    assert forward == backward[::-1]


def test_a_folder_without_a_model_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=tmp_path.name):
        load(tmp_path)


# Pieces and shapes

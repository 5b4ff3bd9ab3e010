"""The vocabulary is whole: what the graph says is defined, and what is defined says what it means."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from exports.rdf import facts
from exports.rdf.terms import PREFIXES, coined
from ingest.extract.lexicon import modes, words
from ingest.extract.numbers import HARM

ROOT = Path(__file__).parents[3]
NG = rdflib.Namespace(PREFIXES["ng"])
ONTOLOGY = rdflib.Graph().parse(ROOT / "exports" / "rdf" / "ontology.ttl")
SCHEME = rdflib.URIRef(str(NG))  # the ontology itself
OURS = {subject for subject in ONTOLOGY.subjects() if str(subject).startswith(str(NG))} - {SCHEME}
CLASSES = set(ONTOLOGY.subjects(RDF.type, OWL.Class))
PROPERTIES = {
    subject for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for subject in ONTOLOGY.subjects(RDF.type, kind)
}
CONCEPT_CLASSES = {SKOS.Concept, *ONTOLOGY.subjects(RDFS.subClassOf, SKOS.Concept)}
CONCEPTS = {concept for kind in CONCEPT_CLASSES for concept in ONTOLOGY.subjects(RDF.type, kind)}
SCHEMES = set(ONTOLOGY.subjects(RDF.type, SKOS.ConceptScheme))
# What any entity or event may have, or be had by anything.
NO_DOMAIN = {NG.partOf}
NO_RANGE = {NG.about, NG.officeOf, NG.partOf}
# Words of vocabularies that rdflib does not carry, as their authors publish them.
OUTSIDE = {
    "gaf": {"denotedBy"},
    "itsrdf": {"taIdentRef"},
    "nif": {
        "Context", "Phrase", "anchorOf", "beginIndex", "endIndex", "isString", "referenceContext",
    },
    "sem": {
        "Event", "EventType", "Role", "RoleType", "eventProperty", "eventType", "hasActor", "hasEarliestBeginTimeStamp",
        "hasLatestEndTimeStamp", "hasPlace", "roleType",
    },
}  # fmt: skip
CARRIED = {
    "geo": rdflib.Namespace(PREFIXES["geo"]),
    "owl": OWL,
    "prov": rdflib.PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": rdflib.SDO,
    "skos": SKOS,
    "xsd": rdflib.XSD,
}
SOURCE = Path(facts.__file__).read_text(encoding="utf8")
# f"ng:{event.type}" and the like are words of an enumeration, which test_turtle.py looks up one by one.
USED = sorted(set(re.findall(r'\bterm\("(\w+:[\w-]+)"\)', SOURCE)) | set(re.findall(r'"((?:schema|ng):\w+)"', SOURCE)))


def defined(name: str) -> bool:
    """Whether a prefixed name is a word of ours, or of the vocabulary that its prefix stands for."""
    prefix, _, local = name.partition(":")
    if prefix == "ng":
        return NG[local] in OURS
    if prefix == "geo":
        return local in {"Geometry", "asWKT", "hasGeometry", "wktLiteral"}
    return local in OUTSIDE[prefix] if prefix in OUTSIDE else rdflib.URIRef(PREFIXES[prefix] + local) in CARRIED[prefix]


def test_the_words_that_the_graph_uses_are_found() -> None:
    assert {"ng:Claim", "sem:Event", "nif:Phrase", "schema:Person", "ng:Group"} <= set(USED)


@pytest.mark.parametrize("name", USED)
def test_a_word_that_the_graph_uses_is_defined(name: str) -> None:
    assert defined(name)


@pytest.mark.parametrize("name", ["ng:nothing", "sem:hasActors", "schema:headLine", "prov:wasQuoted"])
def test_a_word_that_nobody_defined_would_be_noticed(name: str) -> None:
    assert not defined(name)


def test_every_class_and_property_has_one_label_and_one_comment() -> None:
    for word in CLASSES | PROPERTIES:
        for predicate in (RDFS.label, RDFS.comment):
            assert len(list(ONTOLOGY.objects(word, predicate))) == 1, (word, predicate)


def test_every_property_has_a_domain_and_a_range_where_it_is_not_for_anything() -> None:
    assert {word for word in PROPERTIES if not ONTOLOGY.value(word, RDFS.domain)} == NO_DOMAIN
    assert {word for word in PROPERTIES if not ONTOLOGY.value(word, RDFS.range)} == NO_RANGE


def test_every_word_is_a_class_a_property_a_concept_or_a_scheme_and_only_one_of_them() -> None:
    kinds = Counter(word for kind in (CLASSES, PROPERTIES, CONCEPTS, SCHEMES) for word in kind)
    assert set(kinds) == OURS
    assert set(kinds.values()) == {1}


def test_no_word_of_ours_is_spoken_of_that_is_not_there() -> None:
    names = (term for triple in ONTOLOGY for term in triple if isinstance(term, rdflib.URIRef))
    spoken_of = {name for name in names if str(name).startswith(str(NG))}
    assert spoken_of - OURS == {SCHEME}


def test_nothing_is_said_of_the_words_of_others() -> None:
    assert {str(subject) for subject in ONTOLOGY.subjects()} == {str(word) for word in OURS | {SCHEME}}


def test_the_vocabulary_tells_its_version_its_licence_and_its_prefix_and_nobody_s_name() -> None:
    told = {predicate.n3(ONTOLOGY.namespace_manager) for predicate in ONTOLOGY.predicates(SCHEME)}
    assert {"owl:versionInfo", "dcterms:license", "vann:preferredNamespacePrefix", "vann:preferredNamespaceUri"} <= told
    assert not {name for name in told if "creator" in name.lower() or "contributor" in name.lower()}


def test_every_concept_is_in_one_scheme_with_a_label_that_no_other_has_there() -> None:
    labels = Counter()
    for concept in CONCEPTS:
        (scheme,) = ONTOLOGY.objects(concept, SKOS.inScheme)
        (label,) = ONTOLOGY.objects(concept, SKOS.prefLabel)
        assert scheme in SCHEMES
        labels[scheme, str(label).casefold()] += 1
    assert [place for place, times in labels.items() if times > 1] == []


def test_every_scheme_and_every_concept_of_ours_has_a_definition() -> None:
    borrowed = {concept for scheme in (NG.cameo, NG.acled) for concept in ONTOLOGY.subjects(SKOS.inScheme, scheme)}
    for word in SCHEMES | CONCEPTS - borrowed:
        assert len(list(ONTOLOGY.objects(word, SKOS.definition))) == 1, word


def test_cameo_has_its_twenty_root_codes_and_acled_its_six_types_each_with_its_notation() -> None:
    codes = {str(ONTOLOGY.value(concept, SKOS.notation)) for concept in ONTOLOGY.subjects(SKOS.inScheme, NG.cameo)}
    assert codes == {f"{number:02}" for number in range(1, 21)} | {"057", "087"}
    for concept in ONTOLOGY.subjects(SKOS.inScheme, NG.cameo):
        notation = str(ONTOLOGY.value(concept, SKOS.notation))
        assert concept == NG[f"cameo-{notation}"]
        assert ONTOLOGY.value(concept, SKOS.broader) == (NG[f"cameo-{notation[:2]}"] if len(notation) > 2 else None)
    types = {str(ONTOLOGY.value(concept, SKOS.notation)) for concept in ONTOLOGY.subjects(SKOS.inScheme, NG.acled)}
    assert len(types) == 6 and {"Battles", "Riots"} <= types


def test_the_types_of_plover_match_codes_of_cameo_and_every_code_but_speech_is_matched() -> None:
    matches: dict[str, set[str]] = {}
    for type_, code in ONTOLOGY.subject_objects(SKOS.closeMatch):
        if (code, SKOS.inScheme, NG.cameo) in ONTOLOGY:
            matches.setdefault(str(type_).removeprefix(str(NG)), set()).add(str(ONTOLOGY.value(code, SKOS.notation)))
    assert matches == {
        "AGREE": {"03", "057"},
        "CONSULT": {"04"},
        "SUPPORT": {"05"},
        "COOPERATE": {"06"},
        "AID": {"07"},
        "CONCEDE": {"08"},
        "RETREAT": {"087"},
        "REQUEST": {"02", "10"},
        "ACCUSE": {"09", "11"},
        "REJECT": {"12"},
        "THREATEN": {"13"},
        "PROTEST": {"14"},
        "MOBILIZE": {"15"},
        "SANCTION": {"16"},
        "COERCE": {"17"},
        "ASSAULT": {"18", "19", "20"},
    }


def test_the_modes_that_are_listed_are_those_that_reading_knows() -> None:
    note = str(ONTOLOGY.value(NG.mode, SKOS.scopeNote))
    assert note == f"One of: {', '.join(sorted(set(modes().values())))}."


def test_every_word_for_family_that_reading_knows_is_a_property() -> None:
    for word in words("kin"):
        assert rdflib.URIRef(coined(f"{word}_of").value) in PROPERTIES, word


def test_every_number_that_reading_knows_is_a_property_of_claims() -> None:
    known = set(ONTOLOGY.subjects(SKOS.inScheme, NG.properties))
    for name in (*HARM, "launched", "intercepted", "damaged", "money", "percent", "votes", "count"):
        assert NG[name] in known, name

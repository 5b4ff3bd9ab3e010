"""The graph as RDF 1.1: triples, Turtle, rdflib, SPARQL, and the vocabulary in ontology.ttl."""

"""A graph on this machine's own web server: a SPARQL endpoint, a query page, and a page for each thing."""

"""Annotated articles in, one graph out: the same entity and the same event across articles, claims side by side."""

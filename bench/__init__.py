"""Scorecards and speed of the shipped model against public corpora; nothing at run time imports it."""

"""A grammar of the numbers of news, in digits and in words."""

from ingest.numerals.finder import find_numerals
from ingest.numerals.numeral import Numeral, NumeralKind

__all__ = ["Numeral", "NumeralKind", "find_numerals"]

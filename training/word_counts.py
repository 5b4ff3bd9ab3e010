"""Counts in how many articles each stem stands: `python -m training.word_counts --corpora DIR` makes words.tsv."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from graph.linking.tellings import stems
from training.corpora import json_lines

# Of each file every article, or of so many one, so that no kind of news has more than half of a say.
FILES = {"bbc_2225": 1, "worldwide_articles": 1, "reuters21578": 8}
LEAST = 15  # articles that a stem stands in


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("graph/linking/words.tsv"))
    args = parser.parse_args()
    counts = Counter[str]()
    articles = 0
    for name, one_of in FILES.items():
        for number, row in enumerate(json_lines(args.corpora / "raw" / f"{name}.jsonl.gz")):
            if number % one_of == 0:
                counts.update(set(stems(row["text"])))
                articles += 1
    kept = sorted((stem, n) for stem, n in counts.items() if n >= LEAST and stem.isalpha() and len(stem) > 1)
    lines = [str(articles), *(f"{stem}\t{n}" for stem, n in kept)]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

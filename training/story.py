"""`python -m training.story --corpora DIR`: weights for the type of the event that a headline tells.

A softmax regression over the features of `ingest.extract.story`, on plover_synthetic: machine-written stories, twelve
to a headline that differ only in the countries. A sixth of the headlines of each type is held out, every story of
them. Real articles stand beside them, with what the table of words says of their first sentence, so that the weights
learn what other news looks like.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch.nn.functional import cross_entropy

from bench.score import Scorecard
from bench.types import count_story, macro
from ingest.extract.story import SCALE, features, headline, main_type, main_word, read_weights
from ingest.language.pipeline import load, reader_of
from ingest.language.text import Text
from training.corpora import json_lines
from training.headlines import HELD_OUT, Story, stories

LOWEST = 3  # hundredths: features that weigh less for every type are left out
LEAST = 2  # headlines that a feature must be seen in
# Types of ours that the stories have no label for.
OURS = frozenset(
    ["JUSTICE", "APPOINT", "ELECTION", "DISASTER", "ACCIDENT", "HEALTH", "DEATH", "ECONOMY", "SPORT", "CULTURE"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What is learned from: the features of a headline, its type, and which headlines are one."""

    features: dict[str, float]
    type: str
    headline: str


def real_articles(nlp: Language, path: Path) -> Iterator[Example]:
    """The first sentences of a names corpus, and their type by the table, OTHER where the stories have none like it."""
    docs = (Doc(nlp.vocab, words=[word or " " for word in row["tokens"][:60]]) for row in json_lines(path))
    for number, doc in enumerate(map(reader_of(nlp).read, docs)):
        words = headline(doc)
        word = main_word(words)
        name = "OTHER" if word is None or word.type in OURS else word.type.value
        yield Example(features=features(words), type=name, headline=str(number))


def trained(matrix: NDArray[np.float32], labels: NDArray[np.int64], types: int, decay: float) -> NDArray[np.float32]:
    """(features + 1, types): the weights with the least regularised loss, the last row the biases."""
    seen = np.bincount(labels, minlength=types)
    rare = torch.tensor((len(labels) / np.maximum(seen, 1) / types) ** 0.5, dtype=torch.float32)
    inputs, wanted = torch.tensor(matrix), torch.tensor(labels)
    weight = torch.zeros(matrix.shape[1], types, requires_grad=True)
    bias = torch.zeros(types, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        total = cross_entropy(inputs @ weight + bias, wanted, weight=rare) + decay * (weight**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return np.concatenate([weight.detach().numpy(), bias.detach().numpy()[None]])


def learned(examples: Sequence[Example], decay: float) -> list[str]:
    """The lines of story.tsv."""
    seen = defaultdict[str, set[str]](set)
    for example in examples:
        for name in example.features:
            seen[name].add(example.headline)
    names = sorted(name for name, where in seen.items() if len(where) >= LEAST)
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names)), dtype=np.float32)
    for row, example in enumerate(examples):
        for name, value in example.features.items():
            if name in column:
                matrix[row, column[name]] = value
    types = sorted({example.type for example in examples})
    labels = np.array([types.index(example.type) for example in examples])
    scaled = np.rint(trained(matrix, labels, len(types), decay) * SCALE).astype(int)
    lines = ["\t".join(["", *types])]
    for name, cells in zip(["", *names], [scaled[-1], *scaled[:-1]], strict=True):
        if name == "" or abs(cells).max() >= LOWEST:
            lines.append("\t".join([name, *map(str, cells)]))
    return lines


def example_of(story: Story, doc: Text) -> Example:
    """One story to learn from."""
    return Example(features=features(headline(doc)), type=story.type, headline=f"{story.type} {story.headline}")


def cross_validate(told: Sequence[tuple[Story, Text]], others: Sequence[Example], decay: float) -> None:
    """Print the scores of weights learned without each sixth of the headlines on that sixth, and over them all."""
    whole = Scorecard()
    for fold in range(HELD_OUT):
        kept = [example_of(story, doc) for story, doc in told if story.headline % HELD_OUT != fold]
        known = read_weights(learned([*kept, *others], decay))
        card = Scorecard()
        for story, doc in told:
            if story.headline % HELD_OUT == fold:
                for each in (card, whole):
                    count_story(each, story, main_type(headline(doc), known).value)
        print(f"fold {fold}: {100 * macro(card):.2f}, accuracy {100 * card.total().f1:.2f}")
    print("\n".join(whole.lines()))
    print(f"all: mean F1 {100 * macro(whole):.2f}, accuracy {100 * whole.total().f1:.2f}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.story", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--decay", type=float, default=3e-4)
    parser.add_argument(
        "--cross-validate", action="store_true", help="only print how well it works on unseen headlines"
    )
    parser.add_argument("--out", type=Path, default=Path("ingest/extract/story.tsv"))
    args = parser.parse_args()
    nlp = load()
    told = list(stories(args.corpora / "events" / "plover_synthetic.jsonl.gz"))
    docs = [(story, reader_of(nlp).read(nlp.make_doc(story.text))) for story in told]
    others = list(real_articles(nlp, args.corpora / "ner" / "worldwide.train.jsonl.gz"))
    if args.cross_validate:
        cross_validate(docs, others, args.decay)
        return
    lines = learned([*(example_of(story, doc) for story, doc in docs if not story.held_out), *others], args.decay)
    args.out.write_text("\n".join(lines) + "\n", encoding="utf8")
    print(f"{args.out}: {len(lines) - 2} features, {args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

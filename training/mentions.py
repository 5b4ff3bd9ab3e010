"""Trains the encoder of mentions: `python -m training.mentions --corpora DIR --out ingest/language/model`.

MiniLM learns from ECB+'s training topics to give two mentions of one event like vectors. The vectors by which
`training.event_likeness` is to judge each topic come from encoders that never saw it: one for each fold of topics.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from bench.coref import read_documents
from ingest.language.mentions import Passage, passages
from ingest.language.pieces import Pieces
from ingest.language.pipeline import load
from ingest.setup import MENTIONS
from training.encoder import Encoder, load_start_weights
from training.event_likeness import FOLDS, folds
from training.make import start_weights

WIDTH = 192  # numbers in a vector
PASSES = 6
RATE = 6e-5
SENTENCES = 40  # of one topic in a step, beside OTHERS of any
OTHERS = 8
CHUNK = 16  # sentences read at once, those of like length together


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sentence, its topic, and the number of each mention in it."""

    topic: str
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """All sentences with mentions, and topic and cluster of each mention."""

    sentences: list[Sample]
    topics: list[str]
    clusters: list[str]


class MentionNet(nn.Module):
    """MiniLM, and a projection of what a mention's pieces and its whole sentence have become."""

    def __init__(self, start: Path | None = None) -> None:
        super().__init__()
        self.encoder = Encoder()
        if start is not None:
            load_start_weights(self.encoder, start / "model.safetensors")
        nn.init.zeros_(self.encoder.shapes.weight)
        self.encoder.shapes.requires_grad_(False)
        self.own = nn.Linear(self.encoder.size.width, WIDTH)
        self.whole = nn.Linear(self.encoder.size.width, WIDTH, bias=False)
        self.scale = nn.Parameter(torch.tensor(10.0))
        self.bias = nn.Parameter(torch.tensor(-6.0))

    def forward(self, pieces: Tensor) -> tuple[Tensor, Tensor]:
        """Own and whole (pieces, WIDTH) from the pieces of one sentence, as `MentionEncoder` wants them."""
        hidden = self.encoder(pieces[None], torch.zeros_like(pieces)[None])[0]
        return self.own(hidden), self.whole(hidden)

    def vectors(self, sentences: Sequence[Sample]) -> tuple[Tensor, list[int]]:
        """The vectors of the mentions in some sentences, of length 1, and their numbers."""
        parts, numbers = [], []
        ordered = sorted(sentences, key=lambda one: len(one.passage.pieces))
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            pieces = nn.utils.rnn.pad_sequence([torch.tensor(one.passage.pieces) for one in chunk], batch_first=True)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
                hidden = self.encoder(pieces, torch.zeros_like(pieces))
            for row, one in zip(hidden.float(), chunk, strict=True):
                whole = self.whole(row[: len(one.passage.pieces)].mean(0))
                for number, first, last in one.passage.places:
                    parts.append(self.own(row[first:last].mean(0)) + whole)
                    numbers.append(number)
        return F.normalize(torch.stack(parts), dim=1), numbers


def samples(path: Path, pieces: Pieces) -> Samples:
    """The given event mentions of a file of documents, numbered by document and place."""
    sentences: list[Sample] = []
    topics: list[str] = []
    clusters: list[str] = []
    for read in sorted(read_documents(load(None), path), key=lambda read: read.gold.article.id):
        gold = read.gold.of({"event"})
        spans = [read.tokens(mention.span) for mention in gold]
        for passage in passages(read.doc, spans, pieces):
            places = [(len(topics) + number, first, last) for number, first, last in passage.places]
            sentences.append(Sample(topic=read.gold.topic, passage=Passage(passage.pieces, places)))
        topics += [read.gold.topic] * len(gold)
        clusters += [mention.cluster for mention in gold]
    return Samples(sentences=sentences, topics=topics, clusters=clusters)


def steps(sentences: Sequence[Sample], chance: random.Random) -> list[list[Sample]]:
    """The sentences of one pass, by topic, each step with some of other topics."""
    by_topic: defaultdict[str, list[Sample]] = defaultdict(list)
    for one in sentences:
        by_topic[one.topic].append(one)
    found = []
    for members in by_topic.values():
        chance.shuffle(members)
        for start in range(0, len(members), SENTENCES):
            found.append([*members[start : start + SENTENCES], *chance.choices(sentences, k=OTHERS)])
    chance.shuffle(found)
    return found


def loss_of(net: MentionNet, sentences: Sequence[Sample], cluster: Sequence[int]) -> Tensor:
    """How far the likeness of all pairs is from the gold."""
    vectors, numbers = net.vectors(sentences)
    known = torch.tensor([cluster[number] for number in numbers])
    one, two = torch.triu_indices(len(known), len(known), 1)
    likeness = (vectors @ vectors.T)[one, two] * net.scale + net.bias
    same = (known[one] == known[two]).float()
    return F.binary_cross_entropy_with_logits(likeness, same, pos_weight=torch.tensor(2.0))


def trained(given: Samples, sentences: Sequence[Sample], start: Path, seed: int) -> MentionNet:
    """An encoder that has learned from these sentences."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = MentionNet(start)
    ids = {name: i for i, name in enumerate(sorted(set(given.clusters)))}
    cluster = [ids[name] for name in given.clusters]
    optimizer = torch.optim.AdamW(
        [
            {"params": [each for each in net.encoder.parameters() if each.requires_grad], "lr": RATE},
            {"params": [*net.own.parameters(), *net.whole.parameters()], "lr": 1e-3},
            {"params": [net.scale, net.bias], "lr": 2e-2},
        ],
        weight_decay=0.01,
    )
    total = PASSES * len(steps(sentences, random.Random(seed)))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * total), max(0.02, (total - step) / (0.9 * total)))
    )
    began = time.monotonic()
    for turn in range(PASSES):
        net.train()
        losses = []
        for step in steps(sentences, chance):
            loss = loss_of(net, step, cluster)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rate.step()
            optimizer.zero_grad()
            losses.append(loss.item())
        print(f"pass {turn + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return net.eval()


def vectors_of(net: MentionNet, given: Samples) -> NDArray[np.float32]:
    """The vectors of all mentions, by number."""
    found = np.zeros((len(given.topics), WIDTH), dtype=np.float32)
    with torch.no_grad():
        vectors, numbers = net.vectors(given.sentences)
    found[numbers] = vectors.numpy()
    return found


def export(net: MentionNet, out: Path) -> None:
    """Write the encoder as int8 ONNX."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            net, (torch.arange(2000, 2008),), str(whole), input_names=["pieces"], output_names=["own", "whole"],
            dynamic_axes={"pieces": {0: "pieces"}, "own": {0: "pieces"}, "whole": {0: "pieces"}},
            opset_version=20, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            whole, out / MENTIONS, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("ingest/language/model"))
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints/mentions"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", help=f"train only these, of 0 to {FOLDS}; {FOLDS} is the one that ships")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.checkpoints.mkdir(parents=True, exist_ok=True)
    start = start_weights()
    given = samples(args.corpora / "cdcoref" / "ecbplus.train.jsonl.gz", Pieces(start / "vocab.txt"))
    fold = dict(zip(given.topics, folds(given.topics).tolist(), strict=True))
    for number in map(int, args.only.split(",")) if args.only else range(FOLDS + 1):
        net = trained(given, [one for one in given.sentences if fold[one.topic] != number], start, number)
        np.save(args.checkpoints / f"vectors{number}.npy", vectors_of(net, given))
        torch.save(net.state_dict(), args.checkpoints / f"mentions{number}.pt")
        if number == FOLDS:
            export(net, args.out)


if __name__ == "__main__":
    main()

"""Fine-tunes the encoder and its heads, with a checkpoint every 500 steps and scores after each pass."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor

from ingest.language.pieces import Pieces
from training.corpora import Passage, read_names, read_syntax, read_training
from training.distil import teaching_losses
from training.encoder import Encoder, load_start_weights
from training.evaluate import LONGEST, evaluate_names, evaluate_syntax
from training.export import load_checkpoint
from training.heads import Reader, Weights
from training.inventory import take_inventory
from training.narrow import narrowed
from training.windows import Batch, Collator, Window, cut, recase

SYNTAX = ("ewt", "gum")  # corpora with trees
UNNAMED = ("ewt", "ecb")  # corpora without names
TASKS = ("all", "names", "syntax")
# Windows of this share of the longest make a batch of full size; shorter ones come in larger batches.
FULL = 0.8
# Batches that say which units a narrowed model keeps.
LOOKED_AT = 40
Parts = list[tuple[str, float, list[Passage]]]


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a training run depends on."""

    corpora: Path  # folder with ner/, ud/, srl/ and cdcoref/
    start: Path  # folder with MiniLM's model.safetensors and vocab.txt
    out: Path  # where checkpoints go
    passes: float = 5.0
    rate: float = 2.5e-4  # highest learning rate of the encoder; see bench/RESULTS.md for what else was tried
    head_rate: float = 6.0  # times that for heads and shapes
    batch: int = 24  # windows
    steps: int = 0  # stop after so many steps of the full schedule; 0 for all
    tasks: str = "all"
    open_only: bool = False
    teacher: Path | None = None  # a checkpoint: train a narrower student of it instead of MiniLM's weights
    namer: Path | None = None  # a checkpoint trained on names alone, which teaches those
    units: int = 768  # of the student's feed-forward parts; see bench/RESULTS.md for what each width costs
    teaching: float = 1.0  # weight of the teacher's word against that of the corpora
    threads: int = 2
    seed: int = 0


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of a training run."""
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ner/, ud/, srl/ and cdcoref/")
    parser.add_argument("--passes", type=float, default=Options.passes, help="of the teacher over the corpora")
    parser.add_argument("--rate", type=float, default=Options.rate, help="highest learning rate of the encoder")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps of the full schedule")
    parser.add_argument("--tasks", choices=TASKS, default="all")
    parser.add_argument("--open-only", action="store_true", help="leave out corpora without a stated licence")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)


def drawn(parts: Parts, split: Pieces, chance: random.Random, batch: int) -> Iterator[list[Window]]:
    """One pass: batches of windows of like length from all corpora mixed, a quarter of them recased."""
    windows: list[Window] = []
    for _, share, passages in parts:
        chosen = passages if share >= 1 else chance.sample(passages, round(share * len(passages)))
        for passage in chosen:
            for window in cut(passage, split, LONGEST, chance):
                dice = chance.random()
                windows.append(recase(window, str.lower if dice < 0.125 else str.upper) if dice < 0.25 else window)
    chance.shuffle(windows)
    pool = batch * 40
    groups: list[list[Window]] = []
    for i in range(0, len(windows), pool):
        group: list[Window] = []
        for window in sorted(windows[i : i + pool], key=lambda window: -len(window.pieces)):
            if group and (len(group) + 1) * len(group[0].pieces) > batch * LONGEST * FULL:
                groups.append(group)
                group = []
            group.append(window)
        groups.append(group)
    chance.shuffle(groups)
    yield from groups


class Trainer:
    """One run: the model, its data and its schedule."""

    def __init__(self, options: Options) -> None:
        self.options = options
        torch.set_num_threads(options.threads)
        torch.manual_seed(options.seed)
        self.split = Pieces(options.start / "vocab.txt")
        parts = read_training(options.corpora, open_only=options.open_only)
        inventory = take_inventory([passage for name, _, passages in parts if name in SYNTAX for passage in passages])
        self.parts = [part for part in parts if has_labels(part[0], options.tasks)]
        self.collate = Collator(inventory)
        self.teacher = load_checkpoint(options.teacher) if options.teacher else None
        self.namer = load_checkpoint(options.namer) if options.namer else None
        if self.teacher is None:
            encoder = Encoder()
            load_start_weights(encoder, options.start / "model.safetensors")
            self.model = Reader(encoder, inventory)
        elif self.teacher.inventory != inventory:
            raise ValueError(f"{options.teacher}: its labels are not those of these corpora")
        else:
            windows = islice(drawn(self.parts, self.split, random.Random(2), options.batch), LOOKED_AT)
            self.model = narrowed(self.teacher, options.units, map(self.collate, windows))
        self.total = int(
            sum(1 for _ in drawn(self.parts, self.split, random.Random(1), options.batch)) * options.passes
        )
        self.optimizer, self.schedule = self._optimizer()
        self.step = 0

    def _optimizer(self) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
        options, total = self.options, self.total
        fresh = {
            name for name, _ in self.model.named_parameters() if not name.startswith("encoder.") or "shapes" in name
        }
        body = [p for name, p in self.model.named_parameters() if name not in fresh]
        rest = [p for name, p in self.model.named_parameters() if name in fresh]
        optimizer = torch.optim.AdamW(
            [{"params": body, "lr": options.rate}, {"params": rest, "lr": options.rate * options.head_rate}],
            weight_decay=0.01,
            fused=True,
        )
        warm = max(1, int(0.06 * total))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / warm, max(0.01, (total - step) / (total - warm)))
        )
        return optimizer, schedule

    def run(self) -> Path:
        """Train to the end; returns the last checkpoint's path."""
        options = self.options
        options.out.mkdir(parents=True, exist_ok=True)
        print(
            f"{self.total} steps, {sum(p.numel() for p in self.model.parameters()) / 1e6:.1f} M parameters", flush=True
        )
        chance = random.Random(options.seed)
        dev = development(options.corpora)
        stop = options.steps or self.total
        while self.step < stop:
            self._pass(chance, stop)
            self.save()
            self.report(dev)
        return options.out / "checkpoint.pt"

    def _pass(self, chance: random.Random, stop: int) -> None:
        began, pieces = time.time(), 0
        running: dict[str, float] = {}
        self.model.train()
        for windows in drawn(self.parts, self.split, chance, self.options.batch):
            batch = self.collate(windows)
            losses, total = self._losses(batch)
            if total is None:
                continue
            total.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            self.optimizer.zero_grad()
            self.step += 1
            pieces += batch.pieces.numel()
            for name, loss in losses.items():
                running[name] = 0.98 * running.get(name, loss.item()) + 0.02 * loss.item()
            if self.step % 50 == 0:
                told = " ".join(f"{name} {value:.3f}" for name, value in sorted(running.items()))
                print(f"{self.step} {pieces / (time.time() - began):.0f} pieces/s {told}", flush=True)
            if self.step % 500 == 0:
                self.save()
            if self.step >= stop:
                return

    def _losses(self, batch: Batch) -> tuple[dict[str, Tensor], Tensor | None]:
        """The loss of each head by the corpora, and the sum to minimise, the teacher's part included."""
        weights = Weights()

        def weighted(losses: dict[str, Tensor]) -> Tensor:
            return torch.stack([getattr(weights, name) * loss.float() for name, loss in losses.items()]).sum()

        # bfloat16 products: 1.65 times as fast on a processor that has them, the same scores.
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = self.model.drop(self.model.word_vectors(batch.pieces, batch.shapes, batch.firsts))
            losses = self.model.losses(words, batch)
            taught = teaching_losses(self.model, words, self.teacher, self.namer, batch) if self.teacher else {}
        if self.options.tasks != "all":
            wanted = self.options.tasks == "names"
            losses = {name: loss for name, loss in losses.items() if (name == "names") == wanted}
        total = weighted(losses) if losses else None
        if taught:
            lesson = self.options.teaching * weighted(taught)
            total = lesson if total is None else total + lesson
        return losses, total

    def save(self) -> None:
        """Write the weights and the inventory, the old checkpoint kept until the new one is whole."""
        state = {
            "model": self.model.state_dict(),
            "inventory": {layer: list(labels) for layer, labels in self.model.inventory.as_dict().items()},
            "size": asdict(self.model.encoder.size),
            "step": self.step,
        }
        torch.save(state, self.options.out / "new.pt")
        (self.options.out / "new.pt").rename(self.options.out / "checkpoint.pt")

    def report(self, dev: dict[str, list[Passage]]) -> None:
        """Print the scores on the development sets as JSON lines."""
        rows: dict[str, dict[str, float]] = {}
        if self.options.tasks != "syntax" and "worldwide" in dev:
            rows["worldwide"] = evaluate_names(self.model, dev["worldwide"], self.split, self.collate)
        if self.options.tasks != "names":
            rows["ewt"] = evaluate_syntax(self.model, dev["ewt"], self.split, self.collate)
            rows["gum"] = evaluate_syntax(self.model, dev["gum"], self.split, self.collate)
        for name, row in rows.items():
            scores = {key: round(100 * value, 2) for key, value in row.items()}
            print(json.dumps({"step": self.step, "dev": name, **scores}), flush=True)


def has_labels(corpus: str, tasks: str) -> bool:
    """Whether a corpus has labels for the chosen tasks."""
    return {"all": True, "names": corpus not in UNNAMED, "syntax": corpus in SYNTAX}[tasks]


def development(corpora: Path) -> dict[str, list[Passage]]:
    """The development sets that are never trained on."""
    ud, ner = corpora / "ud", corpora / "ner"
    roles = corpora / "srl" / "propbank-ewt.dev.jsonl.gz"
    worldwide = ner / "worldwide.dev.jsonl.gz"  # who trains with --open-only may not have it
    return {
        **({"worldwide": list(read_names(worldwide))} if worldwide.is_file() else {}),
        "ewt": list(read_syntax(ud / "en_ewt-ud-dev.conllu.gz", roles)),
        "gum": list(read_syntax(ud / "en_gum-ud-open-dev.conllu.gz")),
    }

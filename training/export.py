"""Turns a checkpoint into the model that `ingest` ships."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from training.encoder import Encoder
from training.heads import Reader
from training.inventory import Inventory

FLAT = ("names", "upos", "xpos", "lemmas", "events", "starts", "predicates")


class Exported(nn.Module):
    """The graph that runs: everything that is computed once a word, and the arc scores."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        width = reader.encoder.size.width
        parts = [reader.flat[name] for name in FLAT]
        parts += [reader.relation.left, reader.relation.right, reader.role.left, reader.role.right]
        self.sizes = [sum(reader.flat[name].out_features for name in FLAT), 4 * reader.relation.left.out_features]
        # One product instead of eleven.
        self.every = nn.Linear(width, sum(self.sizes))
        self.every.weight.data = torch.cat([part.weight for part in parts])
        self.every.bias.data = torch.cat(
            [part.bias if part.bias is not None else torch.zeros(part.out_features) for part in parts]
        )

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """flat (B, W, labels), pairs (B, W, 4 * PAIR), arcs (B, W, 1 + W)."""
        reader = self.reader
        words = reader.word_vectors(pieces, shapes, firsts)
        flat, pairs = self.every(words).split(self.sizes, -1)
        dependent = reader.arc(F.gelu(reader.arc_dependent(words)))
        on_words = dependent @ F.gelu(reader.arc_head(words)).transpose(1, 2)
        on_root = dependent @ F.gelu(reader.arc_head(reader.root))
        return flat, pairs, torch.cat([on_root[..., None], on_words], 2)


def load_checkpoint(path: Path) -> Reader:
    """The model of a checkpoint, ready to run."""
    state = torch.load(path, map_location="cpu", weights_only=False)
    inventory = Inventory(**{layer: tuple(labels) for layer, labels in state["inventory"].items()})
    reader = Reader(Encoder(), inventory)
    reader.load_state_dict(state["model"])
    return reader.eval()


def export(reader: Reader, vocabulary: Path, out: Path) -> None:
    """Write model.onnx (int8), heads.npz, labels.json and vocab.txt into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    example = (
        torch.ones(2, 8, dtype=torch.long),
        torch.ones(2, 8, dtype=torch.long),
        torch.ones(2, 5, dtype=torch.long),
    )
    names = ["pieces", "shapes", "firsts"]
    axes = {name: {0: "windows", 1: "pieces"} for name in names[:2]} | {"firsts": {0: "windows", 1: "words"}}
    axes |= {name: {0: "windows", 1: "words"} for name in ("flat", "pairs")}
    axes["arcs"] = {0: "windows", 1: "words", 2: "heads"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Exported(reader).eval(), example, str(whole), input_names=names, output_names=["flat", "pairs", "arcs"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        # Seven bits: processors without VNNI add pairs of 8-bit products in 16 bits, which eight would overflow.
        quantize_dynamic(
            whole, out / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    with torch.no_grad():
        arrays = {
            "relation_root": reader.relation.right(reader.root),
            "relation_out": reader.relation.out.weight.T,
            "relation_bias": reader.relation.out.bias,
            "role_out": reader.role.out.weight.T,
            "role_bias": reader.role.out.bias,
        }
    np.savez(out / "heads.npz", **{name: array.detach().numpy().astype(np.float32) for name, array in arrays.items()})
    labels = reader.inventory.as_dict()
    version = hashlib.sha256((out / "model.onnx").read_bytes() + (out / "heads.npz").read_bytes()).hexdigest()[:16]
    described = {"version": version, "flat": list(FLAT), "labels": labels}
    (out / "labels.json").write_text(json.dumps(described, ensure_ascii=False, indent=0) + "\n", encoding="utf8")
    shutil.copy(vocabulary, out / "vocab.txt")

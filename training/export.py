"""Turns a checkpoint into the model that `ingest` ships."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from training.encoder import GELU, Encoder, EncoderSize
from training.heads import FLAT, Reader
from training.inventory import Inventory

CLOSE = {"atol": 1e-3, "rtol": 1e-3}


class Exported(nn.Module):
    """The graph that runs: one window without padding in; all that is computed once a word, and the arc scores, out.

    The same arithmetic as `Reader`'s, in as few operations as it takes.
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader = deepcopy(reader).eval()
        width, heads = reader.encoder.size.width, reader.encoder.size.heads
        self.split_heads = (-1, heads, width // heads)
        for layer in reader.encoder.layers:  # the attention's scale, folded into the queries
            layer.qkv.weight.data[:width] /= (width // heads) ** 0.5
            layer.qkv.bias.data[:width] /= (width // heads) ** 0.5
        parts = [reader.flat[name] for name in FLAT]
        parts += [reader.relation.left, reader.relation.right, reader.role.left, reader.role.right]
        self.sizes = [sum(reader.flat[name].out_features for name in FLAT), 4 * reader.relation.left.out_features]
        # One product instead of eleven.
        self.every = nn.Linear(width, sum(self.sizes))
        self.every.weight.data = torch.cat([part.weight for part in parts])
        self.every.bias.data = torch.cat(
            [part.bias if part.bias is not None else torch.zeros(part.out_features) for part in parts]
        )

    def encoded(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """(P, width) for P pieces."""
        encoder = self.reader.encoder
        x = encoder.words(pieces) + encoder.shapes(shapes) + encoder.positions.weight[: pieces.shape[0]]
        x = encoder.norm(x)
        for layer in encoder.layers:
            q, k, v = (part.view(self.split_heads) for part in layer.qkv(x).chunk(3, -1))
            attended = (q.transpose(0, 1) @ k.permute(1, 2, 0)).softmax(-1) @ v.transpose(0, 1)
            x = layer.norm1(x + layer.out(attended.transpose(0, 1).reshape(-1, encoder.size.width)))
            x = layer.norm2(x + layer.down(F.gelu(layer.up(x), approximate=GELU)))
        return x

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """flat (W, labels), pairs (W, 4 * PAIR), arcs (W, 1 + W) from (P,) pieces and shapes, (W,) first pieces."""
        reader = self.reader
        words = self.encoded(pieces, shapes).index_select(0, firsts)
        flat, pairs = self.every(words).split(self.sizes, -1)
        dependent = reader.arc(F.gelu(reader.arc_dependent(words)))
        on_words = dependent @ F.gelu(reader.arc_head(words)).T
        on_root = dependent @ F.gelu(reader.arc_head(reader.root))
        return flat, pairs, torch.cat([on_root[:, None], on_words], 1)


def load_checkpoint(path: Path) -> Reader:
    """The model of a checkpoint, ready to run."""
    state = torch.load(path, map_location="cpu", weights_only=False)
    inventory = Inventory(**{layer: tuple(labels) for layer, labels in state["inventory"].items()})
    reader = Reader(Encoder(EncoderSize(**state["size"])), inventory)
    reader.load_state_dict(state["model"])
    return reader.eval()


def export(reader: Reader, vocabulary: Path, out: Path) -> None:
    """Write model.onnx (int8), heads.npz, labels.json and vocab.txt into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    example = (
        torch.arange(2000, 2008),
        torch.ones(8, dtype=torch.long),
        torch.arange(1, 6),
    )
    exported = Exported(reader)
    with torch.no_grad():
        pieces, shapes, firsts = (given[None] for given in example)
        wanted = reader.word_vectors(pieces, shapes, firsts)
        flat, _, arcs = exported(*example)
        torch.testing.assert_close(flat, torch.cat([reader.flat[name](wanted) for name in FLAT], -1)[0], **CLOSE)
        torch.testing.assert_close(arcs, reader.arc_scores(wanted)[0], **CLOSE)
    names = ["pieces", "shapes", "firsts"]
    axes = {"pieces": {0: "pieces"}, "shapes": {0: "pieces"}, "firsts": {0: "words"}}
    axes |= {"flat": {0: "words"}, "pairs": {0: "words"}, "arcs": {0: "words", 1: "heads"}}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            exported.eval(), example, str(whole), input_names=names, output_names=["flat", "pairs", "arcs"],
            dynamic_axes=axes, opset_version=20, dynamo=False,
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

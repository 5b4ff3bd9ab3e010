"""The MiniLM-L6 encoder in plain torch, with a learned word-shape embedding for the capitals it was never shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from ingest.language.pieces import SHAPES

# tanh's approximation of the Gelu that MiniLM was made with, less than 0.001 off: one fast operation at run time.
GELU = "tanh"
START_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSize:
    """The dimensions of sentence-transformers/all-MiniLM-L6-v2 (revision 1110a243)."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    heads: int = 12
    feed_forward: int = 1536
    layers: int = 6


class Layer(nn.Module):
    """One BERT layer: self-attention and feed-forward, normalised after each."""

    def __init__(self, size: EncoderSize, dropout: float) -> None:
        super().__init__()
        self.heads = size.heads
        self.dropout = dropout
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm1 = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.feed_forward)
        self.down = nn.Linear(size.feed_forward, size.width)
        self.norm2 = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, pieces, width); mask: (batch, 1, 1, pieces), 0 where attended and -inf elsewhere."""
        batch, pieces, width = x.shape
        qkv = self.qkv(x).view(batch, pieces, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        drop = self.dropout if self.training else 0.0
        attended = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask, dropout_p=drop)
        attended = self.out(attended.transpose(1, 2).reshape(batch, pieces, width))
        x = self.norm1(x + F.dropout(attended, self.dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x), approximate=GELU)), self.dropout, self.training))


class Encoder(nn.Module):
    """Word pieces and their shapes in, one vector a piece out."""

    def __init__(self, size: EncoderSize | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.size = size = size or EncoderSize()
        self.dropout = dropout
        self.words = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Embedding(size.positions, size.width)
        self.shapes = nn.Embedding(SHAPES, size.width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))

    def forward(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """pieces, shapes: (batch, length) of int64, padded with 0; returns (batch, length, width)."""
        mask = torch.where(pieces[:, None, None, :] == 0, -1e4, 0.0)
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.shapes(shapes) + self.positions(places)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x


def load_start_weights(encoder: Encoder, path: Path) -> None:
    """Fill the encoder from MiniLM's `model.safetensors`; ValueError when the file is not the one we know."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != START_WEIGHTS_SHA256:
        raise ValueError(f"{path}: SHA-256 is {digest}, expected {START_WEIGHTS_SHA256}")
    given = load_file(path)
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        # Every text is segment 0, so its segment vector is part of each position.
        "positions.weight": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "shapes.weight": encoder.shapes.weight.detach(),
    }
    renamed = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(encoder.size.layers):
        old = f"encoder.layer.{i}"
        for kind in ("weight", "bias"):
            for ours, theirs in renamed.items():
                state[f"layers.{i}.{ours}.{kind}"] = given[f"{old}.{theirs}.{kind}"]
            parts = [given[f"{old}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
    encoder.load_state_dict(state)

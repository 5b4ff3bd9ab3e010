"""Narrows the feed-forward parts of a trained encoder: the student starts as the better half of its teacher."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import torch
from torch import Tensor

from training.encoder import Encoder, Layer
from training.heads import Reader
from training.windows import Batch

# Parameters of a layer that have one row or column for each unit of its feed-forward part.
BY_UNIT = {"up.weight": 0, "up.bias": 0, "down.weight": 1}


@torch.no_grad()
def worth(reader: Reader, batches: Iterable[Batch]) -> list[Tensor]:
    """What each feed-forward unit of each layer adds to the output: its root mean square times its weights' norm."""
    reader.eval()
    layers = [layer for layer in reader.encoder.layers if isinstance(layer, Layer)]
    power = [torch.zeros(layer.down.in_features) for layer in layers]
    real = torch.zeros(0, dtype=torch.bool)

    def watch(i: int) -> torch.utils.hooks.RemovableHandle:
        def add(_: torch.nn.Module, given: tuple[Tensor, ...]) -> None:
            power[i] += given[0][real].float().square().sum(0)

        return layers[i].down.register_forward_pre_hook(add)

    hooks = [watch(i) for i in range(len(layers))]
    for batch in batches:
        real = batch.pieces > 0
        reader.encoder(batch.pieces, batch.shapes)
    for hook in hooks:
        hook.remove()
    return [p.sqrt() * layer.down.weight.norm(dim=0) for p, layer in zip(power, layers, strict=True)]


def narrowed(reader: Reader, units: int, batches: Iterable[Batch]) -> Reader:
    """A copy of the model with the `units` feed-forward units of greatest worth on these batches in each layer."""
    state = dict(reader.state_dict())
    for i, value in enumerate(worth(reader, batches)):
        kept = value.topk(units).indices.sort().values
        for name, axis in BY_UNIT.items():
            key = f"encoder.layers.{i}.{name}"
            state[key] = state[key].index_select(axis, kept)
    smaller = Reader(Encoder(replace(reader.encoder.size, feed_forward=units)), reader.inventory)
    smaller.load_state_dict(state)
    return smaller
